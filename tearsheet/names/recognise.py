"""Find the names of people, organisations, places and events in the documents of a corpus.

Takes cleaned documents and the authority; gives mentions. Guarantees that a mention's span
is its surface, that mentions of one document never overlap, that the order of documents
does not matter, and that what the authority names outranks what is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tearsheet.model import Authority, Document, EntityType, Mention
from tearsheet.names.authority import Matcher, matcher, matches
from tearsheet.names.chunks import Chunk, chunks
from tearsheet.names.habits import Habits, Line, habits, lines, together
from tearsheet.names.headlines import shouted
from tearsheet.names.kinds import Kind, Votes, context, prior, verdict, votes
from tearsheet.names.language import readable
from tearsheet.names.lexicon import Lexicon, lexicon, plain
from tearsheet.names.tokens import tokens

MOST_HERE = 4.0
"""What the surroundings of all mentions in the document may add at most for one kind."""
ELSEWHERE = 0.25
"""Weight of the surroundings of a mention in another document."""
MOST_ELSEWHERE = 3.0
"""What other documents may add at most, however many they are."""
FAINT = 2.5
"""Weight under which a single common English word is no name, capital or not."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by the rules, with the kind the vote gave it."""

    start: int
    end: int
    surface: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Observed:
    """What one document says by itself, before the corpus is known: can be cached."""

    text: str
    lines: tuple[Line, ...]
    habits: Habits
    supported: bool


def observe(text: str) -> Observed:
    """Read one document by itself."""
    found = tuple(lines(tokens(text)))
    supported = readable(found)
    return Observed(text, found, habits(found) if supported else Habits(), supported)


def recognise(
    documents: Mapping[str, Document], authority: tuple[Authority, ...]
) -> Mapping[str, tuple[Mention, ...]]:
    """Give the mentions of every document, in order, keyed by path.

    A mention of an authority's alias has its `entity` set at once. Nationalities and other
    adjectives are no mentions.
    """
    texts = {path: documents[path].text for path in sorted(documents)}
    names = find(texts)
    match = matcher(authority)
    return {path: _mentions(texts[path], names[path], match) for path in texts}


def find(texts: Mapping[str, str]) -> Mapping[str, tuple[Name, ...]]:
    """Give every name that the rules find, nationalities among them, keyed as the texts are."""
    known = lexicon()
    seen = {path: observe(texts[path]) for path in sorted(texts)}
    total = together(each.habits for each in seen.values())
    ballots = {path: _ballot(each, total, known) for path, each in seen.items() if each.supported}
    corpus = _tally(ballots.values())
    return {
        path: _decide(each, ballots[path], corpus, known) if path in ballots else ()
        for path, each in seen.items()
    }


@dataclass(frozen=True, slots=True)
class Ballot:
    """One chunk and what speaks for each kind of it."""

    chunk: Chunk
    key: str
    prior: Votes
    context: Votes


def _ballot(seen: Observed, total: Habits, known: Lexicon) -> tuple[Ballot, ...]:
    found = (c for line in seen.lines if not line.shouted for c in chunks(line, total, known))
    return tuple(Ballot(c, " ".join(c.words()), prior(c, known), context(c, known)) for c in found)


def _tally(documents: Iterable[Sequence[Ballot]]) -> Mapping[str, Votes]:
    total: defaultdict[str, Votes] = defaultdict(Counter)
    for ballots in documents:
        for ballot in ballots:
            total[ballot.key].update(ballot.context)
    return total


def _decide(
    seen: Observed, ballots: Sequence[Ballot], corpus: Mapping[str, Votes], known: Lexicon
) -> tuple[Name, ...]:
    here = _tally([ballots])
    people = _surnames(ballots, here, corpus)
    kinds: dict[str, Kind] = {}
    names: list[Name] = []
    for ballot in ballots:
        if ballot.chunk.title_only and ballot.key not in people:
            continue
        weight = _weigh(ballot, here, corpus)
        if ballot.key in people:
            weight += votes(("person", 3))
        kind = _believed(ballot, verdict(weight), weight, known)
        kinds.setdefault(ballot.key, kind)
        start, end = ballot.chunk.start, ballot.chunk.end
        names.append(Name(start, end, seen.text[start:end], kind))
    for line in seen.lines:
        if line.shouted:
            names.extend(Name(s, e, seen.text[s:e], k) for s, e, k in shouted(line, kinds, known))
    return tuple(sorted(names, key=lambda n: n.start))


def _believed(ballot: Ballot, kind: Kind, weight: Votes, known: Lexicon) -> Kind:
    """Give the kind, or `other` for a common word that little speaks for (`the Dialogue`)."""
    common = ballot.key.lower() in known.words
    return "other" if common and weight[kind] < FAINT else kind


def _weigh(ballot: Ballot, here: Mapping[str, Votes], corpus: Mapping[str, Votes]) -> Votes:
    total: Votes = Counter()
    for kind in {*ballot.prior, *here[ballot.key], *corpus[ballot.key]}:
        near = ballot.prior[kind] + _capped(here[ballot.key][kind], MOST_HERE)
        far = _capped(ELSEWHERE * corpus[ballot.key][kind], MOST_ELSEWHERE)
        total[kind] = near + far  # type: ignore[assignment]  # Counter's stub allows only int
    return total


def _capped(weight: float, most: float) -> float:
    return max(-most, min(most, weight))


def _surnames(
    ballots: Sequence[Ballot], here: Mapping[str, Votes], corpus: Mapping[str, Votes]
) -> frozenset[str]:
    """Give the last words of the full names of people in this document."""
    found: set[str] = set()
    for ballot in ballots:
        if " " in ballot.key and verdict(_weigh(ballot, here, corpus)) == "person":
            found.add(ballot.key.rsplit(" ", 1)[1])
    return frozenset(found)


# ---------------------------------------------------------------- mentions

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
    """Say whether a found name is longer than an alias in it and of a thing of its own."""
    if not (name.start <= alias.start and alias.end <= name.end) or len(name.surface) == len(
        alias.surface
    ):
        return False
    return name.type != alias.type or name.type == "person"


def unsupported(document: Document) -> bool:
    """Say whether a document is in a language in which only the authority links."""
    return not observe(document.text).supported


__all__ = ["find", "observe", "plain", "recognise", "unsupported"]
