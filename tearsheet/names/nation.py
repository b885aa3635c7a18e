"""Whose ministry, parliament or army a document means, where it does not say.

Takes a document's text and a mention of an office that every country has; gives the
country. Guarantees that it guesses from the nearest evidence first: the word before the
name, then the words behind it, then the country that the document speaks of most.
"""

import re
from collections import Counter
from functools import lru_cache

from tearsheet.names.lexicon import lexicon, plain

FEWEST = 2
"""Mentions of a country from which a document can be said to be about it."""
NEAR = 40
"""Characters before and behind a name in which its country may stand."""

_BEFORE = re.compile(r"([A-Z][\w.]*(?:[ -][A-Z][\w.]*)?)(?:['’]s?)?(?: [a-z]+)?\s*\Z")
_BEHIND = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?([A-Z][\w.]*(?:[ -][A-Z][\w.]*)?)")
_CAPITALISED = re.compile(r"[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?")


def country(name: str) -> str | None:
    """Give the country of a country's, a nationality's or a city's name, else None."""
    known, folded = lexicon(), plain(name)
    for form in (folded, folded.rstrip("."), folded.title()):
        found = known.countries.get(form) or known.demonyms.get(form)
        if found is not None:
            return found
        if form in known.cities:
            return known.country_of_code.get(known.cities[form])
    return None


def _of_phrase(phrase: str) -> str | None:
    """Give the country of the longest end of a phrase that names one."""
    parts = phrase.split(" ")
    for size in range(len(parts), 0, -1):
        found = country(" ".join(parts[-size:]))
        if found is not None:
            return found
    return None


def nation(text: str, start: int, end: int) -> str | None:
    """Give the country whose office stands at `start` to `end`."""
    before = _BEFORE.search(text[max(0, start - NEAR) : start])
    behind = _BEHIND.match(text[end : end + NEAR])
    for match in (before, behind):
        found = _of_phrase(match.group(1)) if match else None
        if found is not None:
            return found
    return main_nation(text)


@lru_cache(maxsize=64)
def main_nation(text: str) -> str | None:
    """Give the country that a text names most, by its own name, its people or its cities."""
    counts: Counter[str] = Counter()
    for match in _CAPITALISED.finditer(text):
        found = _of_phrase(match.group())
        if found is not None:
            counts[found] += 1
    best = max(counts, key=lambda name: counts[name]) if counts else None
    return best if best is not None and counts[best] >= FEWEST else None


def office(surface: str) -> tuple[str | None, str] | None:
    """Split `Iraqi Parliament` into country and office; None where it is no such office.

    The country is None where the name does not hold it.
    """
    generic = lexicon().cues["generic_organisations"]
    folded = plain(surface)
    name = folded.title().replace(" Of ", " of ").replace(" The ", " the ")
    for form in (folded, name) if folded.isupper() else (folded,):
        if form in generic:
            return None, form
        parts = form.split(" ")
        for size in (1, 2, 3):
            rest = " ".join(parts[size:])
            owner = _exact(" ".join(parts[:size]))
            if rest in generic and owner is not None:
                return owner, rest
    return None


def _exact(name: str) -> str | None:
    known = lexicon()
    return known.countries.get(name) or known.demonyms.get(name)
