"""Find where the article's text stands: a decision over the sequence of units.

Each unit has a score for being text; the best sequence of inside and outside is chosen
with a price on each change (two states, Viterbi), so that a short line between paragraphs
stays with them and a stray sentence in a menu does not.
"""

from collections.abc import Sequence

from tearsheet.clean.signs import Signs
from tearsheet.model import Fate

# The price of going in or out of the text, in units of score: half an ordinary paragraph.
CHANGE = 0.7
# A section's opener ends the article only after this part of the prose of the page.
BEFORE_TAIL = 0.4
# A short line without a sentence's end, a sentence, a line of links: tuned by eye on text
# of five scrapers; the order matters, the digits do not.
SHORT, SENTENCE, LINKED, FURNITURE = -0.6, 0.8, -1.5, -3.0
TAIL_OPENERS = frozenset({Fate.RELATED, Fate.COMMENTS, Fate.SUBSCRIBE, Fate.LEGAL})


def prose(signs: Signs) -> float:
    """Weigh a unit as prose: 0 for none, up to 4 for a long paragraph."""
    if signs.wording or signs.link_share > 0.6 or signs.is_date or signs.is_byline:
        return 0.0
    if signs.words >= 12 and (signs.ends_with_stop or signs.words >= 40):
        return min(signs.words, 60) / 15
    return 0.0


def find_body(units: Sequence[Signs]) -> tuple[bool, ...]:
    """Say of every unit whether it stands inside the article's text."""
    scores = [_score(signs) for signs in units]
    tail = find_tail(units)
    for index in range(tail, len(units)):
        scores[index] = FURNITURE
    inside = _best_sequence(scores)
    return inside if any(inside) else _all_prose(units)


def _all_prose(units: Sequence[Signs]) -> tuple[bool, ...]:
    """Take everything from the first unit of prose to the last: the text of a short page."""
    found = [index for index, signs in enumerate(units) if prose(signs)]
    if not found:
        return (False,) * len(units)
    return tuple(found[0] <= index <= found[-1] for index in range(len(units)))


def find_tail(units: Sequence[Signs]) -> int:
    """Give the index at which what follows the article is opened, or the units' number."""
    total = sum(prose(signs) for signs in units)
    seen = 0.0
    for index, signs in enumerate(units):
        wording = signs.wording
        if (
            wording
            and wording.opens
            and wording.fate in TAIL_OPENERS
            and seen > BEFORE_TAIL * total
        ):
            return index
        seen += prose(signs)
    return len(units)


def _score(signs: Signs) -> float:
    weight = prose(signs)
    if weight:
        return weight * (1 - signs.link_share)
    if signs.wording:
        return FURNITURE if signs.wording.opens else FURNITURE / 2
    if signs.link_share > 0.6:
        return LINKED
    if signs.markup and signs.markup.tag in ("tr", "pre", "figcaption"):
        return 0.0
    if signs.ends_with_stop and signs.words >= 4 and not signs.is_credit:
        return SENTENCE
    return SHORT


def _best_sequence(scores: Sequence[float]) -> tuple[bool, ...]:
    outside, inside = 0.0, -CHANGE
    came_from: list[tuple[bool, bool]] = []
    for score in scores:
        into_outside = inside - CHANGE > outside
        into_inside = inside >= outside - CHANGE
        came_from.append((into_outside, into_inside))
        outside, inside = (
            max(outside, inside - CHANGE),
            max(inside, outside - CHANGE) + score,
        )
    state = inside - CHANGE > outside
    states: list[bool] = []
    for into_outside, into_inside in reversed(came_from):
        states.append(state)
        state = into_inside if state else into_outside
    return tuple(reversed(states))
