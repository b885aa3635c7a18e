"""Judge all units of a source together: find the text, then say what each unit is.

Works on the units that hold characters, in order; white space between them says nothing,
so that a cleaned text is judged as its source was.
"""

from collections.abc import Sequence

from tearsheet.clean.body import find_body, prose
from tearsheet.clean.closing import judge_closing
from tearsheet.clean.inside import judge_inside
from tearsheet.clean.opening import METADATA, judge_opening
from tearsheet.clean.signs import Signs
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import Fate

BUTTONS = frozenset({Fate.ADVERT, Fate.RELATED, Fate.SHARE, Fate.PLACEHOLDER})
# Prose this long is never a standfirst.
LONGEST_STANDFIRST = 70
# How many units may stand between a standfirst and the text: credit, topics, byline, date.
STANDFIRST_REACH = 8


def judge(units: Sequence[Signs], title: str = "") -> list[Verdict]:
    """Give a verdict on each unit; where no text is found, everything is kept."""
    inside = find_body(units)
    if not any(inside):
        return [_in_doubt(signs) for signs in units]
    first = inside.index(True)
    last = len(inside) - inside[::-1].index(True)
    first = _after_standfirst(units, _before_adverts(units, first), last)
    opening = judge_opening(units[:first], units[first:last], title)
    within = judge_inside(units[first:last])
    return [*opening, *within, *judge_closing(units[last:])]


def _in_doubt(signs: Signs) -> Verdict:
    return Verdict(Fate.PARAGRAPH, "kept in doubt: no text of an article was made out", 0.3)


def _before_adverts(units: Sequence[Signs], first: int) -> int:
    """Move the beginning back to a paragraph that only adverts and buttons part from the text."""
    before = first - 1
    while before >= 0 and (wording := units[before].wording) and wording.fate in BUTTONS:
        before -= 1
    return before if before >= 0 and before < first - 1 and prose(units[before]) else first


def _after_standfirst(units: Sequence[Signs], first: int, last: int) -> int:
    """Move the text's beginning behind a first sentence that the metadata parts from the rest."""
    if first == 0 or not prose(units[first]) or units[first].words > LONGEST_STANDFIRST:
        return first
    following = units[first + 1 : min(last, first + 1 + STANDFIRST_REACH)]
    judged = judge_opening(following, (), "")
    parted = False
    for offset, signs in enumerate(following):
        if prose(signs) and judged[offset].fate not in METADATA:
            return first + 1 + offset if parted else first
        parted = parted or judged[offset].fate in METADATA
    return first
