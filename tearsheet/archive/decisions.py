"""Read decisions.yml: the editor's rulings on names, fates, fields and takedowns."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from tearsheet.archive.didyoumean import suggestion
from tearsheet.archive.handwritten import Handwritten, Place, Value
from tearsheet.archive.strict import Problems, entry_of, list_at, mapping_at, refuse_unknown
from tearsheet.model import FIELDS, AsItCame, Decisions, FateRuling, Ruling, Takedown

T = TypeVar("T")
PARTS = ("names", "fates", "fields", "as_it_came", "takedowns")


class FieldRuling(msgspec.Struct, frozen=True):
    """An editor's word on one field of one source; no value rules that nothing is recorded."""

    source: str
    field: str
    value: str | None = None
    who: str | None = None
    when: str | None = None
    reason: str | None = None
    found_in: str = ""


class Rulings(msgspec.Struct, frozen=True):
    """All that decisions.yml says."""

    decisions: Decisions = msgspec.field(default_factory=Decisions)
    fields: tuple[FieldRuling, ...] = ()


class _Correction(msgspec.Struct, frozen=True):
    """The keys of an entry under `fields`."""

    source: str
    field: str
    value: str | None = None
    who: str | None = None
    when: str | None = None
    reason: str | None = None


def rulings_of(file: Handwritten | None, problems: Problems) -> Rulings:
    """Give every ruling; what is wrong goes to `problems`."""
    if file is None or file.problems:
        return Rulings()
    keys = "the keys names, fates, fields, as_it_came and takedowns, each with a list"
    written = mapping_at(file, file.value, (), keys, problems)
    refuse_unknown(file, written, (), PARTS, problems)
    fates = tuple(_fates(file, written.get("fates"), problems))
    decisions = Decisions(
        names=tuple(
            one for _, one in _entries(Ruling, file, written.get("names"), "names", problems)
        ),
        fates=fates,
        as_it_came=tuple(
            one
            for _, one in _entries(
                AsItCame, file, written.get("as_it_came"), "as_it_came", problems
            )
        ),
        takedowns=tuple(
            one
            for _, one in _entries(Takedown, file, written.get("takedowns"), "takedowns", problems)
        ),
    )
    return Rulings(decisions, tuple(_corrections(file, written.get("fields"), problems)))


def _entries(
    kind: type[T], file: Handwritten, value: Value, part: str, problems: Problems
) -> Iterator[tuple[Place, T]]:
    for number, one in enumerate(list_at(file, value, (part,), problems)):
        entry = entry_of(kind, file, one, (part, number), problems)
        if entry is not None:
            yield (part, number), entry


def _fates(file: Handwritten, value: Value, problems: Problems) -> Iterator[FateRuling]:
    for place, ruling in _entries(FateRuling, file, value, "fates", problems):
        wrong = _wrong_with(ruling)
        if wrong:
            problems.add(f"{file.where(place)}: {wrong}")
        yield ruling


def _wrong_with(ruling: FateRuling) -> str | None:
    """Say what a ruling on fates lacks: whose units it means, and which."""
    if not ruling.source and not ruling.publication:
        return "found neither source nor publication; say whose units are meant"
    if ruling.unit is None and not ruling.pattern:
        return "found neither unit nor pattern; say which units are meant"
    if ruling.unit is not None and not ruling.source:
        return "found a unit but no source; a unit's number is that of one source"
    if ruling.unit is not None and ruling.unit < 1:
        return f"found unit {ruling.unit}, expected a number from 1"
    if ruling.pattern and not ruling.pattern.strip("* "):
        return f"the pattern '{ruling.pattern}' matches every unit; write some of the text"
    return None


def _corrections(file: Handwritten, value: Value, problems: Problems) -> Iterator[FieldRuling]:
    for place, one in _entries(_Correction, file, value, "fields", problems):
        meant = None if one.field in (*FIELDS, "sha256") else suggestion(one.field, FIELDS)
        if meant:
            problems.add(
                f"{file.where((*place, 'field'))}: unknown field '{one.field}' (did you mean "
                f"'{meant}'?); use a field that the catalogue has"
            )
        yield FieldRuling(
            one.source, one.field, one.value, one.who, one.when, one.reason, file.where(place)
        )
