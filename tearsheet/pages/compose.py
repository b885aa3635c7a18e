"""All pages: a Corpus in, one Markdown page for every record and entity out, and the ways in."""

from collections.abc import Iterator

from tearsheet.model import Corpus, Page
from tearsheet.pages.catalogue import catalogue
from tearsheet.pages.doubts import doubt_pages
from tearsheet.pages.entity import entity_pages, gone_page, moved_page
from tearsheet.pages.indexes import index_pages
from tearsheet.pages.maps import map_pages
from tearsheet.pages.overview import overview_pages
from tearsheet.pages.record import record_page
from tearsheet.pages.source_view import source_pages
from tearsheet.pages.timeline import timeline_pages
from tearsheet.pages.topics import topic_pages


def compose(corpus: Corpus) -> Iterator[Page]:
    """Lay out a whole archive. The same corpus gives the same pages in the same order."""
    seen = catalogue(corpus)
    yield from overview_pages(seen)
    yield from doubt_pages(seen)
    yield from index_pages(seen)
    yield from map_pages(seen)
    yield from timeline_pages(seen)
    yield from topic_pages(seen)
    for record in corpus.records:
        yield record_page(record, seen)
        yield from source_pages(record)
    for entity in corpus.entities:
        yield from entity_pages(entity, seen)
    for former, current in sorted(corpus.moved.items()):
        yield moved_page(former, seen.entities[current])
    for former, label in sorted(corpus.gone.items()):
        yield gone_page(former, label)
