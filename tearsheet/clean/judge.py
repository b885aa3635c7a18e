"""Judge all units of a source together: find the text, then say what each unit is.

Works on the units that hold characters, in order; white space between them says nothing,
so that a cleaned text is judged as its source was.
"""

from collections.abc import Mapping, Sequence
from math import exp

import msgspec

from tearsheet.clean.adverts import judge_labelled
from tearsheet.clean.body import BENEFIT, find_body, prose
from tearsheet.clean.closing import judge_closing
from tearsheet.clean.copies import set_aside_copies
from tearsheet.clean.evidence import Evidence, evidence_of
from tearsheet.clean.inside import MOST_HEADING_WORDS, is_heading, judge_inside, paragraph
from tearsheet.clean.opening import METADATA, judge_between, judge_opening
from tearsheet.clean.signs import WORD, Signs, signs_of
from tearsheet.clean.verdicts import IN_DOUBT, Verdict
from tearsheet.clean.weights import Weights, first_score, scores
from tearsheet.model import ASIDE_FATES, Fate, Unit

BUTTONS = frozenset({Fate.ADVERT, Fate.RELATED, Fate.SHARE, Fate.PLACEHOLDER})
# Prose this long is never a standfirst.
LONGEST_STANDFIRST = 70
SIGNED = frozenset({Fate.BYLINE, Fate.DATE})
# How many units may stand between a standfirst and the text: credit, topics, byline, date.
STANDFIRST_REACH = 8
# A short line above a paragraph is a heading unless the evidence speaks clearly against it.
HEADING_FLOOR = -3.0
# A unit is surely furniture from this confidence on: log-odds of 1.4 against.
SURE = 0.8
LEAST, MOST = 0.3, 0.98
BY_SCORE = frozenset({Fate.PARAGRAPH, Fate.NAVIGATION, Fate.FOREIGN, Fate.HEADING, Fate.LIST})
# In a source of few units the surroundings say little (and less in languages the weights
# know less of): a sentence or two of 22 words that no rule knows as furniture is likelier text.
FEW_UNITS, LONG_PROSE, FOR_PROSE = 40, 1.4, 0.8
# A page is never so short, so the weights know nothing of it: here every sentence counts.
HANDFUL, FOR_A_HANDFUL = 4, 3.0
# What surely is prose, of which none may stand after the opener of the page's end.
SURE_SCORE = 2.0
# Below an opener with more text than this share, cuts took 0.1 of F away from nine pages in ten.
MOSTLY = 0.6
TAIL_OPENERS = frozenset({Fate.RELATED, Fate.COMMENTS, Fate.SUBSCRIBE, Fate.LEGAL})
# A title that was taken for text stands at most this many units above the first sentence.
TITLE_REACH = 6


# Of sentences under a title that score less, two in three are no part of the article.
STANDFIRST_FLOOR = -2.0


class Piece(msgspec.Struct, frozen=True):
    """A unit as the judge sees it: its text, what it shows, its evidence and first score."""

    text: str
    signs: Signs
    evidence: Evidence
    first: float


class Known(msgspec.Struct, frozen=True):
    """What is known beside the units: the weights, the stated title, other sources' texts."""

    weights: Weights
    title: str
    repeated: Mapping[str, int]


def piece_of(unit: Unit, weights: Weights) -> Piece:
    """Look at one unit, once."""
    text = unit.text.strip()
    evidence = evidence_of(text, unit.markup)
    return Piece(text, signs_of(text, unit.markup), evidence, first_score(evidence, weights))


def judge(pieces: Sequence[Piece], known: Known) -> list[Verdict]:
    """Give a verdict on each unit; where no text is found, everything is kept."""
    texts = [piece.text for piece in pieces]
    weighed = scores(
        [piece.evidence for piece in pieces],
        [piece.first for piece in pieces],
        texts,
        [known.repeated.get(text, 0) for text in texts],
        known.weights,
    )
    units = [piece.signs for piece in pieces]
    if len(units) <= FEW_UNITS:
        gain, least = (FOR_PROSE, LONG_PROSE) if len(units) > HANDFUL else (FOR_A_HANDFUL, 0.0)
        weighed = [
            score + gain * (prose(signs) > least)
            for score, signs in zip(weighed, units, strict=True)
        ]
    body = find_body(weighed, [signs.words for signs in units], texts, _against(units, known))
    inside = _inside(units, weighed, _below_headline(units, body, known.title))
    if not any(inside):
        return [Verdict(*IN_DOUBT) for _ in pieces]
    verdicts = _verdicts(units, weighed, inside, known.title)
    return _keep_unsure(units, weighed, verdicts)


def _against(units: Sequence[Signs], known: Known) -> Mapping[str, int]:
    """Give the texts that count against units of a page; the weights of a text know of them."""
    return known.repeated if any(signs.markup is not None for signs in units) else {}


def _verdicts(
    units: Sequence[Signs], weighed: Sequence[float], inside: list[bool], title: str
) -> list[Verdict]:
    """Say what each unit is, given which are text."""
    first = inside.index(True)
    last = len(inside) - inside[::-1].index(True)
    first = _before_adverts(units, first)
    inside[first] = True
    first = _after_standfirst(units, _after_title(units, inside, first, last), last)
    opening = judge_opening(units[:first], units[first:last], title)
    _drop_unlikely(weighed, opening)
    _keep_headings(units, weighed, inside, opening)
    within = judge_inside(units[first:last])
    judged = [
        verdict if text else judge_between(signs, verdict)
        for text, signs, verdict in zip(inside[first:last], units[first:last], within, strict=True)
    ]
    verdicts = [*opening, *judged, *judge_closing(units[last:])]
    judge_labelled(units, weighed, verdicts)
    set_aside_copies(units, verdicts)
    return verdicts


def _drop_unlikely(weighed: Sequence[float], opening: list[Verdict]) -> None:
    """Take for no standfirst what the evidence calls anything but text: a pitch, a teaser."""
    for index, verdict in enumerate(opening):
        if verdict.fate is Fate.STANDFIRST and weighed[index] < STANDFIRST_FLOOR:
            opening[index] = Verdict(
                Fate.NAVIGATION, "stands before the article and is no part of it", 0.6
            )


def _keep_unsure(
    units: Sequence[Signs], weighed: Sequence[float], verdicts: list[Verdict]
) -> list[Verdict]:
    """Say how sure each verdict is; keep everything where nothing is surely furniture.

    So a text that was cleaned before is left alone instead of being worn away.
    """
    told = [
        _with_confidence(signs, score, verdict)
        for signs, score, verdict in zip(units, weighed, verdicts, strict=True)
    ]
    aside = [verdict.confidence for verdict in told if verdict.fate in ASIDE_FATES]
    if any(confidence >= SURE for confidence in aside):
        return told
    return [
        Verdict(Fate.PARAGRAPH, "kept in doubt: nothing here is surely no text", 0.4)
        if verdict.fate in ASIDE_FATES
        else verdict
        for verdict in told
    ]


def _with_confidence(signs: Signs, score: float, verdict: Verdict) -> Verdict:
    """Take the confidence of a verdict that rests on the scores from them."""
    if signs.wording is not None or verdict.fate not in BY_SCORE:
        return verdict
    likely = 1 / (1 + exp(-max(-6.0, min(6.0, score + BENEFIT))))
    sure = 1 - likely if verdict.fate in ASIDE_FATES else likely
    return Verdict(verdict.fate, verdict.reason, round(max(LEAST, min(MOST, sure)), 2))


def _below_headline(units: Sequence[Signs], found: Sequence[bool], title: str) -> tuple[bool, ...]:
    """Take nothing above a page's headline for text: a level 1 that the page's title repeats."""
    heads = [i for i, signs in enumerate(units) if signs.markup and signs.markup.level == 1]
    if len(heads) != 1 or not _repeats(units[heads[0]].text, title):
        return tuple(found)
    if any(prose(signs) for signs in units[: heads[0]]):
        return tuple(found)
    return tuple(text and index > heads[0] for index, text in enumerate(found))


def _repeats(heading: str, title: str) -> bool:
    """Hold of a heading whose words stand in a title, whatever its quotation marks."""
    words, wanted = (WORD.findall(text.casefold()) for text in (heading, title))
    return len(words) > 1 and " ".join(words) in " ".join(wanted)


def _inside(units: Sequence[Signs], weighed: Sequence[float], found: Sequence[bool]) -> list[bool]:
    """Say what is text: what was found over the sequence, and headings above text with it."""
    inside = list(found)
    if not any(inside):
        return _all_prose(units)
    started = False
    for index in range(len(units) - 1):
        started = started or inside[index]
        if started and units[index].is_sound and any(found[index + 1 : index + 3]):
            inside[index] = True
        above_text = started and not inside[index] and inside[index + 1]
        if above_text and weighed[index] > HEADING_FLOOR and units[index].wording is None:
            inside[index] = is_heading(units, index)
    end = _end_of_text(units, inside, weighed)
    return [text and index < end for index, text in enumerate(inside)]


def _end_of_text(units: Sequence[Signs], inside: Sequence[bool], weighed: Sequence[float]) -> int:
    """Give the index of the opener after which no sure prose stands, or the units' number.

    Where most of what stands below was found to be text, an opener ends nothing.
    """
    end = len(units)
    below = found = 0
    for index in range(len(units) - 1, -1, -1):
        wording, words = units[index].wording, units[index].words
        below, found = below + words, found + words * inside[index]
        if inside[index] and prose(units[index]) and weighed[index] > SURE_SCORE:
            return end
        if wording and wording.opens and wording.fate in TAIL_OPENERS and found <= MOSTLY * below:
            end = index
    return len(units)


def _after_title(units: Sequence[Signs], inside: Sequence[bool], first: int, last: int) -> int:
    """Move the text's beginning to its first sentence; what stands above may be its title."""
    for index in range(first, min(last, first + TITLE_REACH)):
        signs = units[index]
        listed = signs.markup is not None and signs.markup.tag in ("li", "tr", "pre")
        if inside[index] and (
            listed or signs.bullet or (signs.words >= 12 and signs.ends_sentence)
        ):
            return index
        if inside[index] and signs.ends_with_stop and signs.words >= 4:
            return index
        goes_on = index + 1 < last and units[index + 1].lower_start
        if inside[index] and signs.markup is None and goes_on and not signs.ends_sentence:
            return index
    return first


def _keep_headings(
    units: Sequence[Signs],
    weighed: Sequence[float],
    inside: Sequence[bool],
    opening: list[Verdict],
) -> None:
    """Keep what the evidence calls text above the first sentence, unless it is known as more.

    So is a marked subheading that stands right above it.
    """
    for index, verdict in enumerate(opening):
        markup = units[index].markup
        marked = markup is not None and markup.level > 1 and index == len(opening) - 1
        text = inside[index] or (marked and weighed[index] > HEADING_FLOOR)
        if text and verdict.fate is Fate.NAVIGATION and units[index].wording is None:
            short = units[index].words <= MOST_HEADING_WORDS
            heading = Verdict(Fate.HEADING, "a short line above the text", 0.5)
            opening[index] = heading if short else paragraph(units[index])


def _all_prose(units: Sequence[Signs]) -> list[bool]:
    """Take everything from the first unit of prose to the last: the text of a short page."""
    found = [index for index, signs in enumerate(units) if prose(signs)]
    if not found:
        return [False] * len(units)
    return [found[0] <= index <= found[-1] for index in range(len(units))]


def _before_adverts(units: Sequence[Signs], first: int) -> int:
    """Move the beginning back to a paragraph that only adverts and buttons part from the text."""
    before = first - 1
    while before >= 0 and (wording := units[before].wording) and wording.fate in BUTTONS:
        before -= 1
    return before if before >= 0 and before < first - 1 and prose(units[before]) else first


def _after_standfirst(units: Sequence[Signs], first: int, last: int) -> int:
    """Move the text's beginning behind a first sentence that the metadata parts from the rest.

    A picture alone does not part them where the byline or the date stands above already.
    """
    if first == 0 or not prose(units[first]) or units[first].words > LONGEST_STANDFIRST:
        return first
    above = judge_opening(units[max(0, first - STANDFIRST_REACH) : first], (), "")
    signed = any(verdict.fate in SIGNED for verdict in above)
    parting = METADATA - {Fate.CAPTION} if signed else METADATA
    following = units[first + 1 : min(last, first + 1 + STANDFIRST_REACH)]
    judged = judge_opening(following, (), "")
    parted = False
    for offset, signs in enumerate(following):
        if prose(signs) and judged[offset].fate not in METADATA:
            return first + 1 + offset if parted else first
        parted = parted or judged[offset].fate in parting
    return first
