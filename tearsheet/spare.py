"""The last site but one, kept beside the site, so that a build touches only what changes.

Of two sites that share most files as hard links, one is shown and the other is spare. A build
brings the spare up to date with what the last build changed, puts into it what is new, and
swaps the two by a change of name; the site that is shown is never written into. Whoever uses
the spare forgets first what was written down of it: one that a killed build left is of no use.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tearsheet.writer import same_file


def spare_of(site: Path) -> Path:
    """Give the place of a site's spare."""
    return site.with_name(f".{site.name}.spare")


def files_in(folder: Path) -> Iterator[str]:
    """Give the path of every file in a folder, from it, in no order."""
    for top, _, names in os.walk(folder):
        inside = os.path.relpath(top, folder).replace(os.sep, "/")
        yield from (name if inside == "." else f"{inside}/{name}" for name in names)


def make_spare(site: Path) -> None:
    """Let every file of a site stand in its spare too."""
    spare = spare_of(site)
    shutil.rmtree(spare, ignore_errors=True)
    for top, _, names in os.walk(site):
        inside = os.path.relpath(top, site)
        there = os.path.join(spare, inside)  # noqa: PTH118  # ten thousand times
        os.makedirs(there, exist_ok=True)  # noqa: PTH103  # as above
        for name in names:
            same_file(f"{top}/{name}", f"{there}/{name}")


def catch_up(spare: Path, site: Path, changed: Iterable[str]) -> None:
    """Make the files at these paths in the spare those of the site."""
    for path in changed:
        if os.path.isfile(f"{site}/{path}"):  # noqa: PTH113  # hundreds of times, as below
            _make_room(f"{spare}/{path}")
            same_file(f"{site}/{path}", f"{spare}/{path}")
        else:
            remove(spare, path)


def _make_room(path: str) -> None:
    """Take away what stands at a path, or make its folder: what is renamed over another file
    waits for the disk.
    """
    try:
        os.unlink(path)  # noqa: PTH108  # hundreds of times
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  # as above


def take_in(new: Path, spare: Path) -> list[str]:
    """Move the files of a folder to their places in the spare, where they are not there
    already; give the paths of those that were moved.
    """
    moved = []
    for path in sorted(files_in(new)):
        here, there = f"{new}/{path}", f"{spare}/{path}"
        if not _holds_the_same(here, there):
            _make_room(there)
            os.replace(here, there)  # noqa: PTH105  # hundreds of times
            moved.append(path)
    return moved


def _holds_the_same(new: str, there: str) -> bool:
    try:
        if os.stat(new).st_size != os.stat(there).st_size:  # noqa: PTH116  # hundreds of times
            return False
        with open(new, "rb", 0) as one, open(there, "rb", 0) as other:  # noqa: PTH123  # as above
            return one.read() == other.read()
    except OSError:
        return False


def remove(spare: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (spare / path).unlink(missing_ok=True)
    folder = (spare / path).parent
    with suppress(OSError):  # the first folder that is not empty ends it
        while folder != spare:
            folder.rmdir()
            folder = folder.parent


def swap_with_spare(site: Path) -> None:
    """Show the spare, and let the site that was shown be the spare."""
    spare, between = spare_of(site), site.with_name(f".{site.name}.old")
    shutil.rmtree(between, ignore_errors=True)
    site.rename(between)
    spare.rename(site)
    between.rename(spare)
