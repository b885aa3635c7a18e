"""Names in five real sources about one affair; skipped where those are not at hand."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from bench.entities import cubed
from tearsheet.clean import clean
from tearsheet.model import Authority, Document, Resolution
from tearsheet.names import recognise, resolve
from tearsheet.readers import read
from tests.test_names import entry

SOURCES = Path(__file__).resolve().parents[1].parent / "shared" / "sources"
pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason="the five shared sources are absent")

CASES = Path(__file__).parent / "cases" / "sources"
AUTHORITY = tuple(
    entry(given) for given in yaml.safe_load((CASES / "authority.yml").read_text("utf-8"))
)
GOLD = {
    number: tuple(tuple(line.split(" = ")) for line in lines)
    for number, lines in yaml.safe_load((CASES / "mentions.yml").read_text("utf-8")).items()
}
"""By the number at the head of a file's name: what the text names, in order, and who that is."""

MENTION_F = 0.98
"""The issue asks for 0.95. Measured: 0.990."""
CUBED_F = 97.0
"""The issue's floor, on all mentions found or not."""

SAME = (
    {"Mustafa Al-Kadhimi", "Mustafa Kadhimi", "Mustafa Kadhemi", "Moustafa al-Kazimi",
     "Mostafa Al Kazimi", "Kadhimi", "Kadhemi"},
    {"Qasem Soleimani", "Ghassem Soleimani", "Qassem Soleimani"},
    {"Ali al-Sistani", "Ali Sistani", "Sistani"},
    {"Abbas Kadhim"}, {"David Hale"}, {"David Schenker", "Schenker"}, {"Hassan Ahmed"},
    {"Hassan Ali Ahmed"}, {"Ali Khamenei"}, {"Adel Abdel Mahdi"}, {"Abu Mahdi al-Muhandis"},
)  # fmt: skip
"""The people that several of the sources name, each with every form of the name."""


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Document]:
    files = sorted(SOURCES.glob("*.txt"))
    return {file.name: clean(read(file.name, file.read_bytes())) for file in files}


def by_surface(found: Resolution) -> dict[str, set[str]]:
    entities: dict[str, set[str]] = {}
    for mentions in found.mentions.values():
        for mention in mentions:
            entities.setdefault(mention.surface, set()).add(str(mention.entity))
    return entities


@pytest.mark.parametrize("authority", [(), AUTHORITY], ids=["without authority", "with authority"])
def test_every_form_of_a_persons_name_is_one_person_and_nobody_else(
    documents: Mapping[str, Document], authority: tuple[Authority, ...]
) -> None:
    entities = by_surface(resolve(documents, recognise(documents, authority), authority, ()))
    pages = []
    for forms in SAME:
        mine = {e for form in forms for e in entities.get(form, ())}
        assert len(mine) <= 1, (forms, mine)
        pages += sorted(mine)
    assert len(pages) == len(set(pages))
    assert len(pages) >= len(SAME) - 2  # two stand in lines that cleaning may set aside


def test_the_authoritys_names_land_on_their_pages(documents: Mapping[str, Document]) -> None:
    entities = by_surface(resolve(documents, recognise(documents, AUTHORITY), AUTHORITY, ()))
    wanted = {
        "Mustafa Kadhimi": "kadhimi", "Moustafa al-Kazimi": "kadhimi", "Kadhemi": "kadhimi",
        "Ghassem Soleimani": "soleimani", "Ali al-Sistani": "sistani", "Sistani": "sistani",
        "Ali Khamenei": "khamenei", "PMF": "pmf", "PMU": "pmf", "ISIS": "islamic-state",
        "Popular Mobilization Units": "pmf", "Islamic State": "islamic-state",
        "Abbas Kadhim": "abbas-kadhim", "David Hale": "hale", "Schenker": "schenker",
    }  # fmt: skip
    for surface, name in wanted.items():
        assert entities.get(surface) == {name}, surface


def test_the_state_department_is_one_organisation_and_islamic_state_another(
    documents: Mapping[str, Document],
) -> None:
    entities = by_surface(resolve(documents, recognise(documents, ()), (), ()))
    states = {e for n in ("Islamic State", "ISIS", "IS") for e in entities.get(n, ())}
    assert len(states) == 1
    offices = [entities[n] for n in ("Department of State", "State Department") if n in entities]
    assert not any(states & office for office in offices)


def test_what_a_reader_laughed_at_is_gone(documents: Mapping[str, Document]) -> None:
    found = resolve(documents, recognise(documents, ()), (), ())
    types = {entity.label: entity.type for entity in found.entities}
    assert not {"Near East", "Media Office", "Al Quds", "REUTERS"} & types.keys()
    assert types["Al Quds force"] == types["Reuters"] == "organisation"
    assert types["Ali"] == "person"  # a man of Basra, and neither ayatollah


Place = tuple[str, int, int]


def annotated(documents: Mapping[str, Document]) -> dict[Place, str]:
    """Give the entity of every annotated place."""
    found: dict[Place, str] = {}
    for path, one in documents.items():
        end = 0
        for surface, name in GOLD[path.split("_")[0]]:
            whole = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
            match = whole.search(one.text, end)
            assert match, (path, surface)
            start, end = match.span()
            found[path, start, end] = name
    return found


def predicted(found: Resolution) -> dict[Place, str]:
    return {
        (path, m.start, m.end): str(m.entity) for path, ms in found.mentions.items() for m in ms
    }


def shared_pages(truth: Mapping[Place, str], answer: Mapping[Place, str]) -> dict[str, set[str]]:
    """Give the pages on which two things or more are, with those."""
    pages: dict[str, set[str]] = {}
    for place in truth.keys() & answer.keys():
        pages.setdefault(answer[place], set()).add(truth[place])
    return {page: names for page, names in pages.items() if len(names) > 1}


def test_with_the_authority_no_merge_is_wrong_and_mentions_reach_the_floor(
    documents: Mapping[str, Document],
) -> None:
    found = resolve(documents, recognise(documents, AUTHORITY), AUTHORITY, ())
    truth, answer = annotated(documents), predicted(found)
    assert shared_pages(truth, answer) == {}
    known = {entry.id for entry in AUTHORITY}
    right = sum(answer.get(p) == n if n in known else p in answer for p, n in truth.items())
    precision, recall = right / len(answer), right / len(truth)
    assert 2 * precision * recall / (precision + recall) >= MENTION_F
    assert all(answer.get(place) == name for place, name in truth.items() if name in known)


def test_without_an_authority_nobody_is_merged_wrongly_and_clusters_reach_the_floor(
    documents: Mapping[str, Document],
) -> None:
    truth = annotated(documents)
    answer = predicted(resolve(documents, recognise(documents, ()), (), ()))
    assert shared_pages(truth, answer) == {}
    handles = {p for p in truth if documents[p[0]].text[p[1]] == "@"}  # the authority's alone
    wanted = {place: name for place, name in truth.items() if place not in handles}
    given = {place: name for place, name in answer.items() if place in wanted}
    assert cubed(wanted, given)[2] >= CUBED_F
