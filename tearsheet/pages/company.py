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


class Companions(msgspec.Struct, frozen=True):
    """The entities that stand in records together with one: how many there are, the `nearest`
    with in how many records, the most first, and of the first few of them the pairs that stand
    together, in how many.
    """

    number: int = 0
    nearest: Nearest = ()
    pairs: tuple[tuple[str, str, int], ...] = ()


class Packed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Companions as they lie, most of which no page asks for: how many; the nearest by their
    numbers, with in how many records each; the pairs by their places among these, likewise.
    """

    number: int = 0
    nearest: bytes = b""
    counts: bytes = b""
    pairs: bytes = b""
    together: bytes = b""

    def read(self, names: Sequence[str]) -> Companions:
        """Give the companions; `names` are those of all numbers."""
        nearest = [names[one] for one in array("I", self.nearest)]
        left, right = self.pairs[::2], self.pairs[1::2]
        pairs = zip(left, right, array("I", self.together), strict=True)
        return Companions(
            self.number,
            tuple(zip(nearest, array("I", self.counts), strict=True)),
            tuple([(nearest[one], nearest[other], count) for one, other, count in pairs]),
        )

    @property
    def drawn(self) -> Sequence[int]:
        """The numbers of those that are looked at among each other."""
        return array("I", self.nearest)[:MOST_DRAWN]


NONE_PACKED = Packed()


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
        elif _stand_together(touched.intersection(old.drawn), held.changed):
            found = old.read(held.names)
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
    place = {name: at for at, (name, _) in enumerate(nearest)}
    pairs = _pairs(held, nearest)
    return Packed(
        number,
        array("I", [held.number(name) for name, _ in nearest]).tobytes(),
        array("I", [count for _, count in nearest]).tobytes(),
        bytes([place[one] for left, right, _ in pairs for one in (left, right)]),
        array("I", [count for _, _, count in pairs]).tobytes(),
    )


def _pairs(held: Holdings, nearest: Nearest) -> list[tuple[str, str, int]]:
    """Count in how many records two of the first stand together, the strongest pairs first."""
    found = (
        (left, right, number)
        for left, right in combinations(sorted(name for name, _ in nearest[:MOST_DRAWN]), 2)
        if (number := held.both(left, right))
    )
    return sorted(found, key=lambda pair: (-pair[2], pair))


def _most(counts: Mapping[int, int], names: Sequence[str]) -> Nearest:
    highest = sorted(counts.values(), reverse=True)[:MOST_NEAR]
    least = highest[-1] if highest else 0
    most = [(names[one], number) for one, number in counts.items() if number >= least]
    return tuple(sorted(most, key=lambda item: (-item[1], item[0]))[:MOST_NEAR])
