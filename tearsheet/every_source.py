"""All sources of an archive, each prepared once, on any number of processors, and remembered.

Takes an Archive; gives what the steps that look at one source alone (prepare.py) make of each.
Guarantees the archive's order and the same results whatever the executor and whatever the cache
holds.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from tearsheet.archive.register import Received, fixity
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.clean.repetition import others, short_texts
from tearsheet.describe.habits import habit_of, habits
from tearsheet.describe.readings import Habit
from tearsheet.digests import key_of, number_of
from tearsheet.errors import CorpusError
from tearsheet.looks import Looks
from tearsheet.memory import uncollected
from tearsheet.model import Archive, Rejected, SourceFile
from tearsheet.prepare import (
    UNKNOWN_MEDIA_TYPE,
    Opened,
    Prepared,
    Task,
    open_bytes,
    prepare,
    said_of,
    task_of,
)
from tearsheet.putaway import Apart, packed, unpacked
from tearsheet.shelves import Rack
from tearsheet.workers import Crew, Wanted, made

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Told the step, how many of its items are done, and how many there are."""


class Glance(msgspec.Struct, frozen=True):
    """What the corpus must know of a file before it is cleaned: its short texts, as numbers."""

    received: Received
    rejected: Rejected | None = None
    texts: bytes = b""


_OUT, _GLANCE_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Glance)


class Errand(msgspec.Struct, frozen=True):
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
    looks, rack = Looks(cache), Rack(cache, "sources")
    seen = made((_to_glance_at(file, looks) for file in archive.sources), glance, executor, rack)
    glances = _watched(map(_GLANCE_IN.decode, seen), "Reading", total, progress)
    looks.keep()
    repeated = _repeated(glances)
    crew = Crew(executor, Apart(rack, cache))
    asked = [
        partial(_to_prepare, archive, file, one, repeated)
        for file, one in zip(archive.sources, glances, strict=True)
    ]
    found = _watched(
        _prepared((one(None) for one in asked), crew, cache),
        "Cleaning and describing",
        total,
        progress,
    )
    known = habits((one.received.path, one.description) for one in found if one.description)
    wanting = {
        at: habit
        for at, one in enumerate(found)
        if one.description and (habit := habit_of(one.description, known))
    }
    again = _prepared((asked[at](habit) for at, habit in wanting.items()), crew, cache)
    for at, one in zip(wanting, again, strict=True):
        found[at] = one
    rack.keep()
    return tuple(found)


def _repeated(glances: Iterable[Glance]) -> Mapping[int, int]:
    """Count for each short text that stands in several sources the others, by its number."""
    met = Counter(chain.from_iterable(array("Q", one.texts) for one in glances))
    return {number: others(count) for number, count in met.items() if count > 1}


def _prepared(
    wanted: Iterable[Wanted[Errand | Prepared]], crew: Crew, cache: Cache
) -> Iterator[Prepared]:
    for found in crew.made(wanted, run_errand):
        yield unpacked(found, cache)


def _to_glance_at(file: SourceFile, looks: Looks) -> Wanted[tuple[str, bytes | str]]:
    """Ask for a glance at a file: its path, and its bytes or why there are none."""
    checksum = looks.checksum(file)
    if checksum is not None:
        return Wanted(key_of(("glance", file.path, checksum)), lambda: (file.path, _bytes(file, checksum)))  # fmt: skip
    try:
        content = file.file.read_bytes()
    except OSError as error:
        why = str(error.strerror)
        return Wanted(None, lambda: (file.path, why))
    return Wanted(
        key_of(("glance", file.path, looks.saw(file, content))), lambda: (file.path, content)
    )


def _bytes(file: SourceFile, checksum: str) -> bytes:
    content = file.file.read_bytes()
    if fixity(content) != checksum:
        raise CorpusError(f"{file.path}: changed while it was read; build again")
    return content


def glance(asked: tuple[str, bytes | str]) -> bytes:
    """Read one file; give a packed Glance."""
    path, content = asked
    if isinstance(content, str):
        reason = f"could not be opened: {content}; make it readable and build again"
        received = Received(path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected")
        return _OUT.encode(Glance(received, Rejected(path, reason)))
    opened = open_bytes(path, content)
    texts = short_texts(opened.source) if opened.source else frozenset()
    numbers = array("Q", sorted(number_of(text) for text in texts))
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
    texts = array("Q", seen.texts)
    shared = () if repeated.keys().isdisjoint(texts) else texts
    own = tuple([(one, repeated[one]) for one in shared if one in repeated])
    said = (*said_of(archive, file.path), archive.settings.day_first, habit, own)

    def errand() -> Errand:
        task = task_of(archive, Opened(seen.received), {})
        return Errand(file.file.read_bytes(), replace(task, habit=habit), own)

    return Wanted(key_of(("prepared", seen.received, said)), errand)


def run_errand(errand: Errand | Prepared) -> bytes:
    """Prepare one source from its bytes; give a packed Prepared."""
    if isinstance(errand, Prepared):
        return packed(errand)
    received = errand.task.opened.received
    opened = open_bytes(received.path, errand.content)
    if opened.received != received or opened.source is None:
        raise CorpusError(f"{received.path}: changed while it was read; build again")
    known = dict(errand.repeated)
    numbered = ((text, number_of(text)) for text in sorted(short_texts(opened.source)))
    repeated = {text: known[number] for text, number in numbered if number in known}
    with uncollected():
        return packed(prepare(replace(errand.task, opened=opened, repeated=repeated)))


def _watched(results: Iterable[T], step: str, total: int, progress: Progress) -> list[T]:
    done: list[T] = []
    for one in results:
        done.append(one)
        progress(step, len(done), total)
    return done
