"""The day in a dateline: `PORT LUNE, Feb 13 (Agency) -`, which leaves its year to other evidence.

The year is inferred only where two things that the text says agree: a year that it names (in
its line of copyright, or the last in its text) and a weekday in its first paragraphs, on
which that day fell in that year. News names the weekday of its own day.
"""

import re
from collections.abc import Iterator
from itertools import islice

import msgspec
from msgspec.structs import replace

from tearsheet.calendar_words import WEEKDAYS
from tearsheet.dates import Found, find_dates, year_of_weekday, years_named
from tearsheet.describe.look import MOST_LOOKED_AT, Look
from tearsheet.model import Fate, Unit

LONGEST = 120
"""Characters in which a dateline ends with its dash."""
DASH = re.compile(r"\s(?:[–—-]{1,2})\s|(?<=\))\s?[–—-]")
COPYRIGHT_YEAR = re.compile(
    r"(?:©|\(c\)|\bcopyright\b).{0,60}?\b((?:19|20)\d\d)\b(?!\s?[-–]\s?\d)", re.IGNORECASE
)
WORDS = re.compile(r"[^\W\d_]+")
OPENING_PARAGRAPHS = 3


class DatedLine(msgspec.Struct, frozen=True):
    """A dateline's day with the year inferred for it, and what shows that year."""

    unit: Unit
    found: Found
    weekday: int
    year_from: str


def dated_line(look: Look) -> DatedLine | None:
    """Give the day of the article's dateline, where its year can be inferred."""
    first = next((unit for unit in look.of(Fate.PARAGRAPH)), None)
    found = _day_in(first.text) if first else None
    if first is None or found is None:
        return None
    weekdays = _weekdays_named(look)
    agreeing = {
        (year, weekday): source
        for year, source in _years(look)
        for weekday in sorted(weekdays)
        if year_of_weekday(year, found.month or 0, found.day or 0, weekday)
    }
    if len({year for year, _ in agreeing}) != 1:
        return None
    (year, weekday), source = next(iter(agreeing.items()))
    return DatedLine(first, replace(found, year=year), weekday, source)


def _day_in(text: str) -> Found | None:
    """Give the one day without a year that stands before the dash of a dateline."""
    dash = DASH.search(text[:LONGEST])
    if dash is None or not text[:1].isupper():
        return None
    found = find_dates(text[: dash.start()])
    if len(found) != 1 or found[0].year is not None or not (found[0].month and found[0].day):
        return None
    return found[0]


def _weekdays_named(look: Look) -> frozenset[int]:
    opening = islice(look.of(Fate.PARAGRAPH), OPENING_PARAGRAPHS)
    text = " ".join(unit.text[:MOST_LOOKED_AT] for unit in opening)
    # Capitals: in English `Sun`, `Wed` and `Mon` are words and names too, a full weekday is none.
    return frozenset(
        WEEKDAYS[word.lower()]
        for word in WORDS.findall(text)
        if len(word) > 5 and word.lower() in WEEKDAYS
    )


def _years(look: Look) -> Iterator[tuple[int, str]]:
    """Give the years that the text may be of, each with the words that say where it is named."""
    for unit in look.of(Fate.LEGAL, Fate.NOTICE):
        match = COPYRIGHT_YEAR.search(unit.text[:MOST_LOOKED_AT])
        if match:
            yield int(match[1]), f"the line of copyright ({look.place(unit)}) says {match[1]}"
    last = max(years_named(look.text), default=None)
    if last is not None:
        yield last, f"the last year that the text names is {last}"
