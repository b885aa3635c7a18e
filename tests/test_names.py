"""Names: recognised, resolved and linked as the cases say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tearsheet.model import (
    Authority,
    Block,
    Document,
    EntityType,
    Entry,
    Fate,
    Mention,
    Resolution,
    Ruling,
    Source,
    Unit,
)
from tearsheet.names import linkable, recognise, resolve, sentence

CASES = Path(__file__).parent / "cases" / "names"


def document(path: str, text: str) -> Document:
    """Give a cleaned document of one paragraph a line; a line `# …` is a heading."""
    units, entries, blocks, shown, start = [], [], [], [], 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.removeprefix("# ").strip()
        fate = Fate.HEADING if line.startswith("# ") else Fate.PARAGRAPH
        units.append(Unit(number, words))
        entries.append(Entry(number, fate if words else Fate.BLANK, "made for a test", 1.0))
        if words:
            blocks.append(Block(number, fate, start, start + len(words)))
            shown.append(words)
            start += len(words) + 2
    source = Source(path, "", 0, "text/plain", "utf-8", "test", tuple(units))
    return Document(source, tuple(entries), "\n\n".join(shown), tuple(blocks))


def entry(given: dict[str, Any]) -> Authority:
    """Give an entry of an authority file."""
    lists = ("aliases", "same_as", "context", "blocked_aliases")
    fields: dict[str, Any] = {
        k: tuple(v) if k in lists else v for k, v in given.items() if k != "not"
    }
    return Authority(never=tuple(given.get("not", ())), **fields)


def resolved(case: dict[str, Any]) -> Resolution:
    """Recognise and resolve the documents of a case."""
    documents = {path: document(path, text) for path, text in case["documents"].items()}
    authority = tuple(entry(given) for given in case.get("authority", ()))
    rulings = tuple(Ruling(**given) for given in case.get("rulings", ()))
    return resolve(documents, recognise(documents, authority), authority, rulings)


def entities_of(found: Resolution, wanted: str) -> set[str]:
    """Give the entities of a surface, or of `path: surface`."""
    path, _, surface = wanted.rpartition(": ")
    return {
        str(mention.entity)
        for where, mentions in found.mentions.items()
        for mention in mentions
        if mention.surface == surface and path in ("", where)
    }


def cases() -> list[dict[str, Any]]:
    """Read every case."""
    files = sorted(CASES.glob("*.yml"))
    return [case for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


@pytest.fixture(params=cases(), ids=lambda case: case["case"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_names_come_out_as_the_case_says(case: dict[str, Any]) -> None:
    found = resolved(case)
    for group in case.get("together", ()):
        each = [entities_of(found, surface) for surface in group]
        assert all(each), f"not found: {group} in {found.mentions}"
        assert len(set.union(*each)) == 1, f"not together: {group}: {each}"
    for left, right in case.get("apart", ()):
        one, two = entities_of(found, left), entities_of(found, right)
        assert one and two, f"not found: {left} or {right} in {found.mentions}"
        assert not one & two, f"not apart: {left}, {right}: {one}"
    surfaces = {m.surface for mentions in found.mentions.values() for m in mentions}
    assert not surfaces & set(case.get("absent", ()))
    shown = [m.surface for mentions in found.mentions.values() for m in mentions]
    assert all(shown.count(surface) == 1 for surface in case.get("once", ()))
    for surface, number in case.get("count", {}).items():
        assert len(entities_of(found, surface)) == number
    for surface, name in case.get("entity", {}).items():
        assert entities_of(found, surface) == {name}


def test_types_are_as_the_case_says(case: dict[str, Any]) -> None:
    found = resolved(case)
    for surface, kind in case.get("types", {}).items():
        types = {m.type for ms in found.mentions.values() for m in ms if m.surface == surface}
        assert types == {kind}, surface


def test_labels_are_as_the_case_says(case: dict[str, Any]) -> None:
    found = resolved(case)
    labels = {entity.id: entity.label for entity in found.entities}
    for surface, label in case.get("labels", {}).items():
        assert {labels[name] for name in entities_of(found, surface)} == {label}


def test_review_holds_the_pairs_of_the_case(case: dict[str, Any]) -> None:
    found = resolved(case)
    pairs = {frozenset((pair.left, pair.right)) for pair in found.review}
    for left, right in case.get("review", ()):
        one, two = entities_of(found, left), entities_of(found, right)
        assert any(frozenset((a, b)) in pairs for a in one for b in two), (left, right, pairs)
    if case.get("review") == []:
        assert not pairs


def test_every_mention_is_resolved_to_an_entity_of_its_type(case: dict[str, Any]) -> None:
    found = resolved(case)
    types = {entity.id: entity.type for entity in found.entities}
    for mentions in found.mentions.values():
        assert all(types[str(m.entity)] == m.type for m in mentions)


def test_entities_of_the_authority_are_listed_also_where_nothing_mentions_them() -> None:
    authority = (Authority("lost-isle", "Lost Isle", "place", ("Isle of Loss",)),)
    found = resolve({}, {}, authority, ())
    assert [entity.id for entity in found.entities] == ["lost-isle"]
    assert found.entities[0].from_authority


def test_ids_of_two_things_of_one_name_differ_by_type_then_number() -> None:
    text = "The talks took place in Washington. Everyone in Washington knew. Mr Washington waved."
    documents = {"a.txt": document("a.txt", text)}
    places = [i for i in range(len(text)) if text.startswith("Washington", i)]
    kinds: tuple[EntityType, ...] = ("place", "place", "person")
    mentions = tuple(
        Mention(i, i + 10, "Washington", kind) for i, kind in zip(places, kinds, strict=True)
    )
    found = resolve(documents, {"a.txt": mentions}, (), ())
    assert {e.id for e in found.entities} == {"washington", "washington-person"}


def test_the_first_mention_in_each_section_is_linked_and_none_in_a_heading() -> None:
    text = "Elena Vargas came. Elena Vargas left.\n# Elena Vargas speaks\nElena Vargas spoke."
    one = document("a.txt", text)
    found = resolve({"a.txt": one}, recognise({"a.txt": one}, ()), (), ()).mentions["a.txt"]
    linked = linkable(one, found)
    assert [m.surface for m in linked] == ["Elena Vargas", "Elena Vargas"]
    assert linked[0].start == 0
    assert linked[1].start == one.text.rindex("Elena")


def test_the_longest_of_overlapping_mentions_is_linked() -> None:
    one = document("a.txt", "The University of Oslo answered.")
    inner = Mention(18, 22, "Oslo", "place", "oslo")
    outer = Mention(4, 22, "University of Oslo", "organisation", "university-of-oslo")
    assert linkable(one, (inner, outer)) == (outer,)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("It rained. Gen. A. B. Moen left. He sang.", "Moen", "Gen. A. B. Moen left."),
        ("One line.\n\nMoen sat in the U.S. embassy? No.", "Moen", "Moen sat in the U.S. embassy?"),
        ("He said “Moen is here.” Nobody spoke.", "Moen", "He said “Moen is here.”"),
        ("no end to this Moen", "Moen", "no end to this Moen"),
    ],
)
def test_a_mention_is_quoted_in_its_sentence(text: str, name: str, expected: str) -> None:
    start = text.index(name)
    begin, end = sentence(text, start, start + len(name))
    assert text[begin:end] == expected


def test_a_ruling_is_told_as_evidence_and_reaches_an_entity_that_no_text_names() -> None:
    text = "The singer known as Old Crow came to Oslo. Mr Crow sang."
    documents = {"a.txt": document("a.txt", text)}
    authority = (Authority("Q42", "Hedda Lunde", "person"),)
    ruling = Ruling("Crow", "Q42", "same", "the keeper", "2026-02-03", "her stage name")
    found = resolve(documents, recognise(documents, authority), authority, (ruling,))
    assert entities_of(found, "Crow") == {"Q42"}
    hedda = next(entity for entity in found.entities if entity.id == "Q42")
    assert hedda.label == "Hedda Lunde"
    assert "Crow" in hedda.aliases
    assert any("the keeper" in word and "her stage name" in word for word in hedda.evidence)


def test_two_entities_of_the_authority_that_an_editor_joins_have_one_page() -> None:
    documents = {"a.txt": document("a.txt", "Iris Moen wrote to Ivar Lund in Oslo.")}
    authority = (
        Authority("iris", "Iris Moen", "person"),
        Authority("ivar", "Ivar Lund", "person"),
    )
    ruling = Ruling("iris", "ivar", "same")
    found = resolve(documents, recognise(documents, authority), authority, (ruling,))
    assert {e.id for e in found.entities if e.type == "person"} == {"iris"}
    assert entities_of(found, "Ivar Lund") == {"iris"}
