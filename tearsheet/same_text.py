"""Which records tell the same text: found anew only for the documents that changed.

Takes documents' marks and the way to their shingles; gives what `versions.shared_of` gives of all
(a law holds the two together). What was found is kept, and the shingles lie in the cache in
groups, so that a new document is held against all others without reading each.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, groupby, product

import msgspec

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.describe import versions
from tearsheet.describe.versions import Found, Numbers, in_order, of_pair, shared_of
from tearsheet.digests import key_of
from tearsheet.model import SharedText

MOST_CHANGED = 40
"""Documents that came or went; where it was more, all are compared anew."""

GROUPS = 128
"""So many hold the shingles of all documents: one more touches two of them."""

Shingles = Callable[[str], bytes]
"""Gives the shingles of a document by its path."""
Former = Callable[[str], bytes | None]
"""Gives the shingles of a document of the last build by its mark, where they are still known."""


class _Before(msgspec.Struct, array_like=True, frozen=True):
    """What the last build found, and of which documents."""

    marks: dict[str, str]
    found: dict[str, tuple[SharedText, ...]]


class _Group(msgspec.Struct, array_like=True, frozen=True):
    """The shingles of a group of documents, one after the other, and how many each has."""

    sizes: tuple[int, ...]
    numbers: bytes


_Members = list[tuple[str, str]]
"""The documents of a group: path and mark."""

_KEY = key_of("same text")
_OUT = msgspec.msgpack.Encoder()
_BEFORE_IN, _GROUP_IN = msgspec.msgpack.Decoder(_Before), msgspec.msgpack.Decoder(_Group)


def same_text(
    marks: Mapping[str, str], shingles: Shingles, former: Former, cache: Cache = NO_CACHE
) -> Found:
    """Give, by path, the other sources with the same text, the most alike first.

    `marks` tell documents apart by all that they were made of; "" where that is not known.
    """
    if not cache.keeps or not all(marks.values()):
        return shared_of({path: array("Q", shingles(path)) for path in marks})
    packed = cache.get(_KEY)
    before = _BEFORE_IN.decode(packed) if packed else _Before({}, {})
    if before.marks == marks:
        return before.found
    shelf = _Shelf(marks, shingles, cache)
    found = _since(before, shelf, former)
    if found is None:
        found = shared_of(dict(shelf.every()))
    cache.put(_KEY, _OUT.encode(_Before(dict(marks), dict(found))))
    return found


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The shingles of all documents: in groups by their marks, so that a document that changes
    touches two groups.
    """

    marks: Mapping[str, str]
    shingles: Shingles
    cache: Cache

    def of(self, path: str) -> Numbers:
        """Give the shingles of one document."""
        return array("Q", self.shingles(path))

    def every(self) -> Iterator[tuple[str, Numbers]]:
        """Give the shingles of all documents."""
        for members in self._groups():
            self._ordered(members)  # the next build will look something up
            yield from self._parted(members)

    def holders(self, asked: set[int], among: Set[str]) -> Mapping[int, list[str]]:
        """Give the documents of `among` that hold each of the shingles asked for."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        in_turn = sorted(asked)
        for members in self._groups():
            if not _held(in_turn, self._ordered(members)):
                continue
            for path, own in self._parted(members):
                for one in asked.intersection(own) if path in among else ():
                    found[one].append(path)
        return found

    def _groups(self) -> Iterator[_Members]:
        ordered = sorted(self.marks.items(), key=lambda item: (item[1], item[0]))
        for _, rows in groupby(ordered, key=lambda item: int(item[1][:2], 16) * GROUPS >> 8):
            yield list(rows)

    def _ordered(self, members: _Members) -> Numbers:
        """Give the shingles of a group in order, in which to look one up."""
        key = key_of(("shingles in order", [mark for _, mark in members]))
        packed = self.cache.get(key)
        if packed is None:
            packed = array("Q", sorted(array("Q", self._group(members).numbers))).tobytes()
            self.cache.put(key, packed)
        return array("Q", packed)

    def _group(self, members: _Members) -> _Group:
        key = key_of(("shingles", [mark for _, mark in members]))
        packed = self.cache.get(key)
        if packed is not None:
            return _GROUP_IN.decode(packed)
        parts = [self.shingles(path) for path, _ in members]
        found = _Group(tuple(len(part) // 8 for part in parts), b"".join(parts))
        self.cache.put(key, _OUT.encode(found))
        return found

    def _parted(self, members: _Members) -> Iterator[tuple[str, Numbers]]:
        group = self._group(members)
        numbers, end = array("Q", group.numbers), 0
        for (path, _), size in zip(members, group.sizes, strict=True):
            start, end = end, end + size
            yield path, numbers[start:end]


def _held(asked: Iterable[int], ordered: Numbers) -> bool:
    """Say whether one of the numbers asked for is among others, both in order."""
    at, last = 0, len(ordered)
    for one in asked:
        at = bisect_left(ordered, one, at)
        if at == last:
            return False
        if ordered[at] == one:
            return True
    return False


def _since(before: _Before, shelf: _Shelf, former: Former) -> Found | None:
    """Give what is found now, where little came and went; None where all are to be compared."""
    new = {path for path, mark in shelf.marks.items() if before.marks.get(path) != mark}
    gone = {path for path, mark in before.marks.items() if shelf.marks.get(path) != mark}
    if not before.marks or len(new) + len(gone) > MOST_CHANGED:
        return None
    came = {path: shelf.of(path) for path in sorted(new)}
    went = [former(before.marks[path]) for path in sorted(gone)]
    bearers, left = _bearers(came), [array("Q", one) for one in went if one is not None]
    held = shelf.holders(bearers.keys() | set().union(*left), shelf.marks.keys() - new)
    if len(left) < len(went) or _became_furniture(bearers, left, held):
        return None
    common: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one, mine in bearers.items():
        others = held.get(one, [])
        if len(mine) + len(others) <= versions.MOST_DOCUMENTS:
            for pair in (*product(mine, others), *combinations(mine, 2)):
                common[pair] += 1
    return in_order((*_staying(before.found, new | gone), *_rows(common, came, shelf)))


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


def _rows(
    common: Mapping[tuple[str, str], int], came: Mapping[str, Numbers], shelf: _Shelf
) -> Iterator[tuple[str, SharedText]]:
    for (one, other), number in common.items():
        theirs = came[other] if other in came else shelf.of(other)
        yield from of_pair((one, other), number, came[one], theirs)
