"""Which lines of a text are the article's byline, and whom they name.

Bylines stand between the title and the text, or close it. A line that says `By` is believed;
one that does not must be a name as people have them, beside the title or the date. The first
group of such lines counts: further down stand photographers, sources and other articles.
"""

import re
from collections.abc import Iterator

from tearsheet.describe.look import MOST_LOOKED_AT, Look
from tearsheet.describe.people import introduces, parse_byline
from tearsheet.model import Claim, Fate, Unit
from tearsheet.names.lexicon import lexicon, plain

ONLY_BY = re.compile(
    r"^\W*(?:(?:written |words |story |text |posted |published )?by|von|par|por|di|door|от|بقلم|authors?|écrit par|author)\s?:?\W*$",
    re.IGNORECASE,
)
NOT_AUTHORS = re.compile(
    r"\b(?:photo\w*|pictures?|image|illustrat\w+|video|graphics?|(?:medically |fact[- ]?)?(?:reviewed|checked)|edited|curated|sponsored|presented|powered|"
    r"translated|provided|updated|produced|directed|designed|approved|distributed|supported|funded) by\b|\bby\s+(?:the )?(?:numbers|email|phone|age|far|now)\b",
    re.IGNORECASE,
)
BY_INSIDE = re.compile(r"(?:^|[\s|•·–—-])(?:[Bb]y|BY|[Vv]on|[Pp]ar)\s(?=[A-ZÀ-Þ])")
DONE_BY = re.compile(
    r"\b(?!(?:written|posted|published|reported|authored|submitted|compiled|contributed|created|produced)\b)"
    r"\w+(?:ed|en|wn|un|ade|ought|eld|old)$",
    re.IGNORECASE,
)
"""What is done by somebody in a sentence (`owned by`, `posed by`) makes no author of them."""
MOST_SPOKEN_OF = 1
"""How often a text may name its author where no `By` says so; more, and it tells of them."""
REPORTING = re.compile(r"^\(?(?:reporting|writing) by (?P<people>[^;.()]{3,160})", re.IGNORECASE)
POSTED_IN = re.compile(r"\s+in\s+[A-ZÀ-Þ][^,;]*?(?=\s+and\s|,|;|$)")
HEADER = frozenset(
    {Fate.BYLINE, Fate.DATE, Fate.NAVIGATION, Fate.SHARE, Fate.STANDFIRST, Fate.CAPTION}
)
LONGEST = 160
"""Characters: a byline with roles and a date; what is longer tells of somebody."""
NEAR_TITLE = 12
"""Units below the title in which a name without `By` may be its author's."""
SURE_INTRODUCED, SURE_NAMED = 0.9, 0.75


def author_claims(look: Look) -> Iterator[Claim]:
    """Give the people of the first group of bylines, with the line that names the first."""
    for candidates, sure in (
        (_introduced(look, _opening(look)), SURE_INTRODUCED),
        (_named(look, _opening(look)), SURE_NAMED),
        (_introduced(look, _closing(look)), SURE_INTRODUCED),
        (_reporting(look), SURE_INTRODUCED),
    ):
        people: dict[str, Unit] = {}
        for unit, names in candidates:
            for name in names:
                people.setdefault(name, unit)
        if people:
            first = next(iter(people.values()))
            yield look.claim("author", "; ".join(people), first, first.text.strip(), sure=sure)
            return


def _opening(look: Look) -> list[Unit]:
    """Give the short lines of the article's head: above its text, and not far above its title."""
    title = look.title
    start = title.number if title else 0
    header = [u for u in look.of(*HEADER) if u.number < look.first_text and len(u.text) <= LONGEST]
    below = [unit for unit in header if unit.number > start]
    above = [unit for unit in header if unit.number < start and introduces(unit.text)][-2:]
    return [*below, *above]


def _closing(look: Look) -> list[Unit]:
    return [
        unit
        for unit in look.of(Fate.BYLINE)
        if look.last_text < unit.number < look.tail and len(unit.text) <= LONGEST
    ]


def _introduced(look: Look, units: list[Unit]) -> Iterator[tuple[Unit, tuple[str, ...]]]:
    """Give the first group of lines that say `By`, or stand under a line that says only that."""
    last = None
    for unit in units:
        text = unit.text.strip()[:MOST_LOOKED_AT]
        if NOT_AUTHORS.search(text):
            continue
        under = ONLY_BY.match(look.before(unit))
        said = next(
            (by for by in BY_INSIDE.finditer(text) if not DONE_BY.search(text[: by.start()])), None
        )
        if not (under or introduces(text) or said):
            continue
        words = text[said.start() :] if said and not introduces(text) else text
        people = tuple(name for name in parse_byline(words).people if not _is_thing(name))
        if not people:
            continue
        if last is not None and look.steps(last, unit) > 2:
            return
        last = unit
        yield unit, people


def _named(look: Look, units: list[Unit]) -> Iterator[tuple[Unit, tuple[str, ...]]]:
    """Give the first group of lines that are names and nothing else."""
    last = None
    title = look.title
    for unit in units:
        fate = look.document.ledger[unit.number - 1].fate
        if fate is not Fate.BYLINE or NOT_AUTHORS.search(unit.text):
            continue
        people = parse_byline(unit.text).people
        beside = _beside_title_or_date(look, unit)
        if not people or not all(
            is_known_name(one) or (beside and _is_rare(one)) for one in people
        ):
            continue
        if any(look.text.count(one) > MOST_SPOKEN_OF for one in people):
            continue
        if title is not None and look.steps(title, unit) > NEAR_TITLE:
            return
        if last is not None and look.steps(last, unit) > 2:
            return
        last = unit
        yield unit, people


def _reporting(look: Look) -> Iterator[tuple[Unit, tuple[str, ...]]]:
    """Give the reporters that a wire story names at its end, without its editors."""
    for unit in look.of(Fate.NOTICE, Fate.BYLINE):
        said = REPORTING.match(unit.text.strip()[:MOST_LOOKED_AT])
        if said and unit.number < look.tail:
            yield unit, parse_byline(POSTED_IN.sub("", said["people"])).people


def is_known_name(name: str) -> bool:
    """A name that begins with a given name and is no place: `Anna Berg`, not `Abu Dhabi`."""
    known = lexicon()
    words = plain(name).split()
    first = words[0].strip(".").split("-")[0]
    initials = len(first) == 1 or (first.isupper() and len(first) <= 3)
    given = first in known.given_names or first.capitalize() in known.given_names
    return (given or initials or not name.isascii()) and not _is_thing(name)


def _is_rare(name: str) -> bool:
    """No word of it is a common one: `Lasko Beridun` can only be a name."""
    known = lexicon()
    words = [plain(word).strip(".,'").lower() for word in name.split()]
    return not any(word in known.words for word in words) and not known.is_place(plain(name))


def _beside_title_or_date(look: Look, unit: Unit) -> bool:
    """Tell a line that touches the title, the date or its own double from one further down."""
    near = look.neighbours(unit)
    fates = {look.document.ledger[one.number - 1].fate for one in near}
    return bool(fates & {Fate.TITLE, Fate.DATE}) or any(
        one.text.strip() == unit.text.strip() for one in near
    )


def _is_thing(name: str) -> bool:
    """Words that are all common ones, or a place, are no person: `Key Takeaways`, `San Marino`."""
    known = lexicon()
    words = [plain(word).strip(".,'") for word in name.split()]
    common = all(word.lower() in known.words for word in words)
    given = any(word in known.given_names for word in words)
    return (common and not given) or known.is_place(plain(name))
