"""Write the ledger and the cleaned text: every unit once, nothing invented."""

from collections.abc import Sequence
from itertools import accumulate

from tearsheet.clean.mending import going_on
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
    paragraphs = _paragraphs(source, ledger, by_unit(repairs))
    blocks: list[Block] = []
    start = 0
    for lines in paragraphs:
        ends = [*accumulate((len(text) for _, text in lines), initial=start)]
        further = tuple((entry.unit, at) for (entry, _), at in zip(lines, ends, strict=False))[1:]
        first = lines[0][0]
        blocks.append(Block(first.unit, first.fate, start, ends[-1], further))
        start = ends[-1] + len(BETWEEN)
    text = BETWEEN.join("".join(text for _, text in lines) for lines in paragraphs)
    return Document(source, ledger, text, tuple(blocks), notes, repairs)


def _paragraphs(
    source: Source, ledger: tuple[Entry, ...], of_unit: dict[int, tuple[Repair, ...]]
) -> list[list[tuple[Entry, str]]]:
    """Give the shown units by paragraph: one each, but for lines that go on in the next."""
    paragraphs: list[list[tuple[Entry, str]]] = []
    goes_on = False
    for unit, entry in zip(source.units, ledger, strict=True):
        if entry.fate not in SHOWN_FATES or not unit.text.strip():
            continue
        mended = of_unit.get(unit.number, ())
        text = repaired(unit.text, [one for one in mended if one.kind not in BREAKS]).strip()
        broken = mended[-1] if mended and mended[-1].kind in BREAKS else None
        piece = (entry, going_on(text, broken) if broken else text)
        if goes_on:
            paragraphs[-1].append(piece)
        else:
            paragraphs.append([piece])
        goes_on = broken is not None
    return paragraphs
