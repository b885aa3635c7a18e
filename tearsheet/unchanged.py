"""Whether a build would do again what the last one did.

Takes the project and how an archive's files look; gives a mark of all that a build reads, so
that two equal marks mean the same site. Our own files and the hand-written pages go in by
their content; the archive's files, as git does it, by path, size, times and inode, because
reading 10,000 of them takes longer than a reader of a preview waits.
"""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec

from tearsheet.cache import rules
from tearsheet.digests import said
from tearsheet.looks import Looks
from tearsheet.writer import GENERATED, GENERATED_FILES, write_if_changed

SETTINGS = ("mkdocs.yml", "hooks", "theme")
MAKERS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pagefind", "pagefind_bin")
"""The programs that make a site of pages."""


class Outcome(msgspec.Struct, frozen=True):
    """What a build has to tell: `said` of files left aside and odd, for people; `counts`."""

    said: tuple[str, ...]
    counts: dict[str, int]


class Last(msgspec.Struct, frozen=True):
    """The last build in a project: what it read, the site that it left, what it told."""

    read: str
    site: str
    outcome: Outcome


def site_rules(project: Path) -> str:
    """Give what a page's HTML depends on besides its Markdown and the other pages."""
    found = hashlib.sha256(repr((rules(), [version(one) for one in MAKERS])).encode())
    for name in SETTINGS:
        top = project / name
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                _add(found, file.relative_to(project).as_posix(), file.read_bytes())
    return found.hexdigest()


def mark_of(project: str, looks: Looks, written: tuple[Path, ...]) -> str:
    """Give the mark of all that a build reads and does not write, of the project's mark and the
    looks of the archive's files.
    """
    found = hashlib.sha256(project.encode())
    ours = {str(file.resolve()) for file in written}
    found.update(said(sorted([one for one in looks.items() if one[0] not in ours])))
    return found.hexdigest()


def project_mark(project: Path) -> str:
    """Give the mark of what a build reads in the project: its rules and hand-written pages."""
    found = hashlib.sha256(site_rules(project).encode())
    for file in _hand_written(project / "docs"):
        _add(found, file.relative_to(project).as_posix(), file.read_bytes())
    return found.hexdigest()


def held_in(files: tuple[Path, ...]) -> str:
    """Give the mark of what stands in these files."""
    found = hashlib.sha256()
    for file in files:
        _add(found, file.name, file.read_bytes() if file.is_file() else b"")
    return found.hexdigest()


def _add(found: "hashlib._Hash", name: str, content: bytes) -> None:
    found.update(f"{name}\0{len(content)}\0".encode())
    found.update(content)


def _hand_written(docs: Path) -> Iterator[Path]:
    for top in sorted(docs.iterdir()) if docs.is_dir() else ():
        if top.name not in GENERATED and top.name not in GENERATED_FILES:
            yield from (file for file in sorted([top, *top.rglob("*.*")]) if file.is_file())


def look_of(site: Path) -> str:
    """Give what tells a site from any other at its place; "" where it is not whole."""
    index, entry = site / "index.html", site / "pagefind" / "pagefind-entry.json"
    if not index.is_file() or not entry.is_file():
        return ""
    seen = [one.stat() for one in (site, index, entry)]
    return repr([str(site.resolve())] + [(one.st_ino, one.st_mtime_ns) for one in seen])


def read_last(file: Path) -> Last | None:
    """Read what the last build left; None where there was none, or it cannot be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        outcome = Outcome(tuple(found["outcome"]["said"]), found["outcome"]["counts"])
        return Last(found["read"], found["site"], outcome)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_last(file: Path, last: Last) -> None:
    """Write down what a build has done."""
    write_if_changed(file, msgspec.json.encode(last))
