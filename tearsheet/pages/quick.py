"""The Markdown that `markdown.py` writes, as HTML: what Python-Markdown makes of it, at once.

Takes the body of a generated page; gives its HTML, its anchors and the links whose anchors
remain to be checked, or None for Markdown of any other make, which Python-Markdown must
read. Guarantees the bytes that Python-Markdown 3 gives with `attr_list`, `tables` and `toc`
(a test holds the two together): what is not known for certain here is left to it. Measured:
0.15 ms for a page that takes Python-Markdown 8 to 30 ms.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

Address = Callable[[str], str | None]
"""Gives the address that a link to a page's Markdown file has once built; None if unknown."""

_UNSURE = ("\t", "\r", "\x00", "\x02", "\x03")
"""What is looked for one by one: so it takes a tenth of what a pattern takes."""
_ODD_LINES = re.compile(r"\n(?: |\n\n)")
_LINK = "\x02"
"""Stands before and after a link that is made, until the page is: nothing in it is read again."""
_PLAIN = r"(?:[^\[\]*_`<>&\\{}|~^=$#!%\n\x02]++|&\#\d+;)"  # possessive: what ends it is never in it
_RUN = rf"(?:{_PLAIN}|\x02[^\x02]*+\x02)"
_NO_PARAGRAPH = r"[-+:=|>#\s]|\d+[.)]"
_LINKS = re.compile(
    rf"""\[({_PLAIN}*+)\]\((?:<([^<>\s"'\\`*_()\[\]{{}}|]+)>|([^<>\s"'\\`&()\[\]{{}}|\#]+)(\#[^<>\s"'\\`&()\[\]{{}}|]*)?)\)
      (?:\{{:[ ]([^{{}}\n]+)[ ]\}})?""",
    re.VERBOSE,
)
"""A link: its label, its address outside or the path and the anchor of one within, its marks."""
_PARAGRAPH = re.compile(rf"(> |)((?!{_NO_PARAGRAPH}){_RUN}++)(?<! )(?:\n\1\{{: ([^{{}}\n]+) \}})?")
"""A paragraph of text and links alone, quoted or not, and its marks."""
_TEXT = re.compile(rf"(?:{_RUN}|<br>|</?code>)*+|`(?P<code>[\w.-]+)`")
"""What is its own HTML, or code as a whole."""
_INLINE = re.compile(
    rf"""(?P<text>{_RUN}++)
    | \*(?P<strong>(?=[^\s]){_PLAIN}++(?<=[^\s]))\*(?!\w)
    | `(?P<code>[\w.-]+)`
    | (?P<tag><br>|</?code>)""",
    re.VERBOSE,
)
_MARKS = re.compile(r"\{: ([^{}\n]+) \}")
_MARK = re.compile(r'(?:#(?P<id>[\w-]+)|\.(?P<name>[\w-]+)|(?P<rel>rel="[a-z ]+"))(?: |$)')
_HEADING = re.compile(r"(#{2,3}) ")
_MARKS_AT_END = re.compile(r" \{: ([^{}\n]+) \}\Z")
_BEGINS_NO_PARAGRAPH = re.compile(_NO_PARAGRAPH)
_RAW = re.compile(r"<(p|div|ol|pre|blockquote|h2)[ >]")
_GIVEN_ANCHOR = re.compile(r"\{: #([\w-]+)[^{}\n]*\}$", re.MULTILINE)
_RAW_ANCHOR = re.compile(r'<[a-z0-9]+ id="([^"]*)"')
_RULE = re.compile(r"\|(?:---\|)+")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NUMBERED = re.compile(r"(.*)_([0-9]+)")
_NO_WORD = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")


class _NotOursError(Exception):
    """The Markdown is not of our make."""


class Heading(NamedTuple):
    """A heading: `level` 2 or 3, its anchor, its text as HTML without tags."""

    level: int
    anchor: str
    name: str

    @property
    def url(self) -> str:
        """The heading's address on its page."""
        return f"#{self.anchor}"


class Quick(msgspec.Struct, frozen=True):
    """A page's HTML, the anchors that it has, its links to anchors, as written, its headings."""

    html: str
    anchors: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()


class _Sheet(msgspec.Struct):
    """One page in the making; `anchors` are those that Markdown gives, `raw` those of HTML."""

    address: Address
    anchors: set[str]
    raw: set[str] = msgspec.field(default_factory=set)
    links: list[str] = msgspec.field(default_factory=list)
    headings: list[Heading] = msgspec.field(default_factory=list)


def render(body: str, address: Address) -> Quick | None:
    """Give a page's HTML, or None where Python-Markdown has to read it."""
    text = body.strip("\n")
    if not text:
        return Quick("")
    if any([sign in text for sign in _UNSURE]) or _ODD_LINES.search(text):  # noqa: C419  # a list is quicker
        return None
    sheet = _Sheet(address, set(_GIVEN_ANCHOR.findall(text)))
    try:
        parts = list(_blocks(_linked(text, sheet), sheet))
    except _NotOursError:
        return None
    links = tuple(dict.fromkeys(sheet.links))
    anchors = frozenset(sheet.anchors | sheet.raw)
    made = "\n".join(parts).rstrip("\n").replace(_LINK, "")
    return Quick(made, anchors, links, tuple(sheet.headings))


def _linked(text: str, sheet: _Sheet) -> list[str]:
    """Give the blocks of a page, their links made; nothing in raw HTML is a link."""
    if "<" not in text:
        return _with_links(text, sheet).split("\n\n")
    blocks = text.split("\n\n")
    return [one if one.startswith("<") else _with_links(one, sheet) for one in blocks]


def _with_links(text: str, sheet: _Sheet) -> str:
    pieces = iter(_LINKS.split(text))
    made = [next(pieces)]
    to = sheet.address
    for label, out, path, anchor, given, after in zip(*[pieces] * 6, strict=True):
        marks, rel = _link_marks(given) if given else ("", "")
        href = out or to(path)
        if href is None:
            raise _NotOursError
        if anchor:
            sheet.links.append(path + anchor)
            href += anchor
        if "&" in href:
            href = _BARE_AMPERSAND.sub("&amp;", href)
        made.append(f'\x02<a{marks} href="{href}"{rel}>{label}</a>\x02{after}')
    return "".join(made)


@lru_cache(maxsize=4096)
def _link_marks(given: str) -> tuple[str, str]:
    """Give what stands before a link's address, and after it."""
    marks, anchor = _read_marks(given)
    if anchor:
        raise _NotOursError
    before, rel, after = marks.partition(" rel=")
    return before, f"{rel}{after}"


def _blocks(blocks: list[str], sheet: _Sheet) -> Iterator[str]:
    quoted: list[str] = []
    before = ""
    for block in blocks:
        first = block[:2]
        if quoted and first != "> ":
            yield _quotation(quoted)
            quoted = []
        if first == "> ":
            quoted.append(_paragraph(block, sheet))
        elif first[:1] == "<":
            yield _raw(block, sheet)
        elif first in ("##", "- ", "| "):
            if first == before == "- ":
                raise _NotOursError  # two lists in a row are one to Python-Markdown
            yield _WAYS[first](block, sheet)
        else:
            yield _paragraph(block, sheet)
        before = first
    if quoted:
        yield _quotation(quoted)


def _paragraph(block: str, sheet: _Sheet) -> str:
    match = _PARAGRAPH.fullmatch(block)
    if match is None:
        return _mixed_paragraph(block.removeprefix("> "), sheet, "> " * block.startswith("> "))
    _, text, marks = match.groups()
    return f"<p{_attributes(marks, sheet)}>{text}</p>" if marks else f"<p>{text}</p>"


def _mixed_paragraph(block: str, sheet: _Sheet, quoted: str) -> str:
    """Give a paragraph that holds more than text and links."""
    text, _, marks = block.partition("\n")
    if not text or _BEGINS_NO_PARAGRAPH.match(text) or text.endswith(" "):
        raise _NotOursError
    if not marks.startswith(quoted if marks else ""):
        raise _NotOursError
    return f"<p{_line_marks(marks.removeprefix(quoted), sheet)}>{_inline(text)}</p>"


def _line_marks(line: str, sheet: _Sheet) -> str:
    if not line:
        return ""
    match = _MARKS.fullmatch(line)
    if match is None:
        raise _NotOursError
    return _attributes(match[1], sheet)


def _quotation(paragraphs: list[str]) -> str:
    return "<blockquote>\n" + "\n".join(paragraphs) + "\n</blockquote>"


def _heading(block: str, sheet: _Sheet) -> str:
    level, given, text, name = _read_heading(block)
    marks = _attributes(given, sheet) if given else ""
    anchor = marks.partition(' id="')[2][:-1]
    if not anchor:
        anchor = _heading_id(name, sheet)
        marks += f' id="{anchor}"'
    sheet.headings.append(Heading(level, anchor, name))
    return f"<h{level}{marks}>{text}</h{level}>"


@lru_cache(maxsize=1 << 15)  # a record's title stands on the page of every name in it
def _read_heading(block: str) -> tuple[int, str, str, str]:
    """Give a heading's level, its marks, its HTML and its text without tags."""
    begin = _HEADING.match(block)
    if begin is None:
        raise _NotOursError
    end = _MARKS_AT_END.search(block) if block.endswith("}") else None
    given = block[begin.end() : end.start() if end else None]
    if not given or given != given.strip():
        raise _NotOursError
    text = _inline(given)
    name = " ".join(_TAG.sub("", text.replace(_LINK, "")).split())
    return len(begin[1]), end[1] if end else "", text, name


def _heading_id(name: str, sheet: _Sheet) -> str:
    """Give a heading's anchor as the `toc` extension makes it: of its words, and unique."""
    anchor = _slug(name)
    if anchor in sheet.anchors or not anchor:
        numbered = _NUMBERED.fullmatch(anchor)
        base, count = (numbered[1], int(numbered[2])) if numbered else (anchor, 0)
        count += 1
        while f"{base}_{count}" in sheet.anchors:
            count += 1
        anchor = f"{base}_{count}"
    sheet.anchors.add(anchor)
    return anchor


@lru_cache(maxsize=1 << 15)
def _slug(name: str) -> str:
    words = html.unescape(name)
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return _GAPS.sub("-", _NO_WORD.sub("", ascii_words).strip().lower())


def _list(block: str, sheet: _Sheet) -> str:
    items: list[str] = []
    lines = block.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("{: "):
            continue
        if not line.startswith("- ") or _BEGINS_NO_PARAGRAPH.match(line[2:]) or line.endswith(" "):
            raise _NotOursError
        below = lines[at + 1] if at + 1 < len(lines) else ""
        marks = _line_marks(below, sheet) if below.startswith("{: ") else ""
        items.append(f"<li{marks}>{_inline(line[2:])}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _table(block: str, sheet: _Sheet) -> str:
    head, rule, *rows = block.split("\n") if block.count("\n") > 1 else ("", "")
    width = len(_cells(head))
    if not _RULE.fullmatch(rule) or rule.count("---") != width:
        raise _NotOursError
    parts = [f"<table>\n<thead>\n{_row(head, 'th', width)}\n</thead>\n<tbody>"]
    parts += [_row(row, "td", width) for row in rows]
    return "\n".join(parts) + "\n</tbody>\n</table>"


def _row(line: str, tag: str, width: int) -> str:
    cells = _cells(line)
    if len(cells) != width:
        raise _NotOursError
    inner = f"</{tag}>\n<{tag}>".join([_inline(cell) for cell in cells])
    return f"<tr>\n<{tag}>{inner}</{tag}>\n</tr>"


def _cells(line: str) -> list[str]:
    if not (line.startswith("| ") and line.endswith(" |")):
        raise _NotOursError
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _raw(block: str, sheet: _Sheet) -> str:
    match = _RAW.match(block)
    if match is None or not block.endswith(f"</{match[1]}>") or block.count(f"</{match[1]}>") != 1:
        raise _NotOursError
    names = _RAW_ANCHOR.findall(block)
    sheet.raw.update(map(html.unescape, names) if "&" in block else names)
    return f"{block}\n"  # Python-Markdown leaves a blank line after it


def _inline(text: str) -> str:
    whole = _TEXT.fullmatch(text)
    if whole is not None:
        return f"<code>{whole['code']}</code>" if whole["code"] else text
    parts: list[str] = []
    at = 0
    while at < len(text):
        match = _INLINE.match(text, at)
        if match is None:
            raise _NotOursError
        at = match.end()
        kind = match.lastgroup
        if kind in ("text", "tag"):
            parts.append(match[0])
        elif kind == "code":
            parts.append(f"<code>{match['code']}</code>")
        else:
            parts.append(f"<em>{match['strong']}</em>")
    return "".join(parts)


def _attributes(marks: str, sheet: _Sheet) -> str:
    """Give the attributes of an attribute list in the order of their names."""
    attributes, anchor = _read_marks(marks)
    if anchor:
        sheet.anchors.add(anchor)
    return attributes


@lru_cache(maxsize=4096)
def _read_marks(marks: str) -> tuple[str, str]:
    names: list[str] = []
    anchor = rel = ""
    at = 0
    while at < len(marks):
        match = _MARK.match(marks, at)
        if match is None or (match["id"] and anchor) or (match["rel"] and rel):
            raise _NotOursError
        at = match.end()
        names += [match["name"]] if match["name"] else []
        anchor = anchor or match["id"] or ""
        rel = rel or (f" {match['rel']}" if match["rel"] else "")
    classes = f' class="{" ".join(names)}"' if names else ""
    return classes + (f' id="{anchor}"' if anchor else "") + rel, anchor


_WAYS = {"##": _heading, "- ": _list, "| ": _table}
"""What a block begins with, and how it is read."""
