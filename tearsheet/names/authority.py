"""Find the aliases of the authority file in a text.

Takes the authority's entries; gives mentions with their entity set. Guarantees: whole
words only, the longest match wins, case as the editor wrote it, blocked aliases never,
and an ambiguous alias (an entry with `context`) only where a word of its context stands.
"""

import unicodedata
from collections.abc import Mapping, Sequence

import ahocorasick_rs
import msgspec
from msgspec.structs import replace

from tearsheet.model import Authority, Mention, Ruling
from tearsheet.names.lexicon import lexicon
from tearsheet.slugs import slug

SHORTEST_SHOUTED = 5
"""Letters of an alias that is also found in capitals; a shorter one must match in case."""
LONGEST_WORDLIKE = 4
"""Letters of an alias that is a common word too (`IS`, `WHO`): in a headline in capitals it is that."""
ARTICLES = ("the ", "la ", "le ", "les ", "el ", "die ", "der ", "das ")
"""Small articles of an alias (`the Commission`): they are capitals where they open a sentence."""
SHORTEST = 2
"""Characters. A single letter is no alias."""


class Matcher(msgspec.Struct, frozen=True):
    """The authority's aliases, ready to be looked for; `owners` are the entries by alias."""

    automaton: ahocorasick_rs.AhoCorasick | None
    owners: tuple[tuple[Authority, ...], ...]


def aliases(entry: Authority) -> tuple[str, ...]:
    """Give the label and aliases that may be matched."""
    found = dict.fromkeys((entry.label, *entry.aliases))
    return tuple([a for a in found if len(a) >= SHORTEST and a not in entry.blocked_aliases])


def matcher(authority: tuple[Authority, ...]) -> Matcher:
    """Prepare the aliases of an authority file."""
    owners: dict[str, list[Authority]] = {}
    for entry in sorted(authority, key=lambda e: e.id):
        for alias in aliases(entry):
            for form in _forms(alias):
                mine = owners.setdefault(form, [])
                if entry not in mine:
                    mine.append(entry)
    names = sorted(owners)
    automaton = (
        ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        if names
        else None
    )
    return Matcher(automaton, tuple(tuple(owners[name]) for name in names))


def _forms(alias: str) -> tuple[str, ...]:
    """Give an alias with straight and with typographic apostrophes, and as headlines shout it."""
    shouted = alias.upper() if len(alias) >= SHORTEST_SHOUTED else alias
    opening = alias[0].upper() + alias[1:] if alias.startswith(ARTICLES) else alias
    forms = (alias, alias.replace("'", "’"), alias.replace("’", "'"), shouted, opening)
    return tuple(dict.fromkeys(forms))


def matches(match: Matcher, text: str) -> tuple[Mention, ...]:
    """Give the mentions of the authority's entities in a text, in order."""
    if match.automaton is None:
        return ()
    found: list[Mention] = []
    last_end = 0
    for start, end, index in _candidates(match, text):
        if start < last_end:
            continue
        owner = _owner(match.owners[index], text)
        if owner is not None and not _drowned(text, start, end):
            found.append(Mention(start, end, text[start:end], owner.type, owner.id))
            last_end = end
    return tuple(found)


def _drowned(text: str, start: int, end: int) -> bool:
    """Say whether a short alias stands where capitals mean nothing: `WAR IS OVER` names no IS."""
    surface = text[start:end]
    if len(surface) > LONGEST_WORDLIKE or surface.lower() not in lexicon().words:
        return False
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    return line.isupper() and " " in line.strip()


def _candidates(match: Matcher, text: str) -> list[tuple[int, int, int]]:
    """Give whole-word matches as (start, end, index): leftmost first, the longest first."""
    assert_free = match.automaton
    if assert_free is None:
        return []
    hits = assert_free.find_matches_as_indexes(text)
    return [(s, e, i) for i, s, e in hits if _whole(text, s, e)]


def _whole(text: str, start: int, end: int) -> bool:
    return not (start and _inside(text[start - 1], text[start])) and not (
        end < len(text) and _inside(text[end], text[end - 1])
    )


def _inside(outer: str, inner: str) -> bool:
    """Say whether two neighbouring characters belong to one word."""
    return _wordy(outer) and _wordy(inner)


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.combining(char) > 0


def _owner(owners: tuple[Authority, ...], text: str) -> Authority | None:
    """Give the one entry that may claim an alias in this text, or None."""
    free = [entry for entry in owners if not entry.context]
    licensed = [entry for entry in owners if entry.context and _licensed(entry, text)]
    claims = licensed or free
    return claims[0] if len(claims) == 1 else None


def _licensed(entry: Authority, text: str) -> bool:
    lowered = text.casefold()
    return any(_stands(word.casefold(), lowered) for word in entry.context)


def _stands(word: str, text: str) -> bool:
    start = text.find(word)
    while start >= 0:
        if _whole(text, start, start + len(word)):
            return True
        start = text.find(word, start + 1)
    return False


def ruled_aliases(
    authority: tuple[Authority, ...], rulings: Sequence[Ruling]
) -> tuple[Authority, ...]:
    """Give the authority with the names that an editor ruled the same as one of its entities.

    They are found in a text in any language then, as aliases are. An id is no name.
    """
    entries = {entry.id: entry for entry in authority}
    ids = {slug(name): e.id for e in authority for name in (e.label, e.id)} if rulings else {}
    for ruling in rulings:
        for name, other in ((ruling.left, ruling.right), (ruling.right, ruling.left)):
            owner = ids.get(slug(other))
            if ruling.verdict == "same" and owner is not None and name != slug(name):
                entry = entries[owner]
                entries[owner] = replace(entry, aliases=(*entry.aliases, name))
    return tuple(entries.values())


def by_id(authority: tuple[Authority, ...]) -> Mapping[str, Authority]:
    """Give the entries by id."""
    return {entry.id: entry for entry in authority}
