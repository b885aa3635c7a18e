"""The generated pages of a site, made one by one from their Markdown, beside MkDocs.

Takes what lies under docs/ and the templates; writes the pages that are not kept into the new
site, and tells MkDocs' log of links and anchors that lead nowhere, as MkDocs itself would.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig

from hooks.addresses import Links
from hooks.generated import AllFiles, Generated, Leaf
from hooks.kept_pages import Answers, Kept, digest_of, other_names
from hooks.quick_pages import Anchors, QuickPage, Sheet, packed
from hooks.rows import Row, named_in
from hooks.shells import NotTheSameError, Shells

log = logging.getLogger("mkdocs.plugins.tearsheet")
links_log = logging.getLogger("mkdocs.structure.pages")
"""Where MkDocs complains of links."""


@dataclass(frozen=True, slots=True)
class Told:
    """What making a page tells of it: see Row."""

    links: tuple[str, ...]
    anchors: str
    names: tuple[str, ...]


class Maker:
    """Makes the pages of one build."""

    def __init__(
        self,
        config: MkDocsConfig,
        files: AllFiles,
        found: Generated,
        kept: Kept,
        answers: Answers,
    ) -> None:
        self._config, self._files, self._found = config, files, found
        self._kept, self._answers = kept, answers
        self._links = Links(files.url_of)
        self._whole: list[QuickPage] = []
        self._deferred: list[tuple[str, str]] = []

    def make(self, env: jinja2.Environment, context: Mapping[str, Any]) -> None:
        """Make every page that is not kept, then check what they link to."""
        # Names last: they link to paragraphs of records, whose anchors are known by then.
        todo = sorted(self._kept.made, key=lambda leaf: leaf.source.startswith("entities/"))
        shells = Shells(env, context)
        try:
            self._make(todo, shells, fill=True)
        except NotTheSameError as error:
            log.info("Every page is rendered whole: a filled shell was not the same at %s", error)
            self._make(todo, shells, fill=False)
        self._check()

    def _make(self, todo: list[Leaf], shells: Shells, *, fill: bool) -> None:
        self._whole, self._deferred = [], []
        write = _Writer(self._config.site_dir).write
        for leaf in todo:
            content = self._found.text(leaf.source)
            text, told = self._made(leaf, content, shells, fill=fill)
            write(leaf.dest, text)
            row = Row(
                digest_of(content),
                told.anchors,
                " ".join(sorted({href.rpartition("/")[2] for href in told.links})),
                self._answers.taken(),
                told.names,
            )
            self._kept.after.put(leaf.source, row)
            if told.links:
                self._deferred += self._lost(leaf.source, told.links)
        self._kept.after.name_also(self._links.named)

    def _made(self, leaf: Leaf, content: bytes, shells: Shells, *, fill: bool) -> tuple[str, Told]:
        if leaf.source not in self._files.named:
            text = content.decode("utf-8-sig")
            sheet = Sheet(leaf, text, self._links) if "\r" not in text else None
            if sheet is not None and sheet.read is not None:
                made = shells.filled(sheet) if fill else shells.whole(sheet)
                names = other_names(sheet.meta)
                return made, Told(sheet.read.links, packed(sheet.read.anchors), names)
        return self._by_mkdocs(leaf, content, shells)

    def _by_mkdocs(self, leaf: Leaf, content: bytes, shells: Shells) -> tuple[str, Told]:
        file = self._files.get_file_from_path(leaf.source)
        page = file.page if file else None
        if not isinstance(page, QuickPage):
            raise TypeError(leaf.source)
        links = page.complete(self._links, self._files)
        self._kept.after.name_also(one.decode("utf-8", "replace") for one in named_in(content))
        made = shells.whole(page)
        self._whole.append(page)
        names = other_names(page.meta)
        page.let_go()
        return made, Told(links, packed(page.present_anchor_ids or set()), names)

    def _lost(self, source: str, links: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give the links whose anchor is not known, or not yet, with the page that holds them."""
        row_of, target = self._kept.after.get, self._links.target
        for href in links:
            path, _, anchor = href.partition("#")
            row = row_of(target(source, path))
            if row is None or anchor not in Anchors(row.anchors):
                yield source, href

    def _check(self) -> None:
        """Give MkDocs the anchors that it asks for, and complain of those that are not there."""
        for source, file in self._files.asked_for.items():
            row = self._kept.after.get(source)
            if row is not None and file.page is not None:
                file.page.present_anchor_ids = Anchors(row.anchors)  # type: ignore[assignment]  # all that MkDocs asks of it is `in`
        level = self._config.validation.links.anchors
        by_mkdocs = {page.file.src_uri for page in self._whole}
        for page in self._whole:
            page.validate_anchor_links(files=self._files, log_level=level)
        for source, href in self._deferred:
            path, _, anchor = href.partition("#")
            target = self._links.target(source, path)
            if source not in by_mkdocs and self._lacks(target, anchor):
                links_log.log(level, _complaint(source, href, target))

    def _lacks(self, target: str, anchor: str) -> bool:
        row = self._kept.after.get(target)
        if row is not None:
            return anchor not in Anchors(row.anchors)
        file = self._files.get_file_from_path(target)
        known = file.page.present_anchor_ids if file and file.page else None
        return known is not None and anchor not in known


def _complaint(source: str, href: str, target: str) -> str:
    said = f"the doc '{target}' does not contain an anchor '#{href.partition('#')[2]}'"
    if target == source:
        said = "there is no such anchor on this page"
    return f"Doc file '{source}' contains a link '{href}', but {said}."


class _Writer:
    """Writes pages into a site, and makes folders where it has made none yet."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._folders: set[str] = set()

    def write(self, dest: str, text: str) -> None:
        """Write a page at its path in the site."""
        path, folder = f"{self._site}/{dest}", dest.rpartition("/")[0]
        if folder not in self._folders:
            self._folders.add(folder)
            Path(self._site, folder).mkdir(parents=True, exist_ok=True)
        content = text.encode("utf-8", errors="xmlcharrefreplace")
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123  # 25,000 times
            while content:
                content = content[file.write(content) or 0 :]
