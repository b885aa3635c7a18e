"""Names in the sample archive: no wrong merge, no junk, as a reader once saw."""

from functools import cache
from pathlib import Path

import pytest

from tearsheet.archive import open_archive
from tearsheet.commands import load
from tearsheet.model import Corpus, Entity

FOLDER = Path(__file__).resolve().parents[1] / "corpus"


@cache
def corpus() -> Corpus:
    """Run every step on the sample, once."""
    return load(open_archive(FOLDER), (), lambda step, done, total: None)


def entities_of(surface: str) -> set[str]:
    """Give the labels of the entities that this very surface was resolved to anywhere."""
    labels = {entity.id: entity.label for entity in corpus().entities}
    return {
        labels[mention.entity]
        for record in corpus().records
        for mention in record.mentions
        if mention.surface == surface and mention.entity
    }


def named(label: str) -> Entity | None:
    return next((one for one in corpus().entities if one.label == label), None)


@pytest.mark.parametrize(
    ("surface", "label"),
    [
        ("BASSARIN", "Bassarin"),  # a dateline, not the newspaper
        ("Youssouf Karaouine", "Yusef Qarawin"),  # the editor's ruling
        ("Evening Post", "Bassarin Evening Post"),
        ("Yara", "Yara Lindqvast"),  # the reporter, not a town spelled like her
        ("Lyceum", "Bassarin Lyceum"),
    ],
)
def test_a_surface_lands_on_its_one_page(surface: str, label: str) -> None:
    assert entities_of(surface) <= {label}


@pytest.mark.parametrize("surface", ["Narvesh", "Lands Yusef Qarawin", "M. Mariam Qarawin"])
def test_a_surface_is_not_taken_for_what_it_is_not(surface: str) -> None:
    assert not entities_of(surface) & {"Narvesh Valley Authority", "Yusef Qarawin"}
    if " " in surface:
        assert entities_of(surface) == set()


@pytest.mark.parametrize(
    "label",
    ["PRESENTER", "SPONSORED", "UPDATE", "GMT", "The Minister", "Korvanese", "Ministry (United States)",
     "ADRASHT", "LAKE NARVESH", "Waters", "Lands Yusef Qarawin", "P-17", "Yara"],
)  # fmt: skip
def test_junk_has_no_page(label: str) -> None:
    assert named(label) is None


@pytest.mark.parametrize(
    ("label", "type_"),
    [
        ("Safety Facility", "person"),
        ("Ormund Geophysics", "person"),
        ("The Adrasht Sentinel", "person"),
    ],
)
def test_an_organisation_is_no_person(label: str, type_: str) -> None:
    found = named(label)
    assert found is None or found.type != type_


@pytest.mark.parametrize("label", ["Narvesh", "Harrow Ford", "Tell Amar", "Upper Narvesh"])
def test_a_place_is_a_place_and_nothing_else(label: str) -> None:
    assert {one.type for one in corpus().entities if one.label == label} == {"place"}


def test_what_a_minister_is_minister_of_is_not_the_ministry() -> None:
    assert not entities_of("Waters")


def test_a_blocked_alias_is_not_put_to_the_editor_again() -> None:
    pairs = {frozenset((pair.left, pair.right)) for pair in corpus().review}
    assert frozenset(("hamid-qarawin", "qarawin")) not in pairs
    assert pairs


def test_what_an_editor_merged_is_told_on_whose_word() -> None:
    minister = named("Yusef Qarawin")
    assert minister is not None
    assert any("Halloran" in one for one in minister.evidence)
