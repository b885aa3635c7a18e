"""Words of a text with their places, and where sentences begin.

Takes a text; gives `Token`s in order. Guarantees that `text[token.start:token.end]` is
`token.text`, and that no token holds a line break.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from tearsheet.names.lexicon import word_set

TOKEN = re.compile(
    r"""
    (?P<handle>@\w+)                                       # @Porto_Harbour: no name
  | (?P<initials>(?:[^\W\d_]\.){2,}(?!\w))               # U.S.  J.P.
  | (?P<word>[^\W\d_][^\W_]*(?:['’ʿ`&][^\W_]+)*)          # O'Brien  AT&T  K1
  | (?P<number>\d+(?:[.,:/]\d+)*)
  | (?P<break>\n)
  | (?P<mark>[^\s\w]|_)
    """,
    re.VERBOSE,
)
ABBREVIATIONS = word_set(
    "Mr Mrs Ms Dr Prof St Gen Col Lt Maj Capt Sgt Adm Brig Cmdr Sen Rep Gov Rev Hon Jr Sr Fr "
    "Co Corp Inc Ltd Bros No vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Dept Mt Ft "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont "
    "Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Univ Assn Pvt Atty Supt Messrs Mme"
)
"""Words that carry a full stop without ending a sentence."""

SENTENCE_MARKS = frozenset(".!?…")
OPENING = frozenset("\"'“”‘’«»([{-–—•*·‹›")
POSSESSIVE = re.compile(r"['’`]s?\Z|['’`]S\Z")


class Case(IntEnum):
    """How a token is written."""

    MARK = 0
    BREAK = 1
    NUMBER = 2
    LOWER = 3
    CAPITAL = 4
    UPPER = 5
    """Two letters or more, all capitals."""


_CASES = {"number": Case.NUMBER, "break": Case.BREAK}


class Token(NamedTuple):
    """One word, number or mark; `initial` where it opens a sentence, a line or a quotation.

    A tuple: an archive has millions, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    text: str
    case: Case
    initial: bool
    spaced: bool
    """White space stands before it."""

    @property
    def named(self) -> bool:
        """Written with a capital first."""
        return self.case >= Case.CAPITAL


def tokens(text: str) -> list[Token]:
    """Split a text into tokens; possessive endings are marks of their own."""
    found: list[Token] = []
    opens, last_end = True, -1
    for match in TOKEN.finditer(text):
        word, kind = match.group(), match.lastgroup
        start, end = match.span()
        spaced, last_end = start != last_end, end
        if kind == "word" or kind == "initials":
            # An apostrophe, or a full stop: all letters and figures end no possessive.
            cut = POSSESSIVE.search(word) if len(word) > 2 and not word.isalnum() else None
            body = word[: cut.start()] if cut else word
            case = _LOWER if body.islower() else _case(body)
            found.append(_new(Token, (start, start + len(body), body, case, opens, spaced)))
            if cut:
                found.append(Token(start + len(body), end, cut.group(), Case.MARK, False, False))
            opens = False
            continue
        case = _CASES.get(kind or "", Case.MARK)
        found.append(_new(Token, (start, end, word, case, opens, spaced)))
        opens = _opens_after(found, word, case, opens)
    return found


_LOWER = Case.LOWER
_new = tuple.__new__
"""Makes a Token without a call of Python's: in two thirds of the time."""


def latin(char: str) -> bool:
    """Say whether a letter is of the Latin script; only there do capitals mark names for us."""
    return char < "\u0250" or "\u1e00" <= char <= "\u1eff"


def _case(word: str) -> Case:
    first = word[0]
    if not first.isupper() or not latin(first):
        return Case.LOWER
    if word.isalpha() and not word.isupper():  # most words: nothing to take out
        return Case.CAPITAL
    letters = word.replace(".", "").replace("'", "").replace("&", "")
    return Case.UPPER if len(letters) > 1 and letters.isupper() else Case.CAPITAL


def _opens_after(found: list[Token], word: str, case: Case, opens: bool) -> bool:
    """Say whether the next word opens a sentence."""
    if case is Case.BREAK:
        return True
    if word in SENTENCE_MARKS:
        before = found[-2].text if len(found) > 1 else ""
        short = len(before) == 1 and before.isupper()
        return not (word == "." and (before in ABBREVIATIONS or short))
    if word in OPENING:
        return opens or word in '"“«'
    return word == ":"
