"""Where things are: the addresses within the site of originals and of ledger lines."""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence

from tearsheet.archive.register import permalink
from tearsheet.model import Accession, Record, Unit

UNITS_A_PAGE = 200
"""At most so many units stand on one page of a source view."""
PAGE_BYTES = 44_000
"""So much may the rows of one page weigh: with its head and foot it stays under 60 KB of HTML."""
ROW_BYTES, BLANK_BYTES = 240, 120
"""What a row of the source view weighs besides its text: measured on a source of 10,000 lines."""


_MARKUP = re.compile("[<>&\"']")


def original_address(accession: Accession) -> str:
    """Give where the original's bytes are published: always as `.txt`, so that none can run."""
    return f"originals/{accession.slug}.txt"


def ledger_page_name(index: int) -> str:
    """Give the last part of the address of the source view's page `index`, from 0."""
    return "source" if index == 0 else f"source-{index + 1}"


def ledger_starts(units: Sequence[Unit]) -> tuple[int, ...]:
    """Give the number of the first unit on every page of a source view.

    It counts what came, not what became of it: an address stays when cleaning changes.
    """
    starts, room = [1], PAGE_BYTES
    for unit in units:
        room -= _weight(unit)
        if unit.number > starts[-1] and (room < 0 or unit.number - starts[-1] == UNITS_A_PAGE):
            starts.append(unit.number)
            room = PAGE_BYTES - _weight(unit)
    return tuple(starts)


def _weight(unit: Unit) -> int:
    text = unit.text
    if not text.strip():
        return BLANK_BYTES
    return ROW_BYTES + len((html.escape(text) if _MARKUP.search(text) else text).encode())


class Ledger:
    """The pages of a record's source view."""

    def __init__(self, record: Record) -> None:
        self._record, self._starts = record, ledger_starts(record.source.units)

    def address(self, unit: int) -> str:
        """Give the address of one unit."""
        page = ledger_page_name(bisect_right(self._starts, unit) - 1)
        return f"{permalink(self._record.accession.slug)}{page}/#u{unit}"
