"""How a site's pages are divided for the search, so that one change makes little anew.

Takes the pages that the search shows; gives bundles (what a browser loads as one index), each
of blocks (what Pagefind indexes at one time), as a function of the pages alone: an archive has
the same bundles however it came to be. A block is `BLOCK` accession numbers in a row, of
the newest `STEP`, or some `OTHERS` pages of a folder that are no records. Up to `ONE_INDEX` pages
stand in one bundle. Beyond that every whole `WHOLE` of numbers, but not of the newest `NEWEST`,
is in the bundle `main`, which only an edit of one of its records changes; what is newer, and
whatever is no record, is in the first, the one that Pagefind loads by itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from tearsheet.search.pages import Shown

ONE_INDEX = 2000
BLOCK = 500
"""Records in a block: 1 CPU s and 0.24 GB of Pagefind whenever the text of one changes."""
STEP = 50
"""Records in a block of those that are newer than the last whole one: one is added every day."""
OTHERS = 256
"""Pages in a block of those that are no records, on average: one is the last of its block where
the digest of its path says so, so that a page more or less changes one block."""
WHOLE = 500
"""Numbers that go into the bundle `main` at one time: one that is added costs the join of the
newest, `WHOLE` and `NEWEST` at most; then all are joined anew, once in so many."""
NEWEST = 250
"""Records that are never in `main`: what came last is looked at and corrected most, and of equal
rank it is shown first."""
FIRST, MAIN = "", "main"


class Block(msgspec.Struct, frozen=True):
    """Pages that Pagefind indexes at one time, in the order in which they are numbered."""

    pages: tuple[Shown, ...]
    texts: str
    filed: str

    @classmethod
    def of(cls, pages: Iterable[Shown]) -> "Block":
        """Give a block of these pages; `texts` and `filed` tell the texts of them all, and all that
        they are filed under, from any others.
        """
        pages = tuple(pages)
        texts = "\0".join(f"{page.path}\0{page.digest}" for page in pages)
        return cls(pages, _digest(texts), _digest("\0".join(page.filed for page in pages)))

    def mark(self, maker: str) -> str:
        """Give what tells an index of the very texts of these pages, made so, from any other."""
        return _digest(f"{maker}\0{self.texts}")


class Bundle(msgspec.Struct, frozen=True):
    """Blocks that make one index; `name` is its folder in the index ("": the index's own)."""

    name: str
    blocks: tuple[Block, ...]

    def mark(self, maker: str) -> str:
        """Give what tells an index of these very blocks, made so, from any other."""
        marks = " ".join(f"{block.mark(maker)} {block.filed}" for block in self.blocks)
        return _digest(f"{maker} {self.name} {marks}")


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


def divide(pages: Iterable[Shown]) -> tuple[Bundle, ...]:
    """Divide the pages into bundles, the first one first."""
    shown = sorted(pages, key=lambda page: (page.number, page.path))
    last = max((page.number for page in shown), default=0)
    whole = max(last - 1 - NEWEST, 0) // WHOLE * WHOLE
    others = tuple(_others(page for page in shown if not page.number))
    old = tuple(_records(shown, 1, whole, BLOCK))
    new = tuple(_records(shown, whole + 1, last, STEP))
    if old and len(shown) > ONE_INDEX:
        return Bundle(FIRST, (*others, *new)), Bundle(MAIN, old)
    return (Bundle(FIRST, (*others, *old, *new)),)


def _others(pages: Iterable[Shown]) -> Iterator[Block]:
    for _, inside in groupby(pages, key=lambda page: page.path.partition("/")[0]):
        waiting: list[Shown] = []
        for page in inside:
            waiting.append(page)
            if int(_digest(page.path), 16) % OTHERS == 0:
                yield Block.of(waiting)
                waiting = []
        if waiting:
            yield Block.of(waiting)


def _records(pages: Iterable[Shown], first: int, last: int, size: int) -> Iterator[Block]:
    among = (page for page in pages if first <= page.number <= last)
    for _, inside in groupby(among, key=lambda page: -(-page.number // size)):
        yield Block.of(inside)
