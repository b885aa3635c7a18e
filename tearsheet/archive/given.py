"""Read what the editor states of single sources: rows of catalogue.csv, and sidecars.

Gives claims with where they were given, in the words that were given: dates are read later,
with everything else that is known of the source. Nothing is dropped: a column that we do not
know is kept under its own name, and a misspelt one is asked about.
"""

import csv
import io
from collections.abc import Iterator, Mapping

import msgspec

from tearsheet.archive.didyoumean import did_you_mean, suggestion
from tearsheet.archive.folder import Sidecar, same_path
from tearsheet.archive.handwritten import Handwritten, Value, read_json, read_yaml
from tearsheet.archive.strict import Problems, describe_value
from tearsheet.model import FIELDS, Claim, Note

CATALOGUE = "catalogue.csv"
KNOWN = (*FIELDS, "sha256")
DELIMITERS = (",", ";", "\t", "|")
csv.field_size_limit(1_000_000)


class Row(msgspec.Struct, frozen=True):
    """A row of the catalogue, numbered as a spreadsheet does: the columns' names are row 1."""

    number: int
    source: str
    values: Mapping[str, str]


class Catalogue(msgspec.Struct, frozen=True):
    """The rows of catalogue.csv, and what was odd about it."""

    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Given(msgspec.Struct):
    """What is given for the sources, gathered in the order of trust."""

    claims: dict[str, list[Claim]] = msgspec.field(default_factory=dict)
    notes: dict[str, list[Note]] = msgspec.field(default_factory=dict)
    warnings: list[str] = msgspec.field(default_factory=list)

    def add(self, path: str, claim: Claim) -> None:
        """Keep one more claim on a source, below those that are there."""
        self.claims.setdefault(path, []).append(claim)

    def note(self, path: str, note: Note) -> None:
        """Keep one more note on a source."""
        self.notes.setdefault(path, []).append(note)


# ---------------------------------------------------------------- catalogue.csv


def read_catalogue(content: bytes, problems: Problems) -> Catalogue:
    """Read the catalogue as spreadsheets export it: BOM, semicolons, tabs, windows-1252."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problems.add(f"{CATALOGUE}: found an Excel workbook; save it as 'CSV UTF-8'")
        return Catalogue()
    text, warnings = _decoded(content)
    first, start = _header(text)
    delimiter = max(DELIMITERS, key=lambda one: (first.count(one), -DELIMITERS.index(one)))
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        problems.add(f"{CATALOGUE}: found no table: {error}; save it again as 'CSV UTF-8'")
        return Catalogue()
    cells = cells[start:]
    columns = tuple(_column(name) for name in cells[0]) if cells else ()
    if "source" not in columns:
        near = did_you_mean("source", columns) if columns else ""
        found = f"the columns {', '.join(columns)}" if any(columns) else "no columns"
        problems.add(
            f"{CATALOGUE} row {start + 1}: found {found}, expected a column 'source' with the path "
            f"of each file under sources/{near}"
        )
        return Catalogue()
    warnings += tuple(f"{CATALOGUE}: the column '{one}' stands twice; the first is used" for one in _doubled(columns))  # fmt: skip
    rows, odd = _rows(cells, columns, start)
    return Catalogue(rows, columns, (*warnings, *odd))


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").lstrip("\ufeff"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        odd = f"{CATALOGUE}: found no UTF-8 and read it as windows-1252, as Excel saves it; check the accents, or save it as 'CSV UTF-8'"  # fmt: skip
        return content.decode("cp1252", "replace"), (odd,)


def _header(text: str) -> tuple[str, int]:
    """Give the row of the columns' names, and how many rows stand before it (`sep=;`)."""
    lines = text.splitlines()
    start = 1 if lines and lines[0].lower().startswith("sep=") else 0
    return (lines[start] if len(lines) > start else ""), start


def _column(name: str) -> str:
    return "_".join(name.replace("\ufeff", "").strip().lower().split())


def _doubled(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({one for one in columns if one and columns.count(one) > 1}))


def _rows(
    cells: list[list[str]], columns: tuple[str, ...], start: int
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    rows, warnings = [], []
    for number, cell in enumerate(cells[1:], start + 2):
        if not any(one.strip() for one in cell):
            continue
        if any(one.strip() for one in cell[len(columns) :]):
            warnings.append(f"{CATALOGUE} row {number}: found {len(cell)} values for {len(columns)} columns; put a text that holds the delimiter in quotation marks")  # fmt: skip
        pairs = reversed([*zip(columns, cell, strict=False)])
        values = {name: value.strip() for name, value in pairs if name and value.strip()}
        source = values.pop("source", "")
        if source:
            rows.append(Row(number, source, values))
        else:
            warnings.append(f"{CATALOGUE} row {number}: found no source; give the path of the file under sources/")  # fmt: skip
    return tuple(rows), tuple(warnings)


def take_rows(catalogue: Catalogue, paths: Mapping[str, str], given: Given) -> None:
    """Give each row to its source; `paths` maps a path as compared to the path itself."""
    given.warnings += catalogue.warnings
    given.warnings += _asked(catalogue.columns, CATALOGUE)
    first: dict[str, int] = {}
    for row in catalogue.rows:
        path = find_path(row.source, paths)
        if path is None:
            given.warnings.append(
                unknown_source(f"{CATALOGUE} row {row.number}", row.source, paths)
            )
        elif path in first:
            text = f"{CATALOGUE} lists this source twice; row {first[path]} counts and row {row.number} does not."  # fmt: skip
            given.note(path, Note("catalogue", text))
            given.warnings.append(f"{CATALOGUE} row {row.number}: {path} stands in row {first[path]} already, which counts; remove one of them")  # fmt: skip
        else:
            first[path] = row.number
            _take(path, row.values, f"{CATALOGUE} row {row.number}", given)


def find_path(written: str, paths: Mapping[str, str]) -> str | None:
    """Give the path of the source that is meant, with or without `sources/` before it."""
    plain = same_path(written)
    return paths.get(plain) or paths.get(plain.removeprefix("sources/"))


def unknown_source(where: str, written: str, paths: Mapping[str, str]) -> str:
    """Warn that no source has this path, and name the one that was probably meant."""
    near = did_you_mean(same_path(written), paths)
    return f"{where}: found no source '{written}'{near}; correct the path, or restore the file"


# ---------------------------------------------------------------- sidecars


def take_sidecar(sidecar: Sidecar, content: bytes, given: Given) -> None:
    """Give a sidecar's statements to its source; a malformed one is noted, and left unread."""
    read = read_json if sidecar.name.endswith(".json") else read_yaml
    file = read(sidecar.name, content)
    problems = file.problems
    if not problems and file.value is not None and not isinstance(file.value, dict):
        found = describe_value(file.value)
        problems = (f"{sidecar.name}: found {found}, expected keys and values such as 'title: …'",)
    if problems:
        given.warnings += problems
        text = f"What the editor wrote of this source could not be read: {'; '.join(problems)}."
        given.note(sidecar.path, Note("sidecar", text, serious=True))
        return
    values = dict(_flat(file, sidecar, given))
    given.warnings += _asked(tuple(values), sidecar.name)
    _take(sidecar.path, values, sidecar.name, given)


def _flat(file: Handwritten, sidecar: Sidecar, given: Given) -> Iterator[tuple[str, str]]:
    """Give every statement as one text; a list is joined, deeper values are told of."""
    written = file.value if isinstance(file.value, dict) else {}
    for key, value in written.items():
        text = _joined(value)
        if text is not None:
            yield _column(key), text
        elif value is not None:
            where = file.where((key,))
            given.warnings.append(f"{where}: found {describe_value(value)}, expected a text or a list of texts")  # fmt: skip
            odd = f"{where} was not understood: a text or a list of texts is expected there."
            given.note(sidecar.path, Note("sidecar", odd, serious=True))


def _joined(value: Value) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "; ".join(str(one).strip() for one in value)
    return None


# ---------------------------------------------------------------- both


def _take(path: str, values: Mapping[str, str], found_in: str, given: Given) -> None:
    for name in sorted(values, key=_in_order):
        given.add(path, Claim(name, values[name], values[name], found_in, "given", 1.0))
        meant = None if name in KNOWN else suggestion(name, KNOWN)
        if meant:
            text = f"{found_in} gives “{name}”, which is no field of ours; did the editor mean “{meant}”? It is shown under its own name."  # fmt: skip
            given.note(path, Note("catalogue", text))


def _in_order(name: str) -> tuple[int, str]:
    return (KNOWN.index(name) if name in KNOWN else len(KNOWN)), name


def _asked(columns: tuple[str, ...], where: str) -> list[str]:
    """Ask about every column that is probably a misspelling of one of ours."""
    unknown = sorted({one for one in columns if one and one not in (*KNOWN, "source")})
    return [
        f"{where}: unknown field '{one}' (did you mean '{meant}'?); it is kept under its own name"
        for one in unknown
        if (meant := suggestion(one, KNOWN))
    ]
