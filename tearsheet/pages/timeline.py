"""The archive by date: a page for every year, its records day by day, with what each says first.

Takes the Catalogue; gives Pages. A record whose day is not known stands under its month or
under its year alone: no day is made up.
"""

from collections.abc import Iterator
from itertools import groupby

from tearsheet.gist import gist_of
from tearsheet.model import Page, Record
from tearsheet.pages.catalogue import UNDATED, Catalogue, short_title_of
from tearsheet.pages.indexes import list_pages
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.words import count, date_words


def timeline_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Lay out the list of years, and every year day by day."""
    years = [
        f"- {link(year_label(year), f'{{up}}dates/{year}.md')} · {count(len(records), 'record')}"
        for year, records in catalogue.years.items()
    ]
    summary = {"summary": count(len(catalogue.in_time), "record")}
    yield from list_pages("dates/index", "By date", years, summary)
    for year, records in catalogue.years.items():
        matter: dict[str, object] = {
            "breadcrumbs": [{"label": "By date", "href": "dates/"}],
            "summary": count(len(records), "record"),
        }
        lines = list(_days(records, catalogue))
        yield from list_pages(f"dates/{year}", year_label(year), lines, matter)


def year_label(year: str) -> str:
    """Give a year's name on pages."""
    return "Date not recorded" if year == UNDATED else year


def _days(records: tuple[Record, ...], catalogue: Catalogue) -> Iterator[str]:
    for day, group in groupby(records, key=lambda one: (one.value("published") or "")[:10]):
        if len(day) > 4:
            yield from ("", f"## {escape(date_words(day))}", "")
        elif day:
            yield from ("", f"## {escape(day)}, day not recorded", "")
        yield from (_entry(record, catalogue) for record in group)


def _entry(record: Record, catalogue: Catalogue) -> str:
    publication = catalogue.publication_of(record)
    title = link(short_title_of(record), f"{{up}}records/{record.accession.slug}.md")
    who = f" · *{escape(publication.label)}*" if publication else ""
    said = gist_of(record).lead
    return f"- {title}{who}" + (f" <br>{escape(said)}" if said else "")
