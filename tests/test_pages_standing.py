"""What a change touches is told the same as from nothing, whatever the pages showed before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tearsheet.cache import Cache
from tearsheet.digests import digest
from tearsheet.model import Corpus, Entity, Fate, Mention, Record, SharedText
from tearsheet.pages import entity, indexes, standing
from tearsheet.pages.catalogue import catalogue
from tearsheet.pages.compose import plan
from tearsheet.pages.pager import Length
from tearsheet.pages.planned import Planned
from tests import test_names_kept
from tests.made import corpus, document, record

NAMES = [f"name-{number}" for number in range(9)]
PATHS = [f"{letter}.txt" for letter in "abcdefgh"]


class Memory(test_names_kept.Memory):
    """A cache in memory that may be asked for what was never made: a plan alone makes no page."""

    def touch(self, *keys: bytes) -> None:
        """Hold on to entries."""
        self.touched += keys


@dataclass(frozen=True, slots=True)
class Paper:
    """What a record says, in short."""

    names: tuple[str, ...]
    day: str | None
    title: str
    publisher: str | None
    alike: tuple[str, ...]
    topics: str | None


@pytest.fixture(autouse=True, scope="module")
def _short_lists() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexes, "LIST", Length(3, 1, 2))
        patch.setattr(entity, "MENTIONS", Length(3, 1, 2))
        yield


PAPERS = st.builds(
    Paper,
    st.lists(st.sampled_from(NAMES), max_size=4).map(tuple),
    st.sampled_from([None, "2019", "2019-03-04", "2019-03-05", "2020-01-01"]),
    st.sampled_from(["The ferry", "The dam"]),
    st.sampled_from([None, "The Ebb", "Ebb", "Marlow Post"]),
    st.lists(st.sampled_from(PATHS), max_size=2, unique=True).map(tuple),
    st.sampled_from([None, "Water", "water; Ferries"]),
)
CORPORA = st.tuples(
    st.dictionaries(st.sampled_from(PATHS), PAPERS, max_size=len(PATHS)),
    st.sets(st.sampled_from(NAMES), max_size=2),
)
"""The papers of an archive, and the names that are spelled otherwise."""


def a_record(path: str, paper: Paper, present: Sequence[str]) -> Record:
    values = {
        "title": paper.title,
        "published": paper.day,
        "publisher": paper.publisher,
        "topics": paper.topics,
    }
    said = {name: value for name, value in values.items() if value}
    mentions = [Mention(at, at + 1, "n", "person", name) for at, name in enumerate(paper.names)]
    text = document((Fate.PARAGRAPH, "nnnn n n n n"), path=path)
    made = record(text, number=PATHS.index(path) + 1, mentions=mentions, values=said)
    alike = [one for one in paper.alike if one in present and one != path]
    same = tuple(SharedText(one, 0.5, "shared") for one in alike)
    return replace(made, mark=digest((path, said)), same_text=same)


def an_archive(papers: dict[str, Paper], respelled: set[str]) -> Corpus:
    records = [a_record(path, papers[path], [*papers]) for path in sorted(papers)]
    there = sorted({name for paper in papers.values() for name in paper.names})
    entities = [Entity(one, one.upper() if one in respelled else one, "person") for one in there]
    return corpus(*records, entities=entities)


def marks(planned: Iterable[Planned]) -> dict[str, str]:
    return {one.name: one.mark for one in planned}


def held_to_all(made: Corpus, cache: Cache, before: Mapping[str, str]) -> Mapping[str, str]:
    """Plan from what the cache holds and from nothing; give the marks of all pages. `before` are
    those of the corpus that was planned last.
    """
    planned, anew = plan(catalogue(made, cache), cache), plan(catalogue(made))
    every, told = marks(anew.touched), marks(planned.touched)
    assert marks(planned.whole) == marks(anew.whole)
    assert told == {name: every[name] for name in told}
    if not planned.before:
        assert told == every
        return every
    still = every.keys() - told.keys()
    assert {name: before.get(name) for name in still} == {name: every[name] for name in still}
    gone = {name for name in planned.gone if not name.startswith("original")}
    assert gone - every.keys() == before.keys() - every.keys()
    assert gone.isdisjoint(still)
    return every


@settings(max_examples=300)
@given(st.lists(CORPORA, min_size=2, max_size=4))
def test_what_is_not_touched_shows_the_same(
    builds: list[tuple[dict[str, Paper], set[str]]],
) -> None:
    cache, before = Memory(), dict[str, str]()
    for papers, respelled in builds:
        made = an_archive(papers, respelled)
        seen, anew = catalogue(made, cache), catalogue(made)
        assert (seen.in_time, seen.findings) == (anew.in_time, anew.findings)
        assert (seen.publications, seen.topics) == (anew.publications, anew.topics)
        before = dict(held_to_all(made, cache, before))


@settings(max_examples=300)
@given(
    CORPORA,
    st.dictionaries(st.sampled_from(PATHS), PAPERS, max_size=1),
    st.none() | st.sets(st.sampled_from(NAMES), max_size=2),
)
def test_one_record_or_one_spelling_more_touches_what_it_must(
    build: tuple[dict[str, Paper], set[str]],
    more: dict[str, Paper],
    otherwise: set[str] | None,
) -> None:
    cache = Memory()
    papers, respelled = build
    before = held_to_all(an_archive(papers, respelled), cache, {})
    made = an_archive(papers | more, respelled if otherwise is None else otherwise)
    held_to_all(made, cache, before)


@settings(max_examples=30)
@given(CORPORA, CORPORA)
def test_a_page_that_stands_no_more_is_made_by_its_name(
    one: tuple[dict[str, Paper], set[str]], other: tuple[dict[str, Paper], set[str]]
) -> None:
    cache = Memory()
    plan(catalogue(an_archive(*one), cache), cache)
    made = an_archive(*other)
    planned, anew = plan(catalogue(made, cache), cache), plan(catalogue(made))
    for page in anew.touched:
        assert list(planned.pages(page.name)) == list(page.make())


def test_names_that_are_no_more_are_forgotten() -> None:
    cache, before = Memory(), dict[str, str]()
    for first in range(40):
        names = tuple(f"name-{number}" for number in range(first, first + 4))
        paper = Paper(names, None, "The dam", None, (), None)
        before = dict(held_to_all(an_archive({"a.txt": paper}, set()), cache, before))
    left = standing.read_standing(cache)
    assert len(left.whole.names) <= standing.MOST_IDLE * 4 + 4
