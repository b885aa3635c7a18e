"""Join what different documents call one organisation, place or event.

Takes atoms and the clusters made inside documents; joins clusters. Guarantees that a short
form is joined only where the corpus knows one thing that it is short for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tearsheet.names.atoms import Atom
from tearsheet.names.board import Places
from tearsheet.names.cluster import Clusters
from tearsheet.names.games import is_place
from tearsheet.names.normal import organisation_words
from tearsheet.names.people import Maybe, join_people

SHORT_FOR = 0.4
"""Score of a body's name that ends one other's: every town has its water board."""
BODIES = frozenset({"forces", "units"})
"""Last words that come and go for each other in translated names of armed bodies."""


def join_across(
    atoms: Sequence[Atom], clusters: Clusters, tied: frozenset[int], places: Places
) -> tuple[Maybe, ...]:
    """Join clusters across documents, and give what was too doubtful to join.

    `tied` are short forms that their own document explains: they have no search of their own.
    `places` are those of the whole corpus.
    """
    free = [i for i in range(len(atoms)) if i not in tied]
    _same_name(atoms, clusters, free)
    unclear = join_people(atoms, clusters, free)
    _same_words(atoms, clusters, free)
    _acronyms(atoms, clusters, tied)
    _synonyms(atoms, clusters, free)
    _teams(atoms, clusters)
    return (*unclear, *_near_groups(atoms, clusters, places))


def _near_groups(atoms: Sequence[Atom], clusters: Clusters, places: Places) -> Iterator[Maybe]:
    """Give an organisation's name that ends one other, where a place is before it there.

    `Water Board` may be the `Marlow Water Board` of another text, or any town's.
    """
    ends: defaultdict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
    groups = [i for i, a in enumerate(atoms) if a.type == "organisation" and a.qualifier is None]
    for index in groups:
        key = atoms[index].key
        if len(key) > 2 and (key[0] in places.single or is_place(key[0].title())):
            ends[key[1:]].setdefault(clusters.root(index), index)
    asked: set[int] = set()
    for index in groups:
        root, longs = clusters.root(index), ends.get(atoms[index].key, {})
        if len(longs) == 1 and root not in asked and root not in longs and atoms[index].mentions:
            asked.add(root)
            (other,) = longs.values()
            names = f"“{atoms[index].name}” may be short for “{atoms[other].name}”"
            yield Maybe(index, other, SHORT_FOR, names)


def _same_name(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join equal names of one type, people's apart."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index in free:
        if atoms[index].type != "person":
            groups[atoms[index].type, atoms[index].key].append(index)
    for _, members in sorted(groups.items()):
        clusters.join_all(members)


def _same_words(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join equal names of two words or more whose type was read differently.

    Not those of places: a club is not its city.
    """
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in free:
        key = organisation_words(atoms[index].name)
        if atoms[index].key[0].startswith("["):  # an office: its country is in its key
            continue
        if atoms[index].type != "place" and atoms[index].qualifier is None and len(key) > 1:
            groups[key].append(index)
    for _, members in sorted(groups.items()):
        if any(atoms[index].type != "person" for index in members):
            clusters.join_all(members)


def _acronyms(atoms: Sequence[Atom], clusters: Clusters, tied: frozenset[int]) -> None:
    """Join a short name that stands alone with the one thing it is short for elsewhere."""
    meant: defaultdict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
    for index in sorted(tied):
        if atoms[index].type == "organisation":
            meant[atoms[index].key].setdefault(clusters.root(index), index)
    for index, atom in enumerate(atoms):
        if atom.type == "organisation" and index not in tied and len(meant.get(atom.key, ())) == 1:
            (one,) = meant[atom.key].values()
            if atom.game == atoms[one].game or None in (atom.game, atoms[one].game):
                clusters.join(one, index, f"“{atom.name}” is “{_longest(atoms, clusters, one)}”")


def _longest(atoms: Sequence[Atom], clusters: Clusters, one: int) -> str:
    """Give the longest name of a cluster, to tell what is meant by a short one."""
    return max((atoms[i].name for i in clusters.members(one)), key=lambda name: (len(name), name))


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
