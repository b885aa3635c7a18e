"""Blocks joined into one index in Pagefind's own format.

Takes the folders of blocks (blocks.py) in their order; writes the index that Pagefind would
have made of all their pages at once, in that order of pages: however the pages were divided,
the index is the same but for the marks of blocks in the addresses of fragments. What a block
says of a word is put behind what the one before said, its coded bytes as they are; only a few
words of each block are in memory at one time.

Pagefind's own sorting is left out: two numbers a page that every reader would fetch with the
first search. The scripts sort by `dates.json`, which is fetched by who asks for it.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

import cbor2

from tearsheet.search.blocks import FIELDS, Lists, Places, Word, read_lists, read_words
from tearsheet.search.coding import (
    LANGUAGE,
    VERSION,
    Value,
    array_of,
    mark_of,
    number,
    packed,
    text,
)
from tearsheet.writer import same_file

PIECE = 48_000
"""Bytes of words in a file, before they are packed."""
DATES = "dates.json"
JOINING = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""The marks that Pagefind takes for letters, where nothing else is asked of it."""


def join(blocks: Sequence[Path], folder: Path, old: Path | None = None) -> None:
    """Write the index of the blocks' pages; files that the `old` index has too stand in both."""
    lists = [read_lists(block) for block in blocks]
    for part in ("fragment", "filter", "index", "offline"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for block, one in zip(blocks, lists, strict=True):
        _take_fragments(block, one.mark, folder)
    pages = [
        [f"{one.mark}/{place}", count] for one in lists for place, count in enumerate(one.counts)
    ]
    offsets = [0, *accumulate(len(one.counts) for one in lists)]
    writer = _Writer(folder, old)
    chunks = [[first, last, name] for first, last, name in _pieces(blocks, offsets, writer)]
    filters: Value = [
        [name, writer.write("filter", cbor2.dumps([name, values]))]
        for name, values in _filters(lists, offsets)
    ]
    meta = cbor2.dumps([VERSION, pages, chunks, filters, [], list(FIELDS)])
    _write_entry(folder, mark_of(meta), len(pages))
    (folder / f"pagefind.{mark_of(meta)}.pf_meta").write_bytes(packed(meta))
    _write_dates(folder, lists)


class _Writer:
    """Writes files named after what they hold, those that an old index has too as they are."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self._folder, self._old = folder, old

    def write(self, part: str, body: bytes) -> str:
        """Write a file; give its name without its ending."""
        name = f"{part}/{mark_of(body)}.pf_{part}"
        if self._old is not None and (self._old / name).is_file():
            same_file(self._old / name, self._folder / name)
        else:
            (self._folder / name).write_bytes(packed(body))
        return mark_of(body)


def _take_fragments(block: Path, mark: str, folder: Path) -> None:
    if not mark:
        return
    for part in ("fragment", "offline"):
        target = folder / part / mark
        target.mkdir()
        for file in (block / part).iterdir():
            same_file(file, target / file.name)


def _write_entry(folder: Path, mark: str, pages: int) -> None:
    language = {"hash": mark, "wasm": LANGUAGE, "page_count": pages}
    entry = {
        "version": VERSION,
        "languages": {LANGUAGE: language},
        "include_characters": list(JOINING),
    }
    content = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    (folder / "pagefind-entry.json").write_text(content, encoding="utf-8")


def _write_dates(folder: Path, lists: Iterable[Lists]) -> None:
    dates = {one.mark: one.dates for one in lists if one.mark}
    content = json.dumps(dates, ensure_ascii=False, separators=(",", ":"))
    (folder / DATES).write_text(content, encoding="utf-8")


def _filters(lists: Sequence[Lists], offsets: Sequence[int]) -> Iterator[tuple[str, Value]]:
    """Give each filter's name and its values, each with the pages that have it."""
    found: dict[str, dict[str, array[int]]] = {}
    for one, offset in zip(lists, offsets, strict=False):
        for name, values in one.filters.items():
            known = found.setdefault(name, {})
            for value, pages in values.items():
                known.setdefault(value, array("I")).extend(page + offset for page in pages)
    for name, merged in sorted(found.items()):
        yield name, [[value, list(merged[value])] for value in sorted(merged)]


# ---------------------------------------------------------------- words


def _pieces(
    blocks: Sequence[Path], offsets: Sequence[int], writer: _Writer
) -> Iterator[tuple[str, str, str]]:
    """Write the words of all blocks in pieces; give of each its first word, its last, its name."""
    waiting: list[tuple[str, bytes]] = []
    size = 0
    for form, coded in _joined_words(blocks, offsets):
        if waiting and size + len(coded) > PIECE:
            yield _write_piece(waiting, writer)
            waiting, size = [], 0
        waiting.append((form, coded))
        size += len(coded)
    if waiting:
        yield _write_piece(waiting, writer)


def _write_piece(words: Sequence[tuple[str, bytes]], writer: _Writer) -> tuple[str, str, str]:
    body = b"".join((array_of(1), array_of(len(words)), *(coded for _, coded in words)))
    return words[0][0], words[-1][0], writer.write("index", body)


def _joined_words(blocks: Sequence[Path], offsets: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Give every word of the blocks once, coded, with all the pages it stands on."""
    each = [_numbered(block, offset) for block, offset in zip(blocks, offsets, strict=False)]
    for form, same in groupby(merge(*each), key=itemgetter(0)):
        found = [(offset, word) for _, offset, word in same]
        places = _joined([(offset, word.places) for offset, word in found])
        yield form, b"".join((array_of(3), text(form), places, _joined_variants(found)))


def _numbered(block: Path, offset: int) -> Iterator[tuple[str, int, Word]]:
    for word in read_words(block):
        yield word.form, offset, word


def _joined_variants(words: Sequence[tuple[int, Word]]) -> bytes:
    found: dict[str, list[tuple[int, Places]]] = {}
    for offset, word in words:
        for variant in word.variants:
            found.setdefault(variant.form, []).append((offset, variant.places))
    coded = [array_of(2) + text(form) + _joined(found[form]) for form in sorted(found)]
    return array_of(len(found)) + b"".join(coded)


def _joined(blocks: Sequence[tuple[int, Places]]) -> bytes:
    """Give the pages of several blocks as one array of pages, each with its distance to the last."""
    coded, last = [array_of(sum(places.pages for _, places in blocks))], 0
    for offset, places in blocks:
        if places.pages:
            coded += (array_of(3), number(offset + places.first - last), places.rest)
            last = offset + places.last
    return b"".join(coded)
