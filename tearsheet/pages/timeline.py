"""The archive by date: a page for every year, its records day by day, with what each says first.

Takes the Catalogue; plans pages. A record whose day is not known stands under its month or
under its year alone: no day is made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from tearsheet.pages.card import UNDATED, Card
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.indexes import Row, in_italics, list_pages, record_rows, told_by
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.planned import Listing, Planned
from tearsheet.pages.words import count, date_words

Entry = tuple[str | None, str, str, str | None, str]
"""A record's row, with what it says first."""


def timeline_pages(catalogue: Catalogue) -> Iterator[Planned | Listing]:
    """Plan the list of years, and every year day by day."""
    years = [
        f"- {link(year_label(year), f'{{up}}dates/{year}.md')} · {count(len(records), 'record')}"
        for year, records in catalogue.years.items()
    ]
    summary = {"summary": count(len(catalogue.in_time), "record")}
    yield from list_pages("dates/index", "By date", years, str, summary)
    for year, records in catalogue.years.items():
        matter: dict[str, object] = {
            "breadcrumbs": [{"label": "By date", "href": "dates/"}],
            "summary": count(len(records), "record"),
        }
        told = told_by((year, matter), records, catalogue)
        plan = partial(_year_pages, year, records, catalogue, matter)
        yield Listing(f"dates/{year}", told, plan)


def _year_pages(
    year: str, records: Sequence[Card], catalogue: Catalogue, matter: Mapping[str, object]
) -> Iterator[Planned]:
    rows = list(_days(records, catalogue))
    return list_pages(f"dates/{year}", year_label(year), rows, _line, matter)


def year_label(year: str) -> str:
    """Give a year's name on pages."""
    return "Date not recorded" if year == UNDATED else year


def _days(records: Sequence[Card], catalogue: Catalogue) -> Iterator[str | Entry]:
    shown = zip(record_rows(records, catalogue), records, strict=True)
    for day, group in groupby(shown, key=_day):
        if len(day) > 4:
            yield from ("", f"## {escape(date_words(day))}", "")
        elif day:
            yield from ("", f"## {escape(day)}, day not recorded", "")
        yield from [(*row, card.lead) for row, card in group]


def _day(shown: tuple[Row, Card]) -> str:
    return (shown[0][0] or "")[:10]


def _line(row: str | Entry) -> str:
    if isinstance(row, str):
        return row
    _, title, slug, label, said = row
    shown = f"- {link(title, f'{{up}}records/{slug}.md')}{in_italics(label)}"
    return shown + (f" <br>{escape(said)}" if said else "")
