"""The mentions of a corpus, packed: those of one document are read when they are asked for.

Takes mentions by path; gives them back. A quarter of a million Mentions are 50 MB, and making
them takes longer than all that is looked up in them for one article more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from tearsheet.digests import key_of
from tearsheet.errors import CorpusError
from tearsheet.model import Mention, counted
from tearsheet.shelves import LostError

_OUT = msgspec.msgpack.Encoder()
_MENTIONS_IN = msgspec.msgpack.Decoder(tuple[Mention, ...])

Mentions = Mapping[str, tuple[Mention, ...]]


class _Of(msgspec.Struct):
    """Of a mention what tells whom it is of."""

    entity: str | None


_OF_IN = msgspec.msgpack.Decoder(tuple[_Of, ...])


class Packed(Mentions):
    """Mentions by path, packed. `marks` tell those of each document from any others: they are at
    hand where the mentions are not.
    """

    def __init__(self, row: Callable[[str], bytes | None], marks: Mapping[str, bytes]) -> None:
        self._row, self.marks = row, marks

    def packed(self, path: str) -> bytes:
        """Give the mentions of a document as they lie.

        Raises CorpusError where the cache that they lie in was lost meanwhile.
        """
        try:
            found = self._row(path)
        except LostError as error:
            raise CorpusError(
                "the cache was deleted while the archive was built; build again"
            ) from error
        if found is None:
            raise KeyError(path)
        return found

    def row(self, path: str) -> "Row | tuple[Mention, ...]":
        """Give the mentions of a document, which need not have any."""
        return Row(self, path) if path in self.marks else ()

    def __getitem__(self, path: str) -> tuple[Mention, ...]:
        return _MENTIONS_IN.decode(self.packed(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The mentions of one document."""

    mentions: Packed
    path: str

    @property
    def mark(self) -> str:
        """What tells them from any others."""
        return self.mentions.marks[self.path].hex()

    def read(self) -> tuple[Mention, ...]:
        """Give the mentions."""
        return self.mentions[self.path]

    def named(self) -> tuple[tuple[str, int], ...]:
        """Give the entities that they are of, with how often, by their ids."""
        return counted(one.entity for one in _OF_IN.decode(self.mentions.packed(self.path)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.mark == other.mark

    def __hash__(self) -> int:
        return hash(self.mark)


def packed(mentions: Mentions) -> Packed:
    """Pack mentions that are not packed yet."""
    if isinstance(mentions, Packed):
        return mentions
    rows = {path: _OUT.encode(found) for path, found in mentions.items()}
    return Packed(rows.get, {path: key_of(row) for path, row in rows.items()})
