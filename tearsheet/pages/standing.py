"""What the pages of the last build were made of, and which pages a change since then touches.

Takes the corpus as it was and as it is; gives Touched. Guarantees that a page which is not
touched would be the same if it were made again: a law holds the marks of all pages that are
told by this to those that are told from nothing.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import msgspec

from tearsheet.cache import Cache
from tearsheet.digests import digest, key_of
from tearsheet.model import Entity, EntityType, Record
from tearsheet.pages.company import NONE_PACKED, Packed
from tearsheet.pages.holdings import Holdings, Row

MOST_IDLE = 2
"""Numbers given to entities, for each that is there: beyond that all is told anew."""


class Face(msgspec.Struct, array_like=True, frozen=True):
    """An entity as its own page shows it, told by a mark, and as those of others do."""

    mark: str
    label: str
    type: EntityType


class Standing(msgspec.Struct, array_like=True, frozen=True):
    """A corpus as its pages showed it: of records, by path and in time order, `briefs` tell apart
    all that one says by itself; `rows` the names in it, by their numbers in `names`; `faces`
    those of the entities, `company` who stands with whom; `scale` is that of the whole
    (kinship.py); `marks` tell apart all that pages were made of.
    """

    briefs: dict[str, str] = {}
    names: tuple[str, ...] = ()
    rows: dict[str, Row] = {}
    faces: dict[str, Face] = {}
    company: dict[str, Packed] = {}
    scale: str = ""
    marks: dict[str, str] = {}


NOTHING = Standing()
_KEY = key_of("what the pages showed")
_IN = msgspec.msgpack.Decoder(Standing)


def read_standing(cache: Cache) -> Standing:
    """Give what the last build left; nothing where most of its names are no more."""
    packed = cache.get(_KEY)
    found = _IN.decode(packed) if packed else NOTHING
    return NOTHING if len(found.names) > MOST_IDLE * len(found.company) else found


def keep_standing(now: Standing, cache: Cache) -> None:
    """Keep what this build shows for the next."""
    cache.put(_KEY, msgspec.msgpack.encode(now))


def faces_of(entities: Iterable[Entity]) -> dict[str, Face]:
    """Give entities as pages show them."""
    return {one.id: Face(digest(one), one.label, one.type) for one in entities}


def rows_changed(before: Standing, held: Holdings) -> list[frozenset[int]]:
    """Give the numbers of the names in each record's row that came, went or changed, as it was and
    as it is.
    """
    found: list[frozenset[int]] = []
    for path in before.rows.keys() | held.rows.keys():
        old, new = before.rows.get(path), held.rows.get(path)
        if old is not new:
            found += [frozenset(array("I", row.numbers)) for row in (old, new) if row is not None]
    return found


@dataclass(frozen=True, slots=True)
class Touched:
    """The records, by path, and the entities, by id, whose pages may show something else than
    those of the last build.
    """

    records: Set[str]
    entities: Set[str]


def touched(
    before: Standing, now: Standing, held: Holdings, records: Mapping[str, Record], rare: int
) -> Touched:
    """Say what the changes since the last build touch. `records` are those of now by path; names
    that stand in more than `rare` of them relate none.
    """
    if not before.marks or before.scale != now.scale or not all(now.briefs.values()):
        return Touched(now.briefs.keys(), now.faces.keys())
    came = {path for path, brief in now.briefs.items() if before.briefs.get(path) != brief}
    changed = came | (before.briefs.keys() - now.briefs.keys())
    names = set(_names(before, changed)) | set(_names(now, came))
    faces = {
        name
        for name, face in now.faces.items()
        if (old := before.faces.get(name)) and (old.label, old.type) != (face.label, face.type)
    }
    order = tuple(now.briefs)
    named = {order[place] for name in faces for place in held.holders(name)}
    kin = {
        order[place]
        for name in names
        if held.number_of_records(name) <= rare + len(came)
        for place in held.holders(name)
    }
    beside = _with_other_neighbours(before, now, changed)
    return Touched(
        came.union(beside, named, kin, _alike(records, changed)),
        names.union(_entities(before, now, faces)),
    )


def _names(standing: Standing, paths: Iterable[str]) -> Iterator[str]:
    """Give the names in records, as far as these are there."""
    for path in paths:
        if path in standing.rows:
            yield from (standing.names[one] for one in array("I", standing.rows[path].numbers))


def _with_other_neighbours(before: Standing, now: Standing, changed: Set[str]) -> Iterator[str]:
    """Give the records that others stand before and after than did, or others than they were."""
    was, new = _neighbours(before.briefs), _neighbours(now.briefs)
    for path, around in new.items():
        if was.get(path) != around or not changed.isdisjoint(around):
            yield path


def _neighbours(briefs: Iterable[str]) -> dict[str, tuple[str, str]]:
    order = ["", *briefs, ""]
    return dict(zip(order[1:-1], zip(order, order[2:], strict=False), strict=True))


def _alike(records: Mapping[str, Record], changed: Set[str]) -> set[str]:
    """Give the records that tell the same text as one that changed, or as one that does so: which
    of them is the earliest is told on all.
    """
    alike = {p: {o.path for o in one.same_text} for p, one in records.items() if one.same_text}
    near = {path for path, others in alike.items() if not changed.isdisjoint(others)}
    return near | {path for path, others in alike.items() if not near.isdisjoint(others)}


def _entities(before: Standing, now: Standing, faces: Set[str]) -> Iterator[str]:
    """Give the entities that are shown as they were not, or stand with others, or with some that
    are called otherwise now.
    """
    for name, face in now.faces.items():
        near = now.company.get(name, NONE_PACKED)
        if (
            before.faces.get(name) != face
            or before.company.get(name, NONE_PACKED) != near
            or (faces and not faces.isdisjoint(other for other, _ in near.read().nearest))
        ):
            yield name
