"""The days that a page states to machines: in meta tags, time elements and its address.

Takes fields and claims; gives claims of publication. Machines are told when a text went into
the system that shows it, in Greenwich time: where the page prints an earlier day under its
title, that is the day on which readers got it.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tearsheet.calendar_words import MONTHS
from tearsheet.dates import Found, read_date
from tearsheet.model import Claim, Field

NAMED_AS_PUBLISHED = re.compile(
    r"(?:publi(?:sh|cation)|issue|posted|pub)\w{0,4}[-_.:]?(?:on[-_.:]?)?(?:date|time)|(?:date|time)[-_.:]?(?:publi|posted|issued)"
)
"""Names that pages give to meta tags of their own: `w-published-date`, `article-publish-time`."""
NAMED_SURE, TIME_SURE, ADDRESS_SURE = 0.86, 0.7, 0.75
MONTH_IN_ADDRESS = "|".join(sorted({re.escape(word) for word in MONTHS if word.isascii()}))
DAY_IN_ADDRESS = re.compile(
    rf"(?<=/)((?:19|20)\d\d)[/-]([01]?\d|{MONTH_IN_ADDRESS})[/-]([0-3]?\d)(?=[/-]|$)", re.IGNORECASE
)
EPOCH_DAY = frozenset({"1970-01-01", "0001-01-01", "1900-01-01", "1969-12-31"})
"""What a publishing system writes when it knows no date."""
DAY = 10
"""Characters of a date to the day."""


def machine_date(stated: str) -> str | None:
    """Give a date that a machine wrote; one in two readings is left to the text."""
    found: Found | None = read_date(stated)
    if found is None or found.ambiguous or found.value is None:
        return None
    return None if found.value[:DAY] in EPOCH_DAY else found.value


def named_claims(fields: Iterable[Field], known: frozenset[str]) -> Iterator[Claim]:
    """Believe a meta tag that no one else names so, where its name says that it is the day."""
    for one in fields:
        if one.found_in.startswith("meta") and one.name not in known:
            value = machine_date(one.value) if NAMED_AS_PUBLISHED.search(one.name) else None
            if value:
                yield Claim("published", value, one.value, one.found_in, "stated", NAMED_SURE)


def time_claims(fields: Iterable[Field]) -> Iterator[Claim]:
    """Believe a `time` element where all of the page's name one day; else it is another's."""
    stated = [one for one in fields if one.name == "time"]
    days = {(machine_date(one.value) or "")[:DAY] for one in stated}
    if len(days) == 1 and days != {""}:
        value = machine_date(stated[0].value) or ""
        yield Claim("published", value, stated[0].value, stated[0].found_in, "stated", TIME_SURE)


def date_in_address(claims: Iterable[Claim]) -> Claim | None:
    """Infer the day of publication from an address that holds it: `/2020/06/11/`, `/2020/jun/11/`."""
    for claim in claims:
        found = DAY_IN_ADDRESS.search(claim.value) if claim.field in ("source_url", "archive_url") else None  # fmt: skip
        if found is None:
            continue
        year, month, day = found.groups()
        number = month if month.isdigit() else str(MONTHS[month.lower()])
        read = read_date(f"{year}-{number}-{day}")
        if read and read.date and read.value:
            return Claim(
                "published", read.value, found.group(), claim.found_in, "inferred", ADDRESS_SURE
            )
    return None


def settled(head: Iterable[Claim], printed: Iterable[Claim]) -> Iterator[Claim]:
    """Give the head's claims in the light of the days that the page prints of itself.

    An earlier day under the title is believed before the machines' day. A `time` element
    that says what the page prints as the day of its update is no day of publication. Where
    elements marked as `datePublished` differ, they are those of comments or other articles.
    """
    head, lines = tuple(head), tuple(printed)
    days = [one for one in lines if one.field == "published" and one.how == "stated"]
    first = next((one for one in days if len(one.value) >= DAY), None)
    updates = {one.value[:DAY] for one in lines if one.field == "updated"}
    marked = {one.value[:DAY] for one in head if one.found_in == "itemprop datePublished"}
    for one in head:
        if one.field != "published":
            yield one
        elif one.found_in == "itemprop datePublished" and len(marked) > 1:
            continue
        elif one.found_in == "time datetime" and one.value[:DAY] in updates:
            yield replace(one, field="updated")
        elif first and first.value[:DAY] < one.value[:DAY]:
            yield replace(one, confidence=min(one.confidence, first.confidence - 0.01))
        else:
            yield one
