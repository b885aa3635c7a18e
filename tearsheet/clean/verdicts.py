"""The word on one unit: fate, reason, confidence; and the few ways in which one is given."""

import msgspec

from tearsheet.clean.signs import Signs
from tearsheet.model import Fate


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of a unit, why, and how sure that is."""

    fate: Fate
    reason: str
    confidence: float


IN_DOUBT = (Fate.PARAGRAPH, "kept in doubt: no text of an article was made out", 0.3)


def by_wording(signs: Signs) -> Verdict | None:
    """Judge a unit by its wording alone; None where its wording says nothing."""
    wording = signs.wording
    return Verdict(wording.fate, wording.reason, wording.confidence) if wording else None
