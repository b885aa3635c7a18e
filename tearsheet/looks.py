"""How files look from outside: size, times, number on the disk, kind.

Takes a folder or a file; gives looks. As git does it: a file that looks as it did has the content
that it had, because no writing leaves its times alone. `build_corpus.py check` reads every byte.
"""

import os
from collections.abc import Mapping
from pathlib import Path

Look = tuple[int, ...]
"""Size, times of change in nanoseconds, number on the disk, kind; of a link, what it leads to and
then the link itself. One number alone says why a file cannot be looked at.
"""
Looks = Mapping[str, Look]
"""By the file's whole path."""
NO_LOOKS: Looks = {}


def look_at(file: Path) -> Look | None:
    """Look at one file; None where it cannot be done."""
    try:
        return _look(file.stat())
    except OSError:
        return None


def looks_in(folder: Path) -> dict[str, Look]:
    """Look at every file in a folder and below, links followed; a link to a folder is one file.

    Only a `sources/` that is a link is entered like any other.
    """
    found: dict[str, Look] = {}
    top = folder.resolve()
    waiting = [str(top)]
    sources = top / "sources"
    if sources.is_symlink() and sources.is_dir():
        waiting.append(str(sources.resolve()))
    while waiting:
        waiting += _look_into(waiting.pop(), found)
    return found


def _look_into(folder: str, found: dict[str, Look]) -> list[str]:
    """Look at what lies in one folder; give the folders in it."""
    folders = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    found[entry.path] = _look_of(entry)
    except OSError as error:
        found[folder] = (error.errno or 0,)
    return folders


def _look_of(entry: os.DirEntry[str]) -> Look:
    try:
        seen = _look(entry.stat())
        return seen + _look(entry.stat(follow_symlinks=False)) if entry.is_symlink() else seen
    except OSError as error:
        return (error.errno or 0,)


def _look(seen: os.stat_result) -> Look:
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_mode
