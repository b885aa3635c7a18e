"""What the corpus as a whole must know of a document, so that the document can be put away.

Takes a cleaned document and its title; gives a Gist. Lists, counts and the build report are
made of gists alone: only a page that shows a document reads it again.
"""

from collections import Counter

from tearsheet.model import ASIDE_FATES, Document, Fate, Gist, Record
from tearsheet.names import sentence

LONGEST_LEAD = 140
"""Characters quoted of a record: a hundred entries stay under 60 KB of HTML."""
LEADING = frozenset({Fate.PARAGRAPH, Fate.STANDFIRST})
FEWEST_WORDS = 4
"""Of a lead: less is a heading or a rubric."""


def gist(document: Document, title: str) -> Gist:
    """Sum up one document."""
    units = document.source.units
    sizes = {
        entry.unit: len(units[entry.unit - 1].text.strip())
        for entry in document.ledger
        if entry.fate in ASIDE_FATES
    }
    fates = Counter(entry.fate for entry in document.ledger)
    return Gist(
        notes=(*document.source.notes, *document.notes),
        fates=tuple((fate, fates[fate]) for fate in Fate if fates[fate]),
        characters=sum(len(unit.text.strip()) for unit in units),
        aside=sum(sizes.values()),
        largest_aside=max(sizes, key=lambda unit: (sizes[unit], -unit), default=None),
        ruled=any(entry.by == "editor" for entry in document.ledger),
        lead=lead(document, title),
    )


def lead(document: Document, title: str) -> str:
    """Give the first sentence of a text that is not its title, cut where it is long."""
    text = document.text
    for one in document.blocks:
        whole = text[one.start : one.end]
        if (
            one.fate in LEADING
            and whole.casefold() != title.casefold()
            and whole.count(" ") >= FEWEST_WORDS
        ):
            _, end = sentence(text, one.start, one.start + 1)
            said = " ".join(text[one.start : min(end, one.end)].split())
            return (
                said if len(said) <= LONGEST_LEAD else f"{said[:LONGEST_LEAD].rsplit(' ', 1)[0]} …"
            )
    return ""


def gist_of(record: Record) -> Gist:
    """Give the gist of a record's document, made now where it was not kept."""
    return record.gist or gist(record.document, record.value("title") or "")
