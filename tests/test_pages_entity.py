"""The pages of a name: every mention, in its sentence, however many pages that takes."""

from datetime import date, timedelta

from tearsheet.model import Corpus, Fate
from tearsheet.pages.entity import MENTIONS
from tearsheet.pages.quotations import MAX_SENTENCE
from tests.made import corpus, document, mentions_of, record
from tests.test_pages import ANNA, PORT, laid_out, matter, one_record


def test_an_entity_quotes_each_sentence_once_and_links_to_its_paragraph() -> None:
    made = corpus(one_record(published="2020-06-11", publisher="The Ebb"), entities=[ANNA, PORT])
    page = laid_out(made)["entities/anna-berg.md"]
    assert page.body.split("\n\n") == [
        "### [Untitled: quay.txt](../records/quay.md)",
        "11 June 2020 · The Ebb\n{: .source-line }",
        "> [Anna Berg](../records/quay.md#u4){: .mention } spoke.",
        "> Later [Anna Berg](../records/quay.md#u4){: .mention } left the Port Authority.",
    ]
    assert matter(page, "mentions") == 2
    assert matter(page, "co_mentions") == [
        {
            "label": "Port Authority",
            "href": "entities/port-authority/",
            "type": "organisation",
            "count": 1,
        }
    ]


def test_an_entity_with_many_mentions_is_paged_and_complete() -> None:
    lines = [(Fate.PARAGRAPH, f"Here is Anna Berg, number {n}.") for n in range(150)]
    made = document(*lines)
    pages = laid_out(
        corpus(record(made, mentions=mentions_of(made, "Anna Berg", ANNA)), entities=[ANNA])
    )
    mine = [page for path, page in sorted(pages.items()) if "entities/anna-berg" in path]
    quoted = [page.body.count("> Here is") for page in mine]
    assert sum(quoted) == 150
    assert max(quoted) <= MENTIONS.most and min(quoted[:-1]) >= MENTIONS.fewest
    second = pages["entities/anna-berg/page-2.md"]
    assert f"](../../records/a.md#u{quoted[0] + 1})" in second.body


def test_the_further_pages_of_an_entity_lead_to_its_first_and_leave_its_card_there() -> None:
    pages = laid_out(told_often(200))
    first, second = pages["entities/anna-berg.md"], pages["entities/anna-berg/page-2.md"]
    assert matter(first, "mentions") == 200
    assert {"mentions", "records", "aliases", "co_mentions"}.isdisjoint(second.front_matter)
    way = second.front_matter["breadcrumbs"]
    assert way == [
        {"label": "People", "href": "entities/people/"},
        {"label": "Anna Berg", "href": "entities/anna-berg/"},
    ]


def test_a_mention_more_changes_the_first_page_of_an_entity_and_few_others() -> None:
    before, after = laid_out(told_often(600)), laid_out(told_often(600, more=(300,)))
    mine = [path for path in after if path.startswith("entities/anna-berg")]
    assert "entities/anna-berg.md" in mine and len(mine) > 9
    assert before["entities/anna-berg.md"] != after["entities/anna-berg.md"]
    bodies = {page.body for page in before.values()}
    assert 0 < sum(after[path].body not in bodies for path in mine) < 4


def told_often(records: int, more: tuple[int, ...] = ()) -> Corpus:
    """Give records that name Anna Berg once each, in time order, `more` of them twice."""
    made = []
    for number in range(records):
        said = f"Here is Anna Berg, number {number}."
        again = ["And Anna Berg again."] * (number in more)
        one = document(*((Fate.PARAGRAPH, text) for text in (said, *again)), path=f"{number}.txt")
        day = (date(2020, 1, 1) + timedelta(number)).isoformat()
        found = mentions_of(one, "Anna Berg", ANNA)
        made.append(record(one, number=number + 1, values={"published": day}, mentions=found))
    return corpus(*made, entities=[ANNA])


def test_a_sentence_without_end_is_quoted_in_pieces_that_hold_every_mention() -> None:
    made = document((Fate.PARAGRAPH, "and then Anna Berg spoke of the quay again " * 400))
    found = mentions_of(made, "Anna Berg", ANNA)
    pages = laid_out(corpus(record(made, mentions=found), entities=[ANNA]))
    bodies = [one.body for path, one in pages.items() if path.startswith("entities/anna-berg")]
    assert len(found) == 400
    assert sum(body.count("{: .mention }") for body in bodies) == 400
    pieces = [line for body in bodies for line in body.split("\n\n")]
    links = 12 * len("[](../records/a.md#u1){: .mention }")
    assert max(map(len, pieces)) < MAX_SENTENCE + links + len("> …  …")
