"""The five real sources, line by line: numbers and fates only; skipped where they are absent."""

from pathlib import Path

import pytest

from tearsheet.clean import clean
from tearsheet.model import BESIDE_FATES, TEXT_FATES, Fate
from tearsheet.readers import read

SOURCES = Path(__file__).resolve().parents[1].parent / "shared" / "sources"
pytestmark = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="../shared/sources is not beside this checkout"
)

TEXT_LINES = {
    "000": set(range(8, 49, 2)),
    "001": set(range(5, 18, 2)) - {9},
    "002": set(range(13, 40, 2)),
    "003": set(range(5, 54, 2)) - {7, 9, 19, 21},
    "004": set(range(7, 32, 2)) - {9, 11},
}
FATES = {
    "000": {1: "title", 3: "date", 4: "byline", 5: "byline", 50: "comments", 52: "comments",
            56: "comments", 60: "comments", 63: "comments"},
    "001": {1: "title", 3: "caption", 9: "related", 15: "heading", 19: "subscribe",
            21: "comments", 23: "comments", 24: "comments"},
    "002": {1: "title", 3: "standfirst", 5: "caption", 7: "topic", 9: "topic", 11: "date",
            41: "notice", 43: "subscribe", 46: "subscribe", 49: "related", 52: "related",
            58: "related"},
    "003": {3: "title", 7: "advert", 9: "related", 19: "embed", 21: "embed", 35: "heading",
            55: "foreign", 57: "placeholder", 63: "placeholder", 65: "related", 71: "related",
            89: "related"},
    "004": {1: "title", 3: "caption", 5: "byline", 9: "advert", 11: "related", 15: "heading",
            21: "heading", 27: "heading", 33: "subscribe", 35: "subscribe", 37: "subscribe",
            41: "topic", 43: "topic"},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TEXT_LINES))
def test_the_article_is_kept_line_by_line_and_nothing_else(name: str) -> None:
    path = next(SOURCES.glob(f"{name}_*.txt"))
    document = clean(read(path.name, path.read_bytes()))
    fates = {entry.unit: entry.fate for entry in document.ledger}
    beside = {number for number, fate in fates.items() if fate in BESIDE_FATES}
    assert {number for number, fate in fates.items() if fate in TEXT_FATES} == TEXT_LINES[name]
    assert beside == {n for n, fate in FATES[name].items() if Fate(fate) in BESIDE_FATES}
    assert {number: fates[number].value for number in FATES[name]} == FATES[name]
