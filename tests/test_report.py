"""The build report: the gravest first, and every line that it suggests settles its finding."""

from pathlib import Path

import yaml

from tearsheet.archive import open_archive
from tearsheet.commands import load
from tearsheet.model import Finding
from tearsheet.pages.catalogue import catalogue
from tearsheet.report import KINDS

PROSE = (
    "The pilots of Port Elsingham met on Monday to talk about the safety of the narrows, "
    "and six of them told what they had seen from the water on the night of the ferry.\n\n"
)
SOURCES = {
    "plain.txt": "Ferry strikes quay\n\n" + PROSE * 3,
    "two-ways.txt": "Pilots meet again\n\nPublished: 05-06-2020\n\n" + PROSE * 2 + "And so it ended there.\n",
    "names.txt": "Two of one name\n\nAnna Berg met Otto Berg at the quay on Monday, the harbour office said in the evening. "
    "Berg said that the ferry would sail on Friday, and nobody at the quay believed it then.\n",
    "given.txt": "Harbour to close\n\nBy Tam Brightwater\n\n4 May 2020\n\n" + PROSE * 2,
}  # fmt: skip
CATALOGUE = "source,author,shelf\ngiven.txt,Orla Finch,B 12\n"
SETTLED = {"…": {"published": "2020-05-04", "publisher": "The Gull", "title": "A title"}}


def findings_of(folder: Path) -> tuple[Finding, ...]:
    return catalogue(load(open_archive(folder), (), lambda *_: None)).findings


def scratch(folder: Path) -> Path:
    (folder / "sources").mkdir(parents=True)
    for name, text in SOURCES.items():
        (folder / "sources" / name).write_text(text, encoding="utf-8")
    (folder / "sources" / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 400)
    (folder / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    return folder


def decided(found: tuple[Finding, ...]) -> str:
    """Write the suggested lines as decisions.yml, with a value where the editor is to give one."""
    parts: dict[str, list[dict[str, object]]] = {}
    for one in found:
        if one.part and one.line:
            (ruling,) = yaml.safe_load(one.line)
            if ruling.get("value") == "…":
                ruling["value"] = SETTLED["…"][ruling["field"]]
            parts.setdefault(one.part, []).append(ruling)
    return yaml.safe_dump(parts, allow_unicode=True)


def test_every_suggested_line_settles_its_finding(tmp_path: Path) -> None:
    folder = scratch(tmp_path / "archive")
    before = findings_of(folder)
    suggested = {(one.kind, one.path, one.text) for one in before if one.line}
    assert {kind for kind, _, _ in suggested} >= {"conflict", "ambiguous", "publisher", "date"}
    (folder / "decisions.yml").write_text(decided(before), encoding="utf-8")
    after = {(one.kind, one.path, one.text) for one in findings_of(folder)}
    assert suggested & after == set()


def test_findings_come_with_the_gravest_first(tmp_path: Path) -> None:
    found = [one.kind for one in findings_of(scratch(tmp_path / "archive"))]
    assert found == sorted(found, key=list(KINDS).index)
    assert found[0] == "rejected"


def test_an_ambiguous_date_is_suggested_as_a_day_with_the_other_reading_named(
    tmp_path: Path,
) -> None:
    found = findings_of(scratch(tmp_path / "archive"))
    (line,) = [one.line or "" for one in found if one.kind == "ambiguous"]
    assert yaml.safe_load(line)[0]["value"] == "2020-06-05"
    assert line.endswith("# or 2020-05-06")
