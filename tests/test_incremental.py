"""A build that keeps what it can: byte for byte the site of a build that keeps nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tearsheet.archive import open_archive
from tearsheet.commands import lay_out
from tearsheet.putaway import READ
from tests.conftest import Checkout, checkout_at

STORY = """The ferry of {name} stops on Monday

By {author}

{day} March 2019

{name}, who runs the ferry, said on Thursday that the landing at Marlow Bay would close.

The {body} heard {author} say that nobody had asked {name} before.

Share this article
"""
NAMES = ("Anna Berg", "Ines Varga", "Tomas Lind", "Anna Bergh")


def story(number: int) -> str:
    return STORY.format(
        name=NAMES[number % 4],
        author=NAMES[(number + 1) % 4],
        day=number + 1,
        body=("Harbour Council", "Ferry Union")[number % 2],
    )


def an_archive(folder: Path) -> Path:
    (folder / "sources").mkdir(parents=True)
    (folder / "corpus.yml").write_text(json.dumps({"title": "Ferry papers"}), encoding="utf-8")
    for number in range(6):
        (folder / "sources" / f"{number}.txt").write_text(story(number), encoding="utf-8")
    return folder


def _decide(folder: Path, kind: str, ruling: dict[str, str]) -> None:
    file = folder / "decisions.yml"
    rulings = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    rulings.setdefault(kind, []).append(ruling)
    file.write_text(json.dumps(rulings), encoding="utf-8")


def add(folder: Path) -> None:
    (folder / "sources" / "new.txt").write_text(story(9), encoding="utf-8")


def remove(folder: Path) -> None:
    (folder / "sources" / "5.txt").unlink()


def edit(folder: Path) -> None:
    file = folder / "sources" / "0.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Thursday", "Friday").replace("\n\nBy", "\n\nNews\n\nBy"), "utf-8")


def rename(folder: Path) -> None:
    (folder / "sources" / "1.txt").rename(folder / "sources" / "one.txt")


def merge(folder: Path) -> None:
    _decide(folder, "names", {"left": "Anna Berg", "right": "Anna Bergh", "verdict": "same"})


def take_down(folder: Path) -> None:
    _decide(folder, "takedowns", {"source": "2.txt", "reason": "asked for"})


def correct(folder: Path) -> None:
    _decide(folder, "fields", {"source": "3.txt", "field": "publisher", "value": "The Ebb"})


EDITS: tuple[Callable[[Path], None], ...] = (add, remove, edit, rename, merge, take_down, correct)


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def from_nothing(checkout: Checkout, archive: Path) -> dict[str, bytes]:
    """Build with no cache, no page and no site of an earlier build."""
    for name in (".tearsheet", "site"):
        shutil.rmtree(checkout.folder / name, ignore_errors=True)
    return tree(checkout.build(str(archive)).site)


def written_of_search(checkout: Checkout) -> object:
    """Give what a build wrote down of the search: by another mark, the next joins all anew."""
    return (checkout.folder / ".tearsheet" / "site" / "before" / "index.msgpack").read_bytes()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return checkout_at(tmp_path_factory.mktemp("clean") / "checkout")


@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.permutations(EDITS), st.integers(3, 4))
def test_any_edits_in_any_order_give_the_site_of_a_clean_build(
    clean: Checkout,
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[Callable[[Path], None]],
    at_once: int,
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    archive, kept = an_archive(folder / "one" / "archive"), checkout_at(folder / "checkout")
    kept.build(str(archive))
    for start in range(0, len(edits), at_once):
        for change in edits[start : start + at_once]:
            change(archive)
        copy = folder / "two" / str(start) / "archive"
        shutil.copytree(archive, copy)
        assert tree(kept.build(str(archive)).site) == from_nothing(clean, copy)
        assert tree(archive) == tree(copy)
        assert written_of_search(kept) == written_of_search(clean)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(EDITS), unique=True, min_size=1))
def test_any_edits_give_the_pages_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Callable[[Path], None]]
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    archive = an_archive(folder / "archive")
    laid_out(archive, folder / "kept")
    for number, change in enumerate(edits):
        change(archive)
        copy = folder / str(number) / "archive"
        shutil.copytree(archive, copy)
        assert laid_out(archive, folder / "kept") == laid_out(copy, folder / f"clean-{number}")


def test_more_documents_than_stay_in_memory_are_all_laid_out(tmp_path: Path) -> None:
    archive = an_archive(tmp_path / "archive")
    for number in range(READ):
        (archive / "sources" / f"more-{number}.txt").write_text(story(number), encoding="utf-8")
    first = laid_out(archive, tmp_path / "kept")
    assert len([path for path in first if path.startswith("originals/")]) == READ + 6
    add(archive)
    assert laid_out(archive, tmp_path / "kept").keys() > first.keys()


def laid_out(archive: Path, project: Path) -> dict[str, bytes]:
    """Lay out an archive's pages in a project of its own; give them."""
    lay_out(open_archive(archive), project, lambda step, done, total: None)
    return tree(project / "docs")


def test_an_edit_makes_few_pages(checkout: Checkout, tmp_path: Path) -> None:
    archive = an_archive(tmp_path / "archive")
    checkout.build(str(archive))
    before = {file: file.stat().st_ino for file in checkout.site.rglob("index.html")}
    edit(archive)
    checkout.build(str(archive))
    kept = [file for file, inode in before.items() if file.exists() and file.stat().st_ino == inode]
    assert checkout.site / "records" / "3" / "source" / "index.html" in kept
    assert checkout.site / "records" / "0" / "index.html" not in kept


def test_what_was_written_down_of_another_site_is_not_believed(
    checkout: Checkout, tmp_path: Path
) -> None:
    archive = an_archive(tmp_path / "archive")
    page = checkout.build(str(archive)).site / "records" / "3" / "index.html"
    whole = page.read_bytes()
    shutil.copytree(checkout.site, checkout.folder / "copy")
    shutil.rmtree(checkout.site)
    (checkout.folder / "copy").rename(checkout.site)
    page.write_bytes(b"tampered with")
    checkout.build(str(archive))
    assert page.read_bytes() == whole


def test_a_killed_build_leaves_the_old_site_and_the_next_one_ends_as_ever(
    checkout: Checkout, clean: Checkout, tmp_path: Path
) -> None:
    archive = an_archive(tmp_path / "one" / "archive")
    before = tree(checkout.build(str(archive)).site)
    add(archive)
    copy = tmp_path / "two" / "archive"
    shutil.copytree(archive, copy)
    stopped = checkout.run("build", str(archive), env={"PYTHONPATH": _that_stops(tmp_path)})
    assert stopped.returncode != 0
    assert tree(checkout.site) == before
    assert tree(checkout.build(str(archive)).site) == from_nothing(clean, copy)


def _that_stops(folder: Path) -> str:
    """Give a path for Python under which MkDocs is killed when it copies its first file."""
    stop = folder / "stop" / "sitecustomize.py"
    stop.parent.mkdir()
    stop.write_text(
        "import os\n"
        "import mkdocs.structure.files as files\n"
        "files.File.copy_file = lambda *a, **k: os._exit(9)\n",
        encoding="utf-8",
    )
    return str(stop.parent)
