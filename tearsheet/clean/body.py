"""Find where the article's text stands: a decision over the sequence of units.

Each unit has a score for being text (weights.py); the best sequence of inside and outside
is chosen with a price on each change (two states, Viterbi), so that a short line between
paragraphs stays with them and a stray sentence in a menu does not. How much doubt is
resolved in favour of keeping is chosen for each source: what promises the highest F.
"""

from collections.abc import Mapping, Sequence
from itertools import compress
from math import exp

from tearsheet.clean.signs import Signs

# The price of going in or out of the text, in log-odds (flat within 0.002 of F from 0.3 to
# 1.0 on hosts held out), and what doubt adds in favour of keeping where units are judged alone.
CHANGE, BENEFIT = 0.5, 0.4
# What doubt may add over a whole source; over one fixed number, the choice won 0.001 to
# 0.003 of F on plain text and 0.001 to 0.002 on pages, in cross-validation over hosts.
BENEFITS = (-1.0, -0.3, 0.4, 1.1, 1.8)
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
    scores: Sequence[float], words: Sequence[int], texts: Sequence[str], repeated: Mapping[str, int]
) -> tuple[bool, ...]:
    """Say of every unit whether it stands inside the article's text.

    `words` is how many words each unit has: what is promised is counted in words.
    """
    tuned = [
        score - (PENALTY if repeated.get(text, 0) >= REPEATED else 0.0)
        for score, text in zip(scores, texts, strict=True)
    ]
    sizes = [max(1, many) for many in words]
    expected = [
        size / (1 + exp(-max(-30.0, min(30.0, score))))
        for size, score in zip(sizes, tuned, strict=True)
    ]
    chosen: tuple[bool, ...] = (False,) * len(tuned)
    best = 0.0
    for benefit in BENEFITS:
        states = _best_sequence([score + benefit for score in tuned])
        promised = _promised(states, sizes, expected)
        if promised > best:
            chosen, best = states, promised
    return chosen


def _promised(states: Sequence[bool], sizes: Sequence[int], expected: Sequence[float]) -> float:
    """Give the F that a choice of units promises, over words, if the scores are right."""
    right = sum(compress(expected, states))
    return 2 * right / (sum(compress(sizes, states)) + sum(expected)) if right else 0.0


def _best_sequence(scores: Sequence[float]) -> tuple[bool, ...]:
    outside = inside = 0.0
    came_from: list[tuple[bool, bool]] = []
    for score in scores:
        leave, enter = inside - CHANGE, outside - CHANGE
        came_from.append((leave > outside, inside >= enter))
        outside, inside = (
            leave if leave > outside else outside,
            (enter if enter > inside else inside) + score,
        )
    state = inside > outside
    states: list[bool] = []
    for into_outside, into_inside in reversed(came_from):
        states.append(state)
        state = into_inside if state else into_outside
    return tuple(reversed(states))
