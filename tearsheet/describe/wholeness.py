"""Whether the whole article is here: what walls, teasers and broken sentences show."""

import re

import msgspec

from tearsheet.describe.look import MOST_LOOKED_AT, Look, quoted
from tearsheet.model import TEXT_FATES, Claim, Fate, Note, Unit

PAYWALL, REGISTRATION = "cut off by a paywall", "cut off by a registration wall"
TEASER, MID_SENTENCE, UNKNOWN = "cut off by a teaser", "cut off mid-sentence", "unknown"

SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%")
SHARE_LEFT = re.compile(
    r"\b(?:left|remain\w*|reste|restants?|queda|rimane|resta|noch|übrig|осталось)\b", re.I
)
SHARE_READ = re.compile(r"\b(?:read|lu|gelesen|leído|letto)\b", re.I)
PAY = re.compile(
    r"\bsubscri(?:be|ber|bers|ption|bing)\b|\babonn|\bsuscri|\babbonat|\bassinant|\bpremium\b|\bpaywall|"
    r"\bmembers?[- ]only\b|\bподпис|المشتركين|\babone\b|\bpaid\b",
    re.IGNORECASE,
)
REGISTER = re.compile(
    r"\bregist(?:er|ering|ration|ered)\b|\bfree account\b|\bcreate (?:an|your|a) .{0,10}account\b|\bat no cost\b|"
    r"\binscri(?:vez|re)\b|\bregistrier|\bregístr|\bsign up .{0,20}(?:to (?:read|continue)|for free)\b",
    re.IGNORECASE,
)
WALL = re.compile(
    r"\bcontinue reading\b|\bto (?:continue|keep) reading\b|\bread (?:the )?(?:full|whole|rest)\b|\brest of (?:this|the)\b|"
    r"\breserved for\b|\bréservée?s? aux?\b|\bunlock\b|\bthis (?:article|story|content) is (?:for|only|available|exclusive|reserved|locked)|"
    r"\bonly (?:available )?(?:for|to) (?:our )?(?:subscribers|members)|\bavailable (?:only )?to subscribers|\bexclusive to\b|\bweiterlesen mit\b|\bnur für abonnenten\b|"
    r"\bcontenido exclusivo\b|\bil vous reste\b|\bleft to read\b|\bthe suite\b|\bla suite\b|\bsubscribe to (?:read|continue)\b|\bfree articles?\b",
    re.IGNORECASE,
)
ELLIPSIS = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(…\))\s*(?:\(?(?:read|more|continue).{0,30})?$", re.IGNORECASE
)
ADDRESS_AT_END = re.compile(r"(?:\S@\S+\.\w+|https?://\S+|www\.\S+|\+?\d[\d ()/-]{5,})$")
ENDS = re.compile(r"[.!?…:;)\]}\"'”’»›“。！？؟।]\s*$|^\W*$")
FEWEST_WORDS = 8
"""A shorter last line is a signature, a place or a heading, and says nothing."""


class Wholeness(msgspec.Struct, frozen=True):
    """A claim on completeness, and the sentence that tells a reader."""

    claim: Claim | None = None
    note: Note | None = None


def completeness(look: Look) -> Wholeness:
    """Say whether the text was cut off, by what, and how much is missing if that is stated."""
    for unit in look.of(Fate.SUBSCRIBE, Fate.NOTICE, Fate.NAVIGATION, Fate.RELATED):
        if unit.number <= look.first_text:
            continue
        found = _wall(look, unit)
        if found.claim:
            return found
    last = _last_of_text(look)
    if last is None:
        return Wholeness()
    return _broken_off(look, last)


def _wall(look: Look, unit: Unit) -> Wholeness:
    text = " ".join(unit.text[:MOST_LOOKED_AT].split())
    share = SHARE.search(text)
    if share and (SHARE_LEFT.search(text) or SHARE_READ.search(text)):
        return _stated_share(look, unit, text, share[1])
    if not WALL.search(text) or look.document.ledger[unit.number - 1].fate is not Fate.SUBSCRIBE:
        return Wholeness()
    registration = bool(REGISTER.search(text)) and not (
        PAY.search(text) and not re.search(r"no cost|free", text, re.IGNORECASE)
    )
    value = REGISTRATION if registration else PAYWALL
    what = "registration" if registration else "a subscription"
    kind = "registration" if registration else "paywall"
    note = f"The text may be cut off: the page asks for {what} to read on ({quoted(text)}). How much is missing is not stated."
    claim = look.claim("completeness", value, unit, unit.text.strip()[:MOST_LOOKED_AT], sure=0.8)
    return Wholeness(claim, look.note(kind, note, unit, serious=True))


def _stated_share(look: Look, unit: Unit, text: str, share: str) -> Wholeness:
    left = bool(SHARE_LEFT.search(text))
    number = float(share.replace(",", "."))
    missing = number if left else 100 - number
    percent = f"{missing:.2f}".rstrip("0").rstrip(".")
    note = f"{percent} % of the text is missing, cut off by a paywall that says so: {quoted(text)}."
    claim = look.claim("completeness", PAYWALL, unit, unit.text.strip(), sure=0.95)
    return Wholeness(claim, look.note("paywall", note, unit, serious=True))


def _last_of_text(look: Look) -> Unit | None:
    units = [*look.of(*TEXT_FATES)]
    return units[-1] if units else None


def _broken_off(look: Look, last: Unit) -> Wholeness:
    text = " ".join(last.text.split())
    if len(text.split()) < FEWEST_WORDS:
        return Wholeness()
    if ELLIPSIS.search(text):
        note = f"The text ends in dots and may be the beginning of a longer one: {quoted(text[-120:])}."
        claim = look.claim(
            "completeness", TEASER, last, last.text.strip()[-40:], sure=0.6, how="inferred"
        )
        return Wholeness(claim, look.note("completeness", note, last, serious=True))
    fate = look.document.ledger[last.number - 1].fate
    ended = ENDS.search(text) or ADDRESS_AT_END.search(text)
    if fate in (Fate.PARAGRAPH, Fate.QUOTATION) and not ended:
        note = f"The text breaks off within a sentence: {quoted(text[-120:])}."
        claim = look.claim(
            "completeness", MID_SENTENCE, last, last.text.strip()[-40:], sure=0.6, how="inferred"
        )
        return Wholeness(claim, look.note("completeness", note, last, serious=True))
    return Wholeness()
