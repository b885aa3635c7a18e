"""Which mentions become links, and the sentence in which a mention stands.

Takes a document and its mentions; gives a choice of them, or a span. Guarantees that
chosen mentions never overlap, never stand in a heading, and are the first of their entity
in their section.
"""

import re
from bisect import bisect_right

from tearsheet.model import Block, Document, Fate, Mention
from tearsheet.names.tokens import ABBREVIATIONS

UNLINKED = frozenset({Fate.HEADING, Fate.EMBED, Fate.CODE})
"""Fates whose blocks take no links: headings, other people's markup, code."""

USUAL, FARTHEST = 250, 4_000
"""Characters in which a sentence usually begins, and beyond which none is sought."""

_END = re.compile(r"[.!?…؟。]+[\"'”’»)\]]*(?=\s)")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\Z")


def linkable(document: Document, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Give the mentions that become links: of each entity the first in each section.

    The longest of overlapping mentions wins. A heading opens a section and takes no link.
    """
    chosen: list[Mention] = []
    linked: set[str] = set()
    section, end = -1, -1
    starts = [block.start for block in document.blocks]
    headings = [place for place, one in enumerate(document.blocks) if one.fate is Fate.HEADING]
    for mention in _apart(mentions):
        index = bisect_right(starts, mention.start) - 1
        if mention.entity is None or index < 0 or not _inside(document.blocks[index], mention):
            continue
        current = bisect_right(headings, index)
        if current != section:
            section, linked = current, set()
        fate = document.blocks[index].fate
        if fate in UNLINKED or mention.entity in linked or mention.start < end:
            continue
        chosen.append(mention)
        linked.add(mention.entity)
        end = mention.end
    return tuple(chosen)


def _apart(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Give mentions in order without overlaps, the longest first choice."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.entity or "")):
        place = bisect_right(kept, mention.start, key=lambda m: m.start)
        before, after = kept[max(place - 1, 0) : place], kept[place : place + 1]
        if all(k.end <= mention.start for k in before) and all(
            mention.end <= k.start for k in after
        ):
            kept.insert(place, mention)
    return tuple(kept)


def _inside(block: Block, mention: Mention) -> bool:
    return block.start <= mention.start < mention.end <= block.end


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span of the sentence that holds `start` to `end`, within its block (its line).

    It reaches no further than `FARTHEST` characters to either side, so that the cost of a
    mention does not grow with the length of its paragraph.
    """
    first = text.rfind("\n", max(0, start - FARTHEST), start) + 1 or max(0, start - FARTHEST)
    last = text.find("\n", end, end + FARTHEST)
    last = min(len(text), end + FARTHEST) if last < 0 else last
    begin, close = _begin(text, first, start), last
    for match in _END.finditer(text, begin, last):
        if match.end() >= end and _ends(text, match, first):
            close = match.end()
            break
    while begin < start and text[begin].isspace():
        begin += 1
    while close > end and text[close - 1].isspace():
        close -= 1
    return begin, close


def _begin(text: str, first: int, start: int) -> int:
    """Give where the sentence begins: after the last end before it, sought ever further back."""
    reach = USUAL
    while True:
        # Where a space stands no end is torn in two.
        left = max(first, text.rfind(" ", first, max(first, start - reach)))
        ends = [one for one in _END.finditer(text, left, start + 1) if one.end() <= start]
        last = next((one.end() for one in reversed(ends) if _ends(text, one, first)), None)
        if last is not None or left == first:
            return first if last is None else last
        reach *= 4


def _ends(text: str, match: re.Match[str], first: int) -> bool:
    """Say whether a full stop ends a sentence and not an abbreviation or an initial."""
    if not match.group().startswith("."):
        return True
    word = _LAST_WORD.search(text[max(first, match.start() - 20) : match.start()])
    if word is None:
        return True
    last = word.group(1)
    return not (last in ABBREVIATIONS or len(last) == 1 or "." in last)
