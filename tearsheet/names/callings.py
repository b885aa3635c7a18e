"""What a document says somebody is: the field of work, which tells namesakes apart.

Takes a text and a mention of a person; gives fields (`sport`, `rule`, …). Guarantees that
only words beside the name count: `the economist Paul Johnson`, `Paul Johnson, a bowler`.
"""

import re
from collections.abc import Mapping
from functools import cache

from tearsheet.names.lexicon import DATA, lexicon

BESIDE = 3
"""Words before the name, and behind a comma or a verb after it, that may say what somebody is."""
ALONE = frozenset({"sport", "arts", "crime", "medicine", "craft"})
"""Fields that seldom go with another in one life; the rest share politicians and professors."""

_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r"(?:[A-Z][\w.-]*[ ]){1,3}\Z")
_STOP = re.compile(r"[.!?;:\n]")
_INTRODUCED = re.compile(r"\s*,\s*(?:\d{1,3}\b|an?\s+[a-z]|who\b)|\s+from\s+[A-Z]")
_ANOTHER = re.compile(
    r"\b(?:[Oo]ther|[Aa]nother|(?:persons|people|those) named|"
    r"[Ss]urname[.,:]?(?: (?:[Ii]t|is|was|of|that)){0,2})\s+\Z"
)
REACH = 40
"""Characters looked at on either side."""


@cache
def callings() -> Mapping[str, str]:
    """Give the field of each calling."""
    text = (DATA / "callings.txt").read_text(encoding="utf-8")
    lines = [line.split(":", 1) for line in text.splitlines() if not line.startswith("#")]
    return {word.strip(): field for field, words in lines for word in words.split(",")}


def fields(text: str, start: int, end: int) -> frozenset[str]:
    """Give the fields that the words beside a name speak of."""
    before = _STOP.split(text[max(0, start - REACH) : start])[-1]
    behind = _STOP.split(text[end : end + REACH])[0]
    known = callings()
    words = [*_WORD.findall(before)[-BESIDE:], *_WORD.findall(behind)[: BESIDE + 1]]
    return frozenset(known[w.lower()] for w in words if w.lower() in known)


def introduced(text: str, end: int) -> bool:
    """Say whether a name is presented here as somebody new: `Ali from Basra`, `Ali, 24`."""
    return _INTRODUCED.match(text, end) is not None


def another(text: str, start: int) -> bool:
    """Say whether a name is said to be somebody else of that name: `the other Moen`."""
    return _ANOTHER.search(text, max(0, start - REACH), start) is not None


def title_before(text: str, start: int) -> str | None:
    """Give the title that stands right before a name, the longest that is known, or None."""
    match = _CAPITALS.search(text[max(0, start - REACH) : start])
    words = match.group().split() if match else []
    for size in range(len(words), 0, -1):
        title = " ".join(words[-size:])
        if title in lexicon().cues["titles"]:
            return title.rstrip(".")
    return None


def disagree(left: frozenset[str], right: frozenset[str]) -> bool:
    """Say whether two people so described are hardly one: no field shared, one of them apart."""
    if not left or not right or left & right:
        return False
    return bool((left | right) & ALONE)
