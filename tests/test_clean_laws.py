"""The laws of cleaning, and hostile sources: tests of results, not of time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.clean import clean
from tearsheet.model import SHOWN_FATES, Fate, Source
from tearsheet.readers import read

LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "Advertisement",
            "Related Articles",
            "Comments",
            "Read more",
            "By Ada Quillfeather",
            "May 4, 1911",
            "Topics covered",
            "Share this article on Facebook",
            "Sign up for our newsletter",
            "Ferry companies launch talks to mend ties",
            "Pilots in the balance",
            "  • Elsingham",
            "— Port of Elsingham (@PortElsingham) May 4, 2011",
            "The quay at dawn in Port Elsingham, May 4.",
            "You have 61.4% of this article left to read.",
            "Editor's note: this article has been updated.",
            "© 1911 The Gull. All rights reserved.",
            "The two companies have begun a dialogue that promises to shape the traffic of the narrows.",
            "The first was the safety of the narrows. The masters of six ferries took part in it, and told of their fears.",
            "“We hope to renew the agreement in the autumn, when the ice allows it,” he said on Monday at the Guildhall.",
            "No.",
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
)
TEXTS = st.lists(LINES, min_size=1, max_size=40).map("\n".join).filter(str.strip)


def source_of(text: str) -> Source:
    from tearsheet.readers.lines import read_lines

    return Source("a.txt", "", len(text), "text/plain", "utf-8", "", read_lines(text))


@given(TEXTS)
def test_every_unit_has_exactly_one_fate(text: str) -> None:
    document = clean(source_of(text))
    assert [entry.unit for entry in document.ledger] == [
        unit.number for unit in document.source.units
    ]
    blank = [entry.unit for entry in document.ledger if entry.fate is Fate.BLANK]
    assert blank == [unit.number for unit in document.source.units if not unit.text.strip()]


@given(TEXTS)
def test_kept_text_is_a_subsequence_of_the_sources_and_never_empty(text: str) -> None:
    document = clean(source_of(text))
    units = {unit.number: unit.text for unit in document.source.units}
    kept = [units[e.unit].strip() for e in document.ledger if e.fate in SHOWN_FATES]
    assert document.text == "\n\n".join(kept)
    assert document.text
    assert [document.text[block.start : block.end] for block in document.blocks] == kept


@settings(max_examples=300)
@given(TEXTS)
def test_cleaning_the_cleaned_changes_nothing(text: str) -> None:
    once = clean(source_of(text)).text
    assert clean(source_of(once)).text == once


def test_a_paragraph_of_eight_megabytes_is_one_paragraph() -> None:
    text = "The harbour was quiet and the ferries ran on time. " * 160_000
    document = clean(read("a.txt", text.encode()))
    assert [entry.fate for entry in document.ledger] == [Fate.PARAGRAPH]
    assert document.text == text.strip()


def test_200_000_lines_of_one_character_are_all_accounted_for() -> None:
    document = clean(read("a.txt", b"a\n" * 200_000))
    assert len(document.ledger) == 200_000
    assert document.text.count("a") == 200_000


def test_30_000_nested_elements_are_all_read() -> None:
    sentence = "The harbour was quiet and the ferries ran on time all day long, he said."
    html = "<!doctype html>" + "<div>x" * 30_000 + f"<p>{sentence}</p>"
    document = clean(read("a.html", html.encode()))
    assert len(document.ledger) == 30_001
    assert document.ledger[-1].fate is Fate.PARAGRAPH


def test_signs_that_tempt_a_regular_expression_are_harmless() -> None:
    for odd in ("." * 400 + "a", "| " * 200 + "z", "share " * 23 + "!z", "(((" * 100, "a-" * 200):
        text = "\n".join([odd] * 2_000)
        assert len(clean(read("a.txt", text.encode())).ledger) == 2_000
