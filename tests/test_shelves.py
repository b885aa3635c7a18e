"""Shelves give what was laid on them; what cannot be had is looked for behind them."""

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.shelves import Rack
from tests.test_names_kept import Memory

KEYS = st.binary(min_size=4, max_size=4)
BUILDS = st.lists(st.dictionaries(KEYS, st.binary(max_size=9), max_size=6), min_size=1, max_size=4)


@given(BUILDS)
def test_what_one_build_asked_for_the_next_one_finds_and_nothing_else(
    builds: list[dict[bytes, bytes]],
) -> None:
    behind = Memory()
    known: dict[bytes, bytes] = {}
    for wanted in builds:
        rack = Rack(behind, "sources")
        for key in wanted.keys() & known.keys():
            assert rack.get(key) == known[key]
        for key, value in wanted.items():
            rack.put(key, value)
        rack.keep()
        for key in known.keys() - wanted.keys():
            del behind.kept[key]  # a cache may forget what nobody asks for
        assert all(Rack(behind, "sources").get(key) is None for key in known.keys() - wanted.keys())
        known = wanted


@given(st.dictionaries(KEYS, st.binary(max_size=9), min_size=1, max_size=6))
def test_what_a_lost_shelf_held_is_found_behind_it(wanted: dict[bytes, bytes]) -> None:
    behind = Memory()
    rack = Rack(behind, "sources")
    for key, value in wanted.items():
        rack.put(key, value)
    rack.keep()
    for key in set(behind.kept) - set(wanted) - {Rack(behind, "sources").place}:
        del behind.kept[key]
    assert {key: Rack(behind, "sources").get(key) for key in wanted} == wanted
