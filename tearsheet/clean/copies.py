"""Find the second copy of an article on its own page: for phones, for print, under a button.

Takes the units and their verdicts; the paragraphs of a later copy are set aside. One that
merely stands twice stays, a refrain as much as a plan's weekly step: only a stretch that goes
on as it did above is a copy.
"""

from collections.abc import Sequence

from tearsheet.clean.signs import Signs
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import TEXT_FATES, Fate

# A copy is told by so many paragraphs of at least so many words. On hosts held out, 0.0008 of F
# more on texts and pages; shorter stretches, or any order, took away from menus and timetables.
LEAST_PARAGRAPHS, LEAST_WORDS = 3, 12
COPY = Verdict(Fate.FOREIGN, "stands further up already: the page holds its text twice", 0.85)


def set_aside_copies(units: Sequence[Signs], verdicts: list[Verdict]) -> None:
    """Set aside every stretch of paragraphs that stands further up in the same order."""
    long = [
        index
        for index, (signs, verdict) in enumerate(zip(units, verdicts, strict=True))
        if verdict.fate in TEXT_FATES and signs.words >= LEAST_WORDS and signs.ends_sentence
    ]
    above: dict[str, int] = {}
    stretch: list[int] = []
    expected = -1
    for place, index in enumerate(long):
        found = above.setdefault(units[index].text, place)
        if found == place or (stretch and found != expected):
            _set_aside(stretch, verdicts)
            stretch = []
        if found < place:
            stretch.append(index)
            expected = found + 1
    _set_aside(stretch, verdicts)


def _set_aside(stretch: Sequence[int], verdicts: list[Verdict]) -> None:
    if len(stretch) >= LEAST_PARAGRAPHS:
        for index in stretch:
            verdicts[index] = COPY
