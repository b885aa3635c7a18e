"""The little of CBOR (RFC 8949) that a Pagefind index is written in.

Takes bytes, gives values, and back: whole numbers, text, byte strings and arrays of
known length. Guarantees that `encode(decode(x)) == x` for what Pagefind writes; anything
else is refused, so that a change of Pagefind's format is noticed and never papered over.
"""

from collections.abc import Sequence
from typing import TypeAlias

Value: TypeAlias = int | str | bytes | Sequence["Value"]

_NUMBER, _NEGATIVE, _BYTES, _TEXT, _ARRAY = range(5)
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(content: bytes) -> Value:
    """Give the one value that `content` holds; ValueError where it is not of our kind."""
    value, end = _decode(content, 0)
    if end != len(content):
        raise ValueError(f"{len(content) - end} bytes after the value")
    return value


def encode(value: Value) -> bytes:
    """Write a value in the shortest form."""
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return _head(_TEXT, len(text)) + text
    if isinstance(value, int):
        return _head(_NUMBER, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    return _head(_ARRAY, len(value)) + b"".join(encode(item) for item in value)


def _decode(content: bytes, at: int) -> tuple[Value, int]:
    kind, number, at = _read_head(content, at)
    if kind == _NUMBER:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _BYTES:
        return content[at : at + number], at + number
    if kind == _TEXT:
        return content[at : at + number].decode("utf-8"), at + number
    items: list[Value] = []
    for _ in range(number):
        item, at = _decode(content, at)
        items.append(item)
    return items, at


def _read_head(content: bytes, at: int) -> tuple[int, int, int]:
    if at >= len(content):
        raise ValueError("the value is cut off")
    kind, number = content[at] >> 5, content[at] & 31
    at += 1
    if number in _WIDTHS:
        width = _WIDTHS[number]
        number = int.from_bytes(content[at : at + width], "big")
        at += width
    elif number > 23:
        raise ValueError(f"length {number} is not one that Pagefind writes")
    if kind > _ARRAY:
        raise ValueError(f"major type {kind} is not one that Pagefind writes")
    return kind, number, at


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for code, width in _WIDTHS.items():
        if number < 1 << (8 * width):
            return bytes([kind << 5 | code]) + number.to_bytes(width, "big")
    raise ValueError(f"{number} is too large")
