"""The laws of cleaning, and hostile sources: tests of results, not of time."""

import textwrap
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.clean import clean
from tearsheet.clean.repairs import by_unit, repaired
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
PROSE = (
    "The two companies have begun a dialogue that promises to shape the traffic of the narrows.",
    "The first was the safety of the narrows.",
    "The masters of six ferries took part in it, and told of their fears.",
    "“We hope to renew the agreement in the autumn, when the ice allows it,” he said.",
    "Nobody was hurt.",
)
SENTENCES = st.lists(st.sampled_from(PROSE), min_size=4, max_size=12).map(" ".join)
WRAPPED = st.tuples(SENTENCES, st.integers(34, 90)).map(lambda of: textwrap.fill(*of))
TEXTS = (
    st.lists(st.one_of(LINES, LINES, WRAPPED), min_size=1, max_size=40)
    .map("\n".join)
    .filter(str.strip)
)


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
def test_what_is_kept_and_what_is_set_aside_rebuild_the_source(text: str) -> None:
    document = clean(source_of(text))
    kept = dict(shown(document))
    rebuilt = [
        taken_back(document, unit.number, kept[unit.number])
        if unit.number in kept
        else unit.text + unit.ending
        for unit in document.source.units
    ]
    assert "".join(rebuilt) == text


@given(TEXTS)
def test_what_is_shown_is_the_source_with_its_repairs_and_is_never_empty(text: str) -> None:
    document = clean(source_of(text))
    assert document.text
    assert "".join(document.text.split()) == "".join(
        "".join(reads.split()) for _, reads in shown(document)
    )


def shown(document: Document) -> Iterator[tuple[int, str]]:
    """Give every shown unit with its ending, as it reads."""
    repairs = by_unit(document.repairs)
    for unit, entry in zip(document.source.units, document.ledger, strict=True):
        if entry.fate in SHOWN_FATES:
            yield unit.number, repaired(unit.text + unit.ending, repairs.get(unit.number, ()))


def taken_back(document: Document, number: int, reads: str) -> str:
    """Give a unit as it came: what stood before in the place of every repair."""
    for repair in document.repairs:
        if repair.unit == number:
            at = repair.start
            end = at + len(repair.after)
            assert reads[at:end] == repair.after
            assert repair.before != repair.after
            reads = reads[:at] + repair.before + reads[end:]
            assert len(repair.before) == repair.end - repair.start
    return reads


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
