"""Pages of the last build that a build would make again just so: they are kept, not made.

Takes the generated pages and what the last build wrote down of each; says which are made. A
page is kept where its Markdown is the same (a file that looks as it did is not read), all that
every page depends on is the same (our code, templates, settings), and what it asked of other
pages has the same answer. Some pages that could be kept are made all the same and compared:
where one differs, the build fails, and `tearsheet.commands` makes every page.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import isfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.utils import is_markdown_file

from hooks.generated import Generated, Leaf
from hooks.quick_pages import matter_and_body
from hooks.rows import MARKDOWN, Rows, named_in

CHECKED, AT_MOST = 100, 10
"""One in so many pages is made although it could be kept, and so many in one build."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the last build wrote down: how the generated files looked, and the rows of the pages."""

    looks: Mapping[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)


def other_names(matter: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the other names that an entity's page shows."""
    if matter.get("kind") != "entity":
        return ()
    return tuple(str(one["label"]) for one in matter.get("aliases") or ())


class Answers:
    """What pages may ask of other pages: the other names of an entity, by its address."""

    def __init__(
        self, found: Generated, before: Written, slowly: Callable[[str], Mapping[str, Any]]
    ) -> None:
        """`slowly` reads the front matter of a page that is not of our make."""
        self._found, self._before, self._slowly = found, before, slowly
        self._known: dict[str, tuple[str, ...]] = {}
        self._asked: set[str] = set()

    def get(self, key: str) -> tuple[str, ...]:
        """Answer, and remember that it was asked."""
        self._asked.add(key)
        if key not in self._known:
            source = self._found.source_at(unquote(key)) if key.startswith("entities/") else None
            self._known[key] = self.names(source) if source else ()
        return self._known[key]

    def taken(self) -> str:
        """Give what was asked since the last time."""
        asked, self._asked = self._asked, set()
        return " ".join(sorted(asked))

    def names(self, source: str) -> tuple[str, ...]:
        """Give the other names on a page, if it is there: what was written down of it where it
        looks as it did.
        """
        look = self._found.pages.get(source)
        if look is None:
            return ()
        row = self._before.rows.get(source) if look == self._before.looks.get(source) else None
        if row is not None:
            return row.names
        found = matter_and_body(self._found.text(source).decode("utf-8-sig"))
        return other_names(found[0] if found else self._slowly(source))


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages of one build: which are made, and which of these only to be compared; what files
    are gone; what was written down of all pages, and what is.
    """

    made: list[Leaf]
    checked: list[Leaf]
    gone: frozenset[str]
    before: Rows
    after: Rows


def choose(
    found: Generated, before: Written, answers: Answers, always: Iterable[str], lost: Iterable[str]
) -> Kept:
    """Choose what is made: pages that are `always` made, and those that are `lost` of the old
    site, too.
    """
    if not before.rows:
        return Kept([*found.leaves()], [], frozenset(), Rows(), Rows())
    made = set(_not_as_written(found, before))
    gone = frozenset(before.looks.keys() - found.pages.keys() - found.others.keys())
    pages = {path for path in gone if is_markdown_file(path)}
    made |= _asking(found, before.rows, _changed_names(before.rows, {*made, *pages}, answers))
    made |= {*always, *lost}
    made |= _leading_to(found, [one for one in map(_name, pages) if before.rows.name(one)], made)
    same = [path for path in found.pages if path not in made]
    step = max(CHECKED, len(same) // AT_MOST)
    checked = same[step - 1 :: step]
    made.update(checked)
    after = before.rows.but_for({*made, *pages})
    order = [found.leaf(path) for path in found.pages if path in made]
    return Kept(order, [*map(found.leaf, checked)], gone, before.rows, after)


def _not_as_written(found: Generated, before: Written) -> Iterable[str]:
    """Give the pages whose Markdown is not the one that was written down."""
    looks = before.looks
    for path in [path for path, look in found.pages.items() if looks.get(path) != look]:
        row = before.rows.get(path)
        if row is None or row.digest != digest_of(found.text(path)):
            yield path


def digest_of(content: bytes) -> str:
    """Give what tells a page's Markdown from any other."""
    return hashlib.sha256(content).hexdigest()


def _changed_names(before: Rows, differ: Iterable[str], answers: Answers) -> set[str]:
    """Give the addresses of entities whose other names are not what they were, among the pages
    that differ or are gone.
    """
    changed = set()
    for source in differ:
        if source.startswith("entities/"):
            was = before.get(source)
            if (was.names if was else ()) != answers.names(source):
                changed.add(Leaf(source, "").url)
    return changed


def _asking(found: Generated, before: Rows, changed: set[str]) -> set[str]:
    """Give the pages that asked for any of these names."""
    rows = before.holding(changed)
    asking = {source for source, row in rows if not changed.isdisjoint(row.asked.split(" "))}
    return asking & found.pages.keys()


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _leading_to(found: Generated, gone: Sequence[str], made: set[str]) -> set[str]:
    """What may lead to a page that is gone is made, so that MkDocs complains of it; `gone` are the
    names of those files, with which a link to them ends.
    """
    marks = [name.encode() for name in gone]
    if not marks:
        return set()
    ending = MARKDOWN.encode()
    names = {mark.removesuffix(ending) for mark in marks if mark.endswith(ending)}
    others = [mark for mark in marks if not mark.endswith(ending)]
    texts = ((path, found.text(path)) for path in found.pages if path not in made)
    near = ((path, text) for path, text in texts if any(mark in text for mark in marks))
    return {
        path
        for path, text in near
        if not names.isdisjoint(named_in(text)) or any(mark in text for mark in others)
    }


def lost_pages(found: Generated, old: Path, among: Iterable[str] | None) -> set[str]:
    """Give the pages that are not in the old site; `among` are the files of it that need to be
    looked for, if not all.
    """
    if among is None:
        leaves = found.leaves()
        return {one.source for one in leaves if not isfile(f"{old}/{one.dest}")}  # noqa: PTH113  # 25,000 times
    folders = [path.removesuffix("index.html") for path in among if not (old / path).is_file()]
    return {source for folder in folders if (source := found.source_at(folder))}


def lost_anchor(kept: Kept) -> str | None:
    """Give a kept page that leads to an anchor which the page it names has no more."""
    lost = set()
    for source, now in kept.after.newer():
        was = kept.before.get(source)
        name = _name(source)
        if was is not None and now.anchors != was.anchors and kept.after.lead_to(name):
            gone = set(was.anchors.split("\n")) - set(now.anchors.split("\n"))
            lost |= {f"{name}#{anchor}" for anchor in gone}
    for source, row in kept.after.holding(lost):
        if not lost.isdisjoint(row.links.split(" ")):
            return source
    return None
