"""Which records name which entities: a row for each record, and of each entity where it stands.

Takes records in an order; gives Holdings. A record whose mentions are those of the last build
keeps its row; names are numbered, and keep their number from build to build.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from tearsheet.digests import digest
from tearsheet.model import Record


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The entities that a record names, by their numbers and in the order of their ids, each with
    how often; `mark` tells apart the mentions that it was made of.
    """

    mark: str
    numbers: bytes
    counts: bytes


class Holdings:
    """The rows of all records; a record's place is that in the order in which they came."""

    def __init__(self, rows: Mapping[str, Row], names: Sequence[str]) -> None:
        self.rows, self.names = rows, names
        self._numbers = {name: number for number, name in enumerate(names)}
        self._order = [array("I", row.numbers) for row in rows.values()]
        self._counts = [row.counts for row in rows.values()]
        self._places: dict[int, list[int]] = {}
        for place, row in enumerate(self._order):
            for number in row:
                self._places.setdefault(number, []).append(place)
        self._sets: dict[int, frozenset[int]] = {}

    def number(self, name: str) -> int:
        """Give the number of a name that is known."""
        return self._numbers[name]

    def present(self) -> Iterator[str]:
        """Give the entities that a record names, by their ids."""
        return map(self.names.__getitem__, self._places)

    def named(self, path: str) -> Iterator[tuple[str, int]]:
        """Give the entities that a record names, in the order of their ids, with how often."""
        row = self.rows[path]
        names = map(self.names.__getitem__, array("I", row.numbers))
        return zip(names, array("I", row.counts), strict=True)

    def number_of_records(self, name: str) -> int:
        """Count the records that name an entity."""
        return len(self.holders(name))

    def places(self, name: str) -> Iterator[tuple[int, int]]:
        """Give the places of the records that name an entity, in order, with how often each does."""
        for place in self.holders(name):
            at = self._order[place].index(self._numbers[name])
            yield place, memoryview(self._counts[place]).cast("I")[at]

    def beside(self, name: str) -> Counter[int]:
        """Count for each other entity, by its number, the records that name both."""
        rows = (self._order[place] for place in self.holders(name))
        counts = Counter(chain.from_iterable(rows))
        counts.pop(self._numbers.get(name, -1), None)
        return counts

    def both(self, left: str, right: str) -> int:
        """Count the records that name two entities."""
        return len(self._set(left) & self._set(right))

    def holders(self, name: str) -> Sequence[int]:
        """Give the places of the records that name an entity, in order."""
        return self._places.get(self._numbers.get(name, -1), ())

    def _set(self, name: str) -> frozenset[int]:
        number = self._numbers.get(name, -1)
        if number not in self._sets:
            self._sets[number] = frozenset(self.holders(name))
        return self._sets[number]


def holdings(records: Iterable[Record], rows: Mapping[str, Row], names: Sequence[str]) -> Holdings:
    """Give the holdings of records; `rows` and `names` are those of the last build."""
    numbers = {name: number for number, name in enumerate(names)}
    found = {one.path: _row(one, rows.get(one.path), numbers) for one in records}
    return Holdings(found, tuple(numbers))


def _row(record: Record, before: Row | None, numbers: dict[str, int]) -> Row:
    mark = digest(record.told) if isinstance(record.told, tuple) else record.told.mark
    if before is not None and before.mark == mark:
        return before
    named = record.named
    own = array("I", [numbers.setdefault(name, len(numbers)) for name, _ in named])
    return Row(mark, own.tobytes(), array("I", [count for _, count in named]).tobytes())
