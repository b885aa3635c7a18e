"""A generated page, read when it is built and let go afterwards.

A Sheet reads front matter and Markdown of our make at once. A QuickPage is MkDocs' own Page,
for the few that MkDocs must know (those in the navigation) and for Markdown of any other make,
which PyYAML and Python-Markdown read. What either gives to a template is escaped.
"""

from collections.abc import Mapping
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc

from hooks.addresses import Here, Links
from hooks.generated import Leaf
from tearsheet.pages import front_matter, quick

BEGIN, END = "---\n", "\n---\n"
ESCAPES = ("title", "description")
"""What templates escape once more, so it goes to them marked as escaped."""


def escaped(value: object) -> Any:
    """Give a value with every string in it, keys too, escaped for HTML, at any depth."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {escape(key): escaped(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [escaped(item) for item in value]
    return value


def matter_and_body(text: str) -> tuple[dict[str, Any], str] | None:
    """Give a page's front matter, every string of it escaped, and its Markdown; None where
    they are not of our make.
    """
    head, found, body = text.removeprefix(BEGIN).partition(END)
    matter = front_matter.load_escaped(head) if found and text.startswith(BEGIN) else None
    if matter is None:
        return None
    for name in ESCAPES:
        if isinstance(matter.get(name), str):
            matter[name] = Markup(matter[name])  # noqa: S704  # load_escaped escaped it
    return matter, body.lstrip("\n")


class Anchors:
    """The anchors of a page in little room: what MkDocs asks is whether one is among them."""

    def __init__(self, names: str) -> None:
        self._names = f"\n{names}\n"

    def __contains__(self, name: str) -> bool:
        return f"\n{name}\n" in self._names


def packed(names: frozenset[str] | set[str]) -> str:
    """Give anchors as Anchors takes them."""
    return "\n".join(sorted(names))


def _contents(headings: tuple[quick.Heading, ...]) -> TableOfContents:
    tokens: Any = [{"level": one.level, "id": one.anchor, "name": one.name} for one in headings]
    return get_toc(nest_toc_tokens(tokens)) if tokens else TableOfContents([])


class Sheet:
    """A generated page of our make, with what templates ask of a page."""

    __slots__ = ("canonical_url", "content", "here", "meta", "read", "title", "toc", "url")
    is_homepage = False

    def __init__(self, leaf: Leaf, text: str, links: Links) -> None:
        """Read the page; where it is not of our make, `read` is None."""
        self.url, self.canonical_url = leaf.url, leaf.canonical_url
        self.here = Here(leaf.url)
        self.read: quick.Quick | None = None
        found = matter_and_body(text)
        if found is None:
            return
        self.meta, body = found
        self.title = self.meta.get("title") or escape(leaf.name)
        self.read = quick.render(body, links.of(leaf.source, self.here))
        if self.read is not None:
            self.content = self.read.html
            self.toc = self.read.headings


class QuickPage(Page):
    """A generated page as MkDocs' own: its front matter is read when it is asked for."""

    def __init__(self, file: File, config: MkDocsConfig) -> None:
        self._config = config
        self._matter: dict[str, Any] | None = None
        self.here = Here(file.url)
        super().__init__(None, file, config)

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

    def _read(self) -> str:
        found = matter_and_body(self.file.content_string)
        if found is not None:
            self._matter, body = found
            return body
        self.read_source(self._config)
        return (self.markdown or "").lstrip("\n")

    def complete(self, links: Links, files: Files) -> tuple[str, ...]:
        """Make what a template shows; give the links whose anchors remain to be checked."""
        body = self._read()
        read = quick.render(body, links.of(self.file.src_uri, self.here))
        if read is not None:
            self.content, self.toc = read.html, _contents(read.headings)
            self.present_anchor_ids = set(read.anchors)
            return read.links
        self.markdown = body
        self.render(self._config, files)
        found = self.links_to_anchors or {}
        return tuple(href for links in found.values() for href in links.values())

    def let_go(self) -> None:
        """Forget what was read and made."""
        self._matter, self.markdown, self.content, self.toc = None, None, None, []  # type: ignore[assignment]  # as MkDocs does
