"""What the names of a page's containers say of the units in them.

Takes a unit's markup; gives a verdict where a container near it is named for one thing that
is no text (`ul.story__topics`, `form.newsletter`). Names are compared part by part, so that
`download` is no `ad`. Only for units that the evidence has found to be no text already:
some pages keep their article in a container with such a name.
"""

import re

from tearsheet.clean.verdicts import Verdict
from tearsheet.model import Fate, Markup

PARTS = re.compile(r"[a-z]+")
# How many of the nearest containers are asked; further out stands the page's own frame.
NEAR = 4
OUTERMOST = frozenset({"html", "body", "main", "article"})
FRAME = frozenset({"header", "nav", "footer"})
MASTHEAD = frozenset({"masthead", "topbar", "navbar", "site", "global"})
ADVERTS = frozenset({"ad", "ads", "advert", "adverts", "advertisement", "adslot", "sponsored"})
# Topics are a word or a few; the longest are names of institutions.
MOST_TOPIC_WORDS = 6
NAMED: tuple[tuple[frozenset[str], Fate, str], ...] = (
    (ADVERTS, Fate.ADVERT, "stands in the page's place for an advertisement"),
    (
        frozenset({"newsletter", "newsletters", "subscribe", "subscription", "signup", "paywall"}),
        Fate.SUBSCRIBE,
        "stands in the page's form for subscribers",
    ),
    (
        frozenset({"related", "recommended", "recirculation", "teasers"}),
        Fate.RELATED,
        "stands in the page's list of other articles",
    ),
    (
        frozenset({"comments", "comment", "commentlist", "disqus"}),
        Fate.COMMENTS,
        "stands in the page's place for comments",
    ),
)
TOPICS = frozenset({"tag", "tags", "topic", "topics", "keyword", "keywords"})


def by_container(markup: Markup | None, words: int) -> Verdict | None:
    """Judge a unit that is no text by the names of the containers around it."""
    if markup is None:
        return None
    near = _names(markup, NEAR)
    for names, fate, reason in NAMED:
        if near & names:
            return Verdict(fate, reason, 0.8)
    if near & TOPICS and words <= MOST_TOPIC_WORDS and not FRAME & _tags(markup):
        return Verdict(Fate.TOPIC, "stands in the page's list of topics", 0.75)
    return None


def in_masthead(markup: Markup | None) -> bool:
    """Hold of a unit in the site's head, where the day is the reader's and not the article's."""
    if markup is None or "article" in _tags(markup):
        return False
    return "header" in _tags(markup) and bool(_names(markup, len(markup.path)) & MASTHEAD)


def is_advert_slot(markup: Markup | None) -> bool:
    """Hold of a unit in a container that is named for advertisements."""
    return markup is not None and bool(_names(markup, NEAR - 1) & ADVERTS)


def same_section(opener: Markup, other: Markup) -> bool:
    """Hold of a unit in the container that the opener stands in, or in one beside its wrapper."""
    container = opener.path[:-1]
    wider = container[:-1]
    if other.path[: len(container)] == container:
        return True
    framed = not wider or re.split(r"[.#\[]", wider[-1], maxsplit=1)[0] in OUTERMOST
    return not framed and other.path[: len(wider)] == wider


def _names(markup: Markup, depth: int) -> frozenset[str]:
    """Give the parts of the classes and ids of the nearest containers, without their tags."""
    return frozenset(
        part
        for name in markup.path[-depth:]
        for part in PARTS.findall(_after_tag(name).partition("[")[0])
    )


def _tags(markup: Markup) -> frozenset[str]:
    return frozenset(re.split(r"[.#\[]", name, maxsplit=1)[0] for name in markup.path)


def _after_tag(name: str) -> str:
    return name[len(re.split(r"[.#\[]", name, maxsplit=1)[0]) :]
