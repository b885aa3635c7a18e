"""What the rest of the archive shows of one record: in lists, counts, findings, on other pages.

Takes a Record; gives a Card, which depends on nothing but what the record told by itself (see
records.py). The card of a record that told the same in the last build is that of the last build.
"""

import msgspec

from tearsheet.gist import gist_of
from tearsheet.model import Claim, Fate, Finding, Record
from tearsheet.report import of_record

UNDATED = "undated"
MAX_TITLE = 300
"""Characters of a title in a list; the record's own page shows it whole."""


class Card(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record in a few words. `given` says that an editor named its publisher; `topics` are each
    named once; `lead` is what it says first; `fates` counts its units, packed; `serious` are its
    serious notes, each with its kind; `noted` says that it has any.
    """

    path: str
    number: str
    slug: str
    title: str
    published: str | None
    publisher: str | None
    given: bool
    topics: tuple[str, ...]
    lead: str
    fates: bytes
    serious: tuple[tuple[str, str], ...]
    noted: bool
    findings: tuple[Finding, ...]


_OUT, _FATES_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(dict[Fate, int])


def card_of(record: Record) -> Card:
    """Give the card of a record."""
    publisher, notes, summed = (
        record.description.claims.get("publisher"),
        record.notes,
        gist_of(record),
    )
    return Card(
        record.path,
        record.accession.number,
        record.accession.slug,
        title_of(record),
        record.value("published"),
        publisher.value if publisher else None,
        _is_given(publisher),
        topics_of(record),
        summed.lead,
        _OUT.encode(dict(summed.fates)),
        tuple([(note.kind, note.text) for note in notes if note.serious]),
        bool(notes),
        tuple(of_record(record)),
    )


def _is_given(claim: Claim | None) -> bool:
    return claim is not None and claim.how == "given"


def fates_in(packed: bytes) -> dict[Fate, int]:
    """Give a card's fates with the number of units of each."""
    return _FATES_IN.decode(packed)


def title_of(record: Record) -> str:
    """Give what a record is called on pages: its title, or else its file's name."""
    return record.value("title") or f"Untitled: {record.path}"


def short(title: str) -> str:
    """Give a title as a list shows it: cut where it is no headline any more."""
    return title if len(title) <= MAX_TITLE else f"{title[:MAX_TITLE].rstrip()}…"


def topics_of(record: Record) -> tuple[str, ...]:
    """Give the topics that a record's source names, each once."""
    named = (record.value("topics") or "").split("; ")
    return tuple({topic.casefold(): topic for topic in named if topic}.values())


def year_of(published: str | None) -> str:
    """Give the year of a day, or `undated`."""
    return published[:4] if published else UNDATED
