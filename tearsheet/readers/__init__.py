"""Read a retrieved file: bytes in, a numbered Source out.

Takes the path (relative to the sources, used for names and messages only) and the bytes.
Gives a Source with one unit a line (text) or a block (HTML). Guarantees that the units
rebuild the decoded text, that what could not be decoded is noted, and that nothing of the
file runs. A file that cannot be read as either raises SourceRejected.
"""

import hashlib

from tearsheet.model import Source, Unit
from tearsheet.readers.blocks import read_blocks
from tearsheet.readers.decode import Decoded, decode
from tearsheet.readers.fields import read_fields
from tearsheet.readers.lines import read_lines
from tearsheet.readers.media import is_html, refuse_unreadable
from tearsheet.readers.page import parse
from tearsheet.readers.trouble import text_notes, unit_notes

__all__ = ["read"]


def read(path: str, content: bytes) -> Source:
    """Decode and number a source; raises SourceRejected, saying what was found instead."""
    refuse_unreadable(path, content)
    decoded = decode(content)
    if is_html(path, decoded.text):
        return _read_page(path, content, decode(content, declared_in_html=True))
    return _source(path, content, decoded, "text/plain", read_lines(decoded.text))


def _read_page(path: str, content: bytes, decoded: Decoded) -> Source:
    page = parse(decoded.text)
    source = _source(path, content, decoded, "text/html", read_blocks(page))
    return Source(
        path=source.path,
        sha256=source.sha256,
        size=source.size,
        media_type=source.media_type,
        encoding=source.encoding,
        encoding_evidence=source.encoding_evidence,
        units=source.units,
        fields=read_fields(page, decoded.text),
        notes=source.notes,
    )


def _source(
    path: str, content: bytes, decoded: Decoded, media_type: str, units: tuple[Unit, ...]
) -> Source:
    word = "block" if media_type == "text/html" else "line"
    text = "" if decoded.notes else decoded.text  # a note on damage says it better
    notes = (*decoded.notes, *text_notes(text), *unit_notes(units, word))
    return Source(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=media_type,
        encoding=decoded.encoding,
        encoding_evidence=decoded.evidence,
        units=units,
        notes=tuple(dict.fromkeys(notes)),
    )
