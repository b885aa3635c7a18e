"""Join what different documents call by one name.

Takes atoms and the clusters made inside documents; joins clusters. Guarantees that it
works from the surest evidence to the least sure, and joins a short form only where the
corpus knows one candidate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tearsheet.names.atoms import Atom
from tearsheet.names.cluster import Clusters, compatible
from tearsheet.names.games import is_place
from tearsheet.names.normal import is_initial, organisation_words, same_sound, skeleton

SHORTEST_VARIANT = 6
"""Letters of a surname whose spelling may vary without an editor's word (Ball is not Bell)."""


FOREMOST_DOCUMENTS = 4
FOREMOST_RATIO = 3
"""A lone surname means the person whom this many documents name, and this many times as many as
all others of the surname. On the development data no such merge is wrong."""
BODIES = frozenset({"forces", "units"})
"""Last words that come and go for each other in translated names of armed bodies."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """Two atoms that may be one thing, for an editor to say."""

    left: int
    right: int
    score: float
    reason: str


def join_across(
    atoms: Sequence[Atom], clusters: Clusters, tied: frozenset[int]
) -> tuple[Maybe, ...]:
    """Join clusters across documents, and give what was too doubtful to join.

    In this order: same name, spellings, shorter forms, lone surnames, acronyms.
    """
    free = [i for i in range(len(atoms)) if i not in tied]
    _same_name(atoms, clusters, free)
    people = [i for i in free if atoms[i].type == "person" and atoms[i].full]
    _spellings(atoms, clusters, people)
    _shorter(atoms, clusters, people)
    unclear = _lone(atoms, clusters, free)
    _acronyms(atoms, clusters, tied)
    _synonyms(atoms, clusters, free)
    _teams(atoms, clusters)
    return (*unclear, *_near_names(atoms, clusters, people))


def _same_name(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join equal names of one type; a person's lone name has to wait for its full one."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index in free:
        atom = atoms[index]
        key = tuple(sorted(atom.key)) if atom.type == "person" else atom.key
        if atom.type != "person" or atom.full:
            groups[atom.type, key].append(index)
    for _, members in sorted(groups.items()):
        clusters.join_all(members)
    _same_words(atoms, clusters, free)


def _same_words(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join equal names of two words or more whose type was read differently.

    Not those of places: a club is not its city.
    """
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in free:
        key = organisation_words(atoms[index].name)
        if atoms[index].type != "place" and atoms[index].qualifier is None and len(key) > 1:
            groups[key].append(index)
    for _, members in sorted(groups.items()):
        clusters.join_all(members)


def _spellings(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> None:
    """Join full names whose words are all spellings of each other."""
    groups: defaultdict[tuple[str, ...], dict[tuple[str, ...], int]] = defaultdict(dict)
    for index in people:
        key = atoms[index].key
        groups[tuple(skeleton(w) for w in key)].setdefault(key, index)
    for _, keys in sorted(groups.items()):
        found = sorted(keys.items())
        for place, (left, one) in enumerate(found):
            for right, two in found[place + 1 :]:
                if _variant(left, right):
                    reason = (
                        f"“{atoms[one].name}” and “{atoms[two].name}” are spellings of one name"
                    )
                    clusters.join(one, two, reason)


def _variant(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Say whether two full names are spellings of one beyond reasonable doubt."""
    if len(left) != len(right) or min(len(left[-1]), len(right[-1])) < SHORTEST_VARIANT:
        return False
    return all(same_sound(a, b) for a, b in zip(left, right, strict=True))


def _shorter(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> None:
    """Join `G. Smith` with the one `Greta Smith` of the corpus, `Greta Smith` with `Greta H. Smith`.

    A whole second given name proves another person as often as not: that is for review. A bare
    initial needs documents of one kind besides: a bowler and a burglar are both `C. White`.
    """
    by_surname: defaultdict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for index in people:
        by_surname[atoms[index].key[-1]].setdefault(atoms[index].key, index)
    for _, keys in sorted(by_surname.items()):
        for short, one in sorted(keys.items()):
            fits = {
                clusters.root(two): two
                for long, two in sorted(keys.items())
                if _shortens(short, long)
                and clusters.root(two) != clusters.root(one)
                and not (is_initial(short[0]) and atoms[one].game != atoms[two].game)
            }
            if len(fits) == 1:
                (two,) = fits.values()
                clusters.join(one, two, f"“{atoms[one].name}” is short for “{atoms[two].name}”")


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not compatible(short, long):
        return False
    if is_initial(short[0]) and not is_initial(long[0]):
        return True
    extra = [w for w in long[1:-1] if w not in short]
    return len(short) < len(long) and short[0] == long[0] and all(is_initial(w) for w in extra)


def _lone(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> list[Maybe]:
    """Join a lone surname with the one person of the corpus who bears it, else with its like."""
    unclear: list[Maybe] = []
    bearers: defaultdict[str, dict[int, int]] = defaultdict(dict)
    lone: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(atoms)):
        if atoms[index].type == "person" and atoms[index].full:
            bearers[atoms[index].key[-1]].setdefault(clusters.root(index), index)
    for index in free:
        if atoms[index].type == "person" and not atoms[index].full:
            lone[atoms[index].key[0]].append(index)
    for name, members in sorted(lone.items()):
        roots = {clusters.root(i): i for i in bearers[name].values()}
        best = _foremost(atoms, clusters, sorted(roots.values()))
        if best is None:
            clusters.join_all(members)
            score = round(1 / max(1, len(roots)), 2)
            reason = (
                f"“{atoms[members[0]].name}” stands alone, and {len(roots)} people bear the name"
            )
            unclear += [Maybe(members[0], i, score, reason) for i in sorted(roots.values())]
            continue
        reason = f"“{atoms[members[0]].name}” alone is “{atoms[best].name}”"
        for index in members:
            clusters.join(best, index, reason if len(roots) > 1 else "")
    return unclear


def _foremost(atoms: Sequence[Atom], clusters: Clusters, bearers: Sequence[int]) -> int | None:
    """Give the one bearer of a surname, or the one whom nearly every document means by it."""
    if len(bearers) == 1:
        return bearers[0]
    counts = {i: len({atoms[a].path for a in clusters.members(i)}) for i in bearers}
    ranked = sorted(bearers, key=lambda i: (-counts[i], i))
    if not ranked or counts[ranked[0]] < FOREMOST_DOCUMENTS:
        return None
    others = sum(counts[i] for i in ranked[1:])
    return ranked[0] if counts[ranked[0]] >= FOREMOST_RATIO * others else None


def _near_names(
    atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]
) -> Iterator[Maybe]:
    """Give pairs of full names that could be one person's and were not joined."""
    groups: defaultdict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for index in people:
        groups[skeleton(atoms[index].key[-1])].setdefault(atoms[index].key, index)
    for _, keys in sorted(groups.items()):
        found = sorted(keys.items())
        for place, (left, one) in enumerate(found):
            for right, two in found[place + 1 :]:
                if clusters.root(one) != clusters.root(two) and compatible(left, right):
                    reason = f"“{atoms[one].name}” and “{atoms[two].name}” could be one person"
                    yield Maybe(one, two, _likeness(left, right), reason)


def _likeness(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Give how alike two full names are, 0 to 1."""
    return round(fuzz.token_sort_ratio(" ".join(left), " ".join(right)) / 100, 2)


def _acronyms(atoms: Sequence[Atom], clusters: Clusters, tied: frozenset[int]) -> None:
    """Join a short name that stands alone with the one thing it is short for elsewhere."""
    meant: defaultdict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
    for index in sorted(tied):
        if atoms[index].type == "organisation":
            meant[atoms[index].key].setdefault(clusters.root(index), index)
    for index, atom in enumerate(atoms):
        if atom.type == "organisation" and index not in tied and len(meant.get(atom.key, ())) == 1:
            (one,) = meant[atom.key].values()
            clusters.join(one, index)


def _synonyms(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join `… Forces` and `… Units` of one name of three words or more."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in free:
        atom = atoms[index]
        if atom.type == "organisation" and len(atom.key) > 2 and atom.key[-1] in BODIES:
            groups[atom.key[:-1]].append(index)
    for _, members in sorted(groups.items()):
        for index in members[1:]:
            reason = f"“{atoms[members[0]].name}” and “{atoms[index].name}” are one body"
            same = atoms[members[0]].key == atoms[index].key
            clusters.join(members[0], index, "" if same else reason)


def _teams(atoms: Sequence[Atom], clusters: Clusters) -> None:
    """Join a team's town (`Marlow`, of a game) and nickname with its one full name in that game."""
    longs: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for index, atom in enumerate(atoms):
        if atom.type == "organisation" and atom.game and atom.qualifier is None:
            for size in range(1, len(atom.key)):
                town, nickname = " ".join(atom.key[:size]), " ".join(atom.key[size:])
                if is_place(town):
                    longs[atom.game, town].setdefault(clusters.root(index), index)
                    longs[atom.game, nickname].setdefault(clusters.root(index), index)
    for index, atom in enumerate(atoms):
        if atom.type != "organisation" or not atom.game:
            continue
        name = atom.key[0] if atom.qualifier == atom.game else " ".join(atom.key)
        fits = {clusters.root(i): i for i in longs.get((atom.game, name), {}).values()}
        if len(fits) == 1:
            clusters.join(next(iter(fits.values())), index)
