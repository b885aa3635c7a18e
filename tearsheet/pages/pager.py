"""A long list on several pages: where each begins, and the row of links from one to the others.

Takes the rows, packed; gives the pages' beginnings, of which most stay where they are when a row
comes in between. Takes the labels and addresses of all pages and which one is shown; gives those
worth a link: the ends, the neighbours, and steps of ten and a hundred between, so that the row
stays short and any page is few steps away.
"""

import zlib
from collections.abc import Callable, Sequence

import msgspec


class Length(msgspec.Struct, frozen=True):
    """How many rows a page has, at `most` and at `fewest`; from there on it ends with the first
    whose bytes say so, of so many one.
    """

    most: int
    fewest: int
    one_in: int


LIST = Length(100, 40, 32)
"""Keeps the pages of every list of records under about 60 KB of HTML."""
ALL = 15
"""As many pages are all linked."""
STEPS = (1, 2, 10, 20, 100, 200, 1_000)


def beginnings(rows: Sequence[bytes], length: Length) -> list[int]:
    """Give the numbers of the rows with which pages begin.

    Where a page ends is told by its last row (content-defined chunking: Muthitacharoen, Chen,
    Mazières 2001), so that one row more shows on its own page, and not on all behind it.
    """
    found = [0]
    if len(rows) <= length.most:
        return found
    for number, row in enumerate(rows[:-1], 1):
        size = number - found[-1]
        told = size >= length.fewest and zlib.crc32(row) % length.one_in == 0
        if told or size == length.most:
            found.append(number)
    return found


def pager(
    count: int, shown: int, label: Callable[[int], str], address: Callable[[int], str]
) -> list[dict[str, object]]:
    """Give the links of page `shown` of `count`, from 0, in order; none for a single page.

    `gap` says that pages before it are left out.
    """
    if count < 2:
        return []
    near = {shown + step * way for step in STEPS for way in (-1, 1)} | {0, shown, count - 1}
    places = [place for place in range(count) if count <= ALL or place in near]
    return [
        {
            "label": label(place),
            "href": address(place),
            "current": place == shown,
            "gap": place - before > 1,
        }
        for before, place in zip([0, *places], places, strict=False)
    ]
