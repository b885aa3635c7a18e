"""Who stands with whom comes out the same, whatever was counted before."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.pages.company import MOST_DRAWN, MOST_NEAR, Packed, company
from tearsheet.pages.holdings import Holdings, Row

NAMES = [f"name-{number:02}" for number in range(50)]
ROWS = st.lists(st.sampled_from(NAMES), max_size=20, unique=True).map(sorted)
CORPORA = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e", "f"]), ROWS, max_size=6)


def held(rows: Mapping[str, Sequence[str]]) -> Holdings:
    """Give what records name, each once."""
    found = {}
    for path, row in rows.items():
        numbers = array("I", map(NAMES.index, row))
        found[path] = Row(path, numbers.tobytes(), array("I", [1] * len(row)).tobytes())
    return Holdings(found, NAMES)


def between(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]
) -> list[frozenset[int]]:
    """Give the numbers of the names in rows that came, went or changed."""
    return [
        frozenset(map(NAMES.index, rows[path]))
        for path in before.keys() | now.keys()
        if before.get(path) != now.get(path)
        for rows in (before, now)
        if path in rows
    ]


@given(st.lists(CORPORA, min_size=2, max_size=4))
def test_what_was_counted_before_changes_no_count(builds: list[dict[str, list[str]]]) -> None:
    before: dict[str, list[str]] = {}
    known: dict[str, Packed] = {}
    for rows in builds:
        known = dict(company(held(rows), known, between(before, rows)))
        assert known == dict(company(held(rows), {}, ()))
        before = rows


@given(CORPORA)
def test_companions_are_those_in_the_same_records(rows: dict[str, list[str]]) -> None:
    for name, packed in company(held(rows), {}, ()):
        found = packed.read()
        together = Counter(one for row in rows.values() if name in row for one in row)
        del together[name]
        ordered = sorted(together.items(), key=lambda item: (-item[1], item[0]))
        assert found.number == len(together)
        assert list(found.nearest) == ordered[:MOST_NEAR]
        drawn = [one for one, _ in ordered[:MOST_DRAWN]]
        for left, right, number in found.pairs:
            assert left in drawn and right in drawn and left < right
            assert number == sum(left in row and right in row for row in rows.values()) > 0
