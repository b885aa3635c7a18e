"""The words that the generated pages use: labels of fields, fates and types, dates in words.

Takes our values; gives English for a reader. The one place to translate.
"""

from functools import lru_cache

from tearsheet.languages import RIGHT_TO_LEFT, language_name, primary
from tearsheet.model import EntityType, Fate, RepairKind

NOT_RECORDED = "not recorded"

FIELD_LABELS = {
    "title": "Title",
    "author": "Author",
    "publisher": "Publication",
    "published": "Published",
    "updated": "Updated",
    "language": "Language",
    "original_language": "Original language",
    "translation": "Translation",
    "completeness": "Completeness",
    "republished_from": "Republished from",
    "source_url": "Source address",
    "archive_url": "Archived copy",
    "retrieved": "Retrieved",
    "retrieved_by": "Retrieved by",
    "tool": "Tool",
    "method": "Method",
    "http_status": "HTTP status",
    "rights": "Rights",
    "access": "Access",
    "section": "Section",
    "topics": "Topics",
    "notes": "Notes",
}

FATE_LABELS = {
    Fate.PARAGRAPH: "Paragraph",
    Fate.HEADING: "Heading",
    Fate.QUOTATION: "Quotation",
    Fate.LIST: "List item",
    Fate.TABLE: "Table",
    Fate.CODE: "Preformatted text",
    Fate.STANDFIRST: "Standfirst",
    Fate.CAPTION: "Caption",
    Fate.EMBED: "Embedded post",
    Fate.TITLE: "Title",
    Fate.BYLINE: "Byline",
    Fate.DATE: "Date",
    Fate.TOPIC: "Topics",
    Fate.NOTICE: "Editor’s notice",
    Fate.NAVIGATION: "Navigation",
    Fate.RELATED: "Related articles",
    Fate.COMMENTS: "Comments",
    Fate.SHARE: "Sharing buttons",
    Fate.SUBSCRIBE: "Subscription and newsletter",
    Fate.ADVERT: "Advertising",
    Fate.LEGAL: "Legal text",
    Fate.PLACEHOLDER: "Leftover of a scraper",
    Fate.FOREIGN: "Not part of this article",
    Fate.BLANK: "Blank",
}

NOTE_LABELS: dict[str, str] = {
    "paywall": "cut off by a paywall",
    "registration": "cut off by a registration wall",
    "completeness": "cut off",
    "translation": "translated by a machine",
    "date": "date uncertain",
    "encoding": "decoded wrongly",
    "fixity": "not as registered",
    "cleaning": "cleaning to be checked",
    "conflict": "accounts differ",
}
"""Serious notes in a word or two, for the register; other kinds are named as they are."""

REPAIR_LABELS: dict[RepairKind, str] = {
    "encoding": "Characters that had been decoded wrongly",
    "quotation": "Spaces around quotation marks",
    "control": "Characters that are not seen",
    "line": "Lines broken by a page's width",
    "hyphen": "Words divided at a line's end",
}

TYPE_LABELS: dict[EntityType, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "place": "Place",
    "event": "Event",
    "other": "Other name",
}

TYPE_PLURALS: dict[EntityType, str] = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "event": "Events",
    "other": "Other names",
}

TYPE_FOLDERS: dict[EntityType, str] = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "event": "events",
    "other": "other",
}

COMPLETENESS = {
    "full": "Complete",
    "unknown": "Completeness unknown",
}

DAYS_REMEMBERED = 4096
"""Dates of which the words are remembered: the lists of an archive name each many times."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def field_label(name: str) -> str:
    """Give a field's label; a column that an editor made up is shown under its own name."""
    return FIELD_LABELS.get(name, name.replace("_", " ").strip().capitalize() or name)


def value_words(name: str, value: str) -> str:
    """Give a field's value as a reader wants it: a date in words, a language by its name."""
    if name in {"published", "updated", "retrieved"}:
        return date_words(value)
    if name in {"language", "original_language"}:
        named = language_name(value)
        return named if named == value else f"{named} ({value})"
    return value


def completeness_label(value: str) -> str:
    """Give a completeness value as a facet shows it."""
    return COMPLETENESS.get(value, value[:1].upper() + value[1:])


@lru_cache(maxsize=DAYS_REMEMBERED)
def date_words(value: str) -> str:
    """Give an ISO date prefix in words: `2020-06-11` is 11 June 2020, `2020-06` June 2020.

    What is no date of ours comes back as it is.
    """
    day, _, time = value.partition("T")
    parts = day.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return value
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return value
    words = parts[0]
    if len(parts) > 1:
        words = f"{MONTHS[int(parts[1]) - 1]} {words}"
    if len(parts) > 2:
        words = f"{int(parts[2])} {words}"
    return f"{words}, {_time_words(time)}" if time else words


def _time_words(time: str) -> str:
    clock, zone = time, ""
    for sign in ("Z", "+", "-"):
        if sign in time:
            clock, _, rest = time.partition(sign)
            zone = " UTC" if sign == "Z" else f" UTC{sign}{rest}"
            break
    return clock[:5] + zone


def count(number: int, one: str, many: str | None = None) -> str:
    """Give a number with its noun: `1 record`, `2,304 records`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def direction(language: str | None) -> str | None:
    """Give `rtl` or `ltr` for a language tag, None where the language is not known."""
    if language is None:
        return None
    return "rtl" if primary(language) in RIGHT_TO_LEFT else "ltr"
