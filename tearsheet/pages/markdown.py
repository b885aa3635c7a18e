"""Our small block model as Markdown that no reader of Markdown can misread.

Takes blocks of plain text with spans to link; gives Markdown. Guarantees that the text
is shown as the characters it is: every character that Markdown, HTML, an extension
(attribute lists, snippets, macros, abbreviations) or a template could read goes out as a
numeric entity, and a text with many of them as an escaped HTML block, because
Python-Markdown needs seconds for some texts full of brackets or emphasis marks.
"""

import html
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote, urlsplit

import msgspec
from msgspec.structs import replace

from tearsheet.pages import front_matter

MAX_ESCAPES = 12
"""More escapes than this and a text goes out as HTML: measured over 27 pathological texts,
Python-Markdown took over 12 s or overflowed on 11, an escaped HTML block at most 1.3 s."""
MAX_MARKDOWN = 20_000
"""Characters: a longer paragraph goes out as HTML for the same reason."""

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>&|~^=$#!%]")
_ACTIVE_AT_START = re.compile(r"^(?:[-+:.(@\"'/]|\d+[.)])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x02\x03]")
_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_URL_SAFE = "/:?#@!$&'*+,;=%~-._"


class Span(msgspec.Struct, frozen=True):
    """A part of a block's text that links.

    `href` is a path to a page of ours relative to the Markdown file (`../records/x.md#u8`),
    or, where `external`, an address that passed `safe_url`.
    """

    start: int
    end: int
    href: str
    classes: tuple[str, ...] = ()
    external: bool = False


class TextBlock(msgspec.Struct, frozen=True):
    """A paragraph, heading, quotation or list item: plain text, its anchor, its links.

    `element` is `p`, `h2`, `blockquote`, `li`, `pre` or `tr` (a row, its cells parted by tabs);
    `classes` are ours, never a source's. `inner` are further anchors within the text, in order,
    each with the offset that it marks.
    """

    text: str
    element: str = "p"
    anchor: str | None = None
    classes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    inner: tuple[tuple[int, str], ...] = ()


def safe_url(target: str) -> str | None:
    """Give an external address that may be linked to, or None: http, https and mailto only."""
    target = target.strip()
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SAFE_SCHEMES or not (parts.netloc or parts.path):
        return None
    if parts.scheme.lower() != "mailto" and not parts.netloc:
        return None
    return quote(target, safe=_URL_SAFE)


def visible(text: str) -> str:
    """Give the text as it may stand in a page: control characters shown as U+FFFD, one line."""
    if text.isprintable():
        return text
    return _CONTROL.sub("\ufffd", _LINE_BREAKS.sub(" ", text))


def _entity(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" if not char.isalnum() else char for char in match[0])


def escape(text: str) -> str:
    """Escape a text for the middle of a line of Markdown."""
    return _ACTIVE.sub(_entity, visible(text))


def escape_line(text: str) -> str:
    """Escape a text that begins a line of Markdown: no list, heading or rule begins there."""
    return _ACTIVE_AT_START.sub(_entity, escape(text).lstrip())


def link(label: str, href: str, classes: Iterable[str] = ()) -> str:
    """Give a Markdown link to a page of ours; the label is escaped, the address is ours."""
    marks = " ".join(f".{name}" for name in classes)
    return f"[{escape(label)}]({href})" + (f"{{: {marks} }}" if marks else "")


def external_link(label: str, href: str) -> str:
    """Give a Markdown link out of the site; `href` must have passed `safe_url`."""
    address = href.replace("*", "%2A").replace("_", "%5F")
    return f'[{escape(label)}](<{address}>){{: rel="nofollow noopener noreferrer" }}'


def blocks(items: Iterable[TextBlock]) -> str:
    """Give blocks as Markdown: items that follow each other as one list, rows as one table."""
    runs = groupby(items, key=lambda item: item.element if item.element in {"li", "tr"} else None)
    return "\n\n".join(_run(element, list(run)) for element, run in runs)


def _run(element: str | None, items: list[TextBlock]) -> str:
    if element == "tr":
        rows = "\n".join(_row(item) for item in items)
        return f'<div class="table">\n<table>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
    return ("\n" if element == "li" else "\n\n").join(block(item) for item in items)


def _row(item: TextBlock) -> str:
    """Give a row; a link over two cells would tear its tags, so it is shown without."""
    spans = tuple(span for span in item.spans if "\t" not in item.text[span.start : span.end])
    row = replace(item, spans=spans)
    html_row = "".join(_html_piece(text, span) for text, span in _pieces(row))
    cells = "".join(f"<td>{cell}</td>" for cell in html_row.split("\t"))
    return f"<tr{_html_attributes(item)}>{cells}</tr>"


def block(item: TextBlock) -> str:
    """Give one block as Markdown, or as an escaped HTML block where Markdown could choke."""
    if item.element == "pre" or item.inner or _is_heavy(item.text):
        return _html_block(item)
    text = _inline(item)
    if not text.strip():
        return _html_block(item)
    marks = _attributes(item)
    if item.element == "h2":
        return f"## {text} {marks}".rstrip()
    prefix = {"blockquote": "> ", "li": "- "}.get(item.element, "")
    second = {"blockquote": "> "}.get(item.element, "")
    return f"{prefix}{text}" + (f"\n{second}{marks}" if marks else "")


def _is_heavy(text: str) -> bool:
    return len(text) > MAX_MARKDOWN or len(_ACTIVE.findall(text)) > MAX_ESCAPES


def _attributes(item: TextBlock) -> str:
    words = [f"#{item.anchor}"] if item.anchor else []
    words += [f".{name}" for name in item.classes]
    return f"{{: {' '.join(words)} }}" if words else ""


def _pieces(item: TextBlock) -> list[tuple[str, Span | None]]:
    """Cut the text at its spans; overlapping later spans are dropped."""
    pieces: list[tuple[str, Span | None]] = []
    position = 0
    for span in sorted(item.spans, key=lambda one: (one.start, -one.end)):
        if span.start < position or span.end <= span.start or span.end > len(item.text):
            continue
        pieces.append((item.text[position : span.start], None))
        pieces.append((item.text[span.start : span.end], span))
        position = span.end
    pieces.append((item.text[position:], None))
    return pieces


def _inline(item: TextBlock) -> str:
    parts: list[str] = []
    for text, span in _pieces(item):
        if span is None:
            parts.append(escape(text) if parts else escape_line(text))
        elif span.external:
            parts.append(external_link(text, span.href))
        else:
            parts.append(link(text, span.href, span.classes))
    return "".join(parts).strip()


def _html_block(item: TextBlock) -> str:
    tag = "p" if item.element == "li" else item.element
    pieces: Sequence[tuple[str, Span | str | None]] = _marked(item) if item.inner else _pieces(item)
    text = "".join(_html_piece(piece, span) for piece, span in pieces)
    return f"<{tag}{_html_attributes(item)}>{text}</{tag}>"


def _marked(item: TextBlock) -> list[tuple[str, Span | str | None]]:
    """Cut the text at its spans and its inner anchors; one within a span goes before it."""
    marked: list[tuple[str, Span | str | None]] = []
    position = 0
    anchors = deque(item.inner)
    for text, span in _pieces(item):
        end = position + len(text)
        while anchors and anchors[0][0] < end:
            at, anchor = anchors.popleft()
            cut = 0 if span else max(0, at - position)
            marked += ((text[:cut], None), ("", anchor))
            position, text = position + cut, text[cut:]
        marked.append((text, span))
        position = end
    return marked


def _html_attributes(item: TextBlock) -> str:
    anchor = f' id="{html.escape(item.anchor)}"' if item.anchor else ""
    classes = f' class="{html.escape(" ".join(item.classes))}"' if item.classes else ""
    return anchor + classes


def _html_piece(text: str, span: Span | str | None) -> str:
    shown = html_text(text)
    if span is None:
        return shown
    if isinstance(span, str):
        return f'<span id="{html.escape(span)}">{shown}</span>'
    classes = f' class="{html.escape(" ".join(span.classes))}"' if span.classes else ""
    if span.external:
        rel = ' rel="nofollow noopener noreferrer"'
        return f'<a href="{html.escape(span.href)}"{classes}{rel}>{shown}</a>'
    return f'<a href="{html.escape(_built_address(span.href))}"{classes}>{shown}</a>'


def _built_address(href: str) -> str:
    """Give the address that `href` has once built: MkDocs rewrites no raw HTML, and a page
    `a.md` lies at `a/`, one folder deeper than its file.
    """
    path, hash_mark, fragment = href.partition("#")
    return f"../{path.removesuffix('.md')}/{hash_mark}{fragment}"


def html_text(text: str) -> str:
    """Escape a text for HTML inside a Markdown page: no entity, tag or blank line is left in it."""
    return html.escape(visible(text))


def page(matter: Mapping[str, object], body: str) -> str:
    """Give a whole Markdown page; the front matter reads back as the same values."""
    return f"---\n{front_matter.dump(matter)}---\n\n{body.rstrip()}\n"
