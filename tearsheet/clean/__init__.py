"""Clean a source: the ledger gives every unit exactly one fate, with a reason and a confidence.

Takes a Source and the editor's rulings on it. Gives a Document. Guarantees: one entry a
unit; the cleaned text is a subsequence of the source's; cleaning a cleaned text changes
nothing; a page with text never becomes an empty one.
"""

from collections.abc import Sequence

from tearsheet.clean.judge import judge
from tearsheet.clean.ledger import assemble, entries
from tearsheet.clean.rulings import overrule
from tearsheet.clean.signs import Signs, signs_of
from tearsheet.clean.suspicion import suspicious
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import SHOWN_FATES, Document, Fate, FateRuling, Source

__all__ = ["clean"]

# Cleaning is repeated on what was kept until nothing more goes; two rounds are the rule.
MOST_ROUNDS = 5


def clean(source: Source, rulings: tuple[FateRuling, ...] = ()) -> Document:
    """Give every unit of a source its fate, and assemble the text of those that are shown."""
    signs = [
        signs_of(unit.text, unit.markup) if unit.text.strip() else None for unit in source.units
    ]
    judged, in_doubt = _judge_until_settled(signs, _stated_title(source))
    ledger = overrule(entries(source, judged), source.units, rulings)
    return assemble(source, ledger, suspicious(source, ledger, in_doubt))


def _judge_until_settled(
    signs: Sequence[Signs | None], title: str
) -> tuple[list[Verdict | None], bool]:
    """Judge, then judge what was kept, until all of it is kept; in doubt keep everything."""
    judged: list[Verdict | None] = [None] * len(signs)
    left = [index for index, unit in enumerate(signs) if unit is not None]
    for _ in range(MOST_ROUNDS):
        verdicts = judge([unit for index in left if (unit := signs[index])], title)
        kept = [index for index, v in zip(left, verdicts, strict=True) if v.fate in SHOWN_FATES]
        settled = len(kept) == len(left)
        for index, verdict in zip(left, verdicts, strict=True):
            first = judged[index]
            if first is None or verdict.fate not in SHOWN_FATES:
                judged[index] = verdict
        if settled:
            return judged, not _any_sure(judged)
        if not kept:
            break
        left = kept
    doubt = Verdict(Fate.PARAGRAPH, "kept in doubt: no text of an article was made out", 0.3)
    return [doubt if unit is not None else None for unit in signs], True


def _any_sure(judged: Sequence[Verdict | None]) -> bool:
    return any(v is None or v.confidence > 0.3 for v in judged)


def _stated_title(source: Source) -> str:
    """Give the title that the file states outside its visible text, or ""."""
    stated = {found.name: found.value for found in reversed(source.fields)}
    return stated.get("og:title") or stated.get("headline") or stated.get("title") or ""
