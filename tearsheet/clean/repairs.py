"""Small repairs of one unit's text, each recorded: what stood there, what stands now, and why.

Takes the text of a unit; gives its repairs in order. Guarantees that a repair is mechanical
and can be taken back (`before` is what stood at its place), that none adds or drops a word,
and that a repaired text needs no more. Quotation marks alone are never added.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tearsheet.model import Repair, RepairKind
from tearsheet.readers.trouble import MISREAD, UNSEEN, meant_by

# Units beyond this many characters are left as they came: the work stays bounded.
LONGEST = 200_000
SPACE = "[ \u00a0\u202f]"
SOFT_HYPHEN = re.compile("(?<=[a-zß-öø-ÿ])\u00ad(?=[a-zß-öø-ÿ])")
# `force,  " said`: after a comma a mark can only close; after a sentence, where a small letter follows.
CLOSING_APART = re.compile(rf'(?<=,){SPACE}{{1,3}}(?="(?:{SPACE}|$))')
ENDING_APART = re.compile(rf'(?<=[.!?…]){SPACE}{{1,3}}(?="(?:{SPACE}[a-zà-öø-ÿ]|$))')
# `“ word` and `word ”`: curly marks show their side; in German and Swedish they show another.
OPENING_CURLY = re.compile(rf"(?:(?<=^“)|(?<=[\s(]“)){SPACE}{{1,3}}(?=\S)")
CLOSING_CURLY = re.compile(rf"(?<=\S){SPACE}{{1,3}}(?=”(?:[\s,.;:!?)]|$))")
# `authorities:" Take`: the space stands on the wrong side of the mark.
AFTER_COLON = re.compile(r'(?<=[a-zà-ÿ]):" (?=[A-ZÀ-Þ])')
# `" word "`: a pair with a space on both inner sides.
PAIR_APART = re.compile(rf'(?:(?<=^)|(?<=[\s(]))"{SPACE}{{1,3}}([^"]{{1,300}}?){SPACE}{{1,3}}"(?=[\s,.;:!?)]|$)')  # fmt: skip
OTHER_STYLE = re.compile(r"[„«»]")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a text: what replaces `start` to `end`, and of which kind it is."""

    start: int
    end: int
    after: str
    kind: RepairKind


def repairs_of(number: int, text: str, *, misread: bool) -> tuple[Repair, ...]:
    """Give the repairs of a unit's text; `misread` where its source was decoded wrongly."""
    if len(text) > LONGEST:
        return ()
    # What would be mended again once it is mended is no damage of this kind, and is left.
    finders: tuple[Callable[[str], Iterator[Edit]], ...] = (
        _unseen,
        *((_misread,) if misread else ()),
        _soft_hyphens,
        _quotation,
    )
    done: list[Edit] = []
    current = text
    for find in finders:
        edits = sorted(find(current), key=lambda edit: edit.start)
        if edits and not any(True for _ in find(_edited(current, edits))):
            done = _joined(done, edits, text)
            current = _edited(text, done)
    return tuple(
        Repair(number, edit.start, edit.end, text[edit.start : edit.end], edit.after, edit.kind)
        for edit in done
    )


def by_unit(repairs: Iterable[Repair]) -> dict[int, tuple[Repair, ...]]:
    """Give the repairs of each unit that has any, in order."""
    found: dict[int, list[Repair]] = {}
    for one in repairs:
        found.setdefault(one.unit, []).append(one)
    return {number: tuple(several) for number, several in found.items()}


def repaired(text: str, repairs: Sequence[Repair]) -> str:
    """Give a text with its repairs made."""
    return _edited(text, [Edit(one.start, one.end, one.after, one.kind) for one in repairs])


def moved(offset: int, repairs: Sequence[Repair]) -> int:
    """Give where an offset in a unit's text lies once the repairs are made."""
    shift = 0
    for one in repairs:
        if one.end <= offset:
            shift += len(one.after) - (one.end - one.start)
        elif one.start < offset:
            return one.start + shift + min(offset - one.start, len(one.after))
    return offset + shift


def _misread(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for match in MISREAD.finditer(text):
        meant = meant_by(match.group())
        capital_before = match.start() > 0 and text[match.start() - 1].isupper()
        if meant is None or (capital_before and match.group()[0] not in "ÂÃ"):
            continue  # `CAFÉ»` is a capital before a closing mark, not a misreading
        yield Edit(match.start(), match.end(), meant, "encoding")


def _unseen(text: str) -> Iterator[Edit]:
    if text.isascii() and text.isprintable():
        return
    for match in UNSEEN.finditer(text):
        yield Edit(match.start(), match.end(), "", "control")


def _soft_hyphens(text: str) -> Iterator[Edit]:
    for match in SOFT_HYPHEN.finditer(text):
        yield Edit(match.start(), match.end(), "", "control")


def _quotation(text: str) -> Iterator[Edit]:
    if '"' in text:
        for pattern in (CLOSING_APART, ENDING_APART):
            yield from (Edit(m.start(), m.end(), "", "quotation") for m in pattern.finditer(text))
        yield from (
            Edit(m.start(), m.end(), ': "', "quotation") for m in AFTER_COLON.finditer(text)
        )
        if text.count('"') % 2 == 0:
            yield from _apart(text)
    if ("“" in text or "”" in text) and not OTHER_STYLE.search(text):
        for pattern in (OPENING_CURLY, CLOSING_CURLY):
            yield from (Edit(m.start(), m.end(), "", "quotation") for m in pattern.finditer(text))


def _apart(text: str) -> Iterator[Edit]:
    """Close the pairs of straight marks that stand apart from their words, none of them nested."""
    taken = [m.span() for pattern in (CLOSING_APART, ENDING_APART) for m in pattern.finditer(text)]
    for match in PAIR_APART.finditer(text):
        if text.count('"', 0, match.start()) % 2 or any(
            match.start() <= start < match.end() for start, _ in taken
        ):
            continue
        yield Edit(match.start() + 1, match.start(1), "", "quotation")
        yield Edit(match.end(1), match.end() - 1, "", "quotation")


def _edited(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.after)
        position = edit.end
    return "".join((*parts, text[position:]))


def _joined(done: Sequence[Edit], edits: Sequence[Edit], text: str) -> list[Edit]:
    """Put edits of the edited text beside those that were made before, in the text as it came."""
    merged = [*done]
    for edit in edits:
        start, end = _back(edit.start, done), _back(edit.end, done)
        merged = [one for one in merged if not (start <= one.start and one.end <= end)]
        if not any(one.start < end and start < one.end for one in merged):
            merged.append(Edit(start, end, edit.after, edit.kind))
    return sorted(merged, key=lambda edit: (edit.start, edit.end))


def _back(offset: int, done: Sequence[Edit]) -> int:
    """Give the offset, in the text as it came, of one in the edited text."""
    shift = 0
    for edit in done:
        start = edit.start + shift
        if offset <= start:
            break
        if offset < start + len(edit.after):
            return edit.start
        shift += len(edit.after) - (edit.end - edit.start)
    return offset - shift
