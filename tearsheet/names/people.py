"""Join what different documents call one person, and say where that is in doubt.

Takes atoms and the clusters made inside documents; joins clusters, gives doubts.
Guarantees that full names are joined only where every word agrees, and a lone surname only
where one person is meant; a name that the authority alone knows draws no lone surname.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tearsheet.names.address import contradict
from tearsheet.names.atoms import Atom
from tearsheet.names.callings import disagree
from tearsheet.names.cluster import Clusters, compatible, ends_with
from tearsheet.names.normal import beginnings, is_initial, opposite, same_sound, skeleton

SHORTEST_VARIANT = 6
"""Letters of a surname whose spelling may vary without an editor's word (Ball is not Bell)."""
FOREMOST_DOCUMENTS = 4
FOREMOST_RATIO = 3
"""A lone surname means the person whom this many documents name, and this many times as many as
all others of the surname. On the development data no such merge is wrong."""
MOST_CANDIDATES = 4
"""A lone surname with more bearers than this is put to nobody: the list would drown the editor."""
NAMESAKES = 0.5
"""Score of two people of one name whose documents call them different things."""
TURNED = 0.8
"""Score of two names of two words in opposite order."""

Words = tuple[str, ...]


class Maybe(msgspec.Struct, frozen=True):
    """Two atoms that may be one thing, for an editor to say."""

    left: int
    right: int
    score: float
    reason: str


class Pair(msgspec.Struct, frozen=True):
    """Two full names, as words, each with the first atom that bears it."""

    left: Words
    one: int
    right: Words
    two: int


def join_people(
    atoms: Sequence[Atom], clusters: Clusters, free: Sequence[int]
) -> tuple[Maybe, ...]:
    """Join people across documents: same name, spellings, shorter forms, lone surnames."""
    people = [i for i in free if atoms[i].type == "person" and atoms[i].full]
    namesakes = _same_name(atoms, clusters, people)
    _spellings(atoms, clusters, people)
    _shorter(atoms, clusters, people)
    lone = [i for i in free if atoms[i].type == "person" and not atoms[i].full]
    unclear = _lone(atoms, clusters, lone)
    unclear += namesakes
    return (*unclear, *_near_names(atoms, clusters, people), *_turned(atoms, clusters, people))


def _by(atoms: Sequence[Atom], people: Iterable[int], what: str) -> Mapping[str, dict[Words, int]]:
    """Gather full names by their surname, as written or by its sound."""
    groups: defaultdict[str, dict[Words, int]] = defaultdict(dict)
    for index in people:
        last = atoms[index].key[-1]
        group = skeleton(last) if what == "sound" else last
        groups[group].setdefault(atoms[index].key, index)
    return dict(sorted(groups.items()))


def _pairs(atoms: Sequence[Atom], keys: Mapping[Words, int]) -> Iterator[Pair]:
    """Give each pair of names of which a document holds one: the authority's own are settled.

    Not two of two words whose first names begin with sounds that no spelling brings together:
    of the thousand Johnsons of a large archive, each is compared with a few.
    """
    here = sorted(item for item in keys.items() if atoms[item[1]].mentions)
    silent = sorted(item for item in keys.items() if not atoms[item[1]].mentions)
    begins = {key: beginnings(key[0]) for key in keys}
    for place, (left, one) in enumerate(here):
        mine = begins[left]
        for right, two in (*here[place + 1 :], *silent):
            if len(left) > 2 or len(right) > 2 or not mine.isdisjoint(begins[right]):
                yield Pair(left, one, right, two)


def _same_name(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> list[Maybe]:
    """Join equal names; of three words or more also turned round, family name first.

    Namesakes whose documents say that they are of different fields stay apart, for review;
    documents that do not say go with those of the larger number.
    """
    groups: defaultdict[Words, list[int]] = defaultdict(list)
    for index in people:
        key = atoms[index].key
        groups[min(key[i:] + key[:i] for i in (0, 1, -1)) if len(key) > 2 else key].append(index)
    unclear: list[Maybe] = []
    for _, members in sorted(groups.items()):
        parts = _by_field(atoms, members)
        for part in parts:
            clusters.join_all(part)
        for other in parts[1:]:
            if not clusters.together(parts[0][0], other[0]):
                clusters.bar(parts[0][0], other[0])
                names = (
                    f"“{atoms[other[0]].name}” is called different things in different documents"
                )
                unclear.append(Maybe(parts[0][0], other[0], NAMESAKES, names))
    return unclear


def _by_field(atoms: Sequence[Atom], members: Sequence[int]) -> list[list[int]]:
    """Part the bearers of one name by what they are said to be, the largest part first."""
    parts: list[tuple[frozenset[str], list[int]]] = []
    for index in members:
        said = atoms[index].fields
        fits = [p for p in parts if said and not disagree(p[0], said)]
        if said and not fits:
            parts.append((said, [index]))
        elif said:
            parts[parts.index(fits[0])] = (fits[0][0] | said, [*fits[0][1], index])
    parts.sort(key=lambda p: (-len(p[1]), p[1]))
    silent = [i for i in members if not atoms[i].fields]
    found = [part for _, part in parts] or [[]]
    return [sorted([*found[0], *silent]), *found[1:]]


def _spellings(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> None:
    """Join full names whose words are all spellings of each other."""
    for keys in _by(atoms, people, "sound").values():
        for pair in _pairs(atoms, keys):
            if _variant(pair.left, pair.right):
                names = f"“{atoms[pair.one].name}” and “{atoms[pair.two].name}”"
                clusters.join(pair.one, pair.two, f"{names} are spellings of one name")


def _variant(left: Words, right: Words) -> bool:
    """Say whether two full names are spellings of one beyond reasonable doubt."""
    if len(left) != len(right) or min(len(left[-1]), len(right[-1])) < SHORTEST_VARIANT:
        return False
    if opposite(left[0], right[0]):
        return False
    return all(same_sound(a, b) for a, b in zip(left, right, strict=True))


def _shorter(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> None:
    """Join `G. Smith` with the one `Greta Smith` of the corpus, `Greta Smith` with `Greta H. Smith`.

    A whole second given name proves another person as often as not: that is for review. A bare
    initial needs documents of one kind besides: a bowler and a burglar are both `C. White`.
    """
    for keys in _by(atoms, people, "word").values():
        fits: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for pair in _pairs(atoms, keys):
            for short, one, long, two in (
                (pair.left, pair.one, pair.right, pair.two),
                (pair.right, pair.two, pair.left, pair.one),
            ):
                if _shortens(short, long) and _of_one_kind(atoms[one], atoms[two], short):
                    fits[one].setdefault(clusters.root(two), two)
        for one in sorted(fits):
            roots = {clusters.root(two): two for two in fits[one].values()}
            if len(roots) == 1:
                (two,) = roots.values()
                clusters.join(one, two, f"“{atoms[one].name}” is short for “{atoms[two].name}”")


def _shortens(short: Words, long: Words) -> bool:
    if not compatible(short, long):
        return False
    if is_initial(short[0]) and not is_initial(long[0]):
        return True
    if len(short) + 1 < len(long) and ends_with(short, long):
        return True
    extra = [w for w in long[1:-1] if w not in short]
    nickname = len(short) == len(long) == 2 and len(short[-1]) >= SHORTEST_VARIANT
    if nickname and not is_initial(long[0]):
        return short[-1] == long[-1]
    return len(short) < len(long) and short[0] == long[0] and all(is_initial(w) for w in extra)


def _of_one_kind(one: Atom, two: Atom, short: Words) -> bool:
    return not is_initial(short[0]) or one.game == two.game


def _lone(atoms: Sequence[Atom], clusters: Clusters, lone: Iterable[int]) -> list[Maybe]:
    """Join a lone surname with the one person of the corpus who bears it, else with its like.

    Not one that its document says is another's of the name.
    """
    unclear: list[Maybe] = []
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        if atom.type == "person" and atom.full:
            bearers[atom.key[-1]].append(index)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in lone:
        if not clusters.names(index):
            groups[atoms[index].key[0]].append(index)
    for name, members in sorted(groups.items()):
        roots: dict[int, int] = {}
        for index in bearers[name]:
            roots.setdefault(clusters.root(index), index)
        known = sorted(roots.values())
        for index in members:
            fits = [i for i in known if not contradict(atoms[index], atoms[i])]
            best = _foremost(atoms, clusters, fits)
            if best is not None and not atoms[index].another:
                most = "the foremost" if len(known) > 1 else "the only one"
                names = f"“{atoms[index].name}” alone is “{atoms[best].name}”"
                clusters.join(best, index, f"{names}, {most} of the name in the archive")
        left = [index for index in members if not clusters.names(index)]
        clusters.join_all(left)
        fits = [i for i in known if left and not clusters.barred(left[0], i)]
        unclear += _candidates(atoms, left[0], fits) if left else ()
    return unclear


def _candidates(atoms: Sequence[Atom], lone: int, bearers: Sequence[int]) -> Iterator[Maybe]:
    if len(bearers) <= MOST_CANDIDATES:
        score = round(1 / (len(bearers) + 1), 2)
        reason = f"“{atoms[lone].name}” stands alone; {len(bearers)} known full names fit it"
        yield from (Maybe(lone, other, score, reason) for other in bearers)


def _foremost(atoms: Sequence[Atom], clusters: Clusters, bearers: Sequence[int]) -> int | None:
    """Give the one bearer of a surname, or the one whom nearly every document means by it."""
    counts = {
        i: len({atoms[a].path for a in clusters.members(i) if atoms[a].mentions}) for i in bearers
    }
    ranked = sorted(bearers, key=lambda i: (-counts[i], i))
    if not ranked or not counts[ranked[0]]:
        return None
    if len(ranked) == 1:
        return ranked[0]
    others = sum(counts[i] for i in ranked[1:])
    enough = counts[ranked[0]] >= max(FOREMOST_DOCUMENTS, FOREMOST_RATIO * others)
    return ranked[0] if enough else None


def _near_names(
    atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]
) -> Iterator[Maybe]:
    """Give pairs of full names that could be one person's and were not joined."""
    for keys in _by(atoms, people, "sound").values():
        for pair in _pairs(atoms, keys):
            apart = clusters.root(pair.one) != clusters.root(pair.two)
            if apart and compatible(pair.left, pair.right):
                names = f"“{atoms[pair.one].name}” and “{atoms[pair.two].name}”"
                from rapidfuzz import fuzz  # 23 ms that most builds have no names for

                score = fuzz.token_sort_ratio(" ".join(pair.left), " ".join(pair.right)) / 100
                yield Maybe(pair.one, pair.two, round(score, 2), f"{names} could be one person")


def _turned(atoms: Sequence[Atom], clusters: Clusters, people: Iterable[int]) -> Iterator[Maybe]:
    """Give pairs of two words in opposite order: family name first, or two people."""
    keys: dict[Words, int] = {}
    for index in people:
        keys.setdefault(atoms[index].key, index)
    for key, one in sorted(keys.items()):
        two = keys.get(key[::-1])
        if len(key) == 2 and two is not None and key < key[::-1]:
            names = f"“{atoms[one].name}” and “{atoms[two].name}”"
            if clusters.root(one) != clusters.root(two):
                yield Maybe(one, two, TURNED, f"{names} are one name in two orders")
