"""Reading saved HTML: blocks, markup, declared encodings, fields."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.model import Field, Link, Source
from tearsheet.readers import read

CASES = Path(__file__).parent / "cases" / "readers"
PAGES = yaml.safe_load((CASES / "pages.yml").read_text(encoding="utf-8"))
DOCTYPE = "<!doctype html>"


def page(html: str) -> Source:
    return read("page.html", f"{DOCTYPE}<meta charset=utf-8>{html}".encode())


@pytest.mark.parametrize("case", PAGES, ids=lambda case: str(case["name"]))
def test_blocks_are_what_a_reader_saw(case: dict[str, str | list[str]]) -> None:
    source = page(str(case["html"]))
    assert [unit.text for unit in source.units] == case["blocks"]
    assert [unit.number for unit in source.units] == list(range(1, len(source.units) + 1))


def test_a_block_knows_its_element_its_path_its_level_and_its_links() -> None:
    source = page(
        '<main id="Top"><article class="Story lead"><h2 class=x>Talks</h2>'
        "<p itemprop=articleBody>See <a href='/a b'> the port </a> now</p></article></main>"
    )
    heading, text = (unit.markup for unit in source.units)
    assert heading is not None and text is not None
    assert (heading.tag, heading.level) == ("h2", 2)
    assert heading.path == ("html", "body", "main#top", "article.story.lead", "h2.x")
    assert text.path[-1] == "p[itemprop=articlebody]"
    assert text.links == (Link(4, 12, "/a b"),)
    assert source.units[1].text[4:12] == "the port"


def test_a_link_around_blocks_belongs_to_each_of_them() -> None:
    source = page("<a href=/x><h3>Talks</h3><p>The port</p></a><p>apart</p>")
    found = [unit.markup.links for unit in source.units if unit.markup]
    assert found == [(Link(0, 5, "/x"),), (Link(0, 8, "/x"),), ()]


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<b>", "</b>", "<br>", "<td>", "<table>",
    "<li>", "</li>", "<a href=x>", "</a>", "<h2>", "<pre>", "word", " ", "two words", "&amp;"]), max_size=30))  # fmt: skip
def test_no_character_that_was_seen_is_lost_or_doubled(pieces: list[str]) -> None:
    html = "".join(pieces)
    seen = re.sub(r"<[^>]*>|\s", "", html).replace("&amp;", "&")
    source = page(f"<body>{html}")
    read_characters = re.sub(r"\s", "", "".join(unit.text for unit in source.units))
    assert sorted(read_characters) == sorted(seen)
    assert all(unit.text.strip() for unit in source.units)


def test_links_are_spans_of_their_units() -> None:
    source = page("<p>  a <a href=/1>b</a><br><a href=/2>c <b>d</b></a> </p>")
    linked = [
        (unit.text[link.start : link.end], link.target)
        for unit in source.units
        if unit.markup
        for link in unit.markup.links
    ]
    assert linked == [("b", "/1"), ("c d", "/2")]


@pytest.mark.parametrize(
    ("declared", "codec", "encoding", "noted"),
    [
        ("iso-8859-1", "windows-1252", "windows-1252", False),
        ("windows-1251", "windows-1251", "windows-1251", False),
        ("utf-8", "utf-8", "utf-8", False),
        ("iso-8859-1", "utf-8", "utf-8", True),
        ("utf-8", "windows-1252", "windows-1252", True),
        ("no-such-thing", "utf-8", "utf-8", True),
    ],
)
def test_the_declared_encoding_is_believed_unless_the_bytes_speak_against_it(
    declared: str, codec: str, encoding: str, noted: bool
) -> None:
    word = "переговоры" if codec == "windows-1251" else "“café”"
    html = f"{DOCTYPE}<meta charset='{declared}'><p>{word} of the harbour</p>"
    source = read("page.html", html.encode(codec))
    assert source.units[0].text == f"{word} of the harbour"
    assert source.encoding == encoding
    assert bool(source.notes) == noted


def test_what_the_page_says_of_itself_becomes_fields() -> None:
    source = page(
        "<html lang=en-GB dir=ltr><title>Talks | The Gull</title>"
        '<meta property="og:title" content="Talks"><meta name="DC.date" content="1911-05-04">'
        '<meta name=citation_author content="Ada Quill"><link rel=canonical href="https://gull.example/t">'
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Talks",'
        '"author":[{"name":"Ada Quill"},{"name":"Bo Reed"}],"datePublished":"1911-05-04T08:00Z"}]}</script>'
        "<p><time datetime=1911-05-04>4 May</time> <a rel=author href=/ada>Ada Quill</a></p>"
    )
    wanted = (
        Field("title", "Talks | The Gull", "title element"),
        Field("og:title", "Talks", "meta og:title"),
        Field("dc.date", "1911-05-04", "meta dc.date"),
        Field("citation_author", "Ada Quill", "meta citation_author"),
        Field("lang", "en-GB", "html lang"),
        Field("dir", "ltr", "html dir"),
        Field("canonical", "https://gull.example/t", "link canonical"),
        Field("type", "NewsArticle", "JSON-LD @type"),
        Field("headline", "Talks", "JSON-LD headline"),
        Field("author", "Bo Reed", "JSON-LD author"),
        Field("datePublished", "1911-05-04T08:00Z", "JSON-LD datePublished"),
        Field("time", "1911-05-04", "time datetime"),
        Field("author", "Ada Quill", "rel=author"),
    )
    assert [one for one in wanted if one not in source.fields] == []


def test_the_comments_of_saving_tools_become_fields() -> None:
    single = page("<!--\n Page saved with SingleFile\n url: https://gull.example/t\n saved date: Thu May 04 2023\n--><p>x")  # fmt: skip
    assert Field("url", "https://gull.example/t", "comment by SingleFile") in single.fields
    assert Field("saved", "Thu May 04 2023", "comment by SingleFile") in single.fields
    wayback = page(
        "<p>x<!--\n     FILE ARCHIVED ON 08:01:02 May 04, 2020 AND RETRIEVED FROM THE\n"
        "     INTERNET ARCHIVE ON 09:10:11 Jun 05, 2021.\n-->"
    )
    found_in = "comment by the Wayback Machine"
    assert Field("archived", "08:01:02 May 04, 2020", found_in) in wayback.fields
    assert Field("retrieved", "09:10:11 Jun 05, 2021", found_in) in wayback.fields


def test_broken_json_ld_says_nothing_and_harms_nothing() -> None:
    source = page("<script type='application/ld+json'>{'no': json,}</script><p>Words</p>")
    assert [unit.text for unit in source.units] == ["Words"]
    deep = "[" * 100_000
    assert page(f"<script type='application/ld+json'>{deep}</script><p>Words</p>").units


def test_half_a_surrogate_pair_in_json_ld_becomes_a_question_mark() -> None:
    page = (
        b"<!doctype html><title>t</title><script type='application/ld+json'>"
        b'{"@type": "NewsArticle", "headline": "a\\ud800b"}</script><p>Text.'
    )
    found = {field.name: field.value for field in read("a.html", page).fields}
    assert found["headline"] == "a?b"


def test_a_text_that_begins_with_a_script_tag_is_still_a_text() -> None:
    source = read("a.txt", b"<script>alert(1)</script> is not a headline\n\nText.\n")
    assert source.media_type == "text/plain"
    assert source.units[0].text == "<script>alert(1)</script> is not a headline"
