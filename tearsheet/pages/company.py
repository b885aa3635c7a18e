"""Who stands with whom: for every entity the others that are named in the same records.

Takes Holdings; gives Companions. What was counted by the last build is counted anew only for the
names of records that changed (a law holds the two together): over all of 10,000 records it takes
a second.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from tearsheet.pages.holdings import Holdings

MOST_NEAR = 40
"""Companions of an entity that are looked at."""
MOST_DRAWN = 12
"""Of these are looked at among each other."""

Nearest = tuple[tuple[str, int], ...]
"""Entities by their ids, each with a number of records, the most first."""


class Companions(msgspec.Struct, array_like=True, frozen=True):
    """The entities that stand in records together with one: how many there are, the `nearest`
    with in how many records, the most first, and of the first few of them the pairs that stand
    together, in how many.
    """

    number: int = 0
    nearest: Nearest = ()
    pairs: tuple[tuple[str, str, int], ...] = ()


class Packed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Companions as they lie, most of which no page asks for: how many, and by their numbers
    those that are looked at among each other.
    """

    number: int
    drawn: bytes
    packed: bytes

    def read(self) -> Companions:
        """Give the companions."""
        return _IN.decode(self.packed)


_IN, _OUT = msgspec.msgpack.Decoder(Companions), msgspec.msgpack.Encoder()
NONE_PACKED = Packed(0, b"", _OUT.encode(Companions()))


def company(held: Holdings, before: Mapping[str, Packed]) -> Iterator[tuple[str, Packed]]:
    """Give the companions of every entity that a record names, by its id; `before` are those of
    the last build.
    """
    touched = frozenset[int]().union(*held.changed)
    names = {held.names[number] for number in touched}
    for name in held.present():
        old = before.get(name)
        if old is None or name in names:
            yield name, _packed(held, *_counted(held, name))
        elif _stand_together(touched.intersection(array("I", old.drawn)), held.changed):
            found = old.read()
            yield name, _packed(held, found.number, found.nearest)
        else:
            yield name, old


def _stand_together(numbers: frozenset[int], rows: Sequence[frozenset[int]]) -> bool:
    """Say whether one of the rows holds two of the numbers."""
    return len(numbers) > 1 and any(len(numbers & row) > 1 for row in rows)


def _counted(held: Holdings, name: str) -> tuple[int, Nearest]:
    counts = held.beside(name)
    return len(counts), _most(counts, held.names)


def _packed(held: Holdings, number: int, nearest: Nearest) -> Packed:
    drawn = array("I", sorted(map(held.number, _drawn(nearest)))).tobytes()
    return Packed(number, drawn, _OUT.encode(Companions(number, nearest, _pairs(held, nearest))))


def _pairs(held: Holdings, nearest: Nearest) -> tuple[tuple[str, str, int], ...]:
    """Count in how many records two of the first stand together, the strongest pairs first."""
    found = (
        (left, right, number)
        for left, right in combinations(sorted(_drawn(nearest)), 2)
        if (number := held.both(left, right))
    )
    return tuple(sorted(found, key=lambda pair: (-pair[2], pair)))


def _drawn(nearest: Nearest) -> list[str]:
    """Give those that are looked at among each other."""
    return [name for name, _ in nearest[:MOST_DRAWN]]


def _most(counts: Mapping[int, int], names: Sequence[str]) -> Nearest:
    highest = sorted(counts.values(), reverse=True)[:MOST_NEAR]
    least = highest[-1] if highest else 0
    most = [(names[one], number) for one, number in counts.items() if number >= least]
    return tuple(sorted(most, key=lambda item: (-item[1], item[0]))[:MOST_NEAR])
