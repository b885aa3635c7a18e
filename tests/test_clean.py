"""Cleaning: the fate of every line of invented pages, and the editor's rulings."""

from pathlib import Path

import pytest
import yaml

from tearsheet.clean import clean
from tearsheet.model import TEXT_FATES, Document, Fate, FateRuling
from tearsheet.readers import read

CASES = Path(__file__).parent / "cases" / "clean"
TEXTS = yaml.safe_load((CASES / "texts.yml").read_text(encoding="utf-8"))
PAGES = yaml.safe_load((CASES / "pages.yml").read_text(encoding="utf-8"))
PARAGRAPH = "The harbour master said on Monday that the ferries would run again before winter."


def cleaned(text: str, rulings: tuple[FateRuling, ...] = ()) -> Document:
    return clean(read("a.txt", text.encode()), rulings)


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: str(case["name"]))
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "with blank lines"])
def test_every_line_of_a_page_gets_its_fate(case: dict[str, list[str]], between: str) -> None:
    wanted = [line.split(" | ", 1) for line in case["lines"]]
    document = cleaned(between.join(text for _, text in wanted))
    found = [entry.fate for entry in document.ledger if entry.fate is not Fate.BLANK]
    wrong = [
        f"{text[:50]}: {fate}, not {expected}"
        for (expected, text), fate in zip(wanted, found, strict=True)
        if not (fate in TEXT_FATES if expected == "text" else fate == expected)
    ]
    assert wrong == []


@pytest.mark.parametrize("case", PAGES, ids=lambda case: str(case["name"]))
def test_every_block_of_a_page_gets_its_fate(case: dict[str, str | list[str]]) -> None:
    document = clean(read("a.html", f"<!doctype html><meta charset=utf-8>{case['html']}".encode()))
    found = [
        f"{entry.fate.value} | {unit.text}"
        for entry, unit in zip(document.ledger, document.source.units, strict=True)
    ]
    wrong = [
        f"{one[:60]}, not {wanted}"
        for one, wanted in zip(found, case["units"], strict=True)
        if not one.startswith(wanted)
    ]
    assert wrong == []


def test_blank_lines_are_blank_and_every_reason_is_given() -> None:
    document = cleaned(f"{PARAGRAPH}\n\n \t\n{PARAGRAPH}\n")
    fates = [entry.fate for entry in document.ledger]
    assert fates == [Fate.PARAGRAPH, Fate.BLANK, Fate.BLANK, Fate.PARAGRAPH]
    assert all(entry.reason and 0 < entry.confidence <= 1 for entry in document.ledger)


def test_blocks_are_spans_of_the_text_and_anchor_their_units() -> None:
    document = cleaned(f"  {PARAGRAPH} \n\nAdvertisement\n\n{PARAGRAPH}\n")
    spans = [(block.anchor, document.text[block.start : block.end]) for block in document.blocks]
    assert spans == [("u1", PARAGRAPH), ("u5", PARAGRAPH)]


def test_a_page_without_prose_is_kept_in_doubt_and_noted() -> None:
    document = cleaned("Home\nNews\nSport\n")
    assert document.text == "Home\n\nNews\n\nSport"
    assert [(note.kind, note.serious) for note in document.notes] == [("cleaning", True)]


def test_a_page_of_which_nearly_all_goes_is_noted() -> None:
    furniture = "Related Articles\n" + "\n".join(
        f"Hanno Reddle | Shore | Mar {n}, 1912" for n in range(200)
    )
    document = cleaned(f"{PARAGRAPH}\n{PARAGRAPH}\n{furniture}\n")
    assert any(note.kind == "cleaning" and note.serious for note in document.notes)


def test_an_editors_ruling_on_a_unit_wins_over_a_pattern() -> None:
    rulings = (
        FateRuling(Fate.SUBSCRIBE, publication="The Gull", pattern="The harbour*"),
        FateRuling(
            Fate.QUOTATION, source="a.txt", unit=3, who="Kit", when="2026-01-05", reason="quoted"
        ),
    )
    document = cleaned(f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}\n", rulings)
    found = [(entry.fate, entry.by) for entry in document.ledger]
    assert found == [(Fate.SUBSCRIBE, "editor")] * 2 + [(Fate.QUOTATION, "editor")]
    assert document.ledger[2].reason == "quoted (Kit, 2026-01-05)"
    assert document.text == PARAGRAPH


def test_a_pattern_means_what_it_says_and_is_no_expression() -> None:
    rulings = (FateRuling(Fate.ADVERT, publication="x", pattern="the h.rbour*"),)
    assert cleaned(PARAGRAPH, rulings).ledger[0].fate is Fate.PARAGRAPH


def test_structure_of_a_page_survives() -> None:
    html = (
        "<!doctype html><nav><a href=/>Home</a></nav><article><h1>Ferries run again in the narrows</h1>"
        f"<p>{PARAGRAPH}</p><h2>The timetable</h2><p>{PARAGRAPH}</p><ul><li>The ferry of six runs daily.</li>"
        f"<li>The ferry of ten runs on Sundays.</li></ul><blockquote><p>{PARAGRAPH}</p></blockquote>"
        "<table><tr><td>six</td><td>daily</td></tr></table><pre>ferry  six  ten</pre>"
        "<figure><img src=x><figcaption>The quay at dawn</figcaption></figure>"
        f"<p>{PARAGRAPH}</p></article><footer><p>Copyright 1911 The Gull</p></footer>"
    )
    document = clean(read("a.html", html.encode()))
    assert [entry.fate.value for entry in document.ledger] == [
        "navigation", "title", "paragraph", "heading", "paragraph", "list", "list", "quotation",
        "table", "code", "caption", "paragraph", "legal",
    ]  # fmt: skip
