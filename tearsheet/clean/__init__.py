"""Clean a source: the ledger gives every unit exactly one fate, with a reason and a confidence.

Takes a Source and the editor's rulings on it. Gives a Document. Guarantees: one entry a
unit; the cleaned text is a subsequence of the source's; cleaning a cleaned text changes
nothing; a page with text never becomes an empty one.
"""

from collections.abc import Mapping, Sequence

from tearsheet.clean.judge import Known, Piece, judge, piece_of
from tearsheet.clean.ledger import assemble, entries
from tearsheet.clean.mending import mending_of, readable, repairs_made
from tearsheet.clean.repetition import repeated_texts
from tearsheet.clean.rulings import overrule
from tearsheet.clean.suspicion import suspicious
from tearsheet.clean.verdicts import IN_DOUBT, Verdict
from tearsheet.clean.weights import bundled
from tearsheet.model import SHOWN_FATES, AsItCame, Document, FateRuling, Source, Unit

__all__ = ["clean", "repeated_texts"]

# Cleaning is repeated on what was kept until nothing more goes; two rounds are the rule.
MOST_ROUNDS = 12
NONE_REPEATED: Mapping[str, int] = {}


def clean(
    source: Source,
    rulings: tuple[FateRuling, ...] = (),
    repeated: Mapping[str, int] = NONE_REPEATED,
    as_it_came: tuple[AsItCame, ...] = (),
) -> Document:
    """Give every unit of a source its fate, and assemble the text of those that are shown.

    Small damage in it is mended, except where `as_it_came` says not to. `repeated` counts the sources that a text stands in (`repeated_texts` over the corpus).
    """
    weights = bundled("page" if source.media_type == "text/html" else "text")
    mending = mending_of(source, as_it_came)
    pieces = [
        piece_of(unit, weights) if unit.text.strip() else None for unit in readable(source, mending)
    ]
    judged, in_doubt = _judge_until_settled(pieces, Known(weights, _stated_title(source), repeated))
    judged = _spread(judged, source.units, mending.wrapped)
    ledger = overrule(entries(source, judged), source.units, rulings)
    notes = suspicious(source, ledger, in_doubt)
    return assemble(source, ledger, notes, repairs_made(mending, source, ledger))


def _spread(
    judged: Sequence[Verdict | None], units: Sequence[Unit], wrapped: frozenset[int]
) -> list[Verdict | None]:
    """Give the lines that a width broke off the verdict on the whole that they are part of."""
    spread: list[Verdict | None] = []
    for unit, verdict in zip(units, judged, strict=True):
        spread.append(spread[-1] if unit.number in wrapped else verdict)
    return spread


def _judge_until_settled(
    pieces: Sequence[Piece | None], known: Known
) -> tuple[list[Verdict | None], bool]:
    """Judge, then judge what was kept, until all of it is kept; in doubt keep everything."""
    judged: list[Verdict | None] = [None] * len(pieces)
    left = [index for index, piece in enumerate(pieces) if piece is not None]
    for _ in range(MOST_ROUNDS):
        verdicts = judge([piece for index in left if (piece := pieces[index])], known)
        kept = [index for index, v in zip(left, verdicts, strict=True) if v.fate in SHOWN_FATES]
        for index, verdict in zip(left, verdicts, strict=True):
            if judged[index] is None or verdict.fate not in SHOWN_FATES:
                judged[index] = verdict
        if len(kept) == len(left):
            return judged, all(v is None or v.reason == IN_DOUBT[1] for v in judged)
        if not kept:
            break
        left = kept
    doubt = Verdict(*IN_DOUBT)
    return [doubt if piece is not None else None for piece in pieces], True


def _stated_title(source: Source) -> str:
    """Give the title that the file states outside its visible text, or ""."""
    stated = {found.name: found.value for found in reversed(source.fields)}
    return stated.get("og:title") or stated.get("headline") or stated.get("title") or ""
