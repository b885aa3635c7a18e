"""Our block model as Markdown: any text comes out as the characters it is."""

import html
import re

import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tearsheet.pages.markdown import (
    MAX_ESCAPES,
    Span,
    TextBlock,
    block,
    blocks,
    external_link,
    page,
    safe_url,
    visible,
)

EXTENSIONS = ["attr_list", "tables", "toc"]
ELEMENTS = ["p", "h2", "blockquote", "li"]
OURS = {"p", "h2", "blockquote", "li", "ul", "a", "html", "head", "body"}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) and ![x](x)",
    "text {: onclick=alert(1) #other .class }",
    '--8<-- "/etc/passwd"',
    "{{ config.site_name }} {% include 'x' %}",
    "---",
    "# a heading",
    "    indented",
    "1. one",
    "- a list",
    "* a list",
    "+ a list",
    "> quoted",
    "```python",
    "~~~",
    "| a | b |",
    "*[HTML]: an abbreviation",
    "[^1]: a footnote",
    "[ref]: http://example.org",
    "!!! note",
    "=== tab",
    ": definition",
    "&lt;b&gt; &#42; &amp;",
    "\\*not\\*",
    "http://example.org/_a_*b*",
    "\x02klzzwxh:0000\x03 \x02amp\x03",
    "<!-- comment",
    "<?php",
    "<![CDATA[",
    "<https://example.org>",
    "__init__ **bold** _em_ ***",
    "%7B $x$ \\(x\\)",
    "a  \tb",
    "\u202ertl\u2028second",
]


def as_html(source: str) -> LexborHTMLParser:
    return LexborHTMLParser(markdown.markdown(source, extensions=EXTENSIONS))


def shown(source: str) -> str:
    body = as_html(source).body
    return " ".join((body.text() if body else "").split())


def expected(text: str) -> str:
    return " ".join(visible(text).split())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("element", ELEMENTS)
def test_a_hostile_text_is_shown_as_the_characters_it_is(text: str, element: str) -> None:
    source = block(TextBlock(text, element, "u7", ("caption",)))
    assert shown(source) == expected(text)
    assert {node.tag for node in as_html(source).css("*")} <= OURS
    marked = as_html(source).css_first("#u7")
    assert marked is not None
    assert set(marked.attributes) == {"id", "class"}


@settings(max_examples=400)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(ELEMENTS))
@example("\u2028- x", "li")
def test_any_text_is_shown_as_the_characters_it_is(text: str, element: str) -> None:
    source = block(TextBlock(text, element, "u1"))
    assert shown(source) == expected(text)
    assert {node.tag for node in as_html(source).css("*")} <= OURS


@given(st.text(st.sampled_from("[]()*_`<>&!{}:\\|~ ab\n"), min_size=20, max_size=80))
def test_a_text_full_of_marks_goes_out_as_html(text: str) -> None:
    source = block(TextBlock(text, "p", "u1"))
    marks = len(re.findall(r"[\\`*_{}\[\]<>&|~^=$#!%]", text))
    assert source.startswith("<p") == (marks > MAX_ESCAPES or not text.strip())
    assert shown(source) == expected(text)


def test_a_link_reads_the_same_in_markdown_and_in_html() -> None:
    span = Span(4, 8, "../entities/anna.md#u3", ("entity", "person"))
    light = as_html(block(TextBlock("Dr. Anna.", "p", "u1", spans=(span,))))
    heavy = as_html(block(TextBlock("Dr. Anna." + "*" * 20, "p", "u1", spans=(span,))))
    first, second = light.css_first("a"), heavy.css_first("a")
    assert first is not None and second is not None
    assert first.attributes["href"] == "../entities/anna.md#u3"  # MkDocs rewrites this one
    assert second.attributes["href"] == "../../entities/anna/#u3"
    assert first.text() == second.text() == "Anna"
    assert first.attributes["class"] == second.attributes["class"] == "entity person"


def test_items_are_one_list_and_rows_one_table() -> None:
    made = [
        TextBlock("Before."),
        TextBlock("one", "li", "u2"),
        TextBlock("two", "li", "u3"),
        TextBlock("Year\tPaid <b>", "tr", "u4"),
        TextBlock("1977\tAnna Berg", "tr", "u5", spans=(Span(5, 14, "../entities/anna.md"),)),
        TextBlock("After."),
    ]
    tree = as_html(blocks(made))
    assert [node.text() for node in tree.css("ul > li")] == ["one", "two"]
    rows = [[cell.text() for cell in row.css("td")] for row in tree.css("table tr")]
    assert rows == [["Year", "Paid <b>"], ["1977", "Anna Berg"]]
    assert [row.attributes["id"] for row in tree.css("tr")] == ["u4", "u5"]
    link = tree.css_first("td a")
    assert link is not None and link.attributes["href"] == "../../entities/anna/"
    assert [node.text() for node in tree.css("p")] == ["Before.", "After."]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_row_keeps_its_text(text: str) -> None:
    tree = as_html(blocks([TextBlock(text, "tr", "u1")]))
    cells = [" ".join(cell.text().split()) for cell in tree.css("td")]
    assert cells == [" ".join(visible(part).split()) for part in visible(text).split("\t")]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "/relative",
        "http://",
        "http://[",
        "",
    ],
)
def test_an_address_of_another_scheme_is_not_linked(target: str) -> None:
    assert safe_url(target) is None


@given(st.text(max_size=40))
def test_a_linked_address_cannot_leave_its_attribute(rest: str) -> None:
    address = safe_url(f"https://example.org/{rest}")
    if address is None:
        return
    assert not set(address) & set("<>\"'` \n\\{}()|^") - {"'"}
    node = as_html(external_link("label", address)).css_first("a")
    assert node is not None
    assert set(node.attributes) == {"href", "rel"}
    assert html.unescape(node.attributes["href"] or "").startswith("https://example.org/")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=4))
def test_front_matter_round_trips(values: dict[str, object]) -> None:
    text = page(values, "Body.")
    match = re.match(r"^-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", text, re.DOTALL)
    assert match is not None
    assert yaml.safe_load(match[1]) == values
    assert text[match.end() :] == "\nBody.\n"


@pytest.mark.parametrize("value", ["2020-06-11", "2021", "no", "---", "a\n---\nb", "null", "0x1f"])
def test_a_value_that_yaml_would_read_as_another_comes_back_a_string(value: str) -> None:
    text = page({"title": value}, "")
    assert yaml.safe_load(text.split("\n---\n")[0][4:]) == {"title": value}
