"""Find the names of people, organisations, places and events in the documents of a corpus.

Takes cleaned documents and the authority; gives mentions. Guarantees that a mention's span
is its surface, that mentions of one document never overlap, that the order of documents
does not matter, and that what the authority names outranks what is guessed.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tearsheet.model import Authority, Document, EntityType, Mention, Note, Ruling
from tearsheet.names.authority import Matcher, aliases, matcher, matches, ruled_aliases
from tearsheet.names.habits import Habits, habits, lines
from tearsheet.names.habits import together as habits_together
from tearsheet.names.kinds import Kind
from tearsheet.names.language import readable
from tearsheet.names.lexicon import lexicon, word_set
from tearsheet.names.opinion import Heard, Opinion
from tearsheet.names.peoples import is_people, roots
from tearsheet.names.tokens import tokens
from tearsheet.names.vote import Name, cast, decide, together


@dataclass(frozen=True, slots=True)
class Observed:
    """What one document says by itself, before the corpus is known: can be cached.

    `packed` holds its habits: as counters, those of 10,000 documents take 300 MB.
    """

    packed: bytes
    supported: bool

    @property
    def habits(self) -> Habits:
        """How the words of the document are written."""
        return Habits(*map(Counter, pickle.loads(self.packed)))  # noqa: S301  # our own, see observe


def observe(text: str) -> Observed:
    """Read one document by itself."""
    found = tuple(lines(tokens(text)))
    supported = readable(found)
    counts = habits(found) if supported else Habits()
    parts = [dict(each) for each in (counts.lower, counts.middle, counts.upper, counts.pairs)]
    return Observed(pickle.dumps(parts, 5), supported)


def recognise(
    documents: Mapping[str, Document],
    authority: tuple[Authority, ...],
    opinion: Opinion | None = None,
    *,
    rulings: tuple[Ruling, ...] = (),
    observed: Mapping[str, Observed] | None = None,
) -> Mapping[str, tuple[Mention, ...]]:
    """Give the mentions of every document, in order, keyed by path.

    A mention of an authority's alias has its `entity` set at once, and so has a name that a
    ruling makes the same as an authority's entity. Nationalities and other adjectives are
    no mentions, nor are the peoples and families named after others in the corpus. `observed`
    holds what `observe` said of each text, where it was asked before.
    """
    texts = {path: documents[path].text for path in sorted(documents)}
    names = find(texts, opinion, _given(authority), observed)
    match = matcher(ruled_aliases(authority, rulings))
    found = {path: _mentions(texts[path], names[path], match) for path in texts}
    known = roots((m for mentions in found.values() for m in mentions), authority)
    return {
        path: tuple(m for m in mentions if not is_people(m, texts[path], known))
        for path, mentions in found.items()
    }


def find(
    texts: Mapping[str, str],
    opinion: Opinion | None = None,
    given: Mapping[str, Kind] | None = None,
    observed: Mapping[str, Observed] | None = None,
) -> Mapping[str, tuple[Name, ...]]:
    """Give every name that the rules find, nationalities among them, keyed as the texts are.

    Each text is split twice: keeping the tokens of 10,000 articles would take two gigabytes.
    """
    heard = opinion or _silence
    known = lexicon()
    order = sorted(texts)
    seen = observed or {path: observe(texts[path]) for path in order}
    total = habits_together(seen[path].habits for path in order)
    votes = {
        path: cast(lines(tokens(texts[path])), total, known, heard(texts[path]))
        for path in order
        if seen[path].supported
    }
    corpus = together([each.ballots for each in votes.values()], given)
    return {
        path: decide(texts[path], votes[path], corpus, known) if path in votes else ()
        for path in order
    }


def _given(authority: Iterable[Authority]) -> Mapping[str, Kind]:
    """Give the kind of every name that an editor vouches for, whatever stands around it."""
    entries = [entry for entry in authority if not entry.context]
    names = [(name, entry.type) for entry in entries for name in aliases(entry)]
    kinds: dict[str, Kind] = {}
    for name, kind in names:
        kinds[name] = kind if kinds.get(name, kind) == kind else "other"
    return kinds


def _silence(text: str) -> tuple[Heard, ...]:
    return ()


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


def language_note(document: Document, observed: Observed | None = None) -> Note | None:
    """Give the note on a document in a language in which only the authority links, else None."""
    if not document.text.strip() or (observed or observe(document.text)).supported:
        return None
    return Note(
        "language",
        "The text is in a language in which Tearsheet does not look for names: "
        "only names of the authority file are linked.",
    )
