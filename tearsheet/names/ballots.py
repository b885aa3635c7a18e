"""The ballots of one document as they are kept, and what the corpus needs of them.

Takes a text with what it was told of its words; gives packed votes. Depends on nothing else, so
it can be done anywhere.
"""

import msgspec

from tearsheet.names.habits import lines
from tearsheet.names.headlines import phrases
from tearsheet.names.lexicon import lexicon
from tearsheet.names.observed import Answers
from tearsheet.names.opinion import Heard
from tearsheet.names.tokens import tokens
from tearsheet.names.vote import Cast, Packed, Tally, cast, packed, tally, unpacked


class Asked(msgspec.Struct, frozen=True):
    """A document whose names are to be looked for, with what the corpus says of its words."""

    text: str
    told: Answers
    heard: tuple[Heard, ...] = ()


class Votes(msgspec.Struct, array_like=True, frozen=True):
    """The votes of one document; `cast` is read where it is needed.

    `phrases` are the names that it asks for on account of its lines in capitals.
    """

    tally: Tally
    phrases: tuple[str, ...]
    cast: msgspec.Raw


_OUT, _CAST_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Packed)


def votes_of(asked: Asked) -> bytes:
    """Give the votes of one document, packed."""
    found = cast(lines(tokens(asked.text)), asked.told.habits, lexicon(), asked.heard)
    asks = tuple(dict.fromkeys(name for line in found.shouted for name in phrases(line)))
    return _OUT.encode(Votes(tally(found.ballots), asks, msgspec.Raw(_OUT.encode(packed(found)))))


def cast_of(votes: Votes) -> Cast:
    """Give the ballots themselves."""
    return unpacked(_CAST_IN.decode(votes.cast))
