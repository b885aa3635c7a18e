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

from hooks.generated import AllFiles, Generated, Leaf, put_in_place
from hooks.kept_pages import ROWS, Answers, Kept, Row, choose, lost_anchor, read_rows, write_rows
from hooks.lean_templates import compiled_in
from hooks.making import Maker
from hooks.quick_pages import QuickPage
from tearsheet.batches import read_looks
from tearsheet.search import Before, Marks
from tearsheet.search import Update as SearchUpdate
from tearsheet.search.pages import Shown
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
SITE_FILE = "archive/site.json"
"""What the archive says of itself, for the build alone."""


class Update:
    """The way from the site that stands to the new one, over the spare: see tearsheet/spare.py."""

    def __init__(self, noted: Path, old: Path, others: dict[str, str], plain: list[str]) -> None:
        """`noted` says what the spare and the old site differ in, and of what index the spare is;
        `others` and `plain` are the files of the old site that are no generated pages.
        """
        self._noted, self._old = noted, old
        self.others, self.plain = others, plain
        self.changed: list[str] = []
        self.marks: Marks = {}

    def make(self, new: Path, gone: list[str]) -> Path:
        """Bring the spare up to date with what is new and what is gone; give its place."""
        spare, noted = spare_of(self._old), _read(self._noted)
        self.marks = noted["marks"]
        self._noted.unlink()  # from here on the spare is neither the one nor the other
        try:
            catch_up(spare, self._old, noted["changed"])
            for path in gone:
                remove(spare, path)
            self.changed = [*gone, *take_in(new, spare)]
        except OSError as error:
            raise PluginError(f"the spare site could not be brought up to date: {error}") from error
        return spare


@dataclass(slots=True)
class Ours:
    """One build: `docs` are all files to be built, `shown` is the folder that MkDocs reads."""

    docs: Path
    shown: tempfile.TemporaryDirectory[str]
    nav: Navigation | None = None
    rules: str = ""
    search: Before | None = None
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
        self.answers = Answers(self._found, self._matter)
        before = self._read_before()
        self._kept = choose(self._found, before, self.answers, named, self._old)
        return self._files

    def _matter(self, source: str) -> Mapping[str, Any]:
        file = self._files.get_file_from_path(source)
        return file.page.meta if file and file.page else {}

    def _read_before(self) -> dict[str, Row]:
        if self._state is None or not (self._state / "before" / STANDS).is_file():
            return {}
        folder = self._state / "before"
        self._old = Path(_read(folder / STANDS)["site"])
        found = _read(folder / "site.json")
        if found["rules"] != self.rules:
            return {}
        shown = {path: Shown(path, *said) for path, said in found["search"]["shown"].items()}
        self.search = Before(self._old, shown, found["search"]["marks"], self.rules)
        rows = read_rows(folder / ROWS, self.rules)
        if rows and _is_there(folder / SPARE, spare_of(self._old)):
            self._update = Update(folder / SPARE, self._old, found["others"], found["plain"])
        return rows

    def make(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Make the generated pages that are not kept."""
        if self.nav is None:
            raise PluginError("MkDocs told of no navigation")
        if self._state is not None:
            env.bytecode_cache = compiled_in(self._state / "templates")
        context = get_context(self.nav, (), config)
        Maker(config, self._files, self._found, self._kept, self.answers).make(env, context)
        known = self._update.others if self._update else {}
        put_in_place(self._found, self.site, known)

    def all_pages(self, by_hand: list[File]) -> list[File | Leaf]:
        """Give every page of the site, in the order in which MkDocs would come to them."""
        return sorted([*by_hand, *self._found.leaves.values()], key=_place)

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
        kept, leaves = {leaf.source for leaf in self._kept.pages}, self._found.leaves
        made = {leaf.dest for source, leaf in leaves.items() if source not in kept}
        made |= set(self._found.others)
        self._plain = sorted(path for path in files_in(self.site) if path not in made)
        if self._update is None:
            for leaf in self._kept.pages:
                new = self.site / leaf.dest
                new.parent.mkdir(parents=True, exist_ok=True)
                same_file(self._old / leaf.dest, new)
            return
        gone = {Leaf(path, "").dest for path in self._kept.before if path not in leaves}
        gone |= set(self._update.others) | set(self._update.plain)
        self.site = self._update.make(self.site, sorted(gone - made - set(self._plain)))

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
        shown = {path: [one.number, one.digest, one.filed] for path, one in search.shown.items()}
        after = self._state / "after"
        after.mkdir(parents=True, exist_ok=True)
        whole = write_rows(after / ROWS, self.rules, self._kept.after)
        found = {
            "rules": self.rules,
            "search": {"marks": search.marks, "shown": shown},
            "others": self._found.others,
            "plain": self._plain,
        }
        _write(after / "site.json", found)
        if whole:  # what is not written down of a page cannot be told from it once it is gone
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
