"""The words of an index in pieces, each a file that a browser fetches when it needs a word of it.

Takes the folders of blocks (blocks.py) in their order; writes their words, each once, with the
pages of all blocks. What a block says of a word is put behind what the one before said, its
coded bytes as they are; only a few words of each block are in memory at one time. Beside a piece
that is one word, too frequent for a piece, stands its brief: how weighty the word is on each
page, and not at which places, a fifteenth of the bytes and enough to rank by.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from tearsheet.search.blocks import words_of
from tearsheet.search.coding import (
    LANGUAGE,
    array,
    array_of,
    body_of,
    mark_of,
    number,
    packed,
    read_value,
    text,
)
from tearsheet.search.offline import FOLDER
from tearsheet.search.words import Places, Word, brief_of, word_at
from tearsheet.writer import same_file

PIECE = 20_000
"""Bytes of words in a file, before they are packed (to 7 KB)."""
MARK = 6
"""Letters of a digest in the name of a piece, more where two are alike: every reader fetches the
names of all."""

_PAGE = _WORD = array_of(3)
_VARIANT = array_of(2)
"""What stands before a page, a word, a form of a word."""


class Files:
    """Writes files named after what they hold, those that an old index has too as they are."""

    def __init__(self, folder: Path, old: Path | None) -> None:
        self._folder, self._old = folder, old
        self._taken: set[str] = set()

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
            self._take(name)
        else:
            file.write_bytes(packed(body))
        return True

    def write_beside(self, part: str, name: str, ending: str, make: Callable[[], bytes]) -> None:
        """Write beside a file one that is made of the same."""
        beside = f"{part}/{name}.{ending}"
        if f"{part}/{name}.pf_{part}" in self._taken:
            self._take(beside)
        else:
            (self._folder / beside).write_bytes(packed(make()))

    def _take(self, name: str) -> None:
        """Let a file of the old index stand in this one too, with the script that hands it over."""
        self._taken.add(name)
        for path in (name, f"{FOLDER}/{name}.js"):
            if self._old is not None and (self._old / path).is_file():
                (self._folder / path).parent.mkdir(exist_ok=True)
                same_file(self._old / path, self._folder / path)


class Piece(NamedTuple):
    """A piece: its first and its last word, its name, and whether a brief stands beside it."""

    first: str
    last: str
    name: str
    brief: bool


class _Word(NamedTuple):
    """A word of all blocks: its form, and itself coded."""

    form: str
    coded: bytes


def write_pieces(blocks: Sequence[Path], offsets: Sequence[int], files: Files) -> Iterator[Piece]:
    """Write the words of all blocks in pieces, a word that is larger than one by itself."""
    waiting: list[_Word] = []
    size = 0
    for word in _joined_words(blocks, offsets):
        if waiting and size + len(word.coded) > PIECE:
            yield _write_piece(waiting, files)
            waiting, size = [], 0
        waiting.append(word)
        size += len(word.coded)
    if waiting:
        yield _write_piece(waiting, files)


def _write_piece(words: Sequence[_Word], files: Files) -> Piece:
    body = b"".join((array_of(1), array_of(len(words)), *(word.coded for word in words)))
    name = files.write("index", body)
    brief = len(words) == 1 and len(body) > PIECE
    if brief:
        files.write_beside("index", name, "pf_brief", partial(_brief, words[0].coded))
    return Piece(words[0].form, words[-1].form, name, brief)


def pieces_in(index: Path) -> Iterator[Piece]:
    """Give the pieces of an index that was joined before."""
    entry = json.loads((index / "pagefind-entry.json").read_text(encoding="utf-8"))
    meta = index / f"pagefind.{entry['languages'][LANGUAGE]['hash']}.pf_meta"
    chunks: Any = array(array(read_value(meta), meta, 6)[2], meta)
    there = set(os.listdir(index / "index"))  # noqa: PTH208  # of thousands, none asked for alone
    for first, last, name in chunks:
        yield Piece(first, last, name, f"{name}.pf_brief" in there)


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
    for some in _in_order(blocks, offsets):
        for form in sorted(some):
            found = some[form]
            places = _joined([(offset, word.places) for offset, word in found])
            yield _Word(form, b"".join((_WORD, text(form), places, _joined_variants(found))))


def _in_order(
    blocks: Sequence[Path], offsets: Sequence[int]
) -> Iterator[dict[str, list[tuple[int, Word]]]]:
    """Give the words of all blocks, some at a time, each some after those before: by its form a
    word of every block that has it, with the number of the block's first page.
    """
    files = [words_of(block) for block in blocks]
    held = [next(file, []) for file in files]
    while any(held):
        # Up to the first end of what is held of a block, no block has any that is not held.
        bound = min(words[-1].form for words in held if words)
        some: dict[str, list[tuple[int, Word]]] = {}
        for at, (words, offset) in enumerate(zip(held, offsets, strict=False)):
            end = bisect_right(words, bound, key=_form)
            for word in words[:end]:
                some.setdefault(word[0], []).append((offset, word))
            held[at] = words[end:] or next(files[at], [])
        yield some


_form = itemgetter(0)


def _joined_variants(words: Sequence[tuple[int, Word]]) -> bytes:
    found: dict[str, list[tuple[int, Places]]] = {}
    for offset, (_, _, variants) in words:
        for form, places in variants:
            found.setdefault(form, []).append((offset, places))
    coded = [_VARIANT + text(form) + _joined(found[form]) for form in sorted(found)]
    return array_of(len(found)) + b"".join(coded)


def _joined(blocks: Sequence[tuple[int, Places]]) -> bytes:
    """Give the pages of several blocks as one array of pages, each with its distance to the last."""
    coded, count, before = [b""], 0, 0
    for offset, (pages, first, last, rest) in blocks:
        if pages:
            coded += (_PAGE, number(offset + first - before), rest)
            before = offset + last
            count += pages
    coded[0] = array_of(count)
    return b"".join(coded)
