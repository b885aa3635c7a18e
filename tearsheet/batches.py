"""Files that are made together, and what was written of them: a build makes only what may differ.

Takes batches, each with a mark of all that it depends on, and the manifest of the last build;
says which stand as they were left. Guarantees that a file which anyone has touched since is
made again, and that a manifest of other rules is none.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec


class Batch(msgspec.Struct, frozen=True):
    """Files by path under docs/, made when they are asked for; `mark` is "" where it is not known
    what they depend on, and they are made every time.
    """

    name: str
    mark: str
    make: Callable[[], Iterable[tuple[str, bytes]]]


UNKNOWN = "-"
"""The mark of a line of which it is not known what it depends on."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of lines that are made one by one, each with its mark."""

    path: str
    marks: tuple[str, ...]
    line: Callable[[int], bytes]


class Left(msgspec.Struct, array_like=True, frozen=True):
    """What a build left of a batch: its mark, its files."""

    mark: str
    files: tuple[str, ...]


class LeftLines(msgspec.Struct, array_like=True, frozen=True):
    """What a build left of a file of lines: the mark of each line, and its length in bytes."""

    marks: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()


class Manifest(msgspec.Struct):
    """What a build left: batches by name, files of lines by path."""

    rules: str
    batches: dict[str, Left] = {}
    lines: dict[str, LeftLines] = {}

    def stands(self, batch: Batch, as_left: frozenset[str]) -> Left | None:
        """Give what is left of a batch where it would be made just so again; `as_left` are the
        files that nobody has touched since.
        """
        left = self.batches.get(batch.name)
        if left is None or not batch.mark or left.mark != batch.mark:
            return None
        return left if as_left.issuperset(left.files) else None

    def lines_of(self, path: str, as_left: frozenset[str]) -> LeftLines:
        """Give the lines of a file, where it is as it was left; else none."""
        left = self.lines.get(path)
        return left if left is not None and path in as_left else LeftLines()


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


def looks_in(docs: Path, tops: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Give how every file in these folders of `docs` looks, by its path, links followed; and the
    folders that are empty.
    """
    found: dict[str, str] = {}
    empty: list[str] = []
    folders = [top for top in tops if (docs / top).is_dir()]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{docs}/{folder}") as entries:
            inside = list(entries)
        for one in inside:
            path = f"{folder}/{one.name}"
            if one.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                found[path] = _look_of_entry(one)
        if not inside:
            empty.append(folder)
    return found, empty


def _look_of_entry(entry: "os.DirEntry[str]") -> str:
    try:
        return look(entry.stat())
    except OSError:  # a link that leads nowhere
        return ""


_MANIFEST_IN = msgspec.msgpack.Decoder(Manifest)
_LOOKS_IN = msgspec.msgpack.Decoder(dict[str, str])


def read_manifest(file: Path, rules: str) -> Manifest:
    """Read what the last build left; nothing where it went by other rules, or cannot be read."""
    try:
        found = _MANIFEST_IN.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return Manifest(rules)
    return found if found.rules == rules else Manifest(rules)


def read_looks(file: Path) -> dict[str, str]:
    """Read how the files looked that the last build left; nothing where that cannot be read."""
    try:
        return _LOOKS_IN.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}


def packed(found: Manifest | dict[str, str]) -> bytes:
    """Give either as it is written."""
    return msgspec.msgpack.encode(found)
