"""What one document calls one thing: the smallest piece that resolving joins or keeps apart.

Takes the mentions of a document; gives `Atom`s and the links that the document itself
proves: surname to full name, `Long Name (ABC)` to `ABC`, short form to long. Guarantees
that it looks at that document alone, and that where two full names fit, it links none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tearsheet.model import Authority, EntityType, Mention
from tearsheet.names.authority import aliases
from tearsheet.names.callings import fields, title_before
from tearsheet.names.games import game, is_country, is_place, team_game
from tearsheet.names.nation import nation, office
from tearsheet.names.normal import (
    agree,
    group_key,
    initials,
    organisation_words,
    person_words,
    place_key,
    skeleton,
)

LONGEST_GAP = 3
"""Characters between a long name and the bracket that holds its acronym."""
BETWEEN_TWO = frozenset({"and", ",", "&", "or", ", and", "met", "with"})
SHORTEST_ACRONYM = 2
SHORTEST_UNEXPLAINED = 3
"""Letters of an acronym, in brackets behind its long name and elsewhere in the document."""


@dataclass(frozen=True, slots=True)
class Atom:
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

    @property
    def name(self) -> str:
        """The name as it is mostly written here."""
        return self.surfaces[0]

    @property
    def full(self) -> bool:
        """A person's name of two words or more."""
        return len(self.key) > 1


@dataclass(frozen=True, slots=True)
class Tie:
    """Two atoms of one document that are one thing, and why."""

    left: int
    right: int
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A lone name of one document that fits several full ones of it."""

    atom: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The atoms of one document, its ties and its doubts; numbers index `atoms`."""

    atoms: tuple[Atom, ...]
    ties: tuple[Tie, ...]
    doubts: tuple[Doubt, ...]
    apart: tuple[tuple[int, int], ...] = ()
    """People named side by side (`Kristen and Kristin Moen`): two, however alike."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mention is compared by: its type, its words, and what tells it from its like."""

    type: EntityType
    key: tuple[str, ...]
    qualifier: str | None = None
    title: str | None = None
    """The title before a lone name: of two Moens, the Minister and the Judge are told by it."""


def meaning(mention: Mention, text: str, path: str) -> Meaning:
    """Give what a mention is compared by.

    An office of a country is qualified by the country, or by the path where no country is to
    be known: then it is no other document's. A place that plays is the team of its game.
    """
    if mention.type == "person":
        words = person_words(mention.surface)
        title = title_before(text, mention.start) if len(words) == 1 else None
        return Meaning("person", words, title=title)
    if mention.type == "organisation":
        found = office(mention.surface)
        if found is not None:
            owner = found[0] or nation(text, mention.start, mention.end)
            words = organisation_words(found[1])
            return Meaning("organisation", (f"[{owner or path}]", *words), owner)
        team = game(text) if is_place(mention.surface) else None
    else:
        country = mention.type == "place" and is_country(mention.surface)
        team = team_game(text, mention.start, mention.end) if country else None
    if team is not None:
        return Meaning("organisation", (place_key(mention.surface), f"({team})"), team)
    if mention.type == "place":
        return Meaning("place", (place_key(mention.surface),))
    if mention.type == "other":
        return Meaning("other", group_key(mention.surface))
    return Meaning(mention.type, organisation_words(mention.surface))


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


def pieces(path: str, text: str, mentions: Sequence[Mention]) -> Pieces:
    """Gather the mentions of one document into atoms and tie those that are one."""
    atoms = _gather(path, text, mentions)
    people = [i for i, a in enumerate(atoms) if a.type == "person"]
    ties, doubts = _surnames(atoms, people)
    ties += _acronyms(text, mentions, atoms)
    ties += _short_forms(atoms)
    ties += _initials(atoms)
    return Pieces(atoms, tuple(ties), tuple(doubts), _side_by_side(text, mentions, atoms))


def _side_by_side(
    text: str, mentions: Sequence[Mention], atoms: Sequence[Atom]
) -> tuple[tuple[int, int], ...]:
    """Give the people whose full names only `and` or a comma parts."""
    owner = {m: i for i, atom in enumerate(atoms) if atom.type == "person" for m in atom.mentions}
    found: dict[tuple[int, int], None] = {}
    for index in range(1, len(mentions)):
        left, right = owner.get(index - 1), owner.get(index)
        gap = text[mentions[index - 1].end : mentions[index].start].strip()
        if left is None or right is None or left == right or gap not in BETWEEN_TWO:
            continue
        if atoms[left].full and atoms[right].full:
            found[left, right] = None
    return tuple(found)


def _gather(path: str, text: str, mentions: Sequence[Mention]) -> tuple[Atom, ...]:
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
        )
        for (owner, what), found in sorted(groups.items(), key=lambda item: item[1][0])
        for surfaces in [_by_count([mentions[i].surface for i in found])]
    )


def _by_count(surfaces: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(surfaces), key=lambda s: (-surfaces.count(s), s)))


def _surnames(atoms: Sequence[Atom], people: Sequence[int]) -> tuple[list[Tie], list[Doubt]]:
    """Tie lone names and shorter forms to the one longer name that they fit."""
    ties: list[Tie] = []
    doubts: list[Doubt] = []
    for index in people:
        fits = _longest([i for i in people if _shortens(atoms[index], atoms[i])], atoms)
        if len(fits) > 1:
            titled = [i for i in fits if atoms[index].titles & atoms[i].titles]
            fits = titled if len(titled) == 1 else fits
        if len(fits) == 1:
            ties.append(Tie(index, fits[0], f"{atoms[index].name} is {atoms[fits[0]].name} here"))
        elif len(fits) > 1:
            doubts.append(Doubt(index, tuple(fits)))
    return ties, doubts


def _shortens(short: Atom, long: Atom) -> bool:
    """Say whether one person's name is a shorter form of the other."""
    if len(short.key) >= len(long.key):
        return False
    if len(short.key) == 1:
        return short.key[0] in (long.key[-1], long.key[0])
    if short.key == long.key[-len(short.key) :] and len(short.key) + 1 < len(long.key):
        return True
    extra = [word for word in long.key[1:-1] if word not in short.key]
    whole = any(len(word) > 1 for word in extra)
    return short.key[-1] == long.key[-1] and agree(short.key[0], long.key[0]) and not whole


def _longest(fits: list[int], atoms: Sequence[Atom]) -> list[int]:
    """Leave out what is itself a shorter form of another candidate; surnames before others."""
    kept = [i for i in fits if not any(_shortens(atoms[i], atoms[j]) for j in fits if j != i)]
    return kept


def _acronyms(text: str, mentions: Sequence[Mention], atoms: Sequence[Atom]) -> list[Tie]:
    """Tie `ABC` to the long name before the bracket that holds it, by its initials."""
    owner = {m: i for i, atom in enumerate(atoms) for m in atom.mentions}
    ties: list[Tie] = []
    for index in range(1, len(mentions)):
        long, short = mentions[index - 1], mentions[index]
        gap = text[long.end : short.start]
        if (
            "(" not in gap
            or len(gap) > LONGEST_GAP
            or long.type in ("person", "place")
            or not _abbreviates(short.surface, long.surface)
        ):
            continue
        left, right = owner[index], owner[index - 1]
        if left != right:
            ties.append(Tie(left, right, f"{long.surface} ({short.surface})"))
    return ties


def _abbreviates(short: str, long: str) -> bool:
    letters = short.replace(".", "").replace("-", "")
    if len(letters) < SHORTEST_ACRONYM or not letters.isupper():
        return False
    capitals = initials(long)
    return capitals.startswith(letters) or (len(capitals) > 1 and letters[0] == capitals[0])


def _short_forms(atoms: Sequence[Atom]) -> list[Tie]:
    """Tie an organisation's short form to the one longer name that begins with it.

    Or that ends with it, where a place stands before: `Marlow Post`, `the Post`.
    """
    groups = [i for i, a in enumerate(atoms) if a.type == "organisation"]
    places = {atom.key for atom in atoms if atom.type == "place"}
    ties: list[Tie] = []
    for index in groups:
        short = atoms[index].key
        fits = [i for i in groups if _begins(short, atoms[i].key)]
        fits = fits or [i for i in groups if _ends(short, atoms[i].key, places)]
        if len(fits) == 1:
            ties.append(Tie(index, fits[0], f"{atoms[index].name}: {atoms[fits[0]].name}"))
    return ties


def _ends(short: tuple[str, ...], long: tuple[str, ...], places: set[tuple[str, ...]]) -> bool:
    front = " ".join(long[: -len(short)])
    return long[-len(short) :] == short and (front,) in places


def _begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short) < len(long) and long[: len(short)] == short and len(short[0]) > 2


def _initials(atoms: Sequence[Atom]) -> list[Tie]:
    """Tie an acronym to the one long name of the document that has its initials."""
    groups = [i for i, a in enumerate(atoms) if a.type == "organisation"]
    ties: list[Tie] = []
    for index in groups:
        letters = atoms[index].name.replace(".", "")
        if len(letters) < SHORTEST_UNEXPLAINED or not letters.isupper() or not letters.isalpha():
            continue
        fits = [i for i in groups if " " in atoms[i].name and initials(atoms[i].name) == letters]
        if len(fits) == 1:
            ties.append(Tie(index, fits[0], f"{atoms[fits[0]].name} ({letters})"))
    return ties
