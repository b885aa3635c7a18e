"""Which documents bear a shingle: an index in the cache that grows with what comes.

Takes the shingles of documents by their marks; gives the marks of those that bear one. Shingles
lie in rows by their first bits, so that those of a new document are looked up in as many short
rows, however many documents there are. Guarantees that a row which is lost, or half written by a
build that was killed, is told from one that is whole (LostError). A document that goes leaves its
shingles in the rows: who asks says which documents stand.
"""

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from tearsheet.cache import Cache
from tearsheet.describe.versions import Numbers
from tearsheet.digests import key_of
from tearsheet.shelves import LostError

A_ROW = 1600
"""Shingles of a row at most, when the rows are begun: 20 KB, which are searched in 5 µs."""
MOST_BITS = 16
"""That tell rows apart: with more, to hold on to each takes longer than to search longer ones."""
LATER = 200
"""Documents that came later and lie apart: to write one into the rows writes all of them anew."""
TOGETHER = 256
"""Rows that are filled at once: all of 10,000 documents would be 80 MB beside their shingles."""
WORN = 2
"""So many times the documents that it was begun with: then it is begun anew, with more rows."""


class _Row(msgspec.Struct, array_like=True, frozen=True):
    """Shingles, and the number of the document that bears each, in the order of these numbers."""

    shingles: bytes
    documents: bytes


class _Index(msgspec.Struct, array_like=True):
    """What is not in the rows: the documents that are, by number; those that came later, with
    their shingles; how many shingles each has; and with how many documents it was begun.
    """

    bits: int = 0
    first: int = 0
    held: list[str] = []
    later: dict[str, bytes] = {}
    sizes: dict[str, int] = {}


class _Filled(msgspec.Struct, frozen=True):
    """A row that is being filled."""

    shingles: Numbers = msgspec.field(default_factory=lambda: array("Q"))
    documents: Numbers = msgspec.field(default_factory=lambda: array("I"))


_KEY = key_of("bearers")
_OUT = msgspec.msgpack.Encoder()
_INDEX_IN, _ROW_IN = msgspec.msgpack.Decoder(_Index), msgspec.msgpack.Decoder(_Row)


class Bearers:
    """The index, as it is kept, and grows."""

    def __init__(self, cache: Cache) -> None:
        self._cache, self._index = cache, _Index()

    def take(self) -> None:
        """Take up what the last build left, unless it has outgrown its rows."""
        kept = self._cache.get(_KEY)
        index = _INDEX_IN.decode(kept) if kept else _Index()
        if len(index.held) <= WORN * index.first:
            self._index = index

    def keep(self, standing: Set[str]) -> None:
        """Leave it to the next build, without what came and went again."""
        index = self._index
        for mark in index.later.keys() - standing:
            del index.later[mark], index.sizes[mark]
        if len(index.later) > LATER:
            self._write()
        if index.held:
            self._cache.touch(*map(_key, range(1 << index.bits)))
        self._cache.put(_KEY, _OUT.encode(index))

    def unknown(self, marks: Set[str]) -> Set[str]:
        """Give the documents that it does not know."""
        return marks - self._index.sizes.keys()

    def add(self, mark: str, shingles: bytes) -> None:
        """Take a document in."""
        self._index.later[mark] = shingles
        self._index.sizes[mark] = len(shingles) // 8

    def size(self, mark: str) -> int:
        """Give how many shingles a document has."""
        return self._index.sizes[mark]

    def of(self, asked: frozenset[int], standing: Set[str]) -> Mapping[int, Sequence[str]]:
        """Give, of the documents that stand, those that bear the shingles asked for."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for one in asked:
            found[one] += (mark for mark in self._in_rows(one) if mark in standing)
        for mark, shingles in self._index.later.items():
            for one in asked.intersection(array("Q", shingles)) if mark in standing else ():
                found[one].append(mark)
        return found

    def several(self, standing: Set[str]) -> Iterator[Sequence[str]]:
        """Give, of each shingle that several documents bear of those that stand, these."""
        if len(self._index.later) > LATER:
            self._write()
        documents = [*self._index.held, *self._index.later]
        for row in self._rows():
            if len(set(row.shingles)) < len(row.shingles):
                bearers: defaultdict[int, list[str]] = defaultdict(list)
                for shingle, number in zip(row.shingles, row.documents, strict=True):
                    bearers[shingle].append(documents[number])
                together = ([mark for mark in one if mark in standing] for one in bearers.values())
                yield from (marks for marks in together if len(marks) > 1)

    # ------------------------------------------------------------ rows

    def _write(self) -> None:
        """Write what came later into the rows."""
        index = self._index
        if not index.held:
            self._begin()
        for number, row in enumerate(self._rows()):
            packed = _Row(row.shingles.tobytes(), row.documents.tobytes())
            self._cache.put(_key(number), _OUT.encode(packed))
        index.held += index.later
        index.later.clear()

    def _begin(self) -> None:
        """Make place for the documents that there are; of the rows that lie there nothing holds."""
        self._cache.put(_KEY, _OUT.encode(_Index()))
        index = self._index
        rows = sum(index.sizes.values()) // A_ROW
        index.bits = min(rows.bit_length(), MOST_BITS)
        index.first = len(index.later)

    def _rows(self) -> Iterator[_Filled]:
        """Give the rows in order, with what came later in them."""
        index = self._index
        came = [array("Q", shingles) for shingles in index.later.values()]
        at = [0] * len(came)
        for first in range(0, 1 << index.bits, TOGETHER):
            last = min(first + TOGETHER, 1 << index.bits)
            fresh = _taken(came, at, last, index)
            yield from (self._lengthened(number, fresh[number]) for number in range(first, last))

    def _lengthened(self, number: int, fresh: _Filled) -> _Filled:
        """Give a row with what is to come behind it; what a killed build wrote there is no part."""
        if not self._index.held:
            return fresh
        row = self._row(number)
        shingles, documents = array("Q", row.shingles), array("I", row.documents)
        end = bisect_left(documents, len(self._index.held))
        return _Filled(shingles[:end] + fresh.shingles, documents[:end] + fresh.documents)

    def _in_rows(self, shingle: int) -> Iterator[str]:
        held = self._index.held
        if held:
            row = self._row(shingle >> 64 - self._index.bits)
            documents = memoryview(row.documents).cast("I")
            found = (documents[place] for place in _places(shingle, row.shingles))
            yield from (held[number] for number in found if number < len(held))

    def _row(self, number: int) -> _Row:
        packed = self._cache.get(_key(number))
        if packed is None:
            raise LostError
        return _ROW_IN.decode(packed)


def _key(number: int) -> bytes:
    """Give the place of a row: by its first bytes it is told from the others (see cache.py)."""
    return number.to_bytes(4, "big") + _KEY[4:]


def _places(shingle: int, shingles: bytes) -> Iterator[int]:
    """Give the places of a shingle among others."""
    sought = shingle.to_bytes(8, sys.byteorder)
    at = shingles.find(sought)
    while at >= 0:
        if at % 8 == 0:
            yield at // 8
        at = shingles.find(sought, at + 1)


def _taken(
    came: Sequence[Numbers], at: list[int], last: int, index: _Index
) -> Mapping[int, _Filled]:
    """Take the shingles of the rows up to the last out of those that came, which are in order."""
    shift, first = 64 - index.bits, len(index.held)
    rows: defaultdict[int, _Filled] = defaultdict(_Filled)
    for place, shingles in enumerate(came):
        end = bisect_left(shingles, last << shift, at[place])
        for one in shingles[at[place] : end]:
            row = rows[one >> shift]
            row.shingles.append(one)
            row.documents.append(first + place)
        at[place] = end
    return rows
