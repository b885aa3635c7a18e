"""Cleaning on the sample archive: each unit that a reader once saw misjudged has its fate."""

from pathlib import Path

import pytest
import yaml

from tearsheet.clean import clean
from tearsheet.readers import read

SOURCES = Path(__file__).resolve().parents[1] / "corpus" / "sources"
CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "sample" / "clean.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", CASES)
def test_units_of_the_sample_have_the_fate_that_a_reader_expects(path: str) -> None:
    document = clean(read(path, (SOURCES / path).read_bytes()))
    wrong = {}
    for number, expected in CASES[path].items():
        allowed = [expected] if isinstance(expected, str) else expected
        entry = document.ledger[number - 1]
        if entry.fate not in allowed:
            text = document.source.units[number - 1].text.strip()[:60]
            wrong[number] = f"{entry.fate} ({entry.reason}), expected {allowed}: {text}"
    assert wrong == {}
