"""Lines that only the width of a page broke off: which go on in the next one.

Takes the units of a plain text; gives the numbers of those that continue the unit before
them. A writer of e-mail, a terminal or an old news wire breaks a line where the next word
would not have fitted: so a break is one of width if, and only if, the line together with
the first word of the next is longer than the longest line. A poem, a list or a table breaks
its lines earlier.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tearsheet.model import Repair, Source, Unit
from tearsheet.names.lexicon import lexicon

# Widths to which texts are wrapped: from a newspaper's column to a wide terminal.
NARROWEST, WIDEST = 34, 120
# A text is wrapped if so many lines follow each other without a blank one between, and so
# large a part of them breaks where the width demands it.
FEWEST_BREAKS, MOST_BREAKS_BY_WIDTH = 6, 0.7
HYPHEN = "-"


def continued(source: Source) -> frozenset[int]:
    """Give the numbers of the units that go on with the sentence of the unit before them."""
    if source.media_type != "text/plain":
        return frozenset()
    units = source.units
    pairs = [
        (left, right) for left, right in pairwise(units) if left.text.strip() and right.text.strip()
    ]
    if len(pairs) < FEWEST_BREAKS:
        return frozenset()
    width = max(len(unit.text.rstrip()) for unit in units)
    if not NARROWEST <= width <= WIDEST:
        return frozenset()
    by_width = [(left, right) for left, right in pairs if _is_broken(left, right, width)]
    if len(by_width) < max(FEWEST_BREAKS, MOST_BREAKS_BY_WIDTH * len(pairs)):
        return frozenset()
    return frozenset(right.number for _, right in by_width)


def join(left: Unit, right: Unit, known: frozenset[str]) -> Repair:
    """Give the repair that joins a line with the one that goes on with it.

    A hyphen at the line's end goes where the word without it is `known`, or what follows it
    is no word by itself; it stays where the word with it is known.
    """
    text = left.text + left.ending
    end = len(left.text.rstrip())
    if left.text[:end].endswith(HYPHEN) and left.text[: end - 1][-1:].isalpha():
        first, second = left.text[:end].split()[-1], right.text.split()[0]
        whole, compound = _bare(first[:-1] + second), _bare(first + second)
        divided = whole in known or _bare(second) not in known
        if second[0].islower() and divided and compound not in known:
            return Repair(left.number, end - 1, len(text), text[end - 1 :], "", "hyphen")
        return Repair(left.number, end, len(text), text[end:], "", "line")
    return Repair(left.number, end, len(text), text[end:], " ", "line")


def words_of(source: Source) -> frozenset[str]:
    """Give the words of a text and the common ones: what a broken word may be."""
    own: set[str] = set()
    divided = False
    for unit in source.units:
        words = unit.text.split()
        own.update(_bare(word) for word in words[int(divided) :])
        divided = bool(words) and words[-1].endswith(HYPHEN)
    return frozenset(own | _common())


@cache
def _common() -> frozenset[str]:
    return lexicon().words


def _is_broken(left: Unit, right: Unit, width: int) -> bool:
    first: Sequence[str] = right.text.split(maxsplit=1)
    indented = right.text[:1].isspace() and not left.text[:1].isspace()
    divided = left.text.rstrip().endswith(HYPHEN) and first[0][:1].islower()
    return not indented and (divided or len(left.text.rstrip()) + 1 + len(first[0]) > width)


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]“”\"'’").casefold()
