"""Every document of a corpus read for names, and what of that is kept until the next build.

Takes texts with what was observed in them; gives packed mentions. A document's names depend on
what the corpus says of its words, then on what it says of its names, then on the peoples and
families that are named after others: where one of these changes, the documents that hold such a
word are searched for and read again, and no others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


class Head(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What of a document every build looks at: `mark` and `digest` tell of what it was read,
    `votes` is the key of its votes, `told` tells it and its mentions from any others.
    """

    mark: str
    digest: bytes
    votes: bytes = b""
    told: bytes = b""


class Rows(msgspec.Struct, frozen=True):
    """What was read of each document, on shelves: of most a build looks at none.

    What it asks of the corpus is packed, to be searched: words in `asking`, names in `names`.
    `given` are its mentions, without peoples and families; `whole` is all that was found, where
    it is more.
    """

    asking: Shelves[bytes] = msgspec.field(default_factory=lambda: Shelves(bytes))
    names: Shelves[bytes] = msgspec.field(default_factory=lambda: Shelves(bytes))
    given: Shelves[bytes] = msgspec.field(default_factory=lambda: Shelves(bytes))
    whole: Shelves[bytes] = msgspec.field(default_factory=lambda: Shelves(bytes))

    @property
    def each(self) -> tuple[Shelves[bytes], ...]:
        """All of them, in the order in which they are kept."""
        return self.asking, self.names, self.given, self.whole

    def found(self, path: str) -> bytes | None:
        """Give all that was found in a document, if it was read."""
        return self.whole.row(path) or self.given.row(path)

    def lay(self, path: str, found: bytes, given: bytes) -> None:
        """Lay what was found in a document in, and what of it is given."""
        self.given.lay(path, given)
        if found == given:
            self.whole.drop(path)
        else:
            self.whole.lay(path, found)

    def all_found(self) -> dict[str, bytes]:
        """Give all that was found in all documents."""
        return {**self.given.all(), **self.whole.all()}

    def drop(self, path: str) -> None:
        """Take a document out."""
        for one in self.each:
            one.drop(path)


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    census: KeptCensus
    peoples: tuple[dict[str, int], dict[str, int]]
    heads: dict[str, Head]
    shelves: tuple[tuple[bytes, ...], ...]


_KEPT_IN = msgspec.msgpack.Decoder(_Kept)


class Corpus(msgspec.Struct, frozen=True):
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
        return key_of(("readings and heads", self.authority, self.given))


class Reading(msgspec.Struct):
    """One reading of a corpus, which takes up what the last one left."""

    corpus: Corpus
    census: Census
    peoples: Peoples
    heads: dict[str, Head]
    rows: Rows
    _held: dict[str, bytes] = msgspec.field(default_factory=dict)
    """Votes that are not in the cache."""

    def mentions(self) -> Packed:
        """Give the mentions of every document."""
        heads, seen, marks = self.heads, self.corpus.seen, self.corpus.marks
        marked = sorted(p for p, mark in marks.items() if p not in heads or heads[p].mark != mark)
        new = [p for p in marked if p not in heads or heads[p].digest != seen[p].digest]
        gone = [*(heads.keys() - marks.keys()), *(path for path in new if path in heads)]
        if len(gone) > max(FEW, WORN * len(seen)):
            raise LostError
        left_out = frozenset((*gone, *new))
        again = self._vote(gone, new, left_out)
        changed = self.census.changed()
        kinds = [f"\0{name}" for name in changed.kinds]
        asking = _search(_needles((*changed.names, *kinds)), self.rows.names.all, left_out)
        deciding = sorted({*new, *again, *asking})
        self._forget(gone)
        self._decide(deciding)
        other = self._leave_out(deciding, left_out)
        self._tell({*marked, *other})
        if self.corpus.keeps:
            self._keep()
        return Packed(self.rows.given.row, {path: head.told for path, head in heads.items()})

    # ------------------------------------------------------------ votes

    def _vote(
        self, gone: Sequence[str], new: Sequence[str], left_out: frozenset[str]
    ) -> frozenset[str]:
        """Count the votes of documents that came, went, or are told other things of their words;
        give the last.
        """
        seen = self.corpus.seen
        left = [self._former(path) for path in gone]
        changed = self.census.observe(left, (seen[path] for path in new), told=bool(self.heads))
        asking = _search(_needles((*changed.words, *changed.pairs)), self.rows.asking.all, left_out)
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
        head = self.heads[path]
        found = self.corpus.former(head.mark)
        if found is None or found.digest != head.digest:
            raise LostError
        return found

    def _uncount(self, path: str) -> None:
        if self.heads[path].votes:
            self.census.count(path, _VOTES_IN.decode(self._votes(path)).tally, -1)

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
        seen = self.corpus.seen[path]
        self.heads[path] = Head(self.corpus.marks[path], seen.digest, votes)
        self.rows.asking.lay(path, seen.asking)
        self.rows.names.lay(path, names)

    def _votes(self, path: str) -> bytes:
        found = self._held.get(path) or self.corpus.crew.cache.get(self.heads[path].votes)
        if found is None:
            raise LostError
        return found

    # ------------------------------------------------------------ mentions

    def _forget(self, gone: Iterable[str]) -> None:
        for path in gone:
            if path not in self.corpus.seen:
                self._count(path, -1)
                self.rows.drop(path)
                del self.heads[path]

    def _decide(self, deciding: Sequence[str]) -> None:
        """Find the mentions of documents, peoples and families among them."""
        said = self.census.corpus()
        match = matcher(self.corpus.given) if deciding else Matcher(None, ())
        for path in deciding:
            text = self.corpus.texts[path]
            names: tuple[Name, ...] = ()
            if self.corpus.seen[path].supported:
                names = decide(text, cast_of(_VOTES_IN.decode(self._votes(path))), said, lexicon())
            found = _OUT.encode(mentions_of(text, names, match))
            self._count(path, -1)
            self.rows.lay(path, found, found)
            self._count(path, 1)

    def _count(self, path: str, sign: int) -> None:
        """Take what was found in a document, if it was read, in or out of what names peoples."""
        found = self.rows.found(path)
        if found is not None:
            self.peoples.count(_MENTIONS_IN.decode(found), sign)

    def _leave_out(self, deciding: Iterable[str], left_out: frozenset[str]) -> Sequence[str]:
        """Leave peoples and families out, of all documents in which there may be others now; give
        these documents.
        """
        known = self.peoples.roots()
        needles = _needles(self.peoples.changed())
        other = sorted({*deciding, *_search(needles, self.rows.all_found, left_out)})
        for path in other:
            row = self.rows.found(path) or b""
            found = _MENTIONS_IN.decode(row)
            mine = [m for m in found if not is_people(m, path, self.corpus.texts, known)]
            self.rows.lay(path, row, row if len(mine) == len(found) else _OUT.encode(mine))
        return other

    def _tell(self, paths: Iterable[str]) -> None:
        """Say by what documents that are not as they were are told from others now."""
        for path in paths:
            mark = self.corpus.marks[path]
            told = key_of(("mentions", mark, path, self.rows.given.row(path)))
            self.heads[path] = msgspec.structs.replace(self.heads[path], mark=mark, told=told)

    def _keep(self) -> None:
        cache = self.corpus.crew.cache
        cache.touch(*(head.votes for head in self.heads.values() if head.votes))
        shelves = tuple(one.keys(cache) for one in self.rows.each)
        state = _Kept(self.census.kept(), self.peoples.kept(), self.heads, shelves)
        cache.put(self.corpus.key, _OUT.encode(state))


def last_reading(corpus: Corpus) -> Reading:
    """Take up what the last reading left. Raises LostError where it cannot be had."""
    found = corpus.crew.cache.get(corpus.key) if corpus.keeps else None
    if found is None:
        return no_reading(corpus)
    kept = _KEPT_IN.decode(found)
    rows = Rows()
    for one, keys in zip(rows.each, kept.shelves, strict=True):
        one.take(keys, corpus.crew.cache)
    census = Census.of(kept.census, given_kinds(corpus.authority))
    return Reading(corpus, census, Peoples.of(corpus.authority, *kept.peoples), kept.heads, rows)


def no_reading(corpus: Corpus) -> Reading:
    """Begin as if nothing had been read."""
    census = Census.of(KeptCensus(b"", {}, {}), given_kinds(corpus.authority))
    return Reading(corpus, census, Peoples.of(corpus.authority, {}, {}), {}, Rows())


def _needles(found: Iterable[object]) -> list[bytes]:
    return [_OUT.encode(one) for one in found]


def _search(
    needles: Sequence[bytes], rows: Callable[[], Mapping[str, bytes]], but: frozenset[str]
) -> list[str]:
    """Give the documents that hold one of the needles, or something that is packed like it.

    The rows are read where there is something to look for.
    """
    if not needles:
        return []
    find = ahocorasick_rs.BytesAhoCorasick(needles).find_matches_as_indexes
    return [path for path, row in rows().items() if path not in but and find(row)]
