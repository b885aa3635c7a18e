"""Note what is odd in a decoded text: control characters, and characters decoded wrongly.

Nothing is changed: the source keeps them, and the notes say where they stand.
"""

import re
from collections.abc import Iterable

from tearsheet.model import Note, Unit

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What is not seen and says nothing: controls, zero-width spaces and byte order marks. Joiners
# and marks of direction mean something.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]+")
# UTF-8 that was read as windows-1252 (once): a lead byte's letter and what follows it.
WINDOWS_HIGH = "\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
MISREAD = re.compile(
    f"[\u00c2-\u00df][\u0080-\u00bf{WINDOWS_HIGH}]|[\u00e0-\u00ef][\u0080-\u00bf{WINDOWS_HIGH}]{{2}}"
    f"|\u00f0[\u0080-\u00bf{WINDOWS_HIGH}]{{3}}"
)
BYTE_OF = {
    character: bytes([code])
    for code in range(0x80, 0x100)
    for character in [bytes([code]).decode("windows-1252", "ignore") or chr(code)]
}
# One such pair may be meant (a capital before a closing guillemet); two are a misreading.
FEWEST_MISREAD = 2
NAMED = 5


def text_notes(text: str) -> tuple[Note, ...]:
    """Notes on the text as a whole."""
    if "\ufffd" not in text:
        return ()
    count = text.count("\ufffd")
    times = "once" if count == 1 else f"{count} times"
    return (
        Note(
            "encoding",
            f"The replacement character \ufffd stands {times} in the text: "
            "letters were lost before or in decoding.",
        ),
    )


def unit_notes(units: tuple[Unit, ...], word: str) -> tuple[Note, ...]:
    """Notes on units that hold control characters or wrongly decoded ones, by their numbers."""
    notes = (
        _note(
            units,
            word,
            CONTROL,
            "control",
            "Control characters stand in {}; they are kept in the source.",
        ),
        _note(
            units,
            word,
            OVERRIDE,
            "control",
            "Characters that change the direction of writing stand in {}; they are kept in the source.",
        ),
        _misread_note(units, word),
    )
    return tuple(note for note in notes if note)


def _note(
    units: tuple[Unit, ...], word: str, sign: re.Pattern[str], kind: str, sentence: str
) -> Note | None:
    found = [unit.number for unit in units if sign.search(unit.text)]
    if not found:
        return None
    return Note(kind, sentence.format(_places(found, word)), unit=found[0])


def _misread_note(units: tuple[Unit, ...], word: str) -> Note | None:
    counts = {unit.number: misread(unit.text) for unit in units if not unit.text.isascii()}
    found = [number for number, count in counts.items() if count]
    if sum(counts.values()) < FEWEST_MISREAD:
        return None
    sentence = (
        f"Characters were decoded wrongly before this file was saved (UTF-8 read as "
        f"windows-1252) in {_places(found, word)}; the source view shows them as they came."
    )
    return Note("encoding", sentence, serious=True, unit=found[0])


def misread(text: str) -> int:
    """Count the character groups that are UTF-8 read as windows-1252."""
    return sum(meant_by(match.group()) is not None for match in MISREAD.finditer(text))


def is_misread(units: Iterable[Unit]) -> bool:
    """Hold of a source that was decoded wrongly before it was saved."""
    found = 0
    for unit in units:
        if not unit.text.isascii():
            found += misread(UNSEEN.sub("", unit.text))
            if found >= FEWEST_MISREAD:
                return True
    return False


def meant_by(group: str) -> str | None:
    """Give the character whose UTF-8 was read as this group in windows-1252, or None."""
    try:
        meant = b"".join(BYTE_OF[character] for character in group).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None
    return meant if meant.isprintable() or meant == "\u00a0" else None


def _places(numbers: Iterable[int], word: str) -> str:
    found = list(numbers)
    listed = ", ".join(str(number) for number in found[:NAMED])
    if len(found) == 1:
        return f"{word} {listed}"
    rest = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"{word}s {listed}{rest}"
