"""One source explained: its ledger, claims, notes and mentions, for a terminal or as data.

Takes a source's path and, if it stands in an archive, that archive; gives the Record, and
that as coloured text. Nothing is written.
"""

from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tearsheet.archive import open_archive
from tearsheet.build import assemble
from tearsheet.errors import CorpusError
from tearsheet.every_source import prepare_all
from tearsheet.model import (
    ASIDE_FATES,
    METADATA_FATES,
    TEXT_FATES,
    Archive,
    Fate,
    Record,
    Settings,
    SourceFile,
)
from tearsheet.prepare import Prepared, Task, open_source, prepare


def find_record(source: Path, archive_folder: Path | None = None) -> Record:
    """Run the steps on one source and give its record.

    With an archive (named, or the folder above that has `sources/`), everything the editor
    says is heard and names are resolved across it; else the file is looked at alone.
    Raises CorpusError where there is no such source, or it is rejected.
    """
    folder = archive_folder or _archive_above(source)
    archive = open_archive(folder) if folder else _alone(source)
    path = _path_in(archive, source)
    if folder:
        prepared: tuple[Prepared, ...] = prepare_all(archive, lambda step, done, total: None)
    else:
        prepared = (prepare(Task(open_source(archive.sources[0]))),)
    for one in prepared:
        if one.received.path == path and one.rejected is not None:
            raise CorpusError(f"{path}: rejected: {one.rejected.reason}")
    without_takedown = replace(archive, decisions=replace(archive.decisions, takedowns=()))
    corpus = assemble(without_takedown, (), prepared)
    return next(record for record in corpus.records if record.path == path)


def _archive_above(source: Path) -> Path | None:
    for folder in source.resolve().parents:
        if (folder / "sources").is_dir() and folder / "sources" in source.resolve().parents:
            return folder
    return None


def _alone(source: Path) -> Archive:
    if not source.is_file():
        raise CorpusError(
            f"{source}: found no such file; expected a source's path, or its path within the "
            "archive with --archive FOLDER"
        )
    file = SourceFile(source.name, source.parent)
    return Archive(folder=source.parent, sources=(file,), settings=Settings(title=source.name))


def _path_in(archive: Archive, source: Path) -> str:
    for file in archive.sources:
        if file.path == source.as_posix() or file.file.resolve() == source.resolve():
            return file.path
    raise CorpusError(
        f"{source}: not among the {len(archive.sources)} sources of {archive.folder}; expected one "
        f"of them, such as {archive.sources[0].path}"
    )


# ---------------------------------------------------------------- for a terminal


def show(record: Record, console: Console) -> None:
    """Print the ledger, the claims, the notes and the mentions, in colour where there is any."""
    source = record.source
    console.print(Text(f"{source.path}  {source.media_type}, {source.encoding}", style="bold"))
    console.print(Text(f"sha256 {source.sha256}, {source.size:,} bytes", style="dim"))
    for table in (
        _ledger(record),
        _repairs(record),
        _claims(record),
        _notes(record),
        _mentions(record),
    ):
        if table.row_count:
            console.print(table)


def _ledger(record: Record) -> Table:
    table = Table("", "fate", "why", "sure", "text", title="Ledger", title_justify="left")
    for unit, entry in zip(record.source.units, record.document.ledger, strict=True):
        if entry.fate is Fate.BLANK:
            continue
        style = _style(entry.fate)
        why = f"{entry.reason} (editor)" if entry.by == "editor" else entry.reason
        table.add_row(
            str(unit.number),
            Text(entry.fate.value, style=style),
            Text(why),
            f"{entry.confidence:.2f}",
            Text(_start(unit.text), style=style),
        )
    return table


def _repairs(record: Record) -> Table:
    table = Table("", "mended", "before", "after", title="Repairs", title_justify="left")
    for one in record.document.repairs:
        table.add_row(str(one.unit), one.kind, Text(repr(one.before)), Text(repr(one.after)))
    return table


def _style(fate: Fate) -> str:
    if fate in TEXT_FATES:
        return "green"
    if fate in METADATA_FATES:
        return "cyan"
    return "red" if fate in ASIDE_FATES else "yellow"


def _start(text: str, length: int = 60) -> str:
    line = "".join(char if char.isprintable() else " " for char in text).strip()
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _claims(record: Record) -> Table:
    table = Table(
        "field", "value", "how", "where", "original", title="Claims", title_justify="left"
    )
    for name, claim in record.description.claims.items():
        table.add_row(
            Text(name),
            Text(claim.value),
            claim.how,
            Text(claim.found_in),
            Text(_start(claim.original)),
        )
    return table


def _notes(record: Record) -> Table:
    table = Table("kind", "note", title="Notes", title_justify="left")
    for note in record.notes:
        table.add_row(Text(note.kind), Text(note.text, style="bold" if note.serious else ""))
    return table


def _mentions(record: Record) -> Table:
    table = Table("start", "surface", "type", "entity", title="Mentions", title_justify="left")
    for mention in record.mentions:
        table.add_row(
            str(mention.start), Text(mention.surface), mention.type, Text(mention.entity or "")
        )
    return table
