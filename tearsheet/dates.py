"""Find the dates that a text states, in the wordings of the world's press.

Takes a text; gives each date with its span, its parts as far as they are stated, and, where
05-06-2020 may be two days, both readings. Nothing is completed: a date without a year has
none. Values are ISO 8601 prefixes: `2020`, `2020-06`, `2020-06-11`, `2020-06-11T09:00Z`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from tearsheet.calendar_words import (
    AM_WORDS,
    ENGLISH_VERBS,
    MONTHS,
    PM_WORDS,
    WEEKDAYS,
    ZONES,
)

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""Newspapers begin in 1605; four digits outside are a number."""
CENTURY_TURNS = 70
"""`69` is 2069 and `70` is 1970, as POSIX reads two digits."""
LONGEST = 20_000
"""Characters looked at: a date that matters stands in a short line or near the beginning."""

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Found(msgspec.Struct, frozen=True):
    """A date as a text states it: parts that it does not state are None.

    `month` and `day` of an ambiguous date are read day first; `swapped()` gives the other.
    """

    start: int
    end: int
    original: str
    year: int | None
    month: int | None = None
    day: int | None = None
    time: str | None = None
    zone: str | None = None
    weekday: int | None = None
    ambiguous: bool = False

    @property
    def value(self) -> str | None:
        """The ISO prefix as far as it is stated; None without a year."""
        if self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        day = f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{day}T{self.time}{self.zone or ''}" if self.time else day

    @property
    def date(self) -> date | None:
        """The calendar day, where one is stated."""
        return _day(self.year, self.month, self.day)

    def swapped(self) -> "Found":
        """The other reading of an ambiguous date: month first."""
        return replace(self, month=self.day, day=self.month)

    def settled(self, *, day_first: bool) -> "Found":
        """The one reading that is meant."""
        chosen = self if day_first or not self.ambiguous else self.swapped()
        return replace(chosen, ambiguous=False)


def find_dates(text: str) -> tuple[Found, ...]:
    """Give every date that the text states, in its order; the first of two that overlap."""
    plain = text[:LONGEST].translate(DIGITS)
    if not _DIGIT.search(plain):
        return ()  # every wording has one; most lines have none
    found = sorted(_all(plain), key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(replace(one, original=text[one.start : one.end]))
    return tuple(kept)


def read_date(text: str) -> Found | None:
    """Read a value that is one date and little else: a meta tag, a cell, a sidecar's value."""
    stripped = text.strip()
    if moment := _stamp(stripped):
        return moment
    found = find_dates(stripped)
    if found:
        return found[0]
    if re.fullmatch(r"\d{4}", stripped) and FIRST_YEAR <= int(stripped) <= LAST_YEAR:
        return Found(0, 4, stripped, int(stripped))
    return None


def years_named(text: str) -> tuple[int, ...]:
    """Give every year that stands in a text as four digits of this or the last century."""
    return tuple(int(match.group()) for match in _YEAR_ALONE.finditer(text[:200_000]))


def year_of_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    """Tell whether this day of this year falls on this weekday."""
    when = _day(year, month, day)
    return when is not None and when.weekday() == weekday


# ---------------------------------------------------------------- wordings


def _alternatives(words: object) -> str:
    return "|".join(sorted((re.escape(str(word)) for word in words), key=lambda w: (-len(w), w)))  # type: ignore[attr-defined]  # any collection of words


_DIGIT = re.compile(r"\d")
_MONTH = rf"(?P<month>{_alternatives(MONTHS)})\b\.?(?:/(?:{_alternatives(MONTHS)})\b)?"
_WEEKDAY = rf"(?:\b(?P<weekday>{_alternatives(WEEKDAYS)})\b\.?,?\s{{1,3}}(?:den\s|le\s|the\s|dia\s|día\s)?)?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°|\.|-го|-е|e)?"
_OF = r"(?:\s{0,2}(?:of|de|d[’']|di|del)\s{1,2})?"
_FOUR = r"(?:1[6-9]|20|21)\d\d"
_YEAR = rf"(?P<year>{_FOUR})(?!\d)"

_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?<![\d.,:/-])(?P<day>\d{{1,2}}){_ORDINAL}{_OF}[\s-]{{0,2}}{_MONTH}(?:,?\s{{0,2}}(?:de\s|del\s|di\s|-)?{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}\b{_MONTH}\s{{1,2}}(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%.]\d|\d)(?:,?\s{{1,2}}{_YEAR}|,(?P<close_year>{_FOUR})(?!\d))?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"\b{_MONTH},?\s{{1,2}}(?:de\s|del\s|of\s)?{_YEAR}(?!\s?[:h]\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    rf"(?<![\d/.-])(?P<year>{_FOUR})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?:(?P=mark)(?P<day>\d{{1,2}}))?(?![\d/-])"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T?\d{6}|\b)"
)
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(?<![\d/.:-])(?P<first>\d{{1,2}})\s?(?P<mark>[-/.])\s?(?P<second>\d{{1,2}})\s?(?P=mark)\s?(?P<year>\d{{4}}|\d\d)(?![\d/-]|\.\d)",
    re.IGNORECASE,
)
_CJK = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일])?"
)
_YEAR_ALONE = re.compile(r"(?<![\d.,/$£€-])(?:19|20)\d\d(?![\d,.%/-]\d|\d)")

_TIME = re.compile(
    r"(?:T|(?:\sг\.)?,?\s{0,2}(?:[-–—|·•@]|at|à|um|a las|às|alle ore|om|в|kl\.?|الساعة|saat)?\s{0,2})"
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?|(?=\s?[ap]\.?m\b))"
    rf"\s?(?P<half>{_alternatives((*PM_WORDS, *AM_WORDS))})?(?![\d])"
    r"(?:\s?\(?(?:(?P<zone>(?-i:[A-Z]{1,5}|МСК|мск))\b)?\s?(?P<offset>[+-]\d\d:?\d\d|[+-]\d{1,2}\b)?)?",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\s?(?P<half>[ap]\.?m\.?)?"
    r"(?:\s(?P<zone>[A-Z]{2,4}))?(?P<offset>)\s?[,|·•–-]?\s?(?:on\s|le\s|am\s)?$",
    re.IGNORECASE,
)
_COMPACT_TIME = re.compile(r"T?(\d\d)(\d\d)(\d\d)(Z?)")
_EPOCH = re.compile(r"(1\d{9})(\d{3})?")


def _all(text: str) -> Iterator[Found]:
    for match in _DAY_FIRST.finditer(text):
        yield from _worded(text, match, match["year"])
    for match in _MONTH_FIRST.finditer(text):
        yield from _worded(text, match, match["year"] or match["close_year"])
    for match in _MONTH_YEAR.finditer(text):
        if not _is_verb(match["month"]):
            yield Found(*match.span(), "", int(match["year"]), MONTHS[match["month"].lower()])
    for pattern in (_YEAR_FIRST, _CJK, _COMPACT):
        for match in pattern.finditer(text):
            yield from _year_first(text, match)
    for match in _NUMBERS.finditer(text):
        yield from _numbers(text, match)


def _worded(text: str, match: re.Match[str], year: str | None) -> Iterator[Found]:
    if _is_verb(match["month"]):
        return
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    made = _found(match, int(year) if year else None, month, day)
    if _exists(made):
        yield _with_time(text, made)


def _year_first(text: str, match: re.Match[str]) -> Iterator[Found]:
    day = match["day"]
    made = _found(match, int(match["year"]), int(match["month"]), int(day) if day else None)
    in_range = FIRST_YEAR <= int(match["year"]) <= LAST_YEAR
    if in_range and _exists(made) and (day or "." not in match.group()):
        yield _with_time(text, made)


def _numbers(text: str, match: re.Match[str]) -> Iterator[Found]:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < CENTURY_TURNS else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return
    day_first = _found(match, year, second, first)
    month_first = _found(match, year, first, second)
    possible = [one for one in (day_first, month_first) if _exists(one)]
    on_weekday = [one for one in possible if one.weekday is not None and one.date and one.date.weekday() == one.weekday]  # fmt: skip
    if len(on_weekday) == 1:
        possible = on_weekday
    if len(possible) == 2 and first != second:
        yield _with_time(text, replace(day_first, ambiguous=True))
    elif possible:
        yield _with_time(text, possible[0])


def _found(match: re.Match[str], year: int | None, month: int, day: int | None) -> Found:
    word = match.groupdict().get("weekday")
    weekday = WEEKDAYS[word.lower()] if word else None
    return Found(*match.span(), "", year, month, day, weekday=weekday)


def _exists(found: Found) -> bool:
    if found.month is None or not 1 <= found.month <= 12:
        return False
    if found.day is None:
        return True
    return _day(found.year or 2000, found.month, found.day) is not None


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_verb(word: str) -> bool:
    return word in ENGLISH_VERBS


# ---------------------------------------------------------------- times of day


def _with_time(text: str, found: Found) -> Found:
    if found.day is None or found.year is None:
        return found
    compact = (
        _COMPACT_TIME.match(text, found.end) if text[found.start : found.end].isdigit() else None
    )
    if compact:
        clock = f"{compact[1]}:{compact[2]}"
        return replace(found, end=compact.end(), time=clock, zone="Z" if compact[4] else None)
    after = _TIME.match(text, found.end)
    if after and (timed := _timed(found, after)):
        return replace(timed, end=found.end + len(after.group().rstrip(" (")))
    before = _TIME_BEFORE.search(text, max(0, found.start - 24), found.start)
    if before and (timed := _timed(found, before)):
        return replace(timed, start=before.start())
    return found


def _timed(found: Found, match: re.Match[str]) -> Found | None:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        half = ""
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23:
        return None
    return replace(found, time=f"{hour:02}:{minute}", zone=_zone(match["zone"], match["offset"]))


def _zone(name: str | None, offset: str | None) -> str | None:
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        return f"{offset[0]}{int(hours):02}:{minutes}" if int(hours) <= 14 else None
    return ZONES.get(name.lower()) if name else None


def _stamp(text: str) -> Found | None:
    """Read seconds or milliseconds since 1970, as some publishing systems write them."""
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match[1]))
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return Found(0, len(text), text, moment.year, moment.month, moment.day, clock, "Z")
