"""Rows that are kept in a cache on a few shelves: to read them all takes one look for each shelf.

Takes rows by path, or values by key; gives them back. A look into the cache for each of 10,000
sources costs a third of a second, and there are three of them.
"""

import hashlib
import zlib
from typing import Generic, TypeVar

import msgspec

from tearsheet.cache import Cache

SHELVES = 64
"""One source more writes one or two of them anew."""

_OUT = msgspec.msgpack.Encoder()
_KEYS_IN = msgspec.msgpack.Decoder(tuple[bytes, ...])

R = TypeVar("R")


class LostError(Exception):
    """What was kept cannot be had any more."""


class Shelves(Generic[R]):
    """A row for every document, as they are kept, and changed."""

    def __init__(self, kind: type[R]) -> None:
        self._in = msgspec.msgpack.Decoder(dict[str, kind])  # type: ignore[valid-type]  # it is the rows' own
        self._rows: list[dict[str, R]] = [{} for _ in range(SHELVES)]
        self._keys: list[bytes] = [b""] * SHELVES

    def take(self, keys: tuple[bytes, ...], cache: Cache) -> None:
        """Take them out of the cache. Raises LostError where they cannot be had."""
        self._keys = list(keys)
        for number, key in enumerate(keys):
            found = cache.get(key)
            if found is None:
                raise LostError
            self._rows[number] = self._in.decode(found)

    def keys(self, cache: Cache) -> tuple[bytes, ...]:
        """Keep what was changed; give the keys of all."""
        for number, rows in enumerate(self._rows):
            if not self._keys[number]:
                shelf = _OUT.encode(dict(sorted(rows.items())))
                self._keys[number] = hashlib.sha256(shelf).digest()
                cache.put(self._keys[number], shelf)
        return tuple(self._keys)

    def row(self, path: str) -> R | None:
        """Give the row of a document."""
        return self._rows[_shelf(path)].get(path)

    def lay(self, path: str, row: R) -> None:
        """Lay the row of a document in."""
        if self.row(path) != row:
            self._rows[_shelf(path)][path] = row
            self._keys[_shelf(path)] = b""

    def drop(self, path: str) -> None:
        """Take a document out."""
        if self._rows[_shelf(path)].pop(path, None) is not None:
            self._keys[_shelf(path)] = b""

    def all(self) -> dict[str, R]:
        """Give all rows."""
        return {path: row for rows in self._rows for path, row in sorted(rows.items())}


def _shelf(path: str) -> int:
    return zlib.crc32(path.encode("utf-8", "surrogatepass")) % SHELVES
