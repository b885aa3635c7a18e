"""The source view: the original as it came, every unit with its number, fate and reason.

Takes a Record; gives one Page or more. The body is escaped HTML: each unit's text stands
in a `pre`, character for character (control characters shown as U+FFFD).
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tearsheet.archive.register import permalink
from tearsheet.clean.ledger import BREAKS
from tearsheet.clean.repairs import by_unit, repaired
from tearsheet.model import Document, Entry, Fate, Page, Record, Repair, Unit
from tearsheet.pages.card import title_of
from tearsheet.pages.pager import pager
from tearsheet.pages.places import ledger_page_name, ledger_starts, original_address
from tearsheet.pages.repairs import mended_words
from tearsheet.pages.words import FATE_LABELS

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def source_pages(record: Record) -> Iterator[Page]:
    """Lay out the ledger of a record, on as many pages as it needs."""
    document = record.document
    total = len(document.source.units)
    mended = by_unit(document.repairs)
    card = _card(record, document)
    spans = list(pairwise((*ledger_starts(document.source.units), total + 1)))
    for index, span in enumerate(spans):
        numbers = range(*span)
        body = "\n".join(_row(document, number, mended.get(number, ())) for number in numbers)
        yield Page(
            f"records/{record.accession.slug}/{ledger_page_name(index)}.md",
            {**card, "pages": _pager(record, index, spans)},
            f'<ol class="ledger">\n{body}\n</ol>',
        )


def _pager(record: Record, index: int, spans: list[tuple[int, int]]) -> list[dict[str, object]]:
    address = permalink(record.accession.slug)

    def label(place: int) -> str:
        first, after = spans[place]
        return f"{first}–{after - 1}"

    return pager(len(spans), index, label, lambda place: f"{address}{ledger_page_name(place)}/")


def _row(document: Document, number: int, repairs: tuple[Repair, ...]) -> str:
    unit, entry = document.source.units[number - 1], document.ledger[number - 1]
    reads = _reads(unit, repairs)
    why = _reason(entry) + mended_words(repairs) + (" Below, as it reads." if reads else "")
    return (
        f'<li id="u{number}" class="fate-{entry.fate.value}" value="{number}">'
        f'<span class="fate">{html.escape(FATE_LABELS[entry.fate])}</span> '
        f'<span class="reason">{html.escape(why)}</span>'
        f'<pre dir="auto">{_text(unit.text)}</pre>{reads}</li>'
    )


def _reads(unit: Unit, repairs: tuple[Repair, ...]) -> str:
    """Give what a mended unit reads as, below what came; joined lines are seen on the page."""
    inside = [one for one in repairs if one.kind not in BREAKS]
    if not inside:
        return ""
    return f'<pre class="ts-reads" dir="auto">{_text(repaired(unit.text, inside))}</pre>'


def _reason(entry: Entry) -> str:
    if entry.fate is Fate.BLANK:
        return ""
    if entry.by == "editor":
        return f"{entry.reason} (the editor’s word)"
    return f"{entry.reason} ({entry.confidence:.0%} sure)"


def _text(text: str) -> str:
    """Give a text on one line of Markdown source: line breaks as character references."""
    if text.isprintable():
        return html.escape(text)
    escaped = html.escape(_CONTROL.sub("\ufffd", text))
    return escaped.replace("\n", "&#10;").replace("\r", "&#13;")


def _card(record: Record, document: Document) -> dict[str, object]:
    """Give what every page of a source view shows."""
    counts = Counter(entry.fate for entry in document.ledger)
    title = title_of(record)
    return {
        "title": f"Source of “{title}”",
        "kind": "source",
        "template": "source.html",
        "unit_word": document.source.unit_word,
        "record": {"title": title, "href": permalink(record.accession.slug)},
        "accession": record.accession.number,
        "original": original_address(record.accession),
        "path": record.path,
        "counts": [
            {"fate": fate.value, "label": FATE_LABELS[fate], "count": counts[fate]}
            for fate in Fate
            if counts[fate] and fate is not Fate.BLANK
        ],
    }
