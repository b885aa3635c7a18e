"""Who stands with whom: for every entity the others that are named in the same records.

Takes the entities that each record names; gives Companions. What was counted is kept, and
counted anew only for the names of records that changed (a law holds the two together): over all
of 10,000 records it takes a second.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

import msgspec

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import key_of

MOST_NEAR = 40
"""Companions of an entity that are looked at."""
MOST_DRAWN = 12
"""Of these are looked at among each other."""
MOST_IDLE = 2
"""Numbers given to entities, for each that is there: beyond that they are given anew."""

Named = Mapping[str, Sequence[tuple[str, int]]]
"""By a record's path: the entities that it names, with how often."""


class Companions(msgspec.Struct, array_like=True, frozen=True):
    """The entities that stand in records together with one: how many there are, the `nearest`
    with in how many records, the most first, and of the first few of them the pairs that stand
    together, in how many.
    """

    number: int = 0
    nearest: tuple[tuple[str, int], ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()


NONE = Companions()


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """What was counted: a record's row holds the numbers of its entities."""

    names: tuple[str, ...] = ()
    rows: dict[str, bytes] = {}
    found: dict[str, Companions] = {}


_KEY = key_of("who stands with whom")
_IN = msgspec.msgpack.Decoder(_Kept)


class _Rows:
    """The records' rows, and for each entity the places of those that hold it."""

    def __init__(self, named: Named, names: Sequence[str]) -> None:
        numbers = {name: number for number, name in enumerate(names)}
        self.rows = {
            path: array("I", [numbers.setdefault(name, len(numbers)) for name, _ in found])
            for path, found in named.items()
        }
        self.names = tuple(numbers)
        self._order = tuple(self.rows.values())
        self._holders: dict[int, list[int]] = {}
        for place, row in enumerate(self._order):
            for number in row:
                self._holders.setdefault(number, []).append(place)
        self._sets: dict[int, frozenset[int]] = {}
        self._numbers = numbers

    def __iter__(self) -> Iterator[int]:
        return iter(self._holders)

    def counted(self, number: int) -> Companions:
        """Count the companions of an entity."""
        counts = Counter(chain.from_iterable(self._order[at] for at in self._holders[number]))
        del counts[number]
        nearest = _most(counts, self.names)
        return Companions(len(counts), nearest, self.pairs(nearest))

    def pairs(self, nearest: Sequence[tuple[str, int]]) -> tuple[tuple[str, str, int], ...]:
        """Count in how many records two of the first stand together, the strongest pairs first."""
        drawn = sorted(name for name, _ in nearest[:MOST_DRAWN])
        found = (
            (left, right, number)
            for left, right in combinations(drawn, 2)
            if (number := len(self._where(left) & self._where(right)))
        )
        return tuple(sorted(found, key=lambda pair: (-pair[2], pair)))

    def numbers(self, nearest: Sequence[tuple[str, int]]) -> set[int]:
        """Give the numbers of those that are looked at among each other."""
        return {self._numbers[name] for name, _ in nearest[:MOST_DRAWN]}

    def _where(self, name: str) -> frozenset[int]:
        number = self._numbers[name]
        if number not in self._sets:
            self._sets[number] = frozenset(self._holders[number])
        return self._sets[number]


def company(named: Named, cache: Cache = NO_CACHE) -> dict[str, Companions]:
    """Give the companions of every entity that a record names, by its id."""
    packed = cache.get(_KEY)
    kept = _IN.decode(packed) if packed else _Kept()
    if len(kept.names) > MOST_IDLE * len(kept.found):
        kept = _Kept()
    rows = _Rows(named, kept.names)
    now = {path: row.tobytes() for path, row in rows.rows.items()}
    changed = [set(array("I", row)) for row in _changed(kept.rows, now)]
    found = dict(_since(kept, rows, changed))
    if changed:
        cache.put(_KEY, msgspec.msgpack.encode(_Kept(rows.names, now, found)))
    return found


def _changed(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterable[bytes]:
    """Give the rows of records that came, went or changed, as they were and as they are."""
    for path in before.keys() | now.keys():
        if before.get(path) != now.get(path):
            yield from (row for row in (before.get(path), now.get(path)) if row)


def _since(
    kept: _Kept, rows: _Rows, changed: Sequence[set[int]]
) -> Iterator[tuple[str, Companions]]:
    touched = set[int]().union(*changed)
    for number in rows:
        name = rows.names[number]
        old = kept.found.get(name)
        if old is None or number in touched:
            yield name, rows.counted(number)
        elif any(len(row & rows.numbers(old.nearest)) > 1 for row in changed):
            yield name, Companions(old.number, old.nearest, rows.pairs(old.nearest))
        else:
            yield name, old


def _most(counts: Mapping[int, int], names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    highest = sorted(counts.values(), reverse=True)[:MOST_NEAR]
    least = highest[-1] if highest else 0
    most = [(names[one], number) for one, number in counts.items() if number >= least]
    return tuple(sorted(most, key=lambda item: (-item[1], item[0]))[:MOST_NEAR])
