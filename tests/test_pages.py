"""The pages of an archive: what stands on each, and that nothing is left out."""

import pytest
from msgspec.structs import replace

from tearsheet.model import (
    FIELDS,
    Accession,
    Conflict,
    Corpus,
    Description,
    Entity,
    Fate,
    Note,
    Page,
    Record,
    Rejected,
    ReviewPair,
    SharedText,
    Takedown,
)
from tearsheet.pages.compose import compose
from tests.made import claims, corpus, document, mentions_of, record

ANNA = Entity("anna-berg", "Anna Berg", "person", aliases=("Berg",))
PORT = Entity("port-authority", "Port Authority", "organisation")


def laid_out(made: Corpus) -> dict[str, Page]:
    pages = list(compose(made))
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}


def with_values(**values: tuple[str, ...]) -> Corpus:
    """Give a corpus of one record for each value of a field."""
    ((field, several),) = values.items()
    return corpus(
        *(
            record(
                document((Fate.PARAGRAPH, "Anna Berg spoke."), path=f"r{n}.txt"),
                number=n,
                values={field: value},
            )
            for n, value in enumerate(several, 1)
        )
    )


def matter(page: Page, *keys: str | int) -> object:
    value: object = dict(page.front_matter)
    for key in keys:
        value = value[key]  # type: ignore[index]  # a test knows what it put in
    return value


def one_record(**values: str) -> Record:
    made = document(
        (Fate.TITLE, "The quay"),
        (Fate.BLANK, ""),
        (Fate.STANDFIRST, "What happened at the quay."),
        (Fate.PARAGRAPH, "Anna Berg spoke. Later Anna Berg left the Port Authority."),
        (Fate.HEADING, "After the vote"),
        (Fate.QUOTATION, "We were not asked."),
        (Fate.SUBSCRIBE, "Sign up for our letter"),
        (Fate.COMMENTS, "Leave a reply"),
        (Fate.COMMENTS, "Your name"),
        path="quay.txt",
    )
    found = (*mentions_of(made, "Anna Berg", ANNA), *mentions_of(made, "Port Authority", PORT))
    return record(made, mentions=sorted(found, key=lambda one: one.start), values=values)


def test_a_record_reads_like_the_article() -> None:
    page = laid_out(corpus(one_record(), entities=[ANNA, PORT]))["records/quay.md"]
    assert page.body.split("\n\n") == [
        "What happened at the quay.\n{: #u3 .standfirst }",
        "[Anna Berg](../entities/anna-berg.md){: .entity .person } spoke. Later Anna Berg left the "
        "[Port Authority](../entities/port-authority.md){: .entity .organisation }.\n{: #u4 }",
        "## After the vote {: #u5 }",
        "> We were not asked.\n> {: #u6 }",
    ]


def test_every_known_field_has_a_row_on_the_card() -> None:
    made = corpus(one_record(title="The quay", published="2020-06"), entities=[ANNA, PORT])
    rows = matter(laid_out(made)["records/quay.md"], "claims")
    assert isinstance(rows, list)
    assert [row["field"] for row in rows] == list(FIELDS)
    recorded = {row["field"]: row["value"] for row in rows if row["value"] is not None}
    assert recorded == {"title": "The quay", "published": "2020-06"}


def test_a_column_of_the_editors_own_is_shown_too() -> None:
    made = record(document((Fate.PARAGRAPH, "Text.")))
    claim = claims(title="x")["title"]
    own = Description({"shelf_mark": claim})
    page = laid_out(corpus(Record(made.accession, made.document, own, ())))["records/a.md"]
    rows = matter(page, "claims")
    assert isinstance(rows, list)
    assert (rows[-1]["label"], rows[-1]["value"]) == ("Shelf mark", "x")


def test_every_unit_that_was_set_aside_can_be_read() -> None:
    page = laid_out(corpus(one_record(), entities=[ANNA, PORT]))["records/quay.md"]
    assert matter(page, "set_aside", "total") == 3
    groups = matter(page, "set_aside", "groups")
    assert isinstance(groups, list)
    shown = {unit["number"]: unit["text"] for group in groups for unit in group["units"]}
    assert shown == {7: "Sign up for our letter", 8: "Leave a reply", 9: "Your name"}


def test_a_flood_of_set_aside_text_stays_in_the_source_view() -> None:
    lines = [(Fate.COMMENTS, f"comment {n} " + "x" * 200) for n in range(500)]
    made = record(document((Fate.PARAGRAPH, "Text."), *lines))
    pages = laid_out(corpus(made))
    assert matter(pages["records/a.md"], "set_aside", "groups", 0, "count") == 500
    units = matter(pages["records/a.md"], "set_aside", "groups", 0, "units")
    assert isinstance(units, list)
    assert 0 < len(units) < 50
    views = [page for path, page in pages.items() if path.startswith("records/a/source")]
    assert sum(page.body.count("<li ") for page in views) == 501


def test_the_source_view_shows_every_unit_with_its_fate_and_reason() -> None:
    page = laid_out(corpus(one_record(), entities=[ANNA, PORT]))["records/quay/source.md"]
    assert page.body.count("<li ") == 9
    assert '<li id="u7" class="fate-subscribe" value="7">' in page.body
    assert "looks like subscribe (90% sure)" in page.body


def test_a_hostile_unit_is_text_in_the_source_view() -> None:
    made = record(document((Fate.PARAGRAPH, "</pre><script>alert(1)</script>\x00")))
    page = laid_out(corpus(made))["records/a/source.md"]
    assert "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd</pre>" in page.body


def test_records_are_listed_by_date_and_by_publication() -> None:
    first = record(
        document((Fate.PARAGRAPH, "x"), path="x.txt"), number=1, values={"published": "2021-02-03"}
    )
    second = record(
        document((Fate.PARAGRAPH, "y"), path="y.txt"),
        number=2,
        values={"published": "2020", "publisher": "The Ebb", "title": "Why *not*"},
    )
    third = record(document((Fate.PARAGRAPH, "z"), path="z.txt"), number=3)
    pages = laid_out(corpus(first, second, third))
    assert [line.split(" ·")[0] for line in pages["dates/index.md"].body.splitlines()] == [
        "- [2020](../dates/2020.md)",
        "- [2021](../dates/2021.md)",
        "- [Date not recorded](../dates/undated.md)",
    ]
    assert pages["publications/the-ebb.md"].body == (
        "- 2020: [Why &#42;not&#42;](../records/y.md) · *The Ebb*"
    )
    assert "../records/x.md" in pages["publications/not-recorded.md"].body
    assert "../records/z.md" in pages["publications/not-recorded.md"].body


def test_two_spellings_of_a_paper_are_one_publication() -> None:
    made = [
        record(
            document((Fate.PARAGRAPH, "x"), path=f"{n}.txt"), number=n, values={"publisher": name}
        )
        for n, name in enumerate(["THE EBB", "Ebb", "The Ebb", "The Ebb"], 1)
    ]
    pages = laid_out(corpus(*made))
    assert (
        pages["publications/index.md"].body == "- [The Ebb](../publications/the-ebb.md) · 4 records"
    )


def test_previous_and_next_follow_time_and_skip_the_undated() -> None:
    made = [
        record(document((Fate.PARAGRAPH, "x"), path=f"{name}.txt"), number=n, values=values)
        for n, (name, values) in enumerate(
            (("c", {"published": "2021"}), ("a", {"published": "2020-06"}), ("u", None)), 1
        )
    ]
    pages = laid_out(corpus(*made))
    assert matter(pages["records/c.md"], "previous", "href") == "records/a/"
    assert matter(pages["records/a.md"], "next", "href") == "records/c/"
    assert matter(pages["records/a.md"], "previous") is None
    assert matter(pages["records/u.md"], "next") is None


def test_a_long_list_is_paged() -> None:
    made = [
        record(
            document((Fate.PARAGRAPH, "x"), path=f"r{n:03}.txt"),
            number=n,
            values={"published": "2020"},
        )
        for n in range(1, 251)
    ]
    pages = laid_out(corpus(*made))
    further = sum(path.startswith("dates/2020/page-") for path in pages)
    last = f"dates/2020/page-{further + 1}.md"
    parts = [
        pages["dates/2020.md"],
        *(pages[f"dates/2020/page-{n + 2}.md"] for n in range(further)),
    ]
    counts = [page.body.count("\n- [") + page.body.startswith("- [") for page in parts]
    assert sum(counts) == 250 and max(counts) <= 100
    assert "](../records/r001.md)" in parts[0].body
    assert "](../../records/r250.md)" in pages[last].body
    more = laid_out(corpus(*made, replace(made[0], accession=replace(made[0].accession, number="0251", slug="r251", path="r251.txt"))))  # fmt: skip
    changed = [path for path, page in pages.items() if "dates/2020" in path and page != more[path]]
    assert changed == ["dates/2020.md", last]


def test_the_register_has_a_row_for_every_file_whatever_became_of_it() -> None:
    lost = Accession("0002", "lost", "lost.txt", "b" * 64, 1, "text/plain", "withdrawn")
    bad = Accession("0003", "bad", "bad.txt", "c" * 64, 1, "application/octet-stream", "rejected")
    shown = one_record()
    made = corpus(
        shown,
        entities=[ANNA, PORT],
        register=(shown.accession, lost, bad),
        rejected=(Rejected("bad.txt", "it is empty", "c" * 64), Rejected("link", "leaves")),
        takedowns=(Takedown("lost.txt", "asked by its author"),),
    )
    pages = laid_out(made)
    rows = pages["register/index.md"].body.splitlines()
    assert len(rows) == 2 + 4
    assert all(mark in rows[4] for mark in ("0003", "rejected", "it is empty", "c" * 64))
    assert "asked by its author" in pages["records/lost.md"].body
    assert "it is empty" in pages["records/bad.md"].body


def test_names_in_doubt_are_listed_with_their_reason() -> None:
    made = corpus(
        one_record(),
        entities=[ANNA, PORT],
        review=(ReviewPair("anna-berg", "port-authority", 0.5, "share a word"),),
    )
    body = laid_out(made)["archive/review.md"].body
    assert "[Anna Berg](../entities/anna-berg.md)" in body
    assert "share a word (50%)" in body


def test_serious_notes_come_first() -> None:
    notes = [Note("a", "small"), Note("b", "grave", serious=True, unit=4)]
    made = record(document((Fate.PARAGRAPH, "x")), notes=notes)
    rows = matter(laid_out(corpus(made))["records/a.md"], "notes")
    assert rows == [
        {"kind": "b", "text": "grave", "serious": True, "href": "records/a/source/#u4"},
        {"kind": "a", "text": "small", "serious": False, "href": None},
    ]


def test_a_conflict_is_shown_with_both_values() -> None:
    made = record(document((Fate.PARAGRAPH, "x")))
    believed, other = claims(title="Given")["title"], claims(title="Stated")["title"]
    description = Description({"title": believed}, (Conflict("title", believed, other),))
    page = laid_out(corpus(Record(made.accession, made.document, description, ())))["records/a.md"]
    assert matter(page, "conflicts", 0, "believed") == "Given"
    assert matter(page, "conflicts", 0, "other") == "Stated"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "https://example.org/a?b=1&c=(2)"])
def test_an_address_is_linked_only_where_it_is_safe(target: str) -> None:
    made = record(document((Fate.PARAGRAPH, "x")), values={"source_url": target})
    rows = matter(laid_out(corpus(made))["records/a.md"], "claims")
    assert isinstance(rows, list)
    row = next(row for row in rows if row["field"] == "source_url")
    assert row["value"] == target
    assert (row["href"] is None) == target.startswith("javascript")


def test_the_same_text_elsewhere_is_named_with_how_much_of_it() -> None:
    first, second = (
        replace(
            record(document((Fate.PARAGRAPH, "x"), path=f"{name}.txt"), number=n, values=values),
            same_text=(SharedText(f"{other}.txt", 0.54, "shared"),),
        )
        for n, (name, other, values) in enumerate(
            (("a", "b", {"published": "2020-02"}), ("b", "a", {"published": "2020-01-05"})), 1
        )
    )
    rows = matter(laid_out(corpus(first, second))["records/a.md"], "versions")
    assert rows == [
        {
            "title": "Untitled: b.txt",
            "href": "records/b/",
            "date": "5 January 2020",
            "publisher": None,
            "share": "54%",
            "kind": "shared",
            "earliest": True,
        }
    ]


def test_the_same_corpus_gives_the_same_pages() -> None:
    made = corpus(one_record(title="x", published="2020"), entities=[ANNA, PORT])
    assert list(compose(made)) == list(compose(made))


def test_an_empty_archive_still_has_its_pages() -> None:
    pages = laid_out(corpus())
    assert {"index.md", "dates/index.md", "register/index.md", "archive/about.md"} <= set(pages)


def test_topics_have_pages_in_the_spelling_that_most_sources_use() -> None:
    pages = laid_out(with_values(topics=("Harbour; Pilots", "harbour", "Harbour")))
    assert "[Harbour](../topics/harbour.md)" in pages["topics/index.md"].body
    assert pages["topics/harbour.md"].front_matter["summary"] == "3 records"
    assert pages["topics/pilots.md"].front_matter["summary"] == "1 record"


def test_a_year_is_told_day_by_day_and_no_day_is_made_up() -> None:
    dates = ("2020-05-04T10:00Z", "2020-05-04", "2020-05", "2020")
    body = laid_out(with_values(published=dates))["dates/2020.md"].body
    assert body.count("## 4 May 2020") == 1
    assert "## May 2020" in body
    assert "## 2020, day not recorded" in body


def test_a_neighbourhood_is_drawn_with_the_facts_of_the_list_beside_it() -> None:
    names = [Entity(f"n{i}", f"Name {i:02}", "person") for i in range(15)]
    made = document((Fate.PARAGRAPH, " and ".join(one.label for one in names) + " met."))
    mentions = sorted(
        (found for one in names for found in mentions_of(made, one.label, one)),
        key=lambda one: one.start,
    )
    pages = laid_out(corpus(record(made, mentions=mentions), entities=names))
    graph = matter(pages["entities/n0.md"], "graph")
    assert isinstance(graph, dict)
    beside = matter(pages["entities/n0.md"], "co_mentions")
    assert isinstance(beside, list)
    drawn = {(node["name"], node["count"]) for node in graph["nodes"]}
    assert len(drawn) == 12 and drawn <= {(one["label"], one["count"]) for one in beside}
    places = {(node["x"], node["y"]) for node in graph["nodes"]}
    assert len(places) == 12
    assert all(0 < x < graph["width"] and 0 < y < graph["height"] for x, y in places)


def test_records_are_related_by_the_rare_names_that_they_share() -> None:
    rare, common = Entity("anna-berg", "Anna Berg", "person"), Entity("port", "Port", "place")
    texts = ["Anna Berg left Port.", "Anna Berg came to Port."] + ["Port slept."] * 6
    made = []
    for number, text in enumerate(texts, 1):
        page = document((Fate.PARAGRAPH, text), path=f"r{number}.txt")
        found = (*mentions_of(page, "Anna Berg", rare), *mentions_of(page, "Port", common))
        made.append(record(page, number=number, mentions=sorted(found, key=lambda one: one.start)))
    pages = laid_out(corpus(*made, entities=[rare, common]))
    assert matter(pages["records/r1.md"], "related", 0, "href") == "records/r2/"
    assert matter(pages["records/r1.md"], "related", 0, "shared") == ["Anna Berg"]
    assert matter(pages["records/r3.md"], "related") == []
