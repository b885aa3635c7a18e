"""The build: the steps in their order, from an archive's folder to generated files.

Takes an Archive and the register as it was; gives a Corpus, and of a Corpus every file
that is to stand under docs/. It only reads: the writer writes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from tearsheet.archive.permalinks import Published
from tearsheet.archive.register import Received, accession, compare, fixity
from tearsheet.clean import clean, repeated_texts
from tearsheet.describe import describe
from tearsheet.describe.versions import shared_texts, shingles
from tearsheet.errors import SourceRejected
from tearsheet.model import (
    Accession,
    Archive,
    AsItCame,
    Claim,
    Corpus,
    Description,
    Discrepancy,
    Document,
    FateRuling,
    Note,
    Record,
    Rejected,
    SharedText,
    Source,
    SourceFile,
)
from tearsheet.names import language_note, recognise, resolve
from tearsheet.names.identity import gone, redirects
from tearsheet.names.opinion import Opinion
from tearsheet.names.recognise import Observed, observe
from tearsheet.opendata import data_files
from tearsheet.pages import markdown
from tearsheet.pages.compose import compose
from tearsheet.pages.places import original_address
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS
from tearsheet.readers import read
from tearsheet.report import findings

UNKNOWN_MEDIA_TYPE = "application/octet-stream"
NONE_BEFORE: Published = {}
ENOUGH_FOR_PROCESSES = 200
"""Sources: below this, starting worker processes costs more than it saves."""

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
    repeated: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file after the steps that look at it alone: a document, or why there is none."""

    received: Received
    document: Document | None = None
    description: Description | None = None
    rejected: Rejected | None = None
    observed: Observed | None = None
    shingles: bytes = b""
    """What the document says for the steps that look at the corpus as a whole."""


# ---------------------------------------------------------------- one source at a time


def open_source(file: SourceFile) -> Opened:
    """Read one file; one that can't be used is rejected with its reason."""
    try:
        content = file.file.read_bytes()
    except OSError as error:
        reason = f"could not be opened: {error.strerror}; make it readable and build again"
        received = Received(file.path, "", 0, UNKNOWN_MEDIA_TYPE, "rejected")
        return Opened(received, rejected=Rejected(file.path, reason))
    checksum, size = fixity(content), len(content)
    try:
        source = read(file.path, content)
    except SourceRejected as error:
        received = Received(file.path, checksum, size, UNKNOWN_MEDIA_TYPE, "rejected")
        reason = str(error).removeprefix(f"{file.path}: ")
        return Opened(received, rejected=Rejected(file.path, reason, checksum))
    return Opened(Received(file.path, checksum, size, source.media_type), source)


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
    )


def _clean_and_describe(
    source: Source, task: Task, rulings: tuple[FateRuling, ...]
) -> tuple[Document, Description]:
    document = clean(source, rulings, task.repeated, task.as_it_came)
    given, notes = task.given, task.given_notes
    return document, describe(document, given, notes, day_first=task.day_first)


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
        path = one.received.path
        yield Task(
            one,
            archive.decisions.fates,
            tuple(one for one in archive.decisions.as_it_came if one.source == path),
            archive.given.get(path, ()),
            archive.notes.get(path, ()),
            archive.settings.day_first,
            _of_its_own(repeated, one.source),
        )


def _of_its_own(repeated: Mapping[str, int], source: Source | None) -> Mapping[str, int]:
    texts = {unit.text.strip() for unit in source.units} if source else set()
    return {text: repeated[text] for text in sorted(texts) if text in repeated}


def prepare_all(
    archive: Archive, progress: Progress, executor: Executor | None = None
) -> tuple[Prepared, ...]:
    """Prepare every source, on the executor where one is given; the order is the archive's."""
    run = partial(executor.map, chunksize=8) if executor else map
    total = len(archive.sources)
    opened = _watched(run(open_source, archive.sources), "Reading", total, progress)
    todo = tasks(archive, opened)
    return tuple(_watched(run(prepare, todo), "Cleaning and describing", total, progress))


def _watched(results: Iterable[T], step: str, total: int, progress: Progress) -> list[T]:
    done: list[T] = []
    for one in results:
        done.append(one)
        progress(step, len(done), total)
    return done


# ---------------------------------------------------------------- the corpus as a whole


def assemble(
    archive: Archive,
    register: tuple[Accession, ...],
    prepared: tuple[Prepared, ...],
    former: Published = NONE_BEFORE,
    *,
    opinion: Opinion | None = None,
) -> Corpus:
    """Number the sources, find the names across all documents, and put the corpus together.

    `register` and `former` are the permalinks of records and of names that were given out.
    """
    takedowns = {takedown.source: takedown for takedown in archive.decisions.takedowns}
    received = [one.received for one in prepared]
    rows = accession(register, received, frozenset(takedowns))
    discrepancies = compare(rows, received)
    shown = {
        one.received.path: one
        for one in prepared
        if one.document is not None and one.received.path not in takedowns
    }
    documents = {path: one.document for path, one in shown.items() if one.document}
    observed = {path: one.observed for path, one in shown.items() if one.observed}
    rulings = archive.decisions.names
    resolution = resolve(
        documents,
        recognise(documents, archive.authority, opinion, rulings=rulings, observed=observed),
        archive.authority,
        rulings,
        former,
    )
    same_text = shared_texts(documents, {path: one.shingles for path, one in shown.items()})
    changed = {one.path: one for one in discrepancies if one.kind == "changed"}
    descriptions = {one.received.path: one.description for one in prepared if one.description}
    numbers = {row.path: row for row in rows}
    records = tuple(
        Record(
            numbers[path],
            document,
            _with_notes(
                descriptions[path],
                *_fixity_notes(changed.get(path)),
                *_duplicate_notes(same_text.get(path, ())),
                *_unread_notes(document, observed[path]),
            ),
            tuple(resolution.mentions.get(path, ())),
            same_text.get(path, ()),
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
        moved=redirects(former, resolution.entities),
        gone=gone(former, resolution.entities),
        merges=resolution.merges,
    )


def _with_notes(description: Description, *notes: Note) -> Description:
    return replace(description, notes=(*description.notes, *notes))


def _fixity_notes(changed: Discrepancy | None) -> Iterator[Note]:
    if changed is not None:
        text = (
            "The file is not the one that was registered: its checksum was "
            f"{changed.expected}, and is {changed.found}."
        )
        yield Note("fixity", text, serious=True)


def _duplicate_notes(same: Iterable[SharedText]) -> Iterator[Note]:
    for one in same:
        yield Note("duplicate", f"{one.share:.0%} of this text stands in {one.path} too.")


def _unread_notes(document: Document, observed: Observed) -> Iterator[Note]:
    note = language_note(document, observed)
    if note is not None:
        yield note


def _discrepancy_warning(one: Discrepancy) -> str:
    return f"{one.path}: {one.kind}: expected {one.expected}, found {one.found}"


def summary(corpus: Corpus) -> Counter[str]:
    """Count what a build has to report: sources read, rejected, noted (and how many of these
    seriously); warnings; entities; findings of the build report.
    """
    return Counter(
        {
            "read": len(corpus.records),
            "rejected": sum(row.status == "rejected" for row in corpus.register),
            "noted": sum(bool(record.notes) for record in corpus.records),
            "serious": sum(any(note.serious for note in record.notes) for record in corpus.records),
            "entities": len(corpus.entities),
            "warnings": len(corpus.warnings),
            "findings": len(findings(corpus)),
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
