"""Which line of a scraped text is the title, where no markup says so.

Every short line above the text is weighed by what it shows: its length and its end, how far
above the text it stands, what cleaning took it and the lines about it for, whether the text
speaks of what it speaks of, whether it stands twice or begins the line of the browser's
window. The weights (`headline.json`) are those of a conditional logit over the lines of a
page, trained by `bench/train_headline.py`; the likeliest line is the title if it is likely
enough.
"""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from tearsheet.dates import find_dates
from tearsheet.describe.look import Look
from tearsheet.describe.people import introduces
from tearsheet.model import TEXT_FATES, Fate, Unit

CANDIDATES = frozenset(
    {
        Fate.TITLE,
        Fate.NAVIGATION,
        Fate.HEADING,
        Fate.STANDFIRST,
        Fate.BYLINE,
        Fate.CAPTION,
        Fate.TOPIC,
        Fate.RELATED,
        Fate.NOTICE,
    }
)
BY_HAND = {"letterhead": -4.0, "fate topic": -3.0}
"""Weights of features too rare among the marked pages to be trained."""
ENOUGH = 0.12
"""The likelihood below which no line is the title: of those a third are right."""
FEWEST_WORDS, MOST_WORDS = 1, 30
FIRST_LINES = 3
"""Lines among which the title of the browser's window stands, where a scraper kept it."""
MOST_CANDIDATES = 400
BESIDE = 4
"""Lines below a title in which its date or byline stands."""
DISTANCES = (2, 3, 4, 5, 7, 10, 16, 31, 61)
LENGTHS = (2, 3, 4, 5, 8, 13, 19, 25)
SHARES = (0.01, 0.26, 0.51, 0.76, 1.0)
CREDIT = re.compile(
    r"\b(?:photo|image|getty|picture|illustration|credit|courtesy|file)\b", re.IGNORECASE
)
BULLET = re.compile(r"^\W{0,2}[•*·›»#>]|^\d+[.)]\s")
# Who issues a statement, in capitals above it.
LETTERHEAD = re.compile(
    r"^(?:THE )?(?:MINISTRY|DEPARTMENT|OFFICE|EMBASSY|REPUBLIC|GOVERNMENT|STATE|CITY|COUNTY|"
    r"UNIVERSITY|COMMISSION|AUTHORITY|AGENCY|PARLIAMENT|COURT|MINISTÈRE|MINISTERIO|MINISTERIUM)\b"
)
SITE_TAIL = re.compile(r"^\s*[|–—·•»:-]\s*\S")
WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
ANY_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Headline:
    """The line that is the title, and how likely it is among the lines above the text."""

    unit: Unit
    likelihood: float


@dataclass(frozen=True, slots=True)
class Page:
    """What all lines of a page are compared with."""

    look: Look
    spoken: frozenset[str]
    window: tuple[str, ...]
    times: Mapping[str, int]
    first: int
    longest: str


def headline(look: Look) -> Headline | None:
    """Give the line above the text that is most probably its title, or None."""
    found = list(candidates(look))
    if not found:
        return None
    weights = _weights()
    scores = [sum(weights.get(name, 0.0) for name in features) for _, features in found]
    highest = max(scores)
    likelihood = 1 / sum(exp(score - highest) for score in scores)
    if likelihood < ENOUGH:
        return None
    return Headline(found[scores.index(highest)][0], likelihood)


def candidates(look: Look) -> Iterator[tuple[Unit, tuple[str, ...]]]:
    """Give the lines that may be the title, each with the features that hold of it."""
    above = [unit for unit in look.of(*CANDIDATES) if unit.number < look.first_text]
    fitting = [unit for unit in above if FEWEST_WORDS <= len(unit.text.split()) <= MOST_WORDS]
    lines = [unit.text.strip() for unit, _ in look.judged]
    page = Page(
        look,
        frozenset(WORD.findall(look.text[:20_000].casefold())),
        tuple(line for line in lines[:FIRST_LINES] if len(line) <= 300),
        Counter(lines),
        look.order.get(look.first_text, len(look.judged)),
        max((unit.text.strip() for unit in fitting[-10:]), key=len, default=""),
    )
    for unit in fitting[-MOST_CANDIDATES:]:
        line = unit.text.strip()
        yield unit, (*_shape(line), *_company(page, line), *_place(page, unit))


def _shape(line: str) -> Iterator[str]:
    """Name what a line looks like."""
    words = line.split()
    yield f"words {bisect_right(LENGTHS, len(words))}"
    yield f"end {line[-1] if line[-1] in '.:?!,…' else ''}"
    if BULLET.match(line):
        yield "bullet"
    if CREDIT.search(line):
        yield "credit"
    if introduces(line):
        yield "introduced"
    if find_dates(line):
        yield "dated"
    if line[0].islower():
        yield "small letter"
    if "  |" in line or " | " in line:
        yield "bar"
    if line.isupper():
        yield "letterhead" if LETTERHEAD.match(line) else "capitals"
    elif len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words):
        yield "title case"


def _company(page: Page, line: str) -> Iterator[str]:
    """Name what a line shares with the text, with other lines, with the window's line."""
    words = {*WORD.findall(line.casefold())}
    share = len(words & page.spoken) / len(words) if words else 0.0
    yield f"spoken {bisect_right(SHARES, share)}"
    if page.times[line] > 1:
        yield "twice"
    if any(_begins(other, line) for other in page.window):
        yield "window"
    own = {*ANY_WORD.findall(line.casefold())}
    near = max((_alike(own, other) for other in page.window if other != line), default=0.0)
    yield f"longest {'of the last ten' if line == page.longest else ''}"
    yield f"like window {bisect_right((0.34, 0.5, 0.67, 0.8), near)}"


def _place(page: Page, unit: Unit) -> Iterator[str]:
    """Name where a line stands, and what it and the lines about it were taken for."""
    judged, place = page.look.judged, page.look.order[unit.number]
    yield f"fate {judged[place][1].fate}"
    yield f"above {bisect_right(DISTANCES, page.first - place)}"
    yield f"place {min(place, 3)}"
    after = [entry.fate for _, entry in judged[place + 1 : place + 1 + BESIDE]]
    following = _kind(after[0]) if after else "none"
    yield f"next {following}"
    if Fate.DATE in after or Fate.BYLINE in after:
        yield "signed"
    if place:
        before, entry = judged[place - 1]
        yield f"before {_kind(entry.fate)}{' short' if len(before.text.split()) <= 3 else ''}"


def _kind(fate: Fate) -> str:
    return "text" if fate in TEXT_FATES else str(fate)


def _begins(window: str, line: str) -> bool:
    """Tell whether one line is the other with the name of the site behind it."""
    return (
        len(window) > len(line) >= 10
        and window.casefold().startswith(line.casefold())
        and bool(SITE_TAIL.match(window[len(line) :]))
    )


def _alike(words: set[str], other: str) -> float:
    theirs = {*ANY_WORD.findall(other.casefold())}
    return len(words & theirs) / len(words | theirs) if len(words) > 2 else 0.0


@cache
def _weights() -> Mapping[str, float]:
    stored = files("tearsheet.describe").joinpath("headline.json").read_text(encoding="utf-8")
    return {**json.loads(stored)["weights"], **BY_HAND}
