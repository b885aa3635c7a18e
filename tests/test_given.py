"""What the editor states of single sources: the catalogue, sidecars and corrections."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given as drawn
from hypothesis import strategies as st

from tearsheet.archive import open_archive
from tearsheet.archive.given import read_catalogue
from tearsheet.archive.handwritten import read_json, read_yaml
from tearsheet.archive.strict import Problems
from tearsheet.model import Archive


def opened(folder: Path, **files: str | bytes) -> Archive:
    """Open an archive of two sources with these files; `a_html_yml` is `sources/a.html.yml`."""
    sources = folder / "sources"
    sources.mkdir()
    (sources / "a.html").write_text("<p>A", encoding="utf-8")
    (sources / "b.txt").write_text("B", encoding="utf-8")
    for name, content in files.items():
        where = folder if name in ("catalogue_csv", "decisions_yml") else sources
        written = content.encode() if isinstance(content, str) else content
        (where / name.replace("_", ".")).write_bytes(written)
    return open_archive(folder)


def values(archive: Archive, path: str) -> dict[str, tuple[str, str]]:
    """Give the first claim a field, as (value, where)."""
    first: dict[str, tuple[str, str]] = {}
    for claim in archive.given.get(path, ()):
        first.setdefault(claim.field, (claim.value, claim.found_in))
    return first


def test_a_row_gives_its_cells_with_the_row_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    archive = opened(
        tmp_path,
        catalogue_csv='source,title,author\n\nb.txt,"B, or: not",Ann Ro; Bo Ek\nsources/a.html,A,\n',
    )
    assert values(archive, "b.txt")["title"] == ("B, or: not", "catalogue.csv row 3")
    assert values(archive, "b.txt")["author"][0] == "Ann Ro; Bo Ek"
    assert values(archive, "a.html") == {"title": ("A", "catalogue.csv row 4")}
    assert archive.warnings == ()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffsource;title;published\r\nb.txt;Brücke;2020\r\n".encode(),
        "sep=;\nsource;title;published\nb.txt;Brücke;2020\n".encode("cp1252"),
        "source\ttitle\tpublished\nb.txt\tBrücke\t2020\n".encode("utf-16"),
        "Source , Title,Published\n.\\b.txt,Brücke,2020\n".encode(),
    ],
    ids=["semicolons and BOM", "Excel in windows-1252", "tabs in UTF-16", "capitals, backslashes"],
)
def test_what_spreadsheets_export_is_read(content: bytes, tmp_path: Path) -> None:
    found = values(opened(tmp_path, catalogue_csv=content), "b.txt")
    assert found["title"][0] == "Brücke"
    assert found["published"][0] == "2020"


def test_rows_of_no_source_doubled_rows_and_columns_are_told_of(tmp_path: Path) -> None:
    archive = opened(
        tmp_path,
        catalogue_csv="source,title,title\nb.text,X,\nb.txt,B,C\nb.txt,D,\n,E,\nb.txt,a,b,c\n",
    )
    assert values(archive, "b.txt")["title"][0] == "B"
    warnings = "\n".join(archive.warnings)
    for words in (
        "the column 'title' stands twice",
        "row 2: found no source 'b.text' (did you mean 'b.txt'?)",
        "row 4: b.txt stands in row 3 already",
        "row 5: found no source",
        "row 6: found 4 values for 3 columns",
    ):
        assert words in warnings
    assert "row 3 counts and row 4 does not" in archive.notes["b.txt"][0].text


def test_an_unknown_column_is_kept_and_a_misspelt_one_asked_about(tmp_path: Path) -> None:
    archive = opened(tmp_path, catalogue_csv="source,shelfmark,publised\nb.txt,K 12,2020\n")
    assert values(archive, "b.txt")["shelfmark"][0] == "K 12"
    assert values(archive, "b.txt")["publised"][0] == "2020"
    assert [note.text for note in archive.notes["b.txt"] if "“published”" in note.text]
    assert any("'publised' (did you mean 'published'?)" in one for one in archive.warnings)
    assert not any("shelfmark" in one for one in archive.warnings)


def test_a_sidecar_says_what_is_written_and_not_what_yaml_makes_of_it(tmp_path: Path) -> None:
    archive = opened(
        tmp_path,
        a_html_yml="published: 2019-03-01\nlanguage: no\nhttp_status: 0200\naccess: 1_000\n"
        "title: Yes\nrights: ~\ntopics: [dams, 12]\n",
    )
    found = {name: value for name, (value, _) in values(archive, "a.html").items()}
    assert found == {
        "published": "2019-03-01",
        "language": "no",
        "http_status": "0200",
        "access": "1_000",
        "title": "Yes",
        "topics": "dams; 12",
    }


def test_a_sidecar_may_be_json_and_may_leave_out_the_ending_of_its_source(tmp_path: Path) -> None:
    archive = opened(tmp_path, b_json='{"title": "B", "http_status": 200, "kept": true}')
    assert values(archive, "b.txt")["http_status"] == ("200", "b.json")
    assert values(archive, "b.txt")["kept"][0] == "true"
    assert [source.path for source in archive.sources] == ["a.html", "b.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a_html_yml", "title: [A\n"),
        ("a_html_yml", "just words\n"),
        ("a_html_yml", "title: A\ntitle: B\n"),
        ("a_html_yml", "a: &a x\nb: *a\n"),
        ("a_html_json", '{"title": }'),
        ("a_html_json", '{"title": "A", "title": "B"}'),
        ("a_html_yml", b"title: caf\xe9"),
    ],
)
def test_a_malformed_sidecar_is_noted_and_the_rest_goes_on(
    name: str, content: str | bytes, tmp_path: Path
) -> None:
    archive = opened(tmp_path, **{name: content, "catalogue_csv": "source,title\nb.txt,B\n"})
    note = archive.notes["a.html"][0]
    assert note.serious
    assert note.kind == "sidecar"
    assert any(name.replace("_", ".") in one for one in archive.warnings)
    assert "a.html" not in archive.given
    assert values(archive, "b.txt")["title"][0] == "B"


def test_a_sidecar_of_no_source_is_left_out_with_its_reason(tmp_path: Path) -> None:
    archive = opened(tmp_path, c_html_yml="title: C\n")
    assert [(one.path, "c.html" in one.reason) for one in archive.left_out] == [
        ("c.html.yml", True)
    ]


def test_a_correction_comes_before_the_catalogue_and_that_before_a_sidecar(tmp_path: Path) -> None:
    archive = opened(
        tmp_path,
        decisions_yml="fields:\n  - {source: a.html, field: title, value: One, who: M. Osei, "
        "when: 2026-01-05, reason: seen in print}\n",
        catalogue_csv="source,title\na.html,Two\n",
        a_html_yml="title: Three\n",
    )
    titles = [one.value for one in archive.given["a.html"] if one.field == "title"]
    assert titles == ["One", "Two", "Three"]
    said = archive.notes["a.html"][0].text
    for words in ("M. Osei", "2026-01-05", "“title”", "“One”", "seen in print"):
        assert words in said


@drawn(st.binary(max_size=400))
def test_any_bytes_called_a_catalogue_are_read_or_refused_in_words(content: bytes) -> None:
    problems = Problems()
    catalogue = read_catalogue(content, problems)
    assert catalogue.rows == () or not problems.found
    assert all(problem.startswith("catalogue.csv") for problem in problems.found)


@drawn(st.binary(max_size=300))
def test_any_bytes_called_yaml_or_json_are_read_or_refused_in_words(content: bytes) -> None:
    for read in (read_yaml, read_json):
        file = read("x.yml", content)
        assert all(problem.startswith("x.yml") for problem in file.problems)


@drawn(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20)))
def test_texts_that_are_dumped_as_yaml_come_out_as_they_were(written: dict[str, str]) -> None:
    assert read_yaml("x.yml", yaml.safe_dump(written).encode()).value == written
