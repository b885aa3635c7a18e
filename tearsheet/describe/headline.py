"""Which line of a scraped text is the title, where no markup says so.

Every short line above the text is weighed: does the line of the browser's window begin with
it, does it stand twice, does the text speak of what it speaks of, does a date or a byline
follow it. Weights were set by hand on real pages of one half of the publishers and checked
on the other; the best line is the title only if enough speaks for it.
"""

import re
from dataclasses import dataclass

from tearsheet.dates import find_dates
from tearsheet.describe.look import Look
from tearsheet.describe.people import introduces
from tearsheet.model import Fate, Unit

CANDIDATES = frozenset(
    {
        Fate.TITLE,
        Fate.NAVIGATION,
        Fate.HEADING,
        Fate.STANDFIRST,
        Fate.BYLINE,
        Fate.CAPTION,
        Fate.TOPIC,
    }
)
ENOUGH = 3.0
LEAST_WORDS, MOST_WORDS = 3, 28
FIRST_LINES = 12
"""Lines among which the title of the browser's window stands, where a scraper kept it."""
MOST_CANDIDATES = 400
CREDIT = re.compile(
    r"\b(?:photo|image|getty|picture|illustration|credit|courtesy|file)\b", re.IGNORECASE
)
# Who issues a statement, in capitals above it.
LETTERHEAD = re.compile(
    r"^(?:THE )?(?:MINISTRY|DEPARTMENT|OFFICE|EMBASSY|REPUBLIC|GOVERNMENT|STATE|CITY|COUNTY|"
    r"UNIVERSITY|COMMISSION|AUTHORITY|AGENCY|PARLIAMENT|COURT|MINISTÈRE|MINISTERIO|MINISTERIUM)\b"
)
BULLET = re.compile(r"^\W{0,2}[•*·›»#>]|^\d+[.)]\s")
SITE_TAIL = re.compile(r"^\s*[|–—·•»:-]\s*\S")
WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")


@dataclass(frozen=True, slots=True)
class Headline:
    """The line that is the title, and what speaks for it (3 is enough, 8 is much)."""

    unit: Unit
    weight: float


def headline(look: Look) -> Headline | None:
    """Give the line above the text that is most probably its title, or None."""
    text = {*WORD.findall(look.text[:20_000].casefold())}
    lines = [unit.text.strip() for unit, _ in look.judged]
    window = [line for line in lines[:FIRST_LINES] if len(line) <= 300]
    times: dict[str, int] = {}
    for line in lines:
        times[line] = times.get(line, 0) + 1
    best: Headline | None = None
    for unit in _candidates(look):
        line = unit.text.strip()
        weight = _shape(line, introduced=introduces(line)) + 3.0 * _spoken_of(line, text)
        weight += 6.0 * any(_begins(other, line) for other in window)
        weight += 1.5 * (times[line] > 1)
        weight += _place(look, unit)
        if best is None or weight > best.weight:
            best = Headline(unit, weight)
    return best if best and best.weight >= ENOUGH else None


def _candidates(look: Look) -> list[Unit]:
    above = [unit for unit in look.of(*CANDIDATES) if unit.number < look.first_text]
    fitting = [unit for unit in above if LEAST_WORDS <= len(unit.text.split()) <= MOST_WORDS]
    return fitting[-MOST_CANDIDATES:]


def _shape(line: str, *, introduced: bool) -> float:
    """Weigh a line by what titles look like."""
    words = len(line.split())
    weight = 1.0 if 5 <= words <= 18 else 0.0
    weight -= 0.08 * max(0, words - 13)
    weight -= 1.2 * line.endswith(".") + 1.5 * bool(BULLET.match(line)) + 0.5 * line.endswith(":")
    weight -= 1.5 * bool(CREDIT.search(line)) + 4.0 * introduced
    weight -= 3.0 * bool(line.isupper() and LETTERHEAD.match(line))
    weight -= 1.5 * bool(find_dates(line)) + 1.0 * line[:1].islower() + 1.5 * ("  |" in line)
    return weight


def _spoken_of(line: str, text: set[str]) -> float:
    """Give the share of a line's words that the text has too."""
    words = {*WORD.findall(line.casefold())}
    return len(words & text) / len(words) if words else 0.0


def _begins(window: str, line: str) -> bool:
    """Tell whether one line is the other with the name of the site behind it."""
    return (
        len(window) > len(line)
        and window.casefold().startswith(line.casefold())
        and bool(SITE_TAIL.match(window[len(line) :]))
    )


def _place(look: Look, unit: Unit) -> float:
    """Weigh a line by where it stands: first of all, before the date, near the text."""
    place = look.order[unit.number]
    first = look.order.get(look.first_text, len(look.judged))
    weight = 1.2 if place == 0 else 0.6 if place <= 2 else 0.0
    weight -= min(2.0, 0.06 * max(0, first - place - 8))
    weight += 0.6 * (0 < place <= 4 and len(look.judged[place - 1][0].text.split()) <= 3)
    weight += 0.5 * (look.document.ledger[unit.number - 1].fate is Fate.TITLE)
    after = look.judged[place + 1 : place + 5]
    weight += 1.0 * any(entry.fate in (Fate.DATE, Fate.BYLINE) for _, entry in after)
    return weight
