"""Who stands with whom: for every entity the others that are named in the same records.

Takes Holdings; gives Companions. What was counted by the last build is counted anew only for the
names of records that changed (a law holds the two together): over all of 10,000 records it takes
a second.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

import msgspec

from tearsheet.pages.holdings import Holdings

MOST_NEAR = 40
"""Companions of an entity that are looked at."""
MOST_DRAWN = 12
"""Of these are looked at among each other."""


class Companions(msgspec.Struct, array_like=True, frozen=True):
    """The entities that stand in records together with one: how many there are, the `nearest`
    with in how many records, the most first, and of the first few of them the pairs that stand
    together, in how many.
    """

    number: int = 0
    nearest: tuple[tuple[str, int], ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()


NONE = Companions()


def company(
    held: Holdings, before: Mapping[str, Companions], changed: Sequence[Set[str]]
) -> Iterator[tuple[str, Companions]]:
    """Give the companions of every entity that a record names, by its id.

    `before` are those of the last build, `changed` the names in each record that came, went or
    changed since, as they were and as they are.
    """
    touched = set[str]().union(*changed)
    for name in held.present():
        old = before.get(name)
        if old is None or name in touched:
            yield name, _counted(held, name)
        elif any(len(names & _drawn(old.nearest)) > 1 for names in changed):
            yield name, Companions(old.number, old.nearest, _pairs(held, old.nearest))
        else:
            yield name, old


def _counted(held: Holdings, name: str) -> Companions:
    counts = held.beside(name)
    nearest = _most(counts, held.names)
    return Companions(len(counts), nearest, _pairs(held, nearest))


def _pairs(held: Holdings, nearest: Sequence[tuple[str, int]]) -> tuple[tuple[str, str, int], ...]:
    """Count in how many records two of the first stand together, the strongest pairs first."""
    found = (
        (left, right, number)
        for left, right in combinations(sorted(_drawn(nearest)), 2)
        if (number := held.both(left, right))
    )
    return tuple(sorted(found, key=lambda pair: (-pair[2], pair)))


def _drawn(nearest: Iterable[tuple[str, int]]) -> set[str]:
    """Give those that are looked at among each other."""
    return {name for name, _ in tuple(nearest)[:MOST_DRAWN]}


def _most(counts: Mapping[int, int], names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    highest = sorted(counts.values(), reverse=True)[:MOST_NEAR]
    least = highest[-1] if highest else 0
    most = [(names[one], number) for one, number in counts.items() if number >= least]
    return tuple(sorted(most, key=lambda item: (-item[1], item[0]))[:MOST_NEAR])
