"""Small repairs of one unit's text, each recorded: what stood there, what stands now, and why.

Takes the text of a unit; gives its repairs in order. Guarantees that a repair is mechanical
and can be taken back (`before` is what stood at its place), that none adds or drops a word,
and that a repaired text needs no more. Quotation marks alone are never added.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from tearsheet.model import Repair, RepairKind
from tearsheet.readers.trouble import BYTE_OF, MISREAD, UNSEEN, meant_by

# Units beyond this many characters are left as they came: the work stays bounded.
LONGEST = 200_000
SPACE = "[ \u00a0\u202f]"
SOFT_HYPHEN = re.compile("(?<=[a-zß-öø-ÿ])\u00ad(?=[a-zß-öø-ÿ])")
# A joiner between Latin letters joins nothing; Persian, Indic scripts and emoji need theirs.
STRAY_JOINER = re.compile("(?:^|(?<=[ -~\u00c0-\u024f]))[\u200c\u200d]+(?=[ -~\u00c0-\u024f]|$)")
# A zero-width space parts the words of Thai, Lao, Tibetan, Burmese and Khmer.
PARTED_UNSEEN = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
# windows-1252 that was read as Latin-1: a mark became a control character. U+0085 may be a
# line's end, and what stands beside another such letter may be a longer misreading.
AS_LATIN_1 = re.compile(
    "(?<![\u0080-\u0084\u0086-\u009f\u00a1-\u00ff])[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]"
    "(?![\u0080-\u0084\u0086-\u009f\u00a1-\u00bf])"
)
MEANT_BY_BYTE = {
    chr(byte[0]): character for character, byte in BYTE_OF.items() if ord(character) > 0xFF
}
# `force,  " said`: after a comma a mark can only close; after a sentence, where a small letter follows.
CLOSING_APART = re.compile(rf'(?<=,){SPACE}{{1,3}}(?="(?:{SPACE}|$))')
ENDING_APART = re.compile(rf'(?<=[.!?…]){SPACE}{{1,3}}(?="(?:{SPACE}[a-zà-öø-ÿ]|$))')
# `“ word` and `word ”`: curly marks show their side; in German and Swedish they show another.
OPENING_CURLY = re.compile(rf"(?:(?<=^“)|(?<=[\s(]“)){SPACE}{{1,3}}(?=[^\s”])")
CLOSING_CURLY = re.compile(rf"(?<=[^\s“]){SPACE}{{1,3}}(?=”(?:[\s,.;:!?)]|$))")
# `authorities:" Take`: the space stands on the wrong side of the mark.
AFTER_COLON = re.compile(r'(?<=[a-zà-ÿ]):" (?=[A-ZÀ-Þ])')
# `" word "`: a pair with a space on both inner sides; after a number it may mean inches.
PAIR_APART = re.compile(rf'(?<!\d[ \u00a0\u202f])(?:(?<=^)|(?<=[\s(]))"{SPACE}{{1,3}}([^"]{{1,300}}?){SPACE}{{1,3}}"(?=[\s,.;:!?)]|$)')  # fmt: skip
OTHER_STYLE = re.compile(r"[„«»]")


class Edit(msgspec.Struct, frozen=True):
    """One change of a text: what replaces `start` to `end`, and of which kind it is."""

    start: int
    end: int
    after: str
    kind: RepairKind


def repairs_of(number: int, text: str, *, misread: bool) -> tuple[Repair, ...]:
    """Give the repairs of a unit's text; `misread` where its source was decoded wrongly."""
    if len(text) > LONGEST or (text.isascii() and text.isprintable() and '"' not in text):
        return ()
    done = _mended(text, misread=misread)
    # What would be mended again once it is mended is no damage that we know, and is left.
    if not done or _mended(_edited(text, done), misread=misread):
        return ()
    return tuple(
        Repair(number, edit.start, edit.end, text[edit.start : edit.end], edit.after, edit.kind)
        for edit in done
    )


def _mended(text: str, *, misread: bool) -> list[Edit]:
    if text.isascii() and text.isprintable() and '"' not in text:
        return []  # no finder looks for anything here; half of all units are such
    finders: tuple[Callable[[str], Iterator[Edit]], ...] = (
        _unseen,
        *((_misread,) if misread else ()),
        _as_latin_1,
        _joiners,
        _soft_hyphens,
        _quotation,
    )
    done: list[Edit] = []
    quiet: list[Callable[[str], Iterator[Edit]]] = []
    current = text
    for find in finders:
        quiet.append(find)
        edits = _disjoint(find(current))
        if edits and not any(True for one in quiet for _ in one(_edited(current, edits))):
            done = _joined(done, edits, text)
            current = _edited(text, done)
        elif edits:
            quiet.pop()
    return done


def by_unit(repairs: Iterable[Repair]) -> dict[int, tuple[Repair, ...]]:
    """Give the repairs of each unit that has any, in order."""
    found: dict[int, list[Repair]] = {}
    for one in repairs:
        found.setdefault(one.unit, []).append(one)
    return {number: tuple(several) for number, several in found.items()}


def repaired(text: str, repairs: Sequence[Repair]) -> str:
    """Give a text with its repairs made."""
    if not repairs:
        return text
    return _edited(text, [Edit(one.start, one.end, one.after, one.kind) for one in repairs])


def mover(repairs: Sequence[Repair]) -> Callable[[int], int]:
    """Give what tells where an offset in a unit's text lies once the repairs are made."""
    starts = [one.start for one in repairs]
    shifts = [0]
    for one in repairs:
        shifts.append(shifts[-1] + len(one.after) - (one.end - one.start))

    def moved(offset: int) -> int:
        count = bisect_left(starts, offset)
        if count and offset < repairs[count - 1].end:
            one = repairs[count - 1]
            return one.start + shifts[count - 1] + min(offset - one.start, len(one.after))
        return offset + shifts[count]

    return moved


def _misread(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for match in MISREAD.finditer(text):
        meant = meant_by(match.group())
        capital_before = match.start() > 0 and text[match.start() - 1].isupper()
        if meant is None or (capital_before and match.group()[0] not in "ÂÃ"):
            continue  # `CAFÉ»` is a capital before a closing mark, not a misreading
        yield Edit(match.start(), match.end(), meant, "encoding")


def _as_latin_1(text: str) -> Iterator[Edit]:
    if not text.isascii():
        for match in AS_LATIN_1.finditer(text):
            yield Edit(match.start(), match.end(), MEANT_BY_BYTE[match.group()], "encoding")


def _unseen(text: str) -> Iterator[Edit]:
    if text.isascii() and text.isprintable():
        return
    for match in UNSEEN.finditer(text):
        beside = text[max(0, match.start() - 1) : match.end() + 1]
        if not ("\u200b" in match.group() and PARTED_UNSEEN.search(beside)):
            yield Edit(match.start(), match.end(), "", "control")


def _joiners(text: str) -> Iterator[Edit]:
    for match in STRAY_JOINER.finditer(text):
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
    patterns = (CLOSING_APART, ENDING_APART)
    taken = sorted(match.start() for pattern in patterns for match in pattern.finditer(text))
    marks = counted = 0
    for match in PAIR_APART.finditer(text):
        marks += text.count('"', counted, match.start())
        counted = match.start()
        is_taken = bisect_left(taken, match.start()) < bisect_left(taken, match.end())
        if marks % 2 == 0 and not is_taken:
            yield Edit(match.start() + 1, match.start(1), "", "quotation")
            yield Edit(match.end(1), match.end() - 1, "", "quotation")


def _edited(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.after)
        position = edit.end
    return "".join((*parts, text[position:]))


def _disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Put edits in order; of those that overlap the first stays."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _joined(done: Sequence[Edit], edits: Sequence[Edit], text: str) -> list[Edit]:
    """Put edits of the edited text beside those that were made before, in the text as it came.

    One that holds earlier ones takes their place; one that cuts into an earlier one is left.
    """
    if not done:
        return list(edits)
    back = _back(done)
    starts, ends = [one.start for one in done], [one.end for one in done]
    replaced: set[int] = set()
    added: list[Edit] = []
    for edit in edits:
        start, end = back(edit.start), back(edit.end)
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        within = range(first, last)
        if not within or (starts[first] >= start and ends[last - 1] <= end):
            replaced.update(within)
            added.append(Edit(start, end, edit.after, edit.kind))
    kept = [one for index, one in enumerate(done) if index not in replaced]
    return sorted((*kept, *added), key=lambda edit: (edit.start, edit.end))


def _back(done: Sequence[Edit]) -> Callable[[int], int]:
    """Give what tells the offset, in the text as it came, of one in the edited text."""
    starts: list[int] = []
    shifts = [0]
    for edit in done:
        starts.append(edit.start + shifts[-1])
        shifts.append(shifts[-1] + len(edit.after) - (edit.end - edit.start))

    def back(offset: int) -> int:
        count = bisect_left(starts, offset)
        if count and offset < starts[count - 1] + len(done[count - 1].after):
            return done[count - 1].start
        return offset - shifts[count]

    return back
