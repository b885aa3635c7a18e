"""Rows that are kept in a cache on a few shelves: to read them all takes one look for each shelf.

Takes rows by path, or values by key; gives them back. A look into the cache for each of 10,000
sources costs a third of a second, and there are three of them. A shelf that no row is asked of
is not read.
"""

import hashlib
import zlib
from typing import Generic, TypeVar

import msgspec

from tearsheet.cache import NO_CACHE, Cache

SHELVES = 64
"""One source more writes one or two of them anew."""

_OUT = msgspec.msgpack.Encoder()
_KEYS_IN = msgspec.msgpack.Decoder(tuple[bytes, ...])

R = TypeVar("R")


class LostError(Exception):
    """What was kept cannot be had any more."""


class Shelves(Generic[R]):
    """A row for every document, as they are kept, and changed; a shelf is read when it is asked
    for one. Raises LostError where it cannot be had any more.
    """

    def __init__(self, kind: type[R]) -> None:
        self._in = msgspec.msgpack.Decoder(dict[str, kind])  # type: ignore[valid-type]  # it is the rows' own
        self._rows: list[dict[str, R] | None] = [{} for _ in range(SHELVES)]
        self._keys: list[bytes] = [b""] * SHELVES
        self._cache: Cache = NO_CACHE

    def take(self, keys: tuple[bytes, ...], cache: Cache) -> None:
        """Take them out of the cache. Raises LostError where they cannot be had."""
        if len(keys) != SHELVES or not cache.holds(*keys):
            raise LostError
        self._keys, self._cache = list(keys), cache
        self._rows = [None] * SHELVES

    def keys(self, cache: Cache) -> tuple[bytes, ...]:
        """Keep what was changed; give the keys of all."""
        cache.touch(*filter(None, self._keys))
        for number in range(SHELVES):
            if not self._keys[number]:
                shelf = _OUT.encode(dict(sorted(self._shelf(number).items())))
                self._keys[number] = hashlib.sha256(shelf).digest()
                cache.put(self._keys[number], shelf)
        return tuple(self._keys)

    def row(self, path: str) -> R | None:
        """Give the row of a document."""
        number = _number(path)
        rows = self._rows[number]
        return (self._shelf(number) if rows is None else rows).get(path)

    def lay(self, path: str, row: R) -> None:
        """Lay the row of a document in."""
        if self.row(path) != row:
            number = _number(path)
            self._shelf(number)[path] = row
            self._keys[number] = b""

    def drop(self, path: str) -> None:
        """Take a document out."""
        number = _number(path)
        if self._shelf(number).pop(path, None) is not None:
            self._keys[number] = b""

    def all(self) -> dict[str, R]:
        """Give all rows."""
        shelves = map(self._shelf, range(SHELVES))
        return {path: row for rows in shelves for path, row in sorted(rows.items())}

    def _shelf(self, number: int) -> dict[str, R]:
        rows = self._rows[number]
        if rows is None:
            found = self._cache.get(self._keys[number])
            if found is None:
                raise LostError
            rows = self._rows[number] = self._in.decode(found)
        return rows


def _number(path: str) -> int:
    return zlib.crc32(path.encode("utf-8", "surrogatepass")) % SHELVES
