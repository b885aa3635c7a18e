"""The mentions of one document: what the authority names, and what the rules found besides.

Takes names that were found and the authority's aliases; gives mentions. Guarantees that they never
overlap, and that what the authority names outranks what is guessed.
"""

from collections.abc import Iterable, Mapping

from tearsheet.model import Authority, EntityType, Mention
from tearsheet.names.authority import Matcher, aliases, matches
from tearsheet.names.kinds import Kind
from tearsheet.names.lexicon import word_set
from tearsheet.names.vote import Name

LINKING = word_set("of for against on to with in and the")
"""Small words behind which an alias is part of a longer name."""

_TYPES: Mapping[Kind, EntityType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "event": "event",
}


def mentions_of(text: str, names: Iterable[Name], match: Matcher) -> tuple[Mention, ...]:
    """Let the authority speak first; names that touch one of its mentions give way.

    Only a longer name keeps a shorter alias inside it from counting: `Sara Moen` is not the
    `Moen` of the authority until resolving says so, nor is the `Oslo` of `University of Oslo`.
    """
    found = [
        Mention(name.start, name.end, name.surface, _TYPES[name.kind])
        for name in names
        if name.kind in _TYPES
    ]
    given = [m for m in matches(match, text) if not any(_holds(name, m) for name in found)]
    free = [m for m in found if not any(g.start < m.end and m.start < g.end for g in given)]
    return tuple(sorted((*given, *free), key=lambda m: (m.start, m.end)))


def _holds(name: Mention, alias: Mention) -> bool:
    """Say whether a found name is longer than an alias in it and of a thing of its own.

    One of the alias's type is not where the alias ends it (`Iraqi State Department`), unless a
    small word is before it (`Coalition Against Daesh`).
    """
    if not (name.start <= alias.start and alias.end <= name.end) or len(name.surface) == len(
        alias.surface
    ):
        return False
    if name.type != alias.type or name.type == "person" or alias.end < name.end:
        return True
    front = name.surface[: alias.start - name.start].split()
    return bool(front) and front[-1].lower() in LINKING


def given_kinds(authority: Iterable[Authority]) -> Mapping[str, Kind]:
    """Give the kind of every name that an editor vouches for, whatever stands around it."""
    entries = [entry for entry in authority if not entry.context]
    names = [(name, entry.type) for entry in entries for name in aliases(entry)]
    kinds: dict[str, Kind] = {}
    for name, kind in names:
        kinds[name] = kind if kinds.get(name, kind) == kind else "other"
    return kinds
