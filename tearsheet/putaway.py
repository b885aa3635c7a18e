"""What was made of a source, packed: part of it stays at hand, the rest is put away.

Takes a Prepared; gives bytes of two parts, and of such bytes a Prepared whose document and
shingles are read when they are asked for: those of 50,000 sources are more than memory holds.
"""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from tearsheet.archive.register import Received
from tearsheet.cache import Cache
from tearsheet.errors import CorpusError
from tearsheet.model import Description, Document, Gist, Rejected
from tearsheet.names.observed import Observed, Usage
from tearsheet.prepare import Prepared

READ = 64
"""Documents that stay in memory when they were read: those that one page shows."""


class _AtHand(msgspec.Struct, array_like=True, frozen=True):
    """What the corpus as a whole is made of."""

    received: Received
    description: Description | None
    rejected: Rejected | None
    observed: tuple[bool, bytes] | None
    """Whether its language is read for names, and the digest of its text."""
    gist: Gist | None


class _Away(msgspec.Struct, array_like=True, frozen=True):
    """What is read for one page, or once in a build."""

    document: msgspec.Raw
    shingles: bytes
    usage: msgspec.Raw


class _Parts(msgspec.Struct, array_like=True, frozen=True):
    """Both; `away` is nothing where it lies in the cache."""

    at_hand: msgspec.Raw
    away: msgspec.Raw


# Twice as fast as pickling, with the types checked.
_OUT = msgspec.msgpack.Encoder()
_PARTS_IN = msgspec.msgpack.Decoder(_Parts)
_AT_HAND_IN, _AWAY_IN = msgspec.msgpack.Decoder(_AtHand), msgspec.msgpack.Decoder(_Away)
_DOCUMENT_IN = msgspec.msgpack.Decoder(Document)
_USAGE_IN = msgspec.msgpack.Decoder(Usage)
_NOTHING = _OUT.encode(None)


def packed(one: Prepared) -> bytes:
    """Pack what was made of a source."""
    seen = one.observed
    observed = (seen.supported, seen.digest) if seen else None
    at_hand = _AtHand(one.received, one.description, one.rejected, observed, one.gist)
    document, usage = (
        msgspec.Raw(_OUT.encode(part)) for part in (one.document, seen and seen.usage)
    )
    away = _Away(document, one.all_shingles(), usage)
    return _OUT.encode(_parts(_OUT.encode(at_hand), _OUT.encode(away)))


def _parts(at_hand: bytes, away: bytes) -> _Parts:
    return _Parts(msgspec.Raw(at_hand), msgspec.Raw(away))


class Shelves:
    """A cache of packed sources, which lays the two parts of each apart."""

    def __init__(self, cache: Cache) -> None:
        self.cache, self.keeps = cache, cache.keeps

    def get(self, key: bytes) -> bytes | None:
        """Give what is at hand of a source, if it is kept."""
        at_hand = self.cache.get(key)
        if at_hand is None:
            return None
        self.touch(key)
        return _OUT.encode(_parts(at_hand, _NOTHING))

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a packed source."""
        parts = _PARTS_IN.decode(value)
        # The part that is read later first: a build may be killed between the two.
        self.cache.put(_away(key), bytes(parts.away))
        self.cache.put(key, bytes(parts.at_hand))

    def touch(self, key: bytes) -> None:
        """Take both parts as asked for."""
        self.cache.touch(key)
        self.cache.touch(_away(key))


def _away(key: bytes) -> bytes:
    """Give the key of what was put away: another one to the cache, too, which knows its first bytes."""
    return bytes([key[0] ^ 1]) + key[1:]


def unpacked(value: bytes, key: bytes | None, cache: Cache) -> Prepared:
    """Give what was made of a source, most of it put away in the cache."""
    parts = _PARTS_IN.decode(value)
    found = _AT_HAND_IN.decode(parts.at_hand)
    away = None
    if found.description is not None:
        kept = cache.keeps and key is not None
        away = Putaway(cache, key, None if kept else bytes(parts.away))
    return Prepared(
        found.received,
        away,
        found.description,
        found.rejected,
        Observed(*found.observed, away) if found.observed and away else None,
        away or b"",
        found.gist,
        key.hex() if key else "",
    )


@dataclass(frozen=True, slots=True)
class Putaway:
    """A document and its shingles in the cache, or, where nothing is kept there, in memory."""

    cache: Cache
    key: bytes | None
    packed: bytes | None

    def read(self) -> Document:
        """Give the document. Raises CorpusError where the cache was lost meanwhile."""
        return _read(self)

    def shingles(self) -> bytes:
        """Give the shingles. Raises CorpusError as `read` does."""
        return self._away().shingles

    def usage(self) -> Usage:
        """Give how the document uses words. Raises CorpusError as `read` does."""
        return _USAGE_IN.decode(self._away().usage)

    def document(self) -> Document:
        """Read the document."""
        return _DOCUMENT_IN.decode(self._away().document)

    def _away(self) -> _Away:
        found = self.packed
        if found is None and self.key is not None:
            found = self.cache.get(_away(self.key))
        if found is None:
            raise CorpusError("the cache was deleted while the archive was built; build again")
        return _AWAY_IN.decode(found)


def shingles_kept(cache: Cache, mark: str) -> bytes | None:
    """Give the shingles of a source by its mark, of one of the last build too; None if unknown."""
    packed = cache.get(_away(bytes.fromhex(mark)))
    return None if packed is None else _AWAY_IN.decode(packed).shingles


def observed_kept(cache: Cache, mark: str) -> Observed | None:
    """Give what was observed in a source by its mark, of one of the last build too; None if unknown."""
    if not mark:
        return None
    key = bytes.fromhex(mark)
    at_hand, away = cache.get(key), cache.get(_away(key))
    if at_hand is None or away is None:
        return None
    seen = _AT_HAND_IN.decode(at_hand).observed
    return Observed(*seen, Putaway(cache, key, away)) if seen else None


@lru_cache(maxsize=READ)
def _read(one: Putaway) -> Document:
    return one.document()
