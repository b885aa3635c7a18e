"""How each publisher of an archive writes dates in numbers, by those that read one way only.

Takes the descriptions of all sources; gives Habits. Guarantees that a habit rests on dates
of several sources, of which none speaks against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tearsheet.dates import read_date
from tearsheet.describe.look import quoted
from tearsheet.describe.readings import Habit, only_way
from tearsheet.model import Description

FEWEST = 2
"""Sources that make a habit: one alone may be a reporter's."""
DATED = ("published", "updated")


def habits(descriptions: Iterable[tuple[str, Description]]) -> Mapping[str, Habit]:
    """Give the habit of each publisher that has one, by its name, case folded.

    The descriptions come with the paths of their sources.
    """
    seen: defaultdict[str, dict[str, tuple[bool, str, str]]] = defaultdict(dict)
    for path, one in sorted(descriptions, key=lambda pair: pair[0]):
        publisher = one.claims.get("publisher")
        if publisher is not None:
            for way, original in _ways(one):
                seen[publisher.value.casefold()][path] = (way, original, publisher.value)
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


def habit_of(one: Description, known: Mapping[str, Habit]) -> Habit | None:
    """Give the habit that may settle a date of a source which nothing in it settles."""
    publisher = one.claims.get("publisher")
    if publisher is None or not any(
        note.kind == "date" and note.serious and " may be " in note.text for note in one.notes
    ):
        return None
    return known.get(publisher.value.casefold())
