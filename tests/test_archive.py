"""An archive is opened whole or not at all, and every mistake is named at once."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tearsheet.archive import open_archive
from tearsheet.errors import CorpusError
from tearsheet.model import Fate

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "archive" / "mistakes.yml").read_text(encoding="utf-8")
)


def archive_of(folder: Path, **files: str) -> Path:
    """Write an archive with one source, and these files beside it."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "a.txt").write_text("A harbour.\n", encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_yml", ".yml").replace("_csv", ".csv")).write_text(
            content, encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_each_mistake_is_named_with_its_place_and_the_way_out(
    case: dict[str, Any], tmp_path: Path
) -> None:
    folder = archive_of(tmp_path)
    for name, content in case.get("files", {}).items():
        (folder / name).write_text(content, encoding="utf-8")
    for name, content in case.get("bytes", {}).items():
        (folder / name).write_bytes(bytes.fromhex(content))
    with pytest.raises(CorpusError) as stopped:
        open_archive(folder)
    for words in case["says"]:
        assert words in str(stopped.value)


def test_every_mistake_is_named_in_one_go(tmp_path: Path) -> None:
    folder = archive_of(
        tmp_path, corpus_yml="titel: A\nkeper: B\n", decisions_yml="names:\n  - {left: a}\n"
    )
    with pytest.raises(CorpusError, match="4 problems") as stopped:
        open_archive(folder)
    for words in ("'titel'", "'keper'", "'right'", "'verdict'"):
        assert words in str(stopped.value)


def test_an_archive_that_is_written_well_comes_out_as_written(tmp_path: Path) -> None:
    folder = archive_of(
        tmp_path,
        corpus_yml="title: 1984\nlanguages: [no, en]\nday_first: yes\nsite_url: https://a.example/\n",
        authority_yml="- {id: a-b, label: A. Berg, type: person, not: [c-d], aliases: [Berg]}\n"
        "- {id: c-d, label: C. Dahl, type: person}\n",
        decisions_yml="fates:\n  - {source: sources/a.txt, unit: 1, fate: advert, when: 2026-01-05}\n"
        "takedowns:\n  - {source: a.txt, reason: asked for}\n",
    )
    archive = open_archive(folder)
    assert archive.settings.title == "1984"
    assert archive.settings.languages == ("no", "en")
    assert archive.settings.day_first is True
    assert archive.authority[0].never == ("c-d",)
    assert archive.decisions.fates[0].source == "a.txt"
    assert archive.decisions.fates[0].fate is Fate.ADVERT
    assert archive.decisions.fates[0].when == "2026-01-05"
    assert archive.decisions.takedowns[0].source == "a.txt"
    assert archive.warnings == ()


def test_a_ruling_on_no_known_source_or_entry_is_a_warning(tmp_path: Path) -> None:
    folder = archive_of(
        tmp_path,
        authority_yml="- {id: a-b, label: A, type: person, not: [a-c]}\n",
        decisions_yml="fates:\n  - {source: b.txt, unit: 1, fate: advert}\n"
        "fields:\n  - {source: c.txt, field: title, value: C}\n"
        "takedowns:\n  - {source: d.txt, reason: asked for}\n",
    )
    warnings = "\n".join(open_archive(folder).warnings)
    for words in ("'a-c'", "fates [1]: found no source 'b.txt'", "'c.txt'", "takedowns [1]"):
        assert words in warnings


def test_sources_are_found_at_any_depth_and_in_order_of_their_paths(tmp_path: Path) -> None:
    folder = archive_of(tmp_path)
    for name in ("z.html", "b/ß 2.txt", "b/a.txt", ".hidden", "b/.DS_Store", "Thumbs.db"):
        file = folder / "sources" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x", encoding="utf-8")
    archive = open_archive(folder)
    assert [source.path for source in archive.sources] == [
        "a.txt",
        "b/a.txt",
        "b/ß 2.txt",
        "z.html",
    ]
    assert archive.left_out == ()


def test_links_out_of_the_archive_round_in_circles_and_to_nothing_are_left_out(
    tmp_path: Path,
) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("secret", encoding="utf-8")
    folder = archive_of(tmp_path / "archive")
    sources = folder / "sources"
    (sources / "out.txt").symlink_to(outside)
    (sources / "up").symlink_to(tmp_path)
    (sources / "round").symlink_to(sources)
    (sources / "gone.txt").symlink_to(sources / "nothing.txt")
    (sources / "self").symlink_to(sources / "self")
    (sources / "again.txt").symlink_to(sources / "a.txt")
    archive = open_archive(folder)
    assert [source.path for source in archive.sources] == ["a.txt", "again.txt"]
    reasons = {one.path: one.reason for one in archive.left_out}
    assert sorted(reasons) == ["gone.txt", "out.txt", "round", "self", "up"]
    assert "leaves the archive" in reasons["out.txt"]
    assert "leaves the archive" in reasons["up"]
    assert "nothing" in reasons["gone.txt"]


def test_a_pipe_and_a_name_that_is_no_text_are_left_out(tmp_path: Path) -> None:
    folder = archive_of(tmp_path)
    os.mkfifo(folder / "sources" / "pipe.txt")
    odd = os.fsencode(folder / "sources") + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text("x", encoding="utf-8")
    archive = open_archive(folder)
    assert [source.path for source in archive.sources] == ["a.txt"]
    assert {one.path for one in archive.left_out} == {"pipe.txt", "caf?.txt"}


def test_a_bare_folder_is_an_archive_of_all_its_files_but_those_that_speak_of_it(
    tmp_path: Path,
) -> None:
    for name in ("x.txt", "in/README.md", "README.md", "LICENSE", "corpus.yml", "readme-too.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("title: Clippings\n", encoding="utf-8")
    (tmp_path / "readme-too.txt.yml").write_text("title: A source after all\n", encoding="utf-8")
    archive = open_archive(tmp_path)
    assert archive.bare
    assert archive.settings.title == "Clippings"
    assert [one.path for one in archive.sources] == ["in/README.md", "readme-too.txt", "x.txt"]
    assert [one.path for one in archive.left_out] == ["LICENSE", "README.md"]


def test_a_bare_folder_is_called_after_itself_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "x.txt").write_text("x", encoding="utf-8")
    assert open_archive(folder).settings.title == "clippings"
    assert [one.name for one in folder.iterdir()] == ["x.txt"]


@pytest.mark.parametrize(
    ("made", "says"),
    [("nothing", "found nothing there"), ("file", "found a file"), ("empty", "found no source")],
)
def test_what_is_no_archive_says_what_to_do(made: str, says: str, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    if made == "file":
        folder.write_text("x", encoding="utf-8")
    if made == "empty":
        folder.mkdir()
    with pytest.raises(CorpusError, match=says):
        open_archive(folder)
