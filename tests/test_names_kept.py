"""Names in an archive that grows: whatever is kept of them, they come out as if nothing were."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tearsheet.digests import key_of
from tearsheet.documents import Documents
from tearsheet.model import Authority, EntityType, Mention, Resolution, Ruling
from tearsheet.names import recognise, resolve
from tearsheet.names.identity import Published
from tearsheet.names.observed import Observed, observe
from tearsheet.names.packed import Packed
from tearsheet.names.resolve import resolve_at_once
from tearsheet.workers import ALONE, Crew
from tests.test_names import document
from tests.test_names_laws import AUTHORITY, NOISE, TEXTS, VERDICTS

PLACES = st.sampled_from(
    [
        "The Marlow Council met. The Council of Marlow (MC) agreed. Marlow said nothing.",
        "Lake Marlow froze near Marlow Town.",
        "The Marlow Water Board said so. The Water Board met again.",
        "The Garran Water Board said so.", "Garran is a town in Garran County. They met in Garran.",
        "GARRAN WATER BOARD AND ELENA VARGAS MEET", "Mrs Vargas met Mr Vargas and Otto Vargas.",
        "The Korvanese left. They had met in Korvana.", "Lake Korvana froze.", "Korvana said no.",
        "On Monday the Dessalins met, and the Korvanese.", "Aram Dessalin spoke in Korvana.",
        "Korvana 3 4 5\nMarlow 1 2 3\nVienna 4 4 4\nDessalin 3 2 1", "Korvana ran. So did Dessalin.",
        "It was a harbour trust, a popular guard, and vargas.", "Popular Guard met. Guard fell.",
        "Trust in Harbour is low.\nHarbour is closed, said Harbour Trust.", "Dessalin (d), Korvana",
        "LAKE KORVANA AND ARAM DESSALIN\nNothing else was said.", "The trust, the harbour, the lake.",
        "The bowler C. White took five wickets in the cricket match.", "Carl White is a painter.",
    ]
)  # fmt: skip
STORIES = st.one_of(TEXTS, PLACES, NOISE)
PATHS = ["a.txt", "b.txt", "c/d.html", "e.txt", "f.txt"]
CORPORA = st.dictionaries(st.sampled_from(PATHS), STORIES, max_size=5)
RULINGS = st.lists(VERDICTS, max_size=2).map(tuple)
FEW = settings(max_examples=60, deadline=None)


class Memory:
    """A cache in memory."""

    keeps = True

    def __init__(self, kept: dict[bytes, bytes] | None = None) -> None:
        self.kept: dict[bytes, bytes] = {} if kept is None else kept
        self.read: set[bytes] = set()
        self.touched: list[bytes] = []

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept."""
        self.read.add(key)
        return self.kept.get(key)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self.kept[key] = value

    def touch(self, *keys: bytes) -> None:
        """Hold on to entries."""
        assert self.kept.keys() >= set(keys)
        self.touched += keys

    def holds(self, *keys: bytes) -> bool:
        """Say whether something is kept under each of these keys."""
        return self.kept.keys() >= set(keys)


NEWS = (
    # a word that is a common one after all
    ("Vellin spoke to reporters. Nobody else did.", "He said that a vellin swims as the vellin does."),
    # a common word that begins a name after all
    ("The council met. Popular Vellin fell.", "They saw Popular Vellin there."),
    (
        "He called it Popular. It is popular, more popular than popular, said Vellin.\n"
        "Popular Vellin fell.",
        "They saw Popular Vellin there.",
    ),
    # what others say of a name
    ("We saw Vellin there, and we left.", "He arrived in Vellin. They live near Vellin."),
    # a name in a line in capitals
    ("MINISTER TO MEET ARAM DESSALIN\nNothing else was said.", "They saw Mr Aram Dessalin there."),
    # a landmark that is called so
    ("We saw Vellin there, and we left.", "They swam in Lake Vellin, and they left."),
    # a people of a place, a family of a person
    ("On Monday the Korvani left.", "They met in Korvan and stayed in Korvan."),
    ("On Monday the Dessalins left the town.", "They saw Aram Dessalin there. Mr Dessalin spoke."),
)  # fmt: skip
"""What an archive holds, and a text by which other names are found in it."""


@pytest.mark.parametrize(("old", "new"), NEWS)
def test_a_new_document_changes_what_is_found_in_an_old_one_until_it_goes(
    old: str, new: str
) -> None:
    crew = Crew(None, Memory())
    alone, beside = {"a.txt": old}, {"a.txt": old, "b.txt": new}
    assert whole(alone).mentions["a.txt"] != whole(beside).mentions["a.txt"]
    edited = {"a.txt": old, "b.txt": "Nothing else was said."}
    for texts in (alone, beside, alone, {"b.txt": new}, beside, edited):
        alike(whole(texts, crew=crew), whole(texts))


def documents_of(texts: Mapping[str, str]) -> Documents:
    """Give documents that are marked, so that what is found in them can be kept."""
    held = {path: document(path, text) for path, text in texts.items()}
    return Documents(held, {path: f"{path} {text}" for path, text in texts.items()})


def whole(
    texts: Mapping[str, str],
    rulings: tuple[Ruling, ...] = (),
    published: Published | None = None,
    crew: Crew = ALONE,
) -> Resolution:
    documents = documents_of(texts)
    found = recognise(documents, AUTHORITY, rulings=rulings, former=observed_once, crew=crew)
    return resolve(documents, found, AUTHORITY, rulings, published, crew)


def alike(kept: Resolution, anew: Resolution) -> None:
    """Hold what was kept to what was made anew, and both to the marks of their mentions."""
    assert kept == anew
    for found in (kept.mentions, anew.mentions):
        assert isinstance(found, Packed)
        assert found.marks == {path: key_of(found.packed(path)) for path in anew.mentions}


@settings(max_examples=60, deadline=None)
@given(st.lists(CORPORA, min_size=2, max_size=5), RULINGS)
def test_what_was_recognised_has_the_mark_that_it_would_have_anew(
    states: list[dict[str, str]], rulings: tuple[Ruling, ...]
) -> None:
    crew = Crew(None, Memory())
    for texts in states:
        kept, anew = (
            recognise(
                documents_of(texts), AUTHORITY, rulings=rulings, former=observed_once, crew=one
            )
            for one in (crew, ALONE)
        )
        assert kept == anew
        assert kept.marks == anew.marks


def test_a_document_that_is_told_apart_otherwise_has_another_mark_and_the_same_names() -> None:
    crew, held = Crew(None, Memory()), {"a.txt": document("a.txt", "Elena Vargas came.")}
    one, two = (
        recognise(Documents(held, {"a.txt": mark}), AUTHORITY, crew=crew) for mark in ("one", "two")
    )
    assert one == two
    assert two.marks == recognise(Documents(held, {"a.txt": "two"}), AUTHORITY).marks


def test_the_marks_of_what_was_recognised_tell_documents_and_mentions_apart() -> None:
    held = {"a.txt": document("a.txt", "Elena Vargas came.")}
    told = [
        recognise(Documents(held, {"a.txt": mark}), authority).marks["a.txt"]
        for mark in ("one", "two")
        for authority in ((), AUTHORITY)
    ]
    assert len(set(told)) == 4


def observed_once(mark: str) -> Observed:
    """Give what was observed in a document that had this mark."""
    path, _, text = mark.partition(" ")
    return observe(document(path, text).text)


@dataclass(frozen=True, slots=True)
class Word:
    """A name as it stands in a text, with what stands behind it."""

    surface: str
    type: EntityType
    entity: str | None
    behind: str


WORDS = st.builds(
    Word,
    st.sampled_from(
        ["Elena Vargas", "Vargas Elena", "E. Vargas", "Helena Vargas", "Elena Wargas", "Vargas",
         "Otto Vargas", "Elena María Vargas", "Vargas Elena María", "Elena", "Marlow", "Elena Marlow",
         "Marlow Council", "Council of Marlow", "MC", "Marlow Water Board", "Water Board",
         "Marlow Relief Forces", "Marlow Relief Units", "Manchester", "Manchester United", "United",
         "Lake Marlow", "Ministry of Trade", "Trade Ministry"]
    ),
    st.sampled_from(["person", "organisation", "organisation", "place"]),
    st.sampled_from([None, None, None, None, "vargas", "otto", "ht"]),
    st.sampled_from(
        [" and ", ", ", " (", ") ", " met Mr ", " met Mrs ", ". ", ". The other ", ", 43, a painter, ",
         " of Vienna ", " won the football match. ", ", a bowler, "]
    ),
)  # fmt: skip
ROWS = st.lists(WORDS, min_size=1, max_size=6)
SEVERAL = st.dictionaries(st.sampled_from(PATHS), ROWS, max_size=5)
ENTRIES = (
    *AUTHORITY,
    Authority("marlow", "Marlow", "place", ("Lake Marlow",), blocked_aliases=("Marlow Council",)),
    Authority("nobody", "Elena Wargas", "person"),
    Authority("board", "Water Board", "organisation", never=("mc",)),
    Authority("mc", "MC", "organisation"),
)
SPOKEN = st.builds(
    Ruling,
    st.sampled_from(
        ["Elena Vargas", "Vargas", "Marlow", "MC", "nobody", "marlow-place", "vargas-2"]
    ),
    st.sampled_from(
        ["Otto Vargas", "Elena", "Water Board", "Marlow Council", "mc", "elena-marlow"]
    ),
    st.sampled_from(["same", "different"]),
)


SOME_SPOKEN = st.lists(SPOKEN, max_size=3).map(tuple)


def told(rows: Mapping[str, list[Word]]) -> tuple[Documents, Mapping[str, tuple[Mention, ...]]]:
    """Give documents and mentions of which any name may be of anything."""
    texts: dict[str, str] = {}
    found: dict[str, tuple[Mention, ...]] = {}
    for path, words in rows.items():
        text, mentions = "There was ", []
        for word in words:
            end = len(text) + len(word.surface)
            mentions.append(Mention(len(text), end, word.surface, word.type, word.entity))
            text += word.surface + word.behind
        texts[path], found[path] = text, tuple(mentions)
    return documents_of(texts), found


MANY = settings(max_examples=250, deadline=None)


def each_alone(*words: Word) -> dict[str, list[Word]]:
    """Give each name a document of its own."""
    return dict(zip(PATHS, ([word] for word in words), strict=False))


@MANY
@example(
    each_alone(
        Word("Elena Vargas", "person", None, ". "), Word("Vargas Elena", "person", None, ". ")
    ),
    (),
    (),
)
@example(
    each_alone(
        Word("Garran Water Board", "organisation", None, ". "),
        Word("Water Board", "organisation", None, ". "),
        Word("Garran", "place", None, ". "),
    ),
    (),
    (),
)
@example(
    each_alone(
        Word("Manchester United", "organisation", None, " won the football match. "),
        Word("Manchester", "organisation", None, " won the football match. "),
        Word("United", "organisation", None, " won the football match. "),
    ),
    (),
    (),
)
@given(SEVERAL, st.lists(SPOKEN, max_size=2).map(tuple), st.sampled_from([(), ENTRIES]))
def test_any_mentions_come_out_in_circles_as_all_at_once(
    rows: dict[str, list[Word]], rulings: tuple[Ruling, ...], authority: tuple[Authority, ...]
) -> None:
    documents, found = told(rows)
    in_circles = resolve(documents, found, authority, rulings)
    assert in_circles == resolve_at_once(documents, found, authority, rulings)


@MANY
@example(  # a ruling on the id that a mention carries
    {},
    [
        (
            {
                "a.txt": [
                    Word("Elena Vargas", "organisation", "vargas", " and "),
                    Word("Otto Vargas", "person", None, " and "),
                ]
            },
            True,
            (),
        ),
        ({}, False, (Ruling("Vargas", "Otto Vargas", "same"),)),
    ],
    (),
)
@example(  # a name of the authority that has its like again
    {"a.txt": [Word("Elena Vargas", "person", None, ". ")]},
    [
        ({"b.txt": [Word("Marlow", "place", None, ". ")]}, False, ()),
        ({}, True, ()),
        ({"c/d.html": [Word("Elena Vargas", "person", None, ". ")]}, True, ()),
    ],
    ENTRIES,
)
@given(
    SEVERAL,
    st.lists(st.tuples(SEVERAL, st.booleans(), SOME_SPOKEN), max_size=4),
    st.sampled_from([(), ENTRIES]),
)
def test_mentions_and_rulings_that_come_and_go_are_resolved_as_if_nothing_were_kept(
    rows: dict[str, list[Word]],
    days: list[tuple[dict[str, list[Word]], bool, tuple[Ruling, ...]]],
    authority: tuple[Authority, ...],
) -> None:
    crew = Crew(None, Memory())
    former: Published = {}
    for others, come, rulings in days:
        rows = {**rows, **others} if come else rows
        documents, found = told(rows)
        kept = resolve(documents, found, authority, rulings, former, crew)
        alike(kept, resolve(documents, found, authority, rulings, former))
        rows = rows if come else others
        former = {**former, **{one.id: (one.label, *one.aliases) for one in kept.entities}}


@FEW
@given(CORPORA, RULINGS)
@example({"a.txt": "The Marlow Council met.", "b.txt": "Lake Marlow froze."}, ())
@example(
    {"a.txt": "Elena Vargas came.", "b.txt": "Otto Vargas left."},
    (Ruling("otto", "elena-vargas", "different"), Ruling("qasem-dhaheri", "otto", "same")),
)
def test_atoms_in_circles_come_out_as_all_at_once(
    texts: dict[str, str], rulings: tuple[Ruling, ...]
) -> None:
    documents = documents_of(texts)
    for authority in (AUTHORITY, ()):
        found = recognise(documents, authority, rulings=rulings)
        in_circles = resolve(documents, found, authority, rulings)
        assert in_circles == resolve_at_once(documents, found, authority, rulings)


@FEW
@given(st.lists(CORPORA, min_size=2, max_size=5), RULINGS)
def test_what_is_kept_of_other_states_of_an_archive_changes_nothing(
    states: list[dict[str, str]], rulings: tuple[Ruling, ...]
) -> None:
    crew = Crew(None, Memory())
    for texts in states:
        alike(whole(texts, rulings, crew=crew), whole(texts, rulings))


@FEW
@given(CORPORA, st.lists(st.tuples(st.sampled_from(PATHS), STORIES), max_size=4))
def test_an_archive_that_grows_by_a_story_a_day_keeps_its_names(
    texts: dict[str, str], days: list[tuple[str, str]]
) -> None:
    crew = Crew(None, Memory())
    texts = {f"old/{path}": text for path, text in texts.items()}
    former: Published = {}
    for number, (path, text) in enumerate((("first.txt", "Elena Vargas came."), *days)):
        texts = {**texts, f"{number % 3}/{path}": text}
        found = whole(texts, (), former, crew)
        alike(found, whole(texts, (), former))
        former = {one.id: (one.label, *one.aliases) for one in found.entities}


@FEW
@given(CORPORA, CORPORA, st.randoms(use_true_random=False))
def test_a_cache_that_lost_something_changes_nothing(
    before: dict[str, str], after: dict[str, str], chance: random.Random
) -> None:
    cache = Memory()
    whole(before, crew=Crew(None, cache))
    for key in sorted(cache.kept):
        if chance.random() < 0.3:
            del cache.kept[key]
    found = whole({**before, **after}, crew=Crew(None, Forgetful(cache.kept)))
    alike(found, whole({**before, **after}))


class Forgetful(Memory):
    """A cache that may have lost what it is told to hold on to."""

    def touch(self, *keys: bytes) -> None:
        """Hold nothing."""
