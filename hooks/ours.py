"""A build's own things, from one of MkDocs' events to the next.

Holds what lies under docs/, what the last build wrote down, and what is kept of it; makes the
generated pages, and leaves in the new site what MkDocs does not know of.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.utils import is_markdown_file

from hooks.generated import AllFiles, Generated, Leaf, put_in_place
from hooks.kept_pages import Answers, Kept, Written, choose, lost_anchor, lost_pages
from hooks.lean_templates import compiled_in
from hooks.making import Maker
from hooks.quick_pages import QuickPage
from hooks.rows import is_text, read_rows
from tearsheet.batches import packed, read_looks
from tearsheet.search import Before, Marks
from tearsheet.search import Update as SearchUpdate
from tearsheet.search.bundles import Block
from tearsheet.spare import catch_up, files_in, remove, spare_of, take_in
from tearsheet.writer import same_file

STATE = "TEARSHEET_STATE"
"""The environment variable that names a folder: in `before/` of it lies what the last build
wrote down (absent: nothing to keep), in `after/` what this one does.
"""
LOOKS = "TEARSHEET_LOOKS"
"""The environment variable that names a file: how every generated file looks, if that was just
written down (see tearsheet/writer.py).
"""
STANDS, SPARE, CHANGED = "stands.json", "spare.json", "changed.json"
"""In `before/`: of which site it is, and what its spare differs in (absent: there is none that
is any good). In `after/`: what was changed in the spare to make the new site (null: there was
none, and the new site is where MkDocs was told to make it).
"""
INDEX, LOOKED = "index.msgpack", "looks.msgpack"
"""In either: of what pages the search index was made; how the generated files looked."""
SITE_FILE = "archive/site.json"
"""What the archive says of itself, for the build alone."""


class _Index(msgspec.Struct, array_like=True, frozen=True):
    """What is written down of a search index: see Before in tearsheet/search."""

    marks: Marks
    blocks: tuple[Block, ...]


_INDEX_IN = msgspec.msgpack.Decoder(_Index)


class Update:
    """The way from the site that stands to the new one, over the spare: see tearsheet/spare.py."""

    def __init__(self, noted: Path, old: Path, plain: list[str]) -> None:
        """`noted` says what the spare and the old site differ in, and of what index the spare is;
        `plain` are the files of the old site that were not generated.
        """
        self._noted, self._old, self.plain = noted, old, plain
        found = _read(noted)
        self.differ: list[str] = found["changed"]
        self.marks: Marks = found["marks"]
        self.changed: list[str] = []

    def make(self, new: Path, gone: list[str]) -> Path:
        """Bring the spare up to date with what is new and what is gone; give its place."""
        spare = spare_of(self._old)
        self._noted.unlink()  # from here on the spare is neither the one nor the other
        try:
            catch_up(spare, self._old, self.differ)
            for path in gone:
                remove(spare, path)
            self.changed = [*gone, *take_in(new, spare)]
        except OSError as error:
            raise PluginError(f"the spare site could not be brought up to date: {error}") from error
        return spare


@dataclass(slots=True)
class Ours:
    """One build: `docs` are all files to be built, `shown` is the folder that MkDocs reads; whether
    the process `collects` what refers to itself, once the pages are made.
    """

    docs: Path
    shown: tempfile.TemporaryDirectory[str]
    collects: bool
    nav: Navigation | None = None
    rules: str = ""
    search: Before | None = None
    _before: Written = field(default_factory=Written)
    _found: Generated = field(init=False)
    _files: AllFiles = field(init=False)
    _kept: Kept = field(init=False)
    answers: Answers = field(init=False)
    site: Path = field(init=False)
    _state: Path | None = field(init=False)
    _old: Path = field(init=False)
    _update: "Update | None" = None
    _plain: list[str] = field(default_factory=list)

    def begin(self, by_hand: list[File], config: MkDocsConfig, rules: str) -> AllFiles:
        """Look at the generated files, and choose which pages of the old site are kept."""
        state = os.environ.get(STATE)
        self._state = Path(state) if state else None
        self.site, self.rules, self._old = Path(config.site_dir), rules, Path()
        looks = os.environ.get(LOOKS)
        known = read_looks(Path(looks)) if looks else None
        self._found = Generated(self.docs, config.site_url, looks=state is not None, known=known)
        self._found.others.pop(SITE_FILE, None)
        named = frozenset(path for entry in config.nav or () for path in entry.values())
        self._files = AllFiles(by_hand, self._found, config, QuickPage, named)
        self._read_before()
        self.answers = Answers(self._found, self._before, self._matter)
        # Of what the spare and the old site share, either holds the new one's.
        among = self._update.differ if self._update else None
        lost = lost_pages(self._found, self._old, among) if self._before.rows else ()
        self._kept = choose(self._found, self._before, self.answers, named, lost)
        return self._files

    def _matter(self, source: str) -> Mapping[str, Any]:
        file = self._files.get_file_from_path(source)
        return file.page.meta if file and file.page else {}

    def _read_before(self) -> None:
        if self._state is None or not (self._state / "before" / STANDS).is_file():
            return
        folder = self._state / "before"
        self._old = Path(_read(folder / STANDS)["site"])
        found = _read(folder / "site.json")
        if found["rules"] != self.rules:
            return
        index = _INDEX_IN.decode((folder / INDEX).read_bytes())
        self.search = Before(self._old, index.blocks, index.marks, self.rules)
        self._before = Written(read_looks(folder / LOOKED), read_rows(folder))
        if self._before.rows and _is_there(folder / SPARE, spare_of(self._old)):
            self._update = Update(folder / SPARE, self._old, found["plain"])

    def make(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Make the generated pages that are not kept."""
        if self.nav is None:
            raise PluginError("MkDocs told of no navigation")
        if self._state is not None:
            env.bytecode_cache = compiled_in(self._state / "templates")
        context = get_context(self.nav, (), config)
        Maker(config, self._files, self._found, self._kept, self.answers).make(env, context)
        known = self._before.looks if self._update else {}
        put_in_place(self._found, self.site, known)

    def all_pages(self, by_hand: list[File]) -> list[File | Leaf]:
        """Give every page of the site, in the order in which MkDocs would come to them."""
        return sorted([*by_hand, *self._found.leaves()], key=_place)

    def finish(self) -> None:
        """Put the kept pages into the new site, and compare those that were made all the same."""
        source = lost_anchor(self._kept)
        if source is not None:
            raise PluginError(f"{source}: may lead to a paragraph that is no more")
        for leaf in self._kept.checked:
            if (self._old / leaf.dest).read_bytes() != (self.site / leaf.dest).read_bytes():
                raise PluginError(f"{leaf.source}: not as it was, though nothing it shows changed")
        if self._state is not None:
            self._gather()
        self.shown.cleanup()

    def _gather(self) -> None:
        """Bring what was made and what is kept together, in the spare where there is one."""
        others, made = self._found.others, {leaf.dest for leaf in self._kept.made}
        ours = {*others, *made}
        self._plain = sorted(path for path in files_in(self.site) if path not in ours)
        if self._update is None:
            self._take_kept(made)
            return
        were = self._kept.gone
        gone = {Leaf(path).dest if is_markdown_file(path) else path for path in were}
        gone |= {path for path in self._update.plain if path not in others}
        self.site = self._update.make(self.site, sorted(gone - made - set(self._plain)))

    def _take_kept(self, made: set[str]) -> None:
        for leaf in self._found.leaves():
            if leaf.dest not in made:
                new = self.site / leaf.dest
                new.parent.mkdir(parents=True, exist_ok=True)
                same_file(self._old / leaf.dest, new)

    @property
    def to_search(self) -> SearchUpdate | None:
        """What the search need not look for, where the new site is the spare."""
        return SearchUpdate(self._update.changed, self._update.marks) if self._update else None

    @property
    def blocks(self) -> Path | None:
        """Where the search keeps what it made of a few pages at a time, if anywhere."""
        return self._state / "blocks" if self._state else None

    def write_down(self, search: Before) -> None:
        """Write down what the next build may keep, of the pages and of their index."""
        if self._state is None:
            return
        after = self._state / "after"
        after.mkdir(parents=True, exist_ok=True)
        self._kept.after.write(after)
        seen = self._found.pages | self._found.others
        looks = {path: look for path, look in seen.items() if is_text(path)}
        (after / LOOKED).write_bytes(packed(looks))
        index = _Index(search.marks, tuple(search.blocks))
        (after / INDEX).write_bytes(msgspec.msgpack.encode(index))
        _write(after / "site.json", {"rules": self.rules, "plain": self._plain})
        if len(looks) == len(
            seen
        ):  # what is not written down of a page cannot be told from it once it is gone
            # The site that stands is the spare of the one to come.
            old = self.search if self._update and self.search else search
            changed = self._update.changed if self._update else None
            _write(after / CHANGED, {"changed": changed, "marks": old.marks})


def _is_there(noted: Path, spare: Path) -> bool:
    """Say whether the spare that was noted is the one that stands there."""
    return noted.is_file() and spare.is_dir() and _read(noted).get("inode") == spare.stat().st_ino


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(file.read_bytes())
    return found


def _write(file: Path, found: Mapping[str, object]) -> None:
    file.write_bytes(msgspec.json.encode(found))


def _place(file: File | Leaf) -> tuple[tuple[str, ...], bool, str]:
    """Give where MkDocs comes to a file: a folder's own files first, its index before them."""
    source = file.source if isinstance(file, Leaf) else file.src_uri
    *folders, name = source.split("/")
    return tuple(folders), name.rpartition(".")[0] not in ("index", "README"), name
