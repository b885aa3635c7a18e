"""The digest of a value: two values of one shape have the same where they are equal."""

import hashlib
from functools import lru_cache

import msgspec

_encode = msgspec.msgpack.Encoder().encode


def said(value: object) -> bytes:
    """Give plain values, tuples, lists, mappings, dataclasses as bytes.

    Packing takes a third of the time of `repr`, but does not take half a pair of surrogates.
    """
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return repr(value).encode("utf-8", "surrogatepass")


def digest(value: object) -> str:
    """Give the digest of a value that `said` takes."""
    return hashlib.sha256(said(value)).hexdigest()


def key_of(value: object) -> bytes:
    """Give the digest of a value as a cache takes it for a key."""
    return bytes.fromhex(digest(value))


@lru_cache(2**15)
def number_of_word(word: str) -> int:
    """Give a word as a number of eight bytes: nine in ten were met in another text before."""
    return number_of(word)


def number_of(text: str) -> int:
    """Give a text as a number of eight bytes."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
