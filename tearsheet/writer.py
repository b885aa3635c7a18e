"""The one module that writes: pages, data and originals under docs/, the register.

Guarantees that what is already as it should be is not touched (so that watchers and
backups stay calm), that generated files which are no longer made are removed, and that
nothing outside the generated folders is.
"""

import os
import shutil
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from tearsheet.batches import (
    NO_LOOKS,
    UNKNOWN,
    Batch,
    Left,
    LeftLines,
    Lines,
    Manifest,
    Walk,
    look_of,
    look_of_folder,
    packed,
    read_looks,
    read_manifest,
)
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
MANIFEST, LOOKS = "pages.msgpack", "looks.msgpack"
"""The files that hold what a build left and, for whoever comes next, how each of its files looks,
by its path.
"""
PILE = "pile"
"""The file in which new ones wait, one after the other: to make each twice takes longer."""
A_PIECE = 1 << 20
"""Bytes that are copied at once."""
GRAIN = 2_000_000_000
"""Nanoseconds that some disks take for one moment: two changes within them look like one."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name: no build's clock stands in ours."""


def write_generated(
    docs: Path, batches: Iterable[Batch | Lines], state: Path, rules: str = ""
) -> int:
    """Make the generated part of `docs` hold exactly the files of the batches.

    What the manifest in the folder `state`, on the same disk, says to stand as it would be made
    is not made. Gives the number of files that were written. Raises CorpusError where two of
    them share a path (upper and lower case being one, as on many disks), before docs is touched:
    what is new waits in `state` until all files are known.
    """
    aside = state / "pages"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    manifest = state / MANIFEST
    before, after = read_manifest(manifest, rules), Manifest(rules)
    with (aside / PILE).open("w+b") as pile:
        looks = read_looks(state / LOOKS)
        standing = Walk(docs, GENERATED, looks, before.folders if looks else NO_LOOKS)
        waiting = _Waiting(docs, aside, pile, standing)
        as_left = waiting.as_left(looks)
        for batch in batches:
            if isinstance(batch, Lines):
                left = before.lines_of(batch.path, as_left)
                after.lines[batch.path] = waiting.take_lines(batch, left)
            elif stands := before.stands(batch, as_left):
                waiting.take_as_it_stands(stands.files)
                after.batches[batch.name] = stands
            else:
                paths = tuple([waiting.take(*one) for one in batch.make()])
                after.batches[batch.name] = Left(batch.mark, paths)
        manifest.unlink(missing_ok=True)
        written = waiting.put_in_place()
    shutil.rmtree(aside)
    after.folders |= waiting.folders()
    write_if_changed(state / LOOKS, packed(waiting.looks()))
    write_if_changed(manifest, packed(after))
    return written


class _Waiting:
    """Files that are new, aside until all are known."""

    def __init__(self, docs: Path, aside: Path, pile: BinaryIO, standing: Walk) -> None:
        self._docs, self._aside, self._pile, self._standing = docs, aside, pile, standing
        self._wanted: dict[str, str] = {}
        self._new: list[tuple[str, int]] = []  # with their sizes, in the order of the pile
        self._lines: list[str] = []
        self._stale: list[str] = []

    def as_left(self, looks: Mapping[str, str]) -> frozenset[str]:
        """Give the files that look as they did when these looks were written down."""
        standing = self._standing.files.items()
        return frozenset(path for path, look in standing if looks.get(path) == look)

    def take(self, path: str, content: bytes) -> str:
        """Take one file; give its path."""
        self._expect(path)
        if not _holds(self._docs / path, content):
            self._new.append((path, self._pile.write(content)))
        return path

    def take_as_it_stands(self, paths: Iterable[str]) -> None:
        """Take files that are in their place already."""
        for path in paths:
            self._expect(path)

    def take_lines(self, lines: Lines, left: LeftLines) -> LeftLines:
        """Take a file of lines, those that it had already out of the old one."""
        self._expect(lines.path)
        if left.marks and left.marks == lines.marks and UNKNOWN not in left.marks:
            return left
        sizes = []
        with ExitStack() as opened:
            new = opened.enter_context((self._aside / str(len(self._lines))).open("wb"))
            old = opened.enter_context((self._docs / lines.path).open("rb")) if left.marks else None
            copied = _Copied(old, new, left)
            for number, mark in enumerate(lines.marks):
                sizes.append(copied.take(mark) or copied.write(lines.line(number)))
            copied.finish()
        self._lines.append(lines.path)
        return LeftLines(lines.marks, tuple(sizes))

    def put_in_place(self) -> int:
        """Remove what is no longer made, and put what is new in its place; give its number."""
        self._remove_stale()
        made: set[str] = set()
        self._pile.seek(0)
        for path, size in self._new:
            self._make_room(path, made)
            _write(f"{self._docs}/{path}", self._pile.read(size))
        for number, path in enumerate(self._lines):
            self._make_room(path, made)
            (self._aside / str(number)).replace(self._docs / path)
        return len(self._new) + len(self._lines)

    def looks(self) -> dict[str, str]:
        """Give how every file looks, once all are in their places."""
        new = self._written()
        stands = {path: one for path, one in self._standing.files.items() if path not in new}
        return {
            path: stands.get(path) or look_of(f"{self._docs}/{path}")
            for path in self._wanted.values()
        }

    def folders(self) -> dict[str, str]:
        """Give how every folder looks, once all is in its place, but for those in which something
        may still be changed without a difference that the clock of the disk would show.
        """
        touched = (*self._written(), *self._stale)
        changed = {folder for path in touched for folder in _around(path)}
        looks = {folder: look_of_folder(self._docs, folder) for folder in sorted(changed)}
        looks = self._standing.folders | looks
        latest = time.time_ns() - GRAIN
        return {one: look for one, look in looks.items() if look and int(look.split()[0]) < latest}

    def _written(self) -> frozenset[str]:
        return frozenset((*(path for path, _ in self._new), *self._lines))

    def _remove_stale(self) -> None:
        wanted = frozenset(self._wanted.values())
        there = (*self._standing.files, *GENERATED_FILES)
        self._stale = [path for path in there if path not in wanted]
        for path in self._stale:
            (self._docs / path).unlink(missing_ok=True)
        for folder in (*self._standing.empty, *(path.rpartition("/")[0] for path in self._stale)):
            _remove_if_empty(self._docs, folder)

    def _make_room(self, path: str, made: set[str]) -> None:
        """Take away what stands at a path: the site may hold the same file, and what is renamed
        over another waits for the disk.
        """
        file = self._docs / path
        folder = path.rpartition("/")[0]
        if folder not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(folder)
        file.unlink(missing_ok=True)

    def _expect(self, path: str) -> None:
        _expect_a_place(path, self._wanted)
        self._wanted[path.lower()] = path


class _Copied:
    """A new file that is put together from lines of an old one, and from others."""

    def __init__(self, old: BinaryIO | None, new: BinaryIO, left: LeftLines) -> None:
        self._old, self._new = old, new
        starts = accumulate(left.sizes, initial=0)
        self._places = dict(zip(left.marks, zip(starts, left.sizes, strict=False), strict=True))
        self._places.pop(UNKNOWN, None)
        self._start = self._end = 0  # of what is to be copied as soon as something else follows

    def take(self, mark: str) -> int:
        """Take a line of the old file; give its size, 0 where it is not known."""
        start, size = self._places.get(mark, (0, 0))
        if start != self._end:
            self.finish()
            self._start = start
        self._end = start + size
        return size

    def write(self, line: bytes) -> int:
        """Write a line that is new; give its size."""
        self.finish()
        return self._new.write(line)

    def finish(self) -> None:
        """Copy what is still to be copied."""
        if self._old is not None and self._end > self._start:
            self._new.flush()
            _copy(self._old, self._new, self._start, self._end - self._start)
        self._start = self._end


def _copy(old: BinaryIO, new: BinaryIO, start: int, size: int) -> None:
    """Copy so many bytes to the end of a file; the system does it in a third of the time."""
    while size > 0:
        try:
            done = os.copy_file_range(old.fileno(), new.fileno(), size, start)
        except (OSError, AttributeError):  # another system, or another kind of disk
            old.seek(start)
            done = os.write(new.fileno(), old.read(min(size, A_PIECE)))
        if not done:
            break
        start, size = start + done, size - done


def _write(file: str, content: bytes) -> None:
    """Write a file that is not there yet: three calls, for 30,000 files."""
    with open(file, "xb", buffering=0) as opened:  # noqa: PTH123  # a Path takes as long again
        opened.write(content)


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


def _around(path: str) -> Iterator[str]:
    """Give the folders that a file stands in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _remove_if_empty(docs: Path, folder: str) -> None:
    """Remove a folder that holds nothing, and those around it that hold nothing else."""
    with suppress(OSError):  # the first folder that is not empty ends it
        while "/" in folder:
            (docs / folder).rmdir()
            folder = folder.rpartition("/")[0]


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
        os.link(old, new)
    except OSError:
        Path(new).write_bytes(Path(old).read_bytes())
