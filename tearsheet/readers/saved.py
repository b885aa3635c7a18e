"""Read the comments by which saving tools and web archives sign a page."""

import re
from collections.abc import Iterator

from tearsheet.model import Field

SINGLE_FILE_URL = re.compile(r"\burl:\s*(\S+)")
SINGLE_FILE_DATE = re.compile(r"\bsaved date:\s*([^\n]{6,80})")
MARK_OF_THE_WEB = re.compile(r"\s*saved from url=\(\d+\)(\S+)")
HTTRACK = re.compile(r"Mirrored from (\S+) by (HTTrack[^,\[]{0,60})[^,]{0,40},\s*([^\n]{6,60})")
WAYBACK = re.compile(
    r"FILE ARCHIVED ON (.{6,40}?) AND RETRIEVED FROM THE\s+INTERNET ARCHIVE ON (.{6,40}?)\.?\s*$",
    re.MULTILINE,
)
WAYBACK_ADDRESS = re.compile(
    r"(?:web\.archive\.org)?/web/(\d{14})(?:[a-z]{2}_)?/(https?://[^\s\"'<>]{1,500})"
)
LONGEST = 4000


def read_saving_comments(text: str) -> Iterator[Field]:
    """Yield what the comments say: where from, when, with what tool."""
    archived = False
    for comment in comments(text):
        if "SingleFile" in comment:
            yield from _single_file(comment)
        elif mark := MARK_OF_THE_WEB.match(comment):
            yield Field("url", mark.group(1), "comment by the browser that saved it")
        elif mirrored := HTTRACK.search(comment):
            yield from _httrack(mirrored)
        elif kept := WAYBACK.search(comment):
            archived = True
            yield Field("archived", kept.group(1), "comment by the Wayback Machine")
            yield Field("retrieved", kept.group(2), "comment by the Wayback Machine")
    address = WAYBACK_ADDRESS.search(text) if archived else None
    if address:
        yield Field("archive_url", f"https://web.archive.org/web/{address.group(1)}/{address.group(2)}", "address in the Wayback Machine")  # fmt: skip
        yield Field("url", address.group(2), "address in the Wayback Machine")


def comments(text: str) -> Iterator[str]:
    """Yield the page's comments up to a sane length, in one pass over the text."""
    start = text.find("<!--")
    while start != -1:
        end = text.find("-->", start + 4)
        if end == -1:
            return
        if end - start <= LONGEST:
            yield text[start + 4 : end]
        start = text.find("<!--", end + 3)


def _single_file(comment: str) -> Iterator[Field]:
    place = "comment by SingleFile"
    yield Field("tool", "SingleFile", place)
    for name, pattern in (("url", SINGLE_FILE_URL), ("saved", SINGLE_FILE_DATE)):
        if found := pattern.search(comment):
            yield Field(name, found.group(1).strip(), place)


def _httrack(mirrored: re.Match[str]) -> Iterator[Field]:
    place = "comment by HTTrack"
    for name, value in zip(("url", "tool", "saved"), mirrored.groups(), strict=True):
        yield Field(name, value.strip(), place)
