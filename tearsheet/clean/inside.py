"""Judge the units inside the article's text: paragraphs, headings, lists, and what interrupts them."""

from collections.abc import Sequence

from tearsheet.clean.opening import caption_reason, is_caption
from tearsheet.clean.signs import CUT_OFF, DIGIT, POST_HINTS, POST_LINE, POST_SIGNATURE, Signs
from tearsheet.clean.verdicts import Verdict, by_wording
from tearsheet.clean.wording import stands_in
from tearsheet.model import Fate

MOST_HEADING_WORDS = 16
MOST_CAPTION_WORDS = 70
INTERRUPTING = frozenset({Fate.ADVERT, Fate.RELATED, Fate.SHARE, Fate.PLACEHOLDER})
# A caption below the photographer's name is one sentence or two.
MOST_WORDS_UNDER_CREDIT = 30
# Words of a link that stands on a line of its own within a sentence.
MOST_WORDS_BETWEEN = 12
# How far before its signature a post's text may stand.
POST_REACH = 3


def judge_inside(units: Sequence[Signs]) -> list[Verdict]:
    """Judge every unit of a stretch of text."""
    verdicts = [_judge(units, index) for index in range(len(units))]
    _judge_posts(units, verdicts)
    _judge_under_credits(units, verdicts)
    return verdicts


def _judge(units: Sequence[Signs], index: int) -> Verdict:
    signs = units[index]
    if _goes_on(units, index):
        return Verdict(Fate.PARAGRAPH, "part of a sentence that lines break apart", 0.7)
    worded = by_wording(signs)
    if worded and not (worded.fate is Fate.NAVIGATION and _may_be_a_heading(signs)):
        return worded
    marked = by_markup(signs)
    if marked:
        return marked
    if signs.words > 5 and CUT_OFF.search(signs.text[-40:]):
        return Verdict(
            Fate.FOREIGN, "cut off by “Read more”: the beginning of something else", 0.85
        )
    if signs.words <= MOST_CAPTION_WORDS and is_caption(signs):
        return Verdict(Fate.CAPTION, caption_reason(signs), 0.7)
    if signs.is_date and signs.words <= 12:
        return Verdict(Fate.DATE, "a date that stands alone", 0.6)
    if signs.bullet:
        return Verdict(Fate.LIST, "an item of a list", 0.8)
    if is_heading(units, index):
        return Verdict(Fate.HEADING, "a short line above a paragraph", 0.7)
    return paragraph(signs)


def _goes_on(units: Sequence[Signs], index: int) -> bool:
    """Hold of a few words of a text between the two halves of a sentence: a link, a number."""
    if not 0 < index < len(units) - 1 or units[index].markup is not None:
        return False
    before, here, after = units[index - 1], units[index], units[index + 1]
    if here.words > MOST_WORDS_BETWEEN or here.ends_with_stop or not here.words:
        return False
    opened = before.words > 2 and before.text[-1:].isalpha() and before.wording is None
    return opened and after.wording is None and (after.lower_start or after.text[:1] in ",.;:)")


def paragraph(signs: Signs) -> Verdict:
    """Keep a unit as a paragraph, the surer the more it reads as prose."""
    if signs.words >= 12 and signs.ends_sentence:
        return Verdict(Fate.PARAGRAPH, "prose of the article", 0.9)
    if signs.ends_with_stop:
        return Verdict(Fate.PARAGRAPH, "a sentence within the article", 0.75)
    return Verdict(Fate.PARAGRAPH, "stands within the article", 0.55)


def by_markup(signs: Signs) -> Verdict | None:
    """Judge by the element that a page put the unit in."""
    markup = signs.markup
    if markup is None:
        return None
    tags = {name.partition(".")[0].partition("#")[0] for name in markup.path[-6:]}
    if markup.level:
        return Verdict(Fate.HEADING, f"marked as a heading of level {markup.level}", 0.85)
    if "figcaption" in tags or markup.tag == "caption":
        return Verdict(Fate.CAPTION, "marked as the caption of a figure", 0.9)
    if markup.tag == "pre":
        return Verdict(Fate.CODE, "marked as preformatted text", 0.85)
    if "blockquote" in tags:
        posted = any("twitter" in name or "instagram" in name for name in markup.path)
        if posted:
            return Verdict(Fate.EMBED, "a post embedded in the page", 0.9)
        return Verdict(Fate.QUOTATION, "marked as a quotation", 0.85)
    if "\t" in signs.text and markup.tag == "tr":
        return Verdict(Fate.TABLE, "a row of a table", 0.8)
    if "li" in tags:
        return Verdict(Fate.LIST, "marked as an item of a list", 0.75)
    return None


def is_heading(units: Sequence[Signs], index: int) -> bool:
    """Hold of a short line without a sentence's end that stands above prose."""
    signs = units[index]
    if not 1 <= signs.words <= MOST_HEADING_WORDS or signs.lower_start or signs.has_date:
        return False
    if signs.is_turn:
        return False
    if signs.ends_with_stop and not _asks_or_quotes(signs.text):
        return False
    if signs.text.endswith((",", ";", ":")):
        return False
    after = next((unit for unit in units[index + 1 :] if not _interrupts(unit)), None)
    if after is None:
        return False
    return after.wording is None and after.words > max(8, signs.words) and after.ends_sentence


def _may_be_a_heading(signs: Signs) -> bool:
    """Hold of the words of a button that are as many as a heading's and count nothing."""
    return signs.words > 3 and DIGIT.search(signs.text) is None


def _interrupts(signs: Signs) -> bool:
    """Hold of what stands between a heading and its text on many pages."""
    return signs.wording is not None and signs.wording.fate in INTERRUPTING


def _asks_or_quotes(text: str) -> bool:
    """Hold of a heading that ends as a question, or is one quotation without a full stop."""
    if text.endswith(("?", "؟")):
        return len(text) < 80
    return text.endswith(('"', "”", "»", "'", "’")) and text[-2:-1] not in ".!,"


def _judge_under_credits(units: Sequence[Signs], verdicts: list[Verdict]) -> None:
    """Call a short unit its caption where a photographer's name stands alone above it."""
    for index in range(1, len(units) - 1):
        signs, credit = units[index], units[index - 1]
        if not credit.is_bare_credit or verdicts[index].fate is not Fate.PARAGRAPH:
            continue
        above = verdicts[index - 2].fate if index > 1 else None
        if above is not Fate.CAPTION and signs.words <= MOST_WORDS_UNDER_CREDIT:
            verdicts[index] = Verdict(Fate.CAPTION, "stands under the name of a photographer", 0.6)


def _judge_posts(units: Sequence[Signs], verdicts: list[Verdict]) -> None:
    """Call a signature with a handle, and the post it signs, an embedded post."""
    for index, signs in enumerate(units):
        if signs.words > 70 or not stands_in(POST_HINTS, signs.text):
            continue
        short = signs.text[-300:]
        if signs.words <= 30 and POST_SIGNATURE.match(signs.text[:200]):
            verdicts[index] = Verdict(Fate.EMBED, "the signature of an embedded post", 0.9)
            if index:
                verdicts[index - 1] = Verdict(Fate.EMBED, "the post signed below it", 0.85)
        elif POST_LINE.search(short):
            verdicts[index] = Verdict(Fate.EMBED, "the text of an embedded post", 0.85)
