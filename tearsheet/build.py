"""The build: the corpus as a whole, from prepared sources to generated files.

Takes an Archive, its prepared sources and the register as it was; gives a Corpus, and of a
Corpus every file that is to stand under docs/. It only reads: the writer writes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from tearsheet.archive.permalinks import Published
from tearsheet.archive.register import accession, compare
from tearsheet.batches import Batch, Lines, Pages
from tearsheet.cache import NO_CACHE, Cache
from tearsheet.documents import Documents
from tearsheet.model import (
    Accession,
    Archive,
    Corpus,
    Discrepancy,
    Note,
    Page,
    Record,
    SharedText,
    SourceFile,
)
from tearsheet.names import language_note, recognise, resolve
from tearsheet.names.identity import gone, redirects
from tearsheet.names.opinion import Opinion
from tearsheet.names.packed import Packed, packed
from tearsheet.opendata import data_files, entity_lines, record_lines
from tearsheet.pages import markdown
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.compose import plan
from tearsheet.pages.places import original_address
from tearsheet.pages.planned import Planned
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS
from tearsheet.prepare import Prepared
from tearsheet.putaway import observed_kept, shingles_kept
from tearsheet.records import Records, Told
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
    changed = {one.path: one for one in discrepancies if one.kind == "changed"}
    unread = {path: note for path, one in observed.items() if (note := language_note(one))}
    added = {
        path: (
            *_fixity_notes(changed.get(path)),
            *_duplicate_notes(shared.get(path, ())),
            *((unread[path],) if path in unread else ()),
        )
        for path in (changed.keys() & shown.keys()) | shared.keys() | unread.keys()
    }
    parts = _Parts(shown, rows, documents, packed(resolution.mentions), added, shared)
    return Corpus(
        settings=archive.settings,
        records=Records(dict(parts.told()), documents.held, parts.record),
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


@dataclass(frozen=True)
class _Parts:
    """What records are put together from: `rows` are the register, all else is by path."""

    shown: Mapping[str, Prepared]
    rows: Sequence[Accession]
    documents: Documents
    mentions: Packed
    added: Mapping[str, tuple[Note, ...]]
    shared: Mapping[str, tuple[SharedText, ...]]

    @cached_property
    def _accessions(self) -> Mapping[str, Accession]:
        shown = [row for row in self.rows if row.path in self.shown]
        return {row.path: row for row in sorted(shown, key=lambda row: int(row.number))}

    def told(self) -> Iterator[tuple[str, Told]]:
        """Give what tells each record from any other, in the order of accession."""
        shown, added, shared, marks = self.shown, self.added, self.shared, self.mentions.marks
        for path, row in self._accessions.items():
            names = marks[path].hex() if path in marks else ""
            same = shared.get(path, ())
            yield path, Told(shown[path].mark, row.number, row.slug, added.get(path, ()), same, names)  # fmt: skip

    def record(self, path: str) -> Record:
        """Put a record together."""
        one, same = self.shown[path], self.shared.get(path, ())
        if one.description is None:
            raise ValueError(f"{path}: a document without a description")
        return Record(
            self._accessions[path],
            self.documents.held[path],
            one.description,
            self.mentions.row(path),
            same,
            one.gist,
            one.mark,
            self.added.get(path, ()),
        )


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


def _discrepancy_warning(one: Discrepancy) -> str:
    return f"{one.path}: {one.kind}: expected {one.expected}, found {one.found}"


def summary(seen: Catalogue) -> Counter[str]:
    """Count what a build has to report: sources read, rejected, noted (and how many of these
    seriously); warnings; entities; findings of the build report.
    """
    corpus, cards = seen.corpus, seen.in_time
    return Counter(
        {
            "read": len(cards),
            "rejected": sum(row.status == "rejected" for row in corpus.register),
            "noted": sum([card.noted for card in cards]),
            "serious": sum([bool(card.serious) for card in cards]),
            "entities": len(corpus.entities),
            "warnings": len(corpus.warnings),
            "findings": len(seen.findings),
        }
    )


# ---------------------------------------------------------------- files


def generated_files(
    archive: Archive, seen: Catalogue, cache: Cache = NO_CACHE
) -> Iterator[Batch | Pages | Lines]:
    """Give every file under docs/ that the build makes."""
    planned, originals = plan(seen, cache), _Originals(archive, seen)
    own = [_batch(one) for one in planned.touched]
    own += [originals.batch(path) for path in seen.records.told if path in planned.records]

    def make(name: str) -> Iterator[tuple[str, bytes]]:
        found = originals.of(name)
        return _written(partial(planned.pages, name)) if found is None else found

    yield Pages(planned.before, planned.name, own, planned.gone, make)
    yield from map(_batch, planned.whole)
    yield record_lines(seen)
    yield entity_lines(seen)
    yield Batch("data", "", partial(data_files, seen))
    yield Batch("site", "", lambda: [("archive/site.json", _site(seen).encode())])


def _batch(one: Planned) -> Batch:
    return Batch(one.name, one.mark, partial(_written, one.make))


def _written(make: Callable[[], Iterable[Page]]) -> Iterator[tuple[str, bytes]]:
    for page in make():
        yield page.path, markdown.page(page.front_matter, page.body).encode()


class _Originals:
    """The bytes of the sources that are shown, each a batch of its own."""

    def __init__(self, archive: Archive, seen: Catalogue) -> None:
        self._told = seen.records.told
        self._archive, self._seen = archive, seen

    @cached_property
    def _files(self) -> Mapping[str, SourceFile]:
        return {file.path: file for file in self._archive.sources}

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        return {_name(one): path for path, one in self._told.items()}

    def batch(self, path: str) -> Batch:
        """Give the batch of a source."""
        one = self._told[path]
        return Batch(_name(one), one.mark, partial(self._read, path))

    def of(self, name: str) -> Iterator[tuple[str, bytes]] | None:
        """Give what is in the batch of this name, where it is one of these."""
        path = self._paths.get(name)
        return self._read(path) if path is not None else None

    def _read(self, path: str) -> Iterator[tuple[str, bytes]]:
        return _original(self._seen.records.at(path).accession, self._files[path].file)


def _name(told: Told) -> str:
    return f"original {told.slug}"


def _original(accession: Accession, file: Path) -> Iterator[tuple[str, bytes]]:
    yield original_address(accession), file.read_bytes()


def _site(seen: Catalogue) -> str:
    """Give what the site's shell needs to know: title, address, the few pages in its navigation."""
    corpus, settings = seen.corpus, seen.corpus.settings
    present = {entity.type for entity in corpus.entities}
    names = [
        (TYPE_PLURALS[kind], f"entities/{TYPE_FOLDERS[kind]}.md")
        for kind in ("person", "organisation", "place", "event")
        if kind in present
    ]
    topics = [("Topics", "topics/index.md")] if seen.topics else []
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
