"""How each publisher of an archive writes dates in numbers, by those that read one way only.

Takes what the dates of all sources show; gives Habits. Guarantees that a habit rests on dates
of several sources, of which none speaks against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from tearsheet.dates import read_date
from tearsheet.describe.look import quoted
from tearsheet.describe.readings import Habit, only_way
from tearsheet.model import Description

FEWEST = 2
"""Sources that make a habit: one alone may be a reporter's."""
DATED = ("published", "updated")


class Dating(msgspec.Struct, array_like=True, frozen=True):
    """What the dates of a source show of its publisher's habit, or ask of it."""

    publisher: str
    ways: tuple[tuple[bool, str], ...]
    """Dates that read one way only: whether the day comes first, and the words."""
    asks: bool
    """Whether a date is left that nothing in the source settles."""


def dating_of(one: Description) -> Dating | None:
    """Give what a description, made without a habit, shows or asks; None where it does neither."""
    publisher = one.claims.get("publisher")
    if publisher is None:
        return None
    ways = tuple(_ways(one))
    asks = any(
        note.kind == "date" and note.serious and " may be " in note.text for note in one.notes
    )
    return Dating(publisher.value, ways, asks) if ways or asks else None


def habits(datings: Mapping[str, Dating]) -> Mapping[str, Habit]:
    """Give the habit of each publisher that has one, by its name, case folded.

    The datings stand under the paths of their sources.
    """
    seen: defaultdict[str, dict[str, tuple[bool, str, str]]] = defaultdict(dict)
    for path, one in sorted(datings.items()):
        for way, original in one.ways:
            seen[one.publisher.casefold()][path] = (way, original, one.publisher)
    return {
        name: _habit(rows)
        for name, rows in seen.items()
        if len(rows) >= FEWEST and len({way for way, _, _ in rows.values()}) == 1
    }


def _ways(one: Description) -> Iterable[tuple[bool, str]]:
    for field in DATED:
        claim = one.claims.get(field)
        found = read_date(claim.original) if claim and claim.how == "stated" else None
        way = only_way(found) if found else None
        if way is not None and claim is not None:
            yield way, claim.original


def _habit(rows: Mapping[str, tuple[bool, str, str]]) -> Habit:
    path, (way, original, name) = next(iter(rows.items()))
    first = "day" if way else "month"
    more = f" and {len(rows) - 1} more"
    return Habit(way, f"{name} writes the {first} first in this archive ({quoted(original)} in {path}{more})")  # fmt: skip


def habit_of(one: Dating, known: Mapping[str, Habit]) -> Habit | None:
    """Give the habit that may settle a date of a source which nothing in it settles."""
    return known.get(one.publisher.casefold()) if one.asks else None
