"""The one module that writes: pages, data and originals under docs/, the register.

Guarantees that what is already as it should be is not touched (so that watchers and
backups stay calm), that generated files which are no longer made are removed, and that
nothing outside the generated folders is.
"""

import os
import shutil
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import partial
from itertools import compress
from operator import eq
from pathlib import Path
from typing import BinaryIO

import msgspec

from tearsheet.batches import (
    LOOKS,
    MANIFEST,
    UNKNOWN,
    Batch,
    Former,
    Left,
    Lines,
    Manifest,
    Pages,
    Walk,
    left_of,
    look_of,
    look_of_folder,
    packed,
)
from tearsheet.errors import CorpusError
from tearsheet.lines import put_together

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
PILE = "pile"
"""The file in which new ones wait, one after the other: to make each twice takes longer."""
GRAIN = 2_000_000_000
"""Nanoseconds that some disks take for one moment: two changes within them look like one."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name: no build's clock stands in ours."""


def write_generated(
    docs: Path,
    batches: Iterable[Batch | Pages | Lines],
    state: Path,
    former: Former,
    retired: Path | None = None,
) -> int:
    """Make the generated part of `docs` hold exactly the files of the batches.

    What the `former` build left in the folder `state`, on the same disk, and would be made just
    so is not made. In the folder `retired` may lie files that were replaced and are free to be
    used up. Gives the number of files that were written. Raises CorpusError where two of
    them share a path (upper and lower case being one, as on many disks), before docs is touched:
    what is new waits in `state` until all files are known.
    """
    aside = state / "pages"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    with (aside / PILE).open("w+b") as pile:
        waiting = _Waiting(docs, aside, pile, former)
        for batch in batches:
            if isinstance(batch, Lines):
                waiting.take_lines(batch, retired)
            elif isinstance(batch, Pages):
                waiting.take_pages(batch)
            else:
                waiting.take_batch(batch)
        (state / MANIFEST).unlink(missing_ok=True)
        written = waiting.put_in_place()
    shutil.rmtree(aside)
    after = waiting.after
    after.folders |= waiting.folders()
    write_if_changed(state / LOOKS, packed(waiting.looks()))
    write_if_changed(state / MANIFEST, packed(after))
    return written


class _Waiting:
    """Files that are new, aside until all are known; `after` is what is left of them."""

    def __init__(self, docs: Path, aside: Path, pile: BinaryIO, former: Former) -> None:
        self._docs, self._aside, self._pile, self._former = docs, aside, pile, former
        self._before, self.after = former.manifest, Manifest(former.manifest.rules)
        self._standing = Walk(docs, GENERATED, former.looks, self._before.folders)
        self._as_left = self._left_alone()
        self._wanted: dict[str, str] = {}
        self._still: Set[str] = frozenset()
        self._in_small: Set[str] = frozenset()  # the same in small letters
        self._new: list[tuple[str, int]] = []  # with their sizes, in the order of the pile
        self._lines: list[str] = []
        self._stale: list[str] = []

    def _left_alone(self) -> frozenset[str]:
        """Give the files that look as they were left."""
        standing = self._standing.files
        same = map(eq, map(self._former.looks.get, standing), standing.values())
        return frozenset(compress(standing, same))

    # ------------------------------------------------------------ taking

    def take_batch(self, batch: Batch) -> None:
        """Take the files of a batch."""
        self.after.batches[batch.name] = self._taken(batch, self._before.batches.get(batch.name))

    def take_pages(self, pages: Pages) -> None:
        """Take the files of a plan: those that are new, and all that stand as they were left."""
        before = self._before
        if pages.before and pages.before != before.plan:
            raise CorpusError(
                "the plan of pages was not made from what stands in docs/; build again"
            )
        new = {batch.name: self._taken(batch, self._left(batch.name)) for batch in pages.new}
        still = dict(before.pages) if pages.before else {}
        away = [left_of(still.pop(name)) for name in {*new, *pages.gone} if name in still]
        paths = before.files_of_pages(self._former.looks) if pages.before else set()
        paths.difference_update(*(left.files for left in away))
        for name in self._holding(still, paths - self._as_left):
            left = left_of(still.pop(name))
            paths.difference_update(left.files)
            new[name] = self._made(Batch(name, left.mark, partial(pages.make, name)))
        self._stand(paths)
        self.after.plan = pages.plan
        self.after.pages = still | {name: msgspec.Raw(packed(left)) for name, left in new.items()}

    def _left(self, name: str) -> Left | None:
        found = self._before.pages.get(name)
        return left_of(found) if found is not None else None

    def _holding(self, still: Mapping[str, msgspec.Raw], paths: Set[str]) -> list[str]:
        """Give those that hold one of these files, which are not as they were left."""
        if not paths:
            return []
        return sorted(
            name for name, one in still.items() if not paths.isdisjoint(left_of(one).files)
        )

    def _taken(self, batch: Batch, left: Left | None) -> Left:
        if left is None or not left.stands(batch, self._as_left):
            return self._made(batch)
        for path in left.files:
            self._expect(path)
        return left

    def _made(self, batch: Batch) -> Left:
        return Left(batch.mark, tuple([self._take(*one) for one in batch.make()]))

    def _take(self, path: str, content: bytes) -> str:
        """Take one file; give its path."""
        self._expect(path)
        if not _holds(self._docs / path, content):
            self._new.append((path, self._pile.write(content)))
        return path

    def take_lines(self, lines: Lines, retired: Path | None) -> None:
        """Take a file of lines, those that it had already out of the old one."""
        self._expect(lines.path)
        old, left = self._docs / lines.path, self._before.lines_of(lines.path, self._as_left)
        if not left.marks or left.marks != lines.marks or UNKNOWN in left.marks:
            aside = self._aside / str(len(self._lines))
            self._lines.append(lines.path)
            left = put_together(lines, aside, old, left, retired and retired / lines.path)
        self.after.lines[lines.path] = left

    def _stand(self, paths: Set[str]) -> None:
        """Take many files that are in their places."""
        self._still, self._in_small = paths, set(map(str.lower, paths))
        for path in self._wanted.keys() & self._in_small:
            raise _claimed_twice(self._wanted[path], path)

    def _expect(self, path: str) -> None:
        small = path.lower()
        _expect_a_place(path)
        if small in self._wanted or small in self._in_small:
            raise _claimed_twice(path, self._wanted.get(small, small))
        self._wanted[small] = path

    # ------------------------------------------------------------ putting

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
        wanted = self._still | set(self._wanted.values())
        stand = {path: look for path, look in self._standing.files.items() if path in wanted}
        unknown = sorted(new | (wanted - stand.keys()))
        return stand | {path: look_of(f"{self._docs}/{path}") for path in unknown}

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
        wanted = self._still | set(self._wanted.values())
        there = {*self._standing.files, *GENERATED_FILES}
        self._stale = sorted(there - wanted)
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


def _write(file: str, content: bytes) -> None:
    """Write a file that is not there yet: three calls, for 30,000 files."""
    with open(file, "xb", buffering=0) as opened:  # noqa: PTH123  # a Path takes as long again
        opened.write(content)


def _expect_a_place(path: str) -> None:
    top = path.split("/", 1)[0]
    if top not in GENERATED and path not in GENERATED_FILES:
        raise CorpusError(f"docs/{path}: not in a generated folder; expected {GENERATED}")


def _claimed_twice(path: str, other: str) -> CorpusError:
    return CorpusError(
        f"docs/{path}: two pages want this path, the other as {other}; "
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
