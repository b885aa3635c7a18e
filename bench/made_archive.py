"""An archive of invented articles, as large as one likes: what the benches of the site build.

Takes a number of records; writes `sources/`, `authority.yml` and `corpus.yml`. The same
number gives the same bytes. A record has about 700 words of prose with 25 names of the
authority file in it, a headline, a byline, a date, and the furniture of a website around
it; there is one name for every five records. Words are drawn as a language draws them (the
n-th most frequent with a weight of 1/n), so that the search index is as large as a real one.
"""

import json
import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

WORDS_A_RECORD = 700
NAMES_A_RECORD = 25
RECORDS_A_NAME = 5
PARAGRAPHS = 14
SEED = 20191

_WORDS = Path(__file__).resolve().parents[1] / "tearsheet" / "names" / "data" / "words.txt"
_SMALL = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "a",
    "was",
    "for",
    "on",
    "with",
    "by",
    "at",
    "from",
    "it",
    "had",
    "as",
    "were",
    "this",
    "which",
]
_FIRST = ("Ma", "Te", "Lo", "Vi", "Sa", "Ke", "Ru", "No", "Ha", "Be", "Da", "Ji", "Or", "El")
_MIDDLE = ("ra", "li", "mo", "ve", "sta", "nu", "ri", "do", "ke", "shi", "la", "bre", "")
_LAST = ("n", "s", "vik", "th", "ra", "mund", "ley", "dan", "po", "ster", "lin", "quez")
_BODIES = ("Council", "Institute", "Union", "Authority", "Society", "Ministry", "Bank")
_PLACES = ("Harbour", "Valley", "Bridge", "Heights", "Bay", "Crossing", "Falls")
_PAPERS = ("The Harbour Post", "Valley Courier", "The Evening Ledger", "Morning Standard")
_KINDS = ("person", "person", "person", "organisation", "place")
_FURNITURE_ABOVE = ("Home | News | Sport | Weather", "Sign in", "Advertisement")
_FURNITURE_BELOW = (
    "Share this article",
    "Facebook Twitter WhatsApp Email",
    "Sign up for our daily newsletter",
    "Related articles",
    "Terms of use | Privacy policy | Contact us",
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def names(records: int) -> tuple[dict[str, object], ...]:
    """Give the entries of the authority file of an archive of so many records."""
    chance = random.Random(SEED)  # noqa: S311  # not for secrets: the same archive every time
    found: dict[str, dict[str, object]] = {}
    while len(found) < max(records // RECORDS_A_NAME, NAMES_A_RECORD):
        kind = _KINDS[len(found) % len(_KINDS)]
        label = _label(chance, kind)
        name = label.lower().replace(" ", "-")
        found.setdefault(name, {"id": name, "label": label, "type": kind})
    return tuple(found.values())


def _label(chance: random.Random, kind: str) -> str:
    word = _invented(chance)
    if kind == "person":
        return f"{_invented(chance)} {word}"
    return f"{word} {chance.choice(_BODIES if kind == 'organisation' else _PLACES)}"


def _invented(chance: random.Random) -> str:
    parts = (chance.choice(_FIRST), chance.choice(_MIDDLE), chance.choice(_MIDDLE))
    return "".join(parts) + chance.choice(_LAST)


class Writer:
    """Writes articles: holds the words and how often each is drawn."""

    def __init__(self, entries: Sequence[dict[str, object]]) -> None:
        self._labels = [str(entry["label"]) for entry in entries]
        words = _WORDS.read_text(encoding="utf-8").split()
        random.Random(SEED).shuffle(words)  # noqa: S311  # as above
        self._words = [*_SMALL, *words]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def article(self, number: int) -> str:
        """Give the text of article `number`: it depends on nothing but the number."""
        chance = random.Random(SEED * 1_000_003 + number)  # noqa: S311  # as above
        wanted = chance.sample(self._labels, min(NAMES_A_RECORD, len(self._labels)))
        paragraphs = [self._paragraph(chance, wanted[at::PARAGRAPHS]) for at in range(PARAGRAPHS)]
        title = " ".join(self._draw(chance, 6)).capitalize() + f" ({number})"
        day = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {2010 + number % 10}"
        head = [_PAPERS[number % len(_PAPERS)], *_FURNITURE_ABOVE, title]
        head += [f"By {chance.choice(self._labels)}", day]
        return "\n\n".join([*head, *paragraphs, *_FURNITURE_BELOW]) + "\n"

    def _paragraph(self, chance: random.Random, wanted: Sequence[str]) -> str:
        sentences = [f"{name} {self._sentence(chance)}" for name in wanted]
        sentences += [self._sentence(chance).capitalize() for _ in range(4 - len(sentences))]
        return " ".join(sentences)

    def _sentence(self, chance: random.Random) -> str:
        length = WORDS_A_RECORD // (PARAGRAPHS * 4)
        return " ".join(self._draw(chance, chance.randint(length - 4, length + 4))) + "."

    def _draw(self, chance: random.Random, number: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=number)


def write_archive(folder: Path, records: int, *, start: int = 0) -> None:
    """Write an archive of so many records; with `start`, only the articles from that one on."""
    entries = names(records)
    writer = Writer(entries)
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for number in range(start, records):
        write_article(folder, writer, number)
    (folder / "authority.yml").write_text(json.dumps(entries), encoding="utf-8")
    title = f"An archive of {records:,} invented articles"
    (folder / "corpus.yml").write_text(json.dumps({"title": title}), encoding="utf-8")


def write_article(folder: Path, writer: Writer, number: int) -> Path:
    """Write one article where the archive keeps it; give its file."""
    file = folder / "sources" / f"{2010 + number % 10}" / f"article-{number:06}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(writer.article(number), encoding="utf-8")
    return file
