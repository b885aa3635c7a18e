"""Shelves give what was laid on them, all of it or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.shelves import LostError, Shelves
from tests.test_names_kept import Memory

PATHS = st.text(st.characters(codec="utf-8"), max_size=6)
BUILDS = st.lists(st.dictionaries(PATHS, st.binary(max_size=9), max_size=6), min_size=1, max_size=4)


@given(BUILDS)
def test_what_one_build_laid_on_the_shelves_the_next_one_finds_and_nothing_else(
    builds: list[dict[str, bytes]],
) -> None:
    behind = Memory()
    keys = Shelves(bytes).keys(behind)
    for wanted in builds:
        shelves = Shelves(bytes)
        shelves.take(keys, behind)
        for path in shelves.all().keys() - wanted.keys():
            shelves.drop(path)
        for path, value in wanted.items():
            shelves.lay(path, value)
        keys = shelves.keys(behind)
        found = Shelves(bytes)
        found.take(keys, behind)
        assert found.all() == wanted


def test_a_lost_shelf_is_told() -> None:
    behind = Memory()
    shelves = Shelves(bytes)
    shelves.lay("a.txt", b"a")
    keys = shelves.keys(behind)
    behind.kept.clear()
    with pytest.raises(LostError):
        Shelves(bytes).take(keys, behind)
