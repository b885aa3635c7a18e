"""The build: the corpus as a whole, from prepared sources to generated files.

Takes an Archive, its prepared sources and the register as it was; gives a Corpus, and of a
Corpus every file that is to stand under docs/. It only reads: the writer writes.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from tearsheet.archive.permalinks import Published
from tearsheet.archive.register import accession, compare
from tearsheet.batches import Batch, Lines
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.documents import Documents
from tearsheet.model import (
    Accession,
    Archive,
    Corpus,
    Description,
    Discrepancy,
    Document,
    Note,
    Record,
    SharedText,
)
from tearsheet.names import language_note, recognise, resolve
from tearsheet.names.identity import gone, redirects
from tearsheet.names.observed import Observed
from tearsheet.names.opinion import Opinion
from tearsheet.names.packed import packed
from tearsheet.opendata import data_files, record_lines
from tearsheet.pages import markdown
from tearsheet.pages.catalogue import catalogue
from tearsheet.pages.compose import plan
from tearsheet.pages.places import original_address
from tearsheet.pages.planned import Planned
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS
from tearsheet.prepare import Prepared
from tearsheet.putaway import observed_kept, shingles_kept
from tearsheet.report import findings
from tearsheet.same_text import same_text
from tearsheet.workers import ALONE, Crew

NONE_BEFORE: Published = {}

# ---------------------------------------------------------------- the corpus as a whole


def assemble(
    archive: Archive,
    register: tuple[Accession, ...],
    prepared: tuple[Prepared, ...],
    former: Published = NONE_BEFORE,
    *,
    opinion: Opinion | None = None,
    crew: Crew = ALONE,
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
    marks = {path: one.mark for path, one in shown.items()}
    documents = Documents(
        {path: one.document for path, one in shown.items() if one.document},
        marks,
    )
    observed = {path: one.observed for path, one in shown.items() if one.observed}
    shared = same_text(
        marks,
        lambda path: shown[path].all_shingles(),
        partial(shingles_kept, crew.cache),
        crew.cache,
    )
    rulings = archive.decisions.names
    resolution = resolve(
        documents,
        recognise(
            documents,
            archive.authority,
            opinion,
            rulings=rulings,
            observed=observed,
            former=partial(observed_kept, crew.cache),
            crew=crew,
        ),
        archive.authority,
        rulings,
        former,
        crew,
    )
    found = packed(resolution.mentions)
    changed = {one.path: one for one in discrepancies if one.kind == "changed"}
    descriptions = {one.received.path: one.description for one in prepared if one.description}
    numbers = {row.path: row for row in rows}
    records = tuple(
        Record(
            numbers[path],
            documents.held[path],
            _with_notes(
                descriptions[path],
                *_fixity_notes(changed.get(path)),
                *_duplicate_notes(shared.get(path, ())),
                *_unread_notes(documents, path, observed[path]),
            ),
            found.row(path),
            shared.get(path, ()),
            shown[path].gist,
            shown[path].mark,
        )
        for path in sorted(documents, key=lambda path: numbers[path].number)
    )
    corpus = Corpus(
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
    return replace(corpus, findings=findings(corpus))


def _with_notes(description: Description, *notes: Note) -> Description:
    return replace(description, notes=(*description.notes, *notes)) if notes else description


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


def _unread_notes(
    documents: Mapping[str, Document], path: str, observed: Observed
) -> Iterator[Note]:
    note = None if observed.supported else language_note(documents[path])
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


def generated_files(
    archive: Archive, corpus: Corpus, cache: Cache = NO_CACHE
) -> Iterator[Batch | Lines]:
    """Give every file under docs/ that the build makes."""
    seen = catalogue(corpus, cache)
    for planned in plan(seen, cache):
        yield Batch(planned.name, planned.mark, partial(_written, planned))
    yield record_lines(seen)
    yield Batch("data", "", partial(data_files, seen))
    files = {file.path: file.file for file in archive.sources}
    for record in corpus.records:
        original = partial(_original, record.accession, files[record.path])
        yield Batch(f"original {record.accession.slug}", record.mark, original)
    yield Batch("site", "", lambda: [("archive/site.json", _site(corpus).encode())])


def _written(planned: Planned) -> Iterator[tuple[str, bytes]]:
    for page in planned.make():
        yield page.path, markdown.page(page.front_matter, page.body).encode()


def _original(accession: Accession, file: Path) -> Iterator[tuple[str, bytes]]:
    yield original_address(accession), file.read_bytes()


def _site(corpus: Corpus) -> str:
    """Give what the site's shell needs to know: title, address, the few pages in its navigation."""
    settings = corpus.settings
    present = {entity.type for entity in corpus.entities}
    names = [
        (TYPE_PLURALS[kind], f"entities/{TYPE_FOLDERS[kind]}.md")
        for kind in ("person", "organisation", "place", "event")
        if kind in present
    ]
    named = any("topics" in record.description.claims for record in corpus.records)
    topics = [("Topics", "topics/index.md")] if named else []
    nav = [
        ("Home", "index.md"),
        ("Dates", "dates/index.md"),
        ("Publications", "publications/index.md"),
        *topics,
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
        "corrections": settings.corrections,
        "nav": [{"label": label, "href": href} for label, href in nav],
    }
    return json.dumps(site, ensure_ascii=False, indent=1) + "\n"
