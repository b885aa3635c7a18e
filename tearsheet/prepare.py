"""One source at a time: read, cleaned, described, on any number of processors, and remembered.

Takes an Archive; gives what the steps that look at one source alone make of each. Pure but
for reading the sources: what a step gives depends on its arguments alone, which is why it
can be done anywhere and kept. Guarantees the archive's order and the same results whatever
the executor and whatever the cache holds.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TypeVar

import msgspec

from tearsheet.archive.register import Received, fixity
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.clean import clean
from tearsheet.clean.repetition import others, repeated_texts, short_texts
from tearsheet.describe import describe
from tearsheet.describe.habits import habit_of, habits
from tearsheet.describe.readings import Habit
from tearsheet.describe.versions import shingles
from tearsheet.errors import CorpusError, SourceRejected
from tearsheet.gist import gist
from tearsheet.model import (
    Archive,
    AsItCame,
    Claim,
    Description,
    Document,
    FateRuling,
    Gist,
    Note,
    Rejected,
    Shelved,
    Source,
    SourceFile,
)
from tearsheet.names.observed import Observed, observe
from tearsheet.readers import read
from tearsheet.workers import Crew, Wanted, made

UNKNOWN_MEDIA_TYPE = "application/octet-stream"

READ = 64
"""Documents that stay in memory when they were read: those that one page shows."""

R = TypeVar("R")
T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Told the step, how many of its items are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One file after reading: a source, or why there is none."""

    received: Received
    source: Source | None = None
    rejected: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """All that the steps for one source may know: the editor's word on it, and which of its
    texts stand in how many other sources.
    """

    opened: Opened
    rulings: tuple[FateRuling, ...] = ()
    as_it_came: tuple[AsItCame, ...] = ()
    given: tuple[Claim, ...] = ()
    given_notes: tuple[Note, ...] = ()
    day_first: bool | None = None
    habit: Habit | None = None
    repeated: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file after the steps that look at it alone: a document, or why there is none."""

    received: Received
    document: Document | Shelved | None = None
    description: Description | None = None
    rejected: Rejected | None = None
    observed: Observed | None = None
    shingles: bytes = b""
    """What the document says for the steps that look at the corpus as a whole."""
    gist: Gist | None = None
    mark: str = ""
    """What tells apart all that this was made of."""


# ---------------------------------------------------------------- the steps


def open_source(file: SourceFile) -> Opened:
    """Read one file; one that can't be used is rejected with its reason."""
    try:
        content = file.file.read_bytes()
    except OSError as error:
        reason = f"could not be opened: {error.strerror}; make it readable and build again"
        received = Received(file.path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected")
        return Opened(received, rejected=Rejected(file.path, reason))
    return _opened(file.path, content)


def _opened(path: str, content: bytes) -> Opened:
    checksum, size = fixity(content), len(content)
    try:
        source = read(path, content)
    except SourceRejected as error:
        received = Received(path, checksum, size, UNKNOWN_MEDIA_TYPE, "rejected")
        reason = str(error).removeprefix(f"{path}: ")
        return Opened(received, rejected=Rejected(path, reason, checksum))
    return Opened(Received(path, checksum, size, source.media_type), source)


def prepare(task: Task) -> Prepared:
    """Clean and describe one source. Depends on nothing but the task."""
    opened = task.opened
    if opened.source is None:
        return Prepared(opened.received, rejected=opened.rejected)
    rulings = _rulings_for(task, None)
    document, description = _clean_and_describe(opened.source, task, rulings)
    publisher = description.claims.get("publisher")
    more = _rulings_for(task, publisher.value) if publisher else rulings
    if more != rulings:
        document, description = _clean_and_describe(opened.source, task, more)
    return Prepared(
        opened.received,
        document,
        description,
        observed=observe(document.text),
        shingles=shingles(document),
        gist=gist(document, _title(description)),
    )


def _title(description: Description) -> str:
    claim = description.claims.get("title")
    return claim.value if claim else ""


def _clean_and_describe(
    source: Source, task: Task, rulings: tuple[FateRuling, ...]
) -> tuple[Document, Description]:
    document = clean(source, rulings, task.repeated, task.as_it_came)
    given, notes = task.given, task.given_notes
    return document, describe(document, given, notes, day_first=task.day_first, habit=task.habit)


def _rulings_for(task: Task, publisher: str | None) -> tuple[FateRuling, ...]:
    """Give the rulings on this source, and those on every source of its publication."""
    return tuple(
        ruling
        for ruling in task.rulings
        if ruling.source in (None, task.opened.received.path)
        and (
            ruling.publication is None
            or (publisher is not None and ruling.publication.casefold() == publisher.casefold())
        )
    )


def tasks(archive: Archive, opened: Sequence[Opened]) -> Iterator[Task]:
    """Give one task a file, each with what the corpus knows of its texts."""
    repeated = repeated_texts(one.source for one in opened if one.source)
    for one in opened:
        texts = short_texts(one.source) if one.source else frozenset()
        own = {text: repeated[text] for text in sorted(texts) if text in repeated}
        yield _task(archive, one, own)


def _task(archive: Archive, opened: Opened, repeated: Mapping[str, int]) -> Task:
    path = opened.received.path
    return Task(
        opened,
        tuple(one for one in archive.decisions.fates if one.source in (None, path)),
        tuple(one for one in archive.decisions.as_it_came if one.source == path),
        archive.given.get(path, ()),
        archive.notes.get(path, ()),
        archive.settings.day_first,
        repeated=repeated,
    )


# ---------------------------------------------------------------- all sources, remembered


@dataclass(frozen=True, slots=True)
class Glance:
    """What the corpus must know of a file before it is cleaned: its short texts, as numbers."""

    received: Received
    rejected: Rejected | None = None
    texts: bytes = b""


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """A Prepared as it is kept: its document is read only when it is asked for."""

    received: Received
    description: Description | None
    rejected: Rejected | None
    observed: Observed | None
    shingles: bytes
    gist: Gist | None
    document: msgspec.Raw


# Twice as fast as pickling, with the types checked.
_OUT = msgspec.msgpack.Encoder()
_GLANCE_IN, _KEPT_IN = msgspec.msgpack.Decoder(Glance), msgspec.msgpack.Decoder(_Kept)
_DOCUMENT_IN = msgspec.msgpack.Decoder(Document)


@dataclass(frozen=True, slots=True)
class Errand:
    """A source to be prepared elsewhere: its bytes, the task but for what is read from them,
    and how often its short texts stand in other sources, by number.
    """

    content: bytes
    task: Task
    repeated: tuple[tuple[int, int], ...]


def prepare_all(
    archive: Archive,
    progress: Progress,
    executor: Executor | None = None,
    cache: Cache = NO_CACHE,
) -> tuple[Prepared, ...]:
    """Prepare every source, on the executor where one is given; the order is the archive's.

    What the cache knows is not done again. Raises CorpusError where a file changes meanwhile.
    """
    total = len(archive.sources)
    seen = made(map(_to_glance_at, archive.sources), glance, executor, cache)
    glances = _watched(map(_GLANCE_IN.decode, seen), "Reading", total, progress)
    met = Counter(number for one in glances for number in array("Q", one.texts))
    repeated = {number: others(count) for number, count in met.items() if count > 1}
    crew = Crew(executor, cache)
    asked = [
        partial(_to_prepare, archive, file, one, repeated)
        for file, one in zip(archive.sources, glances, strict=True)
    ]
    found = _watched(
        _prepared((one(None) for one in asked), crew), "Cleaning and describing", total, progress
    )
    known = habits((one.received.path, one.description) for one in found if one.description)
    wanting = {
        at: habit
        for at, one in enumerate(found)
        if one.description and (habit := habit_of(one.description, known))
    }
    again = _prepared((asked[at](habit) for at, habit in wanting.items()), crew)
    for at, one in zip(wanting, again, strict=True):
        found[at] = one
    return tuple(found)


def _prepared(wanted: Iterable[Wanted[Errand | Prepared]], crew: Crew) -> Iterator[Prepared]:
    keys: list[bytes | None] = []
    for at, packed in enumerate(crew.made(_noting(wanted, keys), run_errand)):
        yield _taken(packed, keys[at], crew.cache)


def _noting(wanted: Iterable[Wanted[R]], keys: list[bytes | None]) -> Iterator[Wanted[R]]:
    for one in wanted:
        keys.append(one.key)
        yield one


def _taken(packed: bytes, key: bytes | None, cache: Cache) -> Prepared:
    """Give what was made of a source, its document put away."""
    found = _KEPT_IN.decode(packed)
    document = None
    if found.description is not None:
        document = Putaway(cache, key, None if cache.keeps and key else packed)
    return Prepared(
        found.received,
        document,
        found.description,
        found.rejected,
        found.observed,
        found.shingles,
        found.gist,
        key.hex() if key else "",
    )


@dataclass(frozen=True, slots=True)
class Putaway:
    """A document in the cache, or, where nothing is kept there, packed in memory."""

    cache: Cache
    key: bytes | None
    packed: bytes | None

    def read(self) -> Document:
        """Give the document. Raises CorpusError where the cache was lost meanwhile."""
        return _read(self)


@lru_cache(maxsize=READ)
def _read(one: Putaway) -> Document:
    packed = one.packed
    if packed is None and one.key is not None:
        packed = one.cache.get(one.key)
    if packed is None:
        raise CorpusError("the cache was deleted while the archive was built; build again")
    return _DOCUMENT_IN.decode(_KEPT_IN.decode(packed).document)


def _to_glance_at(file: SourceFile) -> Wanted[tuple[str, bytes | str]]:
    """Ask for a glance at a file: its path, and its bytes or why there are none."""
    try:
        content = file.file.read_bytes()
    except OSError as error:
        why = str(error.strerror)
        return Wanted(None, lambda: (file.path, why))
    return Wanted(_key("glance", file.path, fixity(content)), lambda: (file.path, content))


def glance(asked: tuple[str, bytes | str]) -> bytes:
    """Read one file; give a packed Glance."""
    path, content = asked
    if isinstance(content, str):
        reason = f"could not be opened: {content}; make it readable and build again"
        received = Received(path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected")
        return _OUT.encode(Glance(received, Rejected(path, reason)))
    opened = _opened(path, content)
    texts = short_texts(opened.source) if opened.source else frozenset()
    numbers = array("Q", sorted(_number(text) for text in texts))
    return _OUT.encode(Glance(opened.received, opened.rejected, numbers.tobytes()))


def _to_prepare(
    archive: Archive,
    file: SourceFile,
    seen: Glance,
    repeated: Mapping[int, int],
    habit: Habit | None,
) -> Wanted[Errand | Prepared]:
    if seen.rejected is not None:
        return Wanted(None, lambda: Prepared(seen.received, rejected=seen.rejected))
    task = replace(_task(archive, Opened(seen.received), {}), habit=habit)
    own = tuple((one, repeated[one]) for one in array("Q", seen.texts) if one in repeated)
    said = (task.rulings, task.as_it_came, task.given, task.given_notes, task.day_first, habit, own)
    key = _key("prepared", seen.received, said)
    return Wanted(key, lambda: Errand(file.file.read_bytes(), task, own))


def run_errand(errand: Errand | Prepared) -> bytes:
    """Prepare one source from its bytes; give a packed Prepared."""
    if isinstance(errand, Prepared):
        return _packed(errand)
    received = errand.task.opened.received
    opened = _opened(received.path, errand.content)
    if opened.received != received or opened.source is None:
        raise CorpusError(f"{received.path}: changed while it was read; build again")
    known = dict(errand.repeated)
    numbered = ((text, _number(text)) for text in sorted(short_texts(opened.source)))
    repeated = {text: known[number] for text, number in numbered if number in known}
    return _packed(prepare(replace(errand.task, opened=opened, repeated=repeated)))


def forget_documents() -> None:
    """Let go of the documents that were read last."""
    _read.cache_clear()


def _packed(one: Prepared) -> bytes:
    document = msgspec.Raw(_OUT.encode(one.document))
    return _OUT.encode(
        _Kept(
            one.received,
            one.description,
            one.rejected,
            one.observed,
            one.shingles,
            one.gist,
            document,
        )
    )


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _key(step: str, *said: object) -> bytes:
    return hashlib.sha256(repr((step, said)).encode()).digest()


def _watched(results: Iterable[T], step: str, total: int, progress: Progress) -> list[T]:
    done: list[T] = []
    for one in results:
        done.append(one)
        progress(step, len(done), total)
    return done
