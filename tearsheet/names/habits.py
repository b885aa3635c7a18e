"""First pass: how each word of the corpus is usually written.

Takes the tokens of each document; gives `Habits`, which add up in any order. Guarantees
that a document's own habits depend on that document alone, so that they can be kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from tearsheet.names.lexicon import lexicon
from tearsheet.names.tokens import ABBREVIATIONS, Case, Token

SHOUTED = 0.8
"""Share of capital words from which a line is a headline in capitals (tables fall below)."""
TITLED = 0.7
"""Share of capitalised long words from which a line is a title, where capitals say nothing."""
LONG_WORD = 4
"""Letters. Shorter words stay small in titles."""
FEWEST_TITLE_WORDS = 4
SHORT = 2
"""Letters of a word that a full stop abbreviates more often than ends."""
COMMON_IN_TITLE = 0.5
"""Share of dictionary words among a title's capitalised ones; a list of names has fewer."""


class Habits(msgspec.Struct, frozen=True):
    """Counts by word in lower case; `pairs` counts neighbours written with capitals mid-sentence."""

    lower: Counter[str] = msgspec.field(default_factory=Counter)
    middle: Counter[str] = msgspec.field(default_factory=Counter)
    """Written with a capital inside a sentence."""
    upper: Counter[str] = msgspec.field(default_factory=Counter)
    """Written in capitals inside a line that is not all capitals."""
    pairs: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)


class Line(msgspec.Struct, frozen=True):
    """The tokens of one line; in a `shouted` or `titled` one, capitals say nothing."""

    tokens: tuple[Token, ...]
    shouted: bool
    titled: bool


def lines(found: Iterable[Token]) -> Iterator[Line]:
    """Cut tokens into lines."""
    current: list[Token] = []
    for token in found:
        if token.case is Case.BREAK:
            if current:
                yield _line(current)
            current = []
        else:
            current.append(token)
    if current:
        yield _line(current)


def _line(found: list[Token]) -> Line:
    words = [t for t in found if t.case >= Case.LOWER]
    big = [t for t in words if t.case is Case.UPPER]
    lower = [t for t in words if t.case is Case.LOWER]
    shouted = len(big) > 1 and not lower and len(big) >= SHOUTED * len(words)
    content = [t for t in words if len(t.text) >= LONG_WORD and not t.initial]
    named = sum([t.case >= Case.CAPITAL for t in content])
    titled = len(content) >= FEWEST_TITLE_WORDS and named >= TITLED * len(content)
    if titled and not _sentence(found):  # a list of names is no title: its words are no common ones
        common = sum(t.named and t.text.lower() in lexicon().words for t in content)
        titled = common >= COMMON_IN_TITLE * named
    else:
        titled = False
    return Line(tuple(found), shouted, titled and not shouted)


def _sentence(found: list[Token]) -> bool:
    """Say whether a full stop ends a word that is no abbreviation: a title has none."""
    return any(
        stop.text == "." and len(word.text) > SHORT and word.text not in ABBREVIATIONS
        for word, stop in pairwise(found)
    )


def habits(found: Iterable[Line]) -> Habits:
    """Count how the words of one document are written."""
    counts = Habits()
    for line in found:
        if not line.shouted and not line.titled:
            counts.lower.update([t.text for t in line.tokens if t.case is Case.LOWER])
            _count(line.tokens, counts)
    return counts


def _count(found: tuple[Token, ...], counts: Habits) -> None:
    before: Token | None = None
    for token in found:
        named = token.case >= Case.CAPITAL
        if named and not token.initial:
            counts.middle[token.text.lower()] += 1
            if token.case is Case.UPPER:
                counts.upper[token.text.lower()] += 1
        if before is not None and named and not before.initial:
            counts.pairs[before.text.lower(), token.text.lower()] += 1
        before = token if named else None
