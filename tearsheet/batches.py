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


@dataclass(frozen=True, slots=True)
class Batch:
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
    """What a build left of a batch: its mark, its files with how each looks from outside."""

    mark: str
    files: dict[str, str]


class LeftLines(msgspec.Struct, array_like=True, frozen=True):
    """What a build left of a file of lines: how it looks from outside; the mark of each line, and
    its length in bytes.
    """

    look: str
    marks: tuple[str, ...]
    sizes: tuple[int, ...]


class Manifest(msgspec.Struct):
    """What a build left: batches by name, files of lines by path."""

    rules: str
    batches: dict[str, Left] = {}
    lines: dict[str, LeftLines] = {}

    def stands(self, batch: Batch, docs: Path) -> Left | None:
        """Give what is left of a batch where it would be made just so again."""
        left = self.batches.get(batch.name)
        return left if batch.mark and left and _same(left, batch.mark, docs) else None

    def lines_of(self, path: str, docs: Path) -> LeftLines:
        """Give the lines of a file, where it is as it was left; else none."""
        left = self.lines.get(path)
        return left if left and left.look == look_of(docs / path) else LeftLines("", (), ())


def _same(left: Left, mark: str, docs: Path) -> bool:
    return left.mark == mark and all(
        look_of(f"{docs}/{path}") == look for path, look in left.files.items()
    )


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


def read_manifest(file: Path, rules: str) -> Manifest:
    """Read what the last build left; nothing where it went by other rules, or cannot be read."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return Manifest(rules)
    return found if found.rules == rules else Manifest(rules)


def packed_manifest(found: Manifest) -> bytes:
    """Give a manifest as it is written."""
    return msgspec.json.encode(found)
