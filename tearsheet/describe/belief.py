"""Believe one claim a field, and list the others that disagree with it.

The editor's word comes first, in the order in which it was given; then what was claimed with
the greatest confidence. Two claims disagree only where a reader would say so: not in their
capitals, in how exactly they date, or in the name of the site behind a title.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from datetime import date

import msgspec

from tearsheet.model import FIELDS, Claim, Conflict

LISTS = frozenset({"author", "topics"})
DATES = frozenset({"published", "updated", "retrieved"})
NOT_COMPARED = frozenset({"source_url", "notes", "topics", "rights", "tool"})
"""Fields with several right answers: a canonical address and the one that was asked for."""
SAME_DAY_ELSEWHERE = 1
"""Days: midnight in one zone is the day before in another; where no zone is named, it is not."""
_ZONE = re.compile(r"T.*(?:Z|[+-]\d\d:?\d\d)$")


class Believed(msgspec.Struct, frozen=True):
    """One claim a field, in the order of the catalogue, and what disagrees."""

    claims: dict[str, Claim]
    conflicts: tuple[Conflict, ...]


def believe(
    given: Iterable[Claim], found: Iterable[Claim], struck: Container[str] = ()
) -> Believed:
    """Choose by trust, then by confidence, then by the order in which they come.

    Of the fields that the editor `struck` nothing is believed.
    """
    wanted = (claim for claim in found if claim.field not in struck)
    ranked = [*given, *sorted(wanted, key=lambda claim: -claim.confidence)]
    chosen: dict[str, Claim] = {}
    conflicts: list[Conflict] = []
    for claim in ranked:
        best = chosen.setdefault(claim.field, claim)
        if best is not claim and not agree(best, claim):
            conflict = Conflict(claim.field, best, claim)
            if not any(_same_conflict(conflict, other) for other in conflicts):
                conflicts.append(conflict)
    return Believed(_in_order(chosen), tuple(sorted(conflicts, key=lambda one: _place(one.field))))


def agree(left: Claim, right: Claim) -> bool:
    """Tell whether two claims on one field say the same, or one says it more exactly."""
    a, b = left.value, right.value
    if left.field in NOT_COMPARED or plain(a) == plain(b):
        return True
    if left.field in DATES:
        return _dates_agree(a, b)
    if left.field == "author":
        return _people(a) <= _people(b) or _people(b) <= _people(a)
    if left.field in ("language", "original_language"):
        return a.split("-")[0].lower() == b.split("-")[0].lower()
    if left.field in (
        "title",
        "publisher",
        "republished_from",
        "section",
        "completeness",
        "translation",
    ):
        return plain(a) in plain(b) or plain(b) in plain(a)
    return False


def plain(text: str) -> str:
    """Give a text without accents, capitals and punctuation, to be compared."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if char.isalnum())


def _people(value: str) -> frozenset[str]:
    return frozenset(plain(name) for name in value.split(";") if plain(name))


def _dates_agree(a: str, b: str) -> bool:
    if a.startswith(b) or b.startswith(a) or a[:10] == b[:10]:
        return True
    first, second = _day(a), _day(b)
    zoned = _ZONE.search(a) or _ZONE.search(b)
    return bool(first and second and zoned and abs((first - second).days) <= SAME_DAY_ELSEWHERE)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _same_conflict(left: Conflict, right: Conflict) -> bool:
    return left.field == right.field and agree(left.other, right.other)


def _place(field: str) -> int:
    return FIELDS.index(field) if field in FIELDS else len(FIELDS)


def _in_order(chosen: dict[str, Claim]) -> dict[str, Claim]:
    return {name: chosen[name] for name in sorted(chosen, key=lambda one: (_place(one), one))}
