"""The records of a corpus in the order of accession, each put together when it is asked for.

Takes what tells each record from any other and the way to it; gives Records. After one change
in 10,000 records a build shows some hundreds of them: the others are known by what they told
(see pages/card.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

import msgspec

from tearsheet.digests import digest
from tearsheet.model import Document, Note, Record, SharedText, Shelved


class Told(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What tells apart all that a record says by itself: all that was made of its source ("": not
    known), its accession, the notes that the corpus adds, who tells the same, the mentions.
    """

    mark: str
    number: str
    slug: str
    added: tuple[Note, ...]
    same_text: tuple[SharedText, ...]
    names: str


def told_of(record: Record) -> Told:
    """Give what tells a record from any other."""
    number, slug = record.accession.number, record.accession.slug
    told = record.told
    names = digest(told) if isinstance(told, tuple) else told.mark
    return Told(record.mark, number, slug, record.added, record.same_text, names)


class Records(Sequence[Record]):
    """Records that are made when they are asked for, and then held. `told` is by path, in the
    order of accession; `held` are the documents, as they lie.
    """

    def __init__(
        self,
        told: Mapping[str, Told],
        held: Mapping[str, Document | Shelved],
        make: Callable[[str], Record],
    ) -> None:
        self.told, self.held = told, held
        self._paths, self._make = tuple(told), make
        self._made: dict[str, Record] = {}

    @classmethod
    def of(cls, records: Sequence[Record]) -> "Records":
        """Take records that are made already."""
        if isinstance(records, Records):
            return records
        made = {one.path: one for one in records}
        told = {path: told_of(one) for path, one in made.items()}
        return cls(told, {path: one.held for path, one in made.items()}, made.__getitem__)

    def at(self, path: str) -> Record:
        """Give the record of a source."""
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Record, ...]: ...

    def __getitem__(self, place: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(place, slice):
            return tuple(map(self.at, self._paths[place]))
        return self.at(self._paths[place])

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[Record]:
        return map(self.at, self._paths)
