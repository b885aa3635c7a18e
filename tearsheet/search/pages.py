"""What the search reads of a built site: of each page the part that is marked for it.

Takes the folder of a site; gives, for every page with something to be searched, that part
alone, what it is sorted and filtered by, and the accession number of the record on it. Pagefind
gives the same index of the part as of the whole page (a test holds that), in 0.7 of the time.
What a page is filed under is told apart from its text, of which alone Pagefind makes an index:
an article more files old ones under a name that was none before.
"""

import hashlib
import html
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

RECORDS = "records"
"""The folder of the records' pages; what lies deeper in it are source views, never indexed."""

_SEARCHED, _IGNORED = " data-pagefind-body", " data-pagefind-ignore"
_OPENING = re.compile(r"<([a-z0-9]+)\b[^<>]*>")
_LINK = re.compile(r'<a class="entity\b[^<>]*>([^<>]*)</a>')
_FILTER = re.compile(
    r'<(span|i|li) data-pagefind-filter="(\w+)">([^\s<>&"\\]+(?: [^\s<>&"\\]+)*)</\1>'
)
"""A filter with a value that there is but one way to read; others are left to Pagefind."""
_SORT = re.compile(r'<(span|i|li) data-pagefind-sort="\w+">[^<>]*</\1>')
_SORTED_BY = re.compile(r' data-pagefind-sort="newest">([^<]*)<')
_COUNT = re.compile(r'(<span class="ts-alias") data-count="\d+"')
"""How often a name is used: the search reads no such attribute, and an article more changes it
on the pages of all names in it.
"""
_NUMBER = re.compile(r' data-number="(\d+)"')


class Shown(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A page of the site: its path in it, the number of its record (0: it is none), and the
    digests of the text that the search reads of it and of what it is filed under.
    """

    path: str
    number: int
    digest: str
    filed: str


class Filed(NamedTuple):
    """What a page is filed under: its date, or nothing; the values of filters, by their names."""

    date: str
    filters: tuple[tuple[str, str], ...]


def shown_pages(site: Path) -> Iterator[Shown]:
    """Give every page of a site that shows something to the search."""
    return shown_among(site, _paths(site))


def shown_among(site: Path, paths: Iterable[str]) -> Iterator[Shown]:
    """Give the pages at these paths, where they are there and show something to the search."""
    for path in paths:
        if not path.endswith(".html") or _is_below_a_record(path):
            continue
        try:
            content = (site / path).read_bytes()
        except FileNotFoundError:
            continue
        part = searched_part(content.decode("utf-8")) if b"data-pagefind-body" in content else ""
        if part:
            number = _NUMBER.search(part)
            text, filed = told_apart(part)
            digests = (hashlib.sha256(one.encode()).hexdigest()[:32] for one in (text, repr(filed)))
            yield Shown(path, int(number[1]) if number else 0, *digests)


def read_page(site: Path, path: str) -> tuple[str, Filed]:
    """Give the text of the page at this path that is searched, and what the page is filed under."""
    return told_apart(searched_part((site / path).read_text(encoding="utf-8")))


def searched_part(text: str) -> str:
    """Give the elements of a page that are marked for the search, with all that is in them."""
    return _COUNT.sub(r"\1", "".join(text[start:end] for start, end in _elements(text, _SEARCHED)))


def told_apart(part: str) -> tuple[str, Filed]:
    """Give the text of what is searched of a page, without links to names, and what the page
    is filed under: as far as that stands where no text is read, and is plain.
    """
    texts: list[str] = []
    filters: set[tuple[str, str]] = set()
    last = 0
    for start, end in _elements(part, _IGNORED):
        hidden = part[start:end]
        filters |= {(name, value) for _, name, value in _FILTER.findall(hidden)}
        texts += (part[last:start], _SORT.sub("", _FILTER.sub("", hidden)))
        last = end
    date = _SORTED_BY.search(part)
    text = _LINK.sub(r"\1", "".join((*texts, part[last:])))
    return text, Filed(html.unescape(date[1]) if date else "", tuple(sorted(filters)))


def _elements(text: str, attribute: str) -> Iterator[tuple[int, int]]:
    """Give where the elements with an attribute begin and end, none of them in another."""
    at = 0
    while (marked := text.find(attribute, at)) >= 0:
        at = beyond = marked + len(attribute)
        start = text.rfind("<", 0, marked)
        opening = _OPENING.match(text, start) if start >= 0 else None
        if opening and opening.end() > beyond and text[beyond] in " >\n":
            at = _end(text, opening[1], start)
            yield start, at


def _end(text: str, name: str, start: int) -> int:
    """Give where an element ends that starts here, others of its name in it counted."""
    depth = 0
    for tag in re.finditer(rf"<(/?){name}\b[^<>]*>", text[start:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return start + tag.end()
    return len(text)


def _paths(site: Path) -> Iterator[str]:
    for top, folders, names in os.walk(site):
        inside = os.path.relpath(top, site).replace(os.sep, "/")
        if inside.startswith(f"{RECORDS}/"):
            folders.clear()
        prefix = "" if inside == "." else f"{inside}/"
        yield from (f"{prefix}{name}" for name in names)


def _is_below_a_record(path: str) -> bool:
    return path.startswith(f"{RECORDS}/") and path.count("/") > 2
