"""Find the files of an archive: which are sources, which are ours, which are left out and why.

Takes a folder; looks at names, opens nothing. Gives everything sorted by path. Guarantees
that no symbolic link leads out of the folder or round in circles.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tearsheet.model import Rejected, SourceFile

CONFIGURATION = ("corpus.yml", "catalogue.csv", "authority.yml", "decisions.yml", "register.csv")
SIDECAR_ENDINGS = (".yml", ".yaml", ".json")
LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""Left by file managers beside what a person keeps; hidden on their own systems."""
ABOUT_THE_FOLDER = re.compile(r"(readme|license|licence|copying|changelog|makefile)\b", re.I)
OUTSIDE = "a symbolic link that leaves the archive; copy the file into the folder if it is a source"


class Sidecar(msgspec.Struct, frozen=True):
    """A file of statements on the source at `path`."""

    path: str
    name: str
    file: Path


class Found(msgspec.Struct, frozen=True):
    """What a folder holds, sorted by path."""

    sources: tuple[SourceFile, ...]
    sidecars: tuple[Sidecar, ...]
    left_out: tuple[Rejected, ...]


class _Walk(msgspec.Struct):
    """The state of one walk over a folder."""

    root: Path
    files: list[str] = msgspec.field(default_factory=list)
    left_out: list[Rejected] = msgspec.field(default_factory=list)

    def leave_out(self, path: str, reason: str) -> None:
        self.left_out.append(Rejected(path, reason))


def find_files(folder: Path, *, bare: bool, spoken_for: frozenset[str]) -> Found:
    """Find every source and sidecar; `spoken_for` are the paths that the catalogue names.

    In a bare folder the configuration's own files are no sources, nor is what speaks of the
    folder (README, LICENSE), unless the catalogue or a sidecar speaks of it.
    """
    walk = _Walk(folder.resolve())
    _look_into(walk, str(walk.root), "")
    files = sorted(walk.files)
    sidecars = {side.name: side for side in _sidecars(walk.root, files, bare=bare)}
    described = spoken_for | {side.path for side in sidecars.values()}
    sources = []
    for path in files:
        if path in sidecars or (bare and path in CONFIGURATION):
            continue
        if path.endswith((".yml", ".yaml")) and path not in described:
            walk.leave_out(path, _orphan(path))
        elif bare and "/" not in path and ABOUT_THE_FOLDER.match(path) and path not in described:
            walk.leave_out(path, "speaks of the folder; give it a sidecar if it is a source")
        else:
            sources.append(SourceFile(path, walk.root))
    left_out = tuple(sorted(walk.left_out, key=lambda one: one.path))
    ordered = tuple(sidecars[name] for name in sorted(sidecars, key=_trust))
    return Found(tuple(sources), ordered, left_out)


def same_path(path: str) -> str:
    """Give a path as spreadsheets and systems agree on it: composed letters, plain slashes."""
    plain = path.strip() if path.isascii() else unicodedata.normalize("NFC", path.strip())
    return plain.replace("\\", "/").removeprefix("./")


def _look_into(walk: _Walk, folder: str, prefix: str) -> None:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError as error:
        walk.leave_out(
            prefix.rstrip("/") or ".", f"a folder that could not be opened: {error.strerror}"
        )
        return
    for entry in entries:
        name = entry.name
        if name.startswith((".", "~$")) or name.casefold() in LITTER:
            continue
        path = prefix + name
        reason = _unusable(walk.root, path, entry)
        if reason:
            walk.leave_out(path.encode("utf-8", "replace").decode(), reason)
        elif entry.is_dir():
            _look_into(walk, entry.path, f"{path}/")
        else:
            walk.files.append(path)


def _unusable(root: Path, path: str, entry: os.DirEntry[str]) -> str | None:
    """Say why nothing at this path can be read safely, or None."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "a name that is no UTF-8; rename the file"
    if entry.is_symlink():
        return _unusable_link(root, Path(entry.path))
    if not entry.is_file() and not entry.is_dir():
        return "neither a file nor a folder (a pipe, a socket or a device)"
    return None


def _unusable_link(root: Path, link: Path) -> str | None:
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:
        return "a symbolic link to nothing; restore the file that it names, or remove it"
    except (OSError, RuntimeError):
        return "a symbolic link that leads round in a circle; remove it"
    if target != root and root not in target.parents:
        return OUTSIDE
    if target.is_dir():
        return (
            "a symbolic link to a folder of this archive, whose files are listed in their own place"
        )
    return None if target.is_file() else "a symbolic link to what is no file"


def _sidecars(root: Path, files: list[str], *, bare: bool) -> Iterator[Sidecar]:
    """Pair `x.html.yml` with `x.html`, and `x.yml` with the only other file called `x`."""
    ours = CONFIGURATION if bare else ()
    found = [path for path in files if path.endswith(SIDECAR_ENDINGS) and path not in ours]
    if not found:
        return
    there = set(files)
    by_stem: dict[str, list[str]] = {}
    for path in files:
        if not path.endswith(SIDECAR_ENDINGS):
            by_stem.setdefault(_split(path)[0], []).append(path)
    for path in found:
        stem, _ = _split(path)
        if stem in there:
            yield Sidecar(stem, path, root / path)
        elif len(by_stem.get(stem, ())) == 1:
            yield Sidecar(by_stem[stem][0], path, root / path)


def _trust(name: str) -> tuple[str, int]:
    """Order the sidecars of one source: .yml before .yaml before .json."""
    stem, ending = _split(name)
    return stem, SIDECAR_ENDINGS.index(ending)


def _orphan(path: str) -> str:
    stem, _ = _split(path)
    return f"a sidecar of no source: found no file '{stem}' beside it; rename it after its source"


def _split(path: str) -> tuple[str, str]:
    """Part a path before its last dot."""
    stem, dot, ending = path.rpartition(".")
    return (stem, f".{ending}") if dot and "/" not in ending else (path, "")
