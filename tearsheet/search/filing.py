"""What a block says of its pages, and what they are filed under.

Takes the folder of a block (blocks.py); gives its lists, which are as old as its words, and its
filing, which is written anew where pages are filed under something else. What one of them was
filed under is kept beside it by its mark: of the hundreds in a block only those are read that
are filed as none of it was.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from tearsheet.search.bundles import Block
from tearsheet.search.pages import Filed, read_page
from tearsheet.writer import write_if_changed


class Lists(NamedTuple):
    """A block's pages: the marks of their texts and of their words; of each page that has a word
    its place among all, and how many; by the values of odd filters those that have them.
    """

    mark: str
    words: str
    places: list[int]
    counts: list[int]
    filters: dict[str, dict[str, list[int]]]


class Filing(NamedTuple):
    """What the pages of a block are filed under: the mark of it all, of each page of what date;
    the pages by the values of filters.
    """

    mark: str
    dates: list[str]
    filters: dict[str, dict[str, list[int]]]


class Made(NamedTuple):
    """A block that was made: its folder, and what that says of its pages."""

    folder: Path
    lists: Lists
    filing: Filing


_encode = msgspec.msgpack.Encoder().encode
_LISTS_IN = msgspec.msgpack.Decoder(Lists)
_FILING_IN = msgspec.msgpack.Decoder(Filing)
_FILED_IN = msgspec.msgpack.Decoder(dict[str, Filed])


def filed_block(site: Path, block: Block, folder: Path) -> Made:
    """Give a block that was made, filed as its pages are now."""
    lists = _LISTS_IN.decode((folder / "lists").read_bytes())
    filing = _FILING_IN.decode((folder / "filing").read_bytes())
    if filing.mark != block.filed:
        known = _FILED_IN.decode((folder / "filed").read_bytes())
        filed = [known.get(one.filed) or read_page(site, one.path)[1] for one in block.pages]
        filing = write_filing(block, lists, filed, folder)
    return Made(folder, lists, filing)


def write_lists(lists: Lists, folder: Path) -> None:
    """Write down what a block says of its pages."""
    (folder / "lists").write_bytes(_encode(lists))


def write_filing(block: Block, lists: Lists, filed: Sequence[Filed], folder: Path) -> Filing:
    """Write down what each of a block's pages is filed under; give it."""
    found = {
        name: {value: [*on] for value, on in values.items()}
        for name, values in lists.filters.items()
    }
    for number, place in enumerate(lists.places):
        for name, value in filed[place].filters:
            found.setdefault(name, {}).setdefault(value, []).append(number)
    filters = {
        name: {value: sorted({*on}) for value, on in sorted(found[name].items())}
        for name in sorted(found)
    }
    filing = Filing(block.filed, [filed[place].date for place in lists.places], filters)
    known = {page.filed: under for page, under in zip(block.pages, filed, strict=True)}
    write_if_changed(folder / "filed", _encode(known))
    write_if_changed(folder / "filing", _encode(filing))
    return filing
