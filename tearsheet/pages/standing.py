"""What the pages of the last build were made of, and which pages a change since then touches.

Takes the corpus as it was and as it is; gives Touched. Guarantees that a page which is not
touched would be the same if it were made again: a law holds the marks of all pages that are
told by this to those that are told from nothing.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, pairwise

import msgspec

from tearsheet.atlas import Position, position_of_place
from tearsheet.cache import Cache
from tearsheet.digests import digest, key_of
from tearsheet.model import Entity, EntityType
from tearsheet.pages.card import Card
from tearsheet.pages.company import NONE_PACKED, Packed
from tearsheet.pages.holdings import Held, Holdings, Row, Rows
from tearsheet.pages.planned import Listed
from tearsheet.records import Told
from tearsheet.shelves import LostError, Shelves

MOST_IDLE = 2
"""Numbers given to entities, for each that is there: beyond that all is told anew."""


class Face(msgspec.Struct, array_like=True, frozen=True):
    """An entity as its own page shows it, told by a mark, and as those of others do; `at` is where
    it is on the map.
    """

    mark: str
    label: str
    type: EntityType
    at: Position | None


class Seat(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record as pages showed it: what it told, and with what its publication and its topics are
    called the `brief` of that ("": not known); the names in it; its card.
    """

    told: Told
    brief: str
    row: Row
    card: Card


Names = Mapping[str, tuple[str, ...]]
"""By the key of a publication or of a topic: how it is called, and where its page is."""


class Whole(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a corpus as one: the names by number and the records that hold each, the
    entities, who stands with whom, how publications and topics are called, the scale (kinship.py),
    the lists of records by their names. `plan` tells the plan of their pages from any other.
    """

    plan: str = ""
    names: Sequence[str] = ()
    held: Held = {}
    faces: Mapping[str, Face] = {}
    company: Mapping[str, Packed] = {}
    called: Names = {}
    scale: str = ""
    lists: Mapping[str, Listed] = {}


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """A corpus as it is kept: `order` is that of its records in time."""

    whole: Whole
    order: tuple[str, ...]
    seats: tuple[bytes, ...]


class Standing(msgspec.Struct, frozen=True):
    """A corpus as its pages showed it: `seats` are its records by path, in time order."""

    seats: Mapping[str, Seat] = {}
    whole: Whole = Whole()
    shelves: Shelves[Seat] = msgspec.field(default_factory=lambda: Shelves(Seat))
    """Where the seats lie, and are laid by the next build."""

    @property
    def rows(self) -> Rows:
        """The names in each record."""
        rows = {path: seat.row for path, seat in self.seats.items()}
        numbers = {path: int(seat.card.number) for path, seat in self.seats.items()}
        return Rows(rows, numbers, self.whole.names, self.whole.held)

    @property
    def briefs(self) -> dict[str, str]:
        """What tells apart all that a record's page says of the record."""
        return {path: seat.brief for path, seat in self.seats.items()}


_KEY = key_of("what the pages showed, and of whom")
_OUT, _IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Kept)


def read_standing(cache: Cache, plan: str | None = None) -> Standing:
    """Give what the last build left; nothing where most of its names are no more, or where its
    pages are of another `plan`.
    """
    packed = cache.get(_KEY)
    if packed is None:
        return Standing()
    kept = _IN.decode(packed)
    whole, shelves = kept.whole, Shelves(Seat)
    if len(whole.names) > MOST_IDLE * len(whole.company) or plan not in (None, whole.plan):
        return Standing()
    try:
        shelves.take(kept.seats, cache)
        lying = shelves.all()
    except LostError:
        return Standing()
    return Standing({path: lying[path] for path in kept.order}, whole, shelves)


def keep_standing(now: Standing, before: Standing, cache: Cache) -> None:
    """Keep what this build shows for the next."""
    shelves = before.shelves
    for path in before.seats.keys() - now.seats.keys():
        shelves.drop(path)
    for path, seat in now.seats.items():
        if before.seats.get(path) is not seat:
            shelves.lay(path, seat)
    kept = _Kept(now.whole, tuple(now.seats), shelves.keys(cache))
    cache.put(_KEY, _OUT.encode(kept))


def faces_of(entities: Iterable[Entity], before: Mapping[str, Face]) -> dict[str, Face]:
    """Give entities as pages show them."""
    return {one.id: _face(one, before.get(one.id)) for one in entities}


def _face(entity: Entity, before: Face | None) -> Face:
    mark = digest(entity)
    if before is not None and before.mark == mark:
        return before
    return Face(mark, entity.label, entity.type, position_of_place(entity))


class Touched(msgspec.Struct, frozen=True):
    """The records, by path, and the entities, by id, whose pages may show something else than
    those of the last build.
    """

    records: Set[str]
    entities: Set[str]
    all: bool = False
    """That nothing is known of the last build, so that these are all that there are."""


def touched(before: Standing, now: Standing, held: Holdings, rare: int) -> Touched:
    """Say what the changes since the last build touch. Names that stand in more than `rare`
    records relate none.
    """
    was, new = before.briefs, now.briefs
    if not before.whole.plan or before.whole.scale != now.whole.scale or not all(new.values()):
        return Touched(new.keys(), now.whole.faces.keys(), all=True)
    came = {path for path, brief in new.items() if was.get(path) != brief}
    changed = came | (was.keys() - new.keys())
    names = set(_names(before, changed)) | set(_names(now, came))
    faces = {
        name
        for name, face in now.whole.faces.items()
        if (old := before.whole.faces.get(name))
        and (old.label, old.type) != (face.label, face.type)
    }
    order = tuple(new)
    named = {order[place] for name in faces for place in held.holders(name)}
    kin = {
        order[place]
        for name in names
        if held.number_of_records(name) <= rare + len(came)
        for place in held.holders(name)
    }
    beside = _with_other_neighbours(was, new, changed)
    return Touched(
        came.union(beside, named, kin, _alike(now.seats, changed)) & new.keys(),
        names.union(_entities(before, now, faces)),
    )


def _names(standing: Standing, paths: Iterable[str]) -> Iterator[str]:
    """Give the names in records, as far as these are there."""
    for path in paths:
        if path in standing.seats:
            numbers = array("I", standing.seats[path].row.numbers)
            yield from map(standing.whole.names.__getitem__, numbers)


def _with_other_neighbours(
    was: Iterable[str], new: Iterable[str], changed: Set[str]
) -> Iterator[str]:
    """Give the records that others stand before and after than did, or others than they were."""
    before, now = _pairs(was), _pairs(new)
    yield from chain.from_iterable(now - before)
    yield from chain.from_iterable(pair for pair in now if not changed.isdisjoint(pair))


def _pairs(order: Iterable[str]) -> set[tuple[str, str]]:
    """Give what stands side by side, nothing before the first and after the last."""
    return set(pairwise(("", *order, "")))


def _alike(seats: Mapping[str, Seat], changed: Set[str]) -> set[str]:
    """Give the records that tell the same text as one that changed, or as one that does so: which
    of them is the earliest is told on all.
    """
    alike = {
        path: {one.path for one in seat.told.same_text}
        for path, seat in seats.items()
        if seat.told.same_text
    }
    near = {path for path, others in alike.items() if not changed.isdisjoint(others)}
    return near | {path for path, others in alike.items() if not near.isdisjoint(others)}


def _entities(before: Standing, now: Standing, faces: Set[str]) -> Iterator[str]:
    """Give the entities that are shown as they were not, or stand with others, or with some that
    are called otherwise now.
    """
    for name, face in now.whole.faces.items():
        near = now.whole.company.get(name, NONE_PACKED)
        if (
            before.whole.faces.get(name) != face
            or before.whole.company.get(name, NONE_PACKED) != near
            or (
                faces
                and not faces.isdisjoint(name for name, _ in near.read(now.whole.names).nearest)
            )
        ):
            yield name
