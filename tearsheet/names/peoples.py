"""Peoples and families named after a place or a surname of the corpus: no names of their own.

Takes mentions and what the corpus knows of places and people; gives yes or no. Guarantees
that only a lone word is such a name, and only where the corpus has what it is made from:
`Korvanese` beside `Korvana`, `the Dessalins` beside `Aram Dessalin`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tearsheet.model import Authority, Mention
from tearsheet.names.authority import aliases

ENDINGS = ("ese", "ian", "ish", "an", "i", "n")
"""What English puts behind a place's name, with or without its last vowel, for its people."""
SHORTEST_STEM = 4
"""Letters. A shorter stem begins too many other words."""
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Roots:
    """The places of the corpus, and the surnames of its people, as they are written."""

    places: frozenset[str]
    surnames: frozenset[str]


def roots(found: Iterable[Mention], authority: Iterable[Authority]) -> Roots:
    """Gather the places and surnames of a corpus and its authority."""
    names = [(m.type, m.surface) for m in found]
    names += [(entry.type, name) for entry in authority for name in aliases(entry)]
    return Roots(
        frozenset(name for kind, name in names if kind == "place"),
        frozenset(name.split()[-1] for kind, name in names if kind == "person" and " " in name),
    )


def is_people(mention: Mention, path: str, texts: Mapping[str, str], known: Roots) -> bool:
    """Say whether a mention is a people or a family of the corpus and no name of its own."""
    if " " in mention.surface or mention.entity is not None:
        return False
    if mention.type == "person":
        return _family(mention, path, texts, known)
    return _demonym(mention.surface, known) or _family(mention, path, texts, known)


def _demonym(word: str, known: Roots) -> bool:
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            forms = {stem, *(stem + vowel for vowel in VOWELS)} if ending != "n" else {stem}
            if forms & known.places:
                return ending != "n" or stem[-1] in VOWELS
    return False


def _family(mention: Mention, path: str, texts: Mapping[str, str], known: Roots) -> bool:
    plural = mention.surface.endswith("s") and mention.surface[:-1] in known.surnames
    if not plural or mention.surface in known.surnames:
        return False
    return texts[path][: mention.start].rstrip().rsplit(None, 1)[-1:] in (["the"], ["The"])
