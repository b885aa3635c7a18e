"""Pages of ours as MkDocs pages that are read when they are built, and let go afterwards.

Takes MkDocs files; gives each a Page that reads its front matter and its Markdown at once
where they are of our make, and through PyYAML and Python-Markdown where not. MkDocs would
hold the text, the HTML and the front matter of every page of the site in memory before it
writes the first.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from markdown.extensions.toc import nest_toc_tokens
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils import normalize_url

from tearsheet.pages import front_matter, quick

ORDINARY = re.compile(r"(?!\.)[\w-][\w.-]*(?:/[\w-][\w.-]*)*/?(?:\#[\w-]+)?")
"""An address within the site that needs no tidying."""
BEGIN, END = "---\n", "\n---\n"


def escaped(value: object) -> Any:
    """Give a value with every string in it, keys too, escaped for HTML, at any depth."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {escape(key): escaped(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [escaped(item) for item in value]
    return value


class Anchors:
    """The anchors of a page in little room: what MkDocs asks is whether one is among them."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = "\n".join(("", *sorted(names), ""))

    @classmethod
    def unpacked(cls, names: str) -> "Anchors":
        """Give the anchors that `str` wrote down."""
        return cls(frozenset(names.split()))

    def __str__(self) -> str:
        return self._names.strip("\n")

    def __contains__(self, name: str) -> bool:
        return f"\n{name}\n" in self._names


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


class Addresses:
    """Where a link from one Markdown file to another leads, once both are built."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._urls: dict[str, str] = {}
        self._targets: dict[tuple[str, str], str | None] = {}

    def target(self, file: File, path: str) -> File | None:
        """Give the file that a link names."""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), path))
        return self.files.get_file_from_path(found)

    def of(self, file: File) -> Callable[[str], str | None]:
        """Give the function that tells where a link in this file leads."""
        folder, here = posixpath.dirname(file.src_uri), folders(file.url)

        def address(path: str) -> str | None:
            url = self._url(folder, path)
            return None if url is None else relative("" if url == "./" else url, here)

        return address

    def _url(self, folder: str, path: str) -> str | None:
        if (folder, path) not in self._targets:
            self._urls = self._urls or {file.src_uri: file.url for file in self.files}
            plain = not path.startswith("/") and "%" not in path and "?" not in path
            found = posixpath.normpath(posixpath.join(folder, path))
            self._targets[folder, path] = self._urls.get(found) if plain else None
        return self._targets[folder, path]


@jinja2.pass_context
def url_filter(context: jinja2.runtime.Context, value: object) -> str:
    """Give an address of the site as the page at hand links to it: what MkDocs' filter gives,
    which remembers every address that it was ever asked for.
    """
    path, page = str(value), context["page"]
    if page is None or not ORDINARY.fullmatch(path):
        return str(normalize_url(path, page=page, base=context["base_url"]))
    here = context.vars.get("quick_here")
    return relative(path, folders(page.url) if here is None else here)


def _contents(headings: tuple[quick.Heading, ...]) -> TableOfContents:
    tokens: Any = [{"level": one.level, "id": one.anchor, "name": one.name} for one in headings]
    return get_toc(nest_toc_tokens(tokens)) if tokens else TableOfContents([])


class QuickPage(Page):
    """A generated page: its front matter and its HTML are made when a template asks for them."""

    def __init__(self, file: File, config: MkDocsConfig, addresses: Addresses) -> None:
        self._config, self._addresses, self._active = config, addresses, False
        self._matter: dict[str, Any] | None = None
        self._body = ""
        self._html: str | None = None
        self._links: tuple[str, ...] = ()
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing yet: what a page says is needed once it is built."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing yet."""

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter, every string of it escaped."""
        if self._matter is None:
            self._read()
        return self._matter or {}

    @meta.setter
    def meta(self, value: Mapping[str, Any]) -> None:
        self._matter = escaped(value) if value else None

    @property
    def title(self) -> Any:  # type: ignore[override]  # as above
        """The title, escaped."""
        return self.meta.get("title") or escape(self.file.name)

    @property
    def content(self) -> str | None:
        """The page as HTML; nothing before the page is being built."""
        if self._html is None and self._active:
            self._render()
        return self._html or ""

    @content.setter
    def content(self, value: str | None) -> None:
        self._html = value if self._active else None

    @property
    def toc(self) -> Any:
        """The headings, as MkDocs gives them to a template."""
        if self._html is None and self._active:
            self._render()
        return self._toc

    @toc.setter
    def toc(self, value: Any) -> None:
        self._toc = value

    @property
    def active(self) -> bool:
        """True while the page is being built; afterwards its text is let go."""
        return self._active

    @active.setter
    def active(self, value: bool) -> None:
        self._active = value
        if not value:
            self._matter = self._html = None
            self._body, self._toc = "", []

    def _read(self) -> None:
        text = self.file.content_string
        head, found, body = text.removeprefix(BEGIN).partition(END)
        matter = front_matter.load(head) if found and text.startswith(BEGIN) else None
        if matter is None:
            super().read_source(self._config)
            body, self.markdown = self.markdown or "", ""
        else:
            self.meta = matter
        self._body = body.lstrip("\n")

    def _render(self) -> None:
        if self._matter is None:
            self._read()
        found = quick.render(self._body, self._addresses.of(self.file))
        if found is None:
            self.markdown = self._body
            super().render(self._config, self._addresses.files)
            self.markdown = ""
        else:
            self._html, self._links = found.html, found.links
            self._toc = _contents(found.headings)
            self.present_anchor_ids = Anchors(found.anchors)  # type: ignore[assignment]  # all that MkDocs asks of it is `in`

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Let MkDocs check the anchors that the page links to."""
        links: dict[File, dict[str, str]] = {}
        for href in self._links:
            path, _, anchor = href.partition("#")
            target = self._addresses.target(self.file, path)
            if target is not None:
                links.setdefault(target, {}).setdefault(anchor, href)
        self.links_to_anchors = {**(self.links_to_anchors or {}), **links}
        super().validate_anchor_links(files=files, log_level=log_level)
        self.links_to_anchors = None
