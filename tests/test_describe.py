"""What is known of a document: cases as data, and what no description may do."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as drawn
from hypothesis import strategies as st

from tearsheet.clean import clean
from tearsheet.clean.wording import stands_in
from tearsheet.describe import describe
from tearsheet.describe.translation import (
    CALQUE_HINTS,
    CALQUES,
    QUOTE_HINTS,
    SPACED_QUOTE,
    STATED,
    STATED_HINTS,
)
from tearsheet.model import Claim, Description, Document, Fate
from tearsheet.readers import read
from tests.made import document

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "describe" / "texts.yml").read_text(encoding="utf-8")
)
ANCHOR = (Fate.PARAGRAPH, "The ferries of the sound lay at their moorings on Monday.")


def made(case: dict[str, Any]) -> Document:
    return document(*((Fate(fate), text) for fate, text in case["lines"]))


def page(
    head: str, body: str = "<p>The ferries of the sound lay at their moorings.</p>"
) -> Document:
    html = (
        f"<!doctype html><html><head>{head}</head><body><h1>Ferry strike</h1>{body}</body></html>"
    )
    return clean(read("page.html", html.encode()))


def given(field: str, value: str, found_in: str = "catalogue.csv row 2") -> Claim:
    return Claim(field, value, value, found_in, "given", 1.0)


def noted(description: Description, kind: str) -> str:
    return "\n".join(note.text for note in description.notes if note.kind == kind)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_each_text_is_described_as_an_archivist_would(case: dict[str, Any]) -> None:
    found = describe(made(case), day_first=case.get("day_first"))
    for field, value in case.get("claims", {}).items():
        claim = found.claims.get(field)
        assert (claim.value if claim else None) == value, field
    for field, how in case.get("how", {}).items():
        assert found.claims[field].how == how
    for kind, *words in case.get("notes", []):
        for word in words:
            assert word in noted(found, kind)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_claim_has_its_wording_where_it_says(case: dict[str, Any]) -> None:
    source = made(case).source
    for claim in describe(made(case), day_first=case.get("day_first")).claims.values():
        assert claim.original
        assert claim.found_in
        if claim.unit is not None:
            assert claim.original in source.units[claim.unit - 1].text
            assert claim.found_in == f"line {claim.unit}"


def test_nothing_is_claimed_of_nothing() -> None:
    found = describe(document((Fate.PARAGRAPH, "…")))
    assert dict(found.claims) == {}
    assert "not recorded" in noted(found, "retrieval")


# ---------------------------------------------------------------- HTML


def test_a_page_says_of_itself_what_its_machines_are_to_know() -> None:
    found = describe(
        page(
            '<meta property="og:title" content="Ferry strike"><meta property="og:site_name" content="The Sound Courier">'
            '<meta property="article:published_time" content="2017-09-14T08:05:00+02:00">'
            '<meta name="author" content="By Inga Solvang"><link rel=canonical href="https://courier.example/f">'
        )
    )
    values = {name: claim.value for name, claim in found.claims.items()}
    assert values["published"] == "2017-09-14T08:05+02:00"
    assert values["author"] == "Inga Solvang"
    assert values["publisher"] == "The Sound Courier"
    assert values["source_url"] == "https://courier.example/f"
    assert found.claims["published"].found_in == "meta article:published_time"


def test_two_statements_that_differ_are_both_listed() -> None:
    found = describe(
        page(
            '<meta property="article:published_time" content="2017-09-14">'
            '<meta name="dc.date" content="2016-01-02">'
        )
    )
    assert [(c.field, c.believed.value, c.other.value) for c in found.conflicts] == [
        ("published", "2017-09-14", "2016-01-02")
    ]
    assert "2016-01-02" in noted(found, "conflict")


def test_one_day_in_two_zones_is_no_disagreement() -> None:
    found = describe(
        page(
            '<meta property="article:published_time" content="2017-09-14T23:30:00-04:00">'
            '<meta name="dc.date" content="2017-09-15">'
        )
    )
    assert found.conflicts == ()


def test_a_day_in_the_address_dates_a_page_that_says_nothing_else() -> None:
    found = describe(page('<link rel=canonical href="https://courier.example/2017/09/14/ferries">'))
    assert found.claims["published"].value == "2017-09-14"
    assert found.claims["published"].how == "inferred"
    assert "inferred from the page's address" in noted(found, "date")


def test_time_elements_of_several_days_date_nothing() -> None:
    times = "<time datetime=2017-09-14>x</time><p>Ferries.</p><time datetime={}>y</time>"
    same = describe(page("", times.format("2017-09-14")))
    other = describe(page("", times.format("2019-01-02")))
    assert same.claims["published"].value == "2017-09-14"
    assert "published" not in other.claims


def test_a_page_that_is_not_free_says_so() -> None:
    script = '{"@type": "NewsArticle", "headline": "Ferry strike", "isAccessibleForFree": false}'
    found = describe(page(f'<script type="application/ld+json">{script}</script>'))
    assert found.claims["access"].value == "not free to read"
    assert "not free to read" in noted(found, "access")


def test_a_citing_tag_turns_the_name_round_and_a_system_date_is_none() -> None:
    found = describe(
        page(
            '<meta name="citation_author" content="Solvang, Inga">'
            '<meta name="citation_author" content="Adeyemi, Tom">'
            '<meta name="date" content="1970-01-01">'
        )
    )
    assert found.claims["author"].value == "Inga Solvang; Tom Adeyemi"
    assert "published" not in found.claims


# ---------------------------------------------------------------- the editor's word


def test_what_the_editor_gave_wins_and_what_it_replaced_is_listed() -> None:
    doc = document((Fate.TITLE, "Ferry strike"), (Fate.BYLINE, "Inga Solvang"), ANCHOR)
    found = describe(doc, (given("author", "I. Solvang-Berg"),))
    assert found.claims["author"].value == "I. Solvang-Berg"
    assert [(c.believed.found_in, c.other.value) for c in found.conflicts] == [
        ("catalogue.csv row 2", "Inga Solvang")
    ]


def test_a_struck_field_is_not_recorded() -> None:
    doc = document((Fate.TITLE, "Ferry strike"), (Fate.BYLINE, "Inga Solvang"), ANCHOR)
    found = describe(doc, (given("author", "", "decisions.yml"), given("author", "I. Solvang")))
    assert "author" not in found.claims


@pytest.mark.parametrize(
    ("written", "day_first", "value", "serious"),
    [
        ("14.09.2017", None, "2017-09-14", False),
        ("2017-9-4", None, "2017-09-04", False),
        ("04/09/2017", True, "2017-09-04", False),
        ("04/09/2017", None, "2017", True),
        ("spring 2017", None, "2017", False),
        ("some day", None, None, True),
    ],
)
def test_a_given_date_is_read_as_far_as_it_is_certain(
    written: str, day_first: bool | None, value: str | None, serious: bool
) -> None:
    found = describe(document(ANCHOR), (given("published", written),), day_first=day_first)
    claim = found.claims.get("published")
    assert (claim.value if claim else None) == value
    assert claim is None or claim.original == written
    assert any(note.serious for note in found.notes if "catalogue" in note.text) is serious


def test_a_checksum_that_is_not_the_files_is_a_serious_note() -> None:
    doc = document(ANCHOR)
    wrong = describe(doc, (given("sha256", "f" * 64),))
    right = describe(doc, (given("sha256", doc.source.sha256.upper()),))
    assert [note.serious for note in wrong.notes if note.kind == "fixity"] == [True]
    assert [note.serious for note in right.notes if note.kind == "fixity"] == [False]
    assert "is not the one" in noted(wrong, "fixity")


def test_a_publication_after_its_retrieval_is_flagged() -> None:
    found = describe(
        document(ANCHOR), (given("published", "2020-06-12"), given("retrieved", "2020-06-11"))
    )
    assert "one of them is wrong" in noted(found, "date")


def test_a_column_of_the_editors_own_is_kept() -> None:
    found = describe(document(ANCHOR), (given("shelfmark", "K 12"),))
    assert found.claims["shelfmark"].value == "K 12"


# ---------------------------------------------------------------- the five real sources


@pytest.fixture(scope="session")
def described(real_sources: Path) -> dict[str, Description]:
    """What is said of each of the five, by the number their names begin with."""
    return {
        file.name[:3]: describe(clean(read(file.name, file.read_bytes())))
        for file in sorted(real_sources.glob("*.txt"))
    }


def claimed(found: Description, field: str) -> str | None:
    claim = found.claims.get(field)
    return claim.value if claim else None


def test_of_the_real_sources_no_wrong_value_is_stated(described: dict[str, Description]) -> None:
    dates = {number: claimed(one, "published") for number, one in described.items()}
    assert dates["000"] in ("2020", "2020-06-05")
    assert dates["002"] == "2020-06-11"
    assert dates["003"] is None
    assert all(dates[number] in (None, "2020-06", "2020") for number in ("001", "004"))
    assert all(described[n].claims["published"].how == "inferred" for n in ("001", "004"))
    assert claimed(described["002"], "updated") == "2020-06-12"
    authors = {number: claimed(one, "author") for number, one in described.items()}
    assert [n for n, author in authors.items() if author] == ["000", "004"]
    assert all(author is None or len(author.split()) == 2 for author in authors.values())
    assert [n for n, one in described.items() if claimed(one, "translation")] == ["001", "004"]
    assert "55.95 %" in noted(described["001"], "paywall")
    assert claimed(described["002"], "completeness") == "cut off by a registration wall"
    assert len((claimed(described["004"], "topics") or "").split("; ")) == 3


# ---------------------------------------------------------------- laws

LINES = st.lists(
    st.tuples(
        st.sampled_from(sorted(set(Fate) - {Fate.BLANK})),
        st.one_of(
            st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())),
            st.sampled_from(
                [
                    "By Anna Berg and TOM ADEYEMI, Reuters",
                    "Updated 03/04/2019, published 2/3/19 at 9 pm",
                    "© 2019 The Sound Courier. All rights reserved.",
                    "Source: AFP via The Ebb",
                    "You have 12,5% of this article left to read",
                    "Thursday, June 11 was the day after 2019",
                    "“  I said,  ”he decrypts the winter of the Sound",
                ]
            ),
        ),
    ),
    max_size=12,
)


@drawn(LINES, st.sampled_from([None, True, False]))
def test_whatever_the_text_every_claim_has_its_evidence_and_its_place(
    lines: list[tuple[Fate, str]], day_first: bool | None
) -> None:
    doc = document(*lines)
    found = describe(doc, day_first=day_first)
    for field, claim in found.claims.items():
        assert claim.field == field
        assert claim.value
        assert claim.original
        assert 0 < claim.confidence <= 1
        if claim.unit is not None:
            assert claim.original in doc.source.units[claim.unit - 1].text
    for note in found.notes:
        assert note.text.endswith((".", "”", "…"))
        assert note.unit is None or 1 <= note.unit <= len(doc.source.units)


@drawn(LINES)
def test_a_list_of_other_articles_changes_nothing_that_is_claimed(
    lines: list[tuple[Fate, str]],
) -> None:
    before = [*lines, ANCHOR]
    related = [
        (Fate.RELATED, "More from the harbour"),
        (Fate.BYLINE, "By Petra Holm"),
        (Fate.DATE, "Published 12 March 2021"),
    ]
    alone = describe(document(*before)).claims
    followed = describe(document(*before, *related)).claims
    for field in ("author", "published", "updated"):
        assert alone.get(field) == followed.get(field)


@pytest.mark.parametrize(
    "line",
    [
        "a " * 200_000,
        "(" * 300_000,
        "© " * 100_000,
        "By " * 100_000,
        "1/" * 200_000,
        "“ " * 100_000,
    ],
    ids=["words", "brackets", "copyright", "by", "numbers", "quotes"],
)
def test_a_line_without_end_is_described_in_bounded_time(line: str) -> None:
    for fate in (Fate.PARAGRAPH, Fate.BYLINE, Fate.LEGAL, Fate.SUBSCRIBE, Fate.TITLE):
        started = time.process_time()
        describe(document((fate, line), ANCHOR))
        assert time.process_time() - started < 3


TITLED = '<meta property="og:title" content="Ferry strike">'
PROSE = "".join(
    f"<p>{'The ferries of the sound lay at their moorings. ' * 4}</p>" for _ in range(4)
)


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        # the day that readers got it, where machines are told the system's
        ("2017-09-15T02:41:00Z", "September 14, 2017", "2017-09-14"),
        ("2025-03-01", "September 14, 2017", "2017-09-14"),
        # a later day under the title may be that of an update
        ("2017-09-14", "March 1, 2025", "2017-09-14"),
    ],
)
def test_an_earlier_day_under_the_title_is_believed_before_the_machines_day(
    head: str, line: str, day: str
) -> None:
    meta = f'{TITLED}<meta property="article:published_time" content="{head}">'
    found = describe(page(meta, f"<p class=date>{line}</p>{PROSE}"))
    assert found.claims["published"].value[:10] == day


def test_a_time_element_that_the_page_calls_its_update_is_no_day_of_publication() -> None:
    body = f"<p>Updated <time datetime=2017-09-20>September 20, 2017</time></p>{PROSE}"
    claims = describe(page(TITLED, body)).claims
    assert "published" not in claims
    assert claims["updated"].value == "2017-09-20"


@pytest.mark.parametrize(
    ("head", "day", "why"),
    [
        ('<meta name="build-time" content="2017-09-04T10:00:00Z">', "2017-09-04", "to machines"),
        ("<link rel=canonical href=https://courier.example/2017/sep/04/f>", "2017-09-04", "to machines"),
        ("<link rel=canonical href=https://courier.co.uk/f>", "2017-09-04", "Britain"),
        ("<link rel=canonical href=https://harbour.gov/f>", "2017-04-09", "United States"),
    ],
)  # fmt: skip
def test_a_date_in_two_readings_is_settled_by_what_the_page_says_elsewhere(
    head: str, day: str, why: str
) -> None:
    found = describe(page(f"{TITLED}{head}", f"<p class=date>04/09/2017</p>{PROSE}"))
    assert found.claims["published"].value == day
    assert why in noted(found, "date")


def test_a_month_in_words_dates_an_address_too() -> None:
    head = "<link rel=canonical href=https://courier.example/2017/september/14/ferries>"
    assert describe(page(head)).claims["published"].value == "2017-09-14"


def test_days_of_comments_that_are_marked_as_publications_date_nothing() -> None:
    comments = "".join(
        f"<p>Petra Holm <time itemprop=datePublished datetime=2019-0{month}-11>then</time></p>"
        for month in (3, 4, 5)
    )
    assert "published" not in describe(page(TITLED, f"{PROSE}{comments}")).claims


def test_a_tag_of_the_pages_own_name_that_says_it_is_the_day_is_believed() -> None:
    found = describe(page('<meta name="w-published-date" content="2017-09-14T06:03:43Z">'))
    assert found.claims["published"].found_in == "meta w-published-date"


@drawn(st.sampled_from(CALQUES).flatmap(lambda one: st.from_regex(one.pattern)))
def test_the_quick_test_of_calques_misses_none(text: str) -> None:
    assert stands_in(CALQUE_HINTS, text.casefold().replace("ı", "i"))


@drawn(st.from_regex(STATED))
def test_the_quick_test_of_a_stated_translation_misses_none(text: str) -> None:
    assert stands_in(STATED_HINTS, text.casefold().replace("ı", "i"))


@drawn(st.from_regex(SPACED_QUOTE))
def test_the_quick_test_of_spaced_quotation_marks_misses_none(text: str) -> None:
    assert stands_in(QUOTE_HINTS, text)
