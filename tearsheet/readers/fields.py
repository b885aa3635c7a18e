"""Gather what a page says of itself outside its visible text, as named fields.

Nothing is interpreted here. Names and places, in the order in which they are looked at:

| name | found_in |
|---|---|
| `title` | `title element` |
| the meta's name, property or itemprop, lower case (`og:title`, `dc.date`, `citation_author`) | `meta og:title` |
| `lang`, `dir` | `html lang`, `html dir` |
| `canonical` | `link canonical` |
| the property (`headline`, `datePublished`, `author`, `publisher`, …) and `type` | `JSON-LD datePublished`, `JSON-LD @type` |
| `time` (the datetime attribute), or the itemprop of the element | `time datetime`, `itemprop datePublished` |
| `author` | `rel=author` |
| `url`, `saved`, `tool`, `archived`, `retrieved` | `comment by SingleFile`, `comment by the Wayback Machine`, … |
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tearsheet.model import Field
from tearsheet.readers.jsonld import read_json_ld
from tearsheet.readers.page import attribute
from tearsheet.readers.saved import read_saving_comments

# A page that states more than this of itself is a flood; the first are the page's own.
MOST_FIELDS = 400
LONGEST_VALUE = 4000
SPACE = re.compile(r"\s+")


def read_fields(page: LexborHTMLParser, text: str) -> tuple[Field, ...]:
    """Give every field once, in order of place, values stripped and never empty."""
    found = (
        *_of_head(page),
        *read_json_ld(page),
        *_of_body(page),
        *read_saving_comments(text),
    )
    tidy = (Field(f.name, SPACE.sub(" ", f.value).strip(), f.found_in) for f in found)
    kept = dict.fromkeys(f for f in tidy if f.value and len(f.value) <= LONGEST_VALUE)
    return tuple(kept)[:MOST_FIELDS]


def _of_head(page: LexborHTMLParser) -> Iterator[Field]:
    title = page.css_first("head > title") or page.css_first("title")
    if title:
        yield Field("title", title.text(), "title element")
    for meta in page.css("meta"):
        name = (
            attribute(meta, "name") or attribute(meta, "property") or attribute(meta, "itemprop")
        ).strip().lower()  # fmt: skip
        if name:
            yield Field(name, attribute(meta, "content"), f"meta {name}")
    if page.root is not None:
        yield Field("lang", attribute(page.root, "lang"), "html lang")
        yield Field("dir", attribute(page.root, "dir") or _body_dir(page), "html dir")
    for link in page.css("link[rel~=canonical]"):
        yield Field("canonical", attribute(link, "href"), "link canonical")


def _body_dir(page: LexborHTMLParser) -> str:
    return attribute(page.body, "dir") if page.body is not None else ""


def _of_body(page: LexborHTMLParser) -> Iterator[Field]:
    for node in page.css("time, [itemprop], [rel~=author]"):
        if node.tag in ("meta", "link"):
            continue
        yield from _of_element(node)


def _of_element(node: LexborNode) -> Iterator[Field]:
    named = attribute(node, "itemprop").split()
    stated = attribute(node, "datetime") or attribute(node, "content")
    if named and named[0] in ("datePublished", "dateModified", "dateCreated", "author", "headline"):
        yield Field(named[0], stated or _short_text(node), f"itemprop {named[0]}")
    elif node.tag == "time":
        yield Field("time", stated, "time datetime")
    if "author" in attribute(node, "rel").split():
        yield Field("author", _short_text(node), "rel=author")


def _short_text(node: LexborNode) -> str:
    return node.text(separator=" ")[:200]
