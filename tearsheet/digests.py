"""The digest of a value: two values of one shape have the same where they are equal."""

import hashlib

import msgspec

_encode = msgspec.msgpack.Encoder().encode


def digest(value: object) -> str:
    """Give the digest of plain values, tuples, lists, mappings, dataclasses.

    Packing takes a third of the time of `repr`, but does not take half a pair of surrogates.
    """
    try:
        said = _encode(value)
    except UnicodeEncodeError:
        said = repr(value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()
