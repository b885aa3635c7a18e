"""Write the ledger and the cleaned text: every unit once, nothing invented."""

from collections.abc import Sequence

from tearsheet.clean.mending import joined
from tearsheet.clean.repairs import by_unit, repaired
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import SHOWN_FATES, Block, Document, Entry, Fate, Note, Repair, Source

BETWEEN = "\n\n"
BREAKS = frozenset({"line", "hyphen"})


def entries(source: Source, judged: Sequence[Verdict | None]) -> tuple[Entry, ...]:
    """Turn verdicts into the ledger; a unit of white space alone has none and is blank."""
    return tuple(
        Entry(unit.number, verdict.fate, verdict.reason, verdict.confidence)
        if verdict
        else Entry(unit.number, Fate.BLANK, "white space alone", 1.0)
        for unit, verdict in zip(source.units, judged, strict=True)
    )


def assemble(
    source: Source,
    ledger: tuple[Entry, ...],
    notes: tuple[Note, ...],
    repairs: tuple[Repair, ...] = (),
) -> Document:
    """Join the shown units, mended, stripped and in order, into the cleaned text, and place
    their blocks; a line whose break was mended goes on in the block before it.
    """
    of_unit = by_unit(repairs)
    texts: list[str] = []
    firsts: list[Entry] = []
    going_on: Repair | None = None
    for unit, entry in zip(source.units, ledger, strict=True):
        if entry.fate not in SHOWN_FATES or not unit.text.strip():
            continue
        mended = of_unit.get(unit.number, ())
        text = repaired(unit.text, [one for one in mended if one.kind not in BREAKS]).strip()
        if going_on is None:
            texts.append(text)
            firsts.append(entry)
        else:
            texts[-1] = joined(texts[-1], going_on, text)
        going_on = mended[-1] if mended and mended[-1].kind in BREAKS else None
    blocks = _placed(texts, firsts)
    return Document(source, ledger, BETWEEN.join(texts), blocks, notes, repairs)


def _placed(texts: Sequence[str], firsts: Sequence[Entry]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for text, entry in zip(texts, firsts, strict=True):
        blocks.append(Block(entry.unit, entry.fate, start, start + len(text)))
        start += len(text) + len(BETWEEN)
    return tuple(blocks)
