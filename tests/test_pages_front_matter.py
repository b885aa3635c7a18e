"""Front matter: a reader of YAML and our own quick one read the same values."""

import html

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.pages.front_matter import dump, escaped, load, load_escaped
from tests.hand_made import HOSTILE

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
        'a: 1,"a":2\n',
        "tags:\n- 1, 2\n",
        'tags:\n- "a", "b"\n',
        'a: "b", "c": "d"\n',
        'a: {"b": 1}, "c": {}\n',
        "yes: 1\n",
        '- "a list"\n',
        "{}\n",
        "",
    ],
)
def test_other_yaml_is_left_to_a_reader_of_yaml(text: str) -> None:
    assert load(text) is None


@given(MATTER)
def test_every_string_is_escaped_once_and_nothing_else_changes(matter: dict[str, object]) -> None:
    read = load(dump(matter))
    found = load_escaped(dump(matter))
    assert found == escaped(read)
    assert unescaped(found) == read


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_escaped_wherever_it_stands(text: str) -> None:
    for told in (text, f"{text}\\", f'\\"{text}', f"\u2028{text}", f'"{text}"'):
        matter = {"title": told, "claims": [{told: told, "deep": [[told], {"a": told}]}]}
        found = load_escaped(dump(matter))
        assert unescaped(found) == matter
        shown = [one for one in strings(found) if set("<>'\"") & set(one)]
        assert shown == []


def strings(value: object) -> list[str]:
    """Give every string in a value, keys too."""
    if isinstance(value, dict):
        return [text for item in value.items() for part in item for text in strings(part)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def unescaped(value: object) -> object:
    """Turn every string of a value back."""
    if isinstance(value, dict):
        return {unescaped(key): unescaped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unescaped(item) for item in value]
    return html.unescape(value) if isinstance(value, str) else value
