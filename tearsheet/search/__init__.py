"""The search index of a built site.

Takes the folder of a site, gives `pagefind/` inside it: one index, or two that a browser
searches as one (bundles.py). Pagefind indexes a few pages at a time (blocks.py), and what it
made of them is joined (joined.py); a block of pages that are as they were is not indexed again,
a bundle of such blocks is taken over from the last site. Guarantees the same bytes for the same
pages, whatever was there before.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from tearsheet.errors import CorpusError
from tearsheet.memory import uncollected
from tearsheet.search.blocks import make_block, run_pagefind, write_fragments
from tearsheet.search.bundles import FIRST, Block, Bundle, divide
from tearsheet.search.filing import Made, filed_block
from tearsheet.search.joined import join, words_mark
from tearsheet.search.offline import FOLDER, offer, write_offline
from tearsheet.search.pages import Shown, shown_among, shown_pages
from tearsheet.writer import same_file

BUNDLE = "pagefind"
"""The folder of the index inside the site."""
LIST = "bundles.json"
"""The file that names the bundles beside the first: the scripts read it."""

LIBRARY = ("pagefind-component-ui.js", "pagefind-component-ui.css")
"""What of Pagefind's own is shipped. Not its old interface, which runs filter values as HTML, nor
its search, in whose place stands theme/assets/finder.js."""
WORDS = "words"
"""The file, beside the blocks that are kept, of the words of the first bundle."""
PARTS = ("fragment", "filter", "index", "offline")
"""The folders of one index; beside them lie only files, and the folders of other bundles."""
_BY_BLOCK = ("fragment", FOLDER)
"""Those in which every block has a folder of its own, named after what it holds."""
_A_WORD = '<!doctype html><html lang="en"><body><p>word</p></body></html>'


Marks: TypeAlias = Mapping[str, Sequence[str]]
"""Of each bundle by its name what tells it from any other, and what tells its words, in pieces."""


class Before(msgspec.Struct, frozen=True):
    """The index that a build may take from: its site, the blocks of its pages, its marks, and
    its maker.
    """

    site: Path
    blocks: Sequence[Block]
    marks: Marks
    maker: str = ""


class Update(msgspec.Struct, frozen=True):
    """What a site that is to be indexed holds already, where it is the old one brought up to
    date: the paths of files in which the two may differ, and the marks of the bundles in it,
    which are whole and of some build before.
    """

    changed: Iterable[str] = ()
    marks: Marks = msgspec.field(default_factory=dict)


def index_site(
    site: Path,
    before: Before | None = None,
    maker: str = "",
    kept: Path | None = None,
    update: Update | None = None,
) -> Before:
    """Index a built site, so that the same pages give the same index; give what it was made of.

    A bundle is taken from `before`, and a block from the folder `kept`, where it was made by the
    same `maker` (all but the pages that an index depends on) of the same pages. That folder holds the blocks of this index alone afterwards,
    some 10 KB a record, and may be deleted at any time. With an `update` of the site of `before`,
    only what changed is read, and what the site's own index holds stays where it is still right.
    Raises CorpusError when Pagefind fails or writes an index that is not of the pinned version's
    format.
    """
    if not site.is_dir():
        raise CorpusError(f"{site}: there is no such folder to index; build the site first")
    standing: Marks = {}
    before = before if before and before.maker == maker else None
    if update is None or before is None:
        shutil.rmtree(site / BUNDLE, ignore_errors=True)
        bundles = divide(shown_pages(site))
    else:
        standing = update.marks
        bundles = divide(_shown_since(before, site, [*update.changed]), before.blocks)
    blocks = [block for bundle in bundles for block in bundle.blocks]
    _remove_others(site / BUNDLE, {one.name for one in bundles})
    marks: dict[str, Sequence[str]] = {}
    with uncollected(), tempfile.TemporaryDirectory(prefix="tearsheet-blocks-") as scratch:
        shelf = _Shelf(site, maker, kept or Path(scratch), lasts=kept is not None)
        for bundle in bundles:
            old = _Old.of(before, standing, bundle.name)
            marks[bundle.name] = _index(bundle, site / BUNDLE / bundle.name, shelf, old)
        shelf.clear({block.mark(maker) for block in blocks})
    _write_list(site / BUNDLE, [bundle.name for bundle in bundles if bundle.name != FIRST])
    return Before(site, blocks, marks, maker)


def _shown_since(before: Before, site: Path, changed: Sequence[str]) -> Iterable[Shown]:
    shown = {page.path: page for block in before.blocks for page in block.pages}
    for path in changed:
        shown.pop(path, None)
    return (shown | {page.path: page for page in shown_among(site, changed)}).values()


class _Old(msgspec.Struct, frozen=True):
    """A bundle of the last build, if there was one, with its marks and those of what stands in
    the new site already.
    """

    folder: Path | None
    marks: Sequence[str]
    standing: Sequence[str]

    @classmethod
    def of(cls, before: Before | None, standing: Marks, name: str) -> "_Old":
        """Give the old bundle of this name."""
        if before is None or name not in before.marks:
            return cls(None, ("", ""), ("", ""))
        folder = before.site / BUNDLE / name
        return cls(folder, before.marks[name], standing.get(name, ("", "")))


class _Shelf:
    """The blocks that were made, each in a folder named after all that it was made of."""

    def __init__(self, site: Path, maker: str, folder: Path, *, lasts: bool) -> None:
        self._site, self.maker, self._folder = site, maker, folder
        self.words = folder / WORDS if lasts else None
        folder.mkdir(parents=True, exist_ok=True)

    def block(self, block: Block) -> Made:
        """Give a block, which is made where it is not there."""
        folder = self._folder / block.mark(self.maker)
        if not folder.is_dir():
            aside = self._aside()
            make_block(self._site, block, aside)
            aside.rename(folder)
        return filed_block(self._site, block, folder)

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
            if path.name not in {*wanted, self._library, WORDS}:
                shutil.rmtree(path)

    @property
    def _library(self) -> str:
        return "library-" + hashlib.sha256(self.maker.encode()).hexdigest()[:16]

    def _aside(self) -> Path:
        """Give where a folder is made, so that a build that is killed leaves no half of one."""
        aside = self._folder / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        return aside


def _index(bundle: Bundle, folder: Path, shelf: "_Shelf", old: _Old) -> Sequence[str]:
    """Make a bundle, or let it stand as it is; give its marks."""
    mark = bundle.mark(shelf.maker)
    if old.folder is None or old.marks[0] != mark:
        return mark, _make(bundle, folder, shelf, old)
    if old.standing[0] != mark:
        _take_over(old.folder, folder)
    return old.marks


def _make(bundle: Bundle, folder: Path, shelf: "_Shelf", old: _Old) -> str:
    """Make a bundle; give the mark of its words."""
    blocks = [shelf.block(block) for block in bundle.blocks]
    words = words_mark(blocks)
    _empty(folder, {one.lists.mark for one in blocks}, words=old.standing[1] == words)
    for one in blocks:
        write_fragments(one.folder, one.lists.mark, folder)
    if words == old.marks[1] != old.standing[1] and old.folder is not None:
        _take_words(old.folder, folder)
    kept = shelf.words if bundle.name == FIRST else None  # the others are large, and change rarely
    join(blocks, folder, old.folder, same=words == old.marks[1], kept=kept)
    if bundle.name == FIRST:  # its scripts search all
        for name in LIBRARY:
            same_file(shelf.library() / name, folder / name)
    write_offline(folder, f"{bundle.name}/" if bundle.name else "")
    return words


def _empty(folder: Path, blocks: set[str], *, words: bool = False) -> None:
    """Leave in a bundle nothing but what is shown of the pages of these blocks, and its `words`.

    What goes is removed and never written into: it stands in the site that is shown, too.
    """
    spared = {folder / "index", folder / FOLDER / "index"} if words else set()
    for part in PARTS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    for one in folder.iterdir():
        if one.is_file():
            one.unlink()
    for part in PARTS:
        if folder / part not in spared:
            _empty_part(folder / part, spared, blocks if part in _BY_BLOCK else set())


def _empty_part(part: Path, spared: set[Path], blocks: set[str]) -> None:
    with os.scandir(part) as found:
        inside = list(found)
    for one in inside:
        if one.is_file():
            os.unlink(one.path)  # noqa: PTH108  # hundreds of times
        elif one.name not in blocks and part / one.name not in spared:
            shutil.rmtree(one.path)


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove the bundles that are not of these names."""
    for one in folder.iterdir() if folder.is_dir() else ():
        if one.is_dir() and one.name not in {*PARTS, *names}:
            shutil.rmtree(one)


def _write_list(folder: Path, names: list[str]) -> None:
    for file in (folder / LIST, folder / FOLDER / f"{LIST}.js"):
        file.unlink(missing_ok=True)  # it may stand in the last site, too
    (folder / LIST).write_text(json.dumps(names), encoding="utf-8")
    offer(folder, LIST)


def _take_words(old: Path, folder: Path) -> None:
    """Let the words of an old bundle stand in the new site too."""
    for part in ("index", f"{FOLDER}/index"):
        _link(old / part, folder / part)


def _link(old: Path, folder: Path) -> None:
    shutil.copytree(old, folder, copy_function=same_file, dirs_exist_ok=True)


def _take_over(old: Path, folder: Path) -> None:
    """Let the files of an old bundle stand in the new site too."""
    _empty(folder, set())
    for part in PARTS:
        if (old / part).is_dir():
            _link(old / part, folder / part)
    for file in old.iterdir():
        if file.is_file() and file.name != LIST:
            same_file(file, folder / file.name)
