"""Which documents bear a shingle: the same whatever came and went, was lost, or half written."""

import random
import sys
from array import array
from collections import defaultdict
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet import bearers as module
from tearsheet.bearers import Bearers
from tearsheet.shelves import LostError
from tests.test_names_kept import Forgetful, Memory

SHINGLES = st.integers(0, 20).map(lambda number: number * (2**64 // 20 - 1))
DOCUMENTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.frozensets(SHINGLES, max_size=9), max_size=6
)
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)


class Mortal(Forgetful):
    """A cache of a build that is killed when it has put so many things."""

    def __init__(self, kept: dict[bytes, bytes], puts: int) -> None:
        super().__init__(kept)
        self.puts = puts

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        if not self.puts:
            raise InterruptedError
        self.puts -= 1
        super().put(key, value)


def known(cache: Memory, texts: Mapping[str, frozenset[int]]) -> Bearers:
    """Give the index of a build that has these documents."""
    found = Bearers(cache)
    found.take()
    for mark in sorted(found.unknown(texts.keys())):
        found.add(mark, array("Q", sorted(texts[mark])).tobytes())
    return found


def borne(texts: Mapping[str, frozenset[int]]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for mark, shingles in sorted(texts.items()):
        for one in shingles:
            found[one].append(mark)
    return found


def small(patch: pytest.MonkeyPatch, later: int, worn: int) -> None:
    patch.setattr(module, "A_ROW", 3)
    patch.setattr(module, "TOGETHER", 2)
    patch.setattr(module, "LATER", later)
    patch.setattr(module, "WORN", worn)


def told(texts: Mapping[str, frozenset[int]], day: int) -> dict[str, frozenset[int]]:
    """Give texts by marks, which are no others' on any other day."""
    return {f"{mark} {sorted(one)} {day % 2}": one for mark, one in texts.items()}


@MANY
@given(st.lists(DOCUMENTS, min_size=1, max_size=6), st.integers(0, 4), st.sampled_from([1, 2, 9]))
def test_it_gives_who_bears_each_shingle_whatever_came_and_went(
    monkeypatch: pytest.MonkeyPatch,
    days: list[dict[str, frozenset[int]]],
    later: int,
    worn: int,
) -> None:
    small(monkeypatch, later, worn)
    cache = Memory()
    for day, texts in enumerate(days):
        texts = told(texts, day)
        found, expected = known(cache, texts), borne(texts)
        asked = frozenset(expected) | {7, 2**64 - 1}
        of = found.of(asked, texts.keys())
        assert {one: sorted(of[one]) for one in of if of[one]} == expected
        several = sorted(sorted(marks) for marks in found.several(texts.keys()))
        assert several == sorted(marks for marks in expected.values() if len(marks) > 1)
        assert all(found.size(mark) == len(one) for mark, one in texts.items())
        found.keep(texts.keys())


@MANY
@given(
    st.lists(st.tuples(DOCUMENTS, st.integers(0, 12)), min_size=2, max_size=6),
    st.integers(0, 3),
    st.randoms(use_true_random=False),
)
def test_builds_that_are_killed_and_rows_that_are_lost_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
    days: list[tuple[dict[str, frozenset[int]], int]],
    later: int,
    chance: random.Random,
) -> None:
    small(monkeypatch, later, 2)
    kept: dict[bytes, bytes] = {}
    for day, (texts, puts) in enumerate(days):
        texts = told(texts, day)
        if chance.random() < 0.2 and kept:
            del kept[chance.choice(sorted(kept))]
        try:
            found = known(Mortal(kept, puts), texts)
            of = found.of(frozenset(borne(texts)), texts.keys())
            assert {one: sorted(of[one]) for one in of if of[one]} == borne(texts)
            found.keep(texts.keys())
        except LostError:
            kept.clear()
        except InterruptedError:
            pass


def asked(cache: Memory, texts: Mapping[str, frozenset[int]]) -> Mapping[int, list[str]]:
    """Give who bears each shingle in a build that goes to its end."""
    index = known(cache, texts)
    found = index.of(frozenset(borne(texts)), texts.keys())
    index.keep(texts.keys())
    return {one: sorted(marks) for one, marks in found.items()}


A, B, C = ({name: frozenset({number, 2**63 + number})} for number, name in enumerate("abc", 1))


def test_what_a_killed_build_wrote_into_the_rows_is_nobody_elses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small(monkeypatch, 0, 9)
    cache = Memory()
    asked(cache, A)
    with pytest.raises(InterruptedError):
        asked(Mortal(cache.kept, 1), A | B)
    assert asked(cache, A | C) == borne(A | C)
    assert not any(known(cache, A | C).of(B["b"], (A | C).keys()).values())


def test_rows_that_a_killed_build_began_anew_are_not_taken_for_the_old_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small(monkeypatch, 0, 9)
    cache = Memory()
    asked(cache, A)
    asked(cache, A | B)
    anew = Bearers(Mortal(cache.kept, 2))
    anew.add("b", array("Q", sorted(B["b"])).tobytes())
    with pytest.raises(InterruptedError):
        anew.keep(B.keys())
    assert asked(cache, A | B) == borne(A | B)


def test_a_shingle_is_not_found_across_two_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATER", 0)
    beside = b"abcdefgh", b"ijklmnop"
    across = int.from_bytes(b"efghijkl", sys.byteorder)
    cache = Memory()
    text = {"a": frozenset(int.from_bytes(one, sys.byteorder) for one in beside)}
    asked(cache, text)
    assert known(cache, text).of(frozenset({across}), text.keys()) == {across: []}


def test_an_index_that_outgrew_its_rows_is_begun_anew_with_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small(monkeypatch, 0, 2)
    cache, texts = Memory(), dict[str, frozenset[int]]()
    for number in range(30):
        texts[f"{number}"] = frozenset({number, number + 100, number + 200})
        assert asked(cache, texts) == borne(texts)
    assert len(cache.kept) > 8
