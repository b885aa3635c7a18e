"""The review in a terminal: what is asked, what is written, what the next build makes of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tearsheet.archive import open_archive
from tearsheet.commands import load
from tearsheet.commands.review import Editor, pending, review
from tearsheet.errors import CorpusError
from tearsheet.pages.compose import compose
from tests.conftest import Checkout

EDITOR = Editor("M. Okafor", "2026-02-03")
TEXTS = {
    "one.txt": "The quay\n\nHarbour master Yusuf Karim opened the quay on Monday, he told reporters.\n",
    "two.txt": "The lock\n\nThe lock was shut by Yusif Kareem, a pilot of the upper town, on Friday.\n",
    "three.txt": "The boat\n\nYusuf Karim and his brother bought a boat from the harbour company.\n",
}
DOUBTFUL = {
    "four.txt": "The mole\n\nHassan Ali Ahmed opened the mole on Monday, he told reporters.\n",
    "five.txt": "The pier\n\nHassan Ahmed, a lawyer, said that the pier was shut on Monday.\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    sources = tmp_path / "archive" / "sources"
    sources.mkdir(parents=True)
    for name, text in TEXTS.items():
        (sources / name).write_text(text, encoding="utf-8")
    return sources.parent


def answering(*answers: str) -> Callable[[str], str]:
    left = list(answers)
    return lambda question: left.pop(0)


def rule(archive: Path, verdict: str) -> None:
    ruling = {"left": "Yusuf Karim", "right": "Yusif Kareem", "verdict": verdict}
    text = yaml.safe_dump({"names": [ruling]})
    (archive / "decisions.yml").write_text(text, encoding="utf-8")


def test_a_bare_folder_has_no_place_for_rulings(archive: Path) -> None:
    with pytest.raises(CorpusError, match=r"has no decisions\.yml"):
        review(archive / "sources", {}, EDITOR, ask=answering(), say=print)


def test_quitting_writes_nothing(archive: Path) -> None:
    assert review(archive, {}, EDITOR, ask=lambda question: "q", say=print) == 0
    assert not (archive / "decisions.yml").exists()


def test_an_answer_is_written_with_who_when_and_why_and_not_asked_again(archive: Path) -> None:
    for name, text in DOUBTFUL.items():
        (archive / "sources" / name).write_text(text, encoding="utf-8")
    before = pending(archive, {})
    assert len(before) == 1
    said: list[str] = []
    asked = answering("x", "d", "two desks")
    assert review(archive, {}, EDITOR, ask=asked, say=said.append) == 1
    rulings = yaml.safe_load((archive / "decisions.yml").read_text(encoding="utf-8"))["names"]
    assert rulings[0]["verdict"] == "different"
    assert (rulings[0]["who"], str(rulings[0]["when"])) == ("M. Okafor", "2026-02-03")
    assert rulings[0]["reason"] == "two desks"
    assert pending(archive, {}) == ()


def test_a_merge_leads_on_from_the_old_address(checkout: Checkout, archive: Path) -> None:
    rule(archive, "different")
    checkout.build(str(archive))
    assert (checkout.site / "entities" / "yusif-kareem" / "index.html").is_file()
    rule(archive, "same")
    checkout.build(str(archive))
    entities = json.loads((checkout.site / "data" / "entities.json").read_text(encoding="utf-8"))
    standing = {one["id"] for one in entities} & {"yusuf-karim", "yusif-kareem"}
    assert len(standing) == 1
    (gone,) = {"yusuf-karim", "yusif-kareem"} - standing
    page = (checkout.site / "entities" / gone / "index.html").read_text(encoding="utf-8")
    assert f'content="0; url=../{standing.pop()}/"' in page


def test_the_list_can_be_printed_without_being_asked(checkout: Checkout, archive: Path) -> None:
    done = checkout.run("review", str(archive), "--list")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("pairs of names in doubt.")


MERGED = {
    "six.txt": "The dyke\n\nQasem Dhaheri, a surveyor, walked the dyke on Monday, he told reporters.\n",
    "seven.txt": "The sluice\n\nThe sluice was shut on Friday by Ghassem Zaheri, a surveyor of the town.\n",
}


def surveyors(archive: Path) -> set[str]:
    found = open_archive(archive)
    corpus = load(found, (), lambda step, done, total: None)
    return {one.id for one in corpus.entities if one.id.endswith("ri")}


@pytest.fixture
def merged_archive(archive: Path) -> Path:
    for name, text in MERGED.items():
        (archive / "sources" / name).write_text(text, encoding="utf-8")
    return archive


def test_a_wrong_merge_is_split_as_easily_as_one_is_made(merged_archive: Path) -> None:
    assert len(surveyors(merged_archive)) == 1
    said: list[str] = []
    asked = answering("d", "two towns")
    assert review(merged_archive, {}, EDITOR, ask=asked, say=said.append, merged=True) == 1
    assert any("Qasem Dhaheri" in line for line in said)
    assert any("Ghassem Zaheri" in line for line in said)
    assert surveyors(merged_archive) == {"qasem-dhaheri", "ghassem-zaheri"}
    assert pending(merged_archive, {}, merged=True) == ()


def test_a_split_taken_back_by_hand_is_a_merge_again(merged_archive: Path) -> None:
    ruling = {"left": "Qasem Dhaheri", "right": "Ghassem Zaheri", "verdict": "different"}
    decisions = merged_archive / "decisions.yml"
    decisions.write_text(yaml.safe_dump({"names": [ruling]}), encoding="utf-8")
    assert len(surveyors(merged_archive)) == 2
    decisions.write_text(yaml.safe_dump({"names": [{**ruling, "verdict": "same"}]}), "utf-8")
    assert len(surveyors(merged_archive)) == 1
    decisions.unlink()
    assert len(surveyors(merged_archive)) == 1


def test_a_merge_that_an_editor_confirmed_is_not_asked_about_again(merged_archive: Path) -> None:
    assert len(pending(merged_archive, {}, merged=True)) == 1
    review(merged_archive, {}, EDITOR, ask=answering("s", ""), say=print, merged=True)
    assert pending(merged_archive, {}, merged=True) == ()
    assert len(surveyors(merged_archive)) == 1


def test_the_page_of_names_in_doubt_tells_what_was_merged_and_why(merged_archive: Path) -> None:
    corpus = load(open_archive(merged_archive), (), lambda step, done, total: None)
    page = next(page for page in compose(corpus) if page.path == "archive/review.md")
    assert "“Ghassem Zaheri” and “Qasem Dhaheri” are spellings of one name" in page.body
    assert "walked the dyke on Monday" in page.body
    assert "The sluice was shut on Friday" in page.body
