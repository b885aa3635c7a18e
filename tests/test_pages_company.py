"""Who stands with whom comes out the same, whatever was counted before."""

from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.cache import NO_CACHE
from tearsheet.pages.company import MOST_DRAWN, MOST_NEAR, company
from tests.test_names_kept import Memory

NAMES = [f"name-{number:02}" for number in range(50)]
ROWS = st.lists(st.sampled_from(NAMES), max_size=20, unique=True).map(sorted)
CORPORA = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e", "f"]), ROWS, max_size=6)


def named(rows: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, int]]]:
    """Give what records name, each once."""
    return {path: [(name, 1) for name in row] for path, row in rows.items()}


@given(st.lists(CORPORA, min_size=2, max_size=4))
def test_what_was_counted_before_changes_no_count(builds: list[dict[str, list[str]]]) -> None:
    cache = Memory()
    for rows in builds:
        assert company(named(rows), cache) == company(named(rows), NO_CACHE)


@given(CORPORA)
def test_companions_are_those_in_the_same_records(rows: dict[str, list[str]]) -> None:
    for name, found in company(named(rows)).items():
        together = Counter(one for row in rows.values() if name in row for one in row)
        del together[name]
        ordered = sorted(together.items(), key=lambda item: (-item[1], item[0]))
        assert found.number == len(together)
        assert list(found.nearest) == ordered[:MOST_NEAR]
        drawn = [one for one, _ in ordered[:MOST_DRAWN]]
        for left, right, number in found.pairs:
            assert left in drawn and right in drawn and left < right
            assert number == sum(left in row and right in row for row in rows.values()) > 0


def test_names_that_are_no_more_are_forgotten() -> None:
    cache = Memory()
    for first in range(40):
        here = [f"name-{number}" for number in range(first, first + 4)]
        company(named({"a": here}), cache)
    packed = max(cache.kept.values(), key=len)
    assert packed.count(b"name-") < 4 * 4 * 4, "the names of every build are kept"
