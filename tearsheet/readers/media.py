"""Tell HTML from text, and both from what is neither, by content rather than by name.

A text file that begins with a doctype is HTML; an .html file with no markup is text. What
is neither is refused with what was found, what was expected and what to do.
"""

import re

from tearsheet.errors import SourceRejected
from tearsheet.readers.wide import looks_wide

SIGNATURES = (
    (b"%PDF-", "a PDF document", "save its text (for example with pdftotext) beside it"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it or save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text or HTML"),
    (b"{\\rtf", "a rich text (RTF) document", "save it as text or HTML"),
    (b"\x89PNG", "a PNG image", "keep it elsewhere; a transcript of it can be a source"),
    (b"\xff\xd8\xff", "a JPEG image", "keep it elsewhere; a transcript of it can be a source"),
    (b"GIF8", "a GIF image", "keep it elsewhere; a transcript of it can be a source"),
    (b"RIFF", "a media file (RIFF)", "keep it elsewhere; a transcript of it can be a source"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"SQLite format 3\x00", "a database", "export its articles as text or HTML"),
    (b"WARC/", "a web archive (WARC)", "extract its pages as HTML"),
    (b"bplist00", "a Safari web archive", "save the page as HTML"),
)

OPENS_AS_HTML = re.compile(
    # A text may begin with "<script>": a headline about one, or somebody's trick. Only what
    # begins a whole page makes a page of a file that is not named as one.
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|span|a|ul|ol|li|table|tr|td|article|section|main|header|footer"
    r"|nav|blockquote|em|strong|b|i|img|figure|pre|body|html|font|center|title|meta|style|link)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
MIME_PAGE = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,40}?content-type:\s*multipart/related", re.I
)

# How much of the beginning decides between text and HTML: tags come early in a page.
LOOKED_AT = 65_536
# Control characters that stand in no text file; two in a hundred bytes already mean binary,
# measured on images and programs (8 to 40 %) against damaged texts (under 0.5 %).
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1a\x08"))
BINARY_SHARE = 0.02
FEWEST_CONTROLS = 2
# Bytes that are valid UTF-8 are text with stray controls unless controls are this common.
BINARY_SHARE_OF_UTF8 = 0.3


def is_html(path: str, text: str) -> bool:
    """Say whether a decoded text is a page: by how it opens, or by tags in an .html file."""
    start = text[:LOOKED_AT].lstrip("\ufeff")
    if OPENS_AS_HTML.match(start):
        return True
    if path.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        return BLOCK_TAG.search(start) is not None
    return False


def refuse_unreadable(path: str, content: bytes) -> None:
    """Raise SourceRejected for an empty file and for one that holds no text."""
    if not content.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"):
        found = "an empty file" if not content else f"{len(content)} bytes of white space alone"
        raise SourceRejected(
            f"{path}: found {found}; expected text or saved HTML; retrieve it again or remove it"
        )
    for signature, found, advice in SIGNATURES:
        if content.startswith(signature):
            _reject(path, found, advice)
    if MIME_PAGE.match(content[:8192]):
        _reject(path, "a page saved as MHTML", "save it again as HTML")
    if _is_binary(content):
        controls = _controls(content[:LOOKED_AT])
        _reject(
            path,
            f"binary content ({controls} control bytes in the first {len(content[:LOOKED_AT])})",
            "save what it says as text or HTML, or remove it",
        )


def _reject(path: str, found: str, advice: str) -> None:
    raise SourceRejected(f"{path}: found {found}; expected text or saved HTML; {advice}")


def _controls(content: bytes) -> int:
    return len(content) - len(content.translate(None, CONTROLS))


def _is_binary(content: bytes) -> bool:
    start = content[:LOOKED_AT]
    share = _controls(start) / len(start)
    if share < BINARY_SHARE or looks_wide(start) is not None:
        return False
    if _is_utf8(start):
        return share > BINARY_SHARE_OF_UTF8
    return _controls(start) >= FEWEST_CONTROLS


def _is_utf8(content: bytes) -> bool:
    try:
        content[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(content) - 8 and error.start > 0
    return True
