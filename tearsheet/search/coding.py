"""The files of Pagefind 1.5.2, read and written.

Takes and gives bytes and values: CBOR behind a signature, packed with gzip, in files that are
named after what they hold. What is not of the pinned version's format is refused, so that a
change of it is noticed and never papered over.
"""

import gzip
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import cbor2

from tearsheet.errors import CorpusError

Value: TypeAlias = int | str | bytes | Sequence["Value"]

VERSION = "1.5.2"
LANGUAGE = "en"
SMALL = 4
"""How hard files are packed: 6 saves 4 % of words and 1 % of texts, and takes three times as long."""

_SIGNATURE = b"pagefind_dcd"
_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0x00, 0x20, 0x60, 0x80
"""CBOR's major types as they stand in a first byte (RFC 8949)."""
_LENGTHS = ((0x18, 1, 0x100), (0x19, 2, 0x10000), (0x1A, 4, 0x100000000))


def body_of(path: Path) -> bytes:
    """Give what a file of an index holds, unpacked."""
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise unknown_format(path, str(error)) from error
    if not content.startswith(_SIGNATURE):
        raise unknown_format(path, "it does not begin as Pagefind's files do")
    return content.removeprefix(_SIGNATURE)


def read_value(path: Path) -> Value:
    """Give the value that a file of an index holds."""
    try:
        value: Value = cbor2.loads(body_of(path))
    except (cbor2.CBORDecodeError, ValueError) as error:
        raise unknown_format(path, str(error)) from error
    return value


def array(value: Value, path: Path, length: int | None = None) -> Sequence[Value]:
    """Give an array as one, of the expected length."""
    if isinstance(value, list) and length in (None, len(value)):
        return value
    raise unknown_format(path, "an array is not where Pagefind puts it")


def packed(body: bytes) -> bytes:
    """Give the content of a file that holds this body."""
    return gzip.compress(_SIGNATURE + body, SMALL, mtime=0)


def mark_of(body: bytes, letters: int) -> str:
    """Give the name of a file that holds this body, without its ending."""
    return f"{LANGUAGE}_{hashlib.sha256(body).hexdigest()[:letters]}"


class _Numbers(dict[int, bytes]):
    """Whole numbers by what they are coded as: the few that occur are coded once."""

    def __missing__(self, value: int) -> bytes:
        coded = _headed(_UNSIGNED, value) if value >= 0 else _headed(_NEGATIVE, -1 - value)
        self[value] = coded
        return coded


number = _Numbers().__getitem__
"""Give a whole number, coded."""


def text(value: str) -> bytes:
    """Give a text, coded."""
    content = value.encode()
    return _headed(_TEXT, len(content)) + content


@cache
def array_of(length: int) -> bytes:
    """Give what stands before the entries of an array."""
    return _headed(_ARRAY, length)


def _headed(kind: int, value: int) -> bytes:
    if value < 0x18:
        return bytes((kind | value,))
    for head, size, beyond in _LENGTHS:
        if value < beyond:
            return bytes((kind | head,)) + value.to_bytes(size, "big")
    raise ValueError(f"{value}: larger than an index can hold")


def unknown_format(path: Path, found: str) -> CorpusError:
    """Give the complaint that a file is not as the pinned version writes it."""
    return CorpusError(
        f"{path}: {found}; expected an index of Pagefind {VERSION}: install the pinned version"
    )
