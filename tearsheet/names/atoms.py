"""What one document calls one thing: the smallest piece that resolving joins or keeps apart.

Takes the mentions of a document, or an entry of the authority; gives atoms. Guarantees that
it looks at that document alone.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tearsheet.model import Authority, EntityType, Mention
from tearsheet.names.authority import aliases
from tearsheet.names.callings import another, fields, introduced, title_before
from tearsheet.names.games import game
from tearsheet.names.meaning import Meaning, meaning
from tearsheet.names.normal import organisation_words, person_words, skeleton


class Atom(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """All mentions of one name of one type in one document.

    `key` is the name made comparable; `surfaces` as written, the most frequent first.
    """

    path: str
    type: EntityType
    key: tuple[str, ...]
    surfaces: tuple[str, ...]
    mentions: tuple[int, ...]
    """Indexes into the document's mentions."""
    entity: str | None = None
    qualifier: str | None = None
    """The country whose office this is, or the game of a team named after a place."""
    game: str | None = None
    """The team game that the document reports, if it does."""
    fields: frozenset[str] = frozenset()
    """What the document says a person is, as fields of work."""
    titles: frozenset[str] = frozenset()
    """The titles that stand before the name here."""
    introduced: bool = False
    """A person presented here by this very name: it is short for nobody's."""
    another: bool = False
    """Said to be somebody else of that name, or the name as such: nobody is meant who is named."""

    @property
    def name(self) -> str:
        """The name as it is mostly written here."""
        return self.surfaces[0]

    @property
    def full(self) -> bool:
        """A person's name of two words or more."""
        return len(self.key) > 1


def last_sound(atom: Atom) -> str:
    """Give the sound of the last word of a person's name, else the whole name, to find likes by."""
    return skeleton(atom.key[-1]) if atom.type == "person" else " ".join(atom.key)


def of_authority(entry: Authority) -> tuple[Atom, ...]:
    """Give the names of an authority's entry as atoms without mentions, to attract spellings.

    An entry whose names need a context attracts none.
    """
    if entry.context:
        return ()
    names = {
        meaning(Mention(0, len(n), n, entry.type), "", entry.id).key: n for n in aliases(entry)
    }
    return tuple(
        Atom("", entry.type, key, (name,), (), entry.id) for key, name in sorted(names.items())
    )


def gather(path: str, text: str, mentions: Sequence[Mention]) -> tuple[Atom, ...]:
    """Gather the mentions of one document into atoms, by first mention."""
    groups: defaultdict[tuple[str | None, Meaning], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        person = mention.type == "person"
        words = person_words(mention.surface) if person else organisation_words(mention.surface)
        plainly = Meaning(mention.type, words)
        found = meaning(mention, text, path) if mention.entity is None else plainly
        groups[mention.entity, found].append(index)
    played = game(text)

    def spans(what: Meaning, found: list[int]) -> list[Mention]:
        return [mentions[i] for i in found] if what.type == "person" else []

    return tuple(
        Atom(
            path,
            what.type,
            what.key,
            surfaces,
            tuple(found),
            owner,
            what.qualifier,
            played,
            frozenset(f for m in spans(what, found) for f in fields(text, m.start, m.end)),
            frozenset(t for m in spans(what, found) if (t := title_before(text, m.start))),
            any(introduced(text, m.end) for m in spans(what, found)[:1]),
            any(another(text, m.start) for m in spans(what, found)),
        )
        for (owner, what), found in sorted(groups.items(), key=lambda item: item[1][0])
        for surfaces in [_by_count([mentions[i].surface for i in found])]
    )


def _by_count(surfaces: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(surfaces), key=lambda s: (-surfaces.count(s), s)))
