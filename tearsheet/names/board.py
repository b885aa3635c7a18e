"""The atoms of many documents in one row, to be joined or kept apart.

Takes what documents and the authority hold; gives a Board. Guarantees that documents stand in
the order of their paths and the authority behind them, so that the order in which they were
given does not matter.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tearsheet.model import Authority
from tearsheet.names.atoms import Atom, last_sound, of_authority
from tearsheet.names.authority import aliases
from tearsheet.names.pieces import Doubt, Pieces, Tie
from tearsheet.slugs import slug


class Portion(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What one document, or a name of the authority, has in a circle.

    `place` is 0 for a document, and 1 for the authority's names, which stand behind all documents.
    """

    place: int
    path: str
    pieces: Pieces


class Places(msgspec.Struct, frozen=True):
    """Words of the places of the corpus, and places of one word."""

    words: frozenset[str]
    single: frozenset[str]


class Board(msgspec.Struct, frozen=True):
    """Atoms in one row; `offsets` say where those of each portion begin."""

    atoms: tuple[Atom, ...]
    portions: tuple[Portion, ...]
    offsets: tuple[int, ...]

    def parts(self) -> Iterator[tuple[Pieces, int]]:
        """Give the pieces of each portion and the number of its first atom."""
        for portion, offset in zip(self.portions, self.offsets, strict=True):
            yield portion.pieces, offset


def board(portions: Iterable[Portion], always: frozenset[str] = frozenset()) -> Board:
    """Lay portions out in order; of the authority's names those that sound like one of a document.

    An authority of 100,000 aliases would otherwise be compared with itself. `always` are the
    entries whose names an editor's ruling speaks of: those have a place in any case.
    """
    ordered = sorted(portions, key=lambda one: (one.place, one.path))
    sounds = {last_sound(a) for one in ordered if not one.place for a in one.pieces.atoms}
    kept = tuple(one for one in ordered if not one.place or _wanted(one, sounds, always))
    offsets: list[int] = []
    atoms: list[Atom] = []
    for one in kept:
        offsets.append(len(atoms))
        atoms += one.pieces.atoms
    return Board(tuple(atoms), kept, tuple(offsets))


def _wanted(one: Portion, sounds: set[str], always: frozenset[str]) -> bool:
    (atom,) = one.pieces.atoms
    return atom.entity in always or last_sound(atom) in sounds


def of_entries(authority: Iterable[Authority]) -> Iterator[Portion]:
    """Give the names of the authority, each as a portion of its own."""
    for entry in authority:
        for number, atom in enumerate(of_authority(entry)):
            yield Portion(1, f"{entry.id}\0{number:06}", Pieces((atom,), (), ()))


def spoken_of(authority: Iterable[Authority], ruled: frozenset[str]) -> frozenset[str]:
    """Give the entries that bear a name of which a ruling speaks, by slug."""
    if not ruled:
        return frozenset()
    return frozenset(
        entry.id
        for entry in authority
        if not ruled.isdisjoint(slug(name) for name in (entry.id, *aliases(entry)))
    )


def places_of(atoms: Iterable[Atom]) -> Places:
    """Give the places among atoms."""
    keys = [atom.key for atom in atoms if atom.type == "place"]
    return Places(
        frozenset(word for key in keys for name in key for word in name.split()),
        frozenset(key[0] for key in keys if len(key) == 1),
    )


def cut(pieces: Pieces, numbers: Sequence[int]) -> Pieces:
    """Give some atoms of a document with what binds them; what binds one binds none but them."""
    if len(numbers) == len(pieces.atoms):
        return pieces
    new = {old: at for at, old in enumerate(numbers)}
    return Pieces(
        tuple(pieces.atoms[number] for number in numbers),
        tuple(Tie(new[t.left], new[t.right], t.reason) for t in pieces.ties if t.left in new),
        tuple(
            Doubt(new[d.atom], tuple(new[one] for one in d.candidates))
            for d in pieces.doubts
            if d.atom in new
        ),
        tuple((new[left], new[right]) for left, right in pieces.apart if left in new),
    )
