"""Which records tell the same text: found anew only for the documents that changed.

Takes documents' marks and the way to their shingles; gives what `versions.shared_of` gives of all
(a law holds the two together). What was found is kept, and so is which documents bear a shingle
(bearers.py), so that a new document is held against all others without reading them.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import combinations, product

import msgspec

from tearsheet.bearers import Bearers
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.describe import versions
from tearsheet.describe.versions import Found, Numbers, in_order, of_pair, shared_of, tells
from tearsheet.digests import key_of
from tearsheet.model import SharedText
from tearsheet.shelves import LostError

MOST_CHANGED = 200
"""Documents that came or went; where it was more, all are compared anew."""

Shingles = Callable[[str], bytes]
"""Gives the shingles of a document by its path."""
Former = Callable[[str], bytes | None]
"""Gives the shingles of a document of the last build by its mark, where they are still known."""


class _Before(msgspec.Struct, array_like=True, frozen=True):
    """What the last build found, and of which documents."""

    marks: dict[str, str]
    found: dict[str, tuple[SharedText, ...]]


_KEY = key_of("same text")
_OUT, _BEFORE_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Before)


def same_text(
    marks: Mapping[str, str], shingles: Shingles, former: Former, cache: Cache = NO_CACHE
) -> Found:
    """Give, by path, the other sources with the same text, the most alike first.

    `marks` tell documents apart by all that they were made of; "" where that is not known.
    """
    known = all(marks.values()) and len(set(marks.values())) == len(marks)
    if not cache.keeps or not known:
        return shared_of({path: array("Q", shingles(path)) for path in marks})
    packed = cache.get(_KEY)
    before = _BEFORE_IN.decode(packed) if packed else _Before({}, {})
    if before.marks == marks:
        return before.found
    try:
        found = _found(before, _Corpus.of(marks, shingles, cache, anew=False), former)
    except LostError:
        found = _found(before, _Corpus.of(marks, shingles, cache, anew=True), former)
    cache.put(_KEY, _OUT.encode(_Before(dict(marks), dict(found))))
    return found


class _Corpus(msgspec.Struct, frozen=True):
    """All documents, by their paths and by their marks, and which of them bear a shingle."""

    marks: Mapping[str, str]
    paths: Mapping[str, str]
    shingles: Shingles
    bearers: Bearers

    @classmethod
    def of(
        cls, marks: Mapping[str, str], shingles: Shingles, cache: Cache, *, anew: bool
    ) -> "_Corpus":
        """Take up which documents bear a shingle, and take in those that came since."""
        paths = dict(zip(marks.values(), marks, strict=True))
        bearers = Bearers(cache)
        if not anew:
            bearers.take()
        for mark in sorted(bearers.unknown(paths.keys())):
            bearers.add(mark, shingles(paths[mark]))
        return cls(marks, paths, shingles, bearers)

    def read(self, path: str) -> Numbers:
        """Give the shingles of one document."""
        return array("Q", self.shingles(path))

    def holders(self, asked: frozenset[int], among: Iterable[str]) -> Mapping[int, list[str]]:
        """Give the documents of `among` that hold each of the shingles asked for."""
        found = self.bearers.of(asked, {self.marks[path] for path in among})
        return {one: [self.paths[mark] for mark in marks] for one, marks in found.items() if marks}

    def rows(self, common: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, SharedText]]:
        """Give what documents share, by the shingles that each two of them have in common."""
        size = self.bearers.size
        for (one, other), number in common.items():
            if tells(number, size(self.marks[one]), size(self.marks[other])):
                yield from of_pair((one, other), number, self.read(one), self.read(other))


def _found(before: _Before, corpus: _Corpus, former: Former) -> Found:
    found = _since(before, corpus, former)
    if found is None:
        found = in_order(corpus.rows(_common(corpus)))
    corpus.bearers.keep(corpus.paths.keys())
    return found


def _common(corpus: _Corpus) -> Mapping[tuple[str, str], int]:
    """Count the shingles that each two documents have in common."""
    common: Counter[tuple[str, str]] = Counter()
    for marks in corpus.bearers.several(corpus.paths.keys()):
        if len(marks) <= versions.MOST_DOCUMENTS:
            common.update(combinations(sorted(corpus.paths[mark] for mark in marks), 2))
    return common


def _since(before: _Before, corpus: _Corpus, former: Former) -> Found | None:
    """Give what is found now, where little came and went; None where all are to be compared."""
    new = {path for path, mark in corpus.marks.items() if before.marks.get(path) != mark}
    gone = {path for path, mark in before.marks.items() if corpus.marks.get(path) != mark}
    if not before.marks or len(new) + len(gone) > MOST_CHANGED:
        return None
    bearers = _bearers({path: corpus.read(path) for path in sorted(new)})
    went = [former(before.marks[path]) for path in sorted(gone)]
    left = [array("Q", one) for one in went if one is not None]
    held = corpus.holders(frozenset(bearers).union(*left), corpus.marks.keys() - new)
    if len(left) < len(went) or _became_furniture(bearers, left, held):
        return None
    common: Counter[tuple[str, str]] = Counter()
    for one, mine in bearers.items():
        others = held.get(one, [])
        if len(mine) + len(others) <= versions.MOST_DOCUMENTS:
            common.update((*product(mine, others), *combinations(mine, 2)))
    return in_order((*_staying(before.found, new | gone), *corpus.rows(common)))


def _bearers(found: Mapping[str, Numbers]) -> Mapping[int, list[str]]:
    """Give the documents that bear each shingle."""
    bearers: defaultdict[int, list[str]] = defaultdict(list)
    for path, numbers in found.items():
        for one in numbers:
            bearers[one].append(path)
    return bearers


def _became_furniture(
    came: Mapping[int, list[str]], went: list[Numbers], held: Mapping[int, list[str]]
) -> bool:
    """Say whether a shingle of two that stayed counts now and did not before, or no more."""
    most = versions.MOST_DOCUMENTS
    lost: defaultdict[int, int] = defaultdict(int)
    for numbers in went:
        for one in numbers:
            lost[one] += 1
    return any(
        len(others) > 1
        and (len(others) + lost[one] > most) != (len(others) + len(came.get(one, ())) > most)
        for one, others in held.items()
    )


def _staying(found: Found, changed: Set[str]) -> Iterator[tuple[str, SharedText]]:
    for path, rows in found.items():
        if path not in changed:
            yield from ((path, row) for row in rows if row.path not in changed)
