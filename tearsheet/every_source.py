"""All sources of an archive, each prepared once, on any number of processors, and remembered.

Takes an Archive; gives what the steps that look at one source alone (prepare.py) make of each.
Guarantees the archive's order and the same results whatever the executor and whatever the cache
holds. Of sources that look as they did, only those are asked about of which something else is
known now: what the editor says, in how many others their short texts stand, how dates are read.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from concurrent.futures import Executor
from functools import partial
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from tearsheet.archive.register import Received, fixity
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.clean.repetition import short_texts
from tearsheet.describe.habits import dating_of, habit_of, habits
from tearsheet.describe.readings import Habit
from tearsheet.digests import key_of, number_of
from tearsheet.errors import CorpusError
from tearsheet.looks import Look, look_at
from tearsheet.memory import uncollected
from tearsheet.model import Archive, Rejected, SourceFile
from tearsheet.prepare import (
    UNKNOWN_MEDIA_TYPE,
    Opened,
    Prepared,
    Task,
    comes_out_as,
    open_bytes,
    prepare,
    said_of,
    task_of,
)
from tearsheet.putaway import Apart, Kept, document_in, packed, packed_again, unpacked
from tearsheet.roll import Glance, Roll, Row
from tearsheet.workers import Crew, Wanted

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Told the step, how many of its items are done, and how many there are."""

_OUT, _GLANCE_IN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Glance)


class Errand(msgspec.Struct, frozen=True):
    """A source to be prepared elsewhere: its bytes, the task but for what is read from them,
    and how often its short texts stand in other sources, by number. `former` is what was made
    of it, packed, where that was known otherwise ("": not known).
    """

    content: bytes
    task: Task
    repeated: tuple[tuple[int, int], ...]
    former: bytes = b""


def prepare_all(
    archive: Archive,
    progress: Progress,
    executor: Executor | None = None,
    cache: Cache = NO_CACHE,
) -> tuple[Prepared, ...]:
    """Prepare every source, on the executor where one is given; the order is the archive's.

    What the cache knows is not done again. Raises CorpusError where a file changes meanwhile.
    """
    work = _Work(archive, progress, Crew(executor, cache))
    glances = work.glances()
    work.prepare(work.asked(glances, work.take(glances)))
    work.heed_habits()
    work.roll.keep(_said_of_all(archive))
    return work.prepared()


class _Work:
    """The work on all sources: the roll, and what was made of the sources asked about."""

    def __init__(self, archive: Archive, progress: Progress, crew: Crew) -> None:
        self.roll = Roll(crew.cache)
        self._archive, self._progress = archive, progress
        self._readers, self._makers = crew, replace(crew, cache=Apart(crew.cache))
        self._files = {file.path: file for file in archive.sources}
        self._own = _said_of_one(archive)
        self._made: dict[str, Kept] = {}

    def glances(self) -> dict[str, Row]:
        """Look at every file, and read those that do not look as they did: give their rows."""
        looks = _looks(self._archive)
        rows = self.roll.rows
        unread = [
            file
            for path, file in self._files.items()
            if (row := rows.get(path)) is None or row.look is None or row.look != looks[path]
        ]
        read = self._readers.made(map(_to_glance_at, unread), glance)
        found = self._watched(map(_GLANCE_IN.decode, read), "Reading", len(unread))
        return {
            file.path: Row(_relied_on(looks[file.path], one), one)
            for file, one in zip(unread, found, strict=True)
        }

    def take(self, read: Mapping[str, Row]) -> Set[int]:
        """Take the sources that came, went or changed into the roll; give the short texts that
        stand in more or fewer other sources now.
        """
        rows = self.roll.rows
        gone = rows.keys() - self._files.keys()
        former = [rows[path].glance for path in (*gone, *(read.keys() & rows.keys()))]
        moved = self.roll.count(former, [row.glance for row in read.values()])
        for path in gone:
            self.roll.drop(path)
        for path, row in read.items():
            before = rows.get(path)
            if before is not None and before.glance == row.glance:
                row = msgspec.structs.replace(before, look=row.look)
            self.roll.lay(path, row)
        return moved

    def asked(self, read: Mapping[str, Row], moved: Set[int]) -> list[str]:
        """Give the sources of which something else is known than what was made of them rests on,
        in the archive's order.
        """
        rows, own = self.roll.rows, self._own
        if self.roll.said != _said_of_all(self._archive):
            return [path for path in self._files if rows[path].glance.rejected is None]
        asked = {path for path, row in rows.items() if row.said != own.get(path, b"")}
        asked.update(path for path in read if rows[path].made is None)
        asked.update(self.roll.holding(moved))
        return [path for path in self._files if path in asked and rows[path].glance.rejected is None]  # fmt: skip

    def prepare(self, asked: list[str]) -> None:
        """Prepare sources as if no habit were known."""
        made = self._prepared(dict.fromkeys(asked))
        for one in self._watched(made, "Cleaning and describing", len(asked)):
            description = one.description
            dating = dating_of(description) if description else None
            self._lay(one, dating=dating, habit=None, made=one.made)

    def heed_habits(self) -> None:
        """Prepare those again whose dates a habit settles that did not before, or no more."""
        dated = {path: row.dating for path, row in self.roll.rows.items() if row.dating}
        known = habits(dated)
        wanted = {path: habit_of(one, known) for path, one in dated.items()}
        other = {
            path: habit for path, habit in wanted.items() if habit != self.roll.rows[path].habit
        }
        for one in self._prepared(other):
            self._lay(one, habit=other[one.received.path], made=one.made)

    def prepared(self) -> tuple[Prepared, ...]:
        """Give every source, in the archive's order."""
        rows, made = self.roll.rows, self._made
        found: list[Prepared] = []
        for path in self._files:
            one = made.get(path)
            if one is None:
                row = rows[path]
                one = Kept(row.glance.received, row.glance.rejected, row.made, self._readers.cache)
            found.append(one)
        return tuple(found)

    def _lay(self, one: Kept, **changed: object) -> None:
        path = one.received.path
        self._made[path] = one
        said = self._own.get(path, b"")
        self.roll.lay(path, msgspec.structs.replace(self.roll.rows[path], said=said, **changed))

    def _prepared(self, wanted: Mapping[str, Habit | None]) -> Iterator[Kept]:
        asked = [self._to_prepare(path, habit) for path, habit in wanted.items()]
        found = self._makers.made(iter(asked), run_errand)
        for one, value in zip(asked, found, strict=True):
            yield unpacked(one.key or b"", value, self._readers.cache)

    def _to_prepare(self, path: str, habit: Habit | None) -> Wanted[Errand]:
        seen = self.roll.rows[path].glance
        shared = self.roll.shared(seen)
        archive, file = self._archive, self._files[path]
        said = (*said_of(archive, path), archive.settings.day_first, habit, shared)
        former = partial(self._former, path, habit)
        errand = partial(_errand, archive, file, seen.received, habit, shared, former)
        return Wanted(key_of(("made", seen.received, said)), errand)

    def _former(self, path: str, habit: Habit | None) -> bytes:
        """Give what was made of a source, where at most its short texts stand in other numbers of
        sources now.
        """
        row = self.roll.rows[path]
        said = (row.said, row.habit, self.roll.said)
        if row.made is None or said != (self._own.get(path, b""), habit, _said_of_all(self._archive)):  # fmt: skip
            return b""
        return packed_again(row.made, self._readers.cache)

    def _watched(self, results: Iterable[T], step: str, asked: int) -> list[T]:
        """Take results, and tell of them: the sources that are not asked about are done."""
        total = len(self._files)
        done: list[T] = []
        for one in results:
            done.append(one)
            self._progress(step, total - asked + len(done), total)
        return done


# ---------------------------------------------------------------- what is known of a source


def _looks(archive: Archive) -> dict[str, Look | None]:
    """Give how every source looks: as it did when the archive was opened, else as it does now."""
    seen = archive.looks
    return {
        file.path: look if (look := seen.get(file.path)) is not None else look_at(file.file)
        for file in archive.sources
    }


def _relied_on(look: Look | None, seen: Glance) -> Look | None:
    """Give the look of a file that was read since; one that changed meanwhile has none."""
    return look if look is not None and look[0] == seen.received.size else None


def _said_of_all(archive: Archive) -> bytes:
    """Give the digest of what the editor says of all sources, or of those of a publication."""
    fates = [one for one in archive.decisions.fates if one.source is None]
    return key_of((fates, archive.settings.day_first))


def _said_of_one(archive: Archive) -> dict[str, bytes]:
    """Give, of each source that the editor speaks of, the digest of all that is said of it."""
    decisions = archive.decisions
    named = {one.source for one in decisions.fates if one.source}
    named.update(one.source for one in decisions.as_it_came)
    named |= archive.given.keys() | archive.notes.keys()
    return {path: key_of(said_of(archive, path)) for path in named}


# ---------------------------------------------------------------- the steps, and what they take


def _to_glance_at(file: SourceFile) -> Wanted[tuple[str, bytes | str]]:
    """Ask for a glance at a file: its path, and its bytes or why there are none."""
    try:
        content = file.file.read_bytes()
    except OSError as error:
        why = str(error.strerror)
        return Wanted(None, lambda: (file.path, why))
    return Wanted(key_of(("seen", file.path, fixity(content))), lambda: (file.path, content))


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


def _errand(
    archive: Archive,
    file: SourceFile,
    received: Received,
    habit: Habit | None,
    repeated: tuple[tuple[int, int], ...],
    former: Callable[[], bytes],
) -> Errand:
    task = task_of(archive, Opened(received), {})
    return Errand(file.file.read_bytes(), replace(task, habit=habit), repeated, former())


def run_errand(errand: Errand) -> bytes:
    """Prepare one source from its bytes; give it packed."""
    received = errand.task.opened.received
    opened = open_bytes(received.path, errand.content)
    if opened.received != received or opened.source is None:
        raise CorpusError(f"{received.path}: changed while it was read; build again")
    known = dict(errand.repeated)
    numbered = ((text, number_of(text)) for text in sorted(short_texts(opened.source)))
    repeated = {text: known[number] for text, number in numbered if number in known}
    task = replace(errand.task, opened=opened, repeated=repeated)
    with uncollected():
        if errand.former and comes_out_as(document_in(errand.former), task):
            return errand.former
        return packed(prepare(task))
