"""A build's own things, from one of MkDocs' events to the next.

Holds what lies under docs/, what the last build wrote down, and what is kept of it; makes the
generated pages, and leaves in the new site what MkDocs does not know of.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from hooks.generated import AllFiles, Generated, Leaf, put_in_place
from hooks.kept_pages import ROWS, Answers, Kept, choose, lost_anchor, read_rows, write_rows
from hooks.making import Maker
from hooks.quick_pages import QuickPage
from tearsheet.search import Before
from tearsheet.search.pages import Seen, Shown
from tearsheet.writer import same_file

STATE = "TEARSHEET_STATE"
"""The environment variable that names a folder: in `before/` of it lies what the last build
wrote down (absent: nothing to keep), in `after/` what this one does.
"""
SITE_FILE = "archive/site.json"
"""What the archive says of itself, for the build alone."""


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
    _site: Path = field(init=False)
    _state: Path | None = field(init=False)
    _old: Path = field(init=False)

    def begin(self, by_hand: list[File], config: MkDocsConfig, rules: str) -> AllFiles:
        """Look at the generated files, and choose which pages of the old site are kept."""
        state = os.environ.get(STATE)
        self._state = Path(state) if state else None
        self._site, self.rules, self._old = Path(config.site_dir), rules, Path()
        self._found = Generated(self.docs, config.site_url, looks=state is not None)
        self._found.others = [path for path in self._found.others if path != SITE_FILE]
        named = frozenset(path for entry in config.nav or () for path in entry.values())
        self._files = AllFiles(by_hand, self._found, config, QuickPage, named)
        self.answers = Answers(self._found, self._matter)
        before = self._read_before()
        self._kept = choose(self._found, before, self.answers, named, self._old)
        return self._files

    def _matter(self, source: str) -> Mapping[str, Any]:
        file = self._files.get_file_from_path(source)
        return file.page.meta if file and file.page else {}

    def _read_before(self) -> dict[str, Any]:
        folder = (self._state or Path()) / "before"
        if self._state is None or not (folder / "stands.json").is_file():
            return {}
        stands = json.loads((folder / "stands.json").read_text(encoding="utf-8"))
        self._old = Path(stands["site"])
        found = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        if found["rules"] != self.rules:
            return {}
        seen = {
            path: Seen(look, Shown(path, number, digest))
            for path, (look, number, digest) in found["search"]["seen"].items()
        }
        self.search = Before(self._old, seen, found["search"]["marks"])
        return read_rows(folder / ROWS, self.rules)

    def make(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Make the generated pages that are not kept."""
        if self.nav is None:
            raise PluginError("MkDocs told of no navigation")
        context = get_context(self.nav, (), config)
        Maker(config, self._files, self._found, self._kept, self.answers).make(env, context)
        put_in_place(self._found, self._site)

    def all_pages(self, by_hand: list[File]) -> list[File | Leaf]:
        """Give every page of the site, in the order in which MkDocs would come to them."""
        return sorted([*by_hand, *self._found.leaves.values()], key=_place)

    def finish(self) -> None:
        """Put the kept pages into the new site, and compare those that were made all the same."""
        for leaf in self._kept.pages:
            new = self._site / leaf.dest
            new.parent.mkdir(parents=True, exist_ok=True)
            same_file(self._old / leaf.dest, new)
        source = lost_anchor(self._kept)
        if source is not None:
            raise PluginError(f"{source}: may lead to a paragraph that is no more")
        for leaf in self._kept.checked:
            if (self._old / leaf.dest).read_bytes() != (self._site / leaf.dest).read_bytes():
                raise PluginError(f"{leaf.source}: not as it was, though nothing it shows changed")
        self.shown.cleanup()

    @property
    def blocks(self) -> Path | None:
        """Where the search keeps what it made of a few pages at a time, if anywhere."""
        return self._state / "blocks" if self._state else None

    def write_down(self, search: Before) -> None:
        """Write down what the next build may keep, of the pages and of their index."""
        if self._state is None:
            return
        seen = {
            path: [one.look, one.shown.number, one.shown.digest]
            for path, one in search.seen.items()
        }
        after = self._state / "after"
        after.mkdir(parents=True, exist_ok=True)
        write_rows(after / ROWS, self.rules, self._kept.after)
        found = {"rules": self.rules, "search": {"marks": search.marks, "seen": seen}}
        text = json.dumps(found, ensure_ascii=False)
        (after / "site.json").write_text(text, encoding="utf-8")


def _place(file: File | Leaf) -> tuple[tuple[str, ...], bool, str]:
    """Give where MkDocs comes to a file: a folder's own files first, its index before them."""
    source = file.source if isinstance(file, Leaf) else file.src_uri
    *folders, name = source.split("/")
    return tuple(folders), name.rpartition(".")[0] not in ("index", "README"), name
