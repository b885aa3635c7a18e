"""What records say of entities: each mention in its sentence.

Takes a Record; gives Quotations by entity. Guarantees that no mention is left out, and that a
document is read once, however many entities it mentions.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tearsheet.model import Document, Mention, Record
from tearsheet.names import sentence

MAX_SENTENCE = 400
"""Characters of a quoted sentence; a longer one is cut around the mention, with an ellipsis."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with the mentions in it: `spans` are offsets in `text`, `anchor` its block's."""

    anchor: str
    text: str
    spans: tuple[tuple[int, int], ...]


class Quotations:
    """The quotations of all records, made when the first of a record is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, dict[str, tuple[Quotation, ...]]] = {}

    def of(self, record: Record, entity: str) -> tuple[Quotation, ...]:
        """Give each sentence of a record that mentions the entity, once, in order."""
        if record.path not in self._made:
            self._made[record.path] = _quoted(record.document, record.mentions)
        return self._made[record.path].get(entity, ())


def _quoted(document: Document, mentions: Sequence[Mention]) -> dict[str, tuple[Quotation, ...]]:
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.entity:
            told.setdefault(mention.entity, []).append(mention)
    return {entity: tuple(_quotations(document, found)) for entity, found in told.items()}


def _quotations(document: Document, told: Sequence[Mention]) -> Iterator[Quotation]:
    sentences: dict[tuple[int, int], list[Mention]] = {}
    for mention in told:
        span = sentence(document.text, mention.start, mention.end)
        sentences.setdefault(span, []).append(mention)
    blocks = document.blocks
    for span, mentions in sentences.items():
        home = blocks[bisect_right(blocks, mentions[0].start, key=lambda one: one.start) - 1]
        yield from _quotation(document.text, home.anchor, span, mentions)


def _quotation(
    whole: str, anchor: str, span: tuple[int, int], mentions: Sequence[Mention]
) -> Iterator[Quotation]:
    """Quote a sentence: one that is too long in pieces around the mentions, none left out."""
    while mentions:
        start, end = span
        if end - start > MAX_SENTENCE:
            start = max(start, mentions[0].start - MAX_SENTENCE // 2)
            end = min(end, max(start + MAX_SENTENCE, mentions[0].end))
        before, after = "… " * (start > span[0]), " …" * (end < span[1])
        inside = [mention for mention in mentions if mention.end <= end]
        spans = ((one.start - start + len(before), one.end - start + len(before)) for one in inside)
        yield Quotation(anchor, before + whole[start:end] + after, tuple(spans))
        mentions = mentions[len(inside) :]
