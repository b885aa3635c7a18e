"""Lines that only the width of a page broke off: which go on in the next one.

Takes the units of a plain text; gives the numbers of those that continue the unit before
them. A writer of e-mail, a terminal or an old news wire breaks a line where the next word
would not have fitted: so a break is one of width if, and only if, the line together with
the first word of the next is longer than the width. A poem, a list or a table breaks its
lines earlier, or they hold no sentences: code and tables of even rows are left alone, and
so are scripts that put no space between words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

import msgspec

from tearsheet.model import Repair, Source, Unit
from tearsheet.names.lexicon import lexicon

# Widths to which texts are wrapped: from a newspaper's column to a wide terminal.
NARROWEST, WIDEST = 34, 120
# A text is wrapped if so many of its lines break where one width demands it; of the lines
# of a paragraph (up to the next blank one) it must be so large a part.
FEWEST_BREAKS, MOST_OF_RUN = 6, 0.7
# Prose: so many of a line's words are words, and so many of the lines gone on with begin small
# (of verses and list items hardly any do).
FEWEST_WORDS, PLAIN_WORDS, BEGIN_SMALL = 3, 0.75, 0.4
# Where nouns are capitals (German) or a script has no small letters, sentences must end
# inside the lines, and nearly every break must be of width.
FEWEST_SMALL, BY_WIDTH = 0.2, 0.9
# A divided word fills its line nearly: the syllable that did not fit is not longer.
LONGEST_SYLLABLE = 12
HYPHEN = "-"
AND = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "e", "o", "en", "of"})

# What stands in code, tables and addresses of the net, but in no word.
ODD = re.compile(r"[\d_=<>{}\\|@#$%^&*+~/]|\w[(\[;:,]\w")
GAP = re.compile(r"\S[ \u00a0]{3,}\S|\t")
MARKER = re.compile(r"\s*(?:[-*+•·◦▪‣>|#–—]|\(?(?:\d{1,3}|[a-z])[.)])(?:\s|$)")
# Chinese, Japanese, Thai, Lao, Tibetan, Burmese and Khmer put no space between words.
UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # fmt: skip
STOP_INSIDE = re.compile(r"[.!?…؟۔।]['\"”’»)]* +\S")
STOP_AT_END = re.compile(r"[.!?…؟۔।:]['\"”’»)]*$")


class _Break(msgspec.Struct, frozen=True):
    """Two lines that follow each other: how long the first is, how long the word after it."""

    left: Unit
    right: Unit
    length: int
    word: int
    divided: bool

    def fits(self, width: int) -> bool:
        """Hold of a break that this width demands."""
        if self.divided:
            return width - LONGEST_SYLLABLE <= self.length <= width
        return self.length <= width < self.length + 1 + self.word


def continued(source: Source) -> frozenset[int]:
    """Give the numbers of the units that go on with the sentence of the unit before them."""
    if source.media_type != "text/plain":
        return frozenset()
    runs = [run for run in _runs(source.units) if run]
    width = _width(one for run in runs for one in run)
    if width is None:
        return frozenset()
    found: list[_Break] = []
    for run in runs:
        fitting = [one for one in run if one.fits(width)]
        if len(fitting) >= MOST_OF_RUN * len(run):
            found += fitting
    if len(found) < FEWEST_BREAKS or not _is_prose(found, sum(len(run) for run in runs)):
        return frozenset()
    return frozenset(one.right.number for one in found)


def _runs(units: Sequence[Unit]) -> Iterator[list[_Break]]:
    """Give the breaks between lines, up to each blank line or new item of a list."""
    run: list[_Break] = []
    for left, right in pairwise(units):
        if not left.text.strip() or not right.text.strip() or MARKER.match(right.text):
            yield run
            run = []
        else:
            run.append(_break(left, right))
    yield run


def _break(left: Unit, right: Unit) -> _Break:
    line = left.text.rstrip()
    # A line that is no prose, or a new paragraph's indentation, fits no width.
    indented = right.text[:1].isspace() and not left.text[:1].isspace()
    if len(line) > WIDEST or len(right.text.rstrip()) > WIDEST or indented:
        return _Break(left, right, WIDEST + 1, 0, divided=False)
    if not (_is_plain(line) and _is_plain(right.text, fewest=1)):
        return _Break(left, right, WIDEST + 1, 0, divided=False)
    word = right.text.split(maxsplit=1)[0]
    return _Break(left, right, len(line), len(word), line.endswith(HYPHEN) and word[0].islower())


def _is_plain(line: str, fewest: int = FEWEST_WORDS) -> bool:
    words = line.split()
    if len(words) < fewest or GAP.search(line) or UNSPACED.search(line):
        return False
    plain = sum(1 for word in words if not ODD.search(word) and any(map(str.isalpha, word)))
    return plain >= PLAIN_WORDS * len(words)


def _width(breaks: Iterable[_Break]) -> int | None:
    """Give the width that most breaks agree with, the least of several; None for too few."""
    steps = [0] * (2 * WIDEST + 3)
    for one in breaks:
        if one.length <= WIDEST:
            steps[one.length] += 1
            steps[min(one.length + one.word + 1, len(steps) - 1)] -= 1
    agreeing = list(accumulate(steps))[: WIDEST + 1]
    best = max(range(NARROWEST, WIDEST + 1), key=lambda width: agreeing[width])
    return best if agreeing[best] >= FEWEST_BREAKS else None


def _is_prose(found: Sequence[_Break], of_all: int) -> bool:
    """Hold of lines that break inside sentences, as verses, rows and list items do not."""
    begins = [one.right.text.lstrip()[0] for one in found]
    small = sum(1 for letter in begins if letter.islower())
    cased = sum(1 for letter in begins if letter.islower() or letter.isupper())
    inside = sum(1 for one in found if STOP_INSIDE.search(one.left.text))
    at_end = sum(1 for one in found if STOP_AT_END.search(one.left.text.rstrip()))
    if at_end > max(inside, len(found) // 3):
        return False
    if cased and small >= BEGIN_SMALL * cased:
        return True
    if cased and small < FEWEST_SMALL * cased:
        return False
    return inside > at_end and len(found) >= BY_WIDTH * of_all


def join(left: Unit, right: Unit, known: frozenset[str]) -> Repair:
    """Give the repair that joins a line with the one that goes on with it.

    A hyphen at the line's end goes where the word without it is `known`, or what follows it
    is no word by itself; it stays where the word with it is known, and as it stands in
    `pre- and post-war`.
    """
    text = left.text + left.ending
    end = len(left.text.rstrip())
    if left.text[:end].endswith(HYPHEN) and left.text[: end - 1][-1:].isalpha():
        first, second = left.text[:end].split()[-1], right.text.split()[0]
        if second in AND:
            return Repair(left.number, end, len(text), text[end:], " ", "line")
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


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]“”\"'’").casefold()
