"""The mentions of a corpus, packed: those of one document are unpacked when they are asked for.

Takes mentions by path; gives them back. A quarter of a million Mentions are 50 MB, and making
them takes longer than all that is looked up in them for one article more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from tearsheet.digests import digest
from tearsheet.model import Mention, counted

_OUT = msgspec.msgpack.Encoder()
_MENTIONS_IN = msgspec.msgpack.Decoder(tuple[Mention, ...])

Mentions = Mapping[str, tuple[Mention, ...]]


class _Of(msgspec.Struct):
    """Of a mention what tells whom it is of."""

    entity: str | None


_OF_IN = msgspec.msgpack.Decoder(tuple[_Of, ...])


@dataclass(frozen=True, slots=True)
class Row:
    """The mentions of one document."""

    packed: bytes

    @property
    def mark(self) -> str:
        """What tells them from any others."""
        return digest(self.packed)

    def read(self) -> tuple[Mention, ...]:
        """Give the mentions."""
        return _MENTIONS_IN.decode(self.packed)

    def named(self) -> tuple[tuple[str, int], ...]:
        """Give the entities that they are of, with how often, by their ids."""
        return counted(one.entity for one in _OF_IN.decode(self.packed))


class Packed(Mentions):
    """Mentions by path, packed."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self._rows = rows

    def packed(self, path: str) -> bytes:
        """Give the mentions of a document as they lie."""
        return self._rows[path]

    def row(self, path: str) -> Row | tuple[Mention, ...]:
        """Give the mentions of a document, which need not have any."""
        return Row(self._rows[path]) if path in self._rows else ()

    def mark(self, path: str) -> str:
        """Give what tells the mentions of a document from any others."""
        return digest(self._rows[path]) if path in self._rows else ""

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
