"""Who stands with whom comes out the same, whatever was counted before."""

from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.model import Mention, Record
from tearsheet.pages.company import MOST_DRAWN, MOST_NEAR, Packed, company
from tearsheet.pages.holdings import NO_ROWS, Holdings, Rows, holdings
from tests.made import document, record

NAMES = [f"name-{number:02}" for number in range(50)]
PATHS = ["a", "b", "c", "d", "e", "f"]
ROWS = st.lists(st.sampled_from(NAMES), max_size=20, unique=True).map(sorted)
CORPORA = st.dictionaries(st.sampled_from(PATHS), ROWS, max_size=6)
NUMBERED = st.tuples(CORPORA, st.permutations(range(1, 7)))
"""Records, and the accession numbers of all that there may be."""


def held(
    rows: Mapping[str, Sequence[str]],
    numbers: Sequence[int] = range(1, 7),
    before: Rows = NO_ROWS,
) -> Holdings:
    """Give what records name, each once."""

    def made(path: str) -> Record:
        told = [Mention(at, at + 1, "n", "person", name) for at, name in enumerate(rows[path])]
        return record(document(path=path), mentions=told)

    told = {path: numbers[PATHS.index(path)] for path in rows}
    return holdings(told, {path: repr(row) for path, row in rows.items()}, made, before)


def by_name(found: Holdings) -> dict[str, list[tuple[int, int]]]:
    return {name: list(found.places(name)) for name in found.present()}


@given(st.lists(NUMBERED, min_size=2, max_size=4))
def test_what_was_counted_before_changes_no_count(
    builds: list[tuple[dict[str, list[str]], list[int]]],
) -> None:
    before = NO_ROWS
    known: dict[str, Packed] = {}
    for rows, numbers in builds:
        now, alone = held(rows, numbers, before), held(rows, numbers)
        known = dict(company(now, known))
        anew = dict(company(alone, {}))
        assert {one: found.read(now.names) for one, found in known.items()} == {
            one: found.read(alone.names) for one, found in anew.items()
        }
        assert by_name(now) == by_name(alone)
        before = now.found


@given(CORPORA)
def test_companions_are_those_in_the_same_records(rows: dict[str, list[str]]) -> None:
    made = held(rows)
    for name, packed in company(made, {}):
        found = packed.read(made.names)
        together = Counter(one for row in rows.values() if name in row for one in row)
        del together[name]
        ordered = sorted(together.items(), key=lambda item: (-item[1], item[0]))
        assert found.number == len(together)
        assert list(found.nearest) == ordered[:MOST_NEAR]
        drawn = [one for one, _ in ordered[:MOST_DRAWN]]
        for left, right, number in found.pairs:
            assert left in drawn and right in drawn and left < right
            assert number == sum(left in row and right in row for row in rows.values()) > 0
