"""Laws of names that hold for any documents, in any order, under any rulings."""

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.model import Authority, Document, Resolution, Ruling
from tearsheet.names import linkable, recognise, resolve, sentence
from tearsheet.names.census import Census, Kept
from tearsheet.names.habits import lines
from tearsheet.names.lexicon import lexicon
from tearsheet.names.normal import agree, beginnings, skeleton
from tearsheet.names.observed import answers, observe
from tearsheet.names.titles import title_length
from tearsheet.names.tokens import tokens
from tearsheet.names.vote import cast
from tests.test_names import document

PEOPLE = (
    "Elena Vargas", "Elena María Vargas", "E. Vargas", "Vargas", "Otto Vargas", "Qasem Dhaheri",
    "Ghassem al-Zaheri", "Zaheri", "Ali", "Mohammed Ali", "Mahmoud Ali",
)  # fmt: skip
OTHERS = (
    "Harbour Trust", "Harbour Trust (HT)", "HT", "Foreign Ministry", "the Iraqi Parliament",
    "Vienna", "Peru", "World Cup", "Popular Guard Forces", "Popular Guard Units",
)  # fmt: skip
LINES = (
    "Prime Minister {} met {} in Vienna.", "{} said that {}’s plan failed.", "STRIKE HITS {} AND {}",
    "# {} answers {}", "On Monday {} and {}, 43, left Peru; nobody else did.", "قال {} إلى {}",
)  # fmt: skip
NAMES = st.sampled_from(PEOPLE + OTHERS)
SENTENCES = st.builds(str.format, st.sampled_from(LINES), NAMES, NAMES)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6).map("\n".join)
NOISE = st.text(alphabet=st.sampled_from("AaBb Éé.,'’\"()-\n\u0627\u0301中Ж&1"), max_size=60)
CORPORA = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c/d.html", "e.txt"]), st.one_of(TEXTS, NOISE), max_size=4
)
AUTHORITY = (
    Authority("vargas", "Elena Vargas", "person", ("E. Vargas",), never=("otto",)),
    Authority("otto", "Otto Vargas", "person"),
    Authority("ht", "Harbour Trust", "organisation", ("HT",), context=("Vienna",)),
)
VERDICTS = st.builds(
    Ruling, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(["same", "different"])
)
FEW = settings(max_examples=60, deadline=None)


def documents_of(texts: Mapping[str, str]) -> dict[str, Document]:
    return {path: document(path, text) for path, text in texts.items()}


def whole(
    documents: Mapping[str, Document],
    rulings: tuple[Ruling, ...] = (),
    authority: tuple[Authority, ...] = AUTHORITY,
) -> Resolution:
    return resolve(documents, recognise(documents, authority), authority, rulings)


@FEW
@given(CORPORA)
def test_the_span_of_a_mention_is_its_surface_and_no_two_overlap(texts: dict[str, str]) -> None:
    documents = documents_of(texts)
    for path, mentions in whole(documents).mentions.items():
        for mention in mentions:
            assert documents[path].text[mention.start : mention.end] == mention.surface
            assert mention.entity
        for one, two in pairwise(mentions):
            assert one.end <= two.start


@FEW
@given(st.lists(st.one_of(TEXTS, TEXTS.map(str.upper), TEXTS.map(str.lower), NOISE), max_size=5))
def test_what_a_document_is_told_of_the_corpus_finds_what_the_whole_corpus_finds(
    texts: list[str],
) -> None:
    seen = [observe(text) for text in texts]
    census = Census.of(Kept(), {})
    census.observe((), seen)
    total = census.habits
    for text, one in zip(texts, seen, strict=True):
        found = list(lines(tokens(text)))
        told = answers(one, total).habits
        if one.supported:
            assert cast(found, told, lexicon()) == cast(found, total, lexicon())


@FEW
@given(CORPORA, st.lists(VERDICTS, max_size=3))
def test_the_order_of_documents_does_not_matter(
    texts: dict[str, str], rulings: list[Ruling]
) -> None:
    forward = whole(documents_of(texts), tuple(rulings))
    backward = whole(documents_of(dict(reversed(list(texts.items())))), tuple(rulings))
    assert forward == backward


@FEW
@given(CORPORA, st.lists(VERDICTS, max_size=4))
def test_an_editors_different_is_never_overruled(
    texts: dict[str, str], rulings: list[Ruling]
) -> None:
    found = whole(documents_of(texts), tuple(rulings), ())
    of_name: dict[str, set[str]] = {}
    for mentions in found.mentions.values():
        for mention in mentions:
            of_name.setdefault(mention.surface, set()).add(str(mention.entity))
    for ruling in rulings:
        if ruling.verdict == "different" and ruling.left != ruling.right:
            assert not of_name.get(ruling.left, set()) & of_name.get(ruling.right, set())


@FEW
@given(CORPORA, st.lists(VERDICTS, max_size=3))
def test_entities_that_the_authority_keeps_apart_are_never_one(
    texts: dict[str, str], rulings: list[Ruling]
) -> None:
    found = whole(documents_of(texts), tuple(rulings))
    entities = {
        m.entity for ms in found.mentions.values() for m in ms if m.surface == "Otto Vargas"
    }
    assert entities <= {"otto"}


@FEW
@given(CORPORA)
def test_ids_are_unique_ascii_slugs_and_every_entity_is_listed(texts: dict[str, str]) -> None:
    found = whole(documents_of(texts))
    ids = [entity.id for entity in found.entities]
    assert len(ids) == len(set(ids))
    assert all(name.isascii() and name == name.lower() and " " not in name for name in ids)
    assert {str(m.entity) for ms in found.mentions.values() for m in ms} <= set(ids)


@FEW
@given(CORPORA)
def test_links_never_overlap_and_leave_the_text_as_it_was(texts: dict[str, str]) -> None:
    documents = documents_of(texts)
    for path, mentions in whole(documents).mentions.items():
        text, last = documents[path].text, 0
        pieces: list[str] = []
        for link in linkable(documents[path], mentions):
            assert link.start >= last
            pieces += [text[last : link.start], link.surface]
            last = link.end
        assert "".join([*pieces, text[last:]]) == text


@FEW
@given(CORPORA)
def test_a_sentence_holds_its_mention_within_its_line(texts: dict[str, str]) -> None:
    documents = documents_of(texts)
    for path, mentions in whole(documents).mentions.items():
        text = documents[path].text
        for mention in mentions:
            start, end = sentence(text, mention.start, mention.end)
            assert start <= mention.start
            assert mention.end <= end
            assert "\n" not in text[start:end]


GIVEN = sorted(name.lower() for name in lexicon().given_names)


@FEW
@given(st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_names_that_agree_begin_alike(left: str, right: str) -> None:
    alike = [name for name in GIVEN if skeleton(name) == skeleton(left)]
    for other in (right, left[0], *alike, *lexicon().nicknames):
        if agree(left, other):
            assert not beginnings(left).isdisjoint(beginnings(other))


@given(st.sampled_from(sorted(lexicon().cues["titles"])))
def test_every_title_that_is_known_is_found_where_it_stands(title: str) -> None:
    (line,) = lines(tokens(f"{title} Berg"))
    assert title_length(line, 0, len(line.tokens), lexicon()) > 0
