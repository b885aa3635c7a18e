"""Settle a date that can be read in two ways, by evidence alone, and say by which.

Takes a date as it stands and what else the page says of days; gives the reading, and why.
Without evidence there is none: both readings are then shown.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from tearsheet.dates import Found, find_dates, read_date
from tearsheet.describe.look import Look, quoted
from tearsheet.model import Claim

NEAR = 7
"""Days: press texts name a day without its year within a week of it."""
MOST_TEXT = 60_000
MOST_FIELDS = 200
DAY_FIRST_LANGUAGES = {
    "ar": "Arabic",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "ru": "Russian",
    "tr": "Turkish",
    "da": "Danish",
    "nb": "Norwegian",
    "pl": "Polish",
    "ro": "Romanian",
    "ca": "Catalan",
    "uk": "Ukrainian",
    "el": "Greek",
    "fi": "Finnish",
    "cs": "Czech",
}
"""Languages whose every country writes 5 June as 05-06; English and Swedish are not among them."""
DAY_FIRST_COUNTRIES = {
    "gb": "Britain",
    "uk": "Britain",
    "au": "Australia",
    "nz": "New Zealand",
    "ie": "Ireland",
    "in": "India",
    "za": "South Africa",
    "ng": "Nigeria",
    "se": "Sweden",
}
"""Countries whose press in English, or Swedish, writes the day first, by the ends of addresses
and language tags. `en-US` is no evidence: it is what a publishing system is delivered with."""
MONTH_FIRST_ENDS = {
    "gov": "the United States",
    "mil": "the United States",
    "us": "the United States",
}
HOST_END = re.compile(
    r"^https?://(?:[^/?#@]*\.)?[^./?#@]+\.([a-z]{2,4})(?=[/:?#]|$)", re.IGNORECASE
)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Habit(msgspec.Struct, frozen=True):
    """Which way dates in numbers are read, and the words that say on what evidence."""

    day_first: bool
    why: str


class Ways(msgspec.Struct, frozen=True):
    """What is known from outside a date: the editor's setting, the text's language, the
    publisher's habit, and the day that the page's address holds.
    """

    day_first: bool | None = None
    language: str | None = None
    habit: Habit | None = None
    address: Claim | None = None
    stated: tuple[Claim, ...] = ()
    """What the page and its editor state, its language and address among it."""


def reading(look: Look, found: Found, others: Iterable[Found], ways: Ways) -> Habit | None:
    """Say which way an ambiguous date is to be read and what shows it, the nearest evidence first."""
    return (
        _by_another_date(found, others)
        or _by_a_field(look, found, ways)
        or _by_days_near(look, found)
        or _by_setting(ways)
        or ways.habit
        or _by_language(ways)
        or _by_country(ways)
    )


def only_way(found: Found) -> bool | None:
    """Say of a date in numbers that exists in one reading only whether its day comes first."""
    numbers = re.fullmatch(r"\D*(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?\d{2,4}.*", found.original)
    if found.ambiguous or numbers is None or numbers[1] == numbers[2]:
        return None
    return int(numbers[1]) == found.day


def _by_another_date(found: Found, others: Iterable[Found]) -> Habit | None:
    for other in others:
        way = only_way(other)
        if way is not None and other is not found:
            return Habit(way, f"{quoted(other.original)} can be read in one way only")
    return None


def _by_a_field(look: Look, found: Found, ways: Ways) -> Habit | None:
    """Settle by the days that page and address state to machines, if one reading is among them."""
    stated = dict(_days_of_fields(look))
    if ways.address:
        stated[ways.address.value] = ways.address.found_in
    met = {way: stated.get(found.settled(day_first=way).value or "") for way in (True, False)}
    if (met[True] is None) == (met[False] is None):
        return None
    way = met[True] is not None
    return Habit(way, f"the page states that day to machines too ({met[way]})")


def _days_of_fields(look: Look) -> Iterator[tuple[str, str]]:
    for field in look.document.source.fields[:MOST_FIELDS]:
        # What begins with a year reads in one way only; the longest stamp has 35 characters.
        day = read_date(field.value) if re.match(r"\d{4}-", field.value[:40]) else None
        if day and day.value and not day.ambiguous:
            yield day.value[:10], field.found_in


def _by_days_near(look: Look, found: Found) -> Habit | None:
    """Settle by the days that the text names: those of one reading's week, none of the other's."""
    first, second = found.settled(day_first=True).date, found.settled(day_first=False).date
    if first is None or second is None:
        return None
    close: dict[bool, str] = {}
    for named in find_dates(look.text[:MOST_TEXT]):
        when = replace(named, year=named.year or found.year).date
        if when is None or named.ambiguous:
            continue
        if named.weekday is not None and when.weekday() != named.weekday:
            continue
        for way, day in ((True, first), (False, second)):
            if -1 <= (day - when).days <= NEAR:
                close.setdefault(way, named.original)
    if len(close) != 1:
        return None
    way, original = next(iter(close.items()))
    return Habit(way, f"the text speaks of {quoted(original)}, a day of that week")


def _by_setting(ways: Ways) -> Habit | None:
    if ways.day_first is None:
        return None
    order = "the day" if ways.day_first else "the month"
    return Habit(
        ways.day_first,
        f"the archive's settings say that {order} comes first (corpus.yml, day_first)",
    )


def _by_language(ways: Ways) -> Habit | None:
    name = DAY_FIRST_LANGUAGES.get(ways.language or "")
    return Habit(True, f"the text is in {name}, which writes the day first") if name else None


def _by_country(ways: Ways) -> Habit | None:
    """Settle by the country that the page's language tag or its address names."""
    for claim in ways.stated:
        if claim.field == "language" and "-" in claim.value:
            end = claim.value.rpartition("-")[2].lower()
            if name := DAY_FIRST_COUNTRIES.get(end):
                return Habit(True, f"the page’s language is that of {name} ({claim.value})")
        host = HOST_END.match(claim.value) if claim.field == "source_url" else None
        end = host[1].lower() if host else ""
        if name := DAY_FIRST_COUNTRIES.get(end):
            return Habit(True, f"its address is one of {name} (.{end}), which writes the day first")
        if name := MONTH_FIRST_ENDS.get(end):
            return Habit(False, f"its address is one of {name} (.{end}), which writes the month first")  # fmt: skip
    return None


def in_words(found: Found) -> str:
    """Give a date in words for a reader: `5 June 2020`, `June 2020`, `2020`."""
    words = [str(found.year)] if found.year else []
    if found.month:
        words.insert(0, MONTH_NAMES[found.month - 1])
    if found.day:
        words.insert(0, str(found.day))
    return " ".join(words)
