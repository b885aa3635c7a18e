"""Open an archive: the folder that an editor owns, found, read and checked.

Takes a folder; gives an Archive, no source of which has been opened yet. What is wrong in
the editor's configuration is collected and raised as one CorpusError before anything else
happens; what is odd becomes a warning, or a note on the source it concerns.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from tearsheet.archive.authority import authority_of, unknown_ids
from tearsheet.archive.decisions import FieldRuling, Rulings, rulings_of
from tearsheet.archive.folder import CONFIGURATION, find_files, same_path
from tearsheet.archive.given import (
    CATALOGUE,
    Catalogue,
    Given,
    find_path,
    read_catalogue,
    take_rows,
    take_sidecar,
    unknown_source,
)
from tearsheet.archive.handwritten import Handwritten, read_yaml
from tearsheet.archive.settings import settings_of
from tearsheet.archive.strict import Problems
from tearsheet.errors import CorpusError
from tearsheet.looks import NO_LOOKS, Look, Looks
from tearsheet.model import Archive, Claim, Decisions, Note, SourceFile

NO_VALUE = ""
"""The value of a given claim by which an editor rules that nothing is to be recorded."""


def open_archive(folder: Path, looks: Looks = NO_LOOKS) -> Archive:
    """Read and check everything that an editor wrote; raises CorpusError with every problem.

    `looks` says how the files in it looked before: of the editor's, those are read that were
    there by then.
    """
    _expect_folder(folder)
    there = _there(folder, looks)
    inside = folder / "sources"
    bare = not inside.is_dir()
    problems = Problems()
    settings = settings_of(_yaml(there, "corpus.yml", problems), folder.resolve().name, problems)
    authority = authority_of(_yaml(there, "authority.yml", problems), problems)
    rulings = rulings_of(_yaml(there, "decisions.yml", problems), problems)
    catalogue = _catalogue(there, problems)
    spoken_for = frozenset(same_path(row.source) for row in catalogue.rows)
    found = find_files(folder if bare else inside, bare=bare, spoken_for=spoken_for)
    if not found.sources:
        problems.add(_no_source(folder, bare=bare))
    _stop_at(folder, problems)
    paths = {same_path(source.path): source.path for source in found.sources}
    given = Given()
    _take_corrections(rulings, paths, given)
    take_rows(catalogue, paths, given)
    for sidecar in found.sidecars:
        take_sidecar(sidecar, sidecar.file.read_bytes(), given)
    decisions, strays = _with_known_paths(rulings, paths)
    return Archive(
        folder=folder,
        sources=found.sources,
        settings=settings,
        given={path: tuple(given.claims[path]) for path in sorted(given.claims)},
        notes={path: tuple(given.notes[path]) for path in sorted(given.notes)},
        authority=authority,
        decisions=decisions,
        left_out=found.left_out,
        warnings=(*unknown_ids(authority), *strays, *given.warnings),
        bare=bare,
        looks=_looks_of(found.sources, looks),
    )


def _looks_of(sources: tuple[SourceFile, ...], looks: Looks) -> dict[str, Look]:
    """Give how the sources looked, by their paths in the archive."""
    if not looks:
        return {}
    inside = f"{sources[0].folder}/"
    return {one.path: look for one in sources if (look := looks.get(inside + one.path))}


def _expect_folder(folder: Path) -> None:
    if not folder.exists():
        raise CorpusError(f"{folder}: found nothing there; expected the folder of an archive: check the path")  # fmt: skip
    if not folder.is_dir():
        raise CorpusError(f"{folder}: found a file; expected the folder that holds the sources, such as {folder.parent}")  # fmt: skip
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise CorpusError(f"{folder}: could not be opened: {error.strerror}; make it readable") from error  # fmt: skip


def _no_source(folder: Path, *, bare: bool) -> str:
    where = f"{folder}" if bare else f"{folder / 'sources'}"
    return f"{where}: found no source; put the retrieved files into {where}, at any depth, and build again"  # fmt: skip


def _there(folder: Path, looks: Looks) -> dict[str, Path]:
    """Give the files of the editor's that are there."""
    files = {name: folder / name for name in CONFIGURATION}
    if not looks:
        return {name: file for name, file in files.items() if file.exists()}
    inside = folder.resolve()
    return {name: file for name, file in files.items() if str(inside / name) in looks}


def _bytes(file: Path, problems: Problems) -> bytes | None:
    try:
        return file.read_bytes() if file.exists() else None
    except OSError as error:
        problems.add(f"{file.name}: could not be opened: {error.strerror}; make it a readable file")
        return None


def _yaml(there: Mapping[str, Path], name: str, problems: Problems) -> Handwritten | None:
    content = _bytes(there[name], problems) if name in there else None
    if content is None:
        return None
    file = read_yaml(name, content)
    problems.found += file.problems
    return file


def _catalogue(there: Mapping[str, Path], problems: Problems) -> Catalogue:
    content = _bytes(there[CATALOGUE], problems) if CATALOGUE in there else None
    return Catalogue() if content is None else read_catalogue(content, problems)


def _stop_at(folder: Path, problems: Problems) -> None:
    if len(problems.found) == 1:
        raise CorpusError(problems.found[0])
    if problems.found:
        listed = "\n".join(f"- {problem}" for problem in problems.found)
        raise CorpusError(f"{folder}: {len(problems.found)} problems to put right:\n{listed}")


# ---------------------------------------------------------------- rulings on single sources


def _take_corrections(rulings: Rulings, paths: dict[str, str], given: Given) -> None:
    for ruling in rulings.fields:
        path = find_path(ruling.source, paths)
        if path is None:
            given.warnings.append(unknown_source(ruling.found_in, ruling.source, paths))
            continue
        value = ruling.value.strip() if ruling.value else NO_VALUE
        given.add(path, Claim(ruling.field, value, value, ruling.found_in, "given", 1.0))
        given.note(path, Note("correction", _correction(ruling, value)))


def _correction(ruling: FieldRuling, value: str) -> str:
    """Say who set what, when and why: a reader is to know a ruling from a finding."""
    by = f"An editor ({ruling.who})" if ruling.who else "An editor"
    when = f" on {ruling.when}" if ruling.when else ""
    reason = f": {ruling.reason.rstrip('.')}" if ruling.reason else ""
    done = f"set the field “{ruling.field}” to “{value}”" if value else f"struck out the field “{ruling.field}”"  # fmt: skip
    return f"{by} {done}{when}{reason}."


def _with_known_paths(rulings: Rulings, paths: dict[str, str]) -> tuple[Decisions, list[str]]:
    """Give the rulings with each source's own path, and warn of those on no source."""
    strays = []
    decisions = rulings.decisions
    fates = []
    for number, fate in enumerate(decisions.fates, 1):
        if fate.source and find_path(fate.source, paths) is None:
            strays.append(unknown_source(f"decisions.yml, fates [{number}]", fate.source, paths))
        fates.append(replace(fate, source=find_path(fate.source, paths) or fate.source) if fate.source else fate)  # fmt: skip
    takedowns = []
    for number, takedown in enumerate(decisions.takedowns, 1):
        path = find_path(takedown.source, paths)
        if path is None:
            strays.append(unknown_source(f"decisions.yml, takedowns [{number}]", takedown.source, paths))  # fmt: skip
        takedowns.append(replace(takedown, source=path or takedown.source))
    as_it_came = []
    for number, word in enumerate(decisions.as_it_came, 1):
        path = find_path(word.source, paths)
        if path is None:
            strays.append(
                unknown_source(f"decisions.yml, as_it_came [{number}]", word.source, paths)
            )
        as_it_came.append(replace(word, source=path or word.source))
    known = replace(
        decisions, fates=tuple(fates), as_it_came=tuple(as_it_came), takedowns=tuple(takedowns)
    )
    return known, strays
