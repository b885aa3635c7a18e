"""Choose the title of a text without markup among the lines above it.

A page's menus, its other articles and its own title look alike, line for line; what tells them
apart is the company a line keeps (`headline_signs.py`). Decision trees give each line a number
(`headline.json`, a LambdaMART ranker trained within the page by `bench/train_headline.py`); the
line with the highest is the title if it stands out enough.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp

import msgspec

from tearsheet.clean.forest import Forest, answers, forest_of
from tearsheet.describe.bylines import is_known_name
from tearsheet.describe.headline_signs import SIGNS, Candidate, candidates, key
from tearsheet.describe.look import Look
from tearsheet.describe.people import introduces, parse_byline
from tearsheet.model import Fate, Unit

LETTERHEAD = re.compile(
    r"^(?:THE )?(?:MINISTRY|DEPARTMENT|OFFICE|EMBASSY|REPUBLIC|GOVERNMENT|STATE|CITY|COUNTY|"
    r"UNIVERSITY|COMMISSION|AUTHORITY|AGENCY|PARLIAMENT|COURT|MINISTÈRE|MINISTERIO|MINISTERIUM)\b"
)
"""Who issues a statement, in capitals above it: too rare among the marked pages to be learned."""
TAKEN_FOR_LETTERHEAD, TAKEN_FOR_BYLINE, TAKEN_FOR_TOPIC = 4.0, 4.0, 2.0
LONGEST_SIGNED = 300
ENOUGH = 0.12
"""The likelihood below which no line is the title: of those a third are right."""


class Headline(msgspec.Struct, frozen=True):
    """The line that is the title, the words of it that are, and how far it stands out (0 to 1)."""

    unit: Unit
    title: str
    likelihood: float


def headline(look: Look) -> Headline | None:
    """Give the line above the text that is most probably its title, or None."""
    found = candidates(look)
    if not found:
        return None
    scores = ranked(found, _forest())
    highest = max(scores)
    best = found[scores.index(highest)]
    others = {one.title: score for one, score in zip(found, scores, strict=True)}
    likelihood = 1 / sum(exp(score - highest) for score in others.values())
    if likelihood < ENOUGH:
        return None
    # A line that stands in a menu or in the window's title too is the article's where it is last.
    words = key(best.title)
    unit = next((one.unit for one in reversed(found) if key(one.unit.text) == words), best.unit)
    return Headline(unit, best.title, likelihood)


def ranked(found: Sequence[Candidate], forest: Forest) -> list[float]:
    """Give each candidate's number: the more, the likelier it is the title."""
    columns: Mapping[str, Sequence[float]] = {
        sign: [one.signs[index] for one in found] for index, sign in enumerate(SIGNS)
    }
    scores = answers(forest, columns, len(found))
    return [score - _against(one) for score, one in zip(scores, found, strict=True)]


def _against(one: Candidate) -> float:
    if one.title.isupper() and LETTERHEAD.match(one.title):
        return TAKEN_FOR_LETTERHEAD
    if one.fate is Fate.BYLINE and _signs(one.unit.text[:LONGEST_SIGNED]):
        return TAKEN_FOR_BYLINE
    return TAKEN_FOR_TOPIC if one.fate is Fate.TOPIC else 0.0


def _signs(line: str) -> bool:
    """Tell a line that cleaning took for a byline, and that names somebody known as a name."""
    return introduces(line) or any(is_known_name(one) for one in parse_byline(line).people)


@cache
def _forest() -> Forest:
    stored = files("tearsheet.describe").joinpath("headline.json").read_text(encoding="utf-8")
    return forest_of(json.loads(stored)["trees"])
