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
from tearsheet.digests import key_of

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


class Rack:
    """A cache before a cache: what the last build asked for lies on shelves.

    What is put goes into the cache behind it as well, at once: a build may be killed.
    """

    def __init__(self, cache: Cache, name: str) -> None:
        self.keeps = cache.keeps
        self._cache, self.place = cache, key_of(("rack", name))
        self._rows, self._asked = Shelves(bytes), set[str]()
        found = cache.get(self.place)
        try:
            if found is not None:
                self._rows.take(_KEYS_IN.decode(found), cache)
        except LostError:
            self._rows = Shelves(bytes)

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept under a key, if anything."""
        name = key.hex()
        found = self._rows.row(name)
        if found is None:
            found = self._cache.get(key)
            if found is None:
                return None
            self._rows.lay(name, found)
        self._asked.add(name)
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self._cache.put(key, value)
        self._rows.lay(key.hex(), value)
        self._asked.add(key.hex())

    def touch(self, *keys: bytes) -> None:
        """Take entries as asked for without reading them."""
        self._asked.update(key.hex() for key in keys)

    def holds(self, *keys: bytes) -> bool:
        """Say whether something is kept under each of these keys."""
        return all(self._rows.row(key.hex()) is not None or self._cache.holds(key) for key in keys)

    def keep(self) -> None:
        """Write down what was asked for, and nothing else, for the next build."""
        for name in self._rows.all().keys() - self._asked:
            self._rows.drop(name)
        self._cache.put(self.place, _OUT.encode(self._rows.keys(self._cache)))
