"""How a site's pages are divided into indexes, so that one change makes one small index anew.

Takes the pages that the search shows; gives bundles, each with its pages, as a function of
the pages alone: an archive has the same bundles however it came to be. Up to `ONE_INDEX`
pages stand in one. Beyond that every `BLOCK` accession numbers in a row are a bundle that
only an edit of one of its records changes; the newest whole `STEP`s are one more, `recent`;
what is newer still, and whatever is no record, is the first bundle, the one that Pagefind
loads by itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tearsheet.search.pages import Shown

ONE_INDEX = 2000
BLOCK = 2000
"""Records in a bundle. A reader's query costs a piece of some 25 KB of every bundle; Pagefind
takes some 430 KB of memory a record: 2,000 are 0.9 GB, all of 10,000 would be 3.5."""
STEP = 200
"""Records that may be indexed anew whenever one is added: about 0.4 CPU s."""
FIRST, RECENT = "", "recent"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pages that are indexed together; `name` is the folder in the index ("": the index's own)."""

    name: str
    pages: tuple[Shown, ...]

    def mark(self, maker: str) -> str:
        """Give what tells an index of these very pages, made so, from any other."""
        found = hashlib.sha256(maker.encode())
        for page in self.pages:
            found.update(f"\0{page.path}\0{page.digest}".encode())
        return found.hexdigest()


def divide(pages: Iterable[Shown]) -> tuple[Bundle, ...]:
    """Divide the pages that show something into bundles, the first one first."""
    shown = [page for page in pages if page.digest]
    if len(shown) <= ONE_INDEX:
        return (Bundle(FIRST, tuple(shown)),)
    last = max(page.number for page in shown)
    found: dict[str, list[Shown]] = {FIRST: []}
    for page in shown:
        found.setdefault(_bundle_of(page.number, last), []).append(page)
    return tuple(Bundle(name, tuple(found[name])) for name in _in_order(found))


def _bundle_of(number: int, last: int) -> str:
    if not number:
        return FIRST
    if number <= last - last % BLOCK:
        return str((number - 1) // BLOCK + 1)
    return RECENT if number <= last - last % STEP else FIRST


def _in_order(names: Iterable[str]) -> Iterator[str]:
    yield from sorted(names, key=lambda name: (name != FIRST, len(name), name))
