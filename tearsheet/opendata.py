"""The archive as open data: what the pages show, for programs.

Takes a Corpus, or the Catalogue of one; gives the files of `data/` as (path under docs/,
bytes). `explanation` is the same account of one record that `explain --json` prints.
"""

from collections.abc import Iterator

import msgspec

from tearsheet.archive.register import permalink
from tearsheet.batches import UNKNOWN, Lines
from tearsheet.digests import digest
from tearsheet.model import Claim, Document, Entity, Mention, Note, Record, Repair
from tearsheet.pages.catalogue import Catalogue

_encode = msgspec.json.Encoder().encode
_BEGIN, _BETWEEN, _END = b"[\n", b",\n", b"\n]\n"
"""A JSON list of objects, a line for each."""


def data_files(seen: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Give every data file of the site but those of records and entities."""
    yield "data/register.csv", seen.register
    yield "data/report.json", _BEGIN + _BETWEEN.join(map(_encode, seen.findings)) + _END


def record_lines(seen: Catalogue) -> Lines:
    """Give `records.jsonl`, a line for each record."""
    records, seats = seen.records, seen.now.seats
    return Lines(
        "data/records.jsonl",
        tuple([seats[path].brief or UNKNOWN for path in records.told]),
        lambda number: _encode(record_row(records[number])) + b"\n",
    )


def entity_lines(seen: Catalogue) -> Lines:
    """Give `entities.json`, a list with a line for each entity."""
    found, faces, named = seen.corpus.entities, seen.now.whole.faces, seen.holdings
    marks = [digest((faces[one.id].mark, named.numbers_of(one.id))) for one in found]
    first = [f"first {mark}" for mark in marks[:1]] or ["none"]

    def line(number: int) -> bytes:
        if number == len(first) + len(marks[1:]):
            return _END
        row = _encode(_entity(found[number], seen)) if found else b""
        return (_BETWEEN if number else _BEGIN) + row

    return Lines("data/entities.json", (*first, *marks[1:], "end"), line)


def record_row(record: Record) -> dict[str, object]:
    """Give one line of records.jsonl: the record's identity, then its explanation."""
    source = record.source
    return {
        "accession": record.accession.number,
        "permalink": permalink(record.accession.slug),
        "path": source.path,
        "sha256": source.sha256,
        "size": source.size,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "encoding_evidence": source.encoding_evidence,
        **explanation(record),
        "conflicts": [
            {"field": one.field, "believed": claim(one.believed), "other": claim(one.other)}
            for one in record.description.conflicts
        ],
        "same_text": [
            {"path": one.path, "share": one.share, "kind": one.kind} for one in record.same_text
        ],
    }


def explanation(record: Record) -> dict[str, object]:
    """Give the ledger, the claims, the notes and the mentions of a record.

    Unit numbers are line numbers for a text; `start` and `end` of a mention are offsets in
    `text`, the cleaned text.
    """
    return {
        "units": _units(record.document),
        "claims": {name: claim(found) for name, found in record.description.claims.items()},
        "notes": [_note(note) for note in record.notes],
        "repairs": [_repair(repair) for repair in record.document.repairs],
        "text": record.document.text,
        "mentions": [_mention(mention) for mention in record.mentions],
    }


def _units(document: Document) -> list[dict[str, object]]:
    return [
        {
            "number": unit.number,
            "text": unit.text,
            "fate": entry.fate.value,
            "reason": entry.reason,
            "confidence": round(entry.confidence, 3),
        }
        for unit, entry in zip(document.source.units, document.ledger, strict=True)
    ]


def claim(found: Claim) -> dict[str, object]:
    """Give a claim with its evidence as plain values."""
    return {
        "value": found.value,
        "original": found.original,
        "found_in": found.found_in,
        "how": found.how,
        "confidence": round(found.confidence, 3),
    }


def _note(note: Note) -> dict[str, object]:
    return {"kind": note.kind, "text": note.text, "serious": note.serious, "unit": note.unit}


def _repair(repair: Repair) -> dict[str, object]:
    return {
        "unit": repair.unit,
        "start": repair.start,
        "end": repair.end,
        "before": repair.before,
        "after": repair.after,
        "kind": repair.kind,
    }


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "type": mention.type,
        "entity": mention.entity,
    }


def _entity(entity: Entity, seen: Catalogue) -> dict[str, object]:
    numbers = {card.number for card, _ in seen.appearances(entity.id)}
    return {
        "id": entity.id,
        "permalink": f"entities/{entity.id}/",
        "label": entity.label,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "same_as": list(entity.same_as),
        "description": entity.description,
        "evidence": list(entity.evidence),
        "records": sorted(numbers, key=int),
    }
