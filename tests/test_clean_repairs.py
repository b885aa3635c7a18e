"""Repairs: small, mechanical, recorded, and refused by an editor's word."""

import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.clean import clean
from tearsheet.clean.repairs import mover, repaired, repairs_of
from tearsheet.clean.wrapped import continued
from tearsheet.model import AsItCame, Fate, FateRuling, Source
from tearsheet.pages.catalogue import catalogue
from tearsheet.pages.record import around, article
from tearsheet.readers import read
from tearsheet.readers.lines import read_lines
from tests.made import corpus, record

CASES = Path(__file__).parent / "cases" / "repairs"
UNITS = yaml.safe_load((CASES / "units.yml").read_text(encoding="utf-8"))
LINES = {case["name"]: case for case in yaml.safe_load((CASES / "lines.yml").read_text("utf-8"))}

DAMAGED = st.lists(
    st.sampled_from(["“ ", " ”", ',  " ', 'said:" The', "Ã©", "â€œ", "\u00ad", "\x07", "\x93", "\x94", "\u200b", "\u200d", "word", " ", "É»", '"', "."]),
    max_size=14,
).map("".join)  # fmt: skip
WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9),
    min_size=70,
    max_size=160,
)


def source_of(text: str) -> Source:
    return Source("a.txt", "", len(text), "text/plain", "utf-8", "", read_lines(text))


@pytest.mark.parametrize("case", UNITS["mended"], ids=lambda case: case["reads"])
def test_damage_is_mended_and_recorded(case: dict[str, object]) -> None:
    came = str(case["came"])
    repairs = repairs_of(1, came, misread=bool(case.get("misread")))
    assert repaired(came, repairs) == case["reads"]
    assert sorted({repair.kind for repair in repairs}) == case["kinds"]


@pytest.mark.parametrize("text", UNITS["same"])
def test_what_is_no_damage_stays(text: str) -> None:
    assert repairs_of(1, text, misread=True) == ()


@given(DAMAGED, st.booleans())
def test_a_mended_text_needs_no_more_mending(text: str, misread: bool) -> None:
    reads = repaired(text, repairs_of(1, text, misread=misread))
    assert repairs_of(1, reads, misread=misread) == ()


@given(DAMAGED)
def test_repairs_can_be_taken_back(text: str) -> None:
    repairs = repairs_of(1, text, misread=True)
    reads = repaired(text, repairs)
    back = reads
    for repair in reversed(repairs):
        at = mover(repairs)(repair.start)
        assert back[at : at + len(repair.after)] == repair.after
        back = back[:at] + repair.before + back[at + len(repair.after) :]
    assert back == text


@pytest.mark.parametrize("name", [name for name, case in LINES.items() if "joined" in case])
def test_lines_are_joined_where_a_width_broke_them(name: str) -> None:
    case = LINES[name]
    assert sorted(continued(source_of(case["came"]))) == case["joined"]


def test_a_divided_word_is_one_again_and_a_compound_keeps_its_hyphen() -> None:
    case = LINES["words divided at the line's end"]
    document = clean(source_of(case["came"]))
    assert case["reads"] in document.text
    assert {repair.kind for repair in document.repairs} == {"line", "hyphen"}


@given(WORDS, st.integers(min_value=40, max_value=90))
def test_wrapping_a_paragraph_is_undone(words: list[str], width: int) -> None:
    paragraph = " ".join(words)
    lines = textwrap.wrap(paragraph, width)
    widest = max(len(line) for line in lines)
    if len(lines) < 8 or textwrap.wrap(paragraph, widest) != lines:
        return
    assert clean(source_of("\n".join(lines))).text == paragraph


def test_every_line_of_a_joined_paragraph_keeps_its_address() -> None:
    document = clean(source_of(LINES["a mail wrapped at 56 characters"]["came"]))
    block = document.blocks[0]
    starts = {unit: document.text[at:].split()[0] for unit, at in block.further}
    assert [block.unit, *starts] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (starts[2], starts[5], starts[9]) == ("the", "blue", "the")
    made = record(document)
    page = article(made, around(made, catalogue(corpus(made))))
    assert [f'id="u{number}"' in page for number in range(1, 10)] == [True] * 9


def test_a_line_set_aside_by_the_editor_is_not_joined() -> None:
    source = source_of(LINES["a mail wrapped at 56 characters"]["came"])
    ruling = FateRuling(Fate.ADVERT, source="a.txt", unit=4)
    document = clean(source, (ruling,))
    assert "harbour master" not in document.text
    assert [block.unit for block in document.blocks][:2] == [1, 5]


def test_an_editor_may_have_a_text_as_it_came() -> None:
    text = "“ The quay is ours ” , the pilots of the harbour said again on Monday morning.\n"
    source = read("a.txt", text.encode())
    assert clean(source).text.startswith("“The quay")
    for word in (AsItCame("a.txt"), AsItCame("a.txt", unit=1), AsItCame("a.txt", kind="quotation")):
        left = clean(source, as_it_came=(word,))
        assert left.text.startswith("“ The quay") and not left.repairs
    assert clean(source, as_it_came=(AsItCame("a.txt", unit=2),)).repairs
