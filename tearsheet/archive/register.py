"""The register: the accession number, checksum and permalink of every file ever received.

Takes the register as it was and the files as they are; gives the register as it is now.
Guarantees that a number and a permalink, once given, stay: a moved file keeps them (known
by its checksum), a lost one keeps its row, and a changed one keeps the checksum that it
came with until an editor accepts the new one.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tearsheet.errors import CorpusError
from tearsheet.model import Accession, Discrepancy
from tearsheet.slugs import slug, unused

COLUMNS = ("accession", "permalink", "path", "sha256", "size", "media_type", "status")
_EXTENSION = re.compile(r"(?<=[^/])\.[^./]{1,8}$")
_STATUSES = ("published", "rejected", "withdrawn")


class Received(msgspec.Struct, array_like=True, frozen=True):
    """A file as it is now: what the register compares and records."""

    path: str
    sha256: str
    size: int
    media_type: str
    status: str = "published"


def fixity(content: bytes) -> str:
    """Give the checksum that the register keeps: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_register(file: Path) -> tuple[Accession, ...]:
    """Read a register; a file that does not exist is an empty one.

    Raises CorpusError where a row is not what `write_register` writes, or where two share an
    accession number, a permalink or a path.
    """
    if not file.exists():
        return ()
    reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    columns = next(reader, None)
    if columns is None or tuple(columns) != COLUMNS:
        raise CorpusError(
            f"{file.name}: found the columns {columns}, expected {list(COLUMNS)}; "
            "restore the file from its history, or delete it to number all sources anew"
        )
    rows = tuple([_accession(row, file.name, reader.line_num) for row in reader if row])
    for what, values in (
        ("accession number", [int(row.number) for row in rows]),
        ("permalink", [row.slug for row in rows]),
        ("path", [row.path for row in rows]),
    ):
        if len(set(values)) < len(values):
            raise _shared(file.name, what, values)
    return rows


def _accession(row: list[str], name: str, line: int) -> Accession:
    if len(row) == len(COLUMNS):
        number, link, path, sha256, size, media_type, status = row
        if number.isdecimal() and size.isdecimal() and status in _STATUSES:
            home = link.rstrip("/").rpartition("/")[2]
            return Accession(number, home, path, sha256, int(size), media_type, status)  # type: ignore[arg-type]  # one of _STATUSES
    raise CorpusError(
        f"{name} line {line}: found {row}, expected an accession number, a size and one "
        f"of the statuses {', '.join(_STATUSES)}; restore the line from the file's history"
    )


def _shared(name: str, what: str, values: Sequence[object]) -> CorpusError:
    value, times = Counter(values).most_common(1)[0]
    return CorpusError(
        f"{name}: found {times} rows with the {what} {value}, expected one; restore the file from "
        "its history, or delete the row that came last and build again: a source without a row is "
        "numbered anew"
    )


def write_register(rows: Iterable[Accession]) -> str:
    """Give the register as CSV text, in order of accession."""
    cells = [COLUMNS, *map(_cells, rows)]
    plain = "".join([",".join(row) + "\n" for row in cells])
    # Where nothing needs quotation marks the csv module writes this, in four times the time.
    separators = (len(COLUMNS) - 1) * len(cells), len(cells), 0, 0
    if tuple(map(plain.count, (",", "\n", '"', "\r"))) == separators:
        return plain
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    return out.getvalue()


def _cells(row: Accession) -> tuple[str, ...]:
    link, size = permalink(row.slug), str(row.size)
    return row.number, link, row.path, row.sha256, size, row.media_type, row.status


def permalink(record_slug: str) -> str:
    """Give the address of a record's page within the site."""
    return f"records/{record_slug}/"


def accession(
    register: tuple[Accession, ...], received: Iterable[Received], withdrawn: frozenset[str]
) -> tuple[Accession, ...]:
    """Give the register with every received file in it.

    `withdrawn` holds the paths that an editor has taken down. New files are numbered in
    the order of their paths, so the same files give the same register.
    """
    present = {file.path: file for file in received}
    rows = [row if row.path in present else _moved(row, present, register) for row in register]
    known = {row.path for row in rows}
    taken = {row.slug for row in rows}
    number = max((int(row.number) for row in rows), default=0)
    for path in sorted(present.keys() - known):
        number += 1
        new_slug = unused(_slug_of(path), taken)
        taken.add(new_slug)
        file = present[path]
        new = Accession(f"{number:04d}", new_slug, path, file.sha256, file.size, file.media_type)
        rows.append(new)
    return tuple([_with_status(row, present, withdrawn) for row in rows])


def _slug_of(path: str) -> str:
    """Give a path's slug: of each of its parts, so that a name in another script leaves a mark."""
    return "-".join(slug(part) for part in _EXTENSION.sub("", path).split("/"))


def _moved(
    row: Accession, present: dict[str, Received], register: tuple[Accession, ...]
) -> Accession:
    """Give the row with its file's new path, where the same bytes now stand at one other path."""
    known = {other.path for other in register}
    new_homes = [
        file.path
        for file in present.values()
        if file.sha256 == row.sha256 and file.path not in known
    ]
    twins = [other for other in register if other.sha256 == row.sha256]
    if len(new_homes) == 1 and len(twins) == 1:
        return replace(row, path=new_homes[0])
    return row


def _with_status(
    row: Accession, present: dict[str, Received], withdrawn: frozenset[str]
) -> Accession:
    if row.path in withdrawn:
        return replace(row, status="withdrawn")
    file = present.get(row.path)
    if file is None or file.status == row.status:
        return row
    return replace(row, status=file.status)


def compare(register: tuple[Accession, ...], found: Iterable[Received]) -> tuple[Discrepancy, ...]:
    """Give every difference between the register and the files, by path.

    A row that was withdrawn may be missing.
    """
    files = {file.path: file for file in found}
    rows = {row.path: row for row in register}
    differences: list[Discrepancy] = []
    other = files.keys() ^ rows.keys()
    other |= {path for path, row in rows.items() if path in files and files[path].sha256 != row.sha256}  # fmt: skip
    for path in sorted(other):
        row, file = rows.get(path), files.get(path)
        if row is None and file is not None:
            differences.append(Discrepancy("unexpected", path, "no such file", file.sha256))
        elif row is not None and file is None and row.status != "withdrawn":
            differences.append(Discrepancy("missing", path, row.sha256, "no such file"))
        elif row is not None and file is not None and row.sha256 != file.sha256:
            differences.append(Discrepancy("changed", path, row.sha256, file.sha256))
    return tuple(differences)


def accept(register: tuple[Accession, ...], found: Iterable[Received]) -> tuple[Accession, ...]:
    """Give the register as an editor's word makes it: changed files with their new checksum,
    missing ones withdrawn.
    """
    files = {file.path: file for file in found}
    rows = []
    for row in register:
        file = files.get(row.path)
        if file is None:
            rows.append(replace(row, status="withdrawn"))
        else:
            rows.append(
                replace(row, sha256=file.sha256, size=file.size, media_type=file.media_type)
            )
    return tuple(rows)
