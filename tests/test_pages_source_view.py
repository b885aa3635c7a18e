"""The pages of a source view: light, complete, and at addresses that cleaning does not move."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from tearsheet.model import Fate, Unit
from tearsheet.pages.places import (
    BLANK_BYTES,
    PAGE_BYTES,
    ROW_BYTES,
    UNITS_A_PAGE,
    Ledger,
    ledger_starts,
)
from tearsheet.pages.source_view import source_pages
from tests.made import document, record

LENGTHS = some.lists(some.integers(0, 30_000), min_size=1, max_size=40)


def units(*lengths: int) -> tuple[Unit, ...]:
    return tuple(Unit(number, "x" * length) for number, length in enumerate(lengths, start=1))


def test_short_lines_share_a_page() -> None:
    assert ledger_starts(units(*[40] * 100)) == (1,)
    assert ledger_starts(units(*[0] * (UNITS_A_PAGE + 1))) == (1, UNITS_A_PAGE + 1)


def test_a_line_too_long_for_a_page_has_one_alone() -> None:
    assert ledger_starts(units(10, PAGE_BYTES, 10)) == (1, 2, 3)


@given(LENGTHS)
def test_a_page_of_several_units_weighs_no_more_than_it_may(lengths: list[int]) -> None:
    starts = (*ledger_starts(units(*lengths)), len(lengths) + 1)
    for first, after in pairwise(starts):
        assert first < after
        weights = [
            ROW_BYTES + length if length else BLANK_BYTES
            for length in lengths[first - 1 : after - 1]
        ]
        assert len(weights) == 1 or sum(weights) <= PAGE_BYTES


def test_every_unit_stands_on_the_page_that_its_address_names() -> None:
    long = record(
        document(*[(Fate.PARAGRAPH, f"{number} {'word ' * 60}") for number in range(300)])
    )
    pages = {page.path.removesuffix(".md"): page for page in source_pages(long)}
    assert len(pages) > 2
    at = Ledger(long)
    for number in range(1, 301):
        page, anchor = at.address(number).split("/#")
        assert f'id="{anchor}" ' in pages[page].body
    assert sum(page.body.count("<li ") for page in pages.values()) == 300
    assert all(len(page.body.encode()) < 60_000 for page in pages.values())
