"""The one module that writes: pages, data and originals under docs/, the register.

Guarantees that what is already as it should be is not touched (so that watchers and
backups stay calm), that generated files which are no longer made are removed, and that
nothing outside the generated folders is.
"""

import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tearsheet.errors import CorpusError

GENERATED = (
    "archive",
    "data",
    "dates",
    "entities",
    "originals",
    "publications",
    "records",
    "register",
    "topics",
)
"""The folders under docs/ that are ours alone; git ignores them, and docs/index.md."""
GENERATED_FILES = ("index.md",)
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name: no build's clock stands in ours."""


def write_generated(docs: Path, files: Iterable[tuple[str, bytes]], aside: Path) -> int:
    """Make the generated part of `docs` hold exactly `files` (path relative to docs, content).

    Gives the number of files that were written. Raises CorpusError where two of them share
    a path (upper and lower case being one, as on many disks), before docs is touched: what is
    new waits in the folder `aside`, on the same disk, until all files are known.
    """
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    wanted: dict[str, str] = {}
    waiting: list[str] = []
    for path, content in files:
        _expect_a_place(path, wanted)
        wanted[path.lower()] = path
        if not _holds(docs / path, content):
            (aside / str(len(waiting))).write_bytes(content)
            waiting.append(path)
    _remove_stale(docs, frozenset(wanted.values()))
    for number, path in enumerate(waiting):
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / str(number)).replace(docs / path)
    aside.rmdir()
    return len(waiting)


def _expect_a_place(path: str, wanted: Mapping[str, str]) -> None:
    top = path.split("/", 1)[0]
    if top not in GENERATED and path not in GENERATED_FILES:
        raise CorpusError(f"docs/{path}: not in a generated folder; expected {GENERATED}")
    if path.lower() in wanted:
        raise CorpusError(
            f"docs/{path}: two pages want this path, the other as {wanted[path.lower()]}; "
            "give one of the two another name in register.csv or authority.yml"
        )


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


def write_if_changed(file: Path, content: bytes) -> bool:
    """Write `content` unless the file holds it already; say whether it was written."""
    if _holds(file, content):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.new")
    aside.write_bytes(content)
    aside.replace(file)
    return True


def _remove_stale(docs: Path, wanted: frozenset[str]) -> None:
    for name in (*GENERATED, *GENERATED_FILES):
        top = docs / name
        found = [top] if top.is_file() else sorted(top.rglob("*"), reverse=True)
        for file in found:
            if file.is_dir() and not file.is_symlink():
                if not any(file.iterdir()):
                    file.rmdir()
            elif file.relative_to(docs).as_posix() not in wanted:
                file.unlink()


def swap_folder(new: Path, current: Path) -> None:
    """Put the folder `new` in the place of `current`, which stays whole until then."""
    old = current.with_name(f".{current.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        current.rename(old)
    new.rename(current)
    shutil.rmtree(old, ignore_errors=True)


def pack_folder(folder: Path, file: Path) -> None:
    """Write a folder as a ZIP file: the same files give the same bytes, whatever their times."""
    aside = file.with_name(f".{file.name}.new")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                name = f"{file.stem}/{one.relative_to(folder).as_posix()}"
                entry = zipfile.ZipInfo(name, EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, one.read_bytes())
    aside.replace(file)


def same_file(old: Path | str, new: Path | str) -> None:
    """Let a file stand in two places; the old site is removed once the new one is whole."""
    try:
        Path(new).hardlink_to(old)
    except OSError:
        Path(new).write_bytes(Path(old).read_bytes())
