"""What all documents say of words and names, added up; a document can be taken out again.

Takes what single documents say (`Observed`, `Tally`); gives what the corpus says. Guarantees that
it is the same in whatever order documents came and went: weights are counted in thousandths, and
of the ways in which a name was read by its own words that of the last document by path holds.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tearsheet.names.habits import Habits
from tearsheet.names.kinds import Kind, Votes, verdict, votes
from tearsheet.names.lexicon import lexicon
from tearsheet.names.observed import Answer, Observed, rank
from tearsheet.names.vote import COLUMN, ELSEWHERE, MOST_ELSEWHERE, Corpus, Tally, column, elsewhere
from tearsheet.shelves import LostError

EXACT = 1000
"""Parts of a weight that are counted: all weights have fewer decimals."""

_OUT = msgspec.msgpack.Encoder()
_PRIOR_IN = msgspec.msgpack.Decoder(dict[Kind, float])


class Said(msgspec.Struct, array_like=True, gc=False):
    """What documents say of a name: how many name it; by kind, how many speak for it and with
    what weight; how it was read by its own words, and how often so.
    """

    documents: int = 0
    votes: dict[Kind, tuple[int, int]] = {}
    priors: dict[bytes, tuple[int, str, bool]] = {}


class Counts(msgspec.Struct, frozen=True):
    """What of a name can count in a document: the weights of its kinds, and its own kind."""

    weights: tuple[tuple[Kind, float], ...]
    kind: Kind | None


class Changed(msgspec.Struct, frozen=True):
    """What is not as it was before: of words, pairs of words, weights of names, their kinds."""

    words: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Kept(msgspec.Struct, array_like=True, frozen=True):
    """A census as it is kept."""

    habits: bytes = b""
    names: dict[str, Said] = {}
    eponyms: dict[str, int] = {}


class Census(msgspec.Struct):
    """The habits of the corpus, and what it says of names; `given` is the authority's word."""

    given: Mapping[str, Kind]
    habits: Habits
    names: dict[str, Said]
    eponyms: dict[str, int]
    _before: dict[str, Counts] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, kept: Kept, given: Mapping[str, Kind]) -> "Census":
        """Take a census up where it was left."""
        parts = pickle.loads(kept.habits) if kept.habits else ({}, {}, {}, {})  # noqa: S301  # our own, see kept
        return cls(given, Habits(*map(Counter, parts)), kept.names, kept.eponyms)

    def kept(self) -> Kept:
        """Give it to be kept."""
        parts = (self.habits.lower, self.habits.middle, self.habits.upper, self.habits.pairs)
        return Kept(pickle.dumps([dict(each) for each in parts], 5), self.names, self.eponyms)

    # ------------------------------------------------------------ habits

    def observe(
        self, gone: Iterable[Observed], come: Iterable[Observed], *, told: bool = False
    ) -> Changed:
        """Take the habits of documents out and in; give what is used otherwise than before.

        Where nobody was `told` of them yet, nothing is.
        """
        if not told:
            self._add((one.habits, 1) for one in come)
            return Changed()
        parts = [(one.habits, -1) for one in gone] + [(one.habits, 1) for one in come]
        words = {word for one, _ in parts for each in (one.lower, one.middle, one.upper) for word in each}  # fmt: skip
        pairs = {pair for one, _ in parts for pair in one.pairs}
        ranks: dict[str, Answer] = {word: rank(word, self.habits) for word in words}
        had = {pair for pair in pairs if self.habits.pairs[pair]}
        self._add(parts)
        return Changed(
            tuple(sorted(word for word in words if rank(word, self.habits) != ranks[word])),
            tuple(sorted(p for p in pairs if bool(self.habits.pairs[p]) != (p in had))),
        )

    def _add(self, parts: Iterable[tuple[Habits, int]]) -> None:
        mine = self.habits
        for one, sign in parts:
            for total, counts in (
                (mine.lower, one.lower), (mine.middle, one.middle),
                (mine.upper, one.upper), (mine.pairs, one.pairs),
            ):  # fmt: skip
                _count(total, counts, sign)

    # ------------------------------------------------------------ names

    def count(self, path: str, one: Tally, sign: int) -> None:
        """Take what a document says of names in, or with -1 out."""
        for name, here in one.votes.items():
            said = self._said(name)
            said.documents += sign
            for kind, weight in here.items():
                _vote(said, kind, weight, sign)
        for name, prior in one.priors.items():
            _read(self.names[name], _OUT.encode(dict(sorted(prior.items()))), path, sign)
        for rows in one.tables:
            for name, kind in column(rows, self.given):
                _vote(self.names[name], kind, COLUMN / ELSEWHERE, sign)

    def _said(self, name: str) -> Said:
        """Give what is said of a name, which is about to change."""
        if name not in self._before:
            self._before[name] = self.counts(name)
        if name not in self.names:
            self.names[name] = Said(0, {}, {})
        return self.names[name]

    def votes(self, name: str) -> Votes:
        """Give the weights of the surroundings of a name in all documents."""
        said = self.names.get(name)
        if said is None or not said.documents:
            return Counter()
        found: Votes = Counter()
        for kind, (_, weight) in sorted(said.votes.items()):
            found[kind] = weight / EXACT  # type: ignore[assignment]  # Counter's stub allows only int
        if name in self.given:
            found.update(votes((self.given[name], MOST_ELSEWHERE / ELSEWHERE)))
        return found

    def kind(self, name: str) -> Kind | None:
        """Give what a name of several words is of, in all documents together."""
        said = self.names.get(name)
        if said is None or not said.priors:
            return None
        if len(said.priors) > 1 and not all(sure for _, _, sure in said.priors.values()):
            raise LostError
        last = max(said.priors, key=lambda prior: said.priors[prior][1])
        prior = _PRIOR_IN.decode(last)
        return verdict(votes(*prior.items()) + self.votes(name))

    def counts(self, name: str) -> Counts:
        """Give what of a name can count in a document."""
        weights = sorted(self.votes(name).items())
        return Counts(tuple((kind, elsewhere(one)) for kind, one in weights), self.kind(name))

    def changed(self) -> Changed:
        """Give the names of which other things are said than before; from now on that is before."""
        names: set[str] = set()
        kinds: list[str] = []
        for name, before in self._before.items():
            now = self.counts(name)
            if now.weights != before.weights:
                names.add(name)
            if now.kind != before.kind:
                kinds.append(name)
                names.update(self._recall(name, before.kind, now.kind))
            if not self.names[name].documents:
                del self.names[name]
        self._before = {}
        return Changed(names=tuple(sorted(names)), kinds=tuple(sorted(kinds)))

    def _recall(self, name: str, before: Kind | None, now: Kind | None) -> Iterator[str]:
        """Give the name that a landmark is called by, where that is new or no more so."""
        word = eponym(name)
        if word is None or (before == "place") == (now == "place"):
            return
        had = bool(self.eponyms.get(word))
        self.eponyms[word] = self.eponyms.get(word, 0) + (1 if now == "place" else -1)
        if bool(self.eponyms[word]) != had:
            yield word

    def corpus(self) -> Corpus:
        """Give what the corpus says of names, each when it is asked for."""
        called = frozenset(word for word, number in self.eponyms.items() if number)
        return Corpus(_VotesOf(self), _KindsOf(self), called)


class _VotesOf(dict[str, Votes]):
    """The votes of names, looked up once."""

    def __init__(self, census: Census) -> None:
        super().__init__()
        self._census = census

    def __missing__(self, name: str) -> Votes:
        self[name] = self._census.votes(name)
        return self[name]


class _KindsOf(Mapping[str, Kind]):
    """The kinds of names of several words."""

    def __init__(self, census: Census) -> None:
        self._census = census

    def __getitem__(self, name: str) -> Kind:
        kind = self._census.kind(name)
        if kind is None:
            raise KeyError(name)
        return kind

    def __iter__(self) -> Iterator[str]:
        return (name for name, said in self._census.names.items() if said.priors)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _count(total: Counter, counts: Mapping, sign: int) -> None:  # type: ignore[type-arg]  # of words, or of pairs
    if sign > 0:
        total.update(counts)
        return
    for one, number in counts.items():
        total[one] -= number
        if not total[one]:
            del total[one]


def _read(said: Said, prior: bytes, path: str, sign: int) -> None:
    number, last, sure = said.priors.get(prior, (0, "", True))
    if sign > 0 and path >= last:
        last, sure = path, True
    elif sign < 0 and path == last:
        sure = False
    said.priors[prior] = (number + sign, last, sure)
    if not number + sign:
        del said.priors[prior]


def _vote(said: Said, kind: Kind, weight: float, sign: int) -> None:
    number, total = said.votes.get(kind, (0, 0))
    said.votes[kind] = (number + sign, total + sign * round(EXACT * weight))
    if not number + sign:
        del said.votes[kind]


def eponym(name: str) -> str | None:
    """Give `Marlow` for a `Lake Marlow` or a `Marlow Valley`."""
    landmarks, given = lexicon().cues["landmarks"], lexicon().given_names
    first, _, last = name.partition(" ")
    if " " in last:
        return None
    if first in landmarks and last not in given:
        return last
    return first if last in landmarks and first not in given else None
