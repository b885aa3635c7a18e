"""How a site's pages are divided for the search, so that one change makes little anew.

Takes the pages that the search shows; gives bundles (what a browser loads as one index), each
of blocks (what Pagefind indexes at one time), as a function of the pages alone: an archive has
the same bundles however it came to be. A block is `BLOCK` accession numbers in a row, of
the newest `STEP`, or all pages that are no records. Up to `ONE_INDEX` pages stand in one bundle. Beyond that every whole
`WHOLE` of numbers is in the bundle `main`, which only an edit of one of its records changes;
what is newer, and whatever is no record, is in the first, the one that Pagefind loads by itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tearsheet.search.pages import Shown

ONE_INDEX = 2000
BLOCK = 250
"""Records in a block: 1 CPU s and 0.13 GB of Pagefind whenever one of them changes."""
STEP = 50
"""Records in a block of those that are newer than the last whole one: one is added every day."""
WHOLE = 500
"""Numbers after which the newest records go into the bundle `main`: until then one that is
added costs the join of so many at most; then all are joined anew, once in so many. The
newest are never all in `main`: of equal rank, they are shown first."""
FIRST, MAIN = "", "main"


@dataclass(frozen=True, slots=True)
class Block:
    """Pages that Pagefind indexes at one time, in the order in which they are numbered."""

    pages: tuple[Shown, ...]

    def mark(self, maker: str) -> str:
        """Give what tells an index of these very pages, made so, from any other."""
        found = hashlib.sha256(maker.encode())
        for page in self.pages:
            found.update(f"\0{page.path}\0{page.digest}".encode())
        return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Blocks that make one index; `name` is its folder in the index ("": the index's own)."""

    name: str
    blocks: tuple[Block, ...]

    def mark(self, maker: str) -> str:
        """Give what tells an index of these very blocks, made so, from any other."""
        marks = " ".join(block.mark(maker) for block in self.blocks)
        return hashlib.sha256(f"{maker} {self.name} {marks}".encode()).hexdigest()


def divide(pages: Iterable[Shown]) -> tuple[Bundle, ...]:
    """Divide the pages that show something into bundles, the first one first."""
    shown = sorted(
        (page for page in pages if page.digest), key=lambda page: (page.number, page.path)
    )
    last = max((page.number for page in shown), default=0)
    whole = (last - 1) // WHOLE * WHOLE if len(shown) > ONE_INDEX else 0
    main = [page for page in shown if 0 < page.number <= whole]
    rest = [page for page in shown if not 0 < page.number <= whole]
    first = Bundle(FIRST, tuple(_blocks(rest, last)))
    return (first, Bundle(MAIN, tuple(_blocks(main, last)))) if main else (first,)


def _blocks(pages: Iterable[Shown], last: int) -> Iterator[Block]:
    whole = (last - 1) // BLOCK * BLOCK
    found: dict[int, list[Shown]] = {}
    for page in pages:
        size = BLOCK if page.number <= whole else STEP
        found.setdefault(-(-page.number // size) * size, []).append(page)
    yield from (Block(tuple(found[at])) for at in sorted(found))
