"""A run of tokens that may be a name.

Takes nothing; holds the value that the passes over a line hand on. Guarantees that a
chunk's words are tokens of one line, in order.
"""

import msgspec

from tearsheet.names.habits import Line
from tearsheet.names.lexicon import plain
from tearsheet.names.tokens import Case, Token


class Chunk(msgspec.Struct, frozen=True):
    """A run of tokens of one line, `first` up to but not including `last`."""

    line: Line
    first: int
    last: int
    titled: bool = False
    title_only: bool = False
    """A lone title (`Major said`): a name only where the document knows one who bears it."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens themselves."""
        return self.line.tokens[self.first : self.last]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.line.tokens[self.last - 1].end

    def words(self) -> tuple[str, ...]:
        """The words, accents folded, without marks."""
        return tuple(plain(t.text) for t in self.tokens if t.case >= Case.LOWER)
