"""Title, section and topics as the text of a page shows them."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tearsheet.dates import find_dates
from tearsheet.describe.look import Look
from tearsheet.describe.press import PAPER_WORD
from tearsheet.model import Claim, Fate

TOPIC_LABEL = re.compile(
    r"^\W*(?:(?:related |explore )?(?:topics?|tags?|tagged|keywords|filed under|categor(?:y|ies)|posted in|topics? covered|"
    r"more on these topics|subjects?|in this story|thèmes?|sujets|mots[- ]clés|etiquetas|temas|themen|schlagw\w+|stichwörter|"
    r"argomenti|тег[и]?|الوسوم|وسوم|كلمات مفتاحية)\b(?: (?:covered|in|with|as|discussed|under))?)\s*[:|]?\s*",
    re.IGNORECASE,
)
BETWEEN_TOPICS = re.compile(r"\s*[,;|•·#/\n]\s*|\s{2,}")
BULLET = " \t•·*#–—-|,."
SITE_BREAK = re.compile(r"(\s[|–—·•»:]\s|\s-\s)")
MOST_OF_SITE = 4
"""Words of a site's name after the last bar or dash of a title; more is part of the title."""
SAME_TITLE = 0.7
"""Of the shorter wording's words: a title and its shortening share more, two articles less."""
LONGEST_TOPIC = 50
LONGEST_SECTION = 4
"""Words: `Middle East`, `Politics and Society` are sections, a sentence is none."""


def title_claims(look: Look, stated: Iterable[Claim]) -> Iterator[Claim]:
    """Give the title as the page prints it, and as it states it where that is another.

    What is `stated` for search engines is often another wording, or carries the name of the
    site: the heading that the page prints is the title, where a statement bears it out or it
    is the page's heading of the first level.
    """
    claims = [claim for claim in stated if claim.field == "title"]
    for unit in [*([look.headline] if look.headline else []), *look.of(Fate.TITLE)]:
        title = look.worded if unit is look.headline else " ".join(unit.text.split())
        if title:
            borne_out = any(_shares_words(title, claim.value) for claim in claims)
            heading = unit.markup is not None and unit.markup.level == 1
            if claims and not (borne_out or heading):
                break  # a line of the site that stands above, not what the page calls itself
            sure = 0.98 if claims and (borne_out or heading) else look.confidence(unit)
            yield look.claim("title", title, unit, unit.text.strip(), sure=sure)
            break
    for claim in claims:
        yield replace(claim, value=without_site(claim.value, claims))


def _shares_words(title: str, stated: str) -> bool:
    """Tell whether most words of the shorter of two wordings stand in the longer."""
    left, right = {*_words(title)}, {*_words(stated)}
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= SAME_TITLE


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def without_site(title: str, stated: Iterable[Claim]) -> str:
    """Cut the site's name off a title: what another statement of the title goes without."""
    parts = SITE_BREAK.split(title)
    if len(parts) < 3:
        return title
    others = [claim.value for claim in stated if claim.value != title]
    for cut in ("".join(parts[:-2]), "".join(parts[2:])):
        if any(cut.strip() == other.strip() for other in others):
            return cut.strip()
    last = parts[-1].split()
    return (
        "".join(parts[:-2]).strip()
        if len(last) <= MOST_OF_SITE and len(parts[0].split()) > len(last)
        else title
    )


def topic_claims(look: Look) -> Iterator[Claim]:
    """Give the topics that the page lists of its article, without the label above them."""
    topics: dict[str, None] = {}
    units = []
    for unit in look.of(Fate.TOPIC):
        if find_dates(unit.text[:200]):
            continue  # the line of another article: a topic has no date
        words = BETWEEN_TOPICS.split(TOPIC_LABEL.sub("", unit.text.strip()))
        found = [word.strip(BULLET) for word in words]
        kept = [word for word in found if 1 < len(word) <= LONGEST_TOPIC]
        if kept:
            units.append(unit)
        topics.update(dict.fromkeys(kept))
    if units:
        first = units[0]
        where = look.claim("topics", "; ".join(topics), first, first.text.strip(), sure=0.85)
        yield where


def section_claims(look: Look) -> Iterator[Claim]:
    """Give the section, or the paper, whose name stands alone just above the title."""
    title = next(look.of(Fate.TITLE), None)
    if title is None:
        return
    above = [unit for unit in look.of(Fate.NAVIGATION) if unit.number < title.number]
    other = [unit for unit in look.of(*Fate) if unit.number < title.number]
    if len(above) == len(other) == 1:
        name = above[0].text.strip()
        if (
            len(name.split()) <= LONGEST_SECTION
            and name[:1].isupper()
            and name.replace(" ", "").isalpha()
        ):
            field = "publisher" if PAPER_WORD.search(name) else "section"
            yield look.claim(field, name, above[0], name, sure=0.6, how="inferred")
