"""Clean a source: the ledger gives every unit exactly one fate, with a reason and a confidence.

Takes a Source and the editor's rulings on it. Gives a Document. Guarantees: one entry a
unit; the cleaned text is a subsequence of the source's; cleaning a cleaned text changes
nothing; a page with text never becomes an empty one.
"""

from collections.abc import Mapping, Sequence

from tearsheet.clean.judge import Known, Piece, judge, piece_of
from tearsheet.clean.ledger import assemble, entries
from tearsheet.clean.repetition import repeated_texts
from tearsheet.clean.rulings import overrule
from tearsheet.clean.suspicion import suspicious
from tearsheet.clean.verdicts import IN_DOUBT, Verdict
from tearsheet.clean.weights import bundled
from tearsheet.model import SHOWN_FATES, Document, FateRuling, Source

__all__ = ["clean", "repeated_texts"]

# Cleaning is repeated on what was kept until nothing more goes; two rounds are the rule.
MOST_ROUNDS = 12
NONE_REPEATED: Mapping[str, int] = {}


def clean(
    source: Source,
    rulings: tuple[FateRuling, ...] = (),
    repeated: Mapping[str, int] = NONE_REPEATED,
) -> Document:
    """Give every unit of a source its fate, and assemble the text of those that are shown.

    `repeated` counts the sources that a text stands in (`repeated_texts` over the corpus).
    """
    weights = bundled("page" if source.media_type == "text/html" else "text")
    pieces = [piece_of(unit, weights) if unit.text.strip() else None for unit in source.units]
    judged, in_doubt = _judge_until_settled(pieces, Known(weights, _stated_title(source), repeated))
    ledger = overrule(entries(source, judged), source.units, rulings)
    return assemble(source, ledger, suspicious(source, ledger, in_doubt))


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
