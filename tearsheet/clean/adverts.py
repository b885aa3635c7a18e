"""Judge what stands beside the label of an advertisement."""

from collections.abc import Sequence

from tearsheet.clean.containers import is_advert_slot
from tearsheet.clean.signs import Signs
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import Fate

# An advert's own words are few; between two labels may also stand a paragraph of the article,
# which reads more surely as text (log-odds) than this.
MOST_WORDS, SURELY_TEXT = 25, 1.5
LABEL_WORDS = 4


def judge_labelled(
    units: Sequence[Signs], weighed: Sequence[float], verdicts: list[Verdict]
) -> None:
    """Call adverts what stands between two labels, or in the slot that a label opens."""
    for index in range(1, len(units)):
        signs = units[index]
        if signs.wording is not None or not _is_label(units[index - 1]):
            continue
        if is_advert_slot(signs.markup) and is_advert_slot(units[index - 1].markup):
            verdicts[index] = Verdict(Fate.ADVERT, "stands in the slot of an advertisement", 0.85)
        elif (
            index + 1 < len(units)
            and _is_label(units[index + 1])
            and signs.words <= MOST_WORDS
            and weighed[index] < SURELY_TEXT
        ):
            reason = "a few words between two labels of advertisements"
            verdicts[index] = Verdict(Fate.ADVERT, reason, 0.7)


def _is_label(signs: Signs) -> bool:
    wording = signs.wording
    return wording is not None and wording.fate is Fate.ADVERT and signs.words <= LABEL_WORDS
