"""Decide which mentions of a corpus are the same thing.

Takes documents, their mentions, the authority and the editor's rulings; gives entities,
resolved mentions and the pairs that a person should rule on. Guarantees that the order of
documents does not matter, that an editor's "different" and the authority's `not` are never
overruled, and that a doubt is left to the editor.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tearsheet.digests import digest
from tearsheet.documents import Documents
from tearsheet.model import Authority, Document, Mention, Resolution, Ruling
from tearsheet.names.across import join_across
from tearsheet.names.address import DEGREES, taken
from tearsheet.names.atoms import Atom, last_sound, of_authority
from tearsheet.names.authority import aliases
from tearsheet.names.cluster import Clusters
from tearsheet.names.identity import Naming, Published, entities
from tearsheet.names.people import Maybe
from tearsheet.names.pieces import Pieces, pieces
from tearsheet.names.review import doubts, merges
from tearsheet.names.rulings import Sides, by_id, by_name, join_ruled, keep_apart
from tearsheet.slugs import slug
from tearsheet.workers import ALONE, Crew, Wanted


@dataclass(frozen=True, slots=True)
class Board:
    """The atoms of all documents in one row; `offsets` say where a document's begin."""

    atoms: tuple[Atom, ...]
    parts: tuple[Pieces, ...]
    offsets: tuple[int, ...]


def resolve(
    documents: Mapping[str, Document],
    mentions: Mapping[str, tuple[Mention, ...]],
    authority: tuple[Authority, ...],
    rulings: tuple[Ruling, ...],
    published: Published | None = None,
    crew: Crew = ALONE,
) -> Resolution:
    """Give the entities of a corpus, its mentions with their entity, and the doubts.

    `published` are the ids that earlier builds gave out: they are kept where the entity
    still stands (see `identity.redirects` for those that moved).
    """
    board = lay(documents, mentions, authority, rulings, crew)
    sides = by_name(board.atoms, rulings)
    if not all(side.both for side in sides):  # an id that no name is spelled like
        unruled, _ = _cluster(board, authority, ())
        naming = entities(board.atoms, unruled, authority, published)
        sides = by_id(naming.of_atom, sides, rulings)
    clusters, unclear = _cluster(board, authority, tuple(zip(sides, rulings, strict=True)))
    naming = entities(board.atoms, clusters, authority, published)
    unclear += _doubts(board, clusters)
    return Resolution(
        naming.entities,
        _resolved(board, mentions, naming.of_atom, naming),
        doubts(unclear, naming, rulings, authority),
        merges(board.atoms, clusters.told, naming, rulings),
    )


def lay(
    documents: Mapping[str, Document],
    mentions: Mapping[str, tuple[Mention, ...]],
    authority: Iterable[Authority] = (),
    rulings: Iterable[Ruling] = (),
    crew: Crew = ALONE,
) -> Board:
    """Lay out the atoms of every document, by path, then those of the authority that sound like one.

    An authority of 100,000 aliases would otherwise be compared with itself.
    """
    cut = (_to_cut(documents, path, mentions[path]) for path in sorted(mentions))
    here = Crew(None, crew.cache)  # handing documents over would cost more than it saves
    parts = tuple(map(_PIECES_IN.decode, here.made(cut, _OUT.encode)))
    offsets: list[int] = []
    size = 0
    for part in parts:
        offsets.append(size)
        size += len(part.atoms)
    atoms = [atom for part in parts for atom in part.atoms]
    wanted = {last_sound(atom) for atom in atoms}
    ruled = {slug(name) for ruling in rulings for name in (ruling.left, ruling.right)}
    for entry in sorted(authority, key=lambda e: e.id):
        names = {slug(name) for name in (entry.id, *aliases(entry))} if ruled else set()
        every = bool(names & ruled)
        atoms += [a for a in of_authority(entry) if every or last_sound(a) in wanted]
    return Board(tuple(atoms), parts, tuple(offsets))


_OUT, _PIECES_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Pieces)


def _to_cut(
    documents: Mapping[str, Document], path: str, mentions: tuple[Mention, ...]
) -> Wanted[Pieces]:
    """Ask for the pieces of a document; of one that is put away they can be kept."""
    mark = documents.mark(path) if isinstance(documents, Documents) else ""
    key = bytes.fromhex(digest(("pieces", mark, path, mentions))) if mark else None
    return Wanted(key, lambda: pieces(path, documents[path].text, mentions))


def _doubts(board: Board, clusters: Clusters) -> tuple[Maybe, ...]:
    """Give each lone name that fits several full ones of its document, with each of them.

    Not one that was settled since.
    """
    found: list[Maybe] = []
    for part, offset in zip(board.parts, board.offsets, strict=True):
        for doubt in part.doubts:
            if clusters.names(offset + doubt.atom):
                continue
            score = round(1 / len(doubt.candidates), 2)
            name = part.atoms[doubt.atom].name
            reason = f"“{name}” stands alone beside several full names that it fits"
            found += [
                Maybe(offset + doubt.atom, offset + other, score, reason)
                for other in doubt.candidates
            ]
    return tuple(found)


def _cluster(
    board: Board, authority: tuple[Authority, ...], rulings: Sequence[tuple[Sides, Ruling]]
) -> tuple[Clusters, tuple[Maybe, ...]]:
    """Join and keep apart, the surest word first; give what stays unclear besides."""
    clusters = Clusters(len(board.atoms))
    for index, atom in enumerate(board.atoms):
        if atom.type == "person" and atom.full:
            clusters.call(index, atom.key)
        if atom.entity is not None:
            clusters.own(index, atom.entity)
    keep_apart(clusters, rulings)
    _bar_unlicensed(clusters, board.atoms, authority)
    _bar_never(clusters, board.atoms, authority)
    join_ruled(clusters, rulings)
    _join_owned(clusters, board.atoms)
    _bar_side_by_side(clusters, board)
    tied = _join_ties(clusters, board)
    tied |= _settle(clusters, board)
    unclear = join_across(board.atoms, clusters, tied)
    _settle(clusters, board)
    return clusters, unclear


def _settle(clusters: Clusters, board: Board) -> frozenset[int]:
    """Join each lone name in doubt with the one person it can be, if all but one are ruled out.

    Give those joined.
    """
    settled: set[int] = set()
    for part, offset in zip(board.parts, board.offsets, strict=True):
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


def _bar_never(clusters: Clusters, atoms: Sequence[Atom], authority: Iterable[Authority]) -> None:
    """Keep apart the entities that the authority says are not each other."""
    owned = _owned(atoms)
    for entry in authority:
        for other in entry.never:
            for one in owned.get(entry.id, ()):
                for two in owned.get(other, ()):
                    clusters.bar(one, two)


def _bar_unlicensed(
    clusters: Clusters, atoms: Sequence[Atom], authority: Iterable[Authority]
) -> None:
    """Keep a blocked alias, or an ambiguous one without its context, off the entity."""
    kept_off: defaultdict[str, list[str]] = defaultdict(list)
    for entry in authority:
        names = (*entry.blocked_aliases, *(aliases(entry) if entry.context else ()))
        for name in names:
            kept_off[slug(name)].append(entry.id)
    owned = _owned(atoms)
    for index, atom in enumerate(atoms) if kept_off else ():
        if atom.entity is None:
            ids = {i for s in atom.surfaces for i in kept_off.get(slug(s), ())}
            for owner in sorted(ids):
                for other in owned.get(owner, ()):
                    clusters.bar(index, other)


def _owned(atoms: Sequence[Atom]) -> Mapping[str, list[int]]:
    owned: defaultdict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        if atom.entity is not None:
            owned[atom.entity].append(index)
    return owned


def _join_owned(clusters: Clusters, atoms: Sequence[Atom]) -> None:
    for members in _owned(atoms).values():
        clusters.join_all(members, ruled=True)


def _bar_side_by_side(clusters: Clusters, board: Board) -> None:
    """Keep people apart whom a document names side by side, unless an editor joined them."""
    for part, offset in zip(board.parts, board.offsets, strict=True):
        for left, right in part.apart:
            if not clusters.together(offset + left, offset + right):
                clusters.bar(offset + left, offset + right)


def _join_ties(clusters: Clusters, board: Board) -> frozenset[int]:
    """Join what each document ties; give the short ends, which need no search of their own.

    Not a short name that is part of a place's anywhere (`Marlow`, of a lake and a council).
    """
    places = {word for a in board.atoms if a.type == "place" for n in a.key for word in n.split()}
    tied: set[int] = set()
    for part, offset in zip(board.parts, board.offsets, strict=True):
        for tie in part.ties:
            short = part.atoms[tie.left]
            if short.type == "organisation" and len(short.key) == 1 and short.key[0] in places:
                continue
            reason = "" if _is_surname(short, part.atoms[tie.right]) else tie.reason
            if clusters.join(offset + tie.left, offset + tie.right, reason):
                tied.add(offset + tie.left)
    return frozenset(tied)


def _is_surname(short: Atom, long: Atom) -> bool:
    """Say whether a name is the plain surname of the other: nothing that an editor must check."""
    return short.type == "person" and not short.full and short.key[0] == long.key[-1]


def _resolved(
    board: Board,
    mentions: Mapping[str, tuple[Mention, ...]],
    of_atom: Sequence[str],
    naming: Naming,
) -> Mapping[str, tuple[Mention, ...]]:
    types = {entity.id: entity.type for entity in naming.entities}
    done: dict[str, list[Mention]] = {path: list(mentions[path]) for path in sorted(mentions)}
    for index, atom in enumerate(board.atoms):
        for number in atom.mentions:
            old = done[atom.path][number]
            owner = of_atom[index]
            new = Mention(old.start, old.end, old.surface, types[owner], owner)
            done[atom.path][number] = new
    return {path: tuple(found) for path, found in done.items()}
