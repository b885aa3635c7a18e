"""Suggest what a misspelt word was meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

CLOSE = 0.7
"""`publised`, `publisher_name` and `titel` are suggested for; `pages` and `shelfmark` are not."""
FEWEST_LETTERS = 3


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that this one is probably a misspelling of, or None."""
    if len(word) < FEWEST_LETTERS:
        return None
    by_plain = {one.casefold(): one for one in sorted(known)}
    found = get_close_matches(word.casefold(), list(by_plain), n=1, cutoff=CLOSE)
    return by_plain[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give ` (did you mean 'x'?)`, or nothing where no known word is close."""
    found = suggestion(word, known)
    return f" (did you mean '{found}'?)" if found else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """Give words as a sentence lists them: `a, b or c`."""
    *before, end = [*words] or [""]
    return f"{', '.join(before)} {last} {end}" if before else end
