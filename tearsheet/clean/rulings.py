"""Apply the editor's rulings to a ledger: they are obeyed, whatever the rules found."""

import re
from collections.abc import Sequence

from tearsheet.model import Entry, FateRuling, Unit


def overrule(
    ledger: tuple[Entry, ...], units: Sequence[Unit], rulings: tuple[FateRuling, ...]
) -> tuple[Entry, ...]:
    """Give the ledger as the editor wants it; a ruling on one unit wins over a pattern."""
    if not rulings:
        return ledger
    by_unit = {ruling.unit: ruling for ruling in rulings if ruling.unit is not None}
    patterns = [
        (_compiled(ruling.pattern), ruling) for ruling in rulings if ruling.pattern is not None
    ]
    return tuple(
        _entry(entry, _ruling_on(unit, by_unit, patterns))
        for entry, unit in zip(ledger, units, strict=True)
    )


def _ruling_on(
    unit: Unit,
    by_unit: dict[int, FateRuling],
    patterns: list[tuple[re.Pattern[str], FateRuling]],
) -> FateRuling | None:
    if unit.number in by_unit:
        return by_unit[unit.number]
    text = unit.text.strip()
    return next((ruling for pattern, ruling in patterns if text and pattern.fullmatch(text)), None)


def _entry(entry: Entry, ruling: FateRuling | None) -> Entry:
    if ruling is None:
        return entry
    reason = ruling.reason or "the editor's ruling"
    said = f"{reason} ({', '.join(word for word in (ruling.who, ruling.when) if word)})"
    return Entry(
        entry.unit, ruling.fate, said if ruling.who or ruling.when else reason, 1.0, "editor"
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `*` stands for any text; all else stands for itself."""
    parts = [re.escape(part) for part in re.split(r"\*+", pattern.strip())]
    return re.compile(".*".join(parts), re.DOTALL | re.IGNORECASE)
