"""The words of an index in pieces, each a file that a browser fetches when it needs a word of it.

Takes the words of all blocks, joined and in their order (joining.py); writes them. Beside a piece
that is one word, too frequent for a piece, stands its brief: how weighty the word is on each
page, and not at which places, a fifteenth of the bytes and enough to rank by.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tearsheet.search.coding import (
    LANGUAGE,
    array,
    array_of,
    body_of,
    mark_of,
    packed,
    read_value,
    text,
)
from tearsheet.search.joining import Joined
from tearsheet.search.offline import FOLDER
from tearsheet.search.words import brief_of, word_at
from tearsheet.writer import same_file

PIECE = 20_000
"""Bytes of words in a file, before they are packed (to 7 KB)."""
MARK = 6
"""Letters of a digest in the name of a piece, more where two are alike: every reader fetches the
names of all."""


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
        if os.path.exists(file):  # noqa: PTH110  # hundreds of times
            return body_of(file) == body
        if old is not None and os.path.isfile(old) and body_of(old) == body:  # noqa: PTH113  # as above
            self._take(name)
        else:
            with open(file, "wb", buffering=0) as opened:  # noqa: PTH123  # as above
                opened.write(packed(body))
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


def write_pieces(words: Iterable[Joined], files: Files) -> Iterator[Piece]:
    """Write the words of all blocks in pieces, a word that is larger than one by itself."""
    waiting: list[Joined] = []
    size = 0
    for word in words:
        length = len(word[1])
        if waiting and size + length > PIECE:
            yield _write_piece(waiting, files)
            waiting, size = [], 0
        waiting.append(word)
        size += length
    if waiting:
        yield _write_piece(waiting, files)


def _write_piece(words: Sequence[Joined], files: Files) -> Piece:
    forms, coded = zip(*words, strict=True)
    body = b"".join((array_of(1), array_of(len(words)), *coded))
    name = files.write("index", body)
    brief = len(words) == 1 and len(body) > PIECE
    if brief:
        files.write_beside("index", name, "pf_brief", partial(_brief, coded[0]))
    return Piece(forms[0], forms[-1], name, brief)


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
