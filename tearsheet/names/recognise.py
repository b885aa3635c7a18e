"""Find the names of people, organisations, places and events in the documents of a corpus.

Takes cleaned documents and the authority; gives mentions. Guarantees that a mention's span
is its surface, that mentions of one document never overlap, that the order of documents
does not matter, that what the authority names outranks what is guessed, and the same result
whatever the cache holds. What is found is kept, and a document is read again only where what the
corpus says of its words or its names changes.
"""

from collections.abc import Iterator, Mapping

import msgspec

from tearsheet.documents import Documents, text_of
from tearsheet.model import Authority, Document, Note, Ruling
from tearsheet.names.authority import ruled_aliases
from tearsheet.names.ballots import Asked, Votes, cast_of, votes_of
from tearsheet.names.census import Census, Kept
from tearsheet.names.lexicon import lexicon
from tearsheet.names.observed import Observed, answers, observe
from tearsheet.names.opinion import Opinion
from tearsheet.names.packed import Packed
from tearsheet.names.readings import Corpus, Former, last_reading, no_reading
from tearsheet.names.vote import Name, decide
from tearsheet.shelves import LostError
from tearsheet.workers import ALONE, Crew

_VOTES_IN = msgspec.msgpack.Decoder(Votes)


def recognise(
    documents: Mapping[str, Document],
    authority: tuple[Authority, ...],
    opinion: Opinion | None = None,
    *,
    rulings: tuple[Ruling, ...] = (),
    observed: Mapping[str, Observed] | None = None,
    former: Former | None = None,
    crew: Crew = ALONE,
) -> Packed:
    """Give the mentions of every document, in order, keyed by path; their marks tell apart the
    documents, too.

    A mention of an authority's alias has its `entity` set at once, and so has a name that a
    ruling makes the same as an authority's entity. Nationalities and other adjectives are
    no mentions, nor are the peoples and families named after others in the corpus. `observed`
    holds what `observe` said of each text, where it was asked before, and `former` gives it by
    the mark of a document that is no more.
    """
    texts = _Texts(documents)
    seen = observed or {path: observe(texts[path]) for path in sorted(documents)}
    marks = documents.marks if isinstance(documents, Documents) else dict.fromkeys(documents, "")
    corpus = Corpus(
        texts,
        seen,
        marks,
        authority,
        ruled_aliases(authority, rulings),
        opinion,
        former or _nothing,
        crew,
    )
    try:
        return last_reading(corpus).mentions()
    except LostError:
        return no_reading(corpus).mentions()


def _nothing(mark: str) -> None:
    return None


def find(texts: Mapping[str, str]) -> Mapping[str, tuple[Name, ...]]:
    """Give every name that the rules find, nationalities among them, keyed as the texts are."""
    seen = {path: observe(texts[path]) for path in sorted(texts)}
    census = Census.of(Kept(), {})
    census.observe((), seen.values())
    found: dict[str, Votes] = {}
    for path, one in seen.items():
        if one.supported:
            asked = Asked(texts[path], answers(one, census.habits))
            found[path] = _VOTES_IN.decode(votes_of(asked))
            census.count(path, found[path].tally, 1)
    census.changed()
    said = census.corpus()
    return {
        path: decide(texts[path], cast_of(found[path]), said, lexicon()) if path in found else ()
        for path in seen
    }


class _Texts(Mapping[str, str]):
    """The texts of documents, each looked up when it is asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: str) -> str:
        return text_of(self._documents, path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def language_note(seen: Observed) -> Note | None:
    """Give the note on a document in a language in which only the authority links, else None."""
    if seen.supported:
        return None
    return Note(
        "language",
        "The text is in a language in which Tearsheet does not look for names: "
        "only names of the authority file are linked.",
    )
