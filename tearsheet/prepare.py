"""The steps that look at one source alone: read, cleaned, described.

Takes a file and all that may be known of it; gives a document and what is recorded of it, or
why there is none. Pure but for reading the file: what a step gives depends on its arguments
alone, which is why it can be done anywhere and kept (see every_source.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from tearsheet.archive.register import Received, fixity
from tearsheet.clean import clean
from tearsheet.clean.repetition import repeated_texts, short_texts
from tearsheet.describe import describe
from tearsheet.describe.readings import Habit
from tearsheet.describe.versions import shingles
from tearsheet.errors import SourceRejected
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

UNKNOWN_MEDIA_TYPE = "application/octet-stream"


class Opened(msgspec.Struct, frozen=True):
    """One file after reading: a source, or why there is none."""

    received: Received
    source: Source | None = None
    rejected: Rejected | None = None


class Task(msgspec.Struct, frozen=True):
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
    repeated: Mapping[str, int] = msgspec.field(default_factory=dict)


class Prepared(Protocol):
    """One file after the steps that look at it alone: a document, or why there is none. Its
    description and its gist may have to be read.
    """

    @property
    def received(self) -> Received:
        """The file."""

    @property
    def document(self) -> Document | Shelved | None:
        """What it says, which may be put away."""

    @property
    def description(self) -> Description | None:
        """What is known of it."""

    @property
    def rejected(self) -> Rejected | None:
        """Why there is no document."""

    @property
    def observed(self) -> Observed | None:
        """How it uses words."""

    @property
    def gist(self) -> Gist | None:
        """What the corpus as a whole must know of it."""

    @property
    def mark(self) -> str:
        """What tells this from anything else that could have been made ("": not known)."""

    def all_shingles(self) -> bytes:
        """Give the shingles, which may have to be read for it."""


class Fresh(msgspec.Struct, frozen=True):
    """One file that was prepared just now."""

    received: Received
    document: Document | None = None
    description: Description | None = None
    rejected: Rejected | None = None
    observed: Observed | None = None
    shingles: bytes = b""
    """What the document says for the steps that look at the corpus as a whole."""
    gist: Gist | None = None
    mark: str = ""

    def all_shingles(self) -> bytes:
        """Give the shingles."""
        return self.shingles


# ---------------------------------------------------------------- the steps


def open_source(file: SourceFile) -> Opened:
    """Read one file; one that can't be used is rejected with its reason."""
    try:
        content = file.file.read_bytes()
    except OSError as error:
        reason = f"could not be opened: {error.strerror}; make it readable and build again"
        received = Received(file.path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected")
        return Opened(received, rejected=Rejected(file.path, reason))
    return open_bytes(file.path, content)


def open_bytes(path: str, content: bytes) -> Opened:
    """Read the bytes of one file, as `open_source` does."""
    checksum, size = fixity(content), len(content)
    try:
        source = read(path, content)
    except SourceRejected as error:
        received = Received(path, checksum, size, UNKNOWN_MEDIA_TYPE, "rejected")
        reason = str(error).removeprefix(f"{path}: ")
        return Opened(received, rejected=Rejected(path, reason, checksum))
    return Opened(Received(path, checksum, size, source.media_type), source)


def prepare(task: Task) -> Fresh:
    """Clean and describe one source. Depends on nothing but the task."""
    opened = task.opened
    if opened.source is None:
        return Fresh(opened.received, rejected=opened.rejected)
    rulings = _rulings_for(task, None)
    document, description = _clean_and_describe(opened.source, task, rulings)
    publisher = description.claims.get("publisher")
    more = _rulings_for(task, publisher.value) if publisher else rulings
    if more != rulings:
        document, description = _clean_and_describe(opened.source, task, more)
    return Fresh(
        opened.received,
        document,
        description,
        observed=observe(document.text),
        shingles=shingles(document),
        gist=gist(document, _title(description)),
    )


def comes_out_as(former: Document, task: Task) -> bool:
    """Say whether a source is cleaned to the same document as before, where nothing but the counts
    of its short texts may be another: then all that is made of it is the same.
    """
    source, rulings = task.opened.source, task.rulings
    if source is None or any(ruling.publication is not None for ruling in rulings):
        return False
    return clean(source, _rulings_for(task, None), task.repeated, task.as_it_came) == former


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
        yield task_of(archive, one, own)


def task_of(archive: Archive, opened: Opened, repeated: Mapping[str, int]) -> Task:
    """Give the task for one file: what the archive says of it."""
    said = said_of(archive, opened.received.path)
    return Task(opened, *said, archive.settings.day_first, repeated=repeated)


def said_of(
    archive: Archive, path: str
) -> tuple[tuple[FateRuling, ...], tuple[AsItCame, ...], tuple[Claim, ...], tuple[Note, ...]]:
    """Give the editor's word on one file: rulings on fates, on repairs, values, notes on these."""
    decisions = archive.decisions
    return (
        tuple([one for one in decisions.fates if one.source in (None, path)]),
        tuple([one for one in decisions.as_it_came if one.source == path]),
        archive.given.get(path, ()),
        archive.notes.get(path, ()),
    )
