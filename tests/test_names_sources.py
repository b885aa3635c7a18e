"""Names in five real sources about one affair; skipped where those are not at hand."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tearsheet.clean import clean
from tearsheet.model import Authority, Document, Resolution
from tearsheet.names import recognise, resolve
from tearsheet.readers import read

SOURCES = Path(__file__).resolve().parents[1].parent / "shared" / "sources"
pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason="the five shared sources are absent")

AUTHORITY = (
    Authority("kadhimi", "Mustafa al-Kadhimi", "person", ("Kadhimi", "Kadhemi", "al-Kazimi")),
    Authority("soleimani", "Qasem Soleimani", "person", ("Soleimani",)),
    Authority("sistani", "Ali al-Sistani", "person", ("Sistani", "Ali Sistani")),
    Authority("khamenei", "Ali Khamenei", "person", ("Khamenei",)),
    Authority("kadhim", "Abbas Kadhim", "person", never=("kadhimi",)),
    Authority(
        "pmf", "Popular Mobilization Forces", "organisation",
        ("PMF", "PMU", "Popular Mobilization Units"),
    ),
    Authority(
        "state-department", "Department of State", "organisation",
        ("State Department", "@StateDept", "StateDept"),
    ),
    Authority(
        "islamic-state", "Islamic State", "organisation", ("ISIS", "IS", "ISIL", "Daesh"),
        blocked_aliases=(),
    ),
    Authority("schenker", "David Schenker", "person", ("Schenker",)),
    Authority("hale", "David Hale", "person", ("Hale",), never=("schenker",)),
)  # fmt: skip

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
        "Abbas Kadhim": "kadhim", "David Hale": "hale", "Schenker": "schenker",
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
