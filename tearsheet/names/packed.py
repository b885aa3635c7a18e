"""The mentions of a corpus, packed: those of one document are unpacked when they are asked for.

Takes mentions by path; gives them back. A quarter of a million Mentions are 50 MB, and making
them takes longer than all that is looked up in them for one article more.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

import msgspec

from tearsheet.cache import Cache
from tearsheet.model import Mention

SHELVES = 64
"""Parts in which packed mentions are kept: one article more writes one of them anew."""

_OUT = msgspec.msgpack.Encoder()
_MENTIONS_IN = msgspec.msgpack.Decoder(tuple[Mention, ...])

Mentions = Mapping[str, tuple[Mention, ...]]


R = TypeVar("R")


class LostError(Exception):
    """What was kept cannot be had any more."""


class Packed(Mentions):
    """Mentions by path, packed."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self._rows = rows

    def packed(self, path: str) -> bytes:
        """Give the mentions of a document as they lie."""
        return self._rows[path]

    def __getitem__(self, path: str) -> tuple[Mention, ...]:
        return _MENTIONS_IN.decode(self._rows[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def packed(mentions: Mentions) -> Packed:
    """Pack mentions that are not packed yet."""
    if isinstance(mentions, Packed):
        return mentions
    return Packed({path: _OUT.encode(found) for path, found in mentions.items()})


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
