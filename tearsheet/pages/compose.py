"""All pages: a Corpus in, one Markdown page for every record and entity out, and the ways in.

Guarantees that pages with the same mark are the same, so that those of the last build need
not be made again. What shows the corpus as a whole has no mark.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial

import msgspec
from msgspec.structs import replace

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import digest
from tearsheet.model import Corpus, Page, Record
from tearsheet.pages import entity as entities
from tearsheet.pages import record as records
from tearsheet.pages.catalogue import Catalogue, catalogue
from tearsheet.pages.doubts import doubt_pages
from tearsheet.pages.indexes import index_pages
from tearsheet.pages.maps import map_pages
from tearsheet.pages.overview import overview_pages, register_pages
from tearsheet.pages.planned import (
    Listed,
    Listing,
    Planned,
    mark_of,
    page_names,
    planned_as,
)
from tearsheet.pages.report import report_pages
from tearsheet.pages.source_view import source_pages
from tearsheet.pages.standing import Standing, keep_standing, touched
from tearsheet.pages.timeline import timeline_pages
from tearsheet.pages.topics import topic_pages

WHOLE = (overview_pages, map_pages)
"""What shows the corpus as a whole."""
LISTS = (register_pages, report_pages, doubt_pages, index_pages, timeline_pages, topic_pages)
"""What shows it row by row."""
OF_RECORD = ("record", "source", "original")
"""What a record has under its slug: its page, its source view, the bytes that came."""


class Plan(msgspec.Struct, frozen=True):
    """The pages of an archive, told from the plan `before` ("": from nothing); `name` tells this
    one from any other.

    `whole` are those of the corpus as a whole; of records, entities and lists of records
    `touched` may show something else than they did, `gone` are no more by their names, and
    `pages` makes any.
    """

    before: str
    name: str
    whole: tuple[Planned, ...]
    touched: tuple[Planned, ...]
    records: Set[str]
    """The records, by path, that are touched."""
    gone: frozenset[str]
    pages: Callable[[str], Iterator[Page]]


def compose(corpus: Corpus) -> Iterator[Page]:
    """Lay out a whole archive. The same corpus gives the same pages in the same order."""
    planned = plan(catalogue(corpus))
    for one in (*planned.whole, *planned.touched):
        yield from one.make()


def plan(seen: Catalogue, cache: Cache = NO_CACHE) -> Plan:
    """Plan the pages of a whole archive; what they are made of is kept in the cache."""
    whole = [Planned(pages.__name__, "", partial(pages, seen)) for pages in WHOLE]
    rows = [one for of_rows in LISTS for one in of_rows(seen)]
    whole += [one for one in rows if isinstance(one, Planned)]
    whole.append(Planned("addresses", "", partial(_former_addresses, seen.corpus, seen)))
    told = touched(seen.before, seen.now, seen.holdings, seen.most)
    lists = _Lists([one for one in rows if isinstance(one, Listing)])
    listed = lists.touched({} if told.all else seen.before.whole.lists)
    anew = (*listed, *_of_records(seen, told.records), *_of_entities(seen, told.entities))
    seen.quotations.touch(seen.now.whole.faces.keys() - told.entities)
    before = "" if told.all else seen.before.whole.plan
    gone = frozenset([*_gone(seen.before, seen.now), *lists.gone]) if before else frozenset[str]()
    name = digest((before, sorted(gone), [(one.name, one.mark) for one in anew]))
    if all(seat.brief for seat in seen.now.seats.values()):
        planned = replace(seen.now.whole, plan=name, lists=lists.now)
        keep_standing(replace(seen.now, whole=planned), seen.before, cache)
    pages = partial(_pages_of, _Ways(seen, lists))
    return Plan(before, name, tuple(whole), anew, told.records, gone, pages)


class _Lists:
    """The lists of records: `now` as they are planned, `gone` the names of pages that are no more."""

    def __init__(self, lists: Sequence[Listing]) -> None:
        self._lists = lists
        self.now: dict[str, Listed] = {}
        self.gone: frozenset[str] = frozenset()

    def touched(self, before: Mapping[str, Listed]) -> list[Planned]:
        """Plan the pages of those that may show something else than before."""
        planned: list[Planned] = []
        for one in self._lists:
            was = before.get(one.name)
            if was is not None and one.told and was.told == one.told:
                self.now[one.name] = was
            else:
                pages = list(one.plan())
                self.now[one.name] = Listed(one.told, len(pages))
                planned += pages
        self.gone = frozenset(_names_of(before)) - frozenset(_names_of(self.now))
        return planned

    def page(self, name: str) -> Iterator[Page]:
        """Make the page that is planned under a name."""
        for one in self._lists:
            if name in _names_of({one.name: self.now[one.name]}):
                (page,) = [page for page in one.plan() if page.name == name]
                yield from page.make()


def _names_of(lists: Mapping[str, Listed]) -> Iterator[str]:
    for name, listed in lists.items():
        yield from map(planned_as, page_names(name, listed.pages))


def _gone(before: Standing, now: Standing) -> Iterator[str]:
    """Give the names of what is planned no more, or for something else."""
    for name in before.whole.faces.keys() - now.whole.faces.keys():
        yield f"entity {name}"
    for path, seat in before.seats.items():
        here = now.seats.get(path)
        if here is not seat and (here is None or here.told.slug != seat.told.slug):
            for kind in OF_RECORD:
                yield f"{kind} {seat.told.slug}"


def _of_records(seen: Catalogue, told: Set[str]) -> Iterator[Planned]:
    for path in seen.records.told:
        if path in told:
            record, brief = seen.records.at(path), seen.now.seats[path].brief
            slug = record.accession.slug
            own = (record.mark, record.accession.number, slug) if record.mark else None
            shown = records.shown_of(record, seen, brief)
            yield Planned(f"record {slug}", mark_of(shown), partial(_record_pages, record, seen))
            yield Planned(f"source {slug}", mark_of(own), partial(source_pages, record))


def _of_entities(seen: Catalogue, told: Set[str]) -> Iterator[Planned]:
    for entity in seen.corpus.entities:
        if entity.id in told:
            pages = partial(entities.entity_pages, entity, seen)
            yield Planned(f"entity {entity.id}", mark_of(entities.shown_of(entity, seen)), pages)


class _Ways:
    """The way to the pages of records, entities and lists by the names that they are planned under."""

    def __init__(self, seen: Catalogue, lists: _Lists) -> None:
        self.seen, self.lists = seen, lists
        self._paths: dict[str, str] = {}

    def record(self, slug: str) -> Record:
        """Give a record by its slug."""
        self._paths = self._paths or {c.slug: c.path for c in self.seen.in_time}
        return self.seen.records.at(self._paths[slug])


def _pages_of(ways: _Ways, name: str) -> Iterator[Page]:
    kind, _, of = name.partition(" ")
    if kind == "list":
        return ways.lists.page(name)
    if kind == "entity":
        return entities.entity_pages(ways.seen.entities[of], ways.seen)
    record = ways.record(of)
    return _record_pages(record, ways.seen) if kind == "record" else source_pages(record)


def _record_pages(record: Record, seen: Catalogue) -> Iterator[Page]:
    """Lay out a record; its document is read once, for the pages of the names in it as well."""
    record = replace(record, held=record.document)
    seen.quotations.meet(record)
    return records.record_pages(record, seen)


def _former_addresses(corpus: Corpus, seen: Catalogue) -> Iterator[Page]:
    for former, current in sorted(corpus.moved.items()):
        yield entities.moved_page(former, seen.entities[current])
    for former, label in sorted(corpus.gone.items()):
        yield entities.gone_page(former, label)
