"""The corpus seen from every side that pages need: by entity, by date, by publication.

Takes a Corpus; gives a Catalogue. Computed once, so that pages only look things up; what the
last build knew of records that told the same is taken from it.
Guarantees one order everywhere: records by date of publication, then accession.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import log2

import msgspec
from msgspec.structs import replace

from tearsheet.archive.register import write_register
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import digest
from tearsheet.model import Corpus, Entity, EntityType, Finding, Record
from tearsheet.pages.card import Card, card_of, year_of
from tearsheet.pages.company import NONE_PACKED, Companions, Packed, company
from tearsheet.pages.holdings import Holdings, holdings
from tearsheet.pages.quotations import Quotations
from tearsheet.pages.standing import Names, Seat, Standing, Whole, faces_of, read_standing
from tearsheet.records import Records, Told
from tearsheet.report import findings
from tearsheet.slugs import slug, unused

MOST_RECORDS = 60
"""A name in more records than this relates none of them."""
STEPS = 4
"""To so many steps for each doubling the number of records is rounded."""


class Group(msgspec.Struct, frozen=True):
    """Records that have a page together, in time order: those of one publisher, or of what several
    sources say that they are about.
    """

    label: str
    slug: str
    records: tuple[Card, ...]


@dataclass(frozen=True)
class Catalogue:
    """The corpus with the look-ups that pages share. Keys of mappings are ids, slugs, years."""

    corpus: Corpus
    records: Records
    in_time: tuple[Card, ...]
    cards: Mapping[str, Card]
    """By path, in time order."""
    entities: Mapping[str, Entity]
    rare: Set[str]
    """The entities that few records mention, and more than one: see kinship.py."""
    most: int
    """In how many records a name may stand that relates them."""
    scale: float
    """The number of records, rounded: one record more does not relate all others anew."""
    holdings: Holdings
    companions: Mapping[str, Packed]
    """By entity id: the entities mentioned in the same records."""
    publications: Mapping[str, Group]
    """By publisher's name, case folded and without its article, in that order."""
    published_in: Mapping[str, Group]
    """By a record's path: its publication, if it has one."""
    topics: Mapping[str, Group]
    """By topic, case folded, in that order."""
    years: Mapping[str, tuple[Card, ...]]
    before: Standing
    """What the pages of the last build showed."""
    now: Standing
    """What those of this one show; they are not planned yet."""
    quotations: Quotations
    _companions: dict[str, Companions] = field(default_factory=dict)
    _appearances: dict[str, tuple[tuple[Card, int], ...]] = field(default_factory=dict)

    def named(self, record: Record) -> Iterator[tuple[str, int]]:
        """Give the entities that a record mentions, in the order of their ids, with how often."""
        return self.holdings.named(record.path)

    def number_of_records(self, entity: str) -> int:
        """Count the records that mention an entity."""
        return self.holdings.number_of_records(entity)

    def appearances(self, entity: str) -> tuple[tuple[Card, int], ...]:
        """Give the records that mention an entity, with how often, in time order."""
        if entity not in self._appearances:
            found = self.holdings.places(entity)
            self._appearances[entity] = tuple([(self.in_time[at], count) for at, count in found])
        return self._appearances[entity]

    def companions_of(self, entity: str) -> Companions:
        """Give the entities that stand in records together with one."""
        if entity not in self._companions:
            found = self.companions.get(entity, NONE_PACKED)
            self._companions[entity] = found.read(self.holdings.names)
        return self._companions[entity]

    def publication_of(self, path: str) -> Group | None:
        """The publication that a record belongs to, where its publisher is known."""
        return self.published_in.get(path)

    def topics_of(self, path: str) -> list[str]:
        """Give what the source says that a record is about, as the archive spells it."""
        return [self.topics[topic.casefold()].label for topic in self.cards[path].topics]

    def shown(self, entity: str) -> tuple[str, EntityType]:
        """Give all that a record's page shows of an entity: its label, its type."""
        found = self.entities[entity]
        return found.label, found.type

    def neighbours(self, path: str) -> tuple[Card | None, Card | None]:
        """Give the dated records before and after one in time, where it has a date itself."""
        card, dated = self.cards[path], self.dated
        if not card.published:
            return None, None
        place = bisect_left(dated, _time_key(card), key=_time_key)
        before = dated[place - 1] if place else None
        return before, dated[place + 1] if place + 1 < len(dated) else None

    @cached_property
    def dated(self) -> tuple[Card, ...]:
        """The records whose date is known, in time order: all others are behind them."""
        return tuple([card for card in self.in_time if card.published])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that a person should look at, the most consequential first."""
        return findings(self.corpus, [one for card in self.cards.values() for one in card.findings])

    @cached_property
    def register(self) -> bytes:
        """The register as it is written."""
        return write_register(self.corpus.register).encode()

    @cached_property
    def by_type(self) -> Mapping[EntityType, tuple[Entity, ...]]:
        """The entities of each type in the order of their labels."""
        found: dict[EntityType, list[Entity]] = {}
        for one in sorted(self.corpus.entities, key=lambda e: (e.label.casefold(), e.id)):
            found.setdefault(one.type, []).append(one)
        return {kind: tuple(members) for kind, members in found.items()}


def catalogue(corpus: Corpus, cache: Cache = NO_CACHE, plan: str | None = None) -> Catalogue:
    """Look at a corpus from every side; what the pages of the last build showed is in the cache,
    and is of use where these are of this `plan`.
    """
    before, records = read_standing(cache, plan), Records.of(corpus.records)
    fresh = _fresh(records.told, before.seats)
    in_time = _in_time(records, fresh, before.seats)
    marks = {path: records.told[path].names for path in fresh}
    numbers = {card.path: int(card.number) for card in in_time}
    held = holdings(numbers, marks, records.at, before.rows)
    most = max(2, min(MOST_RECORDS, len(in_time) // 2))
    scale = 2 ** (round(STEPS * log2(len(in_time) or 1)) / STEPS)
    publications, topics = _publications(in_time), _topics(in_time)
    companions = dict(company(held, before.whole.company))
    called = _called(publications, topics)
    seats = _seats(in_time, records.told, held, _Called(before.whole.called, called), before.seats)
    faces = faces_of(corpus.entities, before.whole.faces)
    whole = Whole(
        names=held.names,
        held=held.found.held,
        faces=faces,
        company=companions,
        called=called,
        scale=f"{scale} {most}",
    )
    now = replace(before, seats=seats, whole=whole)
    return Catalogue(
        corpus=corpus,
        records=records,
        in_time=in_time,
        cards={card.path: card for card in in_time},
        entities={entity.id: entity for entity in corpus.entities},
        rare=frozenset(one for one in held.present() if 1 < held.number_of_records(one) <= most),
        most=most,
        scale=scale,
        holdings=held,
        companions=companions,
        publications=publications,
        published_in={c.path: one for one in publications.values() for c in one.records},
        topics=topics,
        years={year: tuple(group) for year, group in groupby(in_time, key=_year)},
        before=before,
        now=now,
        quotations=Quotations(records.at, now.briefs, cache),
    )


# ---------------------------------------------------------------- records that told the same


def _fresh(told: Mapping[str, Told], before: Mapping[str, Seat]) -> Set[str]:
    """Give the records that told something else in the last build, or nothing."""
    return {
        path
        for path, one in told.items()
        if not one.mark or (seat := before.get(path)) is None or seat.told != one
    }


def _in_time(records: Records, fresh: Set[str], before: Mapping[str, Seat]) -> tuple[Card, ...]:
    told = records.told
    # In the order of the last build there is little to sort.
    cards = [seat.card for path, seat in before.items() if path in told and path not in fresh]
    cards += [card_of(records.at(path)) for path in told if path in fresh]
    return tuple(sorted(cards, key=_time_key))


def _time_key(card: Card) -> tuple[bool, str, int]:
    return card.published is None, card.published or "", int(card.number)


def _year(card: Card) -> str:
    return year_of(card.published)


class _Called(msgspec.Struct, frozen=True):
    """How publications and topics were called in the last build, and how they are now."""

    before: Names
    now: Names

    def of(self, card: Card) -> list[tuple[str, ...]]:
        """Give how the publication and the topics of a record are called."""
        return [self.now[key] for key in _keys_of(card)]

    def changed(self) -> Set[str]:
        """Give the keys of those that are called otherwise than before, or were not there."""
        return {key for key, one in self.now.items() if self.before.get(key) != one}


def _keys_of(card: Card) -> Iterator[str]:
    if card.publisher:
        yield f"P {_publisher_key(card.publisher)}"
    for topic in card.topics:
        yield f"T {topic.casefold()}"


def _called(publications: Mapping[str, Group], topics: Mapping[str, Group]) -> Names:
    found = {f"P {key}": (one.label, one.slug) for key, one in publications.items()}
    return found | {f"T {key}": (one.label,) for key, one in topics.items()}


def _seats(
    in_time: Iterable[Card],
    told: Mapping[str, Told],
    held: Holdings,
    called: _Called,
    before: Mapping[str, Seat],
) -> dict[str, Seat]:
    changed = called.changed()
    seats = {}
    for card in in_time:
        path, seat = card.path, before.get(card.path)
        if (
            seat is None
            or seat.card is not card
            or (changed and not changed.isdisjoint(_keys_of(card)))
        ):
            brief = digest((told[path], called.of(card))) if told[path].mark else ""
            seat = Seat(told[path], brief, held.rows[path], card)
        seats[path] = seat
    return seats


# ---------------------------------------------------------------- publications, topics


def _publisher_key(name: str) -> str:
    """Give what two spellings of one paper share: `THE EBB` and `Ebb` are The Ebb."""
    return name.casefold().removeprefix("the ")


def _publications(records: Sequence[Card]) -> dict[str, Group]:
    spelled = {card.publisher for card in records if card.publisher}
    keys = {name: _publisher_key(name) for name in spelled}
    grouped: dict[str, list[Card]] = {}
    for card in records:
        if card.publisher:
            grouped.setdefault(keys[card.publisher], []).append(card)
    taken: set[str] = {"index", "not-recorded"}
    publications: dict[str, Group] = {}
    for key in sorted(grouped):
        label = _best_label(grouped[key])
        address = unused(slug(label), taken)
        taken.add(address)
        publications[key] = Group(label, address, tuple(grouped[key]))
    return publications


def _topics(records: Sequence[Card]) -> dict[str, Group]:
    grouped: dict[str, list[Card]] = {}
    spelled: dict[str, Counter[str]] = {}
    for card in records:
        for topic in card.topics:
            grouped.setdefault(topic.casefold(), []).append(card)
            spelled.setdefault(topic.casefold(), Counter())[topic] += 1
    taken: set[str] = {"index"}
    topics: dict[str, Group] = {}
    for key in sorted(grouped):
        label = min(spelled[key], key=lambda one: (-spelled[key][one], one))
        address = unused(slug(label), taken)
        taken.add(address)
        topics[key] = Group(label, address, tuple(grouped[key]))
    return topics


def _best_label(cards: Sequence[Card]) -> str:
    """Give the spelling that an editor gave, else the most frequent; never one in capitals alone
    where there is another.
    """
    counts = Counter([card.publisher or "" for card in cards])
    given = {card.publisher for card in cards if card.given}
    return min(counts, key=lambda one: (one not in given, one.isupper(), -counts[one], one))
