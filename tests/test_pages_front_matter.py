"""Front matter: a reader of YAML and our own quick one read the same values."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.pages.front_matter import dump, load

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(0, 1).map(lambda x: round(x, 3)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
MATTER = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), VALUES, max_size=4)


@given(MATTER)
def test_what_is_written_is_read_the_same_by_yaml(matter: dict[str, object]) -> None:
    assert yaml.safe_load(dump(matter)) == matter


@given(MATTER)
def test_what_is_written_is_read_the_same_quickly_or_left_to_yaml(
    matter: dict[str, object],
) -> None:
    assert load(dump(matter)) in (matter, None)


def test_the_front_matter_of_a_record_is_read_quickly() -> None:
    matter: dict[str, object] = {
        "title": 'A “title”: with "quotes", # and \\ and \u2028 and 😀',
        "kind": "record",
        "publisher": None,
        "claims": [{"label": "Title", "confidence": 0.95, "href": None}, {"label": "no"}],
        "versions": [],
    }
    assert load(dump(matter)) == matter


@pytest.mark.parametrize(
    "text",
    [
        "title: A hand-written page\n",
        "title: 'quoted'\n",
        "tags:\n  - one\n",
        "claims:\nkind: 1\n",
        "claims:\n",
        "year: 1e5\n",
        "year: NaN\n",
        "yes: 1\n",
        '- "a list"\n',
        "{}\n",
        "",
    ],
)
def test_other_yaml_is_left_to_a_reader_of_yaml(text: str) -> None:
    assert load(text) is None
