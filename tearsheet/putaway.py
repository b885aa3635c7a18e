"""What was made of a source, packed: part of it stays at hand, the rest is put away.

Takes what was prepared; gives bytes of two parts, and of such bytes a Prepared whose document and
shingles are read when they are asked for: those of 50,000 sources are more than memory holds. Of
a source that is as the last build left it, what is at hand is read only when it is asked for too.
"""

import hashlib
from functools import lru_cache

import msgspec

from tearsheet.archive.register import Received
from tearsheet.cache import Cache
from tearsheet.errors import CorpusError
from tearsheet.model import Description, Document, Gist, Rejected
from tearsheet.names.observed import Observed, Usage
from tearsheet.prepare import Fresh

READ = 64
"""Documents that stay in memory when they were read: those that one page shows."""
LYING = 16
"""What was put away of so many stays in memory, packed: some steps ask for two things in it."""

LOST = "the cache was deleted while the archive was built; build again"


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
    observed: tuple[bool, bytes] | None
    """As it is at hand: of a document of the last build this part is found alone."""
    usage: msgspec.Raw


class _Text(msgspec.Struct):
    """Of a document the text alone: a tenth of the time."""

    text: str


class _Parts(msgspec.Struct, array_like=True, frozen=True):
    """Both; `away` is nothing where it lies in the cache. `mark` is the digest of both: what was
    made of a source from something else, and is the same, has the same. It is the key of `away`.
    """

    mark: bytes
    at_hand: msgspec.Raw
    away: msgspec.Raw


# Twice as fast as pickling, with the types checked.
_OUT = msgspec.msgpack.Encoder()
_PARTS_IN = msgspec.msgpack.Decoder(_Parts)
_AT_HAND_IN, _AWAY_IN = msgspec.msgpack.Decoder(_AtHand), msgspec.msgpack.Decoder(_Away)
_DOCUMENT_IN = msgspec.msgpack.Decoder(Document)
_TEXT_IN = msgspec.msgpack.Decoder(_Text)
_USAGE_IN = msgspec.msgpack.Decoder(Usage)
_NOTHING = msgspec.Raw(_OUT.encode(None))


def packed(one: Fresh) -> bytes:
    """Pack what was made of a source."""
    seen = one.observed
    observed = (seen.supported, seen.digest) if seen else None
    at_hand = _OUT.encode(_AtHand(one.received, one.description, one.rejected, observed, one.gist))
    document, usage = (
        msgspec.Raw(_OUT.encode(part)) for part in (one.document, seen and seen.usage)
    )
    away = _OUT.encode(_Away(document, one.all_shingles(), observed, usage))
    mark = hashlib.sha256(at_hand + away).digest()
    return _OUT.encode(_Parts(mark, msgspec.Raw(at_hand), msgspec.Raw(away)))


def document_in(packed: bytes) -> Document:
    """Give the document of a packed source."""
    return _DOCUMENT_IN.decode(_AWAY_IN.decode(_PARTS_IN.decode(packed).away).document)


class Apart:
    """A cache of packed sources, which lays what is put away of each beside what is at hand."""

    def __init__(self, cache: Cache) -> None:
        self._cache, self.keeps = cache, cache.keeps

    def get(self, key: bytes) -> bytes | None:
        """Give what is at hand of a source, if it is kept."""
        return self._cache.get(key)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a packed source."""
        parts = _PARTS_IN.decode(value)
        # The part that is read later first: a build may be killed between the two.
        self._cache.put(parts.mark, bytes(parts.away))
        self._cache.put(key, _OUT.encode(_Parts(parts.mark, parts.at_hand, _NOTHING)))

    def touch(self, *keys: bytes) -> None:
        """Take what is at hand of sources as asked for."""
        self._cache.touch(*keys)

    def holds(self, *keys: bytes) -> bool:
        """Say whether what is at hand of each of these sources is kept."""
        return self._cache.holds(*keys)


class Made(msgspec.Struct, array_like=True, frozen=True):
    """Where to find what was made of a source: what is at hand of it under `key`, what is put
    away under `mark`.
    """

    key: bytes
    mark: bytes
    observed: tuple[bool, bytes] | None


def packed_again(made: Made, cache: Cache) -> bytes:
    """Give a source as it was packed; nothing where that is not known any more."""
    at_hand, away = cache.get(made.key), cache.get(made.mark)
    if at_hand is None or away is None:
        return b""
    return _OUT.encode(_Parts(made.mark, _PARTS_IN.decode(at_hand).at_hand, msgspec.Raw(away)))


class Kept(msgspec.Struct, frozen=True):
    """A source that was prepared, most of it put away in the cache."""

    received: Received
    rejected: Rejected | None
    made: Made | None
    cache: Cache
    held: _AtHand | None = None
    """What is at hand of it, where it was prepared in this build."""
    away: bytes | None = None
    """What is put away, where nothing is kept."""

    @property
    def document(self) -> "Putaway | None":
        """The document."""
        return Putaway(self.cache, self.made.mark, self.away) if self.made else None

    @property
    def description(self) -> Description | None:
        """What is known of it. Raises CorpusError where the cache was lost meanwhile."""
        found = self._at_hand()
        return found.description if found else None

    @property
    def gist(self) -> Gist | None:
        """What the corpus must know of it. Raises CorpusError where the cache was lost meanwhile."""
        found = self._at_hand()
        return found.gist if found else None

    @property
    def observed(self) -> Observed | None:
        """How it uses words."""
        document = self.document
        seen = self.made.observed if self.made else None
        return Observed(*seen, document) if seen and document else None

    @property
    def mark(self) -> str:
        """What tells it from anything else that could have been made; nothing if it was rejected."""
        return self.made.mark.hex() if self.made else ""

    def all_shingles(self) -> bytes:
        """Give the shingles. Raises CorpusError where the cache was lost meanwhile."""
        document = self.document
        return document.shingles() if document else b""

    def _at_hand(self) -> _AtHand | None:
        if self.held is not None or self.made is None:
            return self.held
        return _at_hand_of(self)


def unpacked(key: bytes, value: bytes, cache: Cache) -> Kept:
    """Give what was made of a source, which is kept under `key`."""
    parts = _PARTS_IN.decode(value)
    held = _AT_HAND_IN.decode(parts.at_hand)
    made = Made(key, parts.mark, held.observed)
    return Kept(held.received, None, made, cache, held, None if cache.keeps else bytes(parts.away))


class Putaway(msgspec.Struct, frozen=True):
    """A document and its shingles in the cache, or, where nothing is kept there, in memory."""

    cache: Cache
    mark: bytes
    packed: bytes | None

    @property
    def text(self) -> str:
        """The text of the document. Raises CorpusError as `read` does."""
        return _TEXT_IN.decode(self._away().document).text

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
        found = self.packed if self.packed is not None else _lying(self)
        if found is None:
            raise CorpusError(LOST)
        return _AWAY_IN.decode(found)


def shingles_kept(cache: Cache, mark: str) -> bytes | None:
    """Give the shingles of a source by its mark, of one of the last build too; None if unknown."""
    packed = cache.get(bytes.fromhex(mark))
    return None if packed is None else _AWAY_IN.decode(packed).shingles


def observed_kept(cache: Cache, mark: str) -> Observed | None:
    """Give what was observed in a source by its mark, of one of the last build too; None if unknown."""
    if not mark:
        return None
    away = cache.get(bytes.fromhex(mark))
    seen = _AWAY_IN.decode(away).observed if away is not None else None
    return Observed(*seen, Putaway(cache, bytes.fromhex(mark), away)) if seen else None


@lru_cache(maxsize=LYING)
def _at_hand_of(one: Kept) -> _AtHand:
    found = one.cache.get(one.made.key) if one.made else None
    if found is None:
        raise CorpusError(LOST)
    return _AT_HAND_IN.decode(_PARTS_IN.decode(found).at_hand)


@lru_cache(maxsize=READ)
def _read(one: Putaway) -> Document:
    return one.document()


@lru_cache(maxsize=LYING)
def _lying(one: Putaway) -> bytes | None:
    return one.cache.get(one.mark)
