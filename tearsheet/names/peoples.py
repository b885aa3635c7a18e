"""Peoples and families named after a place or a surname of the corpus: no names of their own.

Takes mentions and what the corpus knows of places and people; gives yes or no. Guarantees
that only a lone word is such a name, and only where the corpus has what it is made from:
`Korvanese` beside `Korvana`, `the Dessalins` beside `Aram Dessalin`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tearsheet.model import Authority, Mention
from tearsheet.names.authority import aliases

ENDINGS = ("ese", "ian", "ish", "an", "i", "n")
"""What English puts behind a place's name, with or without its last vowel, for its people."""
SHORTEST_STEM = 4
"""Letters. A shorter stem begins too many other words."""
VOWELS = "aeiou"


class Roots(msgspec.Struct, frozen=True):
    """The places of the corpus, and the surnames of its people, as they are written."""

    places: frozenset[str]
    surnames: frozenset[str]


class Peoples:
    """The places and surnames that mentions and the authority name, counted."""

    def __init__(
        self, given: Roots, places: Mapping[str, int], surnames: Mapping[str, int]
    ) -> None:
        self._given = given
        self._places, self._surnames = Counter(places), Counter(surnames)
        self._touched: dict[tuple[bool, str], bool] = {}

    @classmethod
    def of(
        cls,
        authority: Iterable[Authority],
        places: Mapping[str, int],
        surnames: Mapping[str, int],
    ) -> "Peoples":
        """Take them up where they were left."""
        names = [(entry.type, name) for entry in authority for name in aliases(entry)]
        given = Roots(
            frozenset(name for kind, name in names if kind == "place"),
            frozenset(name.split()[-1] for kind, name in names if _in_full(kind, name)),
        )
        return cls(given, places, surnames)

    def kept(self) -> tuple[dict[str, int], dict[str, int]]:
        """Give them to be kept."""
        return dict(self._places), dict(self._surnames)

    def count(self, found: Iterable[Mention], sign: int) -> None:
        """Take the mentions of a document in, or with -1 out."""
        for mention in found:
            if mention.type == "place":
                self._add(self._places, mention.surface, sign)
            elif _in_full(mention.type, mention.surface):
                self._add(self._surnames, mention.surface.split()[-1], sign)

    def _add(self, counts: Counter[str], name: str, sign: int) -> None:
        self._touched.setdefault((counts is self._places, name), name in counts)
        counts[name] += sign
        if not counts[name]:
            del counts[name]

    def roots(self) -> Roots:
        """Give all of them."""
        given = self._given
        return Roots(given.places | self._places.keys(), given.surnames | self._surnames.keys())

    def changed(self) -> tuple[str, ...]:
        """Give the words that may be a people or a family now and were none before, or otherwise;
        from now on that is before.
        """
        words: set[str] = set()
        for (place, name), before in self._touched.items():
            if before != (name in (self._places if place else self._surnames)):
                words.update(_made_from(name) if place else (name, f"{name}s"))
        self._touched = {}
        return tuple(sorted(words))


def _in_full(kind: str, name: str) -> bool:
    return kind == "person" and " " in name


def _made_from(place: str) -> Iterator[str]:
    """Give every word that may be what a place's people are called."""
    for stem in (place, place[:-1]):
        yield from (stem + ending for ending in ENDINGS)


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
