"""Filters of our templates: what is cheaper to say in Python, and what must not go wrong there.

They take front matter whose strings are escaped already, and give no string unescaped but
those that are encoded in another way at once.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from hooks.kept_pages import Answers

LANGUAGE_TAG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
STAND_INS = {ord('"'): "\ue022", ord("\\"): "\ue05c"}
OUTWARD = ("https://", "http://", "mailto:")
"""The only addresses that a page links to outside the site."""


Row = Mapping[str, Any]


def outward(address: object) -> Markup | str:
    """Give an address outside the site, or nothing where it is not one to link to."""
    text = str(address or "").strip()
    return Markup(text) if text.lower().startswith(OUTWARD) else ""  # noqa: S704  # escaped already, as all front matter


def unescaped(text: object) -> str:
    """Give an escaped text as it was, for what is encoded in another way at once."""
    return html.unescape(str(text))


def filter_value(text: object) -> str:
    """Write an escaped text as a filter's value so that Pagefind 1.5.2 gives it back.

    It decodes the values of filters once too often, and finds none that holds a quotation
    mark or a backslash (both measured): these go as private characters, which
    theme/assets/search.js turns back.
    """
    given = str(text)
    if "&" not in given and "\\" not in given:
        return given  # nothing in it to be decoded
    return Markup.escape(html.escape(html.unescape(given).translate(STAND_INS)))


def language_tag(text: object) -> str:
    """Give a language tag as HTML knows it, or nothing where it is none."""
    return str(text) if re.fullmatch(LANGUAGE_TAG, str(text or "")) else ""


def notes(matter: Row) -> tuple[list[Row], list[Row]]:
    """Give a record's serious notes, and the others; disagreements stand elsewhere."""
    found = matter.get("notes") or []
    others = [one for one in found if not one.get("serious")]
    if matter.get("conflicts"):
        others = [one for one in others if one.get("kind") != "conflict"]
    return [one for one in found if one.get("serious")], others


def absent(claims: Iterable[Row]) -> list[str]:
    """Give the labels of what is not known of a record."""
    return [one["label"] for one in claims if one.get("value", "") is None]


def by_type(entities: Iterable[Row]) -> dict[str, list[Row]]:
    """Give the names in a record by what they are."""
    found: dict[str, list[Row]] = {}
    for one in entities:
        found.setdefault(str(one.get("type")), []).append(one)
    return found


def also_written(answers: Answers) -> Callable[[Iterable[Row]], list[str]]:
    """Give the filter that gives the other names of all these entities."""

    def names(entities: Iterable[Row]) -> list[str]:
        return [name for one in entities for name in answers.get(str(one.get("href", "")))]

    return names
