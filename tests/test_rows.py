"""Rows of pages: whatever comes and goes, a folder holds those of its build and of no other."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.rows import PLACES, ROWS, Row, Rows, read_rows

PATHS = ("a.md", "b/a.md", "b/ö.md", "c.md", "d.md")
ROW = st.builds(
    Row,
    st.sampled_from(("0" * 8, "1" * 400)),
    anchors=st.sampled_from(("", "u1\nu2")),
    links=st.sampled_from(("", "a.md#u1 b.md#u2", "ö.md#u1")),
    asked=st.sampled_from(("", "entities/ö/ entities/x/")),
    names=st.sampled_from(((), ("Ö", "P Q"))),
)
EDIT = st.tuples(st.sets(st.sampled_from(PATHS)), st.dictionaries(st.sampled_from(PATHS), ROW))


def held(rows: Rows) -> dict[str, Row]:
    return {path: row for path in PATHS if (row := rows.get(path)) is not None}


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(EDIT, min_size=1, max_size=8))
def test_a_folder_holds_the_rows_of_its_build(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[set[str], dict[str, Row]]]
) -> None:
    top, rows = tmp_path_factory.mktemp("rows"), Rows()
    expected: list[dict[str, Row]] = [{}]
    for number, (gone, came) in enumerate(edits):
        rows = rows.but_for({*gone, *came})
        for path, row in came.items():
            rows.put(path, row)
        kept = {path: row for path, row in expected[-1].items() if path not in gone}
        expected.append(kept | came)
        assert held(rows) == expected[-1]
        (top / str(number)).mkdir()
        rows.write(top / str(number))
        rows = read_rows(top / str(number))
        sought = [(path, row) for path, row in expected[-1].items() if "ö" in row.asked]
        assert sorted(rows.holding(["entities/ö/"]), key=str) == sorted(sought, key=str)
        led_to = {"b.md"} if any("b.md#" in row.links for row in expected[-1].values()) else set()
        assert {file for file in ("b.md", "x.md") if rows.lead_to(file)} >= led_to
    assert not rows.lead_to("x.md")
    for number in range(len(edits)):
        assert held(read_rows(top / str(number))) == expected[number + 1]


def test_rows_are_written_behind_those_that_stand_until_most_are_of_no_use(tmp_path: Path) -> None:
    rows, sizes, files = Rows(), [], set()
    for number in range(8):
        rows = rows.but_for(["b.md"])
        rows.put("b.md" if number else "a.md", Row(str(number) * 64))
        folder = tmp_path / str(number)
        folder.mkdir()
        rows.write(folder)
        rows = read_rows(folder)
        sizes.append((folder / ROWS).stat().st_size)
        files.add((folder / ROWS).stat().st_ino)
    assert sizes[2] > sizes[1] > sizes[0] and max(sizes) < 6 * sizes[0]
    assert 1 < len(files) < 8


def test_a_page_whose_name_is_no_text_is_left_out(tmp_path: Path) -> None:
    rows = Rows()
    rows.put("\udcff.md", Row("0"))
    rows.put("a.md", Row("1"))
    rows.write(tmp_path)
    found = read_rows(tmp_path)
    assert (found.get("\udcff.md"), found.get("a.md")) == (None, Row("1"))


@pytest.mark.parametrize("name", [PLACES, ROWS])
def test_rows_that_are_not_all_there_are_none(tmp_path: Path, name: str) -> None:
    rows = Rows()
    rows.put("a.md", Row("1"))
    rows.write(tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[:-1])
    assert not read_rows(tmp_path)
    (tmp_path / name).unlink()
    assert not read_rows(tmp_path)
