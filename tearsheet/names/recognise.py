"""Find the names of people, organisations, places and events in the documents of a corpus.

Takes cleaned documents and the authority; gives mentions. Guarantees that a mention's span
is its surface, that mentions of one document never overlap, that the order of documents
does not matter, and that what the authority names outranks what is guessed. What is found
is kept, and a document is read again only where what the corpus says of its words changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import msgspec

from tearsheet.digests import digest
from tearsheet.model import Authority, Document, EntityType, Mention, Note, Ruling
from tearsheet.names.authority import Matcher, aliases, matcher, matches, ruled_aliases
from tearsheet.names.habits import lines
from tearsheet.names.kinds import Kind
from tearsheet.names.lexicon import lexicon, word_set
from tearsheet.names.observed import Answers, Observed, answers, observe
from tearsheet.names.observed import together as habits_together
from tearsheet.names.opinion import Heard, Opinion
from tearsheet.names.peoples import is_people, roots
from tearsheet.names.tokens import tokens
from tearsheet.names.vote import (
    Corpus,
    Name,
    Packed,
    Tally,
    cast,
    decide,
    elsewhere,
    packed,
    tally,
    together,
    unpacked,
)
from tearsheet.workers import ALONE, Crew, Wanted


def recognise(
    documents: Mapping[str, Document],
    authority: tuple[Authority, ...],
    opinion: Opinion | None = None,
    *,
    rulings: tuple[Ruling, ...] = (),
    observed: Mapping[str, Observed] | None = None,
    crew: Crew = ALONE,
) -> Mapping[str, tuple[Mention, ...]]:
    """Give the mentions of every document, in order, keyed by path.

    A mention of an authority's alias has its `entity` set at once, and so has a name that a
    ruling makes the same as an authority's entity. Nationalities and other adjectives are
    no mentions, nor are the peoples and families named after others in the corpus. `observed`
    holds what `observe` said of each text, where it was asked before.
    """
    texts = _Texts(documents)
    order = sorted(documents)
    seen = observed or {path: observe(texts[path]) for path in order}
    voted = _voted(texts, seen, opinion, crew)
    vouched = _given(authority)
    corpus = together((one.votes.tally for one in voted.values()), vouched)
    said = _Said(corpus, matcher(ruled_aliases(authority, rulings)), _mark(authority, rulings))
    wanted = (_to_decide(path, texts, seen[path], voted.get(path), said) for path in order)
    made = Crew(None, crew.cache).made(wanted, _OUT.encode)  # here: `said` is large
    found = dict(zip(order, map(_MENTIONS_IN.decode, made), strict=True))
    peoples = roots((m for mentions in found.values() for m in mentions), authority)
    return {
        path: tuple(m for m in mentions if not is_people(m, path, texts, peoples))
        for path, mentions in found.items()
    }


def find(texts: Mapping[str, str]) -> Mapping[str, tuple[Name, ...]]:
    """Give every name that the rules find, nationalities among them, keyed as the texts are."""
    seen = {path: observe(texts[path]) for path in sorted(texts)}
    voted = _voted(texts, seen, None, ALONE)
    corpus = together(one.votes.tally for one in voted.values())
    return {path: _names(texts[path], voted.get(path), corpus) for path in seen}


class _Texts(Mapping[str, str]):
    """The texts of documents, each looked up when it is asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: str) -> str:
        return self._documents[path].text

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


# ---------------------------------------------------------------- the votes of each document


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document whose names are to be looked for, with what the corpus says of its words."""

    text: str
    told: Answers
    heard: tuple[Heard, ...] = ()


class _Votes(msgspec.Struct, array_like=True, frozen=True):
    """The votes of one document as they are kept; `cast` is read where it is needed."""

    tally: Tally
    shouted: bool
    cast: msgspec.Raw


@dataclass(frozen=True, slots=True)
class _Voted:
    """The votes of one document; `mark` tells apart all that they depend on."""

    mark: bytes
    votes: _Votes


_VOTES_IN, _CAST_IN = msgspec.msgpack.Decoder(_Votes), msgspec.msgpack.Decoder(Packed)
_MENTIONS_IN = msgspec.msgpack.Decoder(tuple[Mention, ...])
_OUT = msgspec.msgpack.Encoder()


def _voted(
    texts: Mapping[str, str], seen: Mapping[str, Observed], opinion: Opinion | None, crew: Crew
) -> Mapping[str, _Voted]:
    """Give the votes of every document in a language that the rules read."""
    total = habits_together(seen[path] for path in sorted(seen))
    order = [path for path in sorted(seen) if seen[path].supported]
    marks: list[bytes] = []

    def wanted() -> Iterator[Wanted[_Asked]]:
        for path in order:
            told = answers(seen[path], total)
            marks.append(_mark("votes", seen[path].digest, told))
            # What a model hears is not kept: it may be another model by the next build.
            heard = tuple(opinion(texts[path])) if opinion else ()
            asked = partial(_asked, texts, path, told, heard)
            yield Wanted(None if opinion else marks[-1], asked)

    votes = list(map(_VOTES_IN.decode, crew.made(wanted(), votes_of)))
    keys = [mark if opinion is None else b"" for mark in marks]
    rows = zip(order, keys, votes, strict=True)
    return {path: _Voted(key, found) for path, key, found in rows}


def _asked(texts: Mapping[str, str], path: str, told: Answers, heard: tuple[Heard, ...]) -> _Asked:
    return _Asked(texts[path], told, heard)


def votes_of(asked: _Asked) -> bytes:
    """Give the votes of one document, packed."""
    found = cast(lines(tokens(asked.text)), asked.told.habits, lexicon(), asked.heard)
    kept = msgspec.Raw(_OUT.encode(packed(found)))
    return _OUT.encode(_Votes(tally(found.ballots), bool(found.shouted), kept))


def _mark(*said: object) -> bytes:
    return bytes.fromhex(digest(said))


# ---------------------------------------------------------------- what the corpus says


@dataclass(frozen=True, slots=True)
class _Said:
    """What all documents and the editor say of names; `editor` is a mark of the latter."""

    corpus: Corpus
    match: Matcher
    editor: bytes
    of_name: dict[str, str] = field(default_factory=dict)
    """What the corpus says of a name, as text, where it was asked before."""

    def of(self, name: str) -> str:
        """Give what the corpus says of a name, so far as it can count in a document."""
        if name not in self.of_name:
            weights = sorted(self.corpus.votes[name].items())
            counting = [(kind, elsewhere(weight)) for kind, weight in weights]
            self.of_name[name] = f"{name} {counting} {name in self.corpus.eponyms}"
        return self.of_name[name]


def _to_decide(
    path: str, texts: Mapping[str, str], seen: Observed, voted: _Voted | None, said: _Said
) -> Wanted[tuple[Mention, ...]]:
    def mentions() -> tuple[Mention, ...]:
        return _mentions(texts[path], _names(texts[path], voted, said.corpus), said.match)

    if voted is None:
        return Wanted(_mark("given", seen.digest, said.editor), mentions)
    # What a line in capitals may hold is all the corpus's names: it is not kept.
    if voted.votes.shouted or not voted.mark:
        return Wanted(None, mentions)
    told = [said.of(name) for name in voted.votes.tally.votes]
    return Wanted(_mark("mentions", voted.mark, said.editor, told), mentions)


def _names(text: str, voted: _Voted | None, corpus: Corpus) -> tuple[Name, ...]:
    if voted is None:
        return ()
    return decide(text, unpacked(_CAST_IN.decode(voted.votes.cast)), corpus, lexicon())


def _given(authority: Iterable[Authority]) -> Mapping[str, Kind]:
    """Give the kind of every name that an editor vouches for, whatever stands around it."""
    entries = [entry for entry in authority if not entry.context]
    names = [(name, entry.type) for entry in entries for name in aliases(entry)]
    kinds: dict[str, Kind] = {}
    for name, kind in names:
        kinds[name] = kind if kinds.get(name, kind) == kind else "other"
    return kinds


# ---------------------------------------------------------------- mentions

LINKING = word_set("of for against on to with in and the")
"""Small words behind which an alias is part of a longer name."""

_TYPES: Mapping[Kind, EntityType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "event": "event",
}


def _mentions(text: str, names: Iterable[Name], match: Matcher) -> tuple[Mention, ...]:
    """Let the authority speak first; names that touch one of its mentions give way.

    Only a longer name keeps a shorter alias inside it from counting: `Sara Moen` is not the
    `Moen` of the authority until resolving says so, nor is the `Oslo` of `University of Oslo`.
    """
    found = [
        Mention(name.start, name.end, name.surface, _TYPES[name.kind])
        for name in names
        if name.kind in _TYPES
    ]
    given = [m for m in matches(match, text) if not any(_holds(name, m) for name in found)]
    free = [m for m in found if not any(g.start < m.end and m.start < g.end for g in given)]
    return tuple(sorted((*given, *free), key=lambda m: (m.start, m.end)))


def _holds(name: Mention, alias: Mention) -> bool:
    """Say whether a found name is longer than an alias in it and of a thing of its own.

    One of the alias's type is not where the alias ends it (`Iraqi State Department`), unless a
    small word is before it (`Coalition Against Daesh`).
    """
    if not (name.start <= alias.start and alias.end <= name.end) or len(name.surface) == len(
        alias.surface
    ):
        return False
    if name.type != alias.type or name.type == "person" or alias.end < name.end:
        return True
    front = name.surface[: alias.start - name.start].split()
    return bool(front) and front[-1].lower() in LINKING


def language_note(document: Document) -> Note | None:
    """Give the note on a document in a language in which only the authority links, else None."""
    if not document.text.strip() or observe(document.text).supported:
        return None
    return Note(
        "language",
        "The text is in a language in which Tearsheet does not look for names: "
        "only names of the authority file are linked.",
    )
