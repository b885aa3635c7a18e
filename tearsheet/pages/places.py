"""Where things are: the addresses within the site of originals and of ledger lines."""

from tearsheet.archive.register import permalink
from tearsheet.model import Accession

UNITS_A_PAGE = 200
"""Units on one page of a source view: a 10,000-line source stays readable, and a page of
ordinary lines under about 60 KB."""


def original_address(accession: Accession) -> str:
    """Give where the original's bytes are published: always as `.txt`, so that none can run."""
    return f"originals/{accession.slug}.txt"


def ledger_page_name(index: int) -> str:
    """Give the last part of the address of the source view's page `index`, from 0."""
    return "source" if index == 0 else f"source-{index + 1}"


def ledger_address(accession: Accession, unit: int) -> str:
    """Give the address of one unit in the source view."""
    page = ledger_page_name((unit - 1) // UNITS_A_PAGE)
    return f"{permalink(accession.slug)}{page}/#u{unit}"
