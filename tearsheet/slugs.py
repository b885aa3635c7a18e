"""Names for addresses: any text in, a short ASCII slug out, the same for ever."""

import hashlib
import re
import unicodedata

MAX_LENGTH = 80
"""Longer slugs are cut: some file systems allow 255 bytes a path, and readers type these."""

RESERVED = frozenset({"index", "people", "organisations", "places", "events", "other", "map"})
"""Addresses of the index pages that stand beside the entities' own: no entity has one."""

_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def slug(text: str) -> str:
    """Give `text` as lower-case ASCII words joined by hyphens.

    Accents are dropped. A text with no Latin letter or digit becomes `x-` and eight
    digits of its SHA-256, so that it is stable and cannot be empty.
    """
    ascii_slug = (
        _NOT_ALLOWED.sub("-", text.lower() if text.isascii() else _plain(text))
        .strip("-")[:MAX_LENGTH]
        .strip("-")
    )
    if ascii_slug:
        return ascii_slug
    return f"x-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in folded if not unicodedata.combining(char))


def unused(wanted: str, taken: set[str]) -> str:
    """Give `wanted`, or where it is taken the first of `wanted-2`, `wanted-3` … that is free."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
