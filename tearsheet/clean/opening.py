"""Judge what stands before the article's text: title, standfirst, byline, date, captions."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tearsheet.clean.containers import by_container, in_masthead
from tearsheet.clean.signs import DATE, DATE_WORDS, WORD, Signs, is_name
from tearsheet.clean.verdicts import Verdict, by_wording
from tearsheet.model import Fate, Markup

FIGURE = re.compile(r"figure|caption|photo|image|picture|media|gallery")
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
# A title stands close before the text; further up stands the site's menu.
NEAR = 40
FEWEST_WORDS, MOST_WORDS = 3, 30
# A text that opens with a sentence and few units more has a standfirst but no title.
SHORT_OPENING = 6
BESIDE_TEXT = frozenset({Fate.EMBED, Fate.CAPTION, Fate.FOREIGN})
UNITS_REMEMBERED = 128
"""Units whose words are remembered: a page's are asked for once for every way to read it."""
STANDFIRST_WORDS = range(7, 70)
NAME_ALONE = "a name beside the title"
METADATA = frozenset({Fate.BYLINE, Fate.DATE, Fate.CAPTION, Fate.TOPIC})


def judge_opening(opening: Sequence[Signs], body: Sequence[Signs], title: str) -> list[Verdict]:
    """Judge every unit before the text; `title` is what the file itself calls the page."""
    verdicts = [_judge(signs) for signs in opening]
    _judge_topics(opening, verdicts)
    chosen = _find_title(opening, verdicts, body, title)
    if chosen is not None:
        _judge_title(opening, verdicts, chosen)
        _judge_sentences(opening, verdicts, chosen)
    elif opening and len(opening) <= SHORT_OPENING and _may_be_standfirst(opening[0]):
        _judge_sentences(opening, verdicts, -1)
    return verdicts


def _judge_title(opening: Sequence[Signs], verdicts: list[Verdict], chosen: int) -> None:
    """Mark the title wherever it stands; a bare name above it is a section, no author."""
    named = opening[chosen].text.casefold()
    for index, signs in enumerate(opening):
        if signs.text.casefold() == named:
            verdicts[index] = Verdict(Fate.TITLE, "the title of the article", 0.8)
        elif index < chosen and verdicts[index].reason == NAME_ALONE:
            verdicts[index] = Verdict(Fate.NAVIGATION, "a section's name above the title", 0.6)


def judge_between(signs: Signs, as_text: Verdict) -> Verdict:
    """Judge a unit that stands between paragraphs and is no text, given what it would be as text."""
    if as_text.fate in BESIDE_TEXT:
        return as_text
    verdict = _judge(signs)
    if verdict.fate is not Fate.NAVIGATION or signs.wording is not None:
        return verdict
    named = by_container(signs.markup, signs.words)
    if named:
        return named
    return Verdict(Fate.NAVIGATION, "stands between the paragraphs and is no part of them", 0.6)


def _judge(signs: Signs) -> Verdict:
    if signs.is_date and in_masthead(signs.markup):
        return Verdict(Fate.NAVIGATION, "the day in the site's head, not the article's", 0.7)
    if signs.is_date:
        return Verdict(Fate.DATE, "a date beside the title", 0.85)
    worded = by_wording(signs)
    if worded:
        return worded
    if signs.is_byline and signs.words <= 20:
        return Verdict(Fate.BYLINE, "says who wrote it", 0.85)
    if is_caption(signs):
        return Verdict(Fate.CAPTION, caption_reason(signs), 0.75)
    if signs.has_date and signs.words <= 16 and _names_and_dates(signs.text):
        return Verdict(Fate.BYLINE, "a name with a date", 0.7)
    if signs.is_name and signs.words >= 2 and signs.capitals > 0.6:
        return Verdict(Fate.BYLINE, NAME_ALONE, 0.6)
    return Verdict(Fate.NAVIGATION, "stands before the article and is no part of it", 0.6)


def _names_and_dates(text: str) -> bool:
    """Hold of a line that says a name and a date and nothing else."""
    rest = DATE_WORDS.sub("", CLOCK.sub("", DATE.sub("", text)))
    return is_name(" ".join(rest.strip(" ,|-–—·•@").split()))


def is_caption(signs: Signs) -> bool:
    """Hold of a picture's caption: a credit, or a scene with its place and date and no verb."""
    if signs.words < 3 or signs.link_share > 0.6:
        return False
    return signs.is_credit or (signs.is_dated_place and not signs.has_verb and signs.words > 5)


def caption_reason(signs: Signs) -> str:
    """Say by what the caption was known."""
    return (
        "names who took the picture"
        if signs.is_credit
        else "describes a picture: a scene, its place and day"
    )


def _find_title(
    opening: Sequence[Signs], verdicts: Sequence[Verdict], body: Sequence[Signs], title: str
) -> int | None:
    """Choose the title: what the file calls it, else the line that shares most with the text."""
    said = frozenset[str]().union(*(_content_words(signs.text[:2000]) for signs in body[:40]))
    best: tuple[float, int] | None = None
    for index in range(max(0, len(opening) - NEAR), len(opening)):
        signs = opening[index]
        if len(opening) <= SHORT_OPENING and _may_be_standfirst(signs) and signs.markup is None:
            break  # under a sentence of a short opening stands no title
        if title and signs.markup and signs.markup.level != 1 and not _echoes(signs, title):
            continue
        if verdicts[index].fate not in (Fate.NAVIGATION, Fate.BYLINE) or not _may_be_title(signs):
            continue
        score = _title_score(signs, said, title)
        if score > 0 and (best is None or score > best[0]):
            best = (score, index)
    if best is None and opening and _announces(opening[0]):
        return 0
    return best[1] if best else None


def _announces(signs: Signs) -> bool:
    """Hold of a first line that is worded as a note but ends as a headline does."""
    wording = signs.wording
    noted = wording is not None and wording.fate is Fate.NOTICE
    return noted and signs.words <= MOST_WORDS // 2 and not signs.ends_with_stop


def _named(signs: Signs, title: str) -> bool:
    """Hold of a heading whose words stand in the title that the file states."""
    return signs.text.casefold() in title.casefold()


def _echoes(signs: Signs, title: str) -> bool:
    """Hold of a line that shares half of its words with the title that the file states.

    A heading must stand in it as it is: further headings share words with the title too.
    """
    if signs.markup and signs.markup.level:
        return _named(signs, title)
    own = set(WORD.findall(signs.text.casefold()))
    return 2 * len(own & set(WORD.findall(title.casefold()))) >= len(own)


def _may_be_title(signs: Signs) -> bool:
    if signs.wording or signs.is_date or signs.is_byline or is_caption(signs):
        return False
    if signs.markup and signs.markup.level == 1:
        return True
    if signs.text.startswith((".", ",", ";", ":", ")")):  # the rest of a sentence
        return False
    return FEWEST_WORDS <= signs.words <= MOST_WORDS and not signs.text.endswith(".")


def _title_score(signs: Signs, said: frozenset[str], title: str) -> float:
    words = _content_words(signs.text)
    shared = len(words & said)
    score = shared / max(2, len(words)) + min(signs.words, 10) / 20
    if signs.is_name:
        score -= 0.5
    if signs.markup and signs.markup.level:
        score += 1.5 if signs.markup.level == 1 else 0.3
    if title and _named(signs, title):
        score += 1.0
    return score


@lru_cache(maxsize=UNITS_REMEMBERED)
def _content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.casefold()) if len(word) > 3)


def _judge_sentences(opening: Sequence[Signs], verdicts: list[Verdict], title: int) -> None:
    """Call the first sentences after the title its standfirst; of a picture's, its caption."""
    found = False
    for index in range(title + 1, len(opening)):
        signs = opening[index]
        if verdicts[index].fate is not Fate.NAVIGATION or not _may_be_standfirst(signs):
            found = found or verdicts[index].fate is Fate.STANDFIRST
            continue
        credited = index + 1 < len(opening) and opening[index + 1].is_credit
        if in_figure(signs.markup) or (found and credited):
            verdicts[index] = Verdict(Fate.CAPTION, "stands with a picture", 0.65)
        elif not found or verdicts[index - 1].fate is Fate.STANDFIRST:
            verdicts[index] = Verdict(Fate.STANDFIRST, "a sentence under the title", 0.65)
            found = True


def in_figure(markup: Markup | None) -> bool:
    """Hold of a block whose own name or its nearest ancestors' names speak of a picture."""
    return markup is not None and any(FIGURE.search(name) for name in markup.path[-4:])


def _may_be_standfirst(signs: Signs) -> bool:
    return (
        signs.wording is None
        and signs.words in STANDFIRST_WORDS
        and signs.link_share < 0.5
        and (signs.ends_with_stop or (signs.has_verb and signs.words > 9) or _reads_on(signs))
    )


def _reads_on(signs: Signs) -> bool:
    """Hold of a line too long, and with too few capitals, for a list of names or buttons."""
    return signs.words >= 20 and signs.capitals < 0.4


def _judge_topics(opening: Sequence[Signs], verdicts: list[Verdict]) -> None:
    """Count the line under a topics label as topics too."""
    for index in range(1, len(opening)):
        label, signs = opening[index - 1].wording, opening[index]
        opened = label is not None and label.fate is Fate.TOPIC and label.opens
        if opened and not signs.wording and not signs.ends_with_stop and not signs.is_date:
            verdicts[index] = Verdict(Fate.TOPIC, "stands under the label of the topics", 0.85)
