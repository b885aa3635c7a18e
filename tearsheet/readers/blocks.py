"""Cut a page into blocks in reading order, each with what HTML said of it.

Takes a parsed page. Gives units whose texts are what a reader saw: white space collapsed
as a browser does, inline markup joined, `<br>` and block elements splitting, the cells of
a table's row joined by tabs, `<pre>` kept as it stands. Every character of visible text
but collapsed white space is in exactly one unit; what no reader saw (scripts, styles,
templates, elements hidden by attribute or by their own style) is in none. Paragraphs hidden
within what the page marks as the article's body are read: subscribers saw them.
"""

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tearsheet.model import Link, Markup, Unit
from tearsheet.readers.page import attribute, walk

UNSEEN = frozenset((
    "head", "script", "style", "template", "noscript", "svg", "iframe", "object", "embed",
    "applet", "audio", "video", "canvas", "select", "datalist", "textarea", "title", "frameset",
    "noframes", "map",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "option", "p", "pre", "search", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
CELLS = frozenset(("td", "th"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}

SPACE = re.compile(r"[ \t\n\r\f]+")
HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# What a page's own script moves into sight as it loads (React's streamed content): a
# reader saw it, though the file that arrived says hidden.
STREAMED = re.compile(r"S:[0-9a-f]+")
STRETCHES = frozenset(("div", "section"))
ARTICLE_BODY = "[itemprop=articlebody]"
# Deeper ancestors than these say nothing more of a block; the limit keeps a page of
# 30,000 nested elements linear.
KEPT_ANCESTORS = 24
LONGEST_NAME = 300


class _Draft(msgspec.Struct):
    """The block being read: its text so far, and the elements that hold all of it."""

    pieces: list[str] = msgspec.field(default_factory=list)
    length: int = 0
    spaced: bool = True
    links: list[Link] = msgspec.field(default_factory=list)
    path: tuple[str, ...] = ()
    depth: int = 0
    tag: str = ""
    level: int = 0


class _Reader(msgspec.Struct):
    """Where the walk is: open elements, the open link, the draft, the units read."""

    units: list[Unit] = msgspec.field(default_factory=list)
    names: list[str] = msgspec.field(default_factory=list)
    blocks: list[str] = msgspec.field(default_factory=list)
    levels: list[int] = msgspec.field(default_factory=lambda: [0])
    floor: int = 0
    verbatim: int = 0
    link_start: int = 0
    target: str | None = None
    draft: _Draft = msgspec.field(default_factory=_Draft)


def read_blocks(page: LexborHTMLParser) -> tuple[Unit, ...]:
    """Number the visible blocks of a page from 1, in reading order."""
    reader = _Reader()
    root = page.root
    hidden: LexborNode | None = None
    if root is None:
        return ()
    for kind, node in walk(root, UNSEEN):
        if hidden is not None:
            if kind == "leave" and node.mem_id == hidden.mem_id:
                hidden = None
        elif kind == "text":
            _read_text(reader, node.text_content or "")
        elif kind == "leave":
            _leave(reader, node.tag or "")
        elif _is_hidden(node) and not _is_of_the_article(reader, node):
            hidden = node
        else:
            _enter(reader, node)
    _finish(reader)
    return tuple(reader.units)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return not STREAMED.fullmatch(attributes.get("id") or "")
    style = attributes.get("style")
    return style is not None and HIDING_STYLE.search(style) is not None


def _is_of_the_article(reader: _Reader, node: LexborNode) -> bool:
    """Hold of a stretch of paragraphs within the marked body of an article.

    Papers with subscribers send the whole article, and a script shows the rest of it to them.
    """
    if node.tag not in STRETCHES or not any(child.tag == "p" for child in node.iter()):
        return False
    return any(ARTICLE_BODY in name for name in reader.names[-KEPT_ANCESTORS:])


def _enter(reader: _Reader, node: LexborNode) -> None:
    tag = node.tag or ""
    if tag in BLOCKS:
        _finish(reader)
        reader.blocks.append(tag)
        reader.levels.append(_level(node, tag) or reader.levels[-1])
    reader.names.append(_name(node, tag))
    if tag == "br":
        _break(reader)
    elif tag in CELLS and reader.draft.pieces:
        _append(reader.draft, "\t")
    elif tag == "pre":
        reader.verbatim += 1
    elif tag == "a":
        reader.target, reader.link_start = attribute(node, "href") or None, reader.draft.length


def _leave(reader: _Reader, tag: str) -> None:
    if tag in BLOCKS:
        _finish(reader)
        reader.blocks.pop()
        reader.levels.pop()
    if tag == "pre":
        reader.verbatim -= 1
    elif tag == "a":
        _close_link(reader)
        reader.target = None
    reader.names.pop()
    reader.floor = min(reader.floor, len(reader.names))


def _level(node: LexborNode, tag: str) -> int:
    if tag in HEADINGS:
        return HEADINGS[tag]
    if attribute(node, "role") == "heading":
        level = attribute(node, "aria-level")
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return 0


def _name(node: LexborNode, tag: str) -> str:
    """Write an element as `tag.class.class#id[role=…][itemprop=…][rel=…]`, in lower case."""
    attributes = node.attributes
    if not attributes:
        return tag
    name = ".".join((tag, *(attributes.get("class") or "").split()))
    if attributes.get("id"):
        name += f"#{attributes['id']}"
    for key in ("role", "itemprop", "rel"):
        if attributes.get(key):
            name += f"[{key}={attributes[key]}]"
    return name[:LONGEST_NAME].lower()


def _read_text(reader: _Reader, text: str) -> None:
    draft = reader.draft
    if not reader.verbatim:
        text = SPACE.sub(" ", text)
        if draft.spaced and text[:1] == " ":
            text = text[1:]
    if not text:
        return
    if not text.isspace():
        _place(reader)
    _append(draft, text)


def _place(reader: _Reader) -> None:
    """Keep of the draft's path only the elements that hold this text too."""
    draft = reader.draft
    if draft.tag:
        lost = draft.depth - reader.floor
        if lost > 0:
            draft.path, draft.depth = draft.path[:-lost], reader.floor
        return
    draft.tag = reader.blocks[-1] if reader.blocks else "body"
    draft.level = reader.levels[-1]
    draft.depth = reader.floor = len(reader.names)
    draft.path = tuple(reader.names[-KEPT_ANCESTORS:])


def _append(draft: _Draft, text: str) -> None:
    draft.pieces.append(text)
    draft.length += len(text)
    draft.spaced = text[-1] in " \t\n"


def _break(reader: _Reader) -> None:
    if reader.verbatim:
        _append(reader.draft, "\n")
    else:
        _finish(reader)


def _close_link(reader: _Reader) -> None:
    if reader.target is not None and reader.draft.length > reader.link_start:
        reader.draft.links.append(Link(reader.link_start, reader.draft.length, reader.target))


def _finish(reader: _Reader) -> None:
    """End the block being read; one that holds only white space is no unit."""
    _close_link(reader)
    draft = reader.draft
    reader.draft, reader.link_start = _Draft(), 0
    if not draft.tag:
        return
    whole = "".join(draft.pieces)
    text = whole.strip(" \t\n\r\f")
    lead = len(whole) - len(whole.lstrip(" \t\n\r\f"))
    links = tuple(_moved(link, text, lead) for link in draft.links)
    markup = Markup(draft.tag, draft.path, draft.level, tuple(x for x in links if x.end > x.start))
    reader.units.append(Unit(len(reader.units) + 1, text, "\n", markup))


def _moved(link: Link, text: str, lead: int) -> Link:
    """Move a link to the stripped text, and draw its ends in from white space."""
    start, end = max(0, link.start - lead), min(len(text), max(0, link.end - lead))
    surface = text[start:end]
    start += len(surface) - len(surface.lstrip())
    return Link(start, max(start, end - (len(surface) - len(surface.rstrip()))), link.target)
