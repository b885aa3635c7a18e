"""The build report as pages: what a person should look at, and the line that settles it."""

from collections import Counter
from collections.abc import Iterator

from tearsheet.model import Finding
from tearsheet.pages.card import short
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.indexes import list_pages
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.planned import Planned
from tearsheet.pages.words import count
from tearsheet.report import KINDS

LONGEST = 400
"""Characters of a finding's text; the data have all of it."""

Row = tuple[Finding, tuple[str, str] | None]
"""A finding, with the title and slug of its record."""


def report_pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Plan the build report, paged."""
    found = catalogue.findings
    counts = Counter(one.kind for one in found)
    rows: list[str | Row] = []
    kind = None
    for one in found:
        if one.kind != kind:
            kind = one.kind
            rows += ["", f"## {KINDS[kind]} ({counts[kind]})", ""]
        rows.append(_row(one, catalogue))
    summary = {"summary": f"{count(len(found), 'thing')} to look at, the gravest first"}
    nothing = "Nothing needs to be looked at."
    yield from list_pages("archive/report", "Build report", rows or [nothing], _line, summary)


def _row(one: Finding, catalogue: Catalogue) -> Row:
    card = catalogue.cards.get(one.path or "")
    return one, (short(card.title), card.slug) if card else None


def _line(row: str | Row) -> str:
    if isinstance(row, str):
        return row
    one, record = row
    text = one.text if len(one.text) <= LONGEST else f"{one.text[: LONGEST - 1]}…"
    where = ""
    if record is not None:
        title, slug = record
        where = f"{link(title, f'{{up}}records/{slug}.md')}: "
    elif one.path:
        where = f"{escape(one.path)}: "
    settle = ""
    if one.line:
        settle = (
            f" <br>To settle it, in {one.file} under {one.part}: <code>{escape(one.line)}</code>"
        )
    return f"- {where}{escape(text)}{settle}"
