"""The corpus seen from every side that pages need: by entity, by date, by publication.

Takes a Corpus; gives a Catalogue. Computed once, so that pages only look things up.
Guarantees one order everywhere: records by date of publication, then accession.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import log2

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import digest
from tearsheet.model import Corpus, Entity, EntityType, Record
from tearsheet.pages.company import NONE_PACKED, Companions, Packed, company
from tearsheet.pages.holdings import Holdings, holdings
from tearsheet.pages.quotations import Quotations
from tearsheet.pages.standing import Standing, read_standing, rows_changed
from tearsheet.slugs import slug, unused

UNDATED = "undated"
MOST_RECORDS = 60
"""A name in more records than this relates none of them."""
STEPS = 4
"""To so many steps for each doubling the number of records is rounded."""
MAX_TITLE = 300
"""Characters of a title in a list; the record's own page shows it whole."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A publisher with a page of its own, and its records in time order."""

    label: str
    slug: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What several sources say that they are about, and their records in time order."""

    label: str
    slug: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The corpus with the look-ups that pages share. Keys of mappings are ids, slugs, years."""

    corpus: Corpus
    in_time: tuple[Record, ...]
    entities: Mapping[str, Entity]
    shown: Mapping[str, tuple[str, EntityType]]
    """By entity id: its label and type, all that a record's page shows of it."""
    rare: Set[str]
    """The entities that few records mention, and more than one: see kinship.py."""
    most: int
    """In how many records a name may stand that relates them."""
    scale: float
    """The number of records, rounded: one record more does not relate all others anew."""
    holdings: Holdings
    companions: Mapping[str, Packed]
    """By entity id: the entities mentioned in the same records."""
    publications: Mapping[str, Publication]
    """By publisher's name, case folded and without its article, in that order."""
    published_in: Mapping[str, Publication]
    """By a record's path: its publication, if it has one."""
    topics: Mapping[str, Topic]
    """By topic, case folded, in that order."""
    years: Mapping[str, tuple[Record, ...]]
    neighbours: Mapping[str, tuple[Record | None, Record | None]]
    """By record slug: the dated records before and after it in time."""
    by_path: Mapping[str, Record]
    before: Standing
    """What the pages of the last build showed."""
    briefs: Mapping[str, str] = field(default_factory=dict)
    """By path, in time order: what tells apart all that a record says by itself, and how its
    publication and its topics are called ("": not known).
    """
    quotations: Quotations = field(default_factory=Quotations)
    _companions: dict[str, Companions] = field(default_factory=dict)
    _appearances: dict[str, tuple[tuple[Record, int], ...]] = field(default_factory=dict)

    def named(self, record: Record) -> Iterator[tuple[str, int]]:
        """Give the entities that a record mentions, in the order of their ids, with how often."""
        return self.holdings.named(record.path)

    def number_of_records(self, entity: str) -> int:
        """Count the records that mention an entity."""
        return self.holdings.number_of_records(entity)

    def appearances(self, entity: str) -> tuple[tuple[Record, int], ...]:
        """Give the records that mention an entity, with how often, in time order."""
        if entity not in self._appearances:
            found = self.holdings.places(entity)
            self._appearances[entity] = tuple((self.in_time[at], count) for at, count in found)
        return self._appearances[entity]

    def companions_of(self, entity: str) -> Companions:
        """Give the entities that stand in records together with one."""
        if entity not in self._companions:
            self._companions[entity] = self.companions.get(entity, NONE_PACKED).read()
        return self._companions[entity]

    def publication_of(self, record: Record) -> Publication | None:
        """The publication that a record belongs to, where its publisher is known."""
        return self.published_in.get(record.path)

    def topics_of(self, record: Record) -> list[str]:
        """Give what the source says that a record is about, as the archive spells it."""
        return [self.topics[topic.casefold()].label for topic in _topics_of(record)]


def catalogue(corpus: Corpus, cache: Cache = NO_CACHE) -> Catalogue:
    """Look at a corpus from every side; what the pages of the last build showed is in the cache."""
    before = read_standing(cache)
    in_time = tuple(sorted(corpus.records, key=_time_key))
    held = holdings(in_time, before.rows, before.names)
    most = max(2, min(MOST_RECORDS, len(in_time) // 2))
    publications = _publications(in_time)
    seen = Catalogue(
        corpus=corpus,
        in_time=in_time,
        entities={entity.id: entity for entity in corpus.entities},
        shown={entity.id: (entity.label, entity.type) for entity in corpus.entities},
        rare=frozenset(one for one in held.present() if 1 < held.number_of_records(one) <= most),
        most=most,
        scale=2 ** (round(STEPS * log2(len(in_time) or 1)) / STEPS),
        holdings=held,
        companions=dict(company(held, before.company, rows_changed(before, held))),
        publications=publications,
        published_in={r.path: one for one in publications.values() for r in one.records},
        topics=_topics(in_time),
        years={year: tuple(group) for year, group in groupby(in_time, key=year_of)},
        neighbours=_neighbours(in_time),
        by_path={record.path: record for record in in_time},
        before=before,
    )
    return replace(seen, briefs={record.path: _brief(record, seen) for record in in_time})


def _brief(record: Record, seen: Catalogue) -> str:
    if not record.mark:
        return ""
    publication = seen.publication_of(record)
    said = (
        record.mark,
        record.accession,
        record.description.notes,
        record.same_text,
        seen.holdings.rows[record.path].mark,
        (publication.label, publication.slug) if publication else None,
        seen.topics_of(record),
    )
    return digest(said)


def title_of(record: Record) -> str:
    """Give what a record is called on pages: its title, or else its file's name."""
    return record.value("title") or f"Untitled: {record.path}"


def short_title_of(record: Record) -> str:
    """Give the title as a list shows it: cut where it is no headline any more."""
    title = title_of(record)
    return title if len(title) <= MAX_TITLE else f"{title[:MAX_TITLE].rstrip()}…"


def year_of(record: Record) -> str:
    """Give the year of publication, or `undated`."""
    published = record.value("published")
    return published[:4] if published else UNDATED


def of_type(entities: Iterator[Entity], kind: EntityType) -> tuple[Entity, ...]:
    """Give the entities of one type in the order of their labels."""
    return tuple(
        sorted(
            (one for one in entities if one.type == kind), key=lambda e: (e.label.casefold(), e.id)
        )
    )


def _time_key(record: Record) -> tuple[bool, str, str]:
    published = record.value("published")
    return (published is None, published or "", record.accession.number)


def _publisher_key(name: str) -> str:
    """Give what two spellings of one paper share: `THE EBB` and `Ebb` are The Ebb."""
    return name.casefold().removeprefix("the ")


def _publications(records: tuple[Record, ...]) -> dict[str, Publication]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        publisher = record.value("publisher")
        if publisher:
            grouped.setdefault(_publisher_key(publisher), []).append(record)
    taken: set[str] = {"index", "not-recorded"}
    publications: dict[str, Publication] = {}
    for key in sorted(grouped):
        label = _best_label(grouped[key])
        address = unused(slug(label), taken)
        taken.add(address)
        publications[key] = Publication(label, address, tuple(grouped[key]))
    return publications


def _topics_of(record: Record) -> list[str]:
    """Give the topics that a record's source names, each once."""
    named = (record.value("topics") or "").split("; ")
    return list({topic.casefold(): topic for topic in named if topic}.values())


def _topics(records: tuple[Record, ...]) -> dict[str, Topic]:
    grouped: dict[str, list[Record]] = {}
    spelled: dict[str, Counter[str]] = {}
    for record in records:
        for topic in _topics_of(record):
            grouped.setdefault(topic.casefold(), []).append(record)
            spelled.setdefault(topic.casefold(), Counter())[topic] += 1
    taken: set[str] = {"index"}
    topics: dict[str, Topic] = {}
    for key in sorted(grouped):
        label = min(spelled[key], key=lambda one: (-spelled[key][one], one))
        address = unused(slug(label), taken)
        taken.add(address)
        topics[key] = Topic(label, address, tuple(grouped[key]))
    return topics


def _best_label(records: list[Record]) -> str:
    """Give the spelling that an editor gave, else the most frequent; never one in capitals alone
    where there is another.
    """
    claims = [record.description.claims["publisher"] for record in records]
    counts = Counter(claim.value for claim in claims)
    given = {claim.value for claim in claims if claim.how == "given"}
    return min(counts, key=lambda one: (one not in given, one.isupper(), -counts[one], one))


def _neighbours(
    records: tuple[Record, ...],
) -> dict[str, tuple[Record | None, Record | None]]:
    dated = [record for record in records if record.value("published")]
    around: dict[str, tuple[Record | None, Record | None]] = {}
    for index, record in enumerate(dated):
        before = dated[index - 1] if index else None
        after = dated[index + 1] if index + 1 < len(dated) else None
        around[record.accession.slug] = (before, after)
    return around
