"""Files that are made together, and what was written of them: a build makes only what may differ.

Takes batches, each with a mark of all that it depends on, and the manifest of the last build;
says which stand as they were left. Guarantees that a file which anyone has touched since is
made again, and that a manifest of other rules is none.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from stat import S_ISDIR

import msgspec

NO_FOLDERS: Mapping[str, str] = {}
"""Of no folder is it known how it looked."""
MANIFEST, LOOKS = "pages.msgpack", "looks.msgpack"
"""The files that hold what a build left and, for whoever comes next, how each of its files looks,
by its path.
"""


class Batch(msgspec.Struct, frozen=True):
    """Files by path under docs/, made when they are asked for; `mark` is "" where it is not known
    what they depend on, and they are made every time.
    """

    name: str
    mark: str
    make: Callable[[], Iterable[tuple[str, bytes]]]


class Pages(msgspec.Struct, frozen=True):
    """The batches of a plan, told from those of the plan `before` it ("": from nothing): `new` may
    be others than they were, `gone` are no more by their names, all else stands as it was left.
    `make` makes one of these whose files somebody touched.
    """

    before: str
    plan: str
    new: Iterable[Batch]
    gone: frozenset[str]
    make: Callable[[str], Iterable[tuple[str, bytes]]]


UNKNOWN = "-"
"""The mark of a line of which it is not known what it depends on."""


class Lines(msgspec.Struct, frozen=True):
    """A file of lines that are made one by one, each with its mark."""

    path: str
    marks: tuple[str, ...]
    line: Callable[[int], bytes]


class Left(msgspec.Struct, array_like=True, frozen=True):
    """What a build left of a batch: its mark, its files."""

    mark: str
    files: tuple[str, ...]

    def stands(self, batch: Batch, as_left: frozenset[str]) -> bool:
        """Say whether the batch would be made just so again; `as_left` are the files that nobody
        has touched since.
        """
        return bool(batch.mark) and self.mark == batch.mark and as_left.issuperset(self.files)


class LeftLines(msgspec.Struct, array_like=True, frozen=True):
    """What a build left of a file of lines: the mark of each line, and its length in bytes. The
    file that it took the place of looked so, and began with so many of the same lines.
    """

    marks: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    former: str = ""
    same: int = 0


class Manifest(msgspec.Struct):
    """What a build left: its plan with the batches of that, packed, by name; other batches by name,
    files of lines by path; how each folder looked.
    """

    rules: str
    plan: str = ""
    pages: dict[str, msgspec.Raw] = {}
    batches: dict[str, Left] = {}
    lines: dict[str, LeftLines] = {}
    folders: dict[str, str] = {}

    def lines_of(self, path: str, as_left: frozenset[str]) -> LeftLines:
        """Give the lines of a file, where it is as it was left; else none."""
        left = self.lines.get(path)
        return left if left is not None and path in as_left else LeftLines()

    def files_of_pages(self, looks: Mapping[str, str]) -> set[str]:
        """Give the files of the plan's batches among all that were left."""
        others = chain.from_iterable(left.files for left in self.batches.values())
        return set(looks).difference(others, self.lines)


class Former(msgspec.Struct, frozen=True):
    """What the last build left, and how each of its files looked then."""

    manifest: Manifest
    looks: Mapping[str, str]


def read_former(state: Path, rules: str) -> Former:
    """Read what the last build left; nothing where it went by other rules, or cannot be read."""
    looks = read_looks(state / LOOKS)
    try:
        found = _MANIFEST_IN.decode((state / MANIFEST).read_bytes())
    except (OSError, msgspec.DecodeError):
        found = None
    if found is None or found.rules != rules or not looks:
        return Former(Manifest(rules), {})
    return Former(found, looks)


def left_of(packed: msgspec.Raw) -> Left:
    """Give what was left of a batch of the plan."""
    return _LEFT_IN.decode(packed)


def look_of(file: Path | str) -> str:
    """Give how a file looks from outside; "" where there is none."""
    try:
        seen = os.stat(file)  # noqa: PTH116  # a third of the time, ten thousand times
    except OSError:
        return ""
    return look(seen)


def look(seen: os.stat_result) -> str:
    """Give what tells a file from what stood in its place before, as git does it."""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino}"


def look_of_folder(docs: Path, folder: str) -> str:
    """Give how a folder looks from outside; "" where there is none."""
    try:
        seen = os.lstat(f"{docs}/{folder}")
    except OSError:
        return ""
    return f"{seen.st_mtime_ns} {seen.st_ino}" if S_ISDIR(seen.st_mode) else ""


class Walk:
    """How everything looks that stands in some folders of docs/: of `files` by their paths, of
    folders too; and those folders that are `empty`. Links are followed for files alone.
    """

    def __init__(
        self,
        docs: Path,
        tops: Iterable[str],
        files: Iterable[str] = (),
        folders: Mapping[str, str] = NO_FOLDERS,
    ) -> None:
        """Look at everything. `files` and `folders` are those that the last build left: into a
        folder that looks as it did nothing came and out of it nothing went, so that it is not
        read again.
        """
        self.files: dict[str, str] = {}
        self.empty: list[str] = []
        self._docs = docs
        known = folders.items()
        self.folders = {path: look for path, look in known if look_of_folder(docs, path) == look}
        inside = f"{docs}/"
        for path in files:
            if path.rpartition("/")[0] in self.folders:
                self.files[path] = look_of(inside + path)
        for folder in (*tops, *folders):
            self._read(folder)

    def _read(self, folder: str) -> None:
        if folder in self.folders or not (seen := look_of_folder(self._docs, folder)):
            return
        self.folders[folder] = seen
        with os.scandir(f"{self._docs}/{folder}") as entries:
            inside = list(entries)
        for one in inside:
            path = f"{folder}/{one.name}"
            if one.is_dir(follow_symlinks=False):
                self._read(path)
            else:
                self.files[path] = look_of(one.path)
        if not inside:
            self.empty.append(folder)


_MANIFEST_IN = msgspec.msgpack.Decoder(Manifest)
_LEFT_IN = msgspec.msgpack.Decoder(Left)
_LOOKS_IN = msgspec.msgpack.Decoder(dict[str, str])


def read_looks(file: Path) -> dict[str, str]:
    """Read how the files looked that the last build left; nothing where that cannot be read."""
    try:
        return _LOOKS_IN.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}


def packed(found: Manifest | Left | Mapping[str, str]) -> bytes:
    """Give any of these as it is written."""
    return msgspec.msgpack.encode(found)
