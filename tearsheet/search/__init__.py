"""The search index of a built site.

Takes the folder of a site, gives `pagefind/` inside it: one index, or two that a browser
searches as one (bundles.py). Pagefind indexes a few pages at a time (blocks.py), and what it
made of them is joined (joined.py); a block of pages that are as they were is not indexed again,
a bundle of such blocks is taken over from the last site. Guarantees the same bytes for the same
pages, whatever was there before.
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tearsheet.errors import CorpusError
from tearsheet.search.blocks import make_block, run_pagefind
from tearsheet.search.bundles import FIRST, Block, Bundle, divide
from tearsheet.search.joined import join
from tearsheet.search.offline import offer, write_offline
from tearsheet.search.pages import Seen, shown_pages
from tearsheet.writer import same_file

BUNDLE = "pagefind"
"""The folder of the index inside the site."""
LIST = "bundles.json"
"""The file that names the bundles beside the first: the scripts read it."""

LIBRARY = ("pagefind-component-ui.js", "pagefind-component-ui.css")
"""What of Pagefind's own is shipped. Not its old interface, which runs filter values as HTML, nor
its search, in whose place stands theme/assets/finder.js."""
PARTS = ("fragment", "filter", "index", "offline")
"""The folders of one index; beside them lie only files, and the folders of other bundles."""
_A_WORD = '<!doctype html><html lang="en"><body><p>word</p></body></html>'


@dataclass(frozen=True, slots=True)
class Before:
    """The index that a build may take from: its site, its pages, the marks of its bundles."""

    site: Path
    seen: dict[str, Seen]
    marks: dict[str, str]


def index_site(
    site: Path, before: Before | None = None, maker: str = "", kept: Path | None = None
) -> Before:
    """Index a built site, so that the same pages give the same index; give what it was made of.

    A bundle is taken from `before`, and a block from the folder `kept`, where it was made by the
    same `maker` of the same pages. That folder holds the blocks of this index alone afterwards,
    some 12 KB a record, and may be deleted at any time. Raises CorpusError when Pagefind fails or
    writes an index that is not of the pinned version's format.
    """
    if not site.is_dir():
        raise CorpusError(f"{site}: there is no such folder to index; build the site first")
    shutil.rmtree(site / BUNDLE, ignore_errors=True)
    seen = {one.shown.path: one for one in shown_pages(site, before.seen if before else {})}
    bundles = divide(one.shown for one in seen.values())
    marks = {one.name: one.mark(maker) for one in bundles}
    with tempfile.TemporaryDirectory(prefix="tearsheet-blocks-") as scratch:
        shelf = _Shelf(site, maker, kept or Path(scratch))
        for bundle in bundles:
            folder, old = site / BUNDLE / bundle.name, None
            if before and bundle.name in before.marks:
                old = before.site / BUNDLE / bundle.name
            if old and before and before.marks[bundle.name] == marks[bundle.name]:
                _take_over(old, folder)
            else:
                _make(bundle, folder, shelf, old)
        shelf.clear({block.mark(maker) for bundle in bundles for block in bundle.blocks})
    _write_list(site / BUNDLE, [bundle.name for bundle in bundles if bundle.name != FIRST])
    return Before(site, seen, marks)


class _Shelf:
    """The blocks that were made, each in a folder named after all that it was made of."""

    def __init__(self, site: Path, maker: str, folder: Path) -> None:
        self._site, self._maker, self._folder = site, maker, folder
        folder.mkdir(parents=True, exist_ok=True)

    def block(self, block: Block) -> Path:
        """Give the folder of a block, which is made where it is not there."""
        folder = self._folder / block.mark(self._maker)
        if not folder.is_dir():
            aside = self._aside()
            make_block(self._site, block.pages, aside)
            aside.rename(folder)
        return folder

    def library(self) -> Path:
        """Give a folder with Pagefind's own files."""
        folder = self._folder / self._library
        if not folder.is_dir():
            aside = self._aside()
            with tempfile.TemporaryDirectory(prefix="tearsheet-index-") as pages:
                Path(pages, "index.html").write_text(_A_WORD, encoding="utf-8")
                run_pagefind(Path(pages), aside)
            aside.rename(folder)
        return folder

    def clear(self, wanted: set[str]) -> None:
        """Remove what is not wanted."""
        for path in self._folder.iterdir():
            if path.name not in {*wanted, self._library}:
                shutil.rmtree(path)

    @property
    def _library(self) -> str:
        return "library-" + hashlib.sha256(self._maker.encode()).hexdigest()[:16]

    def _aside(self) -> Path:
        """Give where a folder is made, so that a build that is killed leaves no half of one."""
        aside = self._folder / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        return aside


def _make(bundle: Bundle, folder: Path, shelf: _Shelf, old: Path | None) -> None:
    folder.mkdir(parents=True)
    join([shelf.block(block) for block in bundle.blocks], folder, old)
    if bundle.name == FIRST:  # its scripts search all
        for name in LIBRARY:
            same_file(shelf.library() / name, folder / name)
    write_offline(folder, f"{bundle.name}/" if bundle.name else "")


def _write_list(folder: Path, names: list[str]) -> None:
    (folder / LIST).write_text(json.dumps(names), encoding="utf-8")
    offer(folder, LIST)


def _take_over(old: Path, folder: Path) -> None:
    """Let the files of an old bundle stand in the new site too."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (old / part).is_dir():
            shutil.copytree(old / part, folder / part, copy_function=same_file)
    for file in old.iterdir():
        if file.is_file() and file.name != LIST:
            same_file(file, folder / file.name)
