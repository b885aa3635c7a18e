"""The command line on whole folders: what an editor types, and what it says."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Checkout

STORY = """The ferry stops running

By Ines Varga

14 March 2019

The ferry between the two banks stopped on Monday, its operator said.

"We have waited for a new engine for two years," said Ines Varga, who runs the landing.

The council will meet on Thursday to talk about a bridge, which would cost four times as much.

Leave a comment

Your name
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bare folder of two files."""
    made = tmp_path / "clippings"
    made.mkdir()
    (made / "ferry.txt").write_text(STORY, encoding="utf-8")
    (made / "bridge.txt").write_text(STORY.replace("ferry", "bridge"), encoding="utf-8")
    return made


def rows(site: Path) -> list[dict[str, object]]:
    lines = (site / "data" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def tree(folder: Path) -> dict[str, bytes]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_bare_folder_becomes_a_site_and_stays_as_it_was(checkout: Checkout, folder: Path) -> None:
    before = tree(folder)
    done = checkout.run("build", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2].startswith("2 sources read, 0 rejected")
    assert (checkout.site / "records" / "ferry" / "index.html").is_file()
    assert (checkout.site / "originals" / "ferry.txt").read_bytes() == STORY.encode()
    assert tree(folder) == before


def test_every_odd_file_gets_its_message_and_nothing_else_is_lost(
    checkout: Checkout, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    sources = archive / "sources"
    sources.mkdir(parents=True)
    for name in ("good.txt", "noted.txt", "twice.txt", "own.txt"):
        (sources / name).write_text(STORY.replace("ferry", name), encoding="utf-8")
    (sources / "empty.txt").write_bytes(b"")
    (sources / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (sources / "noted.txt.yml").write_text("title: [unclosed\n", encoding="utf-8")
    (sources / "own.txt.yml").write_text("publihser: The Ebb\nshelf: B 12\n", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    (sources / "link.txt").symlink_to(tmp_path / "outside.txt")
    (archive / "catalogue.csv").write_text(
        "source,publisher\ntwice.txt,The Ebb\ntwice.txt,The Flow\n", encoding="utf-8"
    )
    done = checkout.run("build", str(archive))
    assert done.returncode == 0, done.stderr
    found = {str(row["path"]): row for row in rows(checkout.site)}
    assert set(found) == {"good.txt", "noted.txt", "twice.txt", "own.txt"}
    said = done.stdout + done.stderr
    for name in ("empty.txt", "picture.txt", "link.txt", "noted.txt.yml", "publihser", "twice.txt"):
        assert name in said, name
    assert "publisher" in json.dumps(found["own.txt"]["notes"])
    assert found["own.txt"]["claims"]["shelf"]["value"] == "B 12"  # type: ignore[index]  # read from JSON
    assert found["twice.txt"]["claims"]["publisher"]["value"] == "The Ebb"  # type: ignore[index]  # as above
    assert not any(b"secret" in content for content in tree(checkout.site).values())


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("corpus.yml", "titel: x\n", "title"),
        ("authority.yml", "- {id: a, label: A, type: persn}\n", "person"),
        ("decisions.yml", "names:\n  - {left: a, right: b, verdict: maybe}\n", "same"),
        ("decisions.yml", "fates:\n  - {source: a.txt, unit: 1, fate: advertt}\n", "advert"),
    ],
)
def test_a_wrong_configuration_stops_the_build_before_it_writes(
    checkout: Checkout, tmp_path: Path, file: str, text: str, expected: str
) -> None:
    sources = tmp_path / "archive" / "sources"
    sources.mkdir(parents=True)
    (sources / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "archive" / file).write_text(text, encoding="utf-8")
    before = tree(checkout.folder)
    done = checkout.run("build", str(tmp_path / "archive"))
    assert done.returncode == 2
    assert file in done.stderr
    assert expected in done.stderr
    changed = {
        path for path, content in tree(checkout.folder).items() if before.get(path) != content
    }
    assert not {path for path in changed if "__pycache__" not in path}
    assert not (tmp_path / "archive" / "register.csv").exists()


def test_a_folder_that_is_not_there_is_named(checkout: Checkout) -> None:
    done = checkout.run("build", "no-such-folder")
    assert done.returncode == 2
    assert "no-such-folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_tells_missing_unexpected_and_changed(checkout: Checkout, folder: Path) -> None:
    checkout.build(str(folder))
    assert checkout.run("check", str(folder)).returncode == 0
    (folder / "ferry.txt").write_text("changed", encoding="utf-8")
    (folder / "bridge.txt").unlink()
    (folder / "new.txt").write_text(STORY, encoding="utf-8")
    done = checkout.run("check", str(folder))
    assert done.returncode == 1
    kinds = [tuple(line.split(": ")[:2]) for line in done.stdout.splitlines()[:-1]]
    assert kinds == [("missing", "bridge.txt"), ("changed", "ferry.txt"), ("unexpected", "new.txt")]
    assert all("expected" in line and "found" in line for line in done.stdout.splitlines()[:-1])


def test_a_changed_source_says_so_on_its_page_until_it_is_accepted(
    checkout: Checkout, folder: Path
) -> None:
    checkout.build(str(folder))
    (folder / "ferry.txt").write_text(STORY + "\nMore.\n", encoding="utf-8")
    checkout.build(str(folder))
    notes = {str(row["path"]): json.dumps(row["notes"]) for row in rows(checkout.site)}
    assert "not the one that was registered" in notes["ferry.txt"]
    assert checkout.run("check", "--accept", str(folder)).returncode == 0
    checkout.build(str(folder))
    notes = {str(row["path"]): json.dumps(row["notes"]) for row in rows(checkout.site)}
    assert "not the one that was registered" not in notes["ferry.txt"]


def test_check_without_a_register_says_what_to_do(checkout: Checkout, folder: Path) -> None:
    done = checkout.run("check", str(folder))
    assert done.returncode == 2
    assert "build the archive once" in done.stderr


def test_a_failed_build_leaves_the_old_site_whole(checkout: Checkout, folder: Path) -> None:
    checkout.build(str(folder))
    before = tree(checkout.site)
    settings = checkout.folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nno_such_setting: 1\n", "utf-8")
    (folder / "third.txt").write_text(STORY, encoding="utf-8")
    assert checkout.run("build", str(folder)).returncode == 2
    assert tree(checkout.site) == before


def test_permalinks_stay_when_sources_are_added(checkout: Checkout, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "sources").mkdir(parents=True)
    (archive / "sources" / "m.txt").write_text(STORY, encoding="utf-8")
    checkout.build(str(archive))
    (archive / "sources" / "a.txt").write_text(STORY.replace("ferry", "a"), encoding="utf-8")
    checkout.build(str(archive))
    with (archive / "register.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["accession"], row["path"]) for row in csv.DictReader(file)]
    assert found == [("0001", "m.txt"), ("0002", "a.txt")]


def test_a_takedown_leaves_a_page_that_says_so_and_nothing_of_the_text(
    checkout: Checkout, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    (archive / "sources").mkdir(parents=True)
    (archive / "sources" / "a.txt").write_text(STORY, encoding="utf-8")
    (archive / "sources" / "b.txt").write_text(STORY.replace("ferry", "zeppelin"), "utf-8")
    (archive / "decisions.yml").write_text(
        "takedowns:\n  - {source: b.txt, reason: asked by its author}\n", encoding="utf-8"
    )
    checkout.build(str(archive))
    page = (checkout.site / "records" / "b" / "index.html").read_text(encoding="utf-8")
    assert "asked by its author" in page
    assert not any(b"zeppelin" in content for content in tree(checkout.site).values())
    shutil.rmtree(archive / "sources", ignore_errors=True)


def test_explain_gives_every_line_of_a_source_as_data(checkout: Checkout, folder: Path) -> None:
    done = checkout.run("explain", str(folder / "ferry.txt"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [unit["number"] for unit in told["units"]] == list(range(1, 16))
    assert [unit["text"] for unit in told["units"]] == STORY.split("\n")[:-1]
    assert set(told["units"][0]) == {"number", "text", "fate", "reason", "confidence"}
    assert set(told["claims"]["title"]) == {"value", "original", "found_in", "how", "confidence"}
    assert told["claims"]["published"]["value"] == "2019-03-14"
    for mention in told["mentions"]:
        assert told["text"][mention["start"] : mention["end"]] == mention["surface"]
    assert any(mention["surface"] == "Ines Varga" for mention in told["mentions"])


def test_explain_hears_the_editor_of_the_archive_around_the_source(checkout: Checkout) -> None:
    first = sorted((checkout.folder / "corpus" / "sources").rglob("*.txt"))[0]
    done = checkout.run("explain", str(first), "--json")
    assert done.returncode == 0, done.stderr
    hows = {claim["how"] for claim in json.loads(done.stdout)["claims"].values()}
    assert "given" in hows


def test_explain_prints_a_table_for_a_person(checkout: Checkout, folder: Path) -> None:
    done = checkout.run("explain", str(folder / "ferry.txt"), env={"COLUMNS": "160"})
    assert done.returncode == 0, done.stderr
    assert "Ledger" in done.stdout
    assert "Leave a comment" in done.stdout
    assert "\x1b[" not in done.stdout  # no colour where it is not a terminal


def test_explain_of_nothing_says_so(checkout: Checkout) -> None:
    done = checkout.run("explain", "nothing.txt")
    assert done.returncode == 2
    assert "nothing.txt" in done.stderr
