"""Pages of the last build that a build would make again just so: they are kept, not made.

Takes MkDocs files and what the last build wrote down; gives MkDocs only the pages that may
differ. A page is kept where its Markdown is the same, all that every page depends on is the
same (our code, templates, settings), and what it asked of other pages has the same answer.
Every hundredth page that could be kept is made all the same and compared: where it differs,
the build fails, and `tearsheet.commands` makes every page.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from hooks.quick_pages import Anchors, QuickPage
from tearsheet.search import Before
from tearsheet.search.pages import Seen, Shown
from tearsheet.writer import same_file

STATE = "TEARSHEET_STATE"
"""The environment variable that names a folder: `before.json` in it is what the last build
wrote down (absent: nothing to keep), `after.json` what this one does.
"""
CHECKED = 100
"""One in so many pages is made although it could be kept."""


@dataclass(slots=True)
class Written:
    """What a build writes down of one page: its Markdown's digest, its anchors, what it asked."""

    digest: str
    anchors: str
    asked: dict[str, str] = field(default_factory=dict)


class Answers:
    """What pages may ask of other pages: the other names of an entity, by its address."""

    def __init__(self, names: dict[str, list[Markup]]) -> None:
        self._names = names
        self._asked: dict[str, str] = {}

    def get(self, key: str, default: object = None) -> Any:
        """Answer, and remember that it was asked."""
        self._asked[str(key)] = self.digest(key)
        return self._names.get(str(key), default)

    def digest(self, key: str) -> str:
        """Give a mark of an answer."""
        return hashlib.sha256(repr(self._names.get(str(key))).encode()).hexdigest()[:16]

    def taken(self) -> dict[str, str]:
        """Give what was asked since the last time, with the marks of the answers."""
        asked, self._asked = self._asked, {}
        return asked


class Kept:
    """The pages of one build: which are kept, and what is to be written down of all."""

    def __init__(self, config: MkDocsConfig, files: Files, answers: Answers, rules: str) -> None:
        folder = os.environ.get(STATE)
        self._folder = Path(folder) if folder else None
        self._site, self.rules, self._answers = Path(config.site_dir), rules, answers
        self._old_site = Path()
        self._before: dict[str, Written] = {}
        self.search: Before | None = None
        self._after: dict[str, Written] = {}
        self._files, self.files = files, list[File]()
        self._checked: list[File] = []
        if self._folder is not None:
            self._read_before()
            self._choose(config, [file for file in files if isinstance(file.page, QuickPage)])

    def _read_before(self) -> None:
        file = (self._folder or Path()) / "before.json"
        if not file.is_file():
            return
        found = json.loads(file.read_text(encoding="utf-8"))
        self._old_site = Path(found["site"])
        if found["rules"] == self.rules:
            self._before = {path: Written(*row) for path, row in found["pages"].items()}
            seen = {
                path: Seen(look, Shown(path, number, digest))
                for path, (look, number, digest) in found["search"]["seen"].items()
            }
            self.search = Before(self._old_site, seen, found["search"]["marks"])

    def _choose(self, config: MkDocsConfig, files: list[File]) -> None:
        named = {path for entry in config.nav or () for path in entry.values()}
        gone = set(self._before) - {file.src_uri for file in files}
        marks = [f"{path.rsplit('/', 1)[-1]}".encode() for path in sorted(gone)]
        kept = []
        for file in files:
            text = _text(file)
            self._after[file.src_uri] = Written(hashlib.sha256(text).hexdigest(), "")
            # What may lead to a page that is gone is made, so that MkDocs complains of it.
            leads_nowhere = any(mark in text for mark in marks)
            if file.src_uri not in named and not leads_nowhere and self._is_as_before(file.src_uri):
                kept.append(file)
        self._keep(kept)

    def _is_as_before(self, path: str) -> bool:
        before = self._before.get(path)
        return (
            before is not None
            and before.digest == self._after[path].digest
            and all(self._answers.digest(key) == mark for key, mark in before.asked.items())
        )

    def _keep(self, files: list[File]) -> None:
        for number, file in enumerate(files):
            old = self._old_site / file.dest_uri
            if number % CHECKED == CHECKED - 1:
                self._checked.append(file)
            elif old.is_file() and file.page is not None:
                file.inclusion = InclusionLevel.EXCLUDED
                self._after[file.src_uri] = self._before[file.src_uri]
                file.page.present_anchor_ids = Anchors.unpacked(self._before[file.src_uri].anchors)  # type: ignore[assignment]  # all that MkDocs asks of it is `in`
                self.files.append(file)

    def all_pages(self) -> Iterator[File]:
        """Give every page of the site, those that are kept too, in MkDocs' order."""
        kept = {file.src_uri for file in self.files}
        for file in self._files:
            if file.is_documentation_page() and (
                file.inclusion.value > InclusionLevel.DRAFT.value or file.src_uri in kept
            ):
                yield file

    def made(self, page: Page) -> None:
        """Write down what was seen of a page while it was made."""
        row, asked = self._after.get(page.file.src_uri), self._answers.taken()
        if row is not None:
            anchors = page.present_anchor_ids
            row.anchors = "\n".join(sorted(anchors)) if isinstance(anchors, set) else str(anchors)
            row.asked = asked

    def _expect_anchors(self) -> None:
        """Fail where a kept page leads to a paragraph that its page has no more."""
        lost = [
            f"{path.rsplit('/', 1)[-1]}#{anchor})".encode()
            for path, before in self._before.items()
            if path in self._after and self._after[path] is not before
            for anchor in before.anchors.split()
            if anchor not in self._after[path].anchors.split()
        ]
        for file in self.files if lost else ():
            text = _text(file)
            if any(mark in text for mark in lost):
                raise PluginError(f"{file.src_uri}: may lead to a paragraph that is no more")

    def finish(self) -> None:
        """Put the kept pages into the new site, and compare those that were made all the same."""
        for file in self.files:
            new = self._site / file.dest_uri
            new.parent.mkdir(parents=True, exist_ok=True)
            same_file(self._old_site / file.dest_uri, new)
        self._expect_anchors()
        for file in self._checked:
            old = self._old_site / file.dest_uri
            if old.is_file() and old.read_bytes() != (self._site / file.dest_uri).read_bytes():
                raise PluginError(f"{file.src_uri}: not as it was, though nothing it shows changed")

    @property
    def blocks(self) -> Path | None:
        """Where the search keeps what it made of a few pages at a time, if anywhere."""
        return self._folder / "blocks" if self._folder else None

    def write_down(self, search: Before) -> None:
        """Write down what the next build may keep, of the pages and of their index."""
        if self._folder is None:
            return
        rows = {
            path: [one.digest, one.anchors, one.asked] for path, one in sorted(self._after.items())
        }
        seen = {
            path: [one.look, one.shown.number, one.shown.digest]
            for path, one in search.seen.items()
        }
        found = {
            "rules": self.rules,
            "pages": rows,
            "search": {"marks": search.marks, "seen": seen},
        }
        text = json.dumps(found, ensure_ascii=False)
        (self._folder / "after.json").write_text(text, encoding="utf-8")


def _text(file: File) -> bytes:
    return Path(file.abs_src_path or "").read_bytes()
