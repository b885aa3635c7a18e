"""Whether a text is in a language whose capitals mark names for us: English.

Takes lines of tokens; gives yes or no. Guarantees no more than that: elsewhere only the
authority file links, and the record says so.
"""

from collections.abc import Iterator, Sequence

from tearsheet.names.habits import Line
from tearsheet.names.lexicon import lexicon, word_set
from tearsheet.names.tokens import Case, latin

COMMON = word_set(
    "the of and to in a is for on that with as at by from was were be has have had it its he she "
    "his her an are this but not or they their who which will would said after we you"
)
FOREIGN = word_set(
    "de la le les des du et un une est dans pour der die und das den dem ein eine mit nicht ist von "
    "auf el los las en del que por con una il di che per della gli non sono do da os uma para com "
    "van het een niet zijn voor og er som det av til och att som na je se nie ve bir bu da ile za su"
)
"""The small words of other languages in Latin letters, where English has none like them."""
FEWEST_WORDS = 12
"""Lower-case words. A shorter text (a headline, a table) proves no language and is read."""
ENGLISH_SHARE = 0.15
"""English news runs at 0.35 to 0.5, other Latin languages under 0.1 (`in`, `a`, `was`)."""
FOREIGN_SHARE = 0.1
"""Tables of results in English have few small words, but hardly one of another language."""
KNOWN_SHARE = 0.4
"""Share of small words in the English dictionary below which a text is in no language we read."""
LATIN_SHARE = 0.5


def readable(found: Sequence[Line]) -> bool:
    """Say whether the text reads as English; what has no words is in no other language."""
    words = [t for line in found for t in line.tokens if t.case >= Case.LOWER]
    if not words:
        return True
    firsts = "".join([t.text[0] for t in words])
    latin_words = len(firsts) if firsts.isascii() else sum(map(latin, firsts))
    if latin_words < LATIN_SHARE * len(words):
        return False
    small = [word for line in found for word in _small(line)]
    if len(small) < FEWEST_WORDS:
        return True
    known = sum(map(lexicon().words.__contains__, small))
    if known < KNOWN_SHARE * len(small):
        return False
    if sum(map(COMMON.__contains__, small)) >= ENGLISH_SHARE * len(small):
        return True
    return sum(map(FOREIGN.__contains__, small)) < FOREIGN_SHARE * len(small)


def _small(line: Line) -> Iterator[str]:
    """Give the Latin words in lower case that stand beside another: running text.

    Neither a particle between two capitals (`van der` of a name) nor the `b` and `lbw` of a
    scorecard says anything of the language.
    """
    run: list[str] = []
    for token in line.tokens:
        _, _, word, case, _, spaced = token
        if case is Case.LOWER and spaced and (word.isascii() or latin(word[0])):
            run.append(word)
            continue
        if len(run) > 1 and not (token.named and all(word in FOREIGN for word in run)):
            yield from run
        run = []
    if len(run) > 1:
        yield from run
