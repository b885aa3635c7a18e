"""The corpus seen from every side that pages need: by entity, by date, by publication.

Takes a Corpus; gives a Catalogue. Computed once, so that pages only look things up.
Guarantees one order everywhere: records by date of publication, then accession.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain, groupby

from tearsheet.model import Corpus, Entity, EntityType, Mention, Record
from tearsheet.pages.quotations import Quotations
from tearsheet.slugs import slug, unused

UNDATED = "undated"
PAGE_LENGTH = 100
"""Entries on one page of a list: keeps every list page under about 60 KB of HTML."""
MOST_NEAR = 40
"""Companions of an entity that are looked at."""
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
class Companions:
    """The entities that stand in records together with one: how many, and the `nearest`, with in
    how many records, the most first.
    """

    number: int
    nearest: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The corpus with the look-ups that pages share. Keys of mappings are ids, slugs, years."""

    corpus: Corpus
    in_time: tuple[Record, ...]
    entities: Mapping[str, Entity]
    appearances: Mapping[str, tuple[tuple[Record, int], ...]]
    """By entity id: the records that mention it, with how often, in time order."""
    mentions: Mapping[str, tuple[tuple[Mention, ...], ...]]
    """By entity id: its mentions in each of those records."""
    companions: Mapping[str, Companions]
    """By entity id: the entities mentioned in the same records."""
    publications: Mapping[str, Publication]
    """By publisher's name, case folded and without its article, in that order."""
    topics: Mapping[str, Topic]
    """By topic, case folded, in that order."""
    years: Mapping[str, tuple[Record, ...]]
    neighbours: Mapping[str, tuple[Record | None, Record | None]]
    """By record slug: the dated records before and after it in time."""
    by_path: Mapping[str, Record]
    quotations: Quotations = field(default_factory=Quotations)
    _held: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def nearest(self, entity: str, number: int) -> tuple[tuple[str, int], ...]:
        """Give the entities that stand in most records together with one, with in how many: at
        most `MOST_NEAR`.
        """
        found = self.companions.get(entity)
        return found.nearest[:number] if found else ()

    def together(self, left: str, right: str) -> int:
        """Count the records that mention both of two entities."""
        first, second = self._holders(left), self._holders(right)
        return len(first & second)

    def _holders(self, entity: str) -> Set[str]:
        if entity not in self._held:
            rows = self.appearances.get(entity, ())
            self._held[entity] = frozenset(record.path for record, _ in rows)
        return self._held[entity]

    def publication_of(self, record: Record) -> Publication | None:
        """The publication that a record belongs to, where its publisher is known."""
        publisher = record.value("publisher")
        return self.publications[_publisher_key(publisher)] if publisher else None


def catalogue(corpus: Corpus) -> Catalogue:
    """Look at a corpus from every side."""
    in_time = tuple(sorted(corpus.records, key=_time_key))
    mentions = _mentions(in_time)
    return Catalogue(
        corpus=corpus,
        in_time=in_time,
        entities={entity.id: entity for entity in corpus.entities},
        appearances=_appearances(mentions),
        mentions={entity: tuple(found for _, found in rows) for entity, rows in mentions.items()},
        companions=_companions(mentions),
        publications=_publications(in_time),
        topics=_topics(in_time),
        years={year: tuple(group) for year, group in groupby(in_time, key=year_of)},
        neighbours=_neighbours(in_time),
        by_path={record.path: record for record in in_time},
    )


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


def _mentions(
    records: tuple[Record, ...],
) -> dict[str, list[tuple[Record, tuple[Mention, ...]]]]:
    found: dict[str, list[tuple[Record, tuple[Mention, ...]]]] = {}
    for record in records:
        here: dict[str, list[Mention]] = {}
        for mention in record.mentions:
            if mention.entity:
                here.setdefault(mention.entity, []).append(mention)
        for entity in sorted(here):
            found.setdefault(entity, []).append((record, tuple(here[entity])))
    return found


def _appearances(
    mentions: Mapping[str, list[tuple[Record, tuple[Mention, ...]]]],
) -> dict[str, tuple[tuple[Record, int], ...]]:
    return {
        entity: tuple((record, len(found)) for record, found in rows)
        for entity, rows in mentions.items()
    }


def _companions(
    mentions: Mapping[str, list[tuple[Record, tuple[Mention, ...]]]],
) -> dict[str, Companions]:
    """Count companions one entity after the other: all pairs at once take more memory than all
    else here.
    """
    present: dict[str, tuple[str, ...]] = {}
    for entity, rows in mentions.items():
        for record, _ in rows:
            present[record.path] = (*present.get(record.path, ()), entity)
    found = {}
    for entity, rows in mentions.items():
        counts = Counter(chain.from_iterable(present[record.path] for record, _ in rows))
        del counts[entity]
        found[entity] = Companions(len(counts), _most(counts, MOST_NEAR))
    return found


def _most(counts: Mapping[str, int], number: int) -> tuple[tuple[str, int], ...]:
    highest = sorted(counts.values(), reverse=True)[:number]
    least = highest[-1] if highest else 0
    most = [item for item in counts.items() if item[1] >= least]
    return tuple(sorted(most, key=lambda item: (-item[1], item[0]))[:number])


def _publisher_key(name: str) -> str:
    """Give what two spellings of one paper share: `THE EBB` and `Ebb` are The Ebb."""
    return name.casefold().removeprefix("the ")


def _publications(records: tuple[Record, ...]) -> dict[str, Publication]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        publisher = record.value("publisher")
        if publisher is not None:
            grouped.setdefault(_publisher_key(publisher), []).append(record)
    taken: set[str] = {"index", "not-recorded"}
    publications: dict[str, Publication] = {}
    for key in sorted(grouped):
        label = _best_label(grouped[key])
        address = unused(slug(label), taken)
        taken.add(address)
        publications[key] = Publication(label, address, tuple(grouped[key]))
    return publications


def topics_of(record: Record) -> list[str]:
    """Give the topics that a record's source names, each once."""
    named = (record.value("topics") or "").split("; ")
    return list({topic.casefold(): topic for topic in named if topic}.values())


def _topics(records: tuple[Record, ...]) -> dict[str, Topic]:
    grouped: dict[str, list[Record]] = {}
    spelled: dict[str, Counter[str]] = {}
    for record in records:
        for topic in topics_of(record):
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
