"""The atoms of a corpus in circles, each of which can be resolved by itself, and kept.

Takes documents that come and go; gives the findings of every circle. Guarantees that atoms which
may bear on each other are in one circle (hooks.py), so that the findings are those of one board
with all atoms; a circle in which nothing changed is not looked at again. A circle that a document
leaves is not parted: it may be larger than it must, which costs time and changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from tearsheet.cache import Cache
from tearsheet.digests import key_of
from tearsheet.model import Ruling
from tearsheet.names.atoms import last_sound
from tearsheet.names.authority import aliases
from tearsheet.names.board import Board, Portion, board, cut, of_entries, places_of
from tearsheet.names.findings import NOBODY, Findings, read
from tearsheet.names.hooks import Hooks, answered, asked, bound, spoken, told
from tearsheet.names.pieces import Pieces
from tearsheet.shelves import LostError
from tearsheet.slugs import slug

SMALL = 600
"""Bytes up to which a circle's atoms lie with its findings, and not apart in the cache."""
AT_HAND = 20_000
"""Atoms that stay laid out between two looks at them; those of a large corpus are laid out twice."""


class _Body(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The portions of a circle, and the group of every atom on its board; `silent` are names of
    the authority that have no place on it.
    """

    portions: tuple[Portion, ...]
    of_atom: tuple[int, ...]
    silent: tuple[Portion, ...]


class Circle(msgspec.Struct, array_like=True, gc=False):
    """A circle that was resolved. `ids` are those that its groups were given; `body` is packed,
    or the key under which it lies in the cache.
    """

    body: bytes
    apart: bool
    findings: Findings
    asked: tuple[str, ...]
    told: tuple[str, ...]
    ids: tuple[str, ...] = ()


class Seat(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A document as it came: a mark of what it holds, and its circles."""

    mark: bytes
    circles: tuple[int, ...]


class Drawn(msgspec.Struct, array_like=True):
    """All circles as they are kept. `told` counts the circles that answer a question with yes,
    `left` the documents that went since the circles were drawn; `invited` are the names of the
    authority that have a place.
    """

    of_hook: dict[str, int] = {}
    parent: list[int] = []
    seats: dict[str, Seat] = {}
    circles: dict[int, Circle] = {}
    told: dict[str, int] = {}
    left: int = 0
    rulings: tuple[Ruling, ...] = ()
    invited: set[str] = set()


@dataclass(frozen=True, slots=True)
class Member:
    """An atom with mentions: its document, its mentions by number, its group in the circle."""

    path: str
    mentions: tuple[int, ...]
    group: int


@dataclass(frozen=True, slots=True)
class _Todo:
    """A circle to be resolved: its portions packed, and its board where that is at hand."""

    packed: tuple[bytes, ...]
    asked: frozenset[str]
    told: frozenset[str]
    board: Board | None


_OUT = msgspec.msgpack.Encoder()
_BODY_IN, _PORTION_IN = msgspec.msgpack.Decoder(_Body), msgspec.msgpack.Decoder(Portion)


@dataclass(slots=True)
class Circles:
    """Circles while documents come and go; `settle` resolves those that changed."""

    drawn: Drawn
    hooks: Hooks
    cache: Cache
    guests: Mapping[str, Sequence[Portion]]
    """The authority's names by their sound: they come when a document has one that sounds so."""
    _fresh: defaultdict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    _gone: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _grown: set[int] = field(default_factory=set)
    _at_hand: int = 0

    # ------------------------------------------------------------ coming and going

    def leave(self, path: str) -> None:
        """Take a document out."""
        for circle in self.drawn.seats.pop(path).circles:
            self._gone[circle].add(path)
        self.drawn.left += 1

    def enter(self, path: str, mark: bytes, pieces: Pieces) -> None:
        """Take a document in."""
        for atom in pieces.atoms if self.guests else ():
            self._invite(self.guests.get(last_sound(atom), ()))
        self.drawn.seats[path] = Seat(mark, self._take(0, path, pieces))

    def _invite(self, names: Iterable[Portion]) -> None:
        """Take names of the authority in."""
        for one in names:
            if one.path not in self.drawn.invited:
                self.drawn.invited.add(one.path)
                self._take(one.place, one.path, one.pieces)

    def rule(self, rulings: tuple[Ruling, ...]) -> None:
        """Take up an editor's rulings: both sides of one are in one circle."""
        editor = self.hooks.editor
        self._invite(of_entries(editor.entries[name] for name in sorted(editor.always)))
        changed = _changed(self.drawn.rulings, rulings)
        self.drawn.rulings = rulings
        bearing = self._bearing({slug(name) for one in changed for name in (one.left, one.right)})
        for one in changed:
            sides = [bearing[slug(name)] for name in (one.left, one.right)]
            found = [circle for side in sides for circle in side]
            for circle in found:
                self._grown.add(self._unite(found[0], circle))
            if found:
                self._unite(found[0], self._circle((spoken(one),), found[0]))

    def _bearing(self, names: set[str]) -> Mapping[str, Sequence[int]]:
        """Give the circles that hold a name of which rulings speak, by slug."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, circle in self.drawn.circles.items() if names else ():
            for group in circle.findings.groups:
                for name in names.intersection(group.names):
                    found[name].append(number)
        entries = self.hooks.editor.entries.values() if names else ()
        called = [
            *((name, (name,)) for name in sorted(names)),
            *((e.id, aliases(e)) for e in entries),
        ]
        for owner, others in called:
            at = self.drawn.of_hook.get(f"O {owner}")
            if at is not None:
                for name in names.intersection(map(slug, others)):
                    found[name].append(at)
        return found

    def _take(self, place: int, path: str, pieces: Pieces) -> tuple[int, ...]:
        mine = [self._circle(self.hooks.of(atom)) for atom in pieces.atoms]
        for left, right in bound(pieces):
            self._unite(mine[left], mine[right])
        by_circle: defaultdict[int, list[int]] = defaultdict(list)
        for number, circle in enumerate(mine):
            by_circle[self._root(circle)].append(number)
        for circle, numbers in by_circle.items():
            self._fresh[circle].append(_OUT.encode(Portion(place, path, cut(pieces, numbers))))
        return tuple(by_circle)

    def _circle(self, hooks: Sequence[str], found: int = -1) -> int:
        """Give the circle of an atom, which its hooks may make of several."""
        of_hook, parent = self.drawn.of_hook, self.drawn.parent
        for hook in hooks:
            known = of_hook.get(hook)
            if known is not None:
                found = self._root(known) if found < 0 else self._unite(found, known)
        if found < 0:
            found = len(parent)
            parent.append(found)
        for hook in hooks:
            of_hook.setdefault(hook, found)
        return found

    def _root(self, circle: int) -> int:
        """Give the circle that one has become part of."""
        parent = self.drawn.parent
        while parent[circle] != circle:
            parent[circle] = parent[parent[circle]]
            circle = parent[circle]
        return circle

    def _unite(self, left: int, right: int) -> int:
        one, two = sorted((self._root(left), self._root(right)))
        if one != two:
            self.drawn.parent[two] = one
            self._grown.add(one)
        return one

    # ------------------------------------------------------------ resolving

    def settle(self) -> frozenset[int]:
        """Resolve the circles that changed; give them."""
        drawn = self.drawn
        before = {one for one, count in drawn.told.items() if count}
        todo: dict[int, _Todo] = {}
        for root, olds in self._changed().items():
            todo[root] = self._todo(root, olds)
            self._count(todo[root].told, 1)
        changed = before ^ {one for one, count in drawn.told.items() if count}
        for root in sorted(drawn.circles) if changed else ():
            if not changed.isdisjoint(drawn.circles[root].asked):
                todo[root] = self._todo(root, [root])
                self._count(todo[root].told, 1)
        for root in sorted(todo):
            self._resolve(root, todo[root])
        self._fresh.clear()
        self._gone.clear()
        self._grown.clear()
        return frozenset(todo)

    def _changed(self) -> dict[int, list[int]]:
        """Give the circles that changed, each with those that it was made of."""
        roots = {self._root(one) for one in (*self._fresh, *self._gone, *self._grown)}
        made_of: dict[int, list[int]] = {root: [] for root in sorted(roots)}
        for circle in sorted(self.drawn.circles):
            if (root := self._root(circle)) in made_of:
                made_of[root].append(circle)
        for circle in (*self._fresh, *self._gone):
            if circle != (root := self._root(circle)):
                self._fresh[root] += self._fresh.pop(circle, [])
                self._gone[root] |= self._gone.pop(circle, set())
        return made_of

    def _todo(self, root: int, olds: Sequence[int]) -> _Todo:
        """Take up circles that are one now; what they told counts no more."""
        portions: list[Portion] = []
        for old in olds:
            circle = self.drawn.circles.pop(old)
            self._count(circle.told, -1)
            body = self._body(circle)
            portions += (*body.portions, *body.silent)
        gone = self._gone.get(root, set())
        packed = [_OUT.encode(one) for one in portions if one.place or one.path not in gone]
        packed += self._fresh.get(root, [])
        laid = self._laid(packed)
        self._at_hand += len(laid.atoms)
        return _Todo(
            tuple(packed),
            asked(one.pieces for one in laid.portions),
            told(places_of(laid.atoms)) | self.hooks.editor.spoken(laid.atoms),
            laid if self._at_hand < AT_HAND else None,
        )

    def _laid(self, packed: Sequence[bytes]) -> Board:
        return board(map(_PORTION_IN.decode, packed), self.hooks.editor.always)

    def _count(self, said: Sequence[str] | frozenset[str], by: int) -> None:
        for one in said:
            self.drawn.told[one] = self.drawn.told.get(one, 0) + by

    def _resolve(self, root: int, todo: _Todo) -> None:
        laid = todo.board or self._laid(todo.packed)
        if not todo.packed:
            return
        places = answered(one for one in todo.asked if self.drawn.told.get(one))
        found = read(laid, places, self.hooks.editor)
        here = set(laid.portions) if len(laid.portions) < len(todo.packed) else set()
        silent = (
            [one for one in map(_PORTION_IN.decode, todo.packed) if one not in here]
            if here or not laid.portions
            else []
        )
        body = _OUT.encode(_Body(laid.portions, found.of_atom, tuple(silent)))
        apart = self.cache.keeps and len(body) > SMALL
        if apart:
            self.cache.put(key := key_of(body), body)
            body = key
        said = tuple(sorted(todo.told))
        asking = tuple(sorted(todo.asked))
        self.drawn.circles[root] = Circle(body, apart, found.findings, asking, said)

    # ------------------------------------------------------------ what was resolved

    def members(self, root: int) -> Iterator[Member]:
        """Give the atoms of a circle that have mentions."""
        body = self._body(self.drawn.circles[root])
        at = 0
        for one in body.portions:
            for atom in one.pieces.atoms:
                if atom.mentions and body.of_atom[at] != NOBODY:
                    yield Member(one.path, atom.mentions, body.of_atom[at])
                at += 1

    def _body(self, circle: Circle) -> _Body:
        body = self.cache.get(circle.body) if circle.apart else circle.body
        if body is None:
            raise LostError
        return _BODY_IN.decode(body)

    def touch(self) -> None:
        """Take all that lies in the cache as asked for."""
        for circle in self.drawn.circles.values():
            if circle.apart:
                self.cache.touch(circle.body)


def _changed(old: tuple[Ruling, ...], new: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Give the rulings that came, went or stand in another order than before."""
    both = set(old) & set(new)
    if [one for one in old if one in both] != [one for one in new if one in both]:
        both = set()
    return tuple(one for one in (*old, *new) if one not in both)
