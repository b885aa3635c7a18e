"""The build report as pages: what a person should look at, and the line that settles it."""

from collections import Counter
from collections.abc import Iterator

from tearsheet.model import Finding, Page
from tearsheet.pages.catalogue import Catalogue, short_title_of
from tearsheet.pages.indexes import list_pages
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.words import count
from tearsheet.report import KINDS, findings

LONGEST = 400
"""Characters of a finding's text; the data have all of it."""


def report_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Lay out the build report, paged."""
    found = findings(catalogue.corpus)
    counts = Counter(one.kind for one in found)
    lines: list[str] = []
    kind = None
    for one in found:
        if one.kind != kind:
            kind = one.kind
            lines += ["", f"## {KINDS[kind]} ({counts[kind]})", ""]
        lines.append(_line(one, catalogue))
    summary = {"summary": f"{count(len(found), 'thing')} to look at, the gravest first"}
    nothing = "Nothing needs to be looked at."
    yield from list_pages("archive/report", "Build report", lines or [nothing], summary)


def _line(one: Finding, catalogue: Catalogue) -> str:
    text = one.text if len(one.text) <= LONGEST else f"{one.text[: LONGEST - 1]}…"
    where = ""
    record = catalogue.by_path.get(one.path or "")
    if record is not None:
        where = f"{link(short_title_of(record), f'{{up}}records/{record.accession.slug}.md')}: "
    elif one.path:
        where = f"{escape(one.path)}: "
    settle = ""
    if one.line:
        settle = (
            f" <br>To settle it, in {one.file} under {one.part}: <code>{escape(one.line)}</code>"
        )
    return f"- {where}{escape(text)}{settle}"
