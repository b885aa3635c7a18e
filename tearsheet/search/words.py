"""The words of an index, taken out of Pagefind's bytes as they are.

Takes what a piece of an index holds, in CBOR: of each word, and of each form of it with accents,
the pages it stands on, each with its distance to the last one, where on it, and in which fields.
Gives the words with their pages still coded, so that a joined index is made of the same
bytes (joined.py). Every value tells its own length, so a regular expression finds where the
pages of a word end in a third of the time that decoding them alone takes.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import cbor2
import msgspec

from tearsheet.search.coding import number, unknown_format

USUAL = 25
"""The weight of a word that is not told one, as Pagefind codes it."""
TOGETHER = 512
"""Words that are read from a block at one time, so that joining takes little memory."""

_ONE = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_SOME = rb"(?:[\x00-\x17\x20-\x37]++|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)*+"
_NOT_NEGATIVE = rb"(?:[\x00-\x17]++|\x18.|\x19..|\x1a....)*+"
_LENGTH = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
"""Whole numbers, and what stands before the entries of an array (RFC 8949, 3)."""
_WHERE = rb"%s%s%s%s" % (_LENGTH, _SOME, _LENGTH, _SOME)
_page = re.compile(rb"\x83(%s)%s" % (_ONE, _WHERE), re.DOTALL)
"""One page of a word; the group is its distance to the last."""
_pages = re.compile(rb"(?:\x83%s%s)*+" % (_ONE, _WHERE), re.DOTALL)
_only_page = re.compile(rb"\x81\x83(%s)(%s)\x80" % (_ONE, _WHERE), re.DOTALL)
"""What follows a word that is on one page and has no variants, as a third of a block's have."""
_weighed = re.compile(
    rb"\x83(%s)(?:(%s(?:[\x20-\x37]|\x38.)?+)%s(?=[\x80-\x9a])|(%s%s))(%s%s)"
    % (_ONE, _LENGTH, _NOT_NEGATIVE, _LENGTH, _SOME, _LENGTH, _SOME),
    re.DOTALL,
)
"""The same: its distance; of places of one weight their number with that weight, or else the places;
its fields.
"""


class Places(NamedTuple):
    """Where a word stands: on how many pages, the first and the last of them, and, coded, all
    that follows the number of the first.
    """

    pages: int
    first: int
    last: int
    rest: bytes


class Variant(NamedTuple):
    """A form of a word with its accents, and where that stands."""

    form: str
    places: Places


class Word(NamedTuple):
    """A word of a block."""

    form: str
    places: Places
    variants: tuple[Variant, ...]


class _Values(dict[bytes, int]):
    """Whole numbers by their codes, those of arrays' lengths too."""

    def __missing__(self, coded: bytes) -> int:
        self[coded] = _size(coded, 0)[0]
        return self[coded]


class _Weights(dict[bytes, bytes]):
    """The weight, coded, of places that are all of one weight: of what stands before them."""

    def __missing__(self, alike: bytes) -> bytes:
        places, at = _size(alike, 0)
        said = at < len(alike)  # a negative number: the weight of those that follow
        each = _size(alike, at)[0] if said else USUAL
        self[alike] = number(each * (places - said))
        return self[alike]


_weights = _Weights()
_value = _Values().__getitem__
_NOWHERE = Places(0, 0, 0, b"")
_encode = msgspec.msgpack.Encoder().encode
_WORDS_IN = msgspec.msgpack.Decoder(list[Word])


def words_in(body: bytes, path: Path) -> list[Word]:
    """Give the words of a piece. Raises CorpusError where it is not of the pinned format."""
    try:
        head, (length, at) = body[0], _size(body, 1)
        found = []
        for _ in range(length):
            word, at = word_at(body, at)
            found.append(word)
    except (ValueError, IndexError) as error:
        raise unknown_format(path, str(error)) from error
    if head != 0x81 or body[1] >> 5 != 4 or at != len(body):
        raise unknown_format(path, "a list of words is not where Pagefind puts it")
    return found


def word_at(body: bytes, at: int) -> tuple[Word, int]:
    """Give the word that stands here, and where what follows it stands."""
    form, at = _text(body, _expected(body, at, 0x83))
    only = _only_page.match(body, at)
    if only:
        page = _value(only[1])
        return Word(form, Places(1, page, page, only[2]), ()), only.end()
    places, at = _places(body, at)
    length, at = _array(body, at)
    variants = []
    for _ in range(length):
        accented, at = _text(body, _expected(body, at, 0x82))
        there, at = _places(body, at)
        variants.append(Variant(accented, there))
    return Word(form, places, tuple(sorted(variants))), at


def brief_of(places: Places) -> tuple[int, bytes]:
    """Give how weighty a word is on each page: so many numbers, and these, coded."""
    if not places.pages:
        return 0, b""
    count = 2 * places.pages
    coded: list[bytes] = []
    body = b"".join((b"\x83", number(places.first), places.rest))
    for distance, alike, places_, fields in _weighed.findall(body):
        coded += (distance, _weights[alike] if alike else number(_weight(cbor2.loads(places_))))
        if fields != b"\x80":
            named = [number(one) for one in cbor2.loads(fields) if one < 0]
            coded += named
            count += len(named)
    return count, b"".join(coded)


def renumbered(body: bytes, order: Sequence[int], fields: Mapping[int, int], path: Path) -> bytes:
    """Give a piece with its pages numbered and in order as ours are, its fields as ours are."""
    try:
        [words] = cbor2.loads(body)
        for word in words:
            word[1] = _in_order(word[1], order, fields)
            for variant in word[2]:
                variant[1] = _in_order(variant[1], order, fields)
    except (cbor2.CBORDecodeError, TypeError, ValueError, IndexError) as error:
        raise unknown_format(path, str(error)) from error
    return cbor2.dumps([words])


def _in_order(pages: Any, order: Sequence[int], fields: Mapping[int, int]) -> list[Any]:
    at, found = 0, []
    for distance, places, named in pages:
        at += distance
        found.append([order[at], places, [fields.get(one, one) for one in named]])
    found.sort(key=itemgetter(0))
    for one, last in reversed([*zip(found[1:], found, strict=False)]):
        one[0] -= last[0]
    return found


def write_words(file: Path, words: Iterable[Word]) -> None:
    """Write words so that a few can be read at a time."""
    left = iter(words)
    with file.open("wb") as opened:
        while some := list(islice(left, TOGETHER)):
            content = _encode(some)
            opened.write(struct.pack(">I", len(content)) + content)


def read_words(file: Path) -> Iterator[list[Word]]:
    """Give words as they were written, a few at a time. Between these the file is closed: an
    archive may have more blocks than a process may open files.
    """
    at, size = 0, file.stat().st_size
    while at < size:
        with file.open("rb") as opened:
            opened.seek(at)
            content = opened.read(struct.unpack(">I", opened.read(4))[0])
            at = opened.tell()
        yield _WORDS_IN.decode(content)


# ---------------------------------------------------------------- CBOR


def _places(body: bytes, at: int) -> tuple[Places, int]:
    count, at = _array(body, at)
    if not count:
        return _NOWHERE, at
    run = _pages.match(body, at)
    end = run.end() if run else at
    distances = _page.findall(body, at, end)
    if len(distances) != count:
        raise ValueError("a word has not as many pages as it says")
    rest = body[at + 1 + len(distances[0]) : end]
    return Places(count, _value(distances[0]), sum(map(_value, distances)), rest), end


def _weight(places: Sequence[int]) -> int:
    """Give the sum of the weights of a word's places: a negative number changes that of those
    that follow it.
    """
    weight, total = USUAL, 0
    for one in places:
        weight, total = (-1 - one, total) if one < 0 else (weight, total + weight)
    return total


def _expected(body: bytes, at: int, head: int) -> int:
    if body[at] != head:
        raise ValueError("an array is not where Pagefind puts it")
    return at + 1


def _array(body: bytes, at: int) -> tuple[int, int]:
    if body[at] >> 5 != 4:
        raise ValueError("an array is not where Pagefind puts it")
    return _size(body, at)


def _text(body: bytes, at: int) -> tuple[str, int]:
    if body[at] >> 5 != 3:
        raise ValueError("a text is not where Pagefind puts it")
    length, at = _size(body, at)
    return body[at : at + length].decode(), at + length


def _size(body: bytes, at: int) -> tuple[int, int]:
    """Give the number in a head, and where what follows that stands."""
    low = body[at] & 0x1F
    if low < 0x18:
        return low, at + 1
    if low > 0x1A:
        raise ValueError("a number is larger than an index can hold")
    end = at + 1 + (1 << (low - 0x18))
    return int.from_bytes(body[at + 1 : end], "big"), end
