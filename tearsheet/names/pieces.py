"""What one document proves of its own names: which are one thing, which are two.

Takes the mentions of a document; gives its atoms and the links that the document itself
proves: surname to full name, `Long Name (ABC)` to `ABC`, short form to long. Guarantees
that it looks at that document alone, and that where two full names fit, it links none.
"""

from collections.abc import Sequence

import msgspec

from tearsheet.model import Mention
from tearsheet.names.address import contradict, meant
from tearsheet.names.atoms import Atom, gather
from tearsheet.names.lexicon import lexicon
from tearsheet.names.normal import agree, initials

LONGEST_GAP = 3
"""Characters between a long name and the bracket that holds its acronym."""
BETWEEN_TWO = frozenset({"and", ",", "&", "or", ", and", "met", "with"})
SHORTEST_ACRONYM = 2
SHORTEST_UNEXPLAINED = 3
"""Letters of an acronym, in brackets behind its long name and elsewhere in the document."""


class Tie(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Two atoms of one document that are one thing, and why."""

    left: int
    right: int
    reason: str


class Doubt(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A lone name of one document that fits several full ones of it."""

    atom: int
    candidates: tuple[int, ...]


class Pieces(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The atoms of one document, its ties and its doubts; numbers index `atoms`."""

    atoms: tuple[Atom, ...]
    ties: tuple[Tie, ...]
    doubts: tuple[Doubt, ...]
    apart: tuple[tuple[int, int], ...] = ()
    """People named side by side (`Kristen and Kristin Moen`): two, however alike."""


def pieces(path: str, text: str, mentions: Sequence[Mention]) -> Pieces:
    """Gather the mentions of one document into atoms and tie those that are one."""
    atoms = gather(path, text, mentions)
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


def _surnames(atoms: Sequence[Atom], people: Sequence[int]) -> tuple[list[Tie], list[Doubt]]:
    """Tie lone names and shorter forms to the one longer name that they fit."""
    ties: list[Tie] = []
    doubts: list[Doubt] = []
    for index in people:
        fits = _longest([i for i in people if _shortens(atoms[index], atoms[i])], atoms)
        fits = meant(atoms[index], fits, atoms)
        if len(fits) == 1:
            ties.append(Tie(index, fits[0], _told(atoms[index], "is", atoms[fits[0]])))
        elif fits:
            doubts.append(Doubt(index, tuple(fits)))
    return ties, doubts


def _told(short: Atom, how: str, long: Atom) -> str:
    return f"“{short.name}” {how} “{long.name}” in one text"


def _shortens(short: Atom, long: Atom) -> bool:
    """Say whether one person's name is a shorter form of the other."""
    return _fits(short, long) and not short.another and not contradict(short, long)


def _fits(short: Atom, long: Atom) -> bool:
    """Say whether the words of one name are a shorter form of the other's."""
    if len(short.key) == len(long.key):
        initial = len(short.key[0]) == 1 < len(long.key[0]) and short.full
        return initial and long.key[0][0] == short.key[0] and short.key[1:] == long.key[1:]
    if len(short.key) > len(long.key):
        return False
    if len(short.key) == 1:
        given = short.key[0] == long.key[0] and not short.introduced
        return short.key[0] == long.key[-1] or given
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
            ties.append(
                Tie(left, right, _told(atoms[left], "stands in brackets behind", atoms[right]))
            )
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
            ties.append(Tie(index, fits[0], _told(atoms[index], "is short for", atoms[fits[0]])))
    return ties


def _ends(short: tuple[str, ...], long: tuple[str, ...], places: set[tuple[str, ...]]) -> bool:
    front = " ".join(long[: -len(short)])
    return long[-len(short) :] == short and (front,) in places


def _begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether one name begins the other; not where only a place does (`Marlow Valley …`)."""
    if len(short) >= len(long) or long[: len(short)] != short or len(short[0]) <= 2:
        return False
    return long[len(short)].capitalize() not in lexicon().cues["place_heads"]


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
            ties.append(
                Tie(index, fits[0], _told(atoms[index], "are the initials of", atoms[fits[0]]))
            )
    return ties
