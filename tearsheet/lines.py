"""A file of lines, put together from those of an older one and from new ones.

Takes the marks of all lines, the older file and what was left of it; writes the new file aside.
The file that the older one once took the place of, where nothing else holds it any more, is used
up: it begins with the lines that both had, and what is the same in the new one need not be copied.
A line for each of 10,000 records makes 200 MB.
"""

import os
from contextlib import ExitStack
from itertools import accumulate, takewhile
from operator import eq
from pathlib import Path
from typing import BinaryIO

from tearsheet.batches import UNKNOWN, LeftLines, Lines, look_of

A_PIECE = 1 << 20
"""Bytes that are copied at once."""


def put_together(
    lines: Lines, aside: Path, old: Path, left: LeftLines, retired: Path | None
) -> LeftLines:
    """Write the lines to a file `aside`, those that `left` tells of out of the `old` one; give
    what is left of them. `retired` is used up where it is the file that the old one replaced.
    """
    same = _alike(left, lines)
    begun = _begun(aside, left, same, retired)
    sizes = list(left.sizes[:begun])
    with ExitStack() as opened:
        new = opened.enter_context(_after(aside, sum(sizes)))
        copied = _Copied(opened.enter_context(old.open("rb")) if left.marks else None, new, left)
        for number, mark in enumerate(lines.marks[begun:], begun):
            sizes.append(copied.take(mark) or copied.write(lines.line(number)))
        copied.finish()
    return LeftLines(lines.marks, tuple(sizes), look_of(old) if left.marks else "", same)


def _alike(left: LeftLines, lines: Lines) -> int:
    """Count the lines, from the first, that are known to be the same."""
    if UNKNOWN in left.marks:
        return 0
    return sum(takewhile(bool, map(eq, left.marks, lines.marks)))


def _begun(aside: Path, left: LeftLines, same: int, retired: Path | None) -> int:
    """Begin a file with what is the same in the retired one; give the number of its lines."""
    if retired is None or not left.former or not min(left.same, same):
        return 0
    if look_of(retired) != left.former or os.stat(retired).st_nlink > 1:  # noqa: PTH116  # as it looks
        return 0
    try:
        retired.rename(aside)
    except OSError:  # another disk
        return 0
    return min(left.same, same)


def _after(file: Path, size: int) -> BinaryIO:
    """Open a file to write behind its first bytes, so many; what is there is cut off."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT, 0o666)
    os.ftruncate(number, size)
    os.lseek(number, 0, os.SEEK_END)
    return os.fdopen(number, "wb")


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
