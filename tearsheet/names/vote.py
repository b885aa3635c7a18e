"""The vote on what each name is of: its own words, this document, the whole corpus.

Takes the chunks of every document with their evidence; gives names with a kind. Guarantees
that a document's ballots depend on that document and the corpus's habits alone, and that
the votes of the corpus add up in any order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from tearsheet.names.chunks import chunks
from tearsheet.names.games import is_country, team_game
from tearsheet.names.habits import Habits, Line
from tearsheet.names.headlines import shouted
from tearsheet.names.kinds import Kind, Votes, context, name_words, prior, verdict, votes
from tearsheet.names.lexicon import Lexicon
from tearsheet.names.opinion import WEIGHT, Heard
from tearsheet.names.spans import Chunk
from tearsheet.names.tokens import Case

MOST_HERE = 4.0
"""What the surroundings of all mentions in the document may add at most for one kind."""
ELSEWHERE = 0.25
"""Weight of the surroundings of a mention in another document."""
MOST_ELSEWHERE = 3.0
"""What other documents may add at most, however many they are."""
FAINT = 2.5
"""Weight under which a single common English word is no name, capital or not."""
SURNAME = 3.0
"""Weight of a full name in the document that ends in this word."""
FIRST_NAME = 2.0
"""Weight of a full name in the document that begins with this word, where none calls it a place."""
EPONYM = 3.0
"""Weight of a landmark of the corpus that is called so (`Lake Marlow`, of `Marlow`)."""
COLUMN = 2.0
"""Weight of a table whose other rows are mostly of one kind."""
PLAIN = 2.5
"""Weight from which a row of a table is surely of its kind."""
SURNAME_OF_A_PLACE = 7.0
"""The same where the word is a place's too (`Jordan said`); nothing where it stands as one."""


class Name(msgspec.Struct, frozen=True):
    """A name found by the rules, with the kind the vote gave it."""

    start: int
    end: int
    surface: str
    kind: Kind


class Ballot(msgspec.Struct, frozen=True):
    """One chunk and what speaks for each kind of it; light, for a corpus holds millions."""

    start: int
    end: int
    key: str
    prior: Votes
    context: Votes
    title_only: bool
    row: int | None = None
    """The table in whose rows it stands first, by number in the document."""


class Cast(msgspec.Struct, frozen=True):
    """The ballots of one document in order, and its lines in capitals, which wait for them."""

    ballots: tuple[Ballot, ...]
    shouted: tuple[Line, ...]


def cast(lines: Iterable[Line], total: Habits, known: Lexicon, heard: Iterable[Heard] = ()) -> Cast:
    """Give the ballots of one document; `heard` is a model's opinion, if there is one."""
    voices = {(h.start, h.end): h.kind for h in heard}
    found: list[Ballot] = []
    shouted_lines: list[Line] = []
    table = 0
    for line in lines:
        if line.shouted:
            shouted_lines.append(line)
            continue
        here = [_ballot(c, total, known, voices) for c in chunks(line, total, known)]
        if _is_row(line, here):
            here = [replace(here[0], row=table)]
        else:
            table += 1
        found += here
    return Cast(tuple(found), tuple(shouted_lines))


def _is_row(line: Line, found: Sequence[Ballot]) -> bool:
    """Say whether a line is a name and then numbers: a row of a table."""
    if len(found) != 1 or found[0].start != line.tokens[0].start:
        return False
    rest = [t.case for t in line.tokens if t.start >= found[0].end]
    return Case.NUMBER in rest and all(case in (Case.NUMBER, Case.MARK) for case in rest)


def _ballot(
    chunk: Chunk, total: Habits, known: Lexicon, voices: Mapping[tuple[int, int], Kind]
) -> Ballot:
    words = name_words(chunk, known, total)
    around = context(chunk, known)
    voice = voices.get((chunk.start, chunk.end))
    if voice is not None:
        around = around + votes((voice, WEIGHT))
    key, says = " ".join(words), prior(chunk, words, known)
    return Ballot(chunk.start, chunk.end, key, _shared(says), _shared(around), chunk.title_only)


def _shared(found: Mapping[Kind, float]) -> Votes:
    """Give one object for all equal weights, which are never changed: most are a handful."""
    return _same(tuple(sorted(found.items())))


@lru_cache(maxsize=100_000)
def _same(items: tuple[tuple[Kind, float], ...]) -> Votes:
    return votes(*items)


Packed: TypeAlias = tuple[
    tuple[tuple[int, int, str, dict[Kind, float], dict[Kind, float], bool, int | None], ...],
    tuple[Line, ...],
]
"""The ballots of one document and its lines in capitals, as plain values."""


def packed(one: Cast) -> Packed:
    """Give a Cast as plain values."""
    ballots = (
        (b.start, b.end, b.key, _weights(b.prior), _weights(b.context), b.title_only, b.row)
        for b in one.ballots
    )
    return tuple(ballots), one.shouted


def _weights(found: Mapping[Kind, float]) -> dict[Kind, float]:
    return dict(found)


def unpacked(found: Packed) -> Cast:
    """Give the Cast that was packed."""
    ballots, shouted_lines = found
    return Cast(
        tuple(
            Ballot(start, end, key, _shared(prior), _shared(around), title_only, row)
            for start, end, key, prior, around, title_only, row in ballots
        ),
        shouted_lines,
    )


class Tally(msgspec.Struct, frozen=True):
    """What the corpus needs of one document's ballots: small, and can be kept.

    By name, the weights of its surroundings here, and for a name of several words its own;
    `tables` hold the rows of each table with what each name is surely of, by its own words.
    """

    votes: dict[str, dict[Kind, float]]
    priors: dict[str, dict[Kind, float]]
    tables: tuple[tuple[tuple[str, Kind], ...], ...]


def tally(found: Iterable[Ballot]) -> Tally:
    """Count the ballots of one document."""
    total: defaultdict[str, Votes] = defaultdict(Counter)
    priors: dict[str, dict[Kind, float]] = {}
    tables: defaultdict[int, list[tuple[str, Kind]]] = defaultdict(list)
    for ballot in found:
        total[ballot.key].update(ballot.context)
        if " " in ballot.key:
            priors[ballot.key] = _weights(ballot.prior)
        if ballot.row is not None:
            tables[ballot.row].append((ballot.key, _surely(ballot)))
    votes_here = {name: _weights(each) for name, each in total.items()}
    return Tally(votes_here, priors, tuple(map(tuple, tables.values())))


def _surely(ballot: Ballot) -> Kind:
    """Give the kind that a name has by its own words, `other` where they hardly tell."""
    kind = verdict(ballot.prior)
    return kind if ballot.prior[kind] >= PLAIN else "other"


class Corpus(msgspec.Struct, frozen=True):
    """What all documents together say: surroundings by name, and the names of several words.

    `votes` has every name; `eponyms` are those that landmarks are called after: a lake's, a valley's.
    """

    votes: Mapping[str, Votes]
    kinds: Mapping[str, Kind]
    eponyms: frozenset[str] = frozenset()


def decide(text: str, mine: Cast, corpus: Corpus, known: Lexicon) -> tuple[Name, ...]:
    """Give the names of one document, in order."""
    found = mine.ballots
    here = _votes_here(found)
    full = tuple(_full_names(found, here, corpus))
    people = frozenset(name.rsplit(" ", 1)[1] for name in full)
    firsts = frozenset(name.split(" ", 1)[0] for name in full)
    kinds: dict[str, Kind] = {}
    names: list[Name] = []
    for ballot in found:
        if ballot.title_only and ballot.key not in people:
            continue
        weight = _weigh(ballot, here, corpus)
        if ballot.key in people:
            weight += _as_surname(ballot)
        elif ballot.key in firsts and ballot.context["place"] <= 0:
            weight += votes(("person", FIRST_NAME))
        elif ballot.key in corpus.eponyms:
            weight += votes(("place", EPONYM))
        kind = _believed(ballot, verdict(weight), weight, known)
        kinds.setdefault(ballot.key, kind)
        names.append(_name(text, ballot.start, ballot.end, kind))
    for line in mine.shouted:
        spans = shouted(line, kinds, corpus.kinds, known)
        names.extend(_name(text, start, end, kind) for start, end, kind in spans)
    return tuple(sorted(names, key=lambda n: n.start))


def column(
    rows: Sequence[tuple[str, Kind]], given: Mapping[str, Kind]
) -> Iterator[tuple[str, Kind]]:
    """Give the names of a table whose rows are mostly people or places, with that kind."""
    kinds = Counter(given.get(name, kind) for name, kind in rows)
    best = max(sorted(kinds), key=lambda kind: kinds[kind])
    if best in ("person", "place") and kinds[best] > 1 and 2 * kinds[best] > len(rows):
        yield from ((name, best) for name, _ in rows)


def _votes_here(found: Iterable[Ballot]) -> Mapping[str, Votes]:
    """Add up the surroundings of every name of one document, its tables among them."""
    mine = tally(found)
    here: defaultdict[str, Votes] = defaultdict(Counter)
    for name, weights in mine.votes.items():
        here[name].update(weights)
    for rows in mine.tables:
        for name, kind in column(rows, {}):
            here[name].update(votes((kind, COLUMN / ELSEWHERE)))
    return here


def _name(text: str, start: int, end: int, kind: Kind) -> Name:
    """Give a name; a town that plays is its club."""
    surface = text[start:end]
    if kind == "place" and not is_country(surface) and team_game(text, start, end):
        kind = "organisation"
    return Name(start, end, surface, kind)


def _as_surname(ballot: Ballot) -> Votes:
    """Weigh that the document names somebody in full who bears this name."""
    if ballot.prior["place"] <= 0:
        return votes(("person", SURNAME))
    return votes(("person", 0.0 if ballot.context["place"] > 0 else SURNAME_OF_A_PLACE))


def _believed(ballot: Ballot, kind: Kind, weight: Votes, known: Lexicon) -> Kind:
    """Give the kind, or `other` for common words that little speaks for (`the Dialogue`)."""
    words = ballot.key.split(" ")
    common = all(w.lower() in known.words and w not in known.given_names for w in words)
    return "other" if common and weight[kind] < FAINT else kind


def _weigh(ballot: Ballot, here: Mapping[str, Votes], corpus: Corpus) -> Votes:
    total: Votes = Counter()
    near, far = here[ballot.key], corpus.votes[ballot.key]
    for kind in {*ballot.prior, *near, *far}:
        weight = ballot.prior[kind] + _capped(near[kind], MOST_HERE)
        weight += elsewhere(far[kind])
        total[kind] = weight  # type: ignore[assignment]  # Counter's stub allows only int
    return total


def elsewhere(weight: float) -> float:
    """Give what the surroundings of a name in all documents together count in one."""
    return _capped(ELSEWHERE * weight, MOST_ELSEWHERE)


def _capped(weight: float, most: float) -> float:
    return max(-most, min(most, weight))


def _full_names(
    found: Sequence[Ballot], here: Mapping[str, Votes], corpus: Corpus
) -> Iterator[str]:
    """Give the full names of people in this document."""
    for ballot in found:
        if " " in ballot.key and verdict(_weigh(ballot, here, corpus)) == "person":
            yield ballot.key
