"""What builds wrote down of pages: a row each, read when it is asked for.

Takes a folder; gives the rows that a build left in it, and writes those of the next build into
another. They lie packed in one file, one behind the other, and a second file says where each
lies. A build writes its own behind those that are there: both folders hold the same file then
(a hard link), of which the build before knows nothing that came behind. Once less of it is of
use than not, it is written anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from operator import itemgetter
from pathlib import Path

import msgspec

from tearsheet.writer import same_file

MARKDOWN = ".md"
_AROUND = b" \t\r\n()<>[]:\"'"
"""What may stand before a link, or after one."""
_PARTED = bytes.maketrans(_AROUND, b"/" * len(_AROUND))
PLACES, ROWS = "places.msgpack", "rows.msgpack"
"""The files in a build's folder."""


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a build writes down of a page: a digest of its Markdown; its anchors, a line each; the
    ends of the links to anchors that it holds; the names whose other names it asked for; its own
    other names.
    """

    digest: str
    anchors: str = ""
    links: str = ""
    asked: str = ""
    names: tuple[str, ...] = ()


class _Places(msgspec.Struct, array_like=True):
    """Where in the file each page's row begins, and its length; the names of the files to whose
    anchors any row has ever led, and of those that any page has named.
    """

    rows: dict[str, tuple[int, int]] = {}
    led_to: list[str] = []
    named: list[str] = []


_PLACES_IN = msgspec.msgpack.Decoder(_Places)
_ROW_IN = msgspec.msgpack.Decoder(Row)
_encode = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class Rows:
    """The rows of one build, by the paths of their pages: those in a file, and what is newer."""

    _file: Path = Path()
    _places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    _led_to: Mapping[str, None] = field(default_factory=dict)
    _named: dict[str, None] = field(default_factory=dict)
    _newer: dict[str, Row] = field(default_factory=dict)
    _read: dict[str, Row] = field(default_factory=dict)
    _opened: mmap | None = None

    def __bool__(self) -> bool:
        return bool(self._places or self._newer)

    def get(self, path: str) -> Row | None:
        """Give the row of a page; None where there is none."""
        known = self._newer.get(path) or self._read.get(path)
        if known is None and path in self._places:
            known = self._read[path] = _ROW_IN.decode(self._packed(path))
        return known

    def put(self, path: str, row: Row) -> None:
        """Put the row of a page in its place."""
        self._newer[path] = row

    def name_also(self, files: Iterable[str]) -> None:
        """Note the names of Markdown files, without their ending, that pages may link to."""
        self._named |= dict.fromkeys(files)

    def but_for(self, paths: Iterable[str]) -> "Rows":
        """Give the rows of all other pages."""
        left = dict(self._places)
        for path in paths:
            left.pop(path, None)
        return Rows(self._file, left, self._led_to, dict(self._named))

    def newer(self) -> Iterable[tuple[str, Row]]:
        """Give the rows that were put, with their paths."""
        return self._newer.items()

    def lead_to(self, file: str) -> bool:
        """Say whether a row may lead to an anchor of a file of this name: where not, none does."""
        return file in self._led_to

    def name(self, file: str) -> bool:
        """Say whether a page may name a Markdown file of this name: where not, none links to it."""
        return file.removesuffix(MARKDOWN) in self._named or not file.endswith(MARKDOWN)

    def holding(self, marks: Iterable[str]) -> Iterator[tuple[str, Row]]:
        """Give, of the rows in the file, those that hold the text of any of these marks; no other
        is unpacked.
        """
        sought = [mark.encode() for mark in marks]
        for path in self._places if sought else ():
            packed = self._packed(path)
            if any(mark in packed for mark in sought):
                yield path, _ROW_IN.decode(packed)

    def _packed(self, path: str) -> bytes:
        if self._opened is None:
            with self._file.open("rb") as file:
                self._opened = mmap(file.fileno(), 0, access=ACCESS_READ)
        start, size = self._places[path]
        return self._opened[start : start + size]

    def write(self, folder: Path) -> None:
        """Write the rows into a folder; a page whose name is no text is left out, and made every
        time.
        """
        file, places, led_to = folder / ROWS, dict(self._places), dict(self._led_to)
        file.unlink(missing_ok=True)
        if self._places and self._is_worth_it():
            same_file(self._file, file)
        else:
            places = self._copy(file)
        with file.open("ab") as opened:
            for path, row in self._newer.items():
                if is_text(path):
                    places[path] = (opened.tell(), opened.write(_encode(row)))
                    led_to |= dict.fromkeys(one.partition("#")[0] for one in row.links.split(" "))
        (folder / PLACES).write_bytes(_encode(_Places(places, [*led_to], [*self._named])))

    def _is_worth_it(self) -> bool:
        used: int = sum(map(itemgetter(1), self._places.values()))
        return 2 * used >= self._file.stat().st_size

    def _copy(self, file: Path) -> dict[str, tuple[int, int]]:
        with file.open("wb") as opened:
            return {
                path: (opened.tell(), opened.write(self._packed(path))) for path in self._places
            }


def read_rows(folder: Path) -> Rows:
    """Read the rows that a build left in a folder; none where they cannot be read."""
    try:
        found = _PLACES_IN.decode((folder / PLACES).read_bytes())
        size = (folder / ROWS).stat().st_size
    except (OSError, msgspec.DecodeError):
        return Rows()
    if sum(max(found.rows.values(), default=(0, 0))) > size:
        return Rows()
    led_to, named = dict.fromkeys(found.led_to), dict.fromkeys(found.named)
    return Rows(folder / ROWS, found.rows, led_to, named)


def named_in(content: bytes) -> Iterator[bytes]:
    """Give the names, without their ending, of the Markdown files that a page may link to: what
    stands before each such ending.
    """
    *before, _ = content.translate(_PARTED).split(MARKDOWN.encode())
    return (text.rpartition(b"/")[2] for text in before)


def is_text(path: str) -> bool:
    """Say whether a path can be written down: the names of files may be any bytes."""
    if path.isascii():
        return True
    try:
        return bool(path.encode("utf-8"))
    except UnicodeEncodeError:
        return False
