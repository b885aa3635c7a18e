"""By what atoms of different documents can come to bear on each other.

Takes atoms and the editor's word; gives hooks. Guarantees that two atoms of which any rule of
joining or keeping apart ever compares one with the other share a hook, or are bound in their own
document, or ask the same question (`asked`) of the places of the corpus: so atoms that are bound
by no chain of these can be resolved by themselves, with the same result. Every rule that looks
from one document to another has its line here: see across.py, people.py, joining.py.
"""

from collections.abc import Iterable, Iterator

import msgspec

from tearsheet.model import Ruling
from tearsheet.names.across import BODIES
from tearsheet.names.atoms import Atom, last_sound
from tearsheet.names.board import Places
from tearsheet.names.games import is_place
from tearsheet.names.joining import Editor
from tearsheet.names.normal import organisation_words
from tearsheet.names.pieces import Pieces
from tearsheet.slugs import slug

_Known = tuple[object, ...]


class Hooks(msgspec.Struct, frozen=True):
    """The hooks of atoms under an editor's word; those of atoms alike are made once."""

    editor: Editor
    _known: dict[_Known, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def of(self, atom: Atom) -> tuple[str, ...]:
        """Give the hooks of an atom."""
        alike = (atom.type, atom.key, atom.surfaces, atom.entity, atom.qualifier, atom.game)
        found = self._known.get(alike)
        if found is None:
            found = tuple(dict.fromkeys((*_by_name(atom), *self._by_word(atom))))
            self._known[alike] = found
        return found

    def _by_word(self, atom: Atom) -> Iterator[str]:
        """Give the hooks that the authority and the rulings make."""
        editor = self.editor
        if atom.entity is not None:
            yield f"O {atom.entity}"
            yield from (f"O {other}" for other in editor.never.get(atom.entity, ()))
        elif editor.kept_off:
            yield from (f"O {owner}" for owner in editor.kept_off_by(atom))
        if editor.ruled:
            yield from (spoken(editor.rulings[number]) for number in editor.rulings_on(atom))


def spoken(ruling: Ruling) -> str:
    """Give the hook of what a ruling speaks of."""
    return f"R {' '.join(sorted((slug(ruling.left), slug(ruling.right))))}"


def _by_name(atom: Atom) -> Iterator[str]:
    key = atom.key
    yield f"L {last_sound(atom)}"
    if atom.type == "person":
        yield from _of_person(key)
    if atom.type != "place" and atom.qualifier is None:
        words = organisation_words(atom.name)
        if len(words) > 1:
            yield f"W {' '.join(words)}"
    if atom.type == "organisation":
        yield from _of_group(atom)


def _of_person(key: tuple[str, ...]) -> Iterator[str]:
    if len(key) == 2:  # in either order
        yield f"T {' '.join(sorted(key))}"
    elif len(key) > 2:  # turned round
        yield f"T {' '.join(min(key[i:] + key[:i] for i in (0, 1, -1)))}"


def _of_group(atom: Atom) -> Iterator[str]:
    key = atom.key
    if len(key) > 2:
        yield f"L {' '.join(key[1:])}"  # a town's: what it ends with
        if key[-1] in BODIES:
            yield f"B {' '.join(key[:-1])}"
    if not atom.game:
        return
    yield f"G {atom.game} {key[0] if atom.qualifier == atom.game else ' '.join(key)}"
    for size in range(1, len(key)) if atom.qualifier is None else ():
        town, nickname = " ".join(key[:size]), " ".join(key[size:])
        if is_place(town):
            yield f"G {atom.game} {town}"
            yield f"G {atom.game} {nickname}"


def bound(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Give the pairs of atoms that their document binds, to join them or to keep them apart."""
    yield from ((tie.left, tie.right) for tie in pieces.ties)
    yield from ((doubt.atom, one) for doubt in pieces.doubts for one in doubt.candidates)
    yield from pieces.apart


def asked(portions: Iterable[Pieces]) -> frozenset[str]:
    """Give what is asked of the places of the corpus.

    `W marlow`: is it a word of one's name? `P marlow`: is there one that is called so?
    """
    found: set[str] = set()
    for pieces in portions:
        for tie in pieces.ties:
            short = pieces.atoms[tie.left]
            if short.type == "organisation" and len(short.key) == 1:
                found.add(f"W {short.key[0]}")
        for atom in pieces.atoms:
            group = atom.type == "organisation" and atom.qualifier is None and len(atom.key) > 2
            if group and not is_place(atom.key[0].title()):
                found.add(f"P {atom.key[0]}")
    return frozenset(found)


def told(places: Places) -> frozenset[str]:
    """Give the questions that these places answer with yes."""
    words = (f"W {word}" for word in places.words)
    return frozenset((*words, *(f"P {name}" for name in places.single)))


def answered(asking: Iterable[str]) -> Places:
    """Give the places that the questions which were answered with yes speak of."""
    rows = [one.split(" ", 1) for one in asking]
    return Places(
        frozenset(name for kind, name in rows if kind == "W"),
        frozenset(name for kind, name in rows if kind == "P"),
    )
