"""The register: numbers and permalinks that stay, whatever happens to the files."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.archive.register import (
    COLUMNS,
    Received,
    accept,
    accession,
    compare,
    read_register,
    write_register,
)
from tearsheet.errors import CorpusError
from tearsheet.model import Accession

NOBODY: frozenset[str] = frozenset()


def received(path: str, content: str = "a", status: str = "published") -> Received:
    return Received(path, content * 64, 10, "text/plain", status)


def test_files_are_numbered_in_the_order_of_their_paths() -> None:
    rows = accession((), [received("b.txt"), received("a.txt")], NOBODY)
    assert [(row.number, row.path, row.slug) for row in rows] == [
        ("0001", "a.txt", "a"),
        ("0002", "b.txt", "b"),
    ]


def test_a_new_file_gets_the_next_number_and_disturbs_none() -> None:
    before = accession((), [received("b.txt")], NOBODY)
    after = accession(before, [received("b.txt"), received("a.txt")], NOBODY)
    assert after[0] == before[0]
    assert (after[1].number, after[1].path) == ("0002", "a.txt")


def test_a_moved_file_keeps_its_number_and_permalink() -> None:
    before = accession((), [received("old.txt", "c")], NOBODY)
    after = accession(before, [received("new/name.txt", "c")], NOBODY)
    assert [(row.number, row.slug, row.path) for row in after] == [("0001", "old", "new/name.txt")]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("00001,records/b/,b.txt", "2 rows with the accession number 1, expected one"),
        ("0002,records/a/,b.txt", "2 rows with the permalink a, expected one"),
        ("0002,records/b/,a.txt", "2 rows with the path a.txt, expected one"),
    ],
)
def test_two_rows_that_claim_to_be_one_are_refused(tmp_path: Path, second: str, found: str) -> None:
    rest = f",{'c' * 64},10,text/plain,published\n"
    file = tmp_path / "register.csv"
    first = f"{','.join(COLUMNS)}\n0001,records/a/,a.txt{rest}"
    file.write_text(first, encoding="utf-8")
    assert len(read_register(file)) == 1
    file.write_text(f"{first}{second}{rest}", encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"register\.csv: found {found}"):
        read_register(file)


def test_one_of_two_identical_files_is_not_taken_for_the_other_moved() -> None:
    before = accession((), [received("a.txt", "c"), received("b.txt", "c")], NOBODY)
    after = accession(before, [received("a.txt", "c"), received("z.txt", "c")], NOBODY)
    assert [row.path for row in after] == ["a.txt", "b.txt", "z.txt"]


def test_a_changed_file_keeps_the_checksum_it_came_with_until_it_is_accepted() -> None:
    before = accession((), [received("a.txt", "a")], NOBODY)
    now = [received("a.txt", "b")]
    kept = accession(before, now, NOBODY)
    assert kept[0].sha256 == "a" * 64
    assert [(one.kind, one.expected, one.found) for one in compare(kept, now)] == [
        ("changed", "a" * 64, "b" * 64)
    ]
    assert compare(accept(kept, now), now) == ()


def test_a_lost_file_is_missing_and_an_unregistered_one_unexpected() -> None:
    rows = accession((), [received("a.txt")], NOBODY)
    kinds = [(one.kind, one.path) for one in compare(rows, [received("b.txt", "b")])]
    assert kinds == [("missing", "a.txt"), ("unexpected", "b.txt")]


def test_a_file_that_was_taken_down_may_be_missing() -> None:
    rows = accession((), [received("a.txt")], frozenset({"a.txt"}))
    assert rows[0].status == "withdrawn"
    assert compare(rows, []) == ()


def test_files_whose_names_give_one_slug_get_two_permalinks() -> None:
    rows = accession((), [received("x.html", "a"), received("x.txt", "b")], NOBODY)
    assert [row.slug for row in rows] == ["x", "x-2"]


def test_a_register_that_is_no_register_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("number,name\n1,x\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"register\.csv: found the columns"):
        read_register(file)


def test_a_row_with_a_status_of_its_own_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    rows = accession((), [received("a.txt")], NOBODY)
    file.write_text(write_register(rows).replace("published", "burnt"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"register\.csv line 2: found .*burnt"):
        read_register(file)


def test_a_row_whose_number_is_no_number_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    rows = accession((), [received("a.txt")], NOBODY)
    file.write_text(write_register(rows).replace("0001", "²"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"register\.csv line 2: found .*²"):
        read_register(file)


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=12))
def test_any_paths_give_permalinks_of_their_own_that_stay(paths: list[str]) -> None:
    files = [Received(path, f"{index:064x}", 1, "text/plain") for index, path in enumerate(paths)]
    rows = accession((), files, NOBODY)
    assert len({row.slug for row in rows}) == len(paths)
    assert accession(rows, list(reversed(files)), NOBODY) == rows


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True, max_size=8))
def test_the_register_reads_back_as_it_was_written(paths: list[str]) -> None:
    import tempfile

    clean = [path for path in paths if "\r" not in path and "\n" not in path and "\0" not in path]
    rows = accession((), [received(path) for path in clean], NOBODY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_bytes(write_register(rows).encode())
        assert read_register(file) == rows


@given(st.lists(st.text(st.sampled_from('a,"\r\n ;é'), min_size=1, max_size=4), max_size=3))
def test_the_register_is_written_as_the_csv_module_writes_it(paths: list[str]) -> None:
    rows = [Accession("0001", "a", path, "0" * 64, 1, "text/plain", "published") for path in paths]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(("0001", "records/a/", row.path, row.sha256, 1, "text/plain", "published"))
    assert write_register(rows) == out.getvalue()


def test_a_name_in_another_script_leaves_a_mark_in_its_permalink() -> None:
    rows = accession((), [received("2019/سد.html"), received("2019/वन.html", "b")], NOBODY)
    assert [row.slug.rpartition("-")[0] for row in rows] == ["2019-x", "2019-x"]
    assert rows[0].slug != rows[1].slug


def test_an_accession_is_written_with_its_permalink() -> None:
    row = Accession("0007", "a-page", "a page.txt", "0" * 64, 12, "text/plain")
    assert write_register([row]).splitlines()[1] == (
        f"0007,records/a-page/,a page.txt,{'0' * 64},12,text/plain,published"
    )
