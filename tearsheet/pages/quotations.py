"""What records say of entities: each mention in its sentence.

Takes a Record; gives Quotations by entity. Guarantees that no mention is left out, and that a
document is read once, however many entities it mentions.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import key_of
from tearsheet.documents import NO_MARKS
from tearsheet.model import Document, Mention, Record
from tearsheet.names import sentence

MAX_SENTENCE = 400
"""Characters of a quoted sentence; a longer one is cut around the mention, with an ellipsis."""
MOST_HELD = 10_000
"""Records whose quotations are held in memory, some 10 KB each; beyond them they are read from
the cache whenever they are asked for, in 0.04 ms.
"""


class Quotation(msgspec.Struct, frozen=True):
    """A sentence with the mentions in it: `spans` are offsets in `text`, `anchor` its block's."""

    anchor: str
    text: str
    spans: tuple[tuple[int, int], ...]


def surfaces(quotation: Quotation) -> Iterator[str]:
    """Give each mention in a quotation as it is spelled there."""
    return (quotation.text[start:end] for start, end in quotation.spans)


class Told(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a record says of one entity, and the Markdown of it; `mark` is that of what the record
    tells.
    """

    mark: str
    said: tuple[Quotation, ...]
    lines: tuple[str, ...]


Lay = Callable[[str, Sequence[Quotation]], tuple[str, ...]]
"""Gives the Markdown of what a record, by its path, says of an entity. It is kept under the mark
of what the record tells, and depends on nothing else.
"""
_ROWS_IN = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_TOLD_IN = msgspec.msgpack.Decoder(dict[str, Told])
_SAID_IN = msgspec.msgpack.Decoder(tuple[Quotation, ...])
_OUT = msgspec.msgpack.Encoder()
_Row = dict[str, tuple[Quotation, ...]] | dict[str, msgspec.Raw]


class Quotations:
    """The quotations of all records, made when the first of a record is asked for. They are kept
    in a cache, those of an entity together, each under the mark of what its record tells (none:
    not kept).
    """

    def __init__(
        self,
        record: Callable[[str], Record],
        marks: Mapping[str, str] = NO_MARKS,
        cache: Cache = NO_CACHE,
    ) -> None:
        """`record` gives a record by its path, whose document may have to be read."""
        self._record, self._marks, self._cache = record, marks, cache
        self._made: dict[str, _Row] = {}

    def of(self, entity: str, records: Sequence[str], lay: Lay) -> list[Told]:
        """Give for each record, by path, each sentence that mentions the entity, once, in order."""
        key = _place(entity)
        packed = self._cache.get(key)
        known = _TOLD_IN.decode(packed) if packed else {}
        told = {path: self._told(path, entity, known, lay) for path in records}
        if told != known and all(one.mark for one in told.values()):
            self._cache.put(key, _OUT.encode(told))
        return list(told.values())

    def touch(self, entities: Iterable[str]) -> None:
        """Take what is kept of these entities as asked for: it is of use once they are."""
        self._cache.touch(*map(_place, entities))

    def _told(self, path: str, entity: str, known: Mapping[str, Told], lay: Lay) -> Told:
        mark, before = self._marks.get(path, ""), known.get(path)
        if mark and before is not None and before.mark == mark:
            return before
        found = self._row(path).get(entity, ())
        said = _SAID_IN.decode(found) if isinstance(found, msgspec.Raw) else found
        return Told(mark, said, lay(path, said))

    def meet(self, record: Record) -> None:
        """Take what a record says while its document is at hand."""
        self._row(record.path, record)

    def _row(self, path: str, record: Record | None = None) -> _Row:
        """Give what a record says of all entities: held, as far as there is room, else kept."""
        if path in self._made:
            return self._made[path]
        mark = self._marks.get(path)
        if len(self._made) < MOST_HELD or not self._cache.keeps or not mark:
            record = record or self._record(path)
            return self._made.setdefault(path, _quoted(record.document, record.mentions))
        key = key_of(("quotations", mark))
        packed = self._cache.get(key)
        if packed is not None:
            return _ROWS_IN.decode(packed)
        record = record or self._record(path)
        made = _quoted(record.document, record.mentions)
        self._cache.put(key, _OUT.encode(made))
        return made


def _place(entity: str) -> bytes:
    return key_of(("told of", entity))


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
