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
    for mention in _apart(mentions):
        index = bisect_right(starts, mention.start) - 1
        if mention.entity is None or index < 0 or not _inside(document.blocks[index], mention):
            continue
        current = _section(document.blocks, index)
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
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def _inside(block: Block, mention: Mention) -> bool:
    return block.start <= mention.start < mention.end <= block.end


def _section(blocks: tuple[Block, ...], index: int) -> int:
    """Give the number of the heading above a block, -1 before the first."""
    while index >= 0 and blocks[index].fate is not Fate.HEADING:
        index -= 1
    return index


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span of the sentence that holds `start` to `end`, within its block (its line)."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    begin, close = first, last
    for match in _END.finditer(text, first, last):
        if not _ends(text, match, first):
            continue
        if match.end() <= start:
            begin = match.end()
        elif match.end() >= end:
            close = match.end()
            break
    while begin < start and text[begin].isspace():
        begin += 1
    while close > end and text[close - 1].isspace():
        close -= 1
    return begin, close


def _ends(text: str, match: re.Match[str], first: int) -> bool:
    """Say whether a full stop ends a sentence and not an abbreviation or an initial."""
    if not match.group().startswith("."):
        return True
    word = _LAST_WORD.search(text[max(first, match.start() - 20) : match.start()])
    if word is None:
        return True
    last = word.group(1)
    return not (last in ABBREVIATIONS or len(last) == 1 or "." in last)
