"""The publisher's habit settles a date in numbers that nothing in its own source settles."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tearsheet.archive import open_archive
from tearsheet.every_source import prepare_all
from tearsheet.model import Description

STORY = """{title}

By Anna Berg

{date}

The council of Marlow Bay closed the old ferry landing, the harbour master told reporters.
Nobody had asked the crews, who learned of it from a notice on the gate and went home.

A second ferry was sent for in the evening, but the tide had turned by the time it came in.
"""


def described(folder: Path, dates: Mapping[str, tuple[str, str]]) -> dict[str, Description]:
    """Describe an archive of stories, each with its publisher (as given) and its date."""
    (folder / "sources").mkdir(parents=True)
    rows = ["source,publisher"]
    for name, (publisher, date) in dates.items():
        text = STORY.format(title=f"Ferry landing closed, report {name}", date=date)
        (folder / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name}.txt,{publisher}")
    (folder / "catalogue.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = prepare_all(open_archive(folder), lambda step, done, total: None)
    return {Path(one.received.path).stem: one.description for one in found if one.description}


EBB = {"one": ("The Ebb", "25/03/2019"), "two": ("The Ebb", "17/04/2019")}
FLOW = {"three": ("The Flow", "03/25/2019"), "four": ("The Flow", "04/17/2019")}


@pytest.mark.parametrize(
    ("publisher", "expected", "said"),
    [
        ("The Ebb", "2019-05-06", "The Ebb writes the day first in this archive (“25/03/2019”"),
        ("The Flow", "2019-06-05", "The Flow writes the month first in this archive"),
        ("The Tide", "2019", "nothing in the source settles which"),
    ],
)
def test_a_date_is_read_as_its_publisher_writes_them(
    tmp_path: Path, publisher: str, expected: str, said: str
) -> None:
    found = described(tmp_path / "a", {**EBB, **FLOW, "asked": (publisher, "06/05/2019")})["asked"]
    assert found.claims["published"].value == expected
    assert found.claims["published"].how == "inferred"
    assert any(said in note.text for note in found.notes)


def test_one_date_is_no_habit(tmp_path: Path) -> None:
    dates = {"one": EBB["one"], "asked": ("The Ebb", "06/05/2019")}
    assert described(tmp_path / "a", dates)["asked"].claims["published"].value == "2019"


def test_a_publisher_who_writes_both_ways_has_no_habit(tmp_path: Path) -> None:
    dates = {**EBB, "three": ("The Ebb", "03/25/2019"), "asked": ("The Ebb", "06/05/2019")}
    assert described(tmp_path / "a", dates)["asked"].claims["published"].value == "2019"
