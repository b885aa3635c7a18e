"""Every document of a corpus read for names, and what of that is kept until the next build.

Takes texts with what was observed in them; gives packed mentions. A document's names depend on
what the corpus says of its words, then on what it says of its names, then on the peoples and
families that are named after others: where one of these changes, the documents that hold such a
word are searched for and read again, and no others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import ahocorasick_rs
import msgspec

from tearsheet.digests import key_of
from tearsheet.model import Authority, Mention
from tearsheet.names.authority import Matcher, matcher
from tearsheet.names.ballots import Asked, Votes, cast_of, votes_of
from tearsheet.names.census import Census
from tearsheet.names.census import Kept as KeptCensus
from tearsheet.names.lexicon import lexicon
from tearsheet.names.mentions import given_kinds, mentions_of
from tearsheet.names.observed import Observed, answers
from tearsheet.names.opinion import Opinion
from tearsheet.names.packed import Packed
from tearsheet.names.peoples import Peoples, is_people
from tearsheet.names.vote import Name, decide
from tearsheet.shelves import LostError, Shelves
from tearsheet.workers import Crew, Wanted

WORN, FEW = 0.2, 100
"""Share of the documents, and number, that may have changed: beyond it all are read as if nothing
were kept, which takes no longer."""

Former = Callable[[str], Observed | None]
"""Gives what was observed in a document that is no more, by its mark."""

_OUT, _MENTIONS_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(tuple[Mention, ...])
_VOTES_IN = msgspec.msgpack.Decoder(Votes)


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A document as it was read: `mark` and `digest` tell what of, `votes` is the key of its votes.

    What it asks of the corpus is packed, to be searched: words in `asking`, names in `names`.
    `found` are its mentions; `left` what is left of them without peoples and families, or
    nothing where there are none.
    """

    mark: str
    digest: bytes
    votes: bytes
    asking: bytes
    names: bytes
    found: bytes
    left: bytes


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    census: KeptCensus
    peoples: tuple[dict[str, int], dict[str, int]]
    shelves: tuple[bytes, ...]


_KEPT_IN = msgspec.msgpack.Decoder(_Kept)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents to be read, and the authority with the names that rulings give it."""

    texts: Mapping[str, str]
    seen: Mapping[str, Observed]
    marks: Mapping[str, str]
    authority: tuple[Authority, ...]
    given: tuple[Authority, ...]
    opinion: Opinion | None
    former: Former
    crew: Crew

    @property
    def keeps(self) -> bool:
        """What a model hears is not kept: it may be another model by the next build."""
        return self.crew.cache.keeps and self.opinion is None and all(self.marks.values())

    @property
    def key(self) -> bytes:
        """The key of what is kept of this corpus."""
        return key_of(("readings", self.authority, self.given))


@dataclass(slots=True)
class Reading:
    """One reading of a corpus, which takes up what the last one left."""

    corpus: Corpus
    census: Census
    peoples: Peoples
    rows: Shelves[Row]
    _held: dict[str, bytes] = field(default_factory=dict)
    """Votes that are not in the cache."""

    def mentions(self) -> Packed:
        """Give the mentions of every document."""
        before, seen = self.rows.all(), self.corpus.seen
        new = [p for p in sorted(seen) if p not in before or before[p].digest != seen[p].digest]
        gone = [p for p in before if p not in seen or before[p].digest != seen[p].digest]
        if len(gone) > max(FEW, WORN * len(seen)):
            raise LostError
        kept = {path: row for path, row in before.items() if path not in {*gone, *new}}
        again = self._vote(gone, new, kept)
        changed = self.census.changed()
        kinds = [f"\0{name}" for name in changed.kinds]
        asking = _search(_needles((*changed.names, *kinds)), kept, lambda row: row.names)
        deciding = sorted({*new, *again, *asking})
        self._forget(gone)
        self._decide(deciding)
        self._leave_out(deciding, kept)
        if self.corpus.keeps:
            self._keep(kept)
        return Packed({path: row.left or row.found for path, row in self.rows.all().items()})

    # ------------------------------------------------------------ votes

    def _vote(
        self, gone: Sequence[str], new: Sequence[str], kept: Mapping[str, Row]
    ) -> frozenset[str]:
        """Count the votes of documents that came, went, or are told other things of their words;
        give the last.
        """
        seen = self.corpus.seen
        left = [self._former(path) for path in gone]
        changed = self.census.observe(left, (seen[path] for path in new), told=bool(kept or gone))
        asking = _search(_needles((*changed.words, *changed.pairs)), kept, lambda row: row.asking)
        for path in (*gone, *asking):
            self._uncount(path)
        order = sorted(path for path in (*new, *asking) if seen[path].supported)
        keys: list[bytes] = []
        made = self.corpus.crew.made(self._wanted(order, keys), votes_of)
        for number, (path, found) in enumerate(zip(order, made, strict=True)):
            self._counted(path, keys[number], found)
        for path in new:
            if not seen[path].supported:
                self._lay(path, b"", b"")
        return frozenset(asking)

    def _former(self, path: str) -> Observed:
        row = self.rows.row(path)
        found = self.corpus.former(row.mark) if row else None
        if row is None or found is None or found.digest != row.digest:
            raise LostError
        return found

    def _uncount(self, path: str) -> None:
        row = self.rows.row(path)
        if row is not None and row.votes:
            self.census.count(path, _VOTES_IN.decode(self._votes(path, row)).tally, -1)

    def _wanted(self, order: Iterable[str], keys: list[bytes]) -> Iterator[Wanted[Asked]]:
        corpus = self.corpus
        for path in order:
            told = answers(corpus.seen[path], self.census.habits)
            keys.append(key_of(("votes", corpus.seen[path].digest, told)))
            heard = tuple(corpus.opinion(corpus.texts[path])) if corpus.opinion else ()
            asked = partial(lambda path, told, heard: Asked(corpus.texts[path], told, heard), path, told, heard)  # fmt: skip
            yield Wanted(keys[-1] if corpus.opinion is None else None, asked)

    def _counted(self, path: str, key: bytes, found: bytes) -> None:
        votes = _VOTES_IN.decode(found)
        self.census.count(path, votes.tally, 1)
        if not self.corpus.keeps:
            self._held[path] = found
        names = (_OUT.encode(name) for name in (*votes.tally.votes, *(f"\0{one}" for one in votes.phrases)))  # fmt: skip
        self._lay(path, key, b"".join(names))

    def _lay(self, path: str, votes: bytes, names: bytes) -> None:
        """Lay a document in whose mentions are not known yet."""
        seen, old = self.corpus.seen[path], self.rows.row(path)
        found, left = (old.found, old.left) if old else (b"", b"")
        mark = self.corpus.marks[path]
        self.rows.lay(path, Row(mark, seen.digest, votes, seen.asking, names, found, left))

    def _votes(self, path: str, row: Row) -> bytes:
        found = self._held.get(path) or self.corpus.crew.cache.get(row.votes)
        if found is None:
            raise LostError
        return found

    # ------------------------------------------------------------ mentions

    def _forget(self, gone: Iterable[str]) -> None:
        for path in gone:
            row = self.rows.row(path)
            if row is not None and path not in self.corpus.seen:
                self.peoples.count(_MENTIONS_IN.decode(row.found), -1)
                self.rows.drop(path)

    def _decide(self, deciding: Sequence[str]) -> None:
        """Find the mentions of documents, peoples and families among them."""
        said = self.census.corpus()
        match = matcher(self.corpus.given) if deciding else Matcher(None, ())
        for path in deciding:
            row, text = self._row(path), self.corpus.texts[path]
            names: tuple[Name, ...] = ()
            if self.corpus.seen[path].supported:
                names = decide(
                    text, cast_of(_VOTES_IN.decode(self._votes(path, row))), said, lexicon()
                )
            found = mentions_of(text, names, match)
            if row.found:
                self.peoples.count(_MENTIONS_IN.decode(row.found), -1)
            self.peoples.count(found, 1)
            self.rows.lay(path, msgspec.structs.replace(row, found=_OUT.encode(found)))

    def _leave_out(self, deciding: Iterable[str], kept: Mapping[str, Row]) -> None:
        """Leave peoples and families out, of all documents in which there may be others now."""
        known = self.peoples.roots()
        words = self.peoples.changed()
        for path in sorted({*deciding, *_search(_needles(words), kept, lambda row: row.found)}):
            row = self._row(path)
            found = _MENTIONS_IN.decode(row.found)
            mine = [m for m in found if not is_people(m, path, self.corpus.texts, known)]
            left = b"" if len(mine) == len(found) else _OUT.encode(mine)
            self.rows.lay(path, msgspec.structs.replace(row, left=left))

    def _row(self, path: str) -> Row:
        row = self.rows.row(path)
        if row is None:
            raise LostError
        return row

    def _keep(self, kept: Mapping[str, Row]) -> None:
        cache, marks = self.corpus.crew.cache, self.corpus.marks
        for path, row in kept.items():
            if row.votes:
                cache.touch(row.votes)
            if row.mark != marks[path]:
                self.rows.lay(path, msgspec.structs.replace(self._row(path), mark=marks[path]))
        state = _Kept(self.census.kept(), self.peoples.kept(), self.rows.keys(cache))
        cache.put(self.corpus.key, _OUT.encode(state))


def last_reading(corpus: Corpus) -> Reading:
    """Take up what the last reading left. Raises LostError where it cannot be had."""
    found = corpus.crew.cache.get(corpus.key) if corpus.keeps else None
    if found is None:
        return no_reading(corpus)
    kept = _KEPT_IN.decode(found)
    rows = Shelves(Row)
    rows.take(kept.shelves, corpus.crew.cache)
    census = Census.of(kept.census, given_kinds(corpus.authority))
    return Reading(corpus, census, Peoples.of(corpus.authority, *kept.peoples), rows)


def no_reading(corpus: Corpus) -> Reading:
    """Begin as if nothing had been read."""
    census = Census.of(KeptCensus(b"", {}, {}), given_kinds(corpus.authority))
    return Reading(corpus, census, Peoples.of(corpus.authority, {}, {}), Shelves(Row))


def _needles(found: Iterable[object]) -> list[bytes]:
    return [_OUT.encode(one) for one in found]


def _search(
    needles: Sequence[bytes], rows: Mapping[str, Row], part: Callable[[Row], bytes]
) -> list[str]:
    """Give the documents that hold one of the needles, or something that is packed like it."""
    if not needles:
        return []
    automaton = ahocorasick_rs.BytesAhoCorasick(needles)
    return [p for p, row in rows.items() if automaton.find_matches_as_indexes(part(row))]
