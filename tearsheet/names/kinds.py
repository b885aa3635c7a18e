"""What a name is of: evidence of one mention, and the vote of all mentions of a name.

Takes chunks with their surroundings; gives weights by kind. Guarantees that a weight is
the sum of named cues, so that a verdict can be explained.
"""

from collections import Counter
from typing import Literal

from tearsheet.names.habits import Habits
from tearsheet.names.lexicon import Lexicon, plain, word_set, written
from tearsheet.names.spans import Chunk
from tearsheet.names.tokens import Case, Token

Kind = Literal["person", "organisation", "place", "event", "other", "demonym"]
Votes = Counter[Kind]

PERSON_PARTICLES = word_set("bin ibn al el von van de da der abu")
NO_GIVEN_NAMES = word_set("the san los al el de la")
"""Articles that some list of given names holds."""
SURE = 8.0
"""Weight of what the lexicon knows outright; no single cue of context outweighs it."""
LONGEST_ACRONYM_WORD = 3
"""Letters. A longer dictionary word in capitals is shouted (`UPDATE`), no acronym."""
LEGAL_FORMS = word_set("inc corp co ltd plc llc gmbh corporation")
"""What stands behind a company's name and nobody else's."""
SCIENCES = ("physics", "onics", "etics", "istics", "amics", "atics", "omics", "otics")
"""Endings of the trades that companies are named after (`… Geophysics`)."""
PUBLISHERS = word_set("agency newspaper daily magazine company")
"""What a word may stand before, behind a name: `the Lusa news agency`."""
SHORTEST_NATION = 5
"""Letters of a word in `-ese` that no list knows, taken for a people (`Korvanese`)."""
SHORTEST_SHOUTED = 3
"""Letters. A shorter word in capitals is an acronym, whatever place is spelled like it."""


def votes(*pairs: tuple[Kind, float]) -> Votes:
    """Give weights from pairs."""
    counted: Votes = Counter()
    for kind, weight in pairs:
        counted[kind] += weight  # type: ignore[assignment]  # Counter's stub allows only int
    return counted


def name_words(chunk: Chunk, known: Lexicon, habits: Habits) -> tuple[str, ...]:
    """Give the words of a name; a shouted one as the corpus or the lexicon usually writes it."""
    words = chunk.words()
    if any(t.case is Case.CAPITAL for t in chunk.tokens):
        return words
    usual = tuple(word.capitalize() if word.isalpha() else word for word in words)
    name = " ".join(usual)
    if len(name) <= SHORTEST_SHOUTED:
        return words
    written = all(habits.middle[w.lower()] > habits.upper[w.lower()] for w in usual)
    return usual if written or known.is_place(name) or name in known.demonyms else words


def prior(chunk: Chunk, words: tuple[str, ...], known: Lexicon) -> Votes:
    """Weigh what the words of a name say by themselves."""
    name = " ".join(words)
    spelt = written((t.text, t.spaced) for t in chunk.tokens)
    if spelt in known.organisations or spelt in known.cues["possessive_names"]:
        return votes(("organisation", SURE))
    if len(words) > 1 and words[-1].lower() in LEGAL_FORMS:
        return votes(("organisation", SURE))
    if name in known.demonyms or _people(words, known):
        return votes(("demonym", SURE))
    if name in known.cues["groups"]:
        return votes(("other", SURE))
    if name in known.organisations:
        return votes(("organisation", SURE))
    if name in known.countries or name in known.regions:
        return votes(("place", SURE - 2))
    if len(words) > 1 and name in known.cities:
        return votes(("place", SURE - 3))
    return _several(words, chunk, known) if len(words) > 1 else _single(words[0], chunk, known)


def _people(words: tuple[str, ...], known: Lexicon) -> bool:
    """Say whether this is a people within a people (`Iraqi Sunnis`, `Bosnian Serb`)."""
    groups = known.cues["groups"]
    return (
        len(words) == 2
        and words[0] in known.demonyms
        and (words[1] in known.demonyms or words[1] in groups)
    )


def _single(word: str, chunk: Chunk, known: Lexicon) -> Votes:
    if len(word) == 1:  # `P-17`, an instrument
        return votes(("other", SURE))
    found = votes()
    shouted_word = len(word) > LONGEST_ACRONYM_WORD and word.lower() in known.words
    if word.isupper() and not known.is_place(word.title()) and not shouted_word:
        found += votes(("organisation", 3))
    if word in known.cities or word.title() in known.cities:
        found += votes(("place", 2.5 if word.lower() not in known.words else 1))
    if word in known.given_names:
        found += votes(("person", 1.2))
    if word.endswith("ese") and len(word) > SHORTEST_NATION:
        found += votes(("demonym", 4))
    if word in known.cues["misc_heads"]:
        return votes(("other", SURE))
    if word in known.cues["events"]:
        found += votes(("event", 2))
    if word in known.cues["org_heads"]:
        found += votes(("organisation", 1.5))
    return found


def _several(words: tuple[str, ...], chunk: Chunk, known: Lexicon) -> Votes:
    cues, last = known.cues, words[-1]
    found = votes(("person", 1.0))
    if last in cues["events"]:
        found += votes(("event", 5))
    if words[0] in cues["org_first"]:
        found += votes(("organisation", 4))
    science = last.endswith(SCIENCES)
    unit = last.islower() and last.capitalize() in cues["org_heads"]
    if last in cues["org_heads"] or unit or science or any(t.text == "&" for t in chunk.tokens):
        found += votes(("organisation", 4))
    if "of" in words[1:-1] or "for" in words[1:-1]:
        kind: Kind = "organisation" if words[0] in cues["org_of"] else "place"
        found += votes((kind, 4))
    elif any(w in cues["org_heads"] for w in words[:-1]):
        found += votes(("organisation", 2))
    if last in cues["place_heads"]:
        found += votes(("place", 4))
    elif words[0] in cues["place_before"] and words[0] not in known.given_names:
        found += votes(("place", 2.5))
    return found + _personal(words, chunk, known)


def _personal(words: tuple[str, ...], chunk: Chunk, known: Lexicon) -> Votes:
    found = votes()
    if words[0] in known.given_names and words[0].lower() not in NO_GIVEN_NAMES:
        found += votes(("person", 3))
    initials = words[0].replace(".", "")
    if initials.isupper() and len(initials) <= 2 and len(words) == 2:
        found += votes(("person", 1.5))
    if any(w.lower() in PERSON_PARTICLES for w in words[:-1]):
        found += votes(("person", 1.5))
    first, last = words[0], words[-1]
    if first not in known.given_names and (known.is_place(first) or _town(last, known)):
        found += votes(("organisation", 1.5))
    return found


def _town(word: str, known: Lexicon) -> bool:
    """Say whether a word is a town's name and no first name's (`Hansa Rostock`, a club)."""
    return known.is_place(word) and word not in known.given_names


def context(chunk: Chunk, known: Lexicon) -> Votes:
    """Weigh what stands around one mention of a name."""
    line = chunk.line.tokens
    before = line[chunk.first - 1] if chunk.first else None
    after = line[chunk.last] if chunk.last < len(line) else None
    headed = line[chunk.last - 1].text in known.cues["org_heads"]
    found = votes(("person", 6)) if chunk.titled and not headed else votes()
    if before is not None:
        found += _from_left(before, chunk, known)
    if after is not None:
        found += _from_right(after, chunk, known)
    return found


def _from_left(before: Token, chunk: Chunk, known: Lexicon) -> Votes:
    word, cues = before.text.lower(), known.cues
    found = votes()
    if word in cues["roles"] and before.case is Case.LOWER:
        found += votes(("person", 3))
    if word in cues["place_prepositions"]:
        weight = {"in": 2.0, "near": 2.5, "at": 1.0, "from": 1.0, "to": 0.5}.get(word, 0.5)
        found += votes(("place", weight))
    if word in cues["speech"]:
        found += votes(("person", 1.5))
    sure = known.is_place(" ".join(chunk.words())) and " ".join(chunk.words()) not in known.cities
    common = len(chunk.words()) == 1 and chunk.words()[0].lower() in known.words
    if word in {"the", "a", "an"} and not sure and not common:
        found += votes(("person", -2.5), ("organisation", 1.0), ("place", -0.5))
    if word == "of" and chunk.first > 1 and line_word(chunk, -2) in cues["roles"]:
        found += votes(("organisation", 2.5), ("place", 1.5), ("person", -2.0))
    if word in cues["org_nouns"]:
        found += votes(("organisation", 1.5))
    return found + _part_of_place(word, chunk, known)


def _part_of_place(word: str, chunk: Chunk, known: Lexicon) -> Votes:
    """Weigh `the villages of the …`, `the town of …`: what has those is a place."""
    if word == "the":
        of, part = line_word(chunk, -2), line_word(chunk, -3)
    else:
        of, part = word, line_word(chunk, -2)
    return votes(("place", 3)) if of == "of" and part in known.cues["parts_of_places"] else votes()


def line_word(chunk: Chunk, offset: int) -> str:
    """Give a word near a chunk in lower case: before it (negative) or behind it (from 0)."""
    index = chunk.last + offset if offset >= 0 else chunk.first + offset
    tokens = chunk.line.tokens
    return tokens[index].text.lower() if 0 <= index < len(tokens) else ""


def _from_right(after: Token, chunk: Chunk, known: Lexicon) -> Votes:
    line, index = chunk.line.tokens, chunk.last
    next_one = line[index + 1] if index + 1 < len(line) else None
    word = after.text.lower()
    found = votes()
    if word in known.cues["person_verbs"]:
        found += votes(("person", 2))
    if word in known.cues["org_verbs"]:
        found += votes(("organisation", 1.5))
    if after.case is Case.LOWER and word in known.cues["org_nouns"]:
        found += votes(("organisation", 2))
    if after.case is Case.LOWER and word in known.cues["place_nouns"]:
        found += votes(("place", 1.5))
    if next_one is None:
        return found
    if after.case is Case.LOWER and next_one.text in PUBLISHERS:
        found += votes(("organisation", 2))
    if after.text == "," and next_one.text == "which":
        found += votes(("organisation", 1), ("person", -2))
    if after.text == "," and next_one.case is Case.NUMBER and len(next_one.text) <= 3:
        found += votes(("person", 3))
    nation = plain(next_one.text) in known.countries
    if after.text == "(" and nation:
        found += votes(("person", 3))
    if after.text == "," and nation:
        found += votes(("place", 2.5))
    if word == "from" and next_one.named and _given(chunk, known):
        found += votes(("person", 2))
    return found


def _given(chunk: Chunk, known: Lexicon) -> bool:
    words = chunk.words()
    return len(words) == 1 and words[0] in known.given_names


def verdict(found: Votes) -> Kind:
    """Give the kind with the most weight; a name with none is of something else."""
    if not found:
        return "other"
    best = max(sorted(found), key=lambda kind: found[kind])
    return best if found[best] > 0 else "other"
