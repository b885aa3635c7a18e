"""Join the atoms of a board and keep them apart, the surest word first.

Takes a Board, the editor's word and the places of the corpus; gives clusters. Guarantees that an
editor's "different" and the authority's `not` are never overruled, and that a doubt is left to
the editor.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from tearsheet.model import Authority, Ruling
from tearsheet.names.across import join_across
from tearsheet.names.address import DEGREES, taken
from tearsheet.names.atoms import Atom
from tearsheet.names.authority import aliases
from tearsheet.names.board import Board, Places, spoken_of
from tearsheet.names.cluster import Clusters
from tearsheet.names.people import Maybe
from tearsheet.names.rulings import Sides, join_ruled, keep_apart
from tearsheet.slugs import slug

Ruled = Sequence[tuple[Sides, Ruling]]

_slug = lru_cache(maxsize=200_000)(slug)


class Editor(msgspec.Struct, frozen=True):
    """The editor's word: the authority and the rulings, laid out to be looked up."""

    entries: Mapping[str, Authority]
    rulings: tuple[Ruling, ...]
    kept_off: Mapping[str, tuple[str, ...]]
    """By slug, the entities that a name without a link of its own is kept off."""
    never: Mapping[str, tuple[str, ...]]
    ruled: Mapping[str, tuple[int, ...]]
    """By slug, the rulings that speak of a name."""
    always: frozenset[str]
    """The entries that a ruling speaks of."""

    def kept_off_by(self, atom: Atom) -> frozenset[str]:
        """Give the entities that an atom is kept off."""
        return frozenset(i for s in atom.surfaces for i in self.kept_off.get(_slug(s), ()))

    def rulings_on(self, atom: Atom) -> frozenset[int]:
        """Give the rulings that speak of an atom, by number."""
        names = (*atom.surfaces, atom.entity or atom.name)
        return frozenset(number for name in names for number in self.ruled.get(_slug(name), ()))

    def spoken(self, atoms: Iterable[Atom]) -> frozenset[str]:
        """Give the names among those of atoms of which a ruling speaks: `R` and the slug."""
        if not self.ruled:
            return frozenset()
        names = {_slug(n) for a in atoms for n in (*a.surfaces, a.entity or a.name)}
        return frozenset(f"R {name}" for name in names & self.ruled.keys())


def editor(authority: tuple[Authority, ...], rulings: tuple[Ruling, ...]) -> Editor:
    """Lay out the authority and the rulings."""
    kept_off: defaultdict[str, list[str]] = defaultdict(list)
    for entry in authority:
        for name in (*entry.blocked_aliases, *(aliases(entry) if entry.context else ())):
            kept_off[slug(name)].append(entry.id)
    ruled: defaultdict[str, list[int]] = defaultdict(list)
    for number, ruling in enumerate(rulings):
        for name in {slug(ruling.left), slug(ruling.right)}:
            ruled[name].append(number)
    return Editor(
        {entry.id: entry for entry in authority},
        rulings,
        {name: tuple(ids) for name, ids in kept_off.items()},
        {entry.id: entry.never for entry in authority if entry.never},
        {name: tuple(numbers) for name, numbers in ruled.items()},
        spoken_of(authority, frozenset(ruled)),
    )


def sides(atoms: Sequence[Atom], word: Editor) -> tuple[tuple[Sides, Ruling], ...]:
    """Give each ruling with the atoms on its sides: those of an authority's id, or of a name."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, atom in enumerate(atoms) if word.ruled else ():
        names = {_slug(name) for name in (*atom.surfaces, atom.entity or atom.name)}
        for name in names & word.ruled.keys():
            index[name].append(number)
    numbers = {number for name in index for number in word.ruled[name]}
    found = [word.rulings[number] for number in sorted(numbers)]
    both = [(Sides(tuple(index[slug(r.left)]), tuple(index[slug(r.right)])), r) for r in found]
    return tuple((side, ruling) for side, ruling in both if side.both)


class Joined(msgspec.Struct, frozen=True):
    """A board's clusters, and what stays unclear besides."""

    clusters: Clusters
    unclear: tuple[Maybe, ...]


def joined(board: Board, places: Places, word: Editor, ruled: Ruled) -> Joined:
    """Join and keep apart, the surest word first."""
    clusters = Clusters(len(board.atoms))
    for index, atom in enumerate(board.atoms):
        if atom.type == "person" and atom.full:
            clusters.call(index, atom.key)
        if atom.entity is not None:
            clusters.own(index, atom.entity)
    owned = _owned(board.atoms)
    keep_apart(clusters, ruled)
    _bar_unlicensed(clusters, board.atoms, owned, word)
    _bar_never(clusters, owned, word)
    join_ruled(clusters, ruled)
    for members in owned.values():
        clusters.join_all(members, ruled=True)
    _bar_side_by_side(clusters, board)
    tied = _join_ties(clusters, board, places)
    tied |= _settle(clusters, board)
    unclear = join_across(board.atoms, clusters, tied, places)
    _settle(clusters, board)
    return Joined(clusters, (*unclear, *_doubts(board, clusters)))


def _owned(atoms: Sequence[Atom]) -> Mapping[str, list[int]]:
    owned: defaultdict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        if atom.entity is not None:
            owned[atom.entity].append(index)
    return owned


def _bar_unlicensed(
    clusters: Clusters, atoms: Sequence[Atom], owned: Mapping[str, Sequence[int]], word: Editor
) -> None:
    """Keep a blocked alias, or an ambiguous one without its context, off the entity."""
    for index, atom in enumerate(atoms) if word.kept_off and owned else ():
        if atom.entity is None:
            for owner in sorted(word.kept_off_by(atom)):
                for other in owned.get(owner, ()):
                    clusters.bar(index, other)


def _bar_never(clusters: Clusters, owned: Mapping[str, Sequence[int]], word: Editor) -> None:
    """Keep apart the entities that the authority says are not each other."""
    for name in owned if word.never else ():
        for other in word.never.get(name, ()):
            for one in owned[name]:
                for two in owned.get(other, ()):
                    clusters.bar(one, two)


def _bar_side_by_side(clusters: Clusters, board: Board) -> None:
    """Keep people apart whom a document names side by side, unless an editor joined them."""
    for part, offset in board.parts():
        for left, right in part.apart:
            if not clusters.together(offset + left, offset + right):
                clusters.bar(offset + left, offset + right)


def _join_ties(clusters: Clusters, board: Board, places: Places) -> frozenset[int]:
    """Join what each document ties; give the short ends, which need no search of their own.

    Not a short name that is part of a place's anywhere (`Marlow`, of a lake and a council).
    """
    tied: set[int] = set()
    for part, offset in board.parts():
        for tie in part.ties:
            short = part.atoms[tie.left]
            single = short.type == "organisation" and len(short.key) == 1
            if single and short.key[0] in places.words:
                continue
            reason = "" if _is_surname(short, part.atoms[tie.right]) else tie.reason
            if clusters.join(offset + tie.left, offset + tie.right, reason):
                tied.add(offset + tie.left)
    return frozenset(tied)


def _is_surname(short: Atom, long: Atom) -> bool:
    """Say whether a name is the plain surname of the other: nothing that an editor must check."""
    return short.type == "person" and not short.full and short.key[0] == long.key[-1]


def _settle(clusters: Clusters, board: Board) -> frozenset[int]:
    """Join each lone name in doubt with the one person it can be, if all but one are ruled out.

    Give those joined.
    """
    settled: set[int] = set()
    for part, offset in board.parts():
        for doubt in sorted(part.doubts, key=lambda d: bool(part.atoms[d.atom].titles & DEGREES)):
            lone = offset + doubt.atom
            free = [offset + other for other in doubt.candidates]
            others = [
                offset + i for i, a in enumerate(part.atoms) if taken(part.atoms[doubt.atom], a)
            ]
            gone = {clusters.root(i) for i in others}
            roots = {clusters.root(i): i for i in free if clusters.may_join(lone, i)}
            kept = [i for root, i in roots.items() if root not in gone]
            if len(kept) == 1 and clusters.join(kept[0], lone):
                settled.add(lone)
    return frozenset(settled)


def _doubts(board: Board, clusters: Clusters) -> Iterator[Maybe]:
    """Give each lone name that fits several full ones of its document, with each of them.

    Not one that was settled since.
    """
    for part, offset in board.parts():
        for doubt in part.doubts:
            if clusters.names(offset + doubt.atom):
                continue
            score = round(1 / len(doubt.candidates), 2)
            name = part.atoms[doubt.atom].name
            reason = f"“{name}” stands alone beside several full names that it fits"
            for other in doubt.candidates:
                yield Maybe(offset + doubt.atom, offset + other, score, reason)
