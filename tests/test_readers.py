"""Reading plain text: encodings, lines, and what is refused."""

import hashlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.errors import SourceRejected
from tearsheet.readers import read
from tearsheet.readers.lines import read_lines

CASES = Path(__file__).parent / "cases" / "readers"
ENCODINGS = yaml.safe_load((CASES / "encodings.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ENCODINGS, ids=lambda case: str(case["name"]))
def test_a_text_is_decoded_and_the_evidence_recorded(case: dict[str, str]) -> None:
    content = case["text"].encode(case["codec"])
    source = read("a.txt", content)
    assert source.text == case["text"]
    assert source.encoding == case["encoding"]
    assert case["evidence"] in source.encoding_evidence
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.size == len(content)


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    source = read("a.txt", b"one\r\ntwo\rthree\x0bstill three\x0cand still\n\nfive")
    assert [(unit.number, unit.text, unit.ending) for unit in source.units] == [
        (1, "one", "\r\n"),
        (2, "two", "\r"),
        (3, "three\x0bstill three\x0cand still", "\n"),
        (4, "", "\n"),
        (5, "five", ""),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_units_rebuild_the_text_to_the_character(text: str) -> None:
    units = read_lines(text)
    assert "".join(unit.text + unit.ending for unit in units) == text
    assert [unit.number for unit in units] == list(range(1, len(units) + 1))


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_at_all_are_read_or_refused_with_a_reason(content: bytes) -> None:
    try:
        source = read("odd.txt", content)
    except SourceRejected as refusal:
        assert "odd.txt: found" in str(refusal) and "expected" in str(refusal)
        return
    source.text.encode("utf-8")
    assert source.units


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b" \n\t\r\n", "white space alone"),
        (bytes(range(256)) * 8, "binary content"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"%PDF-1.7\n%abc", "a PDF document"),
        (b"PK\x03\x04 word/document.xml", "a ZIP archive"),
        (b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "MHTML"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, found: str) -> None:
    with pytest.raises(SourceRejected) as refusal:
        read("clippings/a.txt", content)
    message = str(refusal.value)
    assert message.startswith("clippings/a.txt: found ") and found in message
    assert "expected text or saved HTML;" in message


def test_undecodable_bytes_are_shown_and_listed_with_their_lines() -> None:
    source = read("a.txt", "Öl über Äcker\nund ".encode() + b"\xff more\n")
    assert source.encoding == "utf-8"
    assert source.units[1].text == "und \ufffd more"
    assert any("0xFF in line 2" in note.text for note in source.notes)


def test_a_text_cut_off_inside_a_character_is_still_utf8() -> None:
    source = read("a.txt", "Die Brücke über den Fluß".encode()[:-1])
    assert (source.encoding, source.units[0].text[-1]) == ("utf-8", "\ufffd")


def test_control_characters_stay_and_are_noted() -> None:
    source = read("a.txt", b"A quiet line of text.\nA bell\x07 rang\x00 twice.\n")
    assert source.units[1].text == "A bell\x07 rang\x00 twice."
    assert [(note.kind, note.unit) for note in source.notes] == [("control", 2)]


def test_text_decoded_wrongly_before_is_kept_and_noted() -> None:
    damaged = "Itâ€™s the mayorâ€™s cafÃ©."
    source = read("a.txt", damaged.encode())
    assert source.units[0].text == damaged
    assert [(note.kind, note.serious, note.unit) for note in source.notes] == [
        ("encoding", True, 1)
    ]


def test_accented_text_is_not_taken_for_damage() -> None:
    source = read("a.txt", "«CAFÉ» À Évian, São Paulo; ÉTÉ à Genève.".encode())
    assert source.notes == ()


def test_the_media_type_goes_by_content_not_by_name() -> None:
    assert read("a.html", b"Only words here, 3 < 4.\n").media_type == "text/plain"
    assert read("a.txt", b"  <!DOCTYPE html><p>Words</p>").media_type == "text/html"
    assert read("a.txt", b"Write <p> for a paragraph.\n").media_type == "text/plain"
    assert read("a.htm", b"<p>Words</p>").media_type == "text/html"
