"""Which repairs a source gets: unit by unit, and between lines that belong together.

Takes the source and the editor's word on what stays as it came; gives the repairs, and the
units as they read with them, which is what cleaning judges. Only what is shown or feeds the
catalogue card is mended in the end; what was set aside is left as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from tearsheet.clean.repairs import repaired, repairs_of
from tearsheet.clean.wrapped import continued, join, words_of
from tearsheet.model import ASIDE_FATES, SHOWN_FATES, AsItCame, Entry, Fate, Repair, Source, Unit
from tearsheet.readers.trouble import is_misread

# Lines of preformatted text and rows of tables are broken where they are meant to be.
MENDED_BREAKS = SHOWN_FATES - {Fate.TABLE, Fate.CODE}
AS_WRITTEN = frozenset({Fate.BLANK, Fate.CODE})


class Mending(msgspec.Struct, frozen=True):
    """The repairs that a source could get: inside units, and at the ends of lines that go on,
    each by the number of its unit; and the numbers of the lines that are gone on with.
    """

    inside: Mapping[int, tuple[Repair, ...]]
    breaks: Mapping[int, Repair]
    wrapped: frozenset[int]


def mending_of(source: Source, as_it_came: tuple[AsItCame, ...] = ()) -> Mending:
    """Find what could be mended, but for what the editor wants as it came."""
    misread = is_misread(source.units)
    inside = {
        unit.number: found
        for unit in source.units
        if (found := _allowed(repairs_of(unit.number, unit.text, misread=misread), as_it_came))
        and repaired(unit.text, found).strip()
    }
    wrapped = continued(source)
    known = words_of(source) if wrapped else frozenset[str]()
    joins = (join(source.units[n - 2], source.units[n - 1], known) for n in sorted(wrapped))
    breaks = {one.unit: one for one in _allowed(tuple(joins), as_it_came)}
    return Mending(inside, breaks, frozenset(number + 1 for number in breaks))


def readable(source: Source, mending: Mending) -> Iterator[Unit]:
    """Give the units as they read: what a width broke apart as one, its other lines empty."""
    units = source.units
    for index, unit in enumerate(units):
        if unit.number in mending.wrapped:
            yield replace(unit, text="")
            continue
        text = repaired(unit.text, mending.inside.get(unit.number, ()))
        parts: list[str] = []
        while (mended := mending.breaks.get(units[index].number)) is not None:
            parts.append(going_on(text, mended))
            index += 1
            text = repaired(units[index].text, mending.inside.get(units[index].number, ())).strip()
        text = "".join((*parts, text)) if parts else text
        yield unit if text == unit.text else replace(unit, text=text)


def going_on(text: str, mended: Repair) -> str:
    """Give a line as the next one goes on after it."""
    kept = text.strip()
    return (kept.removesuffix("-") if mended.kind == "hyphen" else kept) + mended.after


def repairs_made(mending: Mending, source: Source, ledger: Sequence[Entry]) -> tuple[Repair, ...]:
    """Give every repair of what is not set aside, in order."""
    found: list[Repair] = []
    for unit, entry in zip(source.units, ledger, strict=True):
        if entry.fate in ASIDE_FATES or entry.fate in AS_WRITTEN:
            continue
        found += mending.inside.get(unit.number, ())
        mended = mending.breaks.get(unit.number)
        if mended and entry.fate in MENDED_BREAKS and ledger[unit.number].fate is entry.fate:
            found.append(mended)
    return tuple(found)


def _allowed(repairs: tuple[Repair, ...], as_it_came: tuple[AsItCame, ...]) -> tuple[Repair, ...]:
    if not as_it_came:
        return repairs
    return tuple(one for one in repairs if not any(_refuses(word, one) for word in as_it_came))


def _refuses(word: AsItCame, repair: Repair) -> bool:
    return word.unit in (None, repair.unit) and word.kind in (None, repair.kind)
