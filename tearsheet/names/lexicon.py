"""What is known of names before any document is read: places, given names, cues, words.

Takes the files of `data/`; gives one `Lexicon`, read once. Guarantees nothing of a
document: a lexicon says what a word can be, the corpus says what it is.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"


class Lexicon(msgspec.Struct, frozen=True):
    """Sets and tables of names as they are written, accents folded."""

    cities: Mapping[str, str]
    """City to ISO country code."""
    countries: Mapping[str, str]
    """Every name of a country or region to the name that stands for it."""
    demonyms: Mapping[str, str]
    """`Iraqi` to `Iraq`."""
    country_of_code: Mapping[str, str]
    regions: frozenset[str]
    organisations: Mapping[str, str]
    long_organisations: frozenset[str]
    """First words of the organisations whose names hold small words (`Organisation for …`)."""
    aliases: Mapping[str, str]
    """Other names of places and peoples to the one they are filed under."""
    nicknames: Mapping[str, str]
    """Short given names in lower case to the whole one."""
    given_names: frozenset[str]
    sexes: Mapping[str, str]
    """`f` or `m` by given name in lower case, where it tells."""
    words: frozenset[str]
    """Common English words in lower case."""
    cues: Mapping[str, frozenset[str]]
    """The sections of `cues.txt`."""

    def is_place(self, name: str) -> bool:
        """Say whether a place of this name is known."""
        return name in self.countries or name in self.regions or name in self.cities


def plain(text: str) -> str:
    """Give `text` without accents and with straight apostrophes."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def written(words: Iterable[tuple[str, bool]]) -> str:
    """Give words as they stand, folded; each says whether a space is before it."""
    return "".join((" " if spaced else "") + plain(text) for text, spaced in words).strip()


def word_set(text: str) -> frozenset[str]:
    """Give the words of a list written as one text."""
    return frozenset(text.split())


@cache
def lexicon() -> Lexicon:
    """Give the lexicon, read from `data/` on the first call."""
    countries, demonyms, codes = _countries()
    cues = _cues()
    organisations = _first_of_line("organisations.txt")
    given = _pairs("given_names.txt")
    regions = frozenset(name for line in _lines("regions.txt") for name in _items(line))
    return Lexicon(
        cities=_pairs("places.txt"),
        countries=countries,
        demonyms=demonyms,
        country_of_code=codes,
        regions=regions | cues["states"] | _undotted(cues["state_abbreviations"]),
        organisations=organisations,
        long_organisations=frozenset(name.split()[0] for name in organisations if _small(name)),
        aliases=_first_of_line("aliases.txt"),
        nicknames={k.lower(): v.lower() for k, v in _first_of_line("nicknames.txt").items()},
        given_names=frozenset(given),
        sexes={name.lower(): sex for name, sex in given.items() if sex},
        words=frozenset(_lines("words.txt")),
        cues=cues,
    )


def _small(name: str) -> bool:
    return any(word.islower() for word in name.split()[1:-1])


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    lines = list(filter(None, text.split("\n")))
    return [line for line in lines if not line.startswith("#")] if "#" in text else lines


def _items(line: str) -> list[str]:
    return [item for item in (plain(part.strip()) for part in line.split(",")) if item]


def _pairs(file: str) -> dict[str, str]:
    return {name: code for name, _, code in [line.partition(";") for line in _lines(file)]}


def _countries() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    countries: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    codes: dict[str, str] = {}
    for line in _lines("countries.txt"):
        code, names, people = (part.strip() for part in line.split(";"))
        label = _items(names)[0]
        codes[code] = label
        countries.update((name, label) for name in _items(names))
        demonyms.update((name, label) for name in _items(people))
    return countries, demonyms, codes


def _undotted(names: frozenset[str]) -> frozenset[str]:
    """Give abbreviations with their full stop and, where letters are left, without."""
    return names | {name.rstrip(".") for name in names if name.count(".") == 1 and len(name) > 4}


def _first_of_line(file: str) -> dict[str, str]:
    return {name: _items(line)[0] for line in _lines(file) for name in _items(line)}


def _cues() -> dict[str, frozenset[str]]:
    sections: dict[str, list[str]] = {}
    section = ""
    for line in _lines("cues.txt"):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            sections.setdefault(section, []).extend(_items(line))
    return {name: frozenset(items) for name, items in sections.items()}
