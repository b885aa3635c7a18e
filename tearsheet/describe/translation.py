"""Signs that a text was translated by a machine: a suspicion, with its evidence.

Three families, of no one language pair: typography of another language carried over (spaces
inside quotation marks, marks that open one way and close another), words of an interface left
untranslated or translated word for word, and calques: wordings that English does not have but
that come out of French, Spanish or German word by word.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from tearsheet.clean.wording import stands_in
from tearsheet.describe.look import MOST_LOOKED_AT, Look, quoted
from tearsheet.model import Claim, Fate, Note, Unit

STATED = re.compile(
    r"\b(?:machine[- ]translat\w+|automatically translated|translated automatically|google translate|auto-?translated|"
    r"translated (?:from|by)|translation by|traduit (?:de|par|automatiquement)|traducido (?:de|por|automáticamente)|"
    r"übersetzt (?:aus|von)|aus dem \w+ übersetzt|tradotto da|traduzido (?:de|por|automaticamente)|переведено)\b",
    re.IGNORECASE,
)
STATED_HINTS = ("translat", "tradu", "setzt", "tradotto", "переведено")
"""One of these stands, in small letters, in whatever `STATED` finds: a quick test."""
BY_MACHINE = re.compile(
    r"machine|automatic|auto-?transl|google|deepl|automatiquement|automática|automatisch",
    re.IGNORECASE,
)

# White space inside typographic quotation marks, as French sets guillemets; a closing mark
# two spaces after its comma; a closing mark that the next word is glued to. A straight mark
# with one space says nothing: it may open or close.
SPACED_QUOTE = re.compile(
    r"[“«][\u00a0\u202f ]{1,2}\w[\w’']*(?: \w+){0,2}|\w+[,.!?][\u00a0\u202f ]{2}[”\"]\s?\w*|\w+[,.]?\s?”[a-z]\w*"
)
QUOTE_HINTS = ("“", "«", "”", '"')
"""One of these stands in whatever `SPACED_QUOTE` finds."""


class Calque(msgspec.Struct, frozen=True):
    """A wording that comes out of another language word by word; a `habit` is a weak sign."""

    family: Literal["calque", "habit"]
    meaning: str
    pattern: re.Pattern[str]


def _calque(meaning: str, pattern: str, *, weak: bool = False) -> Calque:
    family: Literal["calque", "habit"] = "habit" if weak else "calque"
    return Calque(family, f"the wording {meaning}", re.compile(pattern, re.IGNORECASE))


CALQUES: tuple[Calque, ...] = (
    _calque("“the suite” for the rest (French la suite)", r"\bthe suite is reserved\b"),
    _calque(
        "“… obliges” (French oblige)", r"\b[\w-]+(?: pandemic| crisis)? obliges, (?:it|this|the)\b"
    ),
    _calque(
        "“a responsible” for an official (French responsable)",
        r"\ba responsible (?:of the|for the|and a|who)\b",
    ),
    _calque("“link of kinship” (French lien de parenté)", r"\blink of (?:kinship|parentage)\b"),
    _calque(
        "“has for objective” (French a pour objectif)", r"\bhas for (?:objective|goal|mission)\b"
    ),
    _calque("“qualified as” for called (French qualifié de)", r"^qualified (?:as|of) [\"“]"),
    _calque(
        "“decrypts” for explains (French décrypte)", r"[\"”’,]\s{0,2}decrypts (?:the |this |[A-Z])"
    ),
    _calque(
        "“the actuality” for the news (French actualité)", r"\bthe (?:international )?actuality\b"
    ),
    _calque(
        "“this last” for the latter (French ce dernier)",
        r"\bof this last\b|\bthis last (?:one )?(?:has|is|was|said)\b",
    ),
    _calque(
        "“in the quality of” (Spanish en calidad de)",
        r"\bin (?:the )?quality of (?:president|director|minister|witness)\b",
    ),
    _calque("“the passed year” (German vergangenes Jahr)", r"\bin the (?:passed|past gone) year\b"),
    _calque(
        "“assisted to” for attended (French assister à)",
        r"\bassisted to the (?:meeting|ceremony|session|funeral)\b",
    ),
    _calque(
        "a verb of saying before its subject",
        r"[\"”],? (?:summarizes|deplores|regrets|analyzes|denounces|underlines|specifies|confides) [A-Z]\w+",
        weak=True,
    ),
    _calque("“Publicity” for advertising (French publicité)", r"^publicity$", weak=True),
    _calque("“Read also” (French lire aussi)", r"^read also\b", weak=True),
    _calque("“I subscribe” on a button (French je m’abonne)", r"^i subscribe$", weak=True),
)
CALQUE_HINTS = (
    "suite is reserved", "obliges, ", "a responsible ", "link of ", "has for ", "qualified ",
    "decrypts ", "actuality", "this last", "quality of ", "passed year", "past gone year",
    "assisted to the ", "summarizes ", "deplores ", "regrets ", "analyzes ", "denounces ",
    "underlines ", "specifies ", "confides ", "publicity", "read also", "i subscribe",
)  # fmt: skip
"""One of these stands, in small letters, in whatever a pattern of `CALQUES` finds."""
TYPOGRAPHY = "quotation marks spaced or turned as in another language"
FAMILIES = ("typography", "interface", "calque", "habit")
MOST_TEXT = 20_000
FOREIGN_INTERFACE = re.compile(
    r"^(?:[\w-]*badge_(?!EN)[A-Z]{2}|s['’]abonner|je m['’]abonne|partager|lire la suite|publicité|leer más|compartir|suscríbete|"
    r"weiterlesen|teilen|jetzt abonnieren|leggi anche|condividi|ver más|saiba mais|читать далее|подписаться|اقرأ أيضا|devamını oku)\b.{0,20}$",
    re.IGNORECASE,
)
TOOL = re.compile(r"\btranslated\.(?:net|goog)|translate\.goog\b|\btranslate-pa\b", re.IGNORECASE)
ENOUGH = 2
"""Signs of different kinds, or three of one: one alone may be a slip or a style."""
ENOUGH_OF_ONE_KIND = 3


class Sign(msgspec.Struct, frozen=True):
    """One sign of translation: its family, what it is, and the words that show it."""

    family: str
    meaning: str
    words: str
    unit: Unit


class Translation(msgspec.Struct, frozen=True):
    """A claim on translation and the sentence that tells a reader, where there is any sign."""

    claim: Claim | None = None
    note: Note | None = None

    @property
    def suspected(self) -> bool:
        """True where the text is probably, or by its own word, translated by a machine."""
        return self.claim is not None and "machine" in self.claim.value


def translation(look: Look, language: str | None) -> Translation:
    """Say whether the text states that it was translated, or shows signs of a machine's work."""
    for unit in look.of(Fate.NOTICE, Fate.BYLINE, Fate.LEGAL, Fate.CAPTION, Fate.PARAGRAPH):
        text = unit.text.strip()
        if len(text) < 300 and stands_in(STATED_HINTS, text.casefold()):
            stated = STATED.search(text)
            if stated:
                return _stated(look, unit, stated)
    signs = tuple(_signs(look, language)) if language in (None, "en") else ()
    if not _enough(signs):
        return Translation()
    shown = _one_of_each(signs)
    listed = "; ".join(
        f"{sign.meaning} ({quoted(sign.words, 60)}, {look.place(sign.unit)})" for sign in shown
    )
    text = f"The text may have been translated by a machine. This is a suspicion; what suggests it: {listed}."
    first = max(shown, key=lambda sign: len(sign.words))
    claim = look.claim(
        "translation",
        "suspected machine translation",
        first.unit,
        first.words,
        sure=min(0.9, 0.5 + 0.1 * len(signs)),
        how="inferred",
    )
    return Translation(claim, look.note("translation", text, first.unit, serious=True))


def _stated(look: Look, unit: Unit, match: re.Match[str]) -> Translation:
    machine = bool(BY_MACHINE.search(unit.text))
    value = "machine translation" if machine else "translated"
    text = f"The source says that it was translated{' by a machine' if machine else ''}: {quoted(unit.text)}."
    claim = look.claim("translation", value, unit, match.group(), sure=0.9)
    return Translation(claim, look.note("translation", text, unit, serious=machine))


def _signs(look: Look, language: str | None) -> Iterator[Sign]:
    misread = "â€" in look.text[:MOST_TEXT]  # marks decoded wrongly look like turned ones
    for unit, entry in look.judged:
        text = unit.text[:MOST_LOOKED_AT]
        if entry.fate in (Fate.PARAGRAPH, Fate.QUOTATION, Fate.STANDFIRST) and not misread:
            for match in SPACED_QUOTE.finditer(text) if stands_in(QUOTE_HINTS, text) else ():
                yield Sign("typography", TYPOGRAPHY, match.group(), unit)
        for calque in CALQUES if stands_in(CALQUE_HINTS, text.casefold()) else ():
            if said := calque.pattern.search(text.strip()):
                yield Sign(calque.family, calque.meaning, said.group(), unit)
        if language == "en" and (words := FOREIGN_INTERFACE.match(text.strip())):
            yield Sign("interface", "words of a page in another language", words.group(), unit)


def _enough(signs: tuple[Sign, ...]) -> bool:
    """Two signs that differ, one of them strong: a paper written in English says `Read also`."""
    strong = {sign.meaning for sign in signs if sign.family != "habit"}
    turned = sum(sign.family == "typography" for sign in signs)
    return (
        bool(strong) and len({sign.meaning for sign in signs}) >= ENOUGH
    ) or turned >= ENOUGH_OF_ONE_KIND


def _one_of_each(signs: tuple[Sign, ...]) -> list[Sign]:
    seen: dict[str, Sign] = {}
    for sign in signs:
        seen.setdefault(sign.meaning, sign)
    return sorted(seen.values(), key=lambda sign: FAMILIES.index(sign.family))[:4]
