"""What was mended in a source's text, for its page: before and after, with a few words around.

Takes a Record; gives rows for the front matter. Characters that are not seen are named.
"""

import re
from collections import Counter

from tearsheet.model import Record, Repair
from tearsheet.pages.places import Ledger
from tearsheet.pages.words import REPAIR_LABELS

AROUND = 14
"""Characters shown on either side of a repair."""
MOST_SHOWN = 12
"""Repairs of one kind on a record's page; the data have every one."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")


def repair_groups(record: Record, at: Ledger) -> dict[str, object]:
    """Give how many repairs were made, and by kind the first of them in their words."""
    groups = []
    counts = mended(record.document.repairs)
    for kind, label in REPAIR_LABELS.items():
        members = [one for one in record.document.repairs if one.kind == kind]
        if members:
            rows = [_row(record, one, at) for one in members[:MOST_SHOWN]]
            groups.append({"kind": kind, "label": label, "count": counts[kind], "units": rows})
    return {"total": counts.total(), "groups": groups}


def mended(repairs: tuple[Repair, ...]) -> Counter[str]:
    """Count repairs by kind."""
    return Counter(one.kind for one in repairs)


def mended_words(repairs: tuple[Repair, ...]) -> str:
    """Say in a sentence what was mended in one unit; nothing where nothing was."""
    if not repairs:
        return ""
    counts = mended(repairs)
    said = [
        f"{label[0].lower()}{label[1:]} ({counts[kind]})"
        for kind, label in REPAIR_LABELS.items()
        if counts[kind]
    ]
    return f" Mended: {', '.join(said)}." if said else ""


def _row(record: Record, repair: Repair, at: Ledger) -> dict[str, object]:
    unit = record.source.units[repair.unit - 1]
    text = unit.text + unit.ending
    before, after = text[max(0, repair.start - AROUND) : repair.start], text[repair.end :]
    if repair.kind in ("line", "hyphen"):
        after = record.source.units[repair.unit].text.lstrip()
    after = after[:AROUND]
    return {
        "number": repair.unit,
        "before": _seen(f"{before}{repair.before}{after}"),
        "after": _seen(f"{before}{repair.after}{after}"),
        "href": at.address(repair.unit),
    }


def _seen(text: str) -> str:
    """Show line ends as a sign, and name what else is not seen."""
    shown = text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return _UNSEEN.sub(lambda match: f"‹U+{ord(match.group()):04X}›", shown).strip()
