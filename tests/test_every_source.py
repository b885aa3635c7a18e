"""All sources: whatever came, went or was said between builds, each is as if made from nothing."""

import json
import os
from array import array
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tearsheet.archive import open_archive
from tearsheet.archive.register import Received
from tearsheet.cache import NO_CACHE, Cache, opened
from tearsheet.clean.repetition import MOST_COUNTED, others
from tearsheet.every_source import prepare_all
from tearsheet.model import Document
from tearsheet.prepare import Prepared
from tearsheet.roll import Glance, Roll

STORY = """The ferry of {name} stops on Monday

By {name}

{date}

The council of Marlow Bay closed the old ferry landing, the harbour master told reporters.

“ The quay is ours ” , the pilots of the harbour said again, and {name} said that too.

{creed}

Nobody had asked the crews, who learned of it from a notice on the gate and went home.

© 2019 The Ebb. All rights reserved.
"""
CREEDS = (
    "The Gull brings the news of the shore to every house, and has done so since 1871.",
    "A paper for Marlow Bay and the narrows",
    "Tell us what you saw",
)
DATES = ("25/03/2019", "06/05/2019", "17/04/2019", "2 March 2019")
NAMES = ("Anna Berg", "Ines Varga", "Tomas Lind")
FIRST = MOST_COUNTED - 2
"""Sources to begin with, of one creed: with a few more its count meets the cap."""
EBB, TIDE, NONE = ["The Ebb"] * 3, ["The Ebb", "The Tide"], list[str]()
"""Who published the first sources: the dates of the one make a habit, those of the other do not."""

Edit = Callable[[Path], None]


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def story(number: int, creed: int = 0) -> str:
    return STORY.format(name=NAMES[number % 3], date=DATES[number % 4], creed=CREEDS[creed])


def an_archive(folder: Path) -> Path:
    (folder / "sources").mkdir(parents=True)
    catalogue(EBB)(folder)
    for number in range(FIRST):
        _write(folder, number, story(number))
    return folder


def _write(folder: Path, number: int, text: str) -> None:
    (folder / "sources" / f"{number}.txt").write_text(text, encoding="utf-8")


def _is_there(folder: Path, number: int) -> bool:
    return (folder / "sources" / f"{number}.txt").exists()


def put(number: int, creed: int) -> Edit:
    """Add a source, or give one that is there another text of another length."""
    return lambda folder: _write(folder, number, story(number + creed, creed))


def remove(number: int) -> Edit:
    return lambda folder: (folder / "sources" / f"{number}.txt").unlink(missing_ok=True)


def rename(number: int) -> Edit:
    def edit(folder: Path) -> None:
        if _is_there(folder, number):
            file = folder / "sources" / f"{number}.txt"
            file.rename(file.with_stem(f"{number}-moved"))

    return edit


def touch(number: int) -> Edit:
    def edit(folder: Path) -> None:
        if _is_there(folder, number):
            os.utime(folder / "sources" / f"{number}.txt", ns=(number + 1, number + 1))

    return edit


def spoil(number: int) -> Edit:
    """Put a file there that can't be used."""
    return lambda folder: _write(folder, number, "")


def say(part: str, ruling: dict[str, object] | None) -> Edit:
    """Rule, or take all rulings of this kind back."""

    def edit(folder: Path) -> None:
        file = folder / "decisions.yml"
        rulings = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        rulings[part] = [*rulings.get(part, ()), ruling] if ruling else []
        file.write_text(json.dumps(rulings), encoding="utf-8")

    return edit


def set_day_first(value: str) -> Edit:
    return lambda folder: _settle(folder / "corpus.yml", f"title: Ferries\nday_first: {value}\n")


def _settle(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def catalogue(publishers: list[str]) -> Edit:
    rows = [f"{number}.txt,{one}" for number, one in enumerate(publishers)]
    return lambda folder: _settle(folder / "catalogue.csv", "\n".join(["source,publisher", *rows]))


NUMBERS = st.integers(0, FIRST + 3)
SOURCES = NUMBERS.map(lambda number: f"{number}.txt")
EDITS = st.one_of(
    st.builds(put, NUMBERS, st.integers(0, len(CREEDS) - 1)),
    st.builds(remove, NUMBERS),
    st.builds(rename, NUMBERS),
    st.builds(touch, NUMBERS),
    st.builds(spoil, NUMBERS),
    st.builds(
        lambda source, unit: say("fates", {"source": source, "unit": unit, "fate": "notice"}),
        SOURCES,
        st.integers(1, 9),
    ),
    st.just(say("fates", {"publication": "The Ebb", "pattern": "*gate*", "fate": "caption"})),
    st.builds(lambda source: say("as_it_came", {"source": source}), SOURCES),
    st.builds(
        lambda source: say("fields", {"source": source, "field": "title", "value": "Ferries"}),
        SOURCES,
    ),
    st.builds(say, st.sampled_from(("fates", "as_it_came", "fields")), st.none()),
    st.builds(set_day_first, st.sampled_from(("yes", "no"))),
    st.builds(catalogue, st.sampled_from((EBB, TIDE, NONE))),
)


def all_of(one: Prepared) -> object:
    """Give all that was made of a source."""
    document = one.document
    whole = document if isinstance(document, Document | None) else document.read()
    seen = one.observed
    return (
        *(one.received, whole, one.description, one.rejected, one.gist, one.all_shingles()),
        *((seen.supported, seen.digest, seen.usage) if seen else ()),
        one.mark,
    )


def prepared(folder: Path, cache: Cache) -> list[object]:
    return [all_of(one) for one in prepare_all(open_archive(folder), silent, None, cache)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@example([[say("as_it_came", {"source": "4.txt"})], [say("as_it_came", None)]])
@example([[catalogue(TIDE)], [catalogue(EBB)], [remove(0), remove(2)]])
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_whatever_changed_each_source_is_as_if_made_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, builds: list[list[Edit]]
) -> None:
    folder = tmp_path_factory.mktemp("sources")
    archive = an_archive(folder / "archive")
    with opened(folder / "cache", "rules") as cache:
        prepared(archive, cache)
    for edits in builds:
        for edit in edits:
            edit(archive)
        with opened(folder / "cache", "rules") as cache:
            assert prepared(archive, cache) == prepared(archive, NO_CACHE)


TEXTS = st.sets(st.integers(0, 5)).map(lambda found: array("Q", sorted(found)).tobytes())
GLANCES = st.lists(TEXTS.map(lambda texts: Glance(Received("", "", 0, ""), texts=texts)))


@given(GLANCES, GLANCES, GLANCES)
def test_the_texts_told_are_those_that_count_otherwise_than_before(
    stay: list[Glance], go: list[Glance], come: list[Glance]
) -> None:
    roll = Roll(NO_CACHE)
    roll.count([], [*stay, *go])
    moved = roll.count(go, come)
    before, now = (Counter(n for one in each for n in one.numbers()) for each in (stay + go, stay + come))  # fmt: skip
    assert moved == {n for n in range(6) if others(before[n]) != others(now[n])}
    for one in (*stay, *come):
        assert roll.shared(one) == tuple((n, others(now[n])) for n in one.numbers() if now[n] > 1)
