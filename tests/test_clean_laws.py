"""The laws of cleaning, and hostile sources: tests of results, not of time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.clean import clean
from tearsheet.clean.repairs import repaired
from tearsheet.model import SHOWN_FATES, Document, Fate, Source
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
            '“ We hope so ” , he said,  " and so do they.',
            "â€œWe hope so,â€\x9d said CÃ©line.",
            "zero\u200bwidth, soft\u00adhyphen and \x07 a bell",
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
def test_what_is_shown_is_the_source_with_its_repairs_and_is_never_empty(text: str) -> None:
    document = clean(source_of(text))
    shown = [entry.unit for entry in document.ledger if entry.fate in SHOWN_FATES]
    assert document.text
    assert "".join(document.text.split()) == "".join(
        "".join(read_with_repairs(document, number).split()) for number in shown
    )


@given(TEXTS)
def test_every_repair_says_what_stood_at_its_place(text: str) -> None:
    document = clean(source_of(text))
    for repair in document.repairs:
        unit = document.source.units[repair.unit - 1]
        assert (unit.text + unit.ending)[repair.start : repair.end] == repair.before
        assert repair.before != repair.after


def read_with_repairs(document: Document, number: int) -> str:
    unit = document.source.units[number - 1]
    whole = unit.text + unit.ending
    return repaired(whole, [one for one in document.repairs if one.unit == number])


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
