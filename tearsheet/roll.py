"""The roll of sources: what the last build knew of each, so that only what changed is asked about.

Takes a cache; gives a row for each source of the last build, and counts its short texts. Guarantees
that rows and counts are of one build: what cannot be had whole is not there at all.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Set

import msgspec

from tearsheet.archive.register import Received
from tearsheet.cache import Cache
from tearsheet.clean.repetition import others
from tearsheet.describe.habits import Dating
from tearsheet.describe.readings import Habit
from tearsheet.digests import key_of
from tearsheet.looks import Look
from tearsheet.model import Rejected
from tearsheet.putaway import Made
from tearsheet.shelves import LostError, Shelves

_PLACE = key_of(("roll of sources", 1))


class Glance(msgspec.Struct, array_like=True, frozen=True):
    """What the corpus must know of a file before it is cleaned: its short texts, as numbers."""

    received: Received
    rejected: Rejected | None = None
    texts: bytes = b""

    def numbers(self) -> "array[int]":
        """Give the numbers of its short texts."""
        return array("Q", self.texts)


class Row(msgspec.Struct, array_like=True, frozen=True):
    """One source as a build left it."""

    look: Look | None
    """As it was before the file was read; None where that is not to be relied on."""
    glance: Glance
    said: bytes = b""
    """The digest of the editor's word on this source; nothing where there is none."""
    dating: Dating | None = None
    """What its dates show, read without a habit."""
    habit: Habit | None = None
    """The habit by which it was described."""
    made: Made | None = None


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """All but the rows. `said` is the digest of the editor's word on all sources."""

    shelves: tuple[bytes, ...]
    said: bytes
    counts: dict[int, int]


_OUT, _KEPT_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Kept)


class Roll:
    """The rows of the last build by path, which become those of this one."""

    def __init__(self, cache: Cache) -> None:
        self._cache, self._shelves = cache, Shelves(Row)
        self._found = cache.get(_PLACE)
        self.said = b""
        self._counts: dict[int, int] = {}
        if self._found is not None:
            self._take(_KEPT_IN.decode(self._found))
        self.rows = self._shelves.all()

    def _take(self, kept: _Kept) -> None:
        try:
            self._shelves.take(kept.shelves, self._cache)
        except LostError:
            self._shelves = Shelves(Row)
        else:
            self.said, self._counts = kept.said, kept.counts

    def count(self, gone: Iterable[Glance], new: Iterable[Glance]) -> Set[int]:
        """Count the texts of sources that are gone, or new; give those that stand now in more or
        fewer other sources than before, as far as this is counted.
        """
        steps: Counter[int] = Counter()
        for one in new:
            steps.update(one.numbers())
        for one in gone:
            steps.subtract(one.numbers())
        return {number for number, step in steps.items() if step and self._step(number, step)}

    def _step(self, number: int, step: int) -> bool:
        before = self._counts.get(number, 0)
        self._counts[number] = before + step
        if not self._counts[number]:
            del self._counts[number]
        return others(before) != others(before + step)

    def shared(self, glance: Glance) -> tuple[tuple[int, int], ...]:
        """Give the short texts of a source that stand in others too, each with in how many."""
        found = ((number, self._counts[number]) for number in glance.numbers())
        return tuple([(number, others(count)) for number, count in found if count > 1])

    def holding(self, texts: Set[int]) -> list[str]:
        """Give the sources that hold one of these texts."""
        if not texts:
            return []
        return [path for path, row in self.rows.items() if not texts.isdisjoint(row.glance.numbers())]  # fmt: skip

    def lay(self, path: str, row: Row) -> None:
        """Lay the row of a source in."""
        self.rows[path] = row
        self._shelves.lay(path, row)

    def drop(self, path: str) -> None:
        """Take a source out."""
        del self.rows[path]
        self._shelves.drop(path)

    def keep(self, said: bytes) -> None:
        """Write the rows down for the next build, with the digest of the editor's word on all."""
        if not self._cache.keeps:
            return
        for row in self.rows.values():
            if row.made is not None:
                self._cache.touch(row.made.key)
                self._cache.touch(row.made.mark)
        packed = _OUT.encode(_Kept(self._shelves.keys(self._cache), said, self._counts))
        if packed != self._found:
            self._cache.put(_PLACE, packed)
