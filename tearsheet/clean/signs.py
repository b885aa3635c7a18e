"""What one unit shows by itself: words, sentences, dates, names, credits, markup.

Takes a unit's text and markup, gives a Signs value; every later decision reads these.
"""

import re
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from tearsheet.clean.wording import Wording, stands_in, wording_of
from tearsheet.model import Markup

DIGIT = re.compile(r"\d")
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
SENTENCE_END = re.compile(r"[.!?…。！？؟।:;]['\"”’»)\]]*\s*$")
FULL_STOP = re.compile(r"[.!?…。！？؟।]['\"”’»)\]]*\s*$")
LOWER_START = re.compile(r"^\W*[a-zà-öø-ÿа-я]")
BULLET = re.compile(r"^\s*(?:[•·●▪‣◦*]\s+|[–-]\s+(?=\S+\s+\S+\s+\S)|\d{1,2}[.)]\s+)\S")

MONTH = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|f[ée]vrier|mar(?:ch|s)?|apr(?:il)?|avril|may|mai|june?|juin|july?|juillet"
    r"|aug(?:ust)?|août|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember)?|d[ée]cembre"
    r"|januar|februar|märz|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    r"|octubre|noviembre|diciembre|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)\.?"
)
DATE = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\ (?:of|de))?\ {MONTH},?(?:\ (?:de\ )?\d{{4}})?|\b{MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?\b,?(?:\ \d{{4}})?"
    r"|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b|\b\d{4}年\d{1,2}月\d{1,2}日)",
    re.IGNORECASE,
)
DATE_WORDS = re.compile(
    r"(?:issued on|published|posted|updated|modified|last|first|on|at|am|pm|a\.m\.|p\.m\.|edt|est|cdt|cst|mdt|mst|jst|aest|gmt|utc|bst|ist|cet|et|pt|pst|pdt"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|date|le|à|um|uhr|h"
    r"|publié|mis|jour|veröffentlicht|stand|created|and|the|z|t|hrs|time|local)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:interview(?:ed)?(?:\sby)?\s?:|posted\son\b.{4,60}\bby\s|(?:(?:text|words|story|report(?:ed|ing)?|written|posted|article|analysis|published|contributed|edited|reviewed|compiled)\s)?by\b[:\s]|authors?\s?:|"
    r"text(?:e)?\s?(?:by|de|par)?\s?:|par\s(?=[A-Z])|von\s(?=[A-Z])|por\s(?=[A-Z])|di\s(?=[A-Z][a-z]+\s[A-Z])|بقلم|автор)",
    re.IGNORECASE,
)
# Who speaks, in a transcript: a name in capitals, perhaps explained, and a colon.
SPEAKER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,40}(?: \([^()]{2,40}\))?:\s\S")
SOUND = re.compile(
    r"[\[(](?:laugh|applau|cheer|music|pause|silence|sigh|cough|inaudible|crosstalk)[\w\s,]{0,30}[\])]",
    re.IGNORECASE,
)
FOLLOW = re.compile(r"\s+(?:follow(?:ing)?|\+ follow|suivre|folgen)\s*$", re.IGNORECASE)
NAME_WORD = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŞİČŠŽ][\w’'.-]*|de|del|di|da|van|von|der|den|al|el|bin|ibn|and|&|y|et|und|la|le|,|dos|du|ter|bint)$"
)
CREDIT = re.compile(  # over lower case
    r"(?:\bphotos?(?:graph)?s?\s?(?:by|credits?|courtesy|:|/)|\bphoto\s?$|\(photo\b|\b(?:image|picture|pic|photo|video|illustration|file photo)\s?(?:credit|source|courtesy|copyright|caption)?\s?[:©/]"
    r"|\bcredits?:\s\w|^credit\s\w|\bcourtesy (?:of|photo)|\bhandout\b|\bfile (?:photo|image|picture|pic)\b|\(file\)|\bgetty(?: images)?\b|\bshutterstock\b|\bistock|\balamy\b|\bunsplash\b|\bpexels\b"
    r"|/\s?(?:ap|afp|reuters|getty|epa|ap photo|anp|dpa|tass|zuma|xinhua|bloomberg)\b|\b(?:reuters|afp|epa|ap photo|tass|xinhua|dpa|keystone)\s?/|\bvia (?:reuters|ap|afp|getty|twitter|facebook)\b|(?<!\w)©\s?\w|\bphotograph(?:er)?:"
    r"|\bscreen ?(?:shot|grab)\b|\bcrédits?\s?(?:photo)?\s?:|\bfoto\s?:|\bbild\s?:|фото\s?:|\(ap\)\s*$|\breuters\s*$|\bafp\s*$)",
    re.IGNORECASE,
)
DATED_PLACE = re.compile(
    rf"\b(?:in|at|on|near|outside|during|inside|from|à|en|dans|bei|em)\b.{{2,80}}[,(]?\s?(?:(?:on\s|le\s)?{MONTH}\s\d{{1,2}}(?:,\s?\d{{4}})?|(?:on\s|le\s|am\s|el\s|il\s)?\d{{1,2}}\.?\s(?:de\s)?{MONTH}(?:\s(?:de\s)?\d{{4}})?|in\s\d{{4}})\)?\.?\s*$",
    re.IGNORECASE,
)
# A photographer and an agency or a paper, and nothing else.
SLASH_CREDIT = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2} ?/ ?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
)
# A credit without more is hardly longer.
MOST_CREDIT_WORDS = 25
# A caption's sentence, then a photographer in capitals.
CAPITAL_CREDIT = re.compile(
    r"[.!?»”]\s+[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:\s[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){1,3}(?:\s?/\s?\S.{0,40}|\s(?:POUR|FOR|VIA|PER|PARA|FÜR)\s.{2,60})?$"
)
# A quick test: one of these stands wherever CREDIT matches.
CREDIT_HINTS = (
    "photo", "image", "pic", "video", "illustration", "credit", "courtesy", "handout", "file", "getty", "stock",
    "alamy", "unsplash", "pexels", "/", "reuters", "afp", "via ", "©", "screen", "crédit", "foto", "bild", "фото", "(ap)",
)  # fmt: skip
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|might|must|should|does|did|do|said|says|say|told|announced|called|made|became|began|opened|took|came|went|saw|it's|there's|isn't|don't|may(?!\s\d))\b",
    re.IGNORECASE,
)
POST_HINTS = ("twitter", "t.co/", "@")
POST_LINE = re.compile(r"(?:pic\.twitter\.com/\w+|\bt\.co/\w+)\s*$|^(?:\.@|RT @)\w")
POST_SIGNATURE = re.compile(r"^[—–-]{1,2}\s?.{1,80}\(@\w{1,30}\).{0,40}$")
CUT_OFF = re.compile(r"(?:\S|\s)(?:Read|See) [Mm]ore(?:\s?[–—-]\s?\w[\w .]{0,40})?\s*$")
LOOKED_AT = 600


class Signs(msgspec.Struct, frozen=True):
    """What a unit shows by itself. `link_share` is the part of its characters in links.

    What few units are asked is found when it is asked; all work is bounded by LOOKED_AT.
    """

    text: str
    words: int
    wording: Wording | None
    ends_sentence: bool
    ends_with_stop: bool
    link_share: float
    has_date: bool
    is_date: bool
    markup: Markup | None

    @property
    def start(self) -> str:
        """The part of the text that is looked at."""
        return self.text[:LOOKED_AT]

    @property
    def lower_start(self) -> bool:
        """Whether it begins with a small letter."""
        return LOWER_START.match(self.text[:20]) is not None

    @property
    def bullet(self) -> bool:
        """Whether it begins as an item of a list."""
        return BULLET.match(self.text[:20]) is not None

    @property
    def capitals(self) -> float:
        """The share of words that begin with a capital."""
        tokens: list[str] = WORD.findall(self.start)
        return sum(token[0].isupper() for token in tokens) / max(1, len(tokens))

    @property
    def is_byline(self) -> bool:
        """Whether it says who wrote the article."""
        return self.words <= 30 and BYLINE.match(self.text[:80]) is not None

    @property
    def is_name(self) -> bool:
        """Whether it is a name and nothing else."""
        return self.words <= 9 and is_name(FOLLOW.sub("", self.start))

    @property
    def is_turn(self) -> bool:
        """Whether it is what one speaker of a transcript says."""
        return SPEAKER.match(self.text[:100]) is not None

    @property
    def is_sound(self) -> bool:
        """Whether it is what a transcript tells of a room: laughter, a pause, a word not heard."""
        return self.words <= 5 and SOUND.fullmatch(self.text) is not None

    @property
    def is_bare_credit(self) -> bool:
        """Whether it is who took a picture, and nothing else."""
        return (
            self.words <= 7 and "/" in self.text and SLASH_CREDIT.fullmatch(self.text) is not None
        )

    @property
    def is_credit(self) -> bool:
        """Whether it says who took a picture."""
        if self.is_bare_credit:
            return True
        if 6 <= self.words <= 60 and CAPITAL_CREDIT.search(self.text[-120:]):
            return True
        if self.words > MOST_CREDIT_WORDS:  # in a paragraph, only where a credit stands
            return self.words <= 90 and (_is_credit(self.text[:40]) or _is_credit(self.text[-80:]))
        return _is_credit(self.start)

    @property
    def is_dated_place(self) -> bool:
        """Whether it ends with a place and a day, as captions do."""
        return self.words <= 40 and _is_dated_place(self.text[-120:])

    @property
    def has_verb(self) -> bool:
        """Whether one of the commonest finite verbs stands in it."""
        return FINITE.search(self.start) is not None


def signs_of(text: str, markup: Markup | None = None) -> Signs:
    """Look at one unit; work is bounded by the ends of a long one but for counting words."""
    text = text.strip()
    shown = _signs_of_text(text)
    if markup is None:
        return shown
    return replace(shown, link_share=_link_share(text, markup), markup=markup)


@lru_cache(maxsize=4096)
def _signs_of_text(text: str) -> Signs:
    start, end = text[:LOOKED_AT], text[-8:]
    words = len(WORD.findall(start)) if len(text) <= LOOKED_AT else text.count(" ") + 1
    dated = words <= 30 and DIGIT.search(start) is not None and DATE.search(start) is not None
    return Signs(
        text=text,
        words=words,
        wording=wording_of(text, words),
        ends_sentence=SENTENCE_END.search(end) is not None,
        ends_with_stop=FULL_STOP.search(end) is not None,
        link_share=0.0,
        has_date=dated,
        is_date=dated and _is_date(start),
        markup=None,
    )


@lru_cache(maxsize=4096)
def _is_credit(start: str) -> bool:
    lowered = start.lower()
    return stands_in(CREDIT_HINTS, lowered) and CREDIT.search(lowered) is not None


@lru_cache(maxsize=4096)
def _is_dated_place(ending: str) -> bool:
    return DIGIT.search(ending[-30:]) is not None and DATED_PLACE.search(ending) is not None


def _link_share(text: str, markup: Markup | None) -> float:
    if markup is None or not text:
        return 0.0
    return min(1.0, sum(link.end - link.start for link in markup.links) / len(text))


def _is_date(text: str) -> bool:
    """Hold of a text that says a date and hardly anything else."""
    rest = DATE_WORDS.sub("", DATE.sub("", text))
    return sum(character.isalpha() for character in rest) <= 4 or (
        len(text) <= 60 and len(rest) < 16
    )


def is_name(text: str) -> bool:
    """Hold of two to seven words that are written as a person's name is."""
    words = text.replace(",", " ,").split()
    if not 2 <= len([word for word in words if word != ","]) <= 7 or text.endswith((".", "!", "?")):
        return False
    return all(NAME_WORD.match(word) for word in words) and words[0][0].isupper()
