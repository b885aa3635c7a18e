"""The build report: what a person should look at, the most consequential first.

Takes a Corpus; gives Findings. Each says what was found in which source and, where a line in
one of the editor's files settles it, which line in which file. Nothing here is decided: a
finding is gone when its cause is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from tearsheet.dates import find_dates
from tearsheet.gist import gist_of
from tearsheet.model import Claim, Conflict, Corpus, Finding, Note, Record

UNSURE = 0.65
"""A claim below this confidence is worth a look: inferred dates and guessed sections are 0.6."""
MOST_ASIDE = 0.75
"""The share of a source's characters set aside that is worth a look."""
SUBSTANTIAL = 2_000
"""Characters of a source of which a large share can be set aside at all."""

_AS_IT_IS = json.JSONEncoder(ensure_ascii=False).encode
_BARE = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_WORDS_OF_YAML = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null"])

KINDS: dict[str, str] = {
    "fixity": "Files that are not as they were registered",
    "rejected": "Files that could not be used",
    "cleaning": "Cleaning that should be looked at",
    "conflict": "Accounts that disagree",
    "ambiguous": "Dates that can be read in two ways",
    "date": "Records without a date",
    "publisher": "Records without a publication",
    "title": "Records without a title",
    "unsure": "Values of which the machine is not sure",
    "names": "Names that may be one and the same",
    "versions": "Texts that stand in several records",
    "catalogue": "Odd entries in the catalogue and in sidecars",
}
"""The kinds of findings, the most consequential first, as the report heads them."""


def findings(corpus: Corpus, of_records: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give everything that a person should look at, the most consequential first."""
    found = [*_files(corpus), *_pairs(corpus), *of_records]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda one: (order[one.kind], one.path or "", one.text)))


def _files(corpus: Corpus) -> Iterator[Finding]:
    for one in corpus.discrepancies:
        text = f"{one.kind}: expected {one.expected}, found {one.found}"
        yield Finding("fixity", one.path, text)
    for row in corpus.rejected:
        yield Finding("rejected", row.path, row.reason)


def _pairs(corpus: Corpus) -> Iterator[Finding]:
    labels = {entity.id: entity.label for entity in corpus.entities}
    for pair in corpus.review:
        ruling = {"left": pair.left, "right": pair.right, "verdict": "different"}
        left, right = labels.get(pair.left, pair.left), labels.get(pair.right, pair.right)
        text = f"{left} and {right}: {pair.reason}"
        yield Finding("names", None, text, *_ruled("names", ruling))


def of_record(record: Record) -> Iterator[Finding]:
    """Give what a person should look at in a record."""
    path = record.path
    claims = record.description.claims
    yield from _cleaning(record)
    for conflict in record.description.conflicts:
        if not conflict.believed.found_in.startswith("decisions.yml"):
            yield _conflict(path, conflict)
    yield from (_odd(path, note) for note in record.notes if note.kind in ("catalogue", "sidecar"))
    for field, kind in (("title", "title"), ("publisher", "publisher"), ("published", "date")):
        if field not in claims:
            yield Finding(kind, path, f"No {_WORDS[field]} is recorded.", *_field(path, field, "…"))
    yield from _dates(record)
    for claim in claims.values():
        if claim.confidence < UNSURE and claim.field != "published":
            yield _unsure(path, claim)
    for other in record.same_text:
        yield Finding(
            "versions", path, f"{other.share:.0%} of its text stands in {other.path} too."
        )


_WORDS = {"title": "title", "publisher": "publication", "published": "date of publication"}


def _cleaning(record: Record) -> Iterator[Finding]:
    path, gist = record.path, gist_of(record)
    if gist.ruled:
        return
    said = [note.text for note in gist.notes if note.kind == "cleaning"]
    if not said and gist.characters > SUBSTANTIAL and gist.aside > MOST_ASIDE * gist.characters:
        said = [f"{gist.aside / gist.characters:.0%} of it was set aside."]
    if said and gist.largest_aside is not None:
        keep = _ruled("fates", {"source": path, "unit": gist.largest_aside, "fate": "paragraph"})
        yield from (Finding("cleaning", path, text, *keep) for text in said)
    else:
        yield from (Finding("cleaning", path, text) for text in said)


def _conflict(path: str, conflict: Conflict) -> Finding:
    believed, other = conflict.believed, conflict.other
    text = (
        f"{conflict.field}: “{believed.value}” ({believed.found_in}) is believed; "
        f"“{other.value}” ({other.found_in}) says otherwise."
    )
    return Finding("conflict", path, text, *_field(path, conflict.field, believed.value))


def _odd(path: str, note: Note) -> Finding:
    return Finding("catalogue", path, note.text)


def _dates(record: Record) -> Iterator[Finding]:
    path, claim = record.path, record.description.claims.get("published")
    for note in record.notes:
        if note.kind == "date" and note.serious and " may be " in note.text:
            yield _ambiguous(path, note)
            return
    if claim is not None and claim.confidence < UNSURE:
        yield _unsure(path, claim)


def _ambiguous(path: str, note: Note) -> Finding:
    """Suggest the first reading; the line names the others, for the editor to choose."""
    read = find_dates(note.text.partition(" may be ")[2])
    readings = [one.value for one in read if one.value]
    file, part, line = _field(path, "published", readings[0] if readings else "…")
    others = "".join(f"  # or {reading}" for reading in readings[1:2])
    return Finding("ambiguous", path, note.text, file, part, line + others)


def _unsure(path: str, claim: Claim) -> Finding:
    text = (
        f"{claim.field}: “{claim.value}” ({claim.how}, {claim.found_in}; "
        f"{claim.confidence:.0%} sure)"
    )
    return Finding("unsure", path, text, *_field(path, claim.field, claim.value))


def _field(path: str, field: str, value: str) -> tuple[str, str, str]:
    return _ruled("fields", {"source": path, "field": field, "value": value})


def _ruled(part: str, ruling: Mapping[str, object]) -> tuple[str, str, str]:
    """Give file, part and line of a ruling, as YAML on one line."""
    pairs = ", ".join(f"{key}: {_scalar(value)}" for key, value in ruling.items())
    return "decisions.yml", part, f"- {{{pairs}}}"


def _scalar(value: object) -> str:
    """Write a value as YAML reads it back: bare where that is safe, else as JSON, its subset."""
    text = str(value)
    if isinstance(value, int) or (_BARE.fullmatch(text) and text.lower() not in _WORDS_OF_YAML):
        return text
    return (_AS_IT_IS if text.isprintable() else json.dumps)(text)
