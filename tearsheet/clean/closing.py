"""Judge what stands after the article's text, section by section."""

import re
from collections.abc import Sequence

from tearsheet.clean.containers import by_container, same_section
from tearsheet.clean.signs import CUT_OFF, Signs
from tearsheet.clean.verdicts import Verdict, by_wording
from tearsheet.model import Fate

# Who signs what a newsroom writes as one.
DESK = re.compile(
    r"^[—–-]?\s?(?:the editors?|editorial board|la rédaction|die redaktion|la redacción|редакция)\.?$",
    re.IGNORECASE,
)
FEWEST_TAGS = 2
MOST_TAG_WORDS = 4
# What a section's opener hands on to the units under it, and how sure that is.
INHERITED = 0.75


def judge_closing(units: Sequence[Signs]) -> list[Verdict]:
    """Judge every unit after the text: by its own wording, else by its section's opener."""
    verdicts: list[Verdict] = []
    opener: Verdict | None = None
    opened: Signs | None = None
    for signs in units:
        worded = by_wording(signs)
        if worded and signs.wording and (signs.wording.opens or _leads_on(signs, worded)):
            opener, opened = worded, signs
        elif opened and _begins_another(opened, signs):
            opener = opened = None
        verdicts.append(_judge(signs, worded, opener))
    _judge_tags(units, verdicts)
    return verdicts


def _begins_another(opened: Signs, signs: Signs) -> bool:
    """Hold of a heading that a page keeps apart from the section that was open before it."""
    if opened.markup is None or signs.markup is None or not signs.markup.level:
        return False
    return not same_section(opened.markup, signs.markup)


def _leads_on(signs: Signs, worded: Verdict) -> bool:
    """Hold of a short line that points to more articles: those stand under it."""
    return worded.fate is Fate.RELATED and 3 <= signs.words <= 8


def _judge(signs: Signs, worded: Verdict | None, opener: Verdict | None) -> Verdict:
    in_list = opener is not None and opener.fate in (Fate.RELATED, Fate.COMMENTS)
    if worded and not (in_list and worded.fate is Fate.NOTICE):
        return worded
    named = by_container(signs.markup, signs.words)
    if named:
        return named
    if opener and opener.fate is Fate.TOPIC and signs.has_date and signs.words > 3:
        return Verdict(Fate.RELATED, "a headline with its date after the article", 0.6)
    if opener and opener.fate in (Fate.TOPIC, Fate.SHARE) and signs.words > 12:
        opener = None
    if opener:
        return Verdict(opener.fate, f"stands under it: {opener.reason}", INHERITED)
    if signs.words > 5 and CUT_OFF.search(signs.text[-40:]):
        return Verdict(Fate.FOREIGN, "cut off by “Read more”: the beginning of something else", 0.8)
    if (signs.is_byline and signs.words <= 12) or DESK.match(signs.text[:60]):
        return Verdict(Fate.BYLINE, "a name after the article", 0.5)
    if signs.is_date:
        return Verdict(Fate.DATE, "a date after the article", 0.5)
    if signs.words >= 12 and signs.ends_with_stop:
        return Verdict(Fate.FOREIGN, "prose apart from the article", 0.5)
    return Verdict(Fate.NAVIGATION, "stands after the article and is no part of it", 0.6)


def _judge_tags(units: Sequence[Signs], verdicts: list[Verdict]) -> None:
    """Call the run of short bulleted lines at the very end the article's topics."""
    start = len(units)
    while start and units[start - 1].bullet and units[start - 1].words <= MOST_TAG_WORDS:
        start -= 1
    led_in = start > 0 and units[start - 1].text.endswith(":")
    if len(units) - start >= FEWEST_TAGS and not led_in:
        for index in range(start, len(units)):
            verdicts[index] = Verdict(Fate.TOPIC, "one of the short items that end the page", 0.65)
