"""Write the ledger and the cleaned text: every unit once, nothing invented."""

from collections.abc import Sequence

from tearsheet.clean.verdicts import Verdict
from tearsheet.model import SHOWN_FATES, Block, Document, Entry, Fate, Note, Source

BETWEEN = "\n\n"


def entries(source: Source, judged: Sequence[Verdict | None]) -> tuple[Entry, ...]:
    """Turn verdicts into the ledger; a unit of white space alone has none and is blank."""
    return tuple(
        Entry(unit.number, verdict.fate, verdict.reason, verdict.confidence)
        if verdict
        else Entry(unit.number, Fate.BLANK, "white space alone", 1.0)
        for unit, verdict in zip(source.units, judged, strict=True)
    )


def assemble(source: Source, ledger: tuple[Entry, ...], notes: tuple[Note, ...]) -> Document:
    """Join the shown units, stripped and in order, into the cleaned text, and place their blocks."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for unit, entry in zip(source.units, ledger, strict=True):
        text = unit.text.strip()
        if entry.fate not in SHOWN_FATES or not text:
            continue
        start = length + (len(BETWEEN) if pieces else 0)
        length = start + len(text)
        pieces.append(text)
        blocks.append(Block(unit.number, entry.fate, start, length))
    return Document(source, ledger, BETWEEN.join(pieces), tuple(blocks), notes)
