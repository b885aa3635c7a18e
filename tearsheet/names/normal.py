"""Names made comparable: folded words, spellings of one name, given names that agree.

Takes names as they stand; gives keys and yes or no. Guarantees that every comparison is
symmetric, and that a doubt is a no.
"""

import re
from functools import lru_cache

from tearsheet.names.lexicon import lexicon, plain, word_set

ARTICLES = word_set("al el ul as ash ad ar an the")
"""Articles that come and go before a name: `Al-Sistani`, `al Sistani`, `Sistani`."""
LINKS = word_set("bin ibn bint ben de da do dos das di del della du la le van von der den ten ter")
SUFFIXES = word_set("jr sr ii iii iv phd md")
LEGAL = word_set(
    "inc corp co ltd plc llc llp lp sa ag nv ab spa gmbh kk bv oy company corporation limited "
    "incorporated fc cf sc ac group holdings holding"
)
"""Legal forms: they come and go behind an organisation's name."""

CLUBS = word_set("fc sc ac sv vfl vfb msv afc cf tsv fk nk rao ooo pt")
"""Abbreviations before a club's or a company's name: they come and go."""
LONGEST_PLAIN = 5
"""Letters. Longer words may write an umlaut as two vowels (`Duesseldorf`)."""
OFFICES = word_set("ministry department bureau")
"""Offices whose name turns around: `Ministry of Justice`, `Justice Ministry`."""

_SPLIT = re.compile(r"[\s\-‐‑./,]+")
_SOUNDS = (
    ("x", "ks"), ("sch", "sh"), ("tch", "c"), ("ph", "f"), ("gh", "k"), ("kh", "x"), ("dh", "z"), ("th", "t"),
    ("dj", "j"), ("zh", "j"), ("ck", "k"), ("q", "k"), ("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("ts", "s"), ("tz", "s"), ("w", "v"),
)  # fmt: skip
"""Spellings of one sound in names brought over from other scripts, applied in order."""
_VOWELS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "e"), ("ey", "e"), ("ai", "e"),
           ("ay", "e"), ("iy", "i"), ("ii", "i"), ("aa", "a"), ("ie", "i"), ("y", "i"))  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_SYLLABLE = re.compile(r"([^aeiou]*)([aeiou]*)")
_NEAR_VOWELS = {
    "a": frozenset("ae"), "e": frozenset("aei"), "i": frozenset("ie"),
    "o": frozenset("ou"), "u": frozenset("uo"),
}  # fmt: skip
FEWEST_CONSONANTS = 3
"""Consonants that two spellings must share before their vowels may differ (Ball is not Bell)."""


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """Give the words of a name, folded, without apostrophes."""
    folded = plain(name).casefold().replace("'", "").replace("`", "")
    dotted = folded.replace(".", "") if _is_acronym(folded) else folded
    return tuple(w for w in _SPLIT.split(dotted) if w)


def _is_acronym(folded: str) -> bool:
    parts = [p for p in folded.split(".") if p]
    return len(parts) > 1 and all(len(p) == 1 for p in parts)


@lru_cache(maxsize=200_000)
def person_words(name: str) -> tuple[str, ...]:
    """Give the words of a person's name without articles, links and `Jr`."""
    found = tuple(w for w in words(name) if w not in ARTICLES | SUFFIXES | LINKS)
    return found or words(name)


@lru_cache(maxsize=200_000)
def organisation_words(name: str) -> tuple[str, ...]:
    """Give the words of an organisation's name without `the` and its legal form."""
    known = lexicon().organisations
    folded = plain(name)
    found = list(words(known.get(folded, known.get(folded.removeprefix("The "), name))))
    if found and found[0] == "the":
        found = found[1:]
    if len(found) > 2 and found[0] in OFFICES and found[1] == "of":
        found = [w for w in found[2:] if w != "the"] + found[:1]
    while len(found) > 1 and found[-1] in LEGAL:
        found.pop()
    while len(found) > 1 and found[0] in CLUBS:
        found = found[1:]
    return tuple(_without_umlauts(w) for w in found) or words(name)


def _without_umlauts(word: str) -> str:
    if len(word) <= LONGEST_PLAIN:
        return word
    return word.replace("ue", "u").replace("oe", "o").replace("ae", "a")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Give a word as it sounds, whatever system brought it into Latin letters."""
    for old, new in (*_SOUNDS, *_VOWELS):
        word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    return word[:-1] + "k" if word.endswith("c") else word


@lru_cache(maxsize=200_000)
def same_sound(left: str, right: str) -> bool:
    """Say whether two folded words can be spellings of one name (`qasem`, `ghassem`)."""
    if left == right:
        return True
    if left[:1] in "aeiou" and right[:1] not in "aeiou":
        return False
    one, two = _SYLLABLE.findall(sound(left)), _SYLLABLE.findall(sound(right))
    if [c for c, _ in one] != [c for c, _ in two]:
        return False
    if sum(len(c) for c, _ in one) < FEWEST_CONSONANTS:
        return sound(left) == sound(right)
    return all(_near(a, b) for (_, a), (_, b) in zip(one, two, strict=True))


def _near(left: str, right: str) -> bool:
    if left == right:
        return True
    return len(left) == len(right) == 1 and right in _NEAR_VOWELS[left]


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Give the consonants of a word's sound and its last letter: equal for all spellings."""
    heard = sound(word)
    return "".join(c for c in heard if c not in "aeiou") + ("~" if heard[-1:] in "aeiou" else "")


def agree(left: str, right: str) -> bool:
    """Say whether two given names, folded, can be one person's: equal, or one its initial."""
    if left == right:
        return True
    if opposite(left, right):
        return False
    if same_sound(left, right):
        return True
    nicknames = lexicon().nicknames
    if nicknames.get(left, left) == nicknames.get(right, right):
        return True
    short, long = sorted((left, right), key=len)
    return len(short) == 1 and long.startswith(short)


@lru_cache(maxsize=200_000)
def beginnings(word: str) -> frozenset[str]:
    """Give the letters and sounds that a given name begins with: names that agree share one."""
    heard = sound(word)[:1]
    whole = lexicon().nicknames.get(word, word)
    return frozenset((word[:1], whole[:1], "~" if heard in "aeiou" else heard.upper()))


def opposite(left: str, right: str) -> bool:
    """Say whether one given name is a woman's and the other a man's (`Danielle`, `Daniel`)."""
    sexes = lexicon().sexes
    one, two = sexes.get(left), sexes.get(right)
    return one is not None and two is not None and one != two


def is_initial(word: str) -> bool:
    """Say whether a folded word is an initial."""
    return len(word) == 1


def place_key(name: str) -> str:
    """Give the key of a place: the country's own name for any of its names."""
    folded = plain(name).replace(",", "")
    known = lexicon()
    for form in (folded, folded.title() if folded.isupper() else folded):
        form = known.aliases.get(form, form)
        if form in known.countries:
            return known.countries[form].casefold()
        if form != folded and form in known.aliases:
            return form.casefold()
    return " ".join(w for w in words(name) if w != "the" or len(words(name)) == 2)


def initials(name: str) -> str:
    """Give the capitals that an acronym of this name would have, without small words."""
    parts = re.split(r"[\s\-]+", plain(name).removeprefix("The "))
    return "".join(part[0] for part in parts if part[:1].isupper())


def group_key(name: str) -> tuple[str, ...]:
    """Give the key of a people, a faith or a party: one for all its forms (`Kurd`, `Kurdish`)."""
    known, folded = lexicon().aliases, plain(name)
    form = folded.capitalize() if folded.isupper() else folded
    return words(known.get(form, name))
