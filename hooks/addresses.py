"""Addresses within the site, as a page links to them, and whether they lead anywhere.

Takes addresses of built pages (`records/ferry/`) and links between Markdown files; gives
what MkDocs gives for them, to the byte (a test holds that), in a tenth of the time.
"""

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jinja2
from mkdocs.utils import normalize_url

from hooks.rows import MARKDOWN

ORDINARY = re.compile(r"(?!\.)[\w-][\w.-]*(?:/[\w-][\w.-]*)*/?(?:\#[\w-]+)?")
"""An address within the site that needs no tidying."""
_ENDS = frozenset(("", "/", "."))
REMEMBERED = 1 << 15
"""So many ways are remembered from one level: those to the names of 10,000 records."""


def relative(path: str, here: list[str]) -> str:
    """Give a path of the site from the page at `here`: MkDocs' `get_relative_url`, for paths
    that need no tidying.
    """
    parts = path.split("/")
    common = 0
    for one, other in zip(here, parts, strict=False):
        if one != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(parts[common:]) or "./"


def folders(url: str) -> list[str]:
    """Give the folders of a page's address."""
    return [part for part in url.split("/") if part not in ("", ".")]


@lru_cache(maxsize=64)
def _ways(folder: str, depth: int) -> dict[str, str]:
    """Give what is known of the ways from a level."""
    return {}


class Here:
    """The place of a page in the site, and the way from it to any other.

    `ways` are ways known already to addresses that do not begin with `own`: these are the same
    for all places of a level, that is, as deep in the same folder of the site.
    """

    __slots__ = ("_first", "_up", "_whole", "folders", "own", "ways")

    def __init__(self, url: str) -> None:
        self.folders = folders(url)
        self.own = "/".join(self.folders[:2])
        self._whole = "/".join([*self.folders, ""])
        self._up = "../" * len(self.folders)
        self._first = self.folders[0] if self.folders else ""
        self.ways = _ways(*self.level)

    @property
    def level(self) -> tuple[str, int]:
        """The folder of the site, and how deep in it."""
        return self._first, len(self.folders)

    def goes_out(self, path: str) -> bool:
        """Say whether the way to an address is the same for all places of this level."""
        return not path.startswith(self._first)

    def to(self, path: str) -> str:
        """Give an ordinary address from here."""
        return relative(path, self.folders) if path.startswith(self._first) else self._up + path

    def within(self, path: str) -> str | None:
        """Give the way to an address below this one; None where it is no ordinary one."""
        below = path.removeprefix(self._whole)
        return below if below != path and _is_ordinary(below) else None

    @property
    def base(self) -> str:
        """The way to the site's first page, as MkDocs tells it to templates."""
        return self._up[:-1] or "."


@jinja2.pass_context
def url_filter(context: jinja2.runtime.Context, value: object) -> str:
    """Give an address of the site as the page at hand links to it: what MkDocs' filter gives,
    which remembers every address that it was ever asked for.
    """
    path, page = str(value), context.parent.get("page")
    here = getattr(page, "here", None)
    if here is None:
        return _way(context, page, path)
    known: str | None
    if path.startswith(here.own):
        known = here.within(path)
        return _way(context, page, path) if known is None else known
    known = here.ways.get(path)
    if known is None:
        known = _way(context, page, path)
        if len(here.ways) < REMEMBERED and ORDINARY.fullmatch(path):
            here.ways[path] = known
    return known


def _way(context: jinja2.runtime.Context, page: Any, path: str) -> str:
    if page is None or not ORDINARY.fullmatch(path):
        return str(normalize_url(path, page=page, base=context["base_url"]))
    here: Here = getattr(page, "here", None) or Here(page.url)
    return here.to(path)


@lru_cache(maxsize=1 << 12)  # the units of a source, mostly
def _is_ordinary(path: str) -> bool:
    return ORDINARY.fullmatch(path) is not None


class _Ways(dict[str, str | None]):
    """The ways from `here` to what is linked to, remembered where they are the same for the
    other pages of its level whose files lie as deep: where the link climbs up to docs/ first,
    and leads out of the folder of the site.
    """

    __slots__ = ("_links", "here")
    here: Here

    def __init__(self, links: "Links") -> None:
        super().__init__()
        self._links = links

    def __missing__(self, path: str) -> str | None:
        url = self._links.url(path)
        if url is None:
            return None
        way = self.here.to(url)
        if self._links.from_above(path) and self.here.goes_out(url):
            self[path] = way
        return way


class Links:
    """Where a link from one Markdown file to another leads, once both are built; `named` are the
    names, without their ending, of all files that were asked for.
    """

    def __init__(self, url_of: Callable[[str], str | None]) -> None:
        self._url_of = url_of
        self._folder = self._up = ""
        self._targets: dict[str, str] = {}
        self.named: set[str] = set()
        self._urls: dict[str, str | None] = {}
        self._ways: dict[tuple[str, str, int], _Ways] = {}

    def of(self, source: str, here: Here) -> Callable[[str], str | None]:
        """Give the function that tells where a link in this file leads; None: nowhere known."""
        self._enter(source)
        level = (self._up, *here.level)
        ways = self._ways.get(level)
        if ways is None:
            ways = self._ways[level] = _Ways(self)
        ways.here = here
        return ways.__getitem__

    def target(self, source: str, path: str) -> str:
        """Give the file that a link names, from docs/."""
        self._enter(source)
        return self._target(path)

    def from_above(self, path: str) -> str:
        """Give what a link that climbs up to docs/ first names from there; "" for any other."""
        below = path.removeprefix(self._up)
        plain = "./" not in below and "//" not in below and below[-1:] not in _ENDS
        return below if plain and len(below) + len(self._up) == len(path) else ""

    def _enter(self, source: str) -> None:
        """Remember what is linked to from one folder at a time."""
        folder = source.rpartition("/")[0]
        if folder != self._folder:
            self._folder, self._urls, self._targets = folder, {}, {}
            self._up = "../" * (folder.count("/") + 1) if folder else ""

    def _target(self, path: str) -> str:
        found = self.from_above(path) or self._targets.get(path)
        if found is None:
            found = posixpath.normpath(posixpath.join(self._folder, path))
            self._targets[path] = found
        return found

    def url(self, path: str) -> str | None:
        """Give the address of what a link in the file at hand names."""
        try:
            return self._urls[path]
        except KeyError:
            if path.startswith("/") or "%" in path or "?" in path:
                return None
            target = self._target(path)
            self.named.add(target.rpartition("/")[2].removesuffix(MARKDOWN))
            url = self._url_of(target)
            url = self._urls[path] = "" if url == "./" else url
            return url
