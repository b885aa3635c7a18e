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
from dataclasses import dataclass, field
from functools import lru_cache

Address = Callable[[str], str | None]
"""Gives the address that a link to a page's Markdown file has once built; None if unknown."""

_UNSURE = ("\t", "\r", "\x00", "\x02", "\x03", "\n\n\n", "\n ")
"""What is looked for one by one: so it takes a tenth of what a pattern takes."""
_PLAIN = r"(?:[^\[\]*_`<>&\\{}|~^=$#!%\n]++|&\#\d+;)"  # possessive: what ends it is never in it
_INLINE = re.compile(
    rf"""(?P<text>{_PLAIN}++)
    | \[(?P<label>{_PLAIN}*+)\]\((?:<(?P<out>[^<>\s"'\\`*_()\[\]{{}}]+)>|(?P<href>[^<>\s"'\\`&()\[\]{{}}]+))\)
      (?:\{{:[ ](?P<marks>[^{{}}\n]+)[ ]\}})?
    | \*(?P<strong>(?=[^\s]){_PLAIN}++(?<=[^\s]))\*(?!\w)
    | `(?P<code>[\w.-]+)`
    | (?P<tag><br>|</?code>)""",
    re.VERBOSE,
)
_MARKS = re.compile(r"\{: ([^{}\n]+) \}")
_MARK = re.compile(r'(?:#(?P<id>[\w-]+)|\.(?P<name>[\w-]+)|(?P<rel>rel="[a-z ]+"))(?: |$)')
_HEADING = re.compile(r"(#{2,3}) (.*?)(?: \{: ([^{}\n]+) \})?")
_NO_PARAGRAPH = re.compile(r"[-+:=|>#\s]|\d+[.)]")
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` 2 or 3, its anchor, its text as HTML without tags."""

    level: int
    anchor: str
    name: str

    @property
    def url(self) -> str:
        """The heading's address on its page."""
        return f"#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Quick:
    """A page's HTML, the anchors that it has, its links to anchors, as written, its headings."""

    html: str
    anchors: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """One page in the making; `anchors` are those that Markdown gives, `raw` those of HTML."""

    address: Address
    anchors: set[str]
    raw: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def render(body: str, address: Address) -> Quick | None:
    """Give a page's HTML, or None where Python-Markdown has to read it."""
    text = body.strip("\n")
    if not text:
        return Quick("")
    if any(sign in text for sign in _UNSURE):
        return None
    sheet = _Sheet(address, set(_GIVEN_ANCHOR.findall(text)))
    try:
        parts = list(_blocks(text.split("\n\n"), sheet))
    except _NotOursError:
        return None
    links = tuple(dict.fromkeys(sheet.links))
    anchors = frozenset(sheet.anchors | sheet.raw)
    return Quick("\n".join(parts).rstrip("\n"), anchors, links, tuple(sheet.headings))


def _blocks(blocks: list[str], sheet: _Sheet) -> Iterator[str]:
    quoted: list[str] = []
    before = ""
    for block in blocks:
        first = block[:2]
        if quoted and first != "> ":
            yield _quotation(quoted)
            quoted = []
        if first == "> ":
            quoted.append(_quoted(block, sheet))
        elif first[:1] == "<":
            yield _raw(block, sheet)
        elif first in ("##", "- ", "| "):
            if first == before == "- ":
                raise _NotOursError  # two lists in a row are one to Python-Markdown
            yield {"##": _heading, "- ": _list, "| ": _table}[first](block, sheet)
        else:
            yield _paragraph(block, sheet)
        before = first
    if quoted:
        yield _quotation(quoted)


def _paragraph(block: str, sheet: _Sheet) -> str:
    text, _, marks = block.partition("\n")
    if not text or _NO_PARAGRAPH.match(text) or text.endswith(" "):
        raise _NotOursError
    return f"<p{_line_marks(marks, sheet)}>{_inline(text, sheet)}</p>"


def _line_marks(line: str, sheet: _Sheet) -> str:
    if not line:
        return ""
    match = _MARKS.fullmatch(line)
    if match is None:
        raise _NotOursError
    return _attributes(match[1], sheet)


def _quoted(block: str, sheet: _Sheet) -> str:
    text, _, marks = block.partition("\n")
    if marks and not marks.startswith("> "):
        raise _NotOursError
    return _paragraph(text[2:] + ("\n" + marks[2:] if marks else ""), sheet)


def _quotation(paragraphs: list[str]) -> str:
    return "<blockquote>\n" + "\n".join(paragraphs) + "\n</blockquote>"


def _heading(block: str, sheet: _Sheet) -> str:
    match = _HEADING.fullmatch(block)
    if match is None or not match[2] or match[2] != match[2].strip():
        raise _NotOursError
    text = _inline(match[2], sheet)
    marks = _attributes(match[3], sheet) if match[3] else ""
    level, name = len(match[1]), " ".join(_TAG.sub("", text).split())
    if " id=" not in marks:
        marks += f' id="{_heading_id(name, sheet)}"'
    sheet.headings.append(Heading(level, marks.partition(' id="')[2][:-1], name))
    return f"<h{level}{marks}>{text}</h{level}>"


def _heading_id(name: str, sheet: _Sheet) -> str:
    """Give a heading's anchor as the `toc` extension makes it: of its words, and unique."""
    words = html.unescape(name)
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    anchor = _GAPS.sub("-", _NO_WORD.sub("", ascii_words).strip().lower())
    if anchor in sheet.anchors or not anchor:
        numbered = _NUMBERED.fullmatch(anchor)
        base, count = (numbered[1], int(numbered[2])) if numbered else (anchor, 0)
        count += 1
        while f"{base}_{count}" in sheet.anchors:
            count += 1
        anchor = f"{base}_{count}"
    sheet.anchors.add(anchor)
    return anchor


def _list(block: str, sheet: _Sheet) -> str:
    items: list[str] = []
    lines = block.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("{: "):
            continue
        if not line.startswith("- ") or _NO_PARAGRAPH.match(line[2:]) or line.endswith(" "):
            raise _NotOursError
        below = lines[at + 1] if at + 1 < len(lines) else ""
        marks = _line_marks(below, sheet) if below.startswith("{: ") else ""
        items.append(f"<li{marks}>{_inline(line[2:], sheet)}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _table(block: str, sheet: _Sheet) -> str:
    head, rule, *rows = block.split("\n") if block.count("\n") > 1 else ("", "")
    width = len(_cells(head))
    if not _RULE.fullmatch(rule) or rule.count("---") != width:
        raise _NotOursError
    parts = [f"<table>\n<thead>\n{_row(head, 'th', width, sheet)}\n</thead>\n<tbody>"]
    parts += [_row(row, "td", width, sheet) for row in rows]
    return "\n".join(parts) + "\n</tbody>\n</table>"


def _row(line: str, tag: str, width: int, sheet: _Sheet) -> str:
    cells = _cells(line)
    if len(cells) != width:
        raise _NotOursError
    inner = "\n".join(f"<{tag}>{_inline(cell, sheet)}</{tag}>" for cell in cells)
    return f"<tr>\n{inner}\n</tr>"


def _cells(line: str) -> list[str]:
    if not (line.startswith("| ") and line.endswith(" |")):
        raise _NotOursError
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _raw(block: str, sheet: _Sheet) -> str:
    match = _RAW.match(block)
    if match is None or not block.endswith(f"</{match[1]}>") or block.count(f"</{match[1]}>") != 1:
        raise _NotOursError
    sheet.raw.update(html.unescape(name) for name in _RAW_ANCHOR.findall(block))
    return f"{block}\n"  # Python-Markdown leaves a blank line after it


def _inline(text: str, sheet: _Sheet) -> str:
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
        elif kind == "strong":
            parts.append(f"<em>{match['strong']}</em>")
        else:
            parts.append(_link(match, sheet))
    return "".join(parts)


def _link(match: re.Match[str], sheet: _Sheet) -> str:
    href = match["out"] or match["href"]
    if match["out"] is None:
        path, mark, anchor = href.partition("#")
        found = sheet.address(path) if path else None
        if found is None:
            raise _NotOursError
        if mark:
            sheet.links.append(href)
        href = f"{found}{mark}{anchor}"
    href = _BARE_AMPERSAND.sub("&amp;", href)
    marks = _attributes(match["marks"], sheet) if match["marks"] else ""
    if " id=" in marks:
        raise _NotOursError
    before, rel, after = marks.partition(" rel=")
    return f'<a{before} href="{href}"{rel}{after}>{match["label"]}</a>'


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
