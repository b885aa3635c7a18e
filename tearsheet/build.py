"""The build: the steps in their order, from an archive's folder to generated files.

Takes an Archive and the register as it was; gives a Corpus, and of a Corpus every file
that is to stand under docs/. It only reads: the writer writes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from tearsheet.clean import clean
from tearsheet.describe import describe
from tearsheet.errors import SourceRejected
from tearsheet.model import (
    Accession,
    Archive,
    Claim,
    Corpus,
    Description,
    Discrepancy,
    Document,
    FateRuling,
    Note,
    Record,
    Rejected,
    SourceFile,
)
from tearsheet.names import recognise, resolve
from tearsheet.opendata import data_files
from tearsheet.pages import markdown
from tearsheet.pages.compose import compose
from tearsheet.pages.places import original_address
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS
from tearsheet.readers import read
from tearsheet.register import Received, accession, compare, fixity

UNKNOWN_MEDIA_TYPE = "application/octet-stream"
ENOUGH_FOR_PROCESSES = 200
"""Sources: below this, starting worker processes costs more than it saves."""

Progress = Callable[[str, int, int], None]
"""Told the step, how many of its items are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file after the steps that look at it alone: a document, or why there is none."""

    received: Received
    document: Document | None = None
    description: Description | None = None
    rejected: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """All that the steps for one file may know: the file and the editor's word on it."""

    file: SourceFile
    rulings: tuple[FateRuling, ...] = ()
    given: tuple[Claim, ...] = ()
    given_notes: tuple[Note, ...] = ()
    day_first: bool | None = None


# ---------------------------------------------------------------- one source at a time


def prepare(task: Task) -> Prepared:
    """Read, clean and describe one file. Depends on nothing but the task."""
    path = task.file.path
    try:
        content = task.file.file.read_bytes()
    except OSError as error:
        reason = f"could not be opened: {error.strerror}; make it readable and build again"
        return Prepared(
            Received(path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected"), rejected=Rejected(path, reason)
        )
    checksum, size = fixity(content), len(content)
    try:
        source = read(path, content)
    except SourceRejected as error:
        received = Received(path, checksum, size, UNKNOWN_MEDIA_TYPE, "rejected")
        return Prepared(received, rejected=Rejected(path, str(error), checksum))
    describe_this = partial(
        describe, given=task.given, given_notes=task.given_notes, day_first=task.day_first
    )
    document = clean(source, _rulings_for(task, None))
    description = describe_this(document)
    publisher = description.claims.get("publisher")
    if publisher and (rulings := _rulings_for(task, publisher.value)) != _rulings_for(task, None):
        document = clean(source, rulings)
        description = describe_this(document)
    return Prepared(Received(path, checksum, size, source.media_type), document, description)


def _rulings_for(task: Task, publisher: str | None) -> tuple[FateRuling, ...]:
    """Give the rulings on this source, and those on every source of its publication."""
    return tuple(
        ruling
        for ruling in task.rulings
        if ruling.source in (None, task.file.path)
        and (
            ruling.publication is None
            or (publisher is not None and ruling.publication.casefold() == publisher.casefold())
        )
    )


def tasks(archive: Archive) -> tuple[Task, ...]:
    """Give one task a source file, in the order of their paths."""
    return tuple(
        Task(
            file,
            archive.decisions.fates,
            archive.given.get(file.path, ()),
            archive.notes.get(file.path, ()),
            archive.settings.day_first,
        )
        for file in archive.sources
    )


def prepare_all(
    archive: Archive, progress: Progress, executor: Executor | None = None
) -> tuple[Prepared, ...]:
    """Prepare every source, on the executor where one is given; the order is the archive's."""
    todo = tasks(archive)
    results = executor.map(prepare, todo, chunksize=8) if executor else map(prepare, todo)
    prepared = []
    for one in results:
        prepared.append(one)
        progress("Reading and cleaning", len(prepared), len(todo))
    return tuple(prepared)


# ---------------------------------------------------------------- the corpus as a whole


def assemble(
    archive: Archive, register: tuple[Accession, ...], prepared: tuple[Prepared, ...]
) -> Corpus:
    """Number the sources, find the names across all documents, and put the corpus together."""
    takedowns = {takedown.source: takedown for takedown in archive.decisions.takedowns}
    received = [one.received for one in prepared]
    rows = accession(register, received, frozenset(takedowns))
    discrepancies = compare(rows, received)
    documents = {
        one.received.path: one.document
        for one in prepared
        if one.document is not None and one.received.path not in takedowns
    }
    resolution = resolve(
        documents,
        recognise(documents, archive.authority),
        archive.authority,
        archive.decisions.names,
    )
    changed = {one.path: one for one in discrepancies if one.kind == "changed"}
    descriptions = {one.received.path: one.description for one in prepared if one.description}
    numbers = {row.path: row for row in rows}
    records = tuple(
        Record(
            numbers[path],
            document,
            _with_fixity(descriptions[path], changed.get(path)),
            tuple(resolution.mentions.get(path, ())),
        )
        for path, document in sorted(documents.items(), key=lambda item: numbers[item[0]].number)
    )
    return Corpus(
        settings=archive.settings,
        records=records,
        entities=resolution.entities,
        review=resolution.review,
        rejected=(*(one.rejected for one in prepared if one.rejected), *archive.left_out),
        warnings=(*archive.warnings, *(_discrepancy_warning(one) for one in discrepancies)),
        register=rows,
        discrepancies=discrepancies,
        takedowns=tuple(takedowns[path] for path in sorted(takedowns)),
    )


def _with_fixity(description: Description, changed: Discrepancy | None) -> Description:
    if changed is None:
        return description
    note = Note(
        "fixity",
        "The file is not the one that was registered: its checksum was "
        f"{changed.expected}, and is {changed.found}.",
        serious=True,
    )
    return replace(description, notes=(*description.notes, note))


def _discrepancy_warning(one: Discrepancy) -> str:
    return f"{one.path}: {one.kind}: expected {one.expected}, found {one.found}"


def summary(corpus: Corpus) -> Counter[str]:
    """Count what a build has to report: sources read, rejected, noted (and how many of these
    seriously); warnings; entities.
    """
    return Counter(
        {
            "read": len(corpus.records),
            "rejected": len(corpus.rejected),
            "noted": sum(bool(record.notes) for record in corpus.records),
            "serious": sum(any(note.serious for note in record.notes) for record in corpus.records),
            "entities": len(corpus.entities),
            "warnings": len(corpus.warnings),
        }
    )


# ---------------------------------------------------------------- files


def generated_files(archive: Archive, corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """Give every file under docs/ that the build makes, as (path, bytes)."""
    for page in compose(corpus):
        yield page.path, markdown.page(page.front_matter, page.body).encode()
    yield from data_files(corpus)
    files = {file.path: file.file for file in archive.sources}
    for record in corpus.records:
        yield original_address(record.accession), files[record.source.path].read_bytes()
    yield "archive/site.json", _site(corpus).encode()


def _site(corpus: Corpus) -> str:
    """Give what the site's shell needs to know: title, address, the few pages in its navigation."""
    settings = corpus.settings
    present = {entity.type for entity in corpus.entities}
    names = [
        (TYPE_PLURALS[kind], f"entities/{TYPE_FOLDERS[kind]}.md")
        for kind in ("person", "organisation", "place", "event")
        if kind in present
    ]
    nav = [
        ("Home", "index.md"),
        ("Dates", "dates/index.md"),
        ("Publications", "publications/index.md"),
        *names,
        ("Register", "register/index.md"),
        ("About", "archive/about.md"),
    ]
    site = {
        "title": settings.title,
        "description": settings.description,
        "site_url": settings.site_url,
        "keeper": settings.keeper,
        "rights": settings.rights,
        "contact": settings.contact,
        "nav": [{"label": label, "href": href} for label, href in nav],
    }
    return json.dumps(site, ensure_ascii=False, indent=1) + "\n"
