"""When an article was published and updated, as far as its text says so.

A date stands for the article only where a line states it: beside the title, in the byline,
in an editor's notice. The dates of other articles, of posts and of the story itself do not.
What can be read in two ways is settled by evidence alone, and is else as precise as both
readings are.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec.structs import replace

from tearsheet.dates import Found, find_dates, year_of_weekday, years_named
from tearsheet.describe.dateline import DatedLine, dated_line
from tearsheet.describe.look import MOST_LOOKED_AT, Look, quoted
from tearsheet.describe.people import introduces
from tearsheet.describe.readings import Ways, in_words, reading
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
UNTIL = re.compile(
    r"\b(?:until|till|through|before|since|expires?|valid|due|deadline|born|bis|gültig|seit|jusqu\w*|"
    r"depuis|hasta|desde|fino|até|tot|sinds)\W*(?:on|the|zum|au|le|el|al|a|à)?\W*$",
    re.IGNORECASE,
)
"""Words before a date to which something goes on, or since which it has."""
AFTERWORD = re.compile(r"\s*[-(|]?\s*(?:last )?updated\b", re.IGNORECASE)
BEFORE = 40
"""Characters before a date in which a word says whether it is that of an update."""
DATED = (Fate.DATE, Fate.BYLINE, Fate.NOTICE, Fate.NAVIGATION, Fate.SHARE, Fate.TITLE)
BESIDE_TITLE = 2
"""Lines between a title and a date that stands above it, or under it within the text."""
LIST_STEP = 6
"""Lines from the date of one teaser to that of the next: a name, a section, a title, a standfirst."""
SHORT_DATE = 60
"""Characters of a line under a label in which its date stands."""
ONLY_LABEL = re.compile(
    r"\W*(?:(?:date|first|originally|last|article)\s)?(?:(?:\(re\))?published|posted|publication|publish|updated?|modified|"
    r"publié|mis à jour|veröffentlicht|erschienen|aktualisiert|publicado|actualizado|pubblicato|aggiornato|"
    r"atualizado|gepubliceerd|bijgewerkt|опубликовано|обновлено|yayınlanma|güncelleme)(?:\s(?:date|on|at|online|le|am|el|il|em|op))?\W*",
    re.IGNORECASE,
)
DATE_CLASS = re.compile(r"^time\b|[.#\w-](?:date|dateline|timestamp)\b|[.#]date")
SHORT_LINE = 12
"""Words of a line under a title that is a date with a name or a reading time beside it."""
EDGE = 7
"""Days at either end of a month that a text of the month beside it may name so."""
STATED_SURE, LABELLED_SURE = 0.85, 0.95


class Stated(msgspec.Struct, frozen=True):
    """A date that a line states of the article, and whether of its publication or an update."""

    unit: Unit
    found: Found
    field: str
    sure: float


class Dating(msgspec.Struct, frozen=True):
    """What the text says of when: claims, best first, and what a reader must know of them."""

    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()


def date_text(look: Look, ways: Ways, *, dated: bool = False) -> Dating:
    """Give the dates of publication and update that the text states, else what it implies.

    Where the page is `dated` by its fields or its editor, nothing needs to be implied.
    """
    stated = tuple(_stated(look))
    claims: list[Claim] = []
    notes: list[Note] = []
    for one in stated:
        claim, note = _settle(look, one, stated, ways)
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
    for unit in look.of(*DATED):
        if unit.number > look.tail:
            return
        if unit is look.title and (unit is look.headline or unit.markup):
            continue
        label = _label(look, unit)
        if not _speaks_of_article(look, unit, labelled=bool(label)):
            continue
        text = f"{label}{unit.text[:MOST_LOOKED_AT]}"
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


def _label(look: Look, unit: Unit) -> str:
    """Give the line above a line that begins with its date, if it is a label alone: `Published`."""
    above = look.before(unit)
    if not ONLY_LABEL.fullmatch(above):
        return ""
    dates = find_dates(unit.text[:SHORT_DATE])
    return f"{above} " if dates and dates[0].start == 0 else ""


def _speaks_of_article(look: Look, unit: Unit, *, labelled: bool) -> bool:
    """Tell a date under the title from the site's own, which may be today's, and from the story's.

    Above the title, within the text and below it a date counts only with a word that says so,
    or where the page marks it as one.
    """
    fate = look.document.ledger[unit.number - 1].fate
    labelled = labelled or bool(
        PUBLISHED_WORDS.search(unit.text[:MOST_LOOKED_AT])
        or UPDATED_WORDS.search(unit.text[:MOST_LOOKED_AT])
        or introduces(unit.text)
    )
    if unit is look.title:
        return True  # no line was weighed to be the title: this one signs the text
    start = look.title.number if look.title else 0
    if start < unit.number < look.first_text:
        short = len(unit.text.split()) <= SHORT_LINE
        return fate not in (Fate.NAVIGATION, Fate.SHARE, Fate.CAPTION) or labelled or short
    if fate not in (Fate.DATE, Fate.BYLINE, Fate.NOTICE):
        return False
    if labelled or fate is Fate.NOTICE:
        return True
    if look.title is None or look.steps(unit, look.title) > BESIDE_TITLE:
        return False
    if unit.number < start and _in_a_list(look, unit):
        return False
    return unit.number > start or not _is_todays(unit) or _marked_as_date(unit)


def _in_a_list(look: Look, unit: Unit) -> bool:
    """Tell the last of several dates above a title: those of other articles, with their names."""
    place = look.order[unit.number]
    above = look.judged[max(0, place - LIST_STEP) : place]
    return any(entry.fate is Fate.DATE for _, entry in above)


def _marked_as_date(unit: Unit) -> bool:
    """Tell a block that the page's own markup calls a date."""
    return unit.markup is not None and any(
        DATE_CLASS.search(part) for part in unit.markup.path[-2:]
    )


def _is_todays(unit: Unit) -> bool:
    """Tell a date as sites print today's above their menus: with its weekday, without a time."""
    dates = find_dates(unit.text[:MOST_LOOKED_AT])
    return any(found.weekday is not None and found.time is None for found in dates)


def _field(before: str, after: str, text: str, *, notice: bool) -> str | None:
    """Say which field a date is for: the word nearest before it decides."""
    if UNTIL.search(before):
        return None
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
    look: Look, one: Stated, stated: tuple[Stated, ...], ways: Ways
) -> tuple[Claim | None, Note | None]:
    found = one.found
    if not found.ambiguous:
        value = found.value
        claim = look.claim(one.field, value, one.unit, found.original, sure=one.sure) if value else None  # fmt: skip
        return claim, None
    way = reading(look, found, [other.found for other in stated], ways)
    both = (
        f"{in_words(found.settled(day_first=True))} or {in_words(found.settled(day_first=False))}"
    )
    if way is None:
        text = (
            f"The date {quoted(found.original)} may be {both}; nothing in the source settles which."
        )
        year = replace(found, month=None, day=None, time=None)
        claim = look.claim(
            one.field, year.value or "", one.unit, found.original, sure=0.9, how="inferred"
        )
        return claim, look.note("date", text, one.unit, serious=True)
    chosen = found.settled(day_first=way.day_first)
    text = f"The date {quoted(found.original)} may be {both}; it is read as {in_words(chosen)}, because {way.why}."
    claim = look.claim(
        one.field, chosen.value or "", one.unit, found.original, sure=0.85, how="inferred"
    )
    return claim, look.note("date", text, one.unit)


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
