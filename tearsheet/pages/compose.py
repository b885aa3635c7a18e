"""All pages: a Corpus in, one Markdown page for every record and entity out, and the ways in.

Guarantees that pages with the same mark are the same, so that those of the last build need
not be made again. What shows the corpus as a whole has no mark.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

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
from tearsheet.pages.planned import Planned, mark_of
from tearsheet.pages.quotations import Quotations
from tearsheet.pages.report import report_pages
from tearsheet.pages.source_view import source_pages
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
    """Plan the pages of a whole archive; what records say of names is kept in the cache."""
    corpus = seen.corpus
    marks = {record.path: _told(record, seen) for record in corpus.records}
    seen = replace(seen, quotations=Quotations(marks, cache))
    for pages in WHOLE:
        yield Planned(pages.__name__, "", partial(pages, seen))
    for lists in LISTS:
        yield from lists(seen)
    yield from _records(corpus, seen, marks)
    for entity in corpus.entities:
        shown = entities.shown_of(entity, seen, marks)
        yield Planned(
            f"entity {entity.id}", mark_of(shown), partial(entities.entity_pages, entity, seen)
        )
    yield Planned("addresses", "", partial(_former_addresses, corpus, seen))


def _told(record: Record, seen: Catalogue) -> str:
    """Give the mark of all that a record tells the pages of the names in it."""
    if not record.mark:
        return ""
    facts = entities.heading_facts(record, seen)
    return digest((record.mark, record.accession.slug, facts, record.told))


def _records(corpus: Corpus, seen: Catalogue, marks: Mapping[str, str]) -> Iterator[Planned]:
    for record in corpus.records:
        name, page = record.accession.slug, partial(_record_pages, record, seen)
        shown = records.shown_of(record, seen, marks[record.path])
        yield Planned(f"record {name}", mark_of(shown), page)
        source = (record.mark, record.accession) if record.mark else None
        yield Planned(f"source {name}", mark_of(source), partial(source_pages, record))


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
