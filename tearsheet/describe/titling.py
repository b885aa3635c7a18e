"""Title, section and topics as the text of a page shows them."""

import re
from collections.abc import Iterator

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
LONGEST_TOPIC = 50
LONGEST_SECTION = 4
"""Words: `Middle East`, `Politics and Society` are sections, a sentence is none."""


def title_claims(look: Look) -> Iterator[Claim]:
    """Give the title that cleaning made out, as its line has it."""
    for unit in look.of(Fate.TITLE):
        title = " ".join(unit.text.split())
        if title:
            yield look.claim("title", title, unit, unit.text.strip(), sure=look.confidence(unit))
            return


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
