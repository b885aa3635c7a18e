"""The quick way to HTML: the bytes that Python-Markdown gives, or a word that it must be asked."""

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.pages.markdown import Span, TextBlock, blocks, escape, escape_line, link
from tearsheet.pages.quick import render

EXAMPLES = 100
EXTENSIONS = ("attr_list", "tables", "toc")
"""What mkdocs.yml switches on."""
TRAPS = (
    "1. one", "- a", "> b", "# c", "*em* _em_", "`code`", "[x](y)", "<b>", "&amp; &#42;", "a | b",
    "{: #u1 }", "![i](j)", "snake_case", "  spaces  ", "\\*", "$1", "!!! note", "a: b", "***",
    "The end", "www.example.org", "\u00a0", "“quoted”", "---", "===", "+ plus", "a_1", "\u2028",
)  # fmt: skip

PIECES = (
    "\n", "\n\n", "- ", "> ", "## ", "### ", "<p>", "</p>", "<div>", "</div>", "[a](b.md)", "*", "`",
    "{: #u1 }", "{: .x }", "x", ". ", "1", "&#42;", "<", ">", " ", "  ", "\t", "| ", " |", "---", "_", "<br>", "<code>", "</code>",
)  # fmt: skip

TEXT = st.lists(st.sampled_from(TRAPS) | st.text(max_size=12), max_size=5).map(" ".join)
ANCHOR = st.none() | st.integers(1, 99).map(lambda number: f"u{number}")


def by_python_markdown(body: str) -> str:
    return markdown.Markdown(extensions=EXTENSIONS).convert(body)


@st.composite
def text_blocks(draw: st.DrawFn) -> TextBlock:
    """Make a block with a link into the site or out of it."""
    text = draw(TEXT)
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    inside = Span(start, end, "../entities/anna-berg.md#u3", ("entity", "person"))
    outside = Span(start, end, "https://example.org/?a=1&b=2", external=True)
    spans = draw(st.sampled_from(((), (inside,), (outside,))))
    element = draw(st.sampled_from(("p", "h2", "blockquote", "li", "pre", "tr")))
    classes = draw(st.sampled_from(((), ("standfirst",), ("caption", "more"))))
    return TextBlock(text, element, draw(ANCHOR), classes, spans)


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.lists(text_blocks(), max_size=6))
def test_blocks_come_out_as_python_markdown_gives_them(items: list[TextBlock]) -> None:
    body = blocks(items)
    found = render(body, lambda path: path)
    assert found is None or found.html == by_python_markdown(body)


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_markdown_of_another_make_is_read_the_same_or_not_at_all(body: str) -> None:
    found = render(body, lambda path: path)
    assert found is None or found.html == by_python_markdown(body)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_an_entity_page_comes_out_as_python_markdown_gives_it(texts: list[str]) -> None:
    parts = [f"### {link(text, '../records/x.md')}\n\n{escape_line(text)}" for text in texts]
    body = "\n\n".join(parts)
    found = render(body, lambda path: path)
    assert found is None or found.html == by_python_markdown(body)


def test_a_record_an_entity_and_a_register_page_are_read_quickly() -> None:
    body = (
        "A lock of [Anna](../entities/anna-berg.md){: .entity .person } &#42;\n{: #u1 }\n\n"
        "## Heading {: #u2 }\n\n> Quoted\n> {: #u3 }\n\n> Again\n\n- one\n{: #u4 }\n- two\n\n"
        '<p id="u5">raw</p>\n\n### [A title](../records/x.md)\n\n'
        "| No. | File |\n|---|---|\n| [1](../records/x.md) | `abc` |\n\n- 2 May: *The Ebb*"
    )
    found = render(body, lambda path: f"built/{path}")
    assert found is not None
    assert found.html == by_python_markdown(body.replace("(../", "(built/../"))
    assert found.anchors == {"u1", "u2", "u3", "u4", "u5", "a-title"}


def test_links_to_anchors_are_told_as_they_stand() -> None:
    found = render("[a](x.md#u1) and [b](x.md#u1) and [c](y.md)", lambda path: "..")
    assert found is not None
    assert found.links == ("x.md#u1",)


@pytest.mark.parametrize("body", ["[a](nowhere.md)", "[a](#here)"])
def test_a_link_that_leads_nowhere_is_left_to_mkdocs_to_complain_of(body: str) -> None:
    assert render(body, lambda path: None) is None


@pytest.mark.parametrize(
    "body", ["a\nb", "1. one", "```\ncode\n```", "Term\n: meaning", "<script>x</script>", "![a](b)"]
)
def test_what_we_never_write_is_left_to_python_markdown(body: str) -> None:
    assert render(body, lambda path: path) is None


def test_an_escaped_text_is_not_left_to_python_markdown() -> None:
    assert render(escape("*[x](y)* <b> & {: #u1 }"), lambda path: path) is not None
