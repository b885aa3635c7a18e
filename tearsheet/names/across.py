"""Join what different documents call by one name.

Takes atoms and the clusters made inside documents; joins clusters. Guarantees that it
works from the surest evidence to the least sure, and joins a short form only where the
corpus knows one candidate.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tearsheet.model import Authority
from tearsheet.names.atoms import Atom
from tearsheet.names.cluster import Clusters, compatible
from tearsheet.names.normal import is_initial, same_sound, skeleton

SHORTEST_VARIANT = 6
"""Letters of a surname whose spelling may vary without an editor's word (Ball is not Bell)."""


def join_across(
    atoms: Sequence[Atom],
    clusters: Clusters,
    tied: frozenset[int],
    authority: tuple[Authority, ...],
) -> None:
    """Join clusters across documents: same name, spellings, shorter forms, lone surnames."""
    free = [i for i in range(len(atoms)) if i not in tied]
    _same_name(atoms, clusters, free)
    people = [i for i in free if atoms[i].type == "person" and atoms[i].full]
    _spellings(atoms, clusters, people)
    _shorter(atoms, clusters, people)
    _lone(atoms, clusters, free)


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

    A whole second given name proves another person as often as not: that is for review.
    """
    by_surname: defaultdict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for index in people:
        by_surname[atoms[index].key[-1]].setdefault(atoms[index].key, index)
    for _, keys in sorted(by_surname.items()):
        for short, one in sorted(keys.items()):
            fits = {
                clusters.root(two): two
                for long, two in sorted(keys.items())
                if _shortens(short, long) and clusters.root(two) != clusters.root(one)
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


def _lone(atoms: Sequence[Atom], clusters: Clusters, free: Iterable[int]) -> None:
    """Join a lone surname with the one person of the corpus who bears it, else with its like."""
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
        if len(roots) == 1:
            (one,) = roots.values()
            for index in members:
                clusters.join(one, index)
        else:
            clusters.join_all(members)
