"""The words of blocks joined into those of an index, each once, with the pages of all blocks.

Takes the folders of blocks (blocks.py) in their order; gives every word, coded. What a block
says of a word is put behind what the one before said, its coded bytes as they are. Either only
a few words of each block are in memory at one time; or all that was joined is kept in a file,
and of the next build only those words are joined anew of which a block says something else.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

import msgspec

from tearsheet.search.blocks import words_of
from tearsheet.search.coding import array_of, number, text
from tearsheet.search.words import Places, Word
from tearsheet.writer import write_if_changed

_PAGE = _WORD = array_of(3)
_VARIANT = array_of(2)
"""What stands before a page, a word, a form of a word."""

Joined: TypeAlias = tuple[str, bytes]
"""A word of all blocks: its form, and itself coded."""
_Laid: TypeAlias = tuple[str, int]
"""A block as far as words depend on it: its mark, and the number of its first page."""
_Found: TypeAlias = dict[str, list[tuple[int, Word]]]
"""By its form a word of every block that has it, with the number of the block's first page."""


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """What was joined of which blocks."""

    blocks: list[_Laid]
    forms: list[str]
    coded: list[bytes]


_KEPT_IN = msgspec.msgpack.Decoder(_Kept)


def joined_words(blocks: Sequence[Path], offsets: Sequence[int]) -> Iterator[Joined]:
    """Give every word of the blocks once, coded, with all the pages it stands on."""
    for some in _in_order(blocks, offsets):
        yield from ((form, _coded(form, some[form])) for form in sorted(some))


def joined_since(blocks: Sequence[Path], offsets: Sequence[int], file: Path) -> Iterable[Joined]:
    """Give the same, out of what the last build left in a file, which holds them afterwards; all
    words are in memory then.
    """
    kept, now = _read(file), [(one.name, at) for one, at in zip(blocks, offsets, strict=False)]
    other = _said_otherwise(kept.blocks, now, file.parent) if kept else None
    if kept is None or other is None:
        words = dict(joined_words(blocks, offsets))
    else:
        words = dict(zip(kept.forms, kept.coded, strict=True))
        for form in other:
            words.pop(form, None)
        words |= _joined_of(other, blocks, offsets)
    forms = sorted(words)
    coded = [words[form] for form in forms]
    write_if_changed(file, msgspec.msgpack.encode(_Kept(now, forms, coded)))
    return zip(forms, coded, strict=True)


def _read(file: Path) -> _Kept | None:
    try:
        return _KEPT_IN.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def _said_otherwise(before: Sequence[_Laid], now: Sequence[_Laid], shelf: Path) -> set[str] | None:
    """Give the words of which a block says something else than what was said before; None where
    that is not known, or most blocks are others.
    """
    gone, come = {*before} - {*now}, {*now} - {*before}
    if 2 * len(come) > len(now) or not all((shelf / name).is_dir() for name, _ in gone):
        return None
    said, says = (
        {(at, word) for name, at in laid for some in words_of(shelf / name) for word in some}
        for laid in (gone, come)
    )
    return {word.form for _, word in said ^ says}


def _joined_of(forms: set[str], blocks: Sequence[Path], offsets: Sequence[int]) -> Iterator[Joined]:
    found: _Found = {}
    for block, offset in zip(blocks, offsets, strict=False):
        for some in words_of(block):
            for word in some:
                if word[0] in forms:
                    found.setdefault(word[0], []).append((offset, word))
    return ((form, _coded(form, said)) for form, said in found.items())


def _coded(form: str, said: Sequence[tuple[int, Word]]) -> bytes:
    places = _joined([(offset, word.places) for offset, word in said])
    return b"".join((_WORD, text(form), places, _joined_variants(said)))


def _in_order(blocks: Sequence[Path], offsets: Sequence[int]) -> Iterator[_Found]:
    """Give the words of all blocks, some at a time, each some after those before."""
    files = [words_of(block) for block in blocks]
    held = [next(file, []) for file in files]
    while any(held):
        # Up to the first end of what is held of a block, no block has any that is not held.
        bound = min(words[-1].form for words in held if words)
        some: _Found = {}
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
