"""The seam to MkDocs: what reaches a template is escaped, what reaches the site is ours."""

import gzip
import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from hooks.filters import filter_value, outward
from hooks.quick_pages import escaped
from tests.browser import build_small_site, mkdocs
from tests.hand_made import HOSTILE, pages

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
KINDS = {
    "home": "index.html",
    "record": "records/ferry/index.html",
    "hostile record": "records/hostile-1/index.html",
    "source": "records/ferry/source/index.html",
    "entity": "entities/ilse-varga/index.html",
    "index": "publications/orlo-packet/index.html",
    "register": "register/index.html",
    "search": "search/index.html",
    "lost": "404.html",
}


def strings(value: object) -> list[str]:
    """Give every string in a value, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.items() for part in item for text in strings(part)]
    return [text for item in value for text in strings(item)] if isinstance(value, list) else []


def parsed(site: Path, path: str) -> LexborHTMLParser:
    """Give a page of a built site as a tree."""
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


@given(JSON)
def test_every_string_at_any_depth_is_escaped(value: object) -> None:
    found = strings(escaped(value))
    assert all(isinstance(text, Markup) for text in found)
    assert not [text for text in found if "<" in text or '"' in text or "'" in text]


@given(st.text())
def test_escaping_an_escaped_text_changes_nothing(text: str) -> None:
    assert escaped(escaped(text)) == escaped(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Co"))))
def test_a_filter_value_can_be_decoded_twice_and_holds_no_quotation_mark(text: str) -> None:
    decoded = html.unescape(html.unescape(str(filter_value(escaped(text)))))
    assert decoded.replace("\ue022", '"').replace("\ue05c", "\\") == text
    assert not set('"\\') & set(decoded)


@pytest.mark.parametrize("address", ["https://a.example/x", "http://a.example", "mailto:a@b.c"])
def test_an_address_outside_is_linked(address: str) -> None:
    assert outward(Markup.escape(address)) == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "records/x/", "", None],
)
def test_any_other_address_is_not_linked(address: str | None) -> None:
    assert outward(address) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_stands_before_any_script(small_site: Path, kind: str) -> None:
    page = parsed(small_site, KINDS[kind])
    head = [node.tag for node in page.css("head > *")]
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    rules = policy.attributes["content"] or ""
    assert "unsafe-inline" not in rules
    assert "'unsafe-eval'" not in rules
    assert rules.startswith("default-src 'none'")
    assert head.index("meta") < head.index("script")
    before = re.split(r"Content-Security-Policy", page.html or "")[0]
    assert "<script" not in before
    assert "<link" not in before


@pytest.mark.parametrize("kind", KINDS)
def test_no_script_or_style_is_inline(small_site: Path, kind: str) -> None:
    page = parsed(small_site, KINDS[kind])
    inline = [
        node
        for node in page.css("script:not([src])")
        if node.attributes.get("type") != "application/json"
    ]
    assert inline == []
    assert page.css("style") == []
    for node in page.css("*"):
        odd = [name for name in node.attributes if name == "style" or name.startswith("on")]
        assert odd == [], node.html


@pytest.mark.parametrize("kind", KINDS)
def test_links_out_of_the_site_are_marked(small_site: Path, kind: str) -> None:
    for link in parsed(small_site, KINDS[kind]).css("a[href]"):
        address = link.attributes["href"] or ""
        if ":" in address.split("/")[0]:
            assert address.startswith(("https://", "http://", "mailto:"))
            assert link.attributes["rel"] == "nofollow noopener noreferrer"


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_title_is_shown_as_its_characters(small_site: Path, number: int) -> None:
    page = parsed(small_site, f"records/hostile-{number}/index.html")
    title = f"{HOSTILE[number]} zanthrope"
    heading = page.css_first("h1")
    assert heading is not None
    assert heading.text() == title
    assert page.css_first("title").text().startswith(title)  # type: ignore[union-attr] # it is there
    assert page.css("img") == []
    assert HOSTILE[number] in (page.css_first(".ts-card").text())  # type: ignore[union-attr] # as above


def test_a_page_of_the_navigation_is_escaped_on_every_other_page(small_site: Path) -> None:
    for kind in KINDS.values():
        links = parsed(small_site, kind).css(".ts-nav a")
        assert [link.text() for link in links] == [HOSTILE[1], "Orlo Packet"]


def test_records_and_entities_stay_out_of_the_navigation(small_site: Path) -> None:
    links = parsed(small_site, "index.html").css(".ts-nav a")
    assert not [link for link in links if "records/" in str(link.attributes["href"])]


def test_no_page_asks_for_anything_of_another_host(small_site: Path) -> None:
    for path in small_site.rglob("*.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        wanted = [node.attributes.get("src") for node in page.css("[src]")]
        wanted += [node.attributes.get("href") for node in page.css("link:not([rel=canonical])")]
        assert not [address for address in wanted if "//" in (address or "")]
    for path in small_site.glob("assets/**/*.css"):
        if path.name == "tearsheet.css":
            assert "http" not in path.read_text(encoding="utf-8")


def test_the_sitemap_tells_no_time(small_site: Path) -> None:
    sitemap = (small_site / "sitemap.xml").read_bytes()
    assert b"lastmod" not in sitemap
    assert b"/records/ferry/" in sitemap
    packed = (small_site / "sitemap.xml.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert gzip.decompress(packed) == sitemap


def test_what_no_page_loads_is_not_shipped(small_site: Path) -> None:
    names = [str(path.relative_to(small_site)) for path in small_site.rglob("*")]
    assert not [name for name in names if name.endswith(".map") or "javascripts/" in name]
    assert "archive/site.json" not in names


def test_only_records_entities_and_pages_about_are_searched(small_site: Path) -> None:
    found = {
        str(path.relative_to(small_site).parent)
        for path in small_site.rglob("index.html")
        if "data-pagefind-body" in path.read_text(encoding="utf-8")
    }
    wanted = {
        path.removesuffix(".md")
        for path, (matter, _) in pages().items()
        if matter["kind"] in ("record", "entity")
    }
    assert found == wanted


def test_a_missing_archive_is_said_with_what_to_do(tmp_path: Path) -> None:
    build_small_site(tmp_path)
    (tmp_path / "docs/archive/site.json").unlink()
    done = mkdocs(tmp_path)
    assert done.returncode != 0
    assert "archive/site.json is missing" in done.stderr
    assert "python build_corpus.py build corpus" in done.stderr
