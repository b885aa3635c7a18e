"""What one document says by itself, and what it asks of the corpus before its names are known.

Takes a text; gives an `Observed`, which can be kept. Guarantees that `answers` holds all that
finding the names of the document (`vote.cast`) looks up in the habits of the corpus, and no
more than it can tell apart: so it finds the same names wherever the answers are the same.
"""

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

import msgspec

from tearsheet.names.habits import Habits, Line, habits, lines
from tearsheet.names.language import readable
from tearsheet.names.lexicon import plain
from tearsheet.names.tokens import Case, tokens


class Usage(msgspec.Struct, frozen=True):
    """How a document uses words: `packed` holds its habits, and `asking` the words and pairs of
    words whose use in the corpus decides what is a name here.
    """

    packed: bytes
    asking: bytes


class HeldUsage(Protocol):
    """A usage that was put away."""

    def usage(self) -> Usage:
        """Give the usage."""


class Observed(msgspec.Struct, frozen=True):
    """What one document says by itself, before the corpus is known. `digest` is the text's; how
    it uses words may be put away: those of 10,000 documents take 70 MB, unpacked 400.
    """

    supported: bool
    digest: bytes
    held: Usage | HeldUsage

    @property
    def usage(self) -> Usage:
        """How the document uses words."""
        return self.held if isinstance(self.held, Usage) else self.held.usage()

    @property
    def asking(self) -> bytes:
        """What it asks of the corpus, packed."""
        return self.usage.asking

    @property
    def habits(self) -> Habits:
        """How the words of the document are written."""
        return Habits(*map(Counter, pickle.loads(self.usage.packed)))  # noqa: S301  # our own, see observe


def observe(text: str) -> Observed:
    """Read one document by itself."""
    found = tuple(lines(tokens(text)))
    supported = readable(found)
    counts = habits(found) if supported else Habits()
    parts = [dict(each) for each in (counts.lower, counts.middle, counts.upper, counts.pairs)]
    asking = found if supported else ()
    said = (
        list(dict.fromkeys(word for line in asking for word in _words(line))),
        list(dict.fromkeys(pair for line in asking for pair in _pairs(line))),
    )
    return Observed(
        supported,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(),
        Usage(pickle.dumps(parts, 5), msgspec.msgpack.encode(said)),
    )


def _words(line: Line) -> Iterator[str]:
    """Give the words whose capital proves nothing, and all of a line with a word in capitals."""
    if line.shouted:
        return
    upper = any(token.case is Case.UPPER for token in line.tokens)
    least = Case.LOWER if upper else Case.CAPITAL
    for token in [token for token in line.tokens if token.case >= least]:
        if (token.initial or line.titled) and token.named:
            yield token.text.lower()
        if upper:
            yield plain(token.text).lower()


def _pairs(line: Line) -> Iterator[tuple[str, str]]:
    if line.shouted:
        return
    for token, after in zip(line.tokens, line.tokens[1:], strict=False):
        if (token.initial or line.titled) and token.named and after.named:
            yield token.text.lower(), after.text.lower()


_ASKING = msgspec.msgpack.Decoder(tuple[tuple[str, ...], tuple[tuple[str, str], ...]])

Answer = tuple[str, int, int, int]
"""A word with its use in lower case, with a capital, in capitals: as `rank` puts it."""


class Answers(msgspec.Struct, frozen=True):
    """What a document is told of the habits of the corpus."""

    words: tuple[Answer, ...]
    pairs: tuple[tuple[str, str], ...]
    """Those that the corpus has."""

    @property
    def habits(self) -> Habits:
        """As habits of the corpus that say the same of these words as the whole does."""
        lower, middle, upper = (
            Counter({row[0]: row[column] for row in self.words}) for column in (1, 2, 3)
        )
        return Habits(lower, middle, upper, Counter(self.pairs))


def answers(one: Observed, total: Habits) -> Answers:
    """Tell a document of the corpus what it asks."""
    words, pairs = _ASKING.decode(one.asking)
    return Answers(
        tuple(rank(word, total) for word in words),
        tuple(pair for pair in pairs if total.pairs[pair]),
    )


def rank(word: str, total: Habits) -> Answer:
    """Give the smallest counts that are zero, and greater than each other, where the true ones are."""
    lower, middle, upper = total.lower[word], total.middle[word], total.upper[word]
    usual = 2 if middle else 0
    return (
        word,
        (usual + 1 if lower > middle else 1) if lower else 0,
        usual,
        1 if middle > upper else 2,
    )
