"""Blocks joined into one index in Pagefind's own format.

Takes the folders of blocks (blocks.py) in their order; writes the index that Pagefind would
have made of all their pages at once, in that order of pages: however the pages were divided,
the index is the same but for the marks of blocks in the addresses of fragments. What a block
says of a word is put behind what the one before said, its coded bytes as they are; only a few
words of each block are in memory at one time.

Pagefind's own sorting is left out: two numbers a page that every reader would fetch with the
first search. The scripts sort by `dates.json`, which is fetched by who asks for it.

Two kinds of files stand beside Pagefind's, for theme/assets/finder.js. `pagefind.*.pf_lists`
says what the metadata says in a third of the bytes: pages by their blocks, pieces by the first
letters that tell them from the one before. And of a piece that is one word, too frequent for a
piece, `index/*.pf_brief` says how weighty the word is on each page, and not at which places: a
fifteenth of the bytes, and enough to rank by.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import cbor2

from tearsheet.search.blocks import FIELDS, Lists, read_lists, words_of
from tearsheet.search.coding import (
    LANGUAGE,
    VERSION,
    Value,
    array_of,
    body_of,
    mark_of,
    number,
    packed,
    text,
)
from tearsheet.search.words import Places, Word, brief_of, word_at
from tearsheet.writer import same_file

PIECE = 20_000
"""Bytes of words in a file, before they are packed (to 7 KB)."""
MARK, LONG_MARK = 6, 12
"""Letters of a digest in the name of a piece, more where two are alike, because every reader
fetches the names of all; and in that of the lists."""
DATES = "dates.json"
JOINING = "_‿⁀⁔︳︴﹍﹎﹏＿"
"""The marks that Pagefind takes for letters, where nothing else is asked of it."""


def join(blocks: Sequence[Path], folder: Path, old: Path | None = None) -> None:
    """Write the index of the blocks' pages, but for their fragments; files that the `old` index
    has too stand in both.
    """
    lists = [read_lists(block) for block in blocks]
    for part in ("filter", "index"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    pages = [
        [f"{one.mark}/{place}", count] for one in lists for place, count in enumerate(one.counts)
    ]
    offsets = [0, *accumulate(len(one.counts) for one in lists)]
    writer = _Writer(folder, old)
    pieces = list(_pieces(blocks, offsets, writer))
    filters: Value = [
        [name, writer.write("filter", cbor2.dumps([name, values]))]
        for name, values in _filters(lists, offsets)
    ]
    chunks = [[piece.first, piece.last, piece.name] for piece in pieces]
    meta = cbor2.dumps([VERSION, pages, chunks, filters, [], list(FIELDS)])
    mark = mark_of(meta, LONG_MARK)
    _write_entry(folder, mark, len(pages))
    (folder / f"pagefind.{mark}.pf_meta").write_bytes(packed(meta))
    short = cbor2.dumps(_short_lists(lists, pieces, filters))
    (folder / f"pagefind.{mark}.pf_lists").write_bytes(packed(short))
    _write_dates(folder, lists)


def _short_lists(lists: Sequence[Lists], pieces: Sequence["_Piece"], filters: Value) -> Value:
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


class _Writer:
    """Writes files named after what they hold, those that an old index has too as they are."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self._folder, self._old = folder, old

    def write(self, part: str, body: bytes) -> str:
        """Write a file; give its name without its ending."""
        letters = MARK
        while not self._put(f"{part}/{mark_of(body, letters)}.pf_{part}", body):
            letters += 1
        return mark_of(body, letters)

    def _put(self, name: str, body: bytes) -> bool:
        file, old = self._folder / name, self._old / name if self._old else None
        if file.exists():
            return body_of(file) == body
        if old is not None and old.is_file() and body_of(old) == body:
            same_file(old, file)
        else:
            file.write_bytes(packed(body))
        return True

    def write_brief(self, name: str, body: bytes) -> None:
        """Write the brief of a piece beside it."""
        (self._folder / "index" / f"{name}.pf_brief").write_bytes(packed(body))


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


class _Piece(NamedTuple):
    first: str
    last: str
    name: str
    brief: bool


class _Word(NamedTuple):
    """A word of all blocks: its form, and itself coded."""

    form: str
    coded: bytes


def _pieces(blocks: Sequence[Path], offsets: Sequence[int], writer: _Writer) -> Iterator[_Piece]:
    """Write the words of all blocks in pieces, a word that is larger than one by itself."""
    waiting: list[_Word] = []
    size = 0
    for word in _joined_words(blocks, offsets):
        if waiting and size + len(word.coded) > PIECE:
            yield _write_piece(waiting, writer)
            waiting, size = [], 0
        waiting.append(word)
        size += len(word.coded)
    if waiting:
        yield _write_piece(waiting, writer)


def _write_piece(words: Sequence[_Word], writer: _Writer) -> _Piece:
    body = b"".join((array_of(1), array_of(len(words)), *(word.coded for word in words)))
    name = writer.write("index", body)
    brief = len(words) == 1 and len(body) > PIECE
    if brief:
        writer.write_brief(name, _brief(words[0].coded))
    return _Piece(words[0].form, words[-1].form, name, brief)


def _brief(coded: bytes) -> bytes:
    """Give a word with the weights of its forms: each form with an array of numbers, for each
    page its distance to the last, the sum of the weights of the word's places on it, and, less
    than 0, the fields that have it.
    """
    word, _ = word_at(coded, 0)
    forms = {word.form: word.places} | dict(word.variants)
    found = [array_of(2), text(word.form), array_of(len(forms))]
    for form, places in forms.items():
        size, numbers = brief_of(places)
        found += (array_of(2), text(form), array_of(size), numbers)
    return b"".join(found)


def _joined_words(blocks: Sequence[Path], offsets: Sequence[int]) -> Iterator[_Word]:
    """Give every word of the blocks once, coded, with all the pages it stands on."""
    for some in _in_order(blocks):
        for form, same in groupby(some, key=itemgetter(0)):
            found = [(offsets[at], word) for _, at, word in same]
            places = _joined([(offset, word.places) for offset, word in found])
            variants = _joined_variants(found)
            yield _Word(form, b"".join((array_of(3), text(form), places, variants)))


def _in_order(blocks: Sequence[Path]) -> Iterator[list[tuple[str, int, Word]]]:
    """Give the words of all blocks in order, some at a time, each with the place of its block."""
    files = [words_of(block) for block in blocks]
    held = [next(file, []) for file in files]
    while any(held):
        # Up to the first end of what is held of a block, no block has any that is not held.
        bound = min(words[-1].form for words in held if words)
        some = []
        for at, words in enumerate(held):
            end = bisect_right(words, bound, key=_form)
            some += [(word.form, at, word) for word in words[:end]]
            held[at] = words[end:] or next(files[at], [])
        some.sort(key=itemgetter(0, 1))
        yield some


_form = itemgetter(0)


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
