"""Whether a text is in a language whose capitals mark names for us: English.

Takes lines of tokens; gives yes or no. Guarantees no more than that: elsewhere only the
authority file links, and the record says so.
"""

from collections.abc import Sequence

from tearsheet.names.habits import Line
from tearsheet.names.lexicon import word_set
from tearsheet.names.tokens import Case

COMMON = word_set(
    "the of and to in a is for on that with as at by from was were be has have had it its he she "
    "his her an are this but not or they their who which will would said after we you"
)
FEWEST_WORDS = 12
"""Lower-case words. A shorter text (a headline, a table) proves no language and is read."""
ENGLISH_SHARE = 0.15
"""English news runs at 0.35 to 0.5, other Latin languages under 0.1 (`in`, `a`, `was`)."""
LATIN_SHARE = 0.5


def readable(found: Sequence[Line]) -> bool:
    """Say whether the text reads as English."""
    words = [t for line in found for t in line.tokens if t.case >= Case.LOWER]
    if not words:
        return False
    latin = sum(t.text[0] < "\u0250" for t in words)
    if latin < LATIN_SHARE * len(words):
        return False
    small = [t.text for t in words if t.case is Case.LOWER and t.text[0] < "\u0250"]
    if len(small) < FEWEST_WORDS:
        return True
    return sum(word in COMMON for word in small) >= ENGLISH_SHARE * len(small)
