"""When an article was published and updated, as far as its text says so.

A date stands for the article only where a line states it: beside the title, in the byline,
in an editor's notice. The dates of other articles, of posts and of the story itself do not.
What can be read in two ways is settled by evidence alone, and is else as precise as both
readings are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tearsheet.dates import Found, find_dates, year_of_weekday, years_named
from tearsheet.describe.dateline import DatedLine, dated_line
from tearsheet.describe.look import MOST_LOOKED_AT, Look, quoted
from tearsheet.describe.people import introduces
from tearsheet.model import Claim, Fate, Note, Unit

UPDATED_WORDS = re.compile(
    r"\b(?:updated?|modified|revised|last (?:edit|change)|amended|corrected|mis(?:e)? à jour|modifié|actualisé|"
    r"aktualisiert|geändert|stand|actualizad[oa]|modificad[oa]|aggiornat[oa]|modificat[oa]|atualizad[oa]|"
    r"bijgewerkt|gewijzigd|laatste update|обновлен[оа]?|изменен[оа]?|güncelle\w*|son güncelleme|"
    r"oppdatert|uppdaterad|opdateret|aktualizacja)\b|تحديث|تعديل|محدث",
    re.IGNORECASE,
)
PUBLISHED_WORDS = re.compile(
    r"\b(?:publi(?:shed|é|ée|cado|cada|cato|cata|ziert|kace)|posted|issued|first published|created|broadcast|aired|date|"
    r"veröffentlicht|erschienen|gepubliceerd|geplaatst|опубликован[оа]?|yayın\w*|oluştur\w*|publicerad|publisert|"
    r"offentliggjort|veröffentlichung|data)\b|نشر|نُشر",
    re.IGNORECASE,
)
AFTERWORD = re.compile(r"\s*[-(|]?\s*(?:last )?updated\b", re.IGNORECASE)
BEFORE = 40
"""Characters before a date in which a word says whether it is that of an update."""
NEAR = 7
"""Days: press texts name a day without its year within a week of it."""
SHORT_LINE = 12
"""Words of a line under a title that is a date with a name or a reading time beside it."""
EDGE = 7
"""Days at either end of a month that a text of the month beside it may name so."""
STATED_SURE, LABELLED_SURE = 0.85, 0.95
MOST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that a line states of the article, and whether of its publication or an update."""

    unit: Unit
    found: Found
    field: str
    sure: float


@dataclass(frozen=True, slots=True)
class Dating:
    """What the text says of when: claims, best first, and what a reader must know of them."""

    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()


def date_text(
    look: Look, *, day_first: bool | None, language: str | None, dated: bool = False
) -> Dating:
    """Give the dates of publication and update that the text states, else what it implies.

    Where the page is `dated` by its fields or its editor, nothing needs to be implied.
    """
    stated = tuple(_stated(look))
    claims: list[Claim] = []
    notes: list[Note] = []
    for one in stated:
        claim, note = _settle(look, one, stated, day_first=day_first, language=language)
        claims += [claim] if claim else []
        notes += [note] if note else []
    if not dated and not any(claim.field == "published" for claim in claims):
        implied = _implied(look)
        claims += implied.claims
        notes += implied.notes
    return Dating(tuple(claims), tuple(dict.fromkeys(notes)))


def _stated(look: Look) -> Iterator[Stated]:
    """Give the dates of lines that speak of the article, none that follows the tail."""
    seen_published = False
    for unit in look.of(Fate.DATE, Fate.BYLINE, Fate.NOTICE, Fate.NAVIGATION, Fate.SHARE):
        if unit.number > look.tail:
            return
        if not _speaks_of_article(look, unit):
            continue
        text = unit.text[:MOST_LOOKED_AT]
        notice = look.document.ledger[unit.number - 1].fate is Fate.NOTICE
        for found in find_dates(text):
            if found.year is None:
                continue
            before = text[max(0, found.start - BEFORE) : found.start]
            field = _field(before, text[found.end : found.end + BEFORE], text, notice=notice)
            if field is None or (field == "published" and seen_published):
                continue
            seen_published = seen_published or field == "published"
            labelled = bool(UPDATED_WORDS.search(before) or PUBLISHED_WORDS.search(before))
            yield Stated(unit, found, field, LABELLED_SURE if labelled else STATED_SURE)


def _speaks_of_article(look: Look, unit: Unit) -> bool:
    """Tell a date under the title from the site's own, which may be today's, and from the story's.

    Above the title, within the text and below it a date counts only with a word that says so.
    """
    fate = look.document.ledger[unit.number - 1].fate
    labelled = bool(
        PUBLISHED_WORDS.search(unit.text[:MOST_LOOKED_AT])
        or UPDATED_WORDS.search(unit.text[:MOST_LOOKED_AT])
        or introduces(unit.text)
    )
    title = next(look.of(Fate.TITLE), None)
    start = title.number if title else 0
    if start < unit.number < look.first_text:
        short = len(unit.text.split()) <= SHORT_LINE
        return fate not in (Fate.NAVIGATION, Fate.SHARE, Fate.CAPTION) or labelled or short
    if fate not in (Fate.DATE, Fate.BYLINE, Fate.NOTICE):
        return False
    just_above = title is not None and unit.number < start and look.steps(unit, title) <= 2
    return labelled or fate is Fate.NOTICE or (just_above and not _has_weekday(unit))


def _has_weekday(unit: Unit) -> bool:
    return any(found.weekday is not None for found in find_dates(unit.text[:MOST_LOOKED_AT]))


def _field(before: str, after: str, text: str, *, notice: bool) -> str | None:
    """Say which field a date is for: the word nearest before it decides."""
    updated = [match.end() for match in UPDATED_WORDS.finditer(before)]
    published = [match.end() for match in PUBLISHED_WORDS.finditer(before)]
    if updated or published:
        return "updated" if max(updated, default=-1) > max(published, default=-1) else "published"
    if notice:
        return "updated" if UPDATED_WORDS.search(text) else None
    if AFTERWORD.match(after) and not find_dates(after):
        return "updated"
    return "published"


# ---------------------------------------------------------------- two readings


def _settle(
    look: Look,
    one: Stated,
    stated: tuple[Stated, ...],
    *,
    day_first: bool | None,
    language: str | None,
) -> tuple[Claim | None, Note | None]:
    found = one.found
    if not found.ambiguous:
        assert_value = found.value
        if assert_value is None:
            return None, None
        return look.claim(one.field, assert_value, one.unit, found.original, sure=one.sure), None
    reading, why = _evidence(look, found, stated, day_first=day_first, language=language)
    both = (
        f"{in_words(found.settled(day_first=True))} or {in_words(found.settled(day_first=False))}"
    )
    if reading is None:
        text = (
            f"The date {quoted(found.original)} may be {both}; nothing in the source settles which."
        )
        year = replace(found, month=None, day=None, time=None)
        claim = look.claim(
            one.field, year.value or "", one.unit, found.original, sure=0.9, how="inferred"
        )
        return claim, look.note("date", text, one.unit, serious=True)
    chosen = found.settled(day_first=reading)
    text = f"The date {quoted(found.original)} may be {both}; it is read as {in_words(chosen)}, because {why}."
    claim = look.claim(
        one.field, chosen.value or "", one.unit, found.original, sure=0.85, how="inferred"
    )
    return claim, look.note("date", text, one.unit)


def _evidence(
    look: Look,
    found: Found,
    stated: tuple[Stated, ...],
    *,
    day_first: bool | None,
    language: str | None,
) -> tuple[bool | None, str]:
    """Say which way an ambiguous date is to be read, and what shows it."""
    for other in stated:
        same_way = _only_way(other.found)
        if same_way is not None and other.found is not found:
            return same_way, f"{quoted(other.found.original)} can be read in one way only"
    near = _near_days(look, found)
    if near is not None:
        return near
    if day_first is not None:
        order = "the day" if day_first else "the month"
        return (
            day_first,
            f"the archive's settings say that {order} comes first (corpus.yml, day_first)",
        )
    if language in DAY_FIRST_LANGUAGES:
        return True, f"the text is in {DAY_FIRST_LANGUAGES[language]}, which writes the day first"
    return None, ""


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


def _only_way(found: Found) -> bool | None:
    """Say of a date in numbers that exists in one reading only whether its day comes first."""
    numbers = re.fullmatch(r"\D*(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?\d{2,4}.*", found.original)
    if found.ambiguous or numbers is None or numbers[1] == numbers[2]:
        return None
    return int(numbers[1]) == found.day


def _near_days(look: Look, found: Found) -> tuple[bool, str] | None:
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
        for reading, day in ((True, first), (False, second)):
            if -1 <= (day - when).days <= NEAR:
                close.setdefault(reading, named.original)
    if len(close) != 1:
        return None
    reading, original = next(iter(close.items()))
    return reading, f"the text speaks of {quoted(original)}, a day of that week"


# ---------------------------------------------------------------- no date stated


def _implied(look: Look) -> Dating:
    """A day without a year in the text: its month, where its weekday and the years settle it."""
    line = dated_line(look)
    if line is not None:
        return _from_dateline(look, line)
    for unit in look.of(Fate.DATE, Fate.BYLINE, Fate.STANDFIRST, Fate.PARAGRAPH):
        if unit.number > look.tail:
            break
        for found in find_dates(unit.text[:MOST_LOOKED_AT]):
            if found.year is None and found.weekday is not None and found.month and found.day:
                return _from_weekday(look, unit, found)
    return Dating(notes=(_undated(look),))


def _from_dateline(look: Look, line: DatedLine) -> Dating:
    """Date a text by the day of its dateline, in the year that its weekday agrees with."""
    when = in_words(line.found)
    text = (
        f"No date of publication is stated in full. The dateline says {quoted(line.found.original)}, "
        f"which was a {_WEEKDAY_NAMES[line.weekday]} in {line.found.year}, a weekday that the text "
        f"names, and {line.year_from}: so it is dated to {when}, by inference."
    )
    claim = look.claim(
        "published",
        line.found.value or "",
        line.unit,
        line.found.original,
        sure=0.75,
        how="inferred",
    )
    return Dating((claim,), (look.note("date", text, line.unit),))


def _undated(look: Look) -> Note:
    """Say that no date is stated, and since when the text can have been written at most."""
    text = "No date of publication is stated in the source."
    for unit in look.of(Fate.EMBED):
        for found in find_dates(unit.text[:MOST_LOOKED_AT]):
            if found.date and not found.ambiguous:
                day = in_words(replace(found, time=None))
                since = f"{text} A post embedded in it is dated {day}: it was published on that day or later."
                return look.note("date", since, unit)
    return Note("date", text)


def _from_weekday(look: Look, unit: Unit, found: Found) -> Dating:
    """Infer the year of `Thursday, June 11` from the last year that the text names."""
    month, day, weekday = found.month or 0, found.day or 0, found.weekday or 0
    named = years_named(look.text)
    last = max(named, default=None)
    candidates = [
        y for y in ((last, last + 1) if last else ()) if year_of_weekday(y, month, day, weekday)
    ]
    if len(candidates) != 1:
        text = f"No date of publication is stated; the text speaks of {quoted(found.original)}, without a year."
        return Dating(notes=(look.note("date", text, unit, serious=True),))
    when = replace(found, year=candidates[0], weekday=None)
    value = _as_sure(date(candidates[0], month, day))
    words = in_words(replace(when, day=None, month=month if "-" in value else None))
    text = (
        f"No date of publication is stated. The text speaks of {quoted(found.original)}, which was a "
        f"{_WEEKDAY_NAMES[weekday]} in {candidates[0]}, and the last year that it names is {last}: "
        f"so it is dated to {words}, by inference."
    )
    claim = look.claim("published", value, unit, found.original, sure=0.6, how="inferred")
    return Dating((claim,), (look.note("date", text, unit, serious=True),))


def _as_sure(named: date) -> str:
    """Give the month in which a text was published that names this day of its own week.

    At a month's edge it may be the month beside it: the year alone is as good as certain.
    """
    if EDGE < named.day <= 31 - EDGE:
        return f"{named.year}-{named.month:02}"
    return f"{named.year}"


_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(found: Found) -> str:
    """Give a date in words for a reader: `5 June 2020`, `June 2020`, `2020`."""
    words = [str(found.year)] if found.year else []
    if found.month:
        words.insert(0, _MONTH_NAMES[found.month - 1])
    if found.day:
        words.insert(0, str(found.day))
    return " ".join(words)
