"""Measure how recognising and resolving names grow: with documents, and with the authority.

`python bench/names_scale.py [--documents 1000] [--times 10] [--aliases 100000]` makes news of
invented people (the same numbers give the same texts), and prints CPU per 1,000 words, and
ratios measured in this one run: of `times` as many documents to few, and of an authority of so
many aliases to none. A ratio of 1.0 is no cost. Last it adds one document to all the others, with
everything kept of them, and prints what share of the first time that takes.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.entities import document  # noqa: E402  # beside this file
from tearsheet.cache import opened  # noqa: E402  # as above
from tearsheet.documents import Documents  # noqa: E402  # as above
from tearsheet.model import Authority, Document  # noqa: E402  # as above
from tearsheet.names import recognise, resolve  # noqa: E402  # as above
from tearsheet.names.lexicon import lexicon  # noqa: E402  # as above
from tearsheet.names.observed import Observed, observe  # noqa: E402  # as above
from tearsheet.workers import Crew  # noqa: E402  # as above

SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ra",
    "tes",
    "nor",
    "vin",
    "dal",
    "be",
    "sun",
    "har",
    "po",
    "zi",
    "the",
)
LINES = (
    "{0}, the minister of trade, said on Monday that the talks in {1} had begun well.",
    "The {2} told reporters that {0} would visit {1} in the spring, and that nobody was against it.",
    "“We have waited long enough,” {0} said in {1}. Officials of the {2} ({3}) did not answer.",
    "Prices rose by two per cent in {1} while the {2} met, and the harbour was closed for repairs.",
    "A spokesman for {0} gave no reason, but the {3} had asked for more time to read the report.",
)
BODIES = ("Council", "Institute", "Agency", "Union", "Authority")
TOWNS = ("Vienna", "Lima", "Porto", "Nairobi", "Basra", "Oslo", "Quito", "Hanoi")
SEED = 7


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of CPU, by step, and the words that they were spent on."""

    recognise: float
    resolve: float
    words: int
    entities: int

    @property
    def each(self) -> float:
        """Milliseconds for 1,000 words."""
        return 1e6 * (self.recognise + self.resolve) / self.words


def invented(chance: random.Random) -> str:
    """Give an invented word with a capital."""
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize()


def documents(number: int) -> dict[str, Document]:
    """Give so many documents of about 250 words; one person in three is named elsewhere too."""
    return dict(_documents(number))


def _documents(number: int) -> Iterator[tuple[str, Document]]:
    chance = random.Random(SEED)  # noqa: S311  # texts to measure with, no secret
    given = sorted(lexicon().given_names)
    people = [f"{chance.choice(given)} {invented(chance)}" for _ in range(4 * number)]
    bodies = [f"{invented(chance)} Rivers {chance.choice(BODIES)}" for _ in range(number)]
    for index in range(number):
        lines = []
        body = chance.choice(bodies)
        short = "".join(word[0] for word in body.split())
        for _ in range(3):
            person, town = chance.choice(people), chance.choice(TOWNS)
            for line in LINES:
                name = person if line is LINES[0] else person.split()[-1]
                lines.append(line.format(name, town, body, short))
        yield f"{index:06}.txt", document(f"{index:06}.txt", "\n".join(lines))


def authority(aliases: int) -> tuple[Authority, ...]:
    """Give an authority of so many aliases, four an entry."""
    chance = random.Random(SEED + 1)  # noqa: S311  # names to measure with, no secret
    given = sorted(lexicon().given_names)
    entries = []
    for index in range(aliases // 4):
        first, last = chance.choice(given), invented(chance) + chance.choice(SYLLABLES)
        names = (f"{first} {last}", f"{first[0]}. {last}", f"{last}, {first}")
        entries.append(Authority(f"entry-{index}", names[0], "person", (*names[1:], f"Xo{index}")))
    return tuple(entries)


def take(texts: dict[str, Document], entries: tuple[Authority, ...]) -> Taken:
    """Recognise and resolve once."""
    started = time.process_time()
    mentions = recognise(texts, entries)
    between = time.process_time()
    found = resolve(texts, mentions, entries, ())
    ended = time.process_time()
    words = sum(len(one.text.split()) for one in texts.values())
    return Taken(between - started, ended - between, words, len(found.entities))


def taken_again(texts: dict[str, Document], cache: Path, seen: dict[str, Observed]) -> Taken:
    """Recognise and resolve with what is kept of earlier times; what is observed is at hand."""
    marked = Documents(texts, {path: path for path in texts})
    with opened(cache, "") as kept:
        crew = Crew(None, kept)
        started = time.process_time()
        mentions = recognise(marked, (), observed=seen, crew=crew)
        between = time.process_time()
        found = resolve(marked, mentions, (), (), None, crew)
        ended = time.process_time()
    words = sum(len(one.text.split()) for one in texts.values())
    return Taken(between - started, ended - between, words, len(found.entities))


def grown(texts: dict[str, Document]) -> tuple[Taken, Taken]:
    """Take all documents but one, then that one besides."""
    seen = {path: observe(one.text) for path, one in texts.items()}
    last = max(texts)
    before = {path: one for path, one in texts.items() if path != last}
    seen_before = {path: one for path, one in seen.items() if path != last}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache.sqlite"
        return taken_again(before, cache, seen_before), taken_again(texts, cache, seen)


def show(name: str, taken: Taken) -> None:
    """Print one row."""
    print(
        f"{name:36} recognise {taken.recognise:6.1f} s  resolve {taken.resolve:6.1f} s"
        f"  {taken.each:5.1f} ms per 1,000 words  {taken.entities:7,} entities"
    )


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--aliases", type=int, default=100_000)
    chosen = parser.parse_args()
    few = documents(chosen.documents)
    take(few, ())  # reads the lexicon
    one, large = take(few, ()), authority(chosen.aliases)
    with_them = take(few, large)
    many = documents(chosen.documents * chosen.times)
    ten, ten_with = take(many, ()), take(many, large)
    aliases = f"{chosen.aliases:,} aliases"
    for number, alone, beside in ((len(few), one, with_them), (len(many), ten, ten_with)):
        show(f"{number:,} documents", alone)
        show(f"{number:,} documents, {aliases}", beside)
        print(f"  {aliases} cost {beside.each / alone.each:.2f} times as much as none")
    print(f"{chosen.times} times the documents cost {ten.each / one.each:.2f} a word of few")
    first, more = grown(many)
    show(f"{len(many) - 1:,} documents, observed", first)
    show("one more, the others kept", more)
    share = (more.recognise + more.resolve) / (first.recognise + first.resolve)
    print(f"one document more cost {share:.3f} of the first time")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
