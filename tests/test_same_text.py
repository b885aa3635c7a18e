"""What records share, found anew for what changed: the same as of all compared anew."""

from array import array
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet import bearers
from tearsheet import same_text as module
from tearsheet.cache import Cache, opened
from tearsheet.describe import versions
from tearsheet.describe.versions import Found, shared_of
from tearsheet.same_text import same_text

PATHS = st.sampled_from([f"{name}.txt" for name in "abcdefgh"])
SHINGLES = st.integers(0, 12).map(lambda number: number * (2**64 // 12 - 1))
"""Any numbers, so far from each other that they lie in several rows."""
TEXTS = st.frozensets(SHINGLES, max_size=9)
CORPORA = st.lists(st.dictionaries(PATHS, TEXTS, max_size=8), min_size=1, max_size=5)


def packed(text: frozenset[int]) -> bytes:
    return array("Q", sorted(text)).tobytes()


def mark(path: str, text: frozenset[int]) -> str:
    return f"{ord(path[0]) % 3:02x} {path} {sorted(text)}"


def found(corpus: Mapping[str, frozenset[int]], known: dict[str, bytes], cache: Cache) -> Found:
    marks = {path: mark(path, text) for path, text in corpus.items()}
    known |= {marks[path]: packed(text) for path, text in corpus.items()}
    return same_text(marks, lambda path: packed(corpus[path]), known.get, cache)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(CORPORA, st.integers(2, 4), st.integers(1, 8), st.integers(0, 3), st.sampled_from([1, 2, 9]))
def test_it_is_what_comparing_all_anew_gives(
    monkeypatch: pytest.MonkeyPatch,
    corpora: list[dict[str, frozenset[int]]],
    most_documents: int,
    most_changed: int,
    later: int,
    worn: int,
) -> None:
    monkeypatch.setattr(bearers, "LATER", later)
    monkeypatch.setattr(bearers, "WORN", worn)
    monkeypatch.setattr(bearers, "A_ROW", 3)
    monkeypatch.setattr(versions, "MOST_DOCUMENTS", most_documents)
    monkeypatch.setattr(versions, "FEWEST_SHINGLES", 2)
    monkeypatch.setattr(module, "MOST_CHANGED", most_changed)
    known: dict[str, bytes] = {}
    with opened(Path(":memory:"), "rules") as cache:
        for corpus in corpora:
            expected = shared_of({path: array("Q", packed(text)) for path, text in corpus.items()})
            assert found(corpus, known, cache) == expected


def test_a_new_document_is_held_against_others_without_comparing_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = {f"{n}.txt": frozenset(range(n * 7, n * 7 + 30)) for n in range(12)}
    known: dict[str, bytes] = {}
    with opened(Path(":memory:"), "rules") as cache:
        found(corpus, known, cache)
        corpus["new.txt"] = frozenset(range(10, 50))
        expected = shared_of({path: array("Q", packed(text)) for path, text in corpus.items()})
        monkeypatch.setattr(module, "shared_of", None)
        assert found(corpus, known, cache) == expected
        assert expected["new.txt"]
