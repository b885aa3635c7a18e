"""The permalinks of names: every id that an entity's page ever had, and what it was called.

Takes the file as it was and the entities as they are; gives the file as it is now.
Guarantees that an id once published is never given to something else and never forgotten:
an entity that is merged or better spelt later keeps its id, or its old address leads on.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from tearsheet.errors import CorpusError
from tearsheet.model import Entity

COLUMNS = ("id", "names")
_SEPARATOR = " | "

Published = Mapping[str, tuple[str, ...]]
"""By id: the names that its entity had, the label first."""


def read_permalinks(file: Path) -> Published:
    """Read the permalinks of names; a file that does not exist holds none.

    Raises CorpusError where it is not what `write_permalinks` writes.
    """
    if not file.exists():
        return {}
    reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise CorpusError(
            f"{file.name}: found the columns {reader.fieldnames}, expected {list(COLUMNS)}; "
            "restore the file from its history, or delete it to give out all addresses anew"
        )
    return {row["id"]: tuple((row["names"] or "").split(_SEPARATOR)) for row in reader}


def published(before: Published, entities: Iterable[Entity]) -> Published:
    """Give every id ever published with its names, those of today's entities as they are today."""
    now = {entity.id: (entity.label, *entity.aliases) for entity in entities}
    return {name: now.get(name, before.get(name, ())) for name in sorted({*before, *now})}


def write_permalinks(ids: Published) -> str:
    """Give the permalinks of names as CSV text, in order of id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((name, _SEPARATOR.join(ids[name])) for name in sorted(ids))
    return out.getvalue()
