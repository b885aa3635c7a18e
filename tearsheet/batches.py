"""Files that are made together, and what was written of them: a build makes only what may differ.

Takes batches, each with a mark of all that it depends on, and the manifest of the last build;
says which stand as they were left. Guarantees that a file which anyone has touched since is
made again, and that a manifest of other rules is none.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


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


@dataclass(frozen=True, slots=True)
class Left:
    """What a build left of a batch: its mark, its files with how each looks from outside."""

    mark: str
    files: Mapping[str, str]


@dataclass(slots=True)
class Manifest:
    """What a build left: batches by name, the marks of the lines of files by path."""

    rules: str
    batches: dict[str, Left] = field(default_factory=dict)
    lines: dict[str, Left] = field(default_factory=dict)

    def stands(self, batch: Batch, docs: Path) -> Left | None:
        """Give what is left of a batch where it would be made just so again."""
        left = self.batches.get(batch.name)
        return left if batch.mark and left and _same(left, batch.mark, docs) else None

    def line_marks(self, path: str, docs: Path) -> Iterator[str]:
        """Give the marks of the lines of a file, where it is as it was left."""
        left = self.lines.get(path)
        if left is not None and _same(left, left.mark, docs):
            yield from left.mark.split()


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
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["rules"] != rules:
            return Manifest(rules)
        batches, lines = (
            {name: Left(*row) for name, row in found[part].items()} for part in ("batches", "lines")
        )
        return Manifest(rules, batches, lines)
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest(rules)


def packed_manifest(found: Manifest) -> bytes:
    """Give a manifest as it is written."""
    parts = {
        name: {key: [left.mark, dict(left.files)] for key, left in part.items()}
        for name, part in (("batches", found.batches), ("lines", found.lines))
    }
    return json.dumps({"rules": found.rules, **parts}, ensure_ascii=False).encode()
