"""Decide which mentions of a corpus are the same thing.

Takes documents, their mentions, the authority and the editor's rulings; gives entities,
resolved mentions and the pairs that a person should rule on. Guarantees that the order of
documents does not matter, that an editor's "different" and the authority's `not` are never
overruled, that a doubt is left to the editor, and the same result whatever the cache holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

import msgspec
from msgspec.structs import replace

from tearsheet.cache import NO_CACHE, Cache
from tearsheet.digests import key_of
from tearsheet.documents import Documents, text_of
from tearsheet.model import (
    Authority,
    Document,
    Mention,
    Merge,
    Resolution,
    ReviewPair,
    Ruling,
)
from tearsheet.names.atoms import last_sound
from tearsheet.names.board import Board, Portion, board, of_entries, places_of
from tearsheet.names.circles import Circles, Drawn, Meant
from tearsheet.names.findings import NOBODY, Findings, Read, read
from tearsheet.names.hooks import Hooks
from tearsheet.names.identity import Naming, Published, entities
from tearsheet.names.joining import Editor, editor
from tearsheet.names.packed import Mentions, Packed, packed
from tearsheet.names.pieces import Pieces, pieces
from tearsheet.names.review import doubts, merges
from tearsheet.names.rulings import by_id, by_name
from tearsheet.shelves import LostError, Shelves
from tearsheet.slugs import slug
from tearsheet.workers import ALONE, Crew

WORN, FEW = 0.2, 100
"""Share of the documents, and number, that may have left since the circles were drawn: circles
grow with what comes and do not shrink with what leaves, so then they are drawn anew."""

_OUT, _PIECES_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Pieces)
_GUESTS_IN = msgspec.msgpack.Decoder(dict[str, bytes])
_MENTIONS_IN = msgspec.msgpack.Decoder(tuple[Mention, ...])


def resolve(
    documents: Mapping[str, Document],
    mentions: Mentions,
    authority: tuple[Authority, ...],
    rulings: tuple[Ruling, ...],
    published: Published | None = None,
    crew: Crew = ALONE,
) -> Resolution:
    """Give the entities of a corpus, its mentions with their entity, and the doubts.

    `published` are the ids that earlier builds gave out: they are kept where the entity
    still stands (see `identity.redirects` for those that moved).
    """
    corpus = _corpus(documents, mentions, crew.cache)
    word = editor(authority, rulings)
    try:
        return _resolved(corpus, word, published, _last(corpus, word))
    except LostError:
        return _resolved(corpus, word, published, _Last(Drawn(), Shelves(bytes), ()))


def resolve_at_once(
    documents: Mapping[str, Document],
    mentions: Mentions,
    authority: tuple[Authority, ...],
    rulings: tuple[Ruling, ...],
    published: Published | None = None,
) -> Resolution:
    """Give what `resolve` gives, with all atoms on one board: slower, and simpler to trust."""
    corpus = _corpus(documents, mentions, NO_CACHE)
    return _on_one_board(corpus, editor(authority, rulings), published)


def _resolved(
    corpus: "_Corpus", word: Editor, published: Published | None, last: "_Last"
) -> Resolution:
    circles = _drawn(corpus, word, last)
    settled = circles.settle()
    if _needs_ids(circles, word):
        return _on_one_board(corpus, word, published)
    found = [circle.findings for circle in circles.drawn.circles.values()]
    naming = _named(found, word, published)
    _lay_out(circles, settled, naming, last.shelves)
    _keep(corpus, word, circles, last.shelves)
    marks = {path: seat.told for path, seat in circles.drawn.seats.items()}
    return _resolution(found, naming, Packed(last.shelves.row, marks), word)


# ---------------------------------------------------------------- what there is


class _Corpus(msgspec.Struct, frozen=True):
    """Documents and their mentions; `marks` tell apart all that is to be resolved, and are keys
    of what is kept of it.
    """

    documents: Mapping[str, Document]
    mentions: Packed
    marks: Mapping[str, bytes]
    cache: Cache

    def pieces(self, path: str) -> Pieces:
        """Give what a document proves of its own names."""
        kept = self.cache.get(self.marks[path])
        if kept is not None:
            return _PIECES_IN.decode(kept)
        found = pieces(path, text_of(self.documents, path), self.mentions[path])
        self.cache.put(self.marks[path], _OUT.encode(found))
        return found


def _corpus(documents: Mapping[str, Document], mentions: Mentions, cache: Cache) -> _Corpus:
    """Of a document that is put away what is found can be kept; of others nothing is.

    What was recognised tells the documents, too, from any others; other mentions do not.
    """
    told = documents.marks if isinstance(documents, Documents) else dict.fromkeys(documents, "")
    rows = packed(mentions)
    marks = rows.marks
    if not isinstance(mentions, Packed):
        marks = {path: key_of((told[path], path, mark)) for path, mark in marks.items()}
    return _Corpus(documents, rows, marks, cache if all(told.values()) else NO_CACHE)


# ---------------------------------------------------------------- circles, kept


class _Last(msgspec.Struct, frozen=True):
    """What the last build left: its circles, and its mentions as they were resolved; `gone` are
    the documents that are no more, or are others now.
    """

    drawn: Drawn
    shelves: Shelves[bytes]
    gone: tuple[str, ...]


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """The same as it is kept."""

    drawn: Drawn
    shelves: tuple[bytes, ...]


_KEPT_IN = msgspec.msgpack.Decoder(_Kept)


def _key(word: Editor) -> bytes:
    return key_of(("circles and seats", tuple(word.entries.values())))


def _last(corpus: _Corpus, word: Editor) -> _Last:
    """Give what the last build left, where it is of use."""
    nothing = _Last(Drawn(), Shelves(bytes), ())
    found = corpus.cache.get(_key(word)) if corpus.cache.keeps else None
    if found is None:
        return nothing
    kept = _KEPT_IN.decode(found)
    seats, marks = kept.drawn.seats, corpus.marks
    gone = tuple(sorted(path for path, one in seats.items() if marks.get(path) != one.mark))
    if kept.drawn.left + len(gone) > max(FEW, WORN * len(marks)):
        return nothing
    nothing.shelves.take(kept.shelves, corpus.cache)
    return _Last(kept.drawn, nothing.shelves, gone)


def _drawn(corpus: _Corpus, word: Editor, last: _Last) -> Circles:
    """Draw the circles of this corpus, from those that are drawn already."""
    drawn = last.drawn
    circles = Circles(drawn, Hooks(word), corpus.cache, _guests(corpus.cache, word))
    circles.rule(word.rulings)
    for path in last.gone:
        circles.leave(path)
        last.shelves.drop(path)
    for path in sorted(corpus.marks.keys() - drawn.seats.keys()):
        circles.enter(path, corpus.marks[path], corpus.pieces(path))
        last.shelves.lay(path, corpus.mentions.packed(path))
    return circles


def _guests(cache: Cache, word: Editor) -> Mapping[str, bytes]:
    """Give the authority's names by their sound, packed; those of 100,000 aliases are kept."""
    key = key_of(("guests by sound", tuple(word.entries.values())))
    kept = cache.get(key) if cache.keeps else None
    if kept is not None:
        return _GUESTS_IN.decode(kept)
    found: defaultdict[str, list[Portion]] = defaultdict(list)
    for one in of_entries(word.entries.values()):
        found[last_sound(one.pieces.atoms[0])].append(one)
    guests = {sound: _OUT.encode(names) for sound, names in found.items()}
    cache.put(key, _OUT.encode(guests))
    return guests


def _keep(corpus: _Corpus, word: Editor, circles: Circles, shelves: Shelves[bytes]) -> None:
    if corpus.cache.keeps:
        circles.touch()
        corpus.cache.touch(*corpus.marks.values())
        kept = _Kept(circles.drawn, shelves.keys(corpus.cache))
        corpus.cache.put(_key(word), _OUT.encode(kept))


# ---------------------------------------------------------------- ids


def _named(found: Iterable[Findings], word: Editor, published: Published | None) -> Naming:
    groups = [group for one in found for group in one.groups]
    absorbed = {name for one in found for name in one.absorbed}
    return entities(groups, absorbed, word.entries, published)


def _lay_out(
    circles: Circles, settled: Mapping[int, Set[Meant]], naming: Naming, shelves: Shelves[bytes]
) -> None:
    """Give every mention its entity where that is another than before."""
    changes: dict[str, list[Meant]] = {path: [] for path in circles.entered()}
    first = 0
    for root, circle in circles.drawn.circles.items():
        ids = naming.ids[first : first + len(circle.findings.groups)]
        first += len(ids)
        if ids != circle.ids:  # those that were settled have none yet
            before = settled[root] if root in settled else {*circles.meant(root, circle.ids)}
            for one in circles.meant(root, ids):
                if one not in before:
                    changes.setdefault(one.path, []).append(one)
        circle.ids = ids
    seats = circles.drawn.seats
    for path, found in changes.items():
        row = _changed(shelves.row(path) or b"", found)
        shelves.lay(path, row)
        seats[path] = msgspec.structs.replace(seats[path], told=key_of(row))


def _changed(row: bytes, changes: Iterable[Meant]) -> bytes:
    mentions = list(_MENTIONS_IN.decode(row))
    for change in changes:
        for number in change.mentions:
            old = mentions[number]
            mentions[number] = Mention(old.start, old.end, old.surface, change.type, change.id)
    return _OUT.encode(mentions)


def _resolution(
    found: Iterable[Findings], naming: Naming, mentions: Mentions, word: Editor
) -> Resolution:
    unclear: list[ReviewPair] = []
    told: list[Merge] = []
    first = 0
    for one in found:
        ids = naming.ids[first : first + len(one.groups)]
        first += len(ids)
        for pair in one.unclear:
            left, right = sorted((ids[pair.left], ids[pair.right]))
            unclear.append(ReviewPair(left, right, pair.score, pair.reason))
        for join in one.told:
            owner = "" if join.group == NOBODY else ids[join.group]
            told.append(Merge(owner, join.left, join.right, join.reason))
    review = doubts(unclear, naming.entities, word)
    return Resolution(naming.entities, mentions, review, merges(told))


# ---------------------------------------------------------------- rulings that need ids


def _needs_ids(circles: Circles, word: Editor) -> bool:
    """Say whether a ruling speaks of an id, that no name is spelled like."""
    sides = (name for ruling in word.rulings for name in (ruling.left, ruling.right))
    return any(name == slug(name) and not circles.drawn.told.get(f"R {name}") for name in sides)


def _on_one_board(corpus: _Corpus, word: Editor, published: Published | None) -> Resolution:
    """Resolve all atoms at once, first without rulings, for the ids that those speak of."""
    documents = [Portion(0, path, corpus.pieces(path)) for path in corpus.marks]
    laid = board([*documents, *of_entries(word.entries.values())], word.always)
    places = places_of(laid.atoms)
    unruled = read(laid, places, replace(word, rulings=(), ruled={}), ())
    ids = _named([unruled.findings], word, published).ids
    of_atom = ["" if number == NOBODY else ids[number] for number in unruled.of_atom]
    sides = by_id(of_atom, by_name(laid.atoms, word.rulings), word.rulings)
    found = read(laid, places, word, tuple(zip(sides, word.rulings, strict=True)))
    naming = _named([found.findings], word, published)
    return _resolution([found.findings], naming, _laid_out(corpus, laid, found, naming), word)


def _laid_out(corpus: _Corpus, laid: Board, found: Read, naming: Naming) -> Packed:
    changes: dict[str, list[Meant]] = {path: [] for path in corpus.marks}
    for atom, group in zip(laid.atoms, found.of_atom, strict=True):
        if atom.mentions:
            kind = found.findings.groups[group].type
            changes[atom.path].append(Meant(atom.path, atom.mentions, naming.ids[group], kind))
    rows = {path: _changed(corpus.mentions.packed(path), one) for path, one in changes.items()}
    return Packed(rows.get, {path: key_of(row) for path, row in rows.items()})
