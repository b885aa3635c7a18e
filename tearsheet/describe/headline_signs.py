"""What tells a text's title among the lines above it: candidates, and numbers that describe them.

Takes a Look; gives each line that may be the title, also without the site's name behind or
before it, with one number a sign (`SIGNS`): what it looks like, what it shares with the text,
with other lines and with the line of the browser's window, and where it stands.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log

import msgspec

from tearsheet.dates import find_dates
from tearsheet.describe.look import Look
from tearsheet.describe.people import introduces
from tearsheet.model import TEXT_FATES, Entry, Fate, Unit

FATES = (
    Fate.TITLE, Fate.NAVIGATION, Fate.HEADING, Fate.STANDFIRST, Fate.BYLINE, Fate.DATE,
    Fate.CAPTION, Fate.TOPIC, Fate.RELATED, Fate.NOTICE, Fate.SHARE, Fate.SUBSCRIBE,
    Fate.ADVERT, Fate.COMMENTS, Fate.LEGAL, Fate.PLACEHOLDER,
)  # fmt: skip
"""Fates as numbers, their place in this tuple; text is `TEXT`, no line at all `NOTHING`."""
TEXT, NOTHING, OTHER = -1, -2, 99
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
MOST_WORDS, AT_TOP, MOST_CANDIDATES = 34, 6, 400
WINDOW_LINES, LONGEST_WINDOW = 3, 300
"""Lines among which the title of the browser's window stands, where a scraper kept it."""
LEAD = 3
"""Paragraphs that a headline tells in short."""
SIGNED_WITHIN = 6
"""Lines from a title down to its date or byline."""
MOST_BESIDE_DATE = 4
"""Words beside a date in a line that signs a text: `The Sound Courier - Friday, May 3, 2019`."""
FAR = 99
LONGEST_TEXT = 30_000
CREDIT = re.compile(
    r"\b(?:photo|image|getty|picture|illustration|credit|courtesy|file)\b", re.IGNORECASE
)
BULLET = re.compile(r"^\W{0,2}[•*·›»#>]|^\d+[.)]\s")
SITE_BREAK = re.compile(r"\s[|–—·•»:‹›<>/-]+\s|\s?[|»]\s?|(?<=\w):\s")
WORD = re.compile(r"\w+")
ENDS = {".": 1, "?": 2, "!": 3, ":": 4, ",": 5, "…": 6, ")": 7, "”": 8, '"': 8}

SIGNS = (
    "words", "letters", "end", "bullet", "credit", "introduced", "dated", "small", "bar", "capitals",
    "cased", "little", "number", "quote", "comma",
    "spoken", "lead", "weight", "rare", "times", "times later", "inside others", "window", "window like",
    "window holds", "window tail",
    "fate", "sure", "above", "place", "depth", "next", "next2", "before", "before2", "date below",
    "byline below", "signed above", "next words", "before words", "longer between", "like between",
    "titles between", "like above", "titles above", "echo", "echoes", "longest", "spoken rank", "cut", "cut words", "cut known", "cut has line",
)  # fmt: skip
"""The names of the signs, in the order of a candidate's numbers."""


class Candidate(msgspec.Struct, frozen=True):
    """A title that may be: its unit, the words of it that are meant, and its signs."""

    unit: Unit
    fate: Fate
    title: str
    signs: tuple[float, ...]


class Line(msgspec.Struct, frozen=True):
    """A line, or the part of it that is left when `rest` is cut off."""

    place: int
    unit: Unit
    line: str
    rest: str = ""


@dataclass(frozen=True)
class Page:
    """What all lines of a page are compared with."""

    look: Look

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every line as its words alone, in small letters."""
        return tuple(key(unit.text[:LONGEST_WINDOW]) for unit, _ in self.look.judged)

    @cached_property
    def first(self) -> int:
        """The place of the article's first line of text."""
        return self.look.order.get(self.look.first_text, len(self.look.judged))

    @cached_property
    def times(self) -> Mapping[str, int]:
        """How often each line stands on the page."""
        return Counter(self.keys)

    @cached_property
    def last(self) -> Mapping[str, int]:
        """The last place above the text at which each line stands."""
        return {line: place for place, line in enumerate(self.keys[: self.first])}

    @cached_property
    def window(self) -> tuple[str, ...]:
        """The first lines, as words."""
        return tuple(line for line in self.keys[:WINDOW_LINES] if len(line) < LONGEST_WINDOW - 1)

    @cached_property
    def spoken(self) -> Mapping[str, int]:
        """How often the text has each of its words."""
        return Counter(WORD.findall(self.look.text[:LONGEST_TEXT].casefold()))

    @cached_property
    def lead(self) -> frozenset[str]:
        """The words of the first paragraphs."""
        units = [u for u in self.look.of(Fate.PARAGRAPH) if u.number >= self.look.first_text]
        return frozenset(WORD.findall(" ".join(u.text[:2000] for u in units[:LEAD]).casefold()))

    @cached_property
    def menu(self) -> Mapping[str, int]:
        """How many lines above the text have each word."""
        return Counter(word for line in self.keys[: self.first] for word in {*line.split()})

    @cached_property
    def fates(self) -> tuple[int, ...]:
        """The fate of each line down to the first of the text, as a number."""
        return tuple(_number(entry) for _, entry in self.look.judged[: self.first + 1])


COMPARED = 9
"""Signs that compare candidates, which stand before those of what was cut."""
SPOKEN, KIND = SIGNS.index("spoken"), SIGNS.index("fate")
FEWEST_ECHOED, MOST_HOLDERS, ECHO = 3, 60, 0.5


def key(line: str) -> str:
    """Give a line as its words alone, in small letters."""
    return " ".join(WORD.findall(line.casefold()))


def candidates(look: Look) -> tuple[Candidate, ...]:
    """Give what may be the title, with its signs, in the order of the page."""
    page = Page(look)
    found = [one for one in _lines(page) if len(one.line.split()) <= MOST_WORDS and key(one.line)]
    found = [*found[:AT_TOP], *found[AT_TOP:][-MOST_CANDIDATES:]]
    rows = [
        [*_shape(one.line), *_company(page, one), *_place(page, one.place), *_cut(page, one)]
        for one in found
    ]
    _compare(found, rows)
    return tuple(
        Candidate(one.unit, look.judged[one.place][1].fate, one.line, tuple(map(float, row)))
        for one, row in zip(found, rows, strict=True)
    )


def _lines(page: Page) -> Iterator[Line]:
    """Give the lines above the text that may be its title, whole and without a site's name."""
    for place, (unit, entry) in enumerate(page.look.judged[: page.first]):
        if entry.fate in CANDIDATES and page.keys[place]:
            line = " ".join(unit.text[:LONGEST_WINDOW].split())
            parts = [Line(place, unit, line)]
            parts += [Line(place, unit, title, rest) for title, rest in _cuts(line)]
            yield from (one for one in parts if _says_something(one.line))


def _says_something(line: str) -> bool:
    """Tell a wording from a number, a date, or a name with its date: `By Anna Berg - May 3, 2019`."""
    dates = find_dates(line)
    left = line
    for found in reversed(dates):
        left = left[: found.start] + left[found.end :]
    if not any(char.isalpha() for char in left):
        return False
    in_words = any(found.day and any(map(str.isalpha, found.original)) for found in dates)
    signed = introduces(line) or len(WORD.findall(left)) <= MOST_BESIDE_DATE
    return not (in_words and signed)


def _cuts(line: str) -> Iterator[tuple[str, str]]:
    """Give a line without what stands behind its last bar or dash, or before its first."""
    breaks = [*SITE_BREAK.finditer(line)]
    if breaks:
        last, first = breaks[-1], breaks[0]
        yield line[: last.start()].strip(), line[last.end() :]
        yield line[first.end() :].strip(), line[: first.start()]


def _shape(line: str) -> Iterator[float]:
    words = line.split()
    letters = [word[0] for word in words if word[0].isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    yield len(words)
    yield len(line)
    yield ENDS.get(line[-1], 0)
    yield bool(BULLET.match(line))
    yield bool(CREDIT.search(line))
    yield introduces(line)
    yield bool(find_dates(line))
    yield line[0].islower()
    yield "|" in line
    yield line.isupper()
    yield upper / len(letters) if letters else 0.0
    yield sum(len(word) <= 3 and word.islower() for word in words) / len(words)
    yield line[0].isdigit()
    yield line[0] in "“\"‘'«„"
    yield line.count(",")


def _company(page: Page, one: Line) -> Iterator[float]:
    own = key(one.line)
    words = own.split()
    long = [word for word in words if len(word) >= 4 or word.isdigit()] or words
    yield sum(word in page.spoken for word in long) / len(long)
    yield sum(word in page.lead for word in long) / len(long)
    yield sum(log(1 + page.spoken.get(word, 0)) for word in long) / len(long)
    yield sum(1 / max(1, page.menu.get(word, 0)) for word in long) / len(long)
    yield page.times.get(own, 0)
    yield page.last.get(own, one.place) > one.place
    yield sum(own in other for other in page.keys[: page.first] if len(other) > len(own)) if len(own) >= 15 else 0  # fmt: skip
    yield own in page.window
    mine = {*words}
    others = [{*other.split()} for other in page.window if other != own]
    yield max((len(mine & other) / len(mine | other) for other in others), default=0.0)
    yield max((len(mine & other) / len(mine) for other in others), default=0.0)
    yield any(_begins_or_ends(other, own) for other in page.window)


def _begins_or_ends(window: str, own: str) -> bool:
    longer = len(window) > len(own) >= 10
    return longer and (window.startswith(own + " ") or window.endswith(" " + own))


def _place(page: Page, place: int) -> Iterator[float]:
    yield page.fates[place]
    yield page.look.judged[place][1].confidence
    yield page.first - place
    yield place
    yield place / max(1, page.first)
    for step in (1, 2, -1, -2):
        at = place + step
        yield page.fates[at] if 0 <= at < len(page.fates) else NOTHING
    below = page.fates[place + 1 : place + 1 + SIGNED_WITHIN]
    date, byline = FATES.index(Fate.DATE), FATES.index(Fate.BYLINE)
    yield below.index(date) if date in below else FAR
    yield below.index(byline) if byline in below else FAR
    above = page.fates[max(0, place - SIGNED_WITHIN) : place]
    yield date in above or byline in above
    yield len(page.keys[place + 1].split()) if place + 1 < len(page.keys) else 0
    yield len(page.keys[place - 1].split()) if place else 0


def _cut(page: Page, one: Line) -> Iterator[float]:
    """Say what was cut off a line, and whether that, or the line without it, stands alone."""
    cut = key(one.rest)
    yield bool(one.rest)
    yield len(cut.split())
    yield page.times.get(cut, 0) if cut else 0
    yield bool(one.rest) and page.times.get(key(one.line), 0) > 0


def _compare(found: Sequence[Line], rows: Sequence[list[float]]) -> None:
    """Put in, before what was cut, how each candidate stands to those between it and the text."""
    cut = SIGNS.index("cut") - COMPARED
    whole = [not row[cut] for row in rows]
    flags: list[tuple[int, ...]] = [
        (ok and row[0] >= 5, ok and row[0] >= 4 and row[SPOKEN] >= 0.75, ok and row[KIND] == 0)
        for ok, row in zip(whole, rows, strict=True)
    ]
    nothing: tuple[int, ...] = (0, 0, 0)
    above = [*accumulate(flags, _added, initial=nothing)]
    total = above[-1]
    ranked = sorted({row[SPOKEN] * min(row[0], 8) for row in rows}, reverse=True)
    rank = {value: index for index, value in enumerate(ranked)}
    longest = max((row[0] for row in rows[-12:]), default=0)
    bags = [frozenset(key(one.line).split()) for one in found]
    echoes = _echoes(bags)
    for index, row in enumerate(rows):
        to_here, so_far = above[index + 1], above[index]
        between = [all_ - until for all_, until in zip(total, to_here, strict=True)]
        score = rank[row[SPOKEN] * min(row[0], 8)]
        row[cut:cut] = [*between, *so_far[1:], *echoes[index], row[0] == longest, score]


def _added(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _echoes(bags: Sequence[frozenset[str]]) -> list[tuple[float, int]]:
    """Say how alike another wording above the text is at most, and how many are much alike."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, bag in enumerate(bags):
        for word in bag:
            holders[word].append(index)
    echoes = []
    for index, bag in enumerate(bags):
        if len(bag) < FEWEST_ECHOED:
            echoes.append((0.0, 0))
            continue
        common = Counter(other for word in bag for other in holders[word][:MOST_HOLDERS])
        shares = [
            n / len(bag | bags[o]) for o, n in common.items() if o != index and bags[o] != bag
        ]
        echoes.append((max(shares, default=0.0), sum(share >= ECHO for share in shares)))
    return echoes


def _number(entry: Entry) -> int:
    if entry.fate in TEXT_FATES:
        return TEXT
    return FATES.index(entry.fate) if entry.fate in FATES else OTHER
