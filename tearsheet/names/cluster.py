"""Join atoms into clusters under constraints.

Takes a number of atoms, and joins asked for one by one; gives clusters. Guarantees that a
join is refused, whatever was joined before it, if it would put two barred atoms into one
cluster, two entities of the authority, or two names of people that cannot be one person's.
"""

from collections import defaultdict
from collections.abc import Iterable

from tearsheet.names.normal import agree, same_sound


class Clusters:
    """Atoms in clusters; `bar` before `join`, and a bar holds for ever."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._barred: defaultdict[int, set[int]] = defaultdict(set)
        self._owner: dict[int, str] = {}
        self._names: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
        self.absorbed: set[str] = set()
        """Entities of the authority that a ruling made one with another: they have no page."""
        self.reasons: defaultdict[int, dict[str, None]] = defaultdict(dict)
        self.told: list[tuple[int, int, str]] = []
        """Joins that a reason was given for and no editor ruled, in their order."""

    def root(self, atom: int) -> int:
        """Give the number that stands for an atom's cluster."""
        while self._parent[atom] != atom:
            self._parent[atom] = self._parent[self._parent[atom]]
            atom = self._parent[atom]
        return atom

    def together(self, left: int, right: int) -> bool:
        """Say whether two atoms are in one cluster."""
        return self.root(left) == self.root(right)

    def members(self, atom: int) -> list[int]:
        """Give the atoms of an atom's cluster."""
        return self._members[self.root(atom)]

    def bar(self, left: int, right: int) -> None:
        """Keep two atoms, and the clusters that they come to be in, apart for ever."""
        one, two = self.root(left), self.root(right)
        if one != two:
            self._barred[one].add(two)
            self._barred[two].add(one)

    def barred(self, left: int, right: int) -> bool:
        """Say whether two atoms' clusters must stay apart."""
        return self.root(right) in self._barred[self.root(left)]

    def own(self, atom: int, entity: str) -> None:
        """Give an atom to an entity of the authority."""
        self._owner[self.root(atom)] = entity

    def owner(self, atom: int) -> str | None:
        """Give the entity of the authority that an atom's cluster belongs to."""
        return self._owner.get(self.root(atom))

    def call(self, atom: int, name: tuple[str, ...]) -> None:
        """Record a person's full name, so that a cluster holds no two that disagree."""
        self._names[self.root(atom)].add(name)

    def names(self, atom: int) -> set[tuple[str, ...]]:
        """Give the full names recorded in an atom's cluster."""
        return self._names.get(self.root(atom), set())

    def may_join(self, left: int, right: int) -> bool:
        """Say whether nothing keeps two atoms' clusters apart."""
        one, two = self.root(left), self.root(right)
        owners = self._owners(one, two)
        if two in self._barred.get(one, ()) or len(owners) > 1:
            return False
        theirs = self._names.get(two, ())
        pairs = [(a, b) for a in self._names.get(one, ()) for b in theirs]
        if owners:  # an editor's aliases may differ from each other as they like
            return not pairs or any(compatible(a, b) for a, b in pairs)
        return all(compatible(a, b) for a, b in pairs)

    def join(self, left: int, right: int, reason: str = "", *, ruled: bool = False) -> bool:
        """Join two atoms' clusters unless they are kept apart; say whether they are one now.

        A join that an editor `ruled` is stopped by an editor's bar alone.
        """
        one, two = sorted((self.root(left), self.root(right)))
        if one == two:
            return True
        if not self.may_join(one, two) and not (ruled and not self.barred(one, two)):
            return False
        self._merge(one, two)
        if reason:
            self.reasons[self.root(left)][reason] = None
            self.told.append((left, right, reason))
        return True

    def _merge(self, one: int, two: int) -> None:
        if len(self._members[two]) > len(self._members[one]):
            one, two = two, one
        self._parent[two] = one
        self._members[one].extend(self._members.pop(two))
        for other in self._barred.pop(two, ()):
            self._barred[other].discard(two)
            self._barred[other].add(one)
            self._barred[one].add(other)
        owners = self._owners(one, two)
        self._owner.pop(two, None)
        if owners:
            self._owner[one] = owners[0]
            self.absorbed.update(owners[1:])
        if two in self._names:
            self._names[one] |= self._names.pop(two)
        if two in self.reasons:
            self.reasons[one].update(self.reasons.pop(two))

    def _owners(self, one: int, two: int) -> tuple[str, ...]:
        """Give the entities of the authority that two clusters belong to, in order."""
        left, right = self._owner.get(one), self._owner.get(two)
        if left is None or right is None or left == right:
            either = right if left is None else left
            return () if either is None else (either,)
        return (min(left, right), max(left, right))

    def join_all(self, atoms: Iterable[int], *, ruled: bool = False) -> None:
        """Join a series of atoms, each with the first."""
        found = list(atoms)
        for atom in found[1:]:
            self.join(found[0], atom, ruled=ruled)

    def groups(self) -> list[list[int]]:
        """Give the clusters, each in order, by their first atom."""
        return sorted(sorted(members) for members in self._members.values())


def compatible(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Say whether two full names of people, as words, can be one person's."""
    if left == right or sorted(left) == sorted(right) or ends_with(left, right):
        return True
    if not same_sound(left[-1], right[-1]) or not agree(left[0], right[0]):
        return False
    inner_left, inner_right = left[1:-1], right[1:-1]
    return not (inner_left and inner_right) or any(
        agree(a, b) for a in inner_left for b in inner_right
    )


def ends_with(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Say whether one full name is the end of the other (`Suu Kyi`, `Aung San Suu Kyi`)."""
    short, long = sorted((left, right), key=len)
    return len(short) > 1 and long[-len(short) :] == short
