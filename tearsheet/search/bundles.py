"""How a site's pages are divided for the search, so that one change makes little anew.

Takes the pages that the search shows; gives bundles (what a browser loads as one index), each
of blocks (what Pagefind indexes at one time), as a function of the pages alone: an archive has
the same bundles however it came to be. A block is `BLOCK` accession numbers in a row, of
the newest `STEP`, of the very last `FEW`, or some `OTHERS` pages of a folder that are no records. Up to `ONE_INDEX` pages
stand in one bundle. Beyond that every whole `WHOLE` of numbers, but not of the newest `NEWEST`,
is in the bundle `main`, which only an edit of one of its records changes; what is newer, and
whatever is no record, is in the first, the one that Pagefind loads by itself.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

import msgspec

from tearsheet.search.pages import Shown

ONE_INDEX = 2000
BLOCK = 500
"""Records in a block: 1 CPU s and 0.24 GB of Pagefind whenever the text of one changes."""
STEP = 50
"""Records in a block of those that are newer than the last whole one: one is added every day."""
FEW = 10
"""Records in a block of those behind the last whole `STEP`: one more costs Pagefind 0.03 CPU s, where
a block of 50 takes 0.13."""
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
NO_BLOCKS: Mapping[str, "Block"] = {}


class Block(msgspec.Struct, array_like=True, frozen=True):
    """Pages that Pagefind indexes at one time, in the order in which they are numbered."""

    pages: tuple[Shown, ...]
    texts: str
    filed: str

    @classmethod
    def of(cls, pages: Iterable[Shown], known: Mapping[str, "Block"] = NO_BLOCKS) -> "Block":
        """Give a block of these pages; `texts` and `filed` tell the texts of them all, and all that
        they are filed under, from any others. One that is `known` by its first page's path, and
        is of the same pages, is given as it is.
        """
        pages = tuple(pages)
        was = known.get(pages[0].path)
        if was is not None and was.pages == pages:
            return was
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


def divide(pages: Iterable[Shown], known: Iterable[Block] = ()) -> tuple[Bundle, ...]:
    """Divide the pages into bundles, the first one first. Blocks that are `known` already are not
    made anew.
    """
    divided = _Divided(pages, known)
    last = divided.last
    whole = max(last - 1 - NEWEST, 0) // WHOLE * WHOLE
    stepped = max(last // STEP * STEP, whole)
    others = tuple(divided.others())
    old = tuple(divided.records(1, whole, BLOCK))
    new = (*divided.records(whole + 1, stepped, STEP), *divided.records(stepped + 1, last, FEW))
    if old and len(divided.shown) > ONE_INDEX:
        return Bundle(FIRST, (*others, *new)), Bundle(MAIN, old)
    return (Bundle(FIRST, (*others, *old, *new)),)


class _Divided:
    """Pages in their order, and the blocks of some of them."""

    def __init__(self, pages: Iterable[Shown], known: Iterable[Block]) -> None:
        # Two sorts of keys of one kind take a tenth of what one of pairs takes.
        self.shown = sorted(sorted(pages, key=attrgetter("path")), key=attrgetter("number"))
        self.last = self.shown[-1].number if self.shown else 0
        self._known = {block.pages[0].path: block for block in known}

    def others(self) -> Iterator[Block]:
        """Give the blocks of the pages that are no records."""
        among = self.shown[: self._behind(0)]
        for _, inside in groupby(among, key=lambda page: page.path.partition("/")[0]):
            waiting: list[Shown] = []
            for page in inside:
                waiting.append(page)
                if int(_digest(page.path), 16) % OTHERS == 0:
                    yield Block.of(waiting, self._known)
                    waiting = []
            if waiting:
                yield Block.of(waiting, self._known)

    def records(self, first: int, last: int, size: int) -> Iterator[Block]:
        """Give the blocks of the records from one number to another, as many numbers in each."""
        start, beyond = self._behind(first - 1), self._behind(last)
        while start < beyond:
            number = self.shown[start].number
            end = min(self._behind(-(-number // size) * size), beyond)
            yield Block.of(self.shown[start:end], self._known)
            start = end

    def _behind(self, number: int) -> int:
        """Give the place behind the records up to this number."""
        return bisect_right(self.shown, number, key=attrgetter("number"))
