"""Blocks joined into one index in Pagefind's own format.

Takes the folders of blocks (blocks.py) in their order; writes the index that Pagefind would
have made of all their pages at once, in that order of pages: however the pages were divided,
the index is the same but for the marks of blocks in the addresses of fragments. What a block
says of a word is put behind what the one before said, its coded bytes as they are; only a few
words of each block are in memory at one time.

Pagefind's own sorting is left out: two numbers a page that every reader would fetch with the
first search. The scripts sort by `dates.json`, which is fetched by who asks for it.

Three kinds of files stand beside Pagefind's, for theme/assets/finder.js. `pagefind.*.pf_lists`
says what the metadata says in a third of the bytes: pages by their blocks, pieces by the first
letters that tell them from the one before. Of a piece that is one word, too frequent for a
piece, `index/*.pf_brief` says how weighty the word is on each page, and not at which places: a
fifteenth of the bytes, and enough to rank by. And `filter/*.pf_facet` says what a filter says in
two thirds.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeAlias

import cbor2

from tearsheet.search.blocks import FIELDS
from tearsheet.search.coding import LANGUAGE, VERSION, Value, mark_of, packed
from tearsheet.search.filing import Lists, Made
from tearsheet.search.joining import joined_since, joined_words
from tearsheet.search.pieces import Files, Piece, pieces_in, write_pieces

LONG_MARK = 12
"""Letters of a digest in the name of the lists."""
DATES = "dates.json"
_Values: TypeAlias = list[tuple[str, list[int]]]
"""The values of a filter, each with its pages."""
JOINING = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""The marks that Pagefind takes for letters, where nothing else is asked of it."""


def words_mark(blocks: Sequence[Made]) -> str:
    """Give what tells the words of these blocks, in pieces, from any others."""
    said = [(lists.words, len(lists.counts)) for _, lists, _ in blocks]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def join(
    blocks: Sequence[Made], folder: Path, old: Path | None, *, same: bool, kept: Path | None
) -> None:
    """Write the index of the blocks' pages, but for their fragments; files that the `old` index
    has too stand in both. With the `same` words in the old one, and its pieces in the folder
    already, they are not joined again; in the file `kept`, if there is one, waits what was joined
    last.
    """
    lists = [block.lists for block in blocks]
    pages = [
        [f"{one.mark}/{place}", count] for one in lists for place, count in enumerate(one.counts)
    ]
    offsets = [0, *accumulate(len(one.counts) for one in lists)]
    files, folders = Files(folder, old), [block.folder for block in blocks]
    if old and same:
        pieces = [*pieces_in(old)]
    else:
        words = joined_since(folders, offsets, kept) if kept else joined_words(folders, offsets)
        pieces = [*write_pieces(words, files)]
    filters: Value = [
        [name, _write_filter(name, values, files)] for name, values in _filters(blocks, offsets)
    ]
    chunks = [[piece.first, piece.last, piece.name] for piece in pieces]
    meta = cbor2.dumps([VERSION, pages, chunks, filters, [], list(FIELDS)])
    mark = mark_of(meta, LONG_MARK)
    _write_entry(folder, mark, len(pages))
    (folder / f"pagefind.{mark}.pf_meta").write_bytes(packed(meta))
    short = cbor2.dumps(_short_lists(lists, pieces, filters))
    (folder / f"pagefind.{mark}.pf_lists").write_bytes(packed(short))
    _write_dates(folder, blocks)


def _short_lists(lists: Sequence[Lists], pieces: Sequence[Piece], filters: Value) -> Value:
    """Give what finder.js reads: the blocks' marks and how many pages each has, of each page how
    many words, the pieces' beginnings, names, and which are brief; filters and fields.
    """
    before = ["", *(piece.last for piece in pieces)]
    return [
        [[one.mark, len(one.counts)] for one in lists],
        [count for one in lists for count in one.counts],
        [_beginning(one.first, last) for one, last in zip(pieces, before, strict=False)],
        [piece.name.removeprefix(f"{LANGUAGE}_") for piece in pieces],
        [at for at, piece in enumerate(pieces) if piece.brief],
        filters,
        list(FIELDS),
    ]


def _beginning(word: str, last: str) -> str:
    """Give as much of a word as tells that it comes after another."""
    for length in range(1, len(word)):
        if word[:length] > last:
            return word[:length]
    return word


def _write_entry(folder: Path, mark: str, pages: int) -> None:
    language = {"hash": mark, "wasm": LANGUAGE, "page_count": pages}
    entry = {
        "version": VERSION,
        "languages": {LANGUAGE: language},
        "include_characters": list(JOINING),
    }
    content = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    (folder / "pagefind-entry.json").write_text(content, encoding="utf-8")


def _write_dates(folder: Path, blocks: Iterable[Made]) -> None:
    dates = {lists.mark: filing.dates for _, lists, filing in blocks if lists.mark}
    content = json.dumps(dates, ensure_ascii=False, separators=(",", ":"))
    (folder / DATES).write_text(content, encoding="utf-8")


def _write_filter(name: str, values: _Values, files: Files) -> str:
    """Write a filter, and beside it the same with each page's distance to the last in the place
    of its number: two thirds of the bytes.
    """
    file = files.write("filter", cbor2.dumps([name, values]))
    files.write_beside("filter", file, "pf_facet", partial(_facet, name, values))
    return file


def _facet(name: str, values: _Values) -> bytes:
    near = [
        [value, [page - last for last, page in pairwise([0, *pages])]] for value, pages in values
    ]
    return cbor2.dumps([name, near])


def _filters(blocks: Sequence[Made], offsets: Sequence[int]) -> Iterator[tuple[str, _Values]]:
    """Give each filter's name and its values, each with the pages that have it."""
    found: dict[str, dict[str, array[int]]] = {}
    for block, offset in zip(blocks, offsets, strict=False):
        for name, values in block.filing.filters.items():
            known = found.setdefault(name, {})
            for value, pages in values.items():
                if value not in known:
                    known[value] = array("I")
                known[value].fromlist([page + offset for page in pages])
    for name, merged in sorted(found.items()):
        yield name, [(value, list(merged[value])) for value in sorted(merged)]
