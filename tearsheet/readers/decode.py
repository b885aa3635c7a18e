"""Turn bytes into text, and say on what evidence.

Order of belief: a byte order mark; for HTML what the page declares, unless its bytes say
otherwise; valid UTF-8; UTF-16 without a mark; UTF-8 with damage; at last a guess by
charset-normalizer. Bytes that no character stands for become U+FFFD, and a note lists them.
"""

import re

import msgspec

from tearsheet.model import Note
from tearsheet.readers.declared import Declared, declared_in
from tearsheet.readers.guess import guess
from tearsheet.readers.wide import looks_wide, mark_of

# UTF-8 with a few broken bytes is still UTF-8: this share of its multi-byte characters
# may be broken (a legacy encoding breaks nearly all of them).
DAMAGE = 0.2
LISTED = 12
MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
LONE = re.compile("[\ud800-\udfff]")


class Decoded(msgspec.Struct, frozen=True):
    """A text with the name of its encoding, the evidence for it and what was odd."""

    text: str
    encoding: str
    evidence: str
    notes: tuple[Note, ...] = ()


def decode(content: bytes, declared_in_html: bool = False) -> Decoded:
    """Decode a whole file; no byte is dropped without a note."""
    marked = mark_of(content)
    if marked:
        mark, encoding = marked
        return _decoded(content[len(mark) :], encoding, "a byte order mark at the start")
    declared = declared_in(content) if declared_in_html else None
    if declared:
        return _as_declared(content, declared)
    return _by_its_bytes(content)


def _as_declared(content: bytes, declared: Declared) -> Decoded:
    """Believe the page's own word unless its bytes contradict it."""
    by_bytes = _by_its_bytes(content)
    if declared.encoding is None:
        note = f"The page declares the unknown encoding {declared.label}; {by_bytes.encoding} was read."
        return _with_note(by_bytes, note)
    if by_bytes.encoding == declared.encoding or content.isascii():
        return _decoded(content, declared.encoding, f"declared in the page ({declared.place})")
    if by_bytes.encoding == "utf-8" or declared.encoding == "utf-8":
        note = (
            f"The page declares {declared.label}, but its bytes are {by_bytes.encoding} "
            f"({by_bytes.evidence}); {by_bytes.encoding} was read."
        )
        return _with_note(by_bytes, note)
    return _decoded(content, declared.encoding, f"declared in the page ({declared.place})")


def _by_its_bytes(content: bytes) -> Decoded:
    wide = looks_wide(content)
    if wide:
        return _decoded(content, wide, "the pattern of its bytes, without a byte order mark")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content)
    if content.isascii():
        return Decoded(text, "utf-8", "ASCII throughout")
    return Decoded(text, "utf-8", "valid UTF-8 throughout")


def _not_utf8(content: bytes) -> Decoded:
    text = content.decode("utf-8", "surrogateescape")
    broken = len(LONE.findall(text))
    whole = len(MULTIBYTE.findall(content))
    if whole and (broken <= max(1, DAMAGE * whole) or _only_cut_off(content)):
        return _decoded(content, "utf-8", "UTF-8 with damaged bytes")
    guessed = guess(content)
    return _decoded(content, guessed.encoding, guessed.evidence)


def _only_cut_off(content: bytes) -> bool:
    """Hold of a text whose one fault is a character cut in two at its end."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start >= 3
    return False


def _decoded(content: bytes, encoding: str, evidence: str) -> Decoded:
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        text = content.decode(encoding, "replace")
        broken = _count_replaced(text, content, encoding)
        note = _damage_note(encoding, broken, "") if broken else None
    else:
        escaped = content.decode(encoding, "surrogateescape")
        found = LONE.findall(escaped)
        text = LONE.sub("\ufffd", escaped) if found else escaped
        note = _damage_note(encoding, len(found), _listed(escaped)) if found else None
    return Decoded(text, encoding, evidence, (note,) if note else ())


def _count_replaced(text: str, content: bytes, encoding: str) -> int:
    own = content.decode(encoding, "ignore").count("\ufffd")
    return text.count("\ufffd") - own


def _listed(escaped: str) -> str:
    """Name the first broken bytes with their lines, for whoever wants to repair them."""
    places: list[str] = []
    line, last = 1, 0
    for match in LONE.finditer(escaped):
        line += escaped.count("\n", last, match.start())
        last = match.start()
        places.append(f"0x{ord(match.group()) & 0xFF:02X} in line {line}")
        if len(places) == LISTED:
            places.append("…")
            break
    return ": " + ", ".join(places)


def _damage_note(encoding: str, count: int, listed: str) -> Note:
    what = "1 byte that stands" if count == 1 else f"{count} bytes that stand"
    text = (
        f"The file has {what} for no character in {encoding}; each is shown as \ufffd "
        f"and kept in the original{listed}."
    )
    return Note("encoding", text, serious=count > LISTED)


def _with_note(decoded: Decoded, text: str) -> Decoded:
    notes = (*decoded.notes, Note("encoding", text))
    return Decoded(decoded.text, decoded.encoding, decoded.evidence, notes)
