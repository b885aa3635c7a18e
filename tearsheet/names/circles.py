"""The atoms of a corpus in circles, each of which can be resolved by itself, and kept.

Takes documents that come and go; gives the findings of every circle. Guarantees that atoms which
may bear on each other are in one circle (hooks.py), so that the findings are those of one board
with all atoms; a circle in which nothing changed is not looked at again. A circle that a document
leaves is not parted: it may be larger than it must, which costs time and changes nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from tearsheet.cache import Cache
from tearsheet.digests import key_of
from tearsheet.model import EntityType, Ruling
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
    """A document as it came: a mark of what it holds, and its circles, packed; `told` is a mark of
    its mentions as they were resolved.
    """

    mark: bytes
    circles: bytes
    told: bytes = b""


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


class Meant(NamedTuple):
    """Some mentions of a document, by number, and what they are of."""

    path: str
    mentions: tuple[int, ...]
    id: str
    type: EntityType


class _Todo(msgspec.Struct, frozen=True):
    """A circle to be resolved: its portions and its board, or where these are not at hand its
    portions packed.
    """

    portions: tuple[Portion, ...]
    packed: tuple[bytes, ...]
    asked: frozenset[str]
    told: frozenset[str]
    board: Board | None


_OUT = msgspec.msgpack.Encoder()
_BODY_IN, _PORTION_IN = msgspec.msgpack.Decoder(_Body), msgspec.msgpack.Decoder(Portion)
_PORTIONS_IN = msgspec.msgpack.Decoder(tuple[Portion, ...])


class Circles(msgspec.Struct):
    """Circles while documents come and go; `settle` resolves those that changed."""

    drawn: Drawn
    hooks: Hooks
    cache: Cache
    guests: Mapping[str, bytes]
    """The authority's names by their sound, packed: they come when a document has one that sounds so."""
    _fresh: defaultdict[int, list[bytes]] = msgspec.field(default_factory=lambda: defaultdict(list))
    _gone: defaultdict[int, set[str]] = msgspec.field(default_factory=lambda: defaultdict(set))
    _grown: set[int] = msgspec.field(default_factory=set)
    _entered: set[str] = msgspec.field(default_factory=set)
    _meant: defaultdict[int, set[Meant]] = msgspec.field(default_factory=lambda: defaultdict(set))
    _at_hand: int = 0

    # ------------------------------------------------------------ coming and going

    def leave(self, path: str) -> None:
        """Take a document out."""
        for circle in array("I", self.drawn.seats.pop(path).circles):
            self._gone[circle].add(path)
        self.drawn.left += 1

    def enter(self, path: str, mark: bytes, pieces: Pieces) -> None:
        """Take a document in."""
        for atom in pieces.atoms if self.guests else ():
            names = self.guests.get(last_sound(atom))
            self._invite(_PORTIONS_IN.decode(names) if names else ())
        self.drawn.seats[path] = Seat(mark, self._take(0, path, pieces))
        self._entered.add(path)

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

    def _take(self, place: int, path: str, pieces: Pieces) -> bytes:
        mine = [self._circle(self.hooks.of(atom)) for atom in pieces.atoms]
        for left, right in bound(pieces):
            self._unite(mine[left], mine[right])
        by_circle: defaultdict[int, list[int]] = defaultdict(list)
        for number, circle in enumerate(mine):
            by_circle[self._root(circle)].append(number)
        for circle, numbers in by_circle.items():
            self._fresh[circle].append(_OUT.encode(Portion(place, path, cut(pieces, numbers))))
        return array("I", by_circle).tobytes()

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

    def settle(self) -> Mapping[int, Set[Meant]]:
        """Resolve the circles that changed; give them, each with what was meant in it before by
        documents that were there before.
        """
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
        return {root: self._meant.get(root, set()) for root in todo}

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
        stayed = self._stayed(root, olds)
        fresh = self._fresh.get(root, [])
        portions = (*stayed, *map(_PORTION_IN.decode, fresh))
        laid = board(portions, self.hooks.editor.always)
        self._at_hand += len(laid.atoms)
        at_hand = self._at_hand < AT_HAND
        return _Todo(
            portions if at_hand else (),
            () if at_hand else (*map(_OUT.encode, stayed), *fresh),
            asked(one.pieces for one in laid.portions),
            told(places_of(laid.atoms)) | self.hooks.editor.spoken(laid.atoms),
            laid if at_hand else None,
        )

    def _stayed(self, root: int, olds: Sequence[int]) -> list[Portion]:
        """Take the portions of circles that are one now, without those of documents that left."""
        gone = self._gone.get(root, set())
        portions: list[Portion] = []
        for old in olds:
            circle = self.drawn.circles.pop(old)
            self._count(circle.told, -1)
            body = self._body(circle)
            meant = _meant(body, circle.findings, circle.ids)
            self._meant[root].update(one for one in meant if one.path not in self._entered)
            portions += (*body.portions, *body.silent)
        return [one for one in portions if one.place or one.path not in gone]

    def _count(self, said: Sequence[str] | frozenset[str], by: int) -> None:
        for one in said:
            self.drawn.told[one] = self.drawn.told.get(one, 0) + by

    def _resolve(self, root: int, todo: _Todo) -> None:
        portions = todo.portions or tuple(map(_PORTION_IN.decode, todo.packed))
        if not portions:
            return
        laid = todo.board or board(portions, self.hooks.editor.always)
        places = answered(one for one in todo.asked if self.drawn.told.get(one))
        found = read(laid, places, self.hooks.editor)
        silent = _silent(portions, laid)
        body = _OUT.encode(_Body(laid.portions, found.of_atom, silent))
        apart = self.cache.keeps and len(body) > SMALL
        if apart:
            self.cache.put(key := key_of(body), body)
            body = key
        said = tuple(sorted(todo.told))
        asking = tuple(sorted(todo.asked))
        self.drawn.circles[root] = Circle(body, apart, found.findings, asking, said)

    # ------------------------------------------------------------ what was resolved

    def meant(self, root: int, ids: Sequence[str]) -> Iterator[Meant]:
        """Give what is meant in a circle whose groups have these ids."""
        circle = self.drawn.circles[root]
        return _meant(self._body(circle), circle.findings, ids)

    def entered(self) -> Set[str]:
        """Give the documents that were taken in."""
        return self._entered

    def _body(self, circle: Circle) -> _Body:
        body = self.cache.get(circle.body) if circle.apart else circle.body
        if body is None:
            raise LostError
        return _BODY_IN.decode(body)

    def touch(self) -> None:
        """Take all that lies in the cache as asked for."""
        circles = self.drawn.circles.values()
        self.cache.touch(*(circle.body for circle in circles if circle.apart))


def _silent(portions: Sequence[Portion], laid: Board) -> tuple[Portion, ...]:
    """Give the portions that have no place on a board."""
    if len(portions) == len(laid.portions):
        return ()
    here = set(laid.portions)
    return tuple(one for one in portions if one not in here)


def _meant(body: _Body, findings: Findings, ids: Sequence[str]) -> Iterator[Meant]:
    at = 0
    for one in body.portions:
        for atom in one.pieces.atoms:
            group = body.of_atom[at]
            if atom.mentions and group != NOBODY:
                yield Meant(one.path, atom.mentions, ids[group], findings.groups[group].type)
            at += 1


def _changed(old: tuple[Ruling, ...], new: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    """Give the rulings that came, went or stand in another order than before."""
    both = set(old) & set(new)
    if [one for one in old if one in both] != [one for one in new if one in both]:
        both = set()
    return tuple(one for one in (*old, *new) if one not in both)
