"""All pages: a Corpus in, one Markdown page for every record and entity out, and the ways in.

Guarantees that pages with the same mark are the same, so that those of the last build need
not be made again. What shows the corpus as a whole has no mark.
"""

from collections.abc import Iterator, Set
from dataclasses import replace
from functools import partial

from msgspec import structs

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.model import Corpus, Page, Record
from tearsheet.pages import entity as entities
from tearsheet.pages import record as records
from tearsheet.pages.catalogue import Catalogue, catalogue
from tearsheet.pages.doubts import doubt_pages
from tearsheet.pages.indexes import index_pages
from tearsheet.pages.maps import map_pages
from tearsheet.pages.overview import overview_pages, register_pages
from tearsheet.pages.planned import Planned, mark_of
from tearsheet.pages.quotations import Quotations
from tearsheet.pages.report import report_pages
from tearsheet.pages.source_view import source_pages
from tearsheet.pages.standing import Standing, faces_of, keep_standing, touched
from tearsheet.pages.timeline import timeline_pages
from tearsheet.pages.topics import topic_pages

WHOLE = (overview_pages, map_pages)
"""What shows the corpus as a whole."""
LISTS = (register_pages, report_pages, doubt_pages, index_pages, timeline_pages, topic_pages)
"""What shows it row by row."""


def compose(corpus: Corpus) -> Iterator[Page]:
    """Lay out a whole archive. The same corpus gives the same pages in the same order."""
    for planned in plan(catalogue(corpus)):
        yield from planned.make()


def plan(seen: Catalogue, cache: Cache = NO_CACHE) -> Iterator[Planned]:
    """Plan the pages of a whole archive; what they are made of is kept in the cache."""
    corpus = seen.corpus
    seen = replace(seen, quotations=Quotations(seen.briefs, cache))
    for pages in WHOLE:
        yield Planned(pages.__name__, "", partial(pages, seen))
    for lists in LISTS:
        yield from lists(seen)
    yield from _pages(seen, cache)
    yield Planned("addresses", "", partial(_former_addresses, corpus, seen))


def _pages(seen: Catalogue, cache: Cache) -> Iterator[Planned]:
    """Plan the pages of records and of entities: those that no change touches have the mark that
    they had.
    """
    now = _standing(seen)
    told = touched(seen.before, now, seen.holdings, seen.by_path, seen.most)
    planned = [*_of_records(seen, told.records), *_of_entities(seen, told.entities)]
    if all(seen.briefs.values()):
        keep_standing(structs.replace(now, marks={one.name: one.mark for one in planned}), cache)
    yield from planned


def _standing(seen: Catalogue) -> Standing:
    return Standing(
        dict(seen.briefs),
        tuple(seen.holdings.names),
        dict(seen.holdings.rows),
        faces_of(seen.corpus.entities),
        dict(seen.companions),
        f"{seen.scale} {seen.most}",
    )


def _of_records(seen: Catalogue, told: Set[str]) -> Iterator[Planned]:
    before = seen.before.marks
    for record in seen.corpus.records:
        slug, page = record.accession.slug, partial(_record_pages, record, seen)
        name, source = f"record {slug}", f"source {slug}"
        if record.path in told:
            shown = records.shown_of(record, seen, seen.briefs[record.path])
            own = (record.mark, record.accession) if record.mark else None
            yield Planned(name, mark_of(shown), page)
            yield Planned(source, mark_of(own), partial(source_pages, record))
        else:
            yield Planned(name, before[name], page)
            yield Planned(source, before[source], partial(source_pages, record))


def _of_entities(seen: Catalogue, told: Set[str]) -> Iterator[Planned]:
    for entity in seen.corpus.entities:
        name, pages = f"entity {entity.id}", partial(entities.entity_pages, entity, seen)
        if entity.id in told:
            yield Planned(name, mark_of(entities.shown_of(entity, seen, seen.briefs)), pages)
        else:
            yield Planned(name, seen.before.marks[name], pages)


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
