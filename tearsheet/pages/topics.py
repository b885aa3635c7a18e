"""The archive by topic: what the sources say that they are about.

Takes the Catalogue; plans pages. Topics are the sources' own words, spelled as most of them
spell one; none is made up.
"""

from collections.abc import Iterator

from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.indexes import list_pages, record_list
from tearsheet.pages.markdown import link
from tearsheet.pages.planned import Listing, Planned
from tearsheet.pages.words import count


def topic_pages(catalogue: Catalogue) -> Iterator[Planned | Listing]:
    """Plan the list of topics, and the records of each; nothing where no source has any."""
    topics = catalogue.topics.values()
    if not topics:
        return
    lines = [
        f"- {link(topic.label, f'{{up}}topics/{topic.slug}.md')} · {count(len(topic.records), 'record')}"
        for topic in topics
    ]
    summary = {"summary": count(len(lines), "topic")}
    yield from list_pages("topics/index", "By topic", lines, str, summary)
    for topic in topics:
        matter = {
            "breadcrumbs": [{"label": "By topic", "href": "topics/"}],
            "summary": count(len(topic.records), "record"),
        }
        yield record_list(f"topics/{topic.slug}", topic.label, topic.records, catalogue, matter)
