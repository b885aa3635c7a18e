"""Places that stand for their teams, in reports of games: `England won by an innings`.

Takes a document's text and a mention of a place or a club; gives the game whose team it is,
or None. Guarantees that outside a report of a team game a place is a place.
"""

import re
from collections import Counter
from functools import lru_cache

from tearsheet.names.lexicon import lexicon, plain, word_set

WORDS = {
    "soccer": word_set(
        "soccer goalkeeper striker midfielder fifa uefa halftime sweeper equaliser penalty goalless"
    ),
    "cricket": word_set(
        "cricket wicket wickets innings overs batsman bowled lbw bowler wicketkeeper maiden"
    ),
    "rugby": word_set("rugby scrum flyhalf fullback fly-half lions wallabies springboks tries"),
    "baseball": word_set("baseball inning innings homer homered pitcher bullpen shutout dodgers"),
    "basketball": word_set("basketball nba rebounds pointers dunk"),
    "ice hockey": word_set("hockey nhl puck goaltender"),
    "football": word_set("nfl quarterback touchdown touchdowns linebacker yards"),
    "single": word_set("tennis golf athletics cycling seeded birdie par metres skiing sets seed"),
}
"""Words that prove a game; `single` gathers games of one against one, where places stay places."""
_EVERY = frozenset().union(*WORDS.values())
LOUDEST = 60
"""Characters at the head of a text; a game named there counts for more than any word below."""
HEAD_WEIGHT = 5
FEWEST = 3

_WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
_LAST_WORD = re.compile(r"([A-Za-z]+)\s*\Z")
_DATELINE = re.compile(r"\s+\d{4}-\d\d-\d\d|\s*[-–—(]\s*(?:Reuters|AP|AFP)")
AT = word_set("in of from to near at for across around outside throughout southern northern near")


@lru_cache(maxsize=64)
def game(text: str) -> str | None:
    """Give the team game that a text reports, or None."""
    said = _WORD.findall(text.lower())
    if _EVERY.isdisjoint(said):
        return None
    everywhere = Counter(said)
    head = [m.group().lower() for m in _WORD.finditer(text[: 2 * LOUDEST]) if m.start() < LOUDEST]
    counts: Counter[str] = Counter()
    for name, words in WORDS.items():
        found = sum(everywhere[word] for word in words & everywhere.keys())
        if found:
            counts[name] = found + (HEAD_WEIGHT - 1) * sum(word in words for word in head)
    if not counts:
        return None
    best = max(sorted(counts), key=lambda name: counts[name])
    return best if counts[best] >= FEWEST and best != "single" else None


def team_game(text: str, start: int, end: int) -> str | None:
    """Give the game in which the place at `start` to `end` is a team, or None."""
    found = game(text)
    if found is None or text[max(0, start - 1) : start] == "(":
        return None
    before = _LAST_WORD.search(text[max(0, start - 20) : start])
    if before is not None and before.group(1).lower() in AT:
        return None
    if text[max(0, start - 2) : start] == ", " or _DATELINE.match(text, end):
        return None
    if text[end : end + 1] == ",":
        return None
    possessive = text[end : end + 2] in ("'s", "’s")
    return None if possessive and found not in ("cricket", "rugby") else found


def is_place(name: str) -> bool:
    """Say whether a name, shouted or not, is a place's."""
    folded, known = plain(name), lexicon()
    return known.is_place(folded) or known.is_place(folded.title())


def is_country(name: str) -> bool:
    """Say whether a name, shouted or not, is a country's."""
    folded, known = plain(name), lexicon()
    return folded in known.countries or folded.title() in known.countries
