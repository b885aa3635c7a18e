"""Describing the sample archive: what a reader once saw said wrongly is said rightly."""

from pathlib import Path

import pytest

from tearsheet.archive import open_archive
from tearsheet.model import Description
from tearsheet.prepare import open_source, prepare, tasks

ARCHIVE = open_archive(Path(__file__).resolve().parents[1] / "corpus")
OPENED = [open_source(file) for file in ARCHIVE.sources]
TASKS = {task.opened.received.path: task for task in tasks(ARCHIVE, OPENED)}


def described(path: str) -> Description:
    """Describe one source of the sample with all that its editor says."""
    found = prepare(TASKS[path]).description
    assert found is not None
    return found


def test_mojibake_is_no_machine_translation() -> None:
    found = described("clippings/003_9d62f0be4417ac35.txt")
    assert "translation" not in found.claims
    assert found.claims["publisher"].value.endswith("Bassarin Evening Post")
    assert "republished_from" not in found.claims


@pytest.mark.parametrize(
    "path", ["saved/2019/conflux-evacuation.html", "saved/2019/radio-narvesh-live.html"]
)
def test_a_stated_date_has_no_note_that_none_is_stated(path: str) -> None:
    found = described(path)
    assert found.claims["published"].how == "stated"
    assert not [note.text for note in found.notes if "No date of publication" in note.text]


def test_a_wire_story_takes_its_year_from_its_copyright_line() -> None:
    found = described("wire/kestrel_20190213_1841.txt").claims
    assert found["published"].value == "2019-02-13"
    assert found["published"].how == "inferred"
    assert "author" in found


def test_highwire_tags_are_read() -> None:
    found = described("saved/2019/penstock-interview.html").claims
    assert (found["published"].value, found["author"].value) == ("2019-06", "Gerrit Halloway")


def test_topics_are_not_taken_for_authors_nor_labels_for_topics() -> None:
    resignation = described("saved/2019/sentinel-resignation.html")
    assert {one.field for one in resignation.conflicts} & {"author", "publisher"} == set()
    assert (
        not described("saved/2019/conflux-evacuation.html").claims["topics"].value.startswith("ged")
    )


def test_a_given_machine_translation_agrees_with_the_suspicion_and_is_serious() -> None:
    found = described("clippings/006_d4c1097be83f5a26.txt")
    assert "translation" not in {one.field for one in found.conflicts}
    notes = [note for note in found.notes if note.kind == "translation"]
    assert notes and all(note.serious for note in notes)
    assert "French" in notes[0].text


def test_the_language_that_a_page_declares_is_believed() -> None:
    claim = described("saved/2018/blue-register.html").claims["language"]
    assert (claim.value.split("-")[0], claim.how) == ("en", "stated")


def test_a_paywall_without_a_percentage_is_told() -> None:
    found = described("saved/2018/blue-register.html")
    assert found.claims["completeness"].value == "cut off by a paywall"
    assert any(note.kind == "paywall" and note.serious for note in found.notes)


def test_the_capture_date_of_a_web_archive_is_no_conflict_with_the_retrieval() -> None:
    found = described("saved/2019/radio-narvesh-live.html")
    assert "retrieved" not in {one.field for one in found.conflicts}


def test_a_letterhead_is_not_the_title_of_a_statement() -> None:
    found = described("official/Statement 23 October (ministry website).txt").claims
    assert found["title"].value.startswith("Statement concerning compensation records")


def test_a_list_of_topics_is_not_the_title() -> None:
    found = described("clippings/001_c07e94a1b23d58f6.txt").claims
    assert found["title"].value.startswith("The dam, the bank and the list")
