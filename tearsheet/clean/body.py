"""Find where the article's text stands: a decision over the sequence of units.

Each unit has a score for being text (weights.py); the best sequence of inside and outside
is chosen with a price on each change (two states, Viterbi), so that a short line between
paragraphs stays with them and a stray sentence in a menu does not.
"""

from collections.abc import Mapping, Sequence

from tearsheet.clean.signs import Signs

# The price of going in or out of the text, in log-odds, and what doubt adds in favour of
# keeping; both chosen on hosts held out (flat within 0.002 of F from 0.3 to 1.0).
CHANGE, BENEFIT = 0.5, 0.4
# A text that stands in as many other sources is furniture unless it is strongly text: of
# lines in two documents or more, 91 to 98 % are.
REPEATED, PENALTY = 2, 1.5


def prose(signs: Signs) -> float:
    """Weigh a unit as prose: 0 for none, up to 4 for a long paragraph."""
    if signs.wording or signs.link_share > 0.6 or signs.is_date or signs.is_byline:
        return 0.0
    if signs.words >= 12 and (signs.ends_with_stop or signs.words >= 40):
        return min(signs.words, 60) / 15
    return 0.0


def find_body(
    scores: Sequence[float], texts: Sequence[str], repeated: Mapping[str, int]
) -> tuple[bool, ...]:
    """Say of every unit whether it stands inside the article's text."""
    tuned = [
        score + BENEFIT - (PENALTY if repeated.get(text, 0) >= REPEATED else 0.0)
        for score, text in zip(scores, texts, strict=True)
    ]
    return _best_sequence(tuned)


def _best_sequence(scores: Sequence[float]) -> tuple[bool, ...]:
    outside = inside = 0.0
    came_from: list[tuple[bool, bool]] = []
    for score in scores:
        came_from.append((inside - CHANGE > outside, inside >= outside - CHANGE))
        outside, inside = max(outside, inside - CHANGE), max(inside, outside - CHANGE) + score
    state = inside > outside
    states: list[bool] = []
    for into_outside, into_inside in reversed(came_from):
        states.append(state)
        state = into_inside if state else into_outside
    return tuple(reversed(states))
