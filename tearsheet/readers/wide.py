"""Recognise UTF-16 and UTF-32 by their bytes, with a byte order mark or without."""

import codecs
from collections import Counter

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A sample of this size decides; a text shows its script in its first pages.
SAMPLE = 16_384
# In UTF-16 the high bytes of a text are those of one or two scripts and of punctuation,
# which makes this share of one script plus ASCII; a binary file spreads over all.
ONE_SCRIPT = 0.95
# Wide ideographic scripts span many high bytes; they are told by their block instead.
IDEOGRAPHS = (0x2E80, 0x9FFF)
HANGUL = (0xAC00, 0xD7AF)


def mark_of(content: bytes) -> tuple[bytes, str] | None:
    """Give the byte order mark that the bytes begin with and the encoding it declares."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return mark, encoding
    return None


def looks_wide(content: bytes) -> str | None:
    """Name the UTF-16 or UTF-32 form that the bytes are in, or None if they are in neither."""
    marked = mark_of(content)
    if marked:
        return marked[1] if marked[1] != "utf-8" else None
    if len(content) < 4 or b"\x00" not in content[:SAMPLE]:
        return None
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if _reads_as(content[: SAMPLE - SAMPLE % width], encoding, width):
            return encoding
    return None


def _reads_as(sample: bytes, encoding: str, width: int) -> bool:
    try:
        text = sample[: len(sample) - len(sample) % width].decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return False
        text = sample[: error.start].decode(encoding)
    return bool(text) and "\x00" not in text and _is_of_one_script(text)


def _is_of_one_script(text: str) -> bool:
    """Hold of a text whose characters are ASCII and one script, and that has white space."""
    groups = Counter(_group(ord(character)) for character in text)
    shared = groups.pop("ascii", 0) + groups.pop("punctuation", 0)
    most = max(groups.values(), default=0)
    return (shared + most) / len(text) >= ONE_SCRIPT and shared > 0


def _group(code: int) -> str:
    if code < 0x20 and code not in (9, 10, 13):
        return f"control {code}"
    if code < 0x80:
        return "ascii"
    if 0x2000 <= code < 0x2070 or 0x3000 <= code < 0x3040:
        return "punctuation"
    if IDEOGRAPHS[0] <= code <= IDEOGRAPHS[1] or HANGUL[0] <= code <= HANGUL[1]:
        return "east asian"
    return f"{code >> 9}"
