"""Which records name which entities: a row for each record, and for each entity its records.

Takes records in an order; gives Holdings. A record whose mentions are those of the last build
keeps its row, an entity that no other record names than before keeps its records; names are
numbered, and keep their number from build to build.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from tearsheet.model import Record


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The entities that a record names, by their numbers and in the order of their ids, each with
    how often; `mark` tells apart the mentions that it was made of.
    """

    mark: str
    numbers: bytes
    counts: bytes


Held = Mapping[int, bytes]
"""By the number of a name: the accession numbers of the records that hold it, in order, packed."""


class Rows(msgspec.Struct, array_like=True, frozen=True):
    """The rows of records by path, their accession numbers, and what follows from both."""

    rows: Mapping[str, Row] = {}
    numbers: Mapping[str, int] = {}
    names: Sequence[str] = ()
    held: Held = {}


NO_ROWS = Rows()


class Holdings:
    """The rows of all records; a record's place is that in the order in which they came."""

    def __init__(self, found: Rows, changed: Sequence[frozenset[int]] = ()) -> None:
        """`changed` are the numbers of the names in each row that came, went or changed since the
        last build, as it was and as it is.
        """
        self.found, self.changed = found, changed
        self.rows, self.names = found.rows, found.names
        self._numbers = {name: number for number, name in enumerate(found.names)}
        self._paths = tuple(found.numbers)
        self._place = {number: place for place, number in enumerate(found.numbers.values())}
        self._places: dict[str, Sequence[int]] = {}
        self._sets: dict[str, frozenset[int]] = {}

    def number(self, name: str) -> int:
        """Give the number of a name that is known."""
        return self._numbers[name]

    def present(self) -> Iterator[str]:
        """Give the entities that a record names, by their ids."""
        return map(self.names.__getitem__, self.found.held)

    def named(self, path: str) -> Iterator[tuple[str, int]]:
        """Give the entities that a record names, in the order of their ids, with how often."""
        row = self.rows[path]
        names = map(self.names.__getitem__, array("I", row.numbers))
        return zip(names, array("I", row.counts), strict=True)

    def number_of_records(self, name: str) -> int:
        """Count the records that name an entity."""
        return len(self.numbers_of(name)) // array("I").itemsize

    def places(self, name: str) -> Iterator[tuple[int, int]]:
        """Give the places of the records that name an entity, in order, with how often each does."""
        for place in self.holders(name):
            row = self.rows[self._paths[place]]
            at = array("I", row.numbers).index(self._numbers[name])
            yield place, memoryview(row.counts).cast("I")[at]

    def beside(self, name: str) -> Counter[int]:
        """Count for each other entity, by its number, the records that name both."""
        rows = (array("I", self.rows[self._paths[place]].numbers) for place in self.holders(name))
        counts = Counter(chain.from_iterable(rows))
        counts.pop(self._numbers.get(name, -1), None)
        return counts

    def both(self, left: str, right: str) -> int:
        """Count the records that name two entities."""
        return len(self._set(left) & self._set(right))

    def holders(self, name: str) -> Sequence[int]:
        """Give the places of the records that name an entity, in order."""
        if name not in self._places:
            numbers = array("I", self.numbers_of(name))
            self._places[name] = sorted(map(self._place.__getitem__, numbers))
        return self._places[name]

    def numbers_of(self, name: str) -> bytes:
        """Give the accession numbers of the records that name an entity, in order, packed."""
        return self.found.held.get(self._numbers.get(name, -1), b"")

    def _set(self, name: str) -> frozenset[int]:
        if name not in self._sets:
            self._sets[name] = frozenset(array("I", self.numbers_of(name)))
        return self._sets[name]


def holdings(
    numbers: Mapping[str, int],
    marks: Mapping[str, str],
    record: Callable[[str], Record],
    before: Rows = NO_ROWS,
) -> Holdings:
    """Give the holdings of records. `numbers` are their accession numbers by path, in an order;
    `marks` tell apart the mentions of those that may have others than in `before`.
    """
    known = {name: number for number, name in enumerate(before.names)}
    new = {path: _row(path, mark, record, before, known) for path, mark in marks.items()}
    rows = {path: new[path] if path in new else before.rows[path] for path in numbers}
    changes: dict[int, set[int]] = {}
    changed: list[frozenset[int]] = []
    for path in (before.rows.keys() - rows.keys()) | new.keys():
        old, own = before.rows.get(path), rows.get(path)
        if old is own and before.numbers.get(path) == numbers.get(path):
            continue
        for row, among in ((old, before.numbers), (own, numbers)):
            if row is not None:
                named = array("I", row.numbers)
                changed.append(frozenset(named))
                _toggle(changes, named, among[path], before.held)
    held = {**before.held, **{one: _packed(found) for one, found in changes.items()}}
    held = {one: found for one, found in held.items() if found}
    return Holdings(Rows(rows, numbers, tuple(known), held), changed)


def _toggle(changes: dict[int, set[int]], names: Iterable[int], record: int, before: Held) -> None:
    """Take a record out of those that hold these names where it is among them, else in."""
    for name in names:
        if name not in changes:
            changes[name] = set(array("I", before.get(name, b"")))
        changes[name] ^= {record}


def _packed(numbers: Iterable[int]) -> bytes:
    return array("I", sorted(numbers)).tobytes()


def _row(
    path: str,
    mark: str,
    record: Callable[[str], Record],
    before: Rows,
    known: dict[str, int],
) -> Row:
    old = before.rows.get(path)
    if old is not None and old.mark == mark:
        return old
    named = record(path).named
    own = array("I", [known.setdefault(name, len(known)) for name, _ in named])
    return Row(mark, own.tobytes(), array("I", [count for _, count in named]).tobytes())
