"""A build with nothing to do: told apart from every build that has something to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tearsheet.looks import looks_in
from tearsheet.unchanged import (
    Last,
    Outcome,
    held_in,
    look_of,
    mark_of,
    project_mark,
    read_last,
    write_last,
)
from tests.conftest import Checkout


def a_project(folder: Path) -> tuple[Path, Path]:
    project, archive = folder / "project", folder / "archive"
    for name in ("mkdocs.yml", "hooks/h.py", "theme/main.html", "docs/about/x.md", "docs/index.md"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(name, encoding="utf-8")
    (archive / "sources").mkdir(parents=True)
    for name in ("sources/a.txt", "sources/b.txt", "decisions.yml", "register.csv"):
        (archive / name).write_text(name, encoding="utf-8")
    (archive / "sources" / "link.txt").symlink_to("a.txt")
    return project, archive


def mark(project: Path, archive: Path, written: tuple[Path, ...]) -> str:
    return mark_of(project_mark(project), looks_in(archive), written)


def retarget(project: Path, archive: Path) -> None:
    """Let the link lead to another file, and then to the first again."""
    link = archive / "sources" / "link.txt"
    for name in ("b.txt", "a.txt"):
        link.unlink()
        link.symlink_to(name)


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "a source": lambda project, archive: (archive / "sources/a.txt").write_text("changed"),
    "a source of the same length": lambda project, archive: (archive / "sources/a.txt").write_text("sources/x.txt"),
    "a new source": lambda project, archive: (archive / "sources/c.txt").write_text("new"),
    "a lost source": lambda project, archive: (archive / "sources/b.txt").unlink(),
    "a renamed source": lambda project, archive: (archive / "sources/b.txt").rename(archive / "sources/d.txt"),
    "a source that is as it was": lambda project, archive: (archive / "sources/a.txt").write_text("sources/a.txt"),
    "a link that leads where it led": retarget,
    "a decision": lambda project, archive: (archive / "decisions.yml").write_text("[]"),
    "a template": lambda project, archive: (project / "theme/main.html").write_text("new"),
    "a hook": lambda project, archive: (project / "hooks/h.py").write_text("new"),
    "a setting": lambda project, archive: (project / "mkdocs.yml").write_text("new"),
    "a hand-written page": lambda project, archive: (project / "docs/about/x.md").write_text("new"),
}  # fmt: skip


@pytest.mark.parametrize("change", list(CHANGES.values()), ids=list(CHANGES))
def test_a_change_is_seen(tmp_path: Path, change: Callable[[Path, Path], object]) -> None:
    project, archive = a_project(tmp_path)
    register = (archive / "register.csv",)
    before = mark(project, archive, register)
    assert mark(project, archive, register) == before
    change(project, archive)
    assert mark(project, archive, register) != before


def test_what_a_build_writes_counts_by_its_content(tmp_path: Path) -> None:
    project, archive = a_project(tmp_path)
    register = archive / "register.csv"
    before = mark(project, archive, (register,)), held_in((register,))
    (project / "docs" / "index.md").write_text("generated", encoding="utf-8")
    register.write_text("another row", encoding="utf-8")
    assert mark(project, archive, (register,)) == before[0]
    assert held_in((register,)) != before[1]


def test_what_was_written_down_is_read_again(tmp_path: Path) -> None:
    last = Last("read", "site", Outcome(("rejected: a",), {"read": 1}))
    write_last(tmp_path / "last.json", last)
    assert read_last(tmp_path / "last.json") == last
    (tmp_path / "last.json").write_text('{"read": 1}', encoding="utf-8")
    assert read_last(tmp_path / "last.json") is None


def test_a_build_with_nothing_to_do_leaves_the_site_and_tells_the_same(
    checkout: Checkout,
) -> None:
    first = checkout.run("build", "corpus")
    before = look_of(checkout.site)
    again = checkout.run("build", "corpus")
    assert look_of(checkout.site) == before
    assert again.stderr == first.stderr
    assert again.stdout.splitlines()[:-1] == first.stdout.splitlines()[:-1]


def test_a_lost_site_is_made_again_though_nothing_else_changed(checkout: Checkout) -> None:
    checkout.build()
    shutil.rmtree(checkout.site / "pagefind")
    assert look_of(checkout.site) == ""
    assert look_of(checkout.build().site) != ""
