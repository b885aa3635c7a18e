"""Shelves give what was laid on them, all of it or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.shelves import SHELVES, LostError, Shelves
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


ROWS = st.dictionaries(st.text(max_size=3), st.binary(max_size=3), max_size=9)


@given(st.lists(st.tuples(ROWS, st.frozensets(st.text(max_size=3), max_size=3)), max_size=5))
def test_rows_that_are_laid_in_and_dropped_are_kept_as_they_are(
    builds: list[tuple[dict[str, bytes], frozenset[str]]],
) -> None:
    behind, expected, keys = Memory(), dict[str, bytes](), tuple[bytes, ...]()
    for rows, dropped in builds:
        shelves = Shelves(bytes)
        if keys:
            shelves.take(keys, behind)
        for path, row in rows.items():
            shelves.lay(path, row)
        for path in dropped:
            shelves.drop(path)
        expected = {path: row for path, row in {**expected, **rows}.items() if path not in dropped}
        assert {path: shelves.row(path) for path in expected} == expected
        keys = shelves.keys(behind)
        assert shelves.all() == expected


def test_a_shelf_is_read_where_a_row_of_it_is_asked_for() -> None:
    behind, shelves = Memory(), Shelves(bytes)
    for number in range(500):
        shelves.lay(str(number), b"row")
    keys = shelves.keys(behind)
    taken = Shelves(bytes)
    taken.take(keys, behind)
    behind.read.clear()
    assert taken.row("7") == b"row"
    taken.lay("7", b"other")
    assert taken.keys(behind) != keys
    assert len(behind.read) == 1
    assert set(behind.touched[-SHELVES + 1 :]) == {*keys} - behind.read


def test_shelves_of_which_one_is_lost_are_not_taken() -> None:
    behind, shelves = Memory(), Shelves(bytes)
    keys = shelves.keys(behind)
    del behind.kept[keys[0]]
    with pytest.raises(LostError):
        Shelves(bytes).take(keys, behind)
