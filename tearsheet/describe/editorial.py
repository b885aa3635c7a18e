"""What the editor gave for a source, made comparable: dates read, checksum held to the file.

Gives claims whose dates are ISO prefixes, and notes where a date could not be read or a
checksum is not the file's. The words that were given stay beside the value.
"""

import msgspec
from msgspec.structs import replace

from tearsheet.dates import read_date, years_named
from tearsheet.describe.look import quoted
from tearsheet.describe.readings import in_words
from tearsheet.model import Claim, Note, Source

DATES = frozenset({"published", "updated", "retrieved"})
CHECKSUM_LENGTH = 64


class Editorial(msgspec.Struct, frozen=True):
    """The editor's claims, in the order of trust, and what is to be said of them.

    `struck` are the fields of which the editor ruled that nothing is to be recorded.
    """

    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    struck: frozenset[str] = frozenset()


def editorial(given: tuple[Claim, ...], source: Source, *, day_first: bool | None) -> Editorial:
    """Read what was given for a source."""
    claims: list[Claim] = []
    notes: list[Note] = []
    first = {claim.field: claim for claim in reversed(given)}
    struck = {field for field, claim in first.items() if claim.value == ""}
    for claim in given:
        if claim.field in struck or claim.value == "":
            continue
        if claim.field == "sha256":
            notes.append(_fixity(claim, source))
        elif claim.field in DATES:
            read, note = _read(claim, day_first=day_first)
            claims += [read] if read else []
            notes += [note] if note else []
        else:
            claims.append(claim)
    return Editorial(tuple(claims), tuple(notes), frozenset(struck))


def _fixity(claim: Claim, source: Source) -> Note:
    stated = claim.value.strip().lower().removeprefix("sha256:").strip()
    if stated == source.sha256:
        return Note(
            "fixity",
            f"The checksum in {claim.found_in} is that of the file: it is as it was when that was written.",
        )
    if len(stated) != CHECKSUM_LENGTH:
        text = f"The checksum in {claim.found_in} is no SHA-256 ({quoted(claim.value, 80)}); the file could not be held to it."
        return Note("fixity", text, serious=True)
    text = (
        f"The file is not the one that was described: {claim.found_in} gives the checksum {stated}, "
        f"and the file has {source.sha256}."
    )
    return Note("fixity", text, serious=True)


def _read(claim: Claim, *, day_first: bool | None) -> tuple[Claim | None, Note | None]:
    """Read a date as people and spreadsheets write it; what is ambiguous stays so."""
    found = read_date(claim.value)
    if found is not None and found.value is not None:
        if not found.ambiguous:
            return replace(claim, value=found.value), None
        if day_first is not None:
            return replace(claim, value=found.settled(day_first=day_first).value or ""), None
        both = f"{in_words(found.settled(day_first=True))} or {in_words(found.settled(day_first=False))}"
        text = f"{claim.found_in} gives {quoted(claim.value)} as “{claim.field}”, which may be {both}; write it as 2020-06-11, or set day_first in corpus.yml."
        return replace(claim, value=str(found.year), confidence=0.9), Note(
            "date", text, serious=True
        )
    years = set(years_named(claim.value))
    text = f"{claim.found_in} gives {quoted(claim.value)} as “{claim.field}”, which could not be read as a date"
    if len(years) == 1:
        year = str(years.pop())
        note = Note("date", f"{text}; only the year {year} is certain.")
        return replace(claim, value=year, confidence=0.9), note
    return None, Note("date", f"{text} and is not used.", serious=True)
