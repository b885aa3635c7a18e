"""Pages of the last build that a build would make again just so: they are kept, not made.

Takes the generated pages and what the last build wrote down of each; says which are kept. A
page is kept where its Markdown is the same (a file that looks as it did is not read), all that
every page depends on is the same (our code, templates, settings), and what it asked of other
pages has the same answer. Some pages that could be kept are made all the same and compared:
where one differs, the build fails, and `tearsheet.commands` makes every page.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from os.path import isfile
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from hooks.generated import Generated, Leaf
from hooks.quick_pages import matter_and_body

ROWS = "pages.msgpack"
"""The file in the state's folder that holds a row for every generated page."""
CHECKED, AT_MOST = 100, 20
"""One in so many pages is made although it could be kept, and so many in one build."""


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a build writes down of a page: how its Markdown looked and its digest; its anchors,
    a line each; the ends of the links to anchors that it holds; the names whose other names it asked for;
    a mark of its own other names ("": none).
    """

    look: str
    digest: str
    anchors: str = ""
    links: str = ""
    asked: str = ""
    names: str = ""


class _Written(msgspec.Struct, array_like=True, frozen=True):
    """Rows by the paths of their pages, and the mark of the rules that they were made by."""

    rules: str
    rows: dict[str, Row]


_IN = msgspec.msgpack.Decoder(_Written)


def read_rows(file: Path, rules: str) -> dict[str, Row]:
    """Read what a build by these rules wrote down; nothing where there is none."""
    try:
        found = _IN.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return found.rows if found.rules == _mark(rules) else {}


def write_rows(file: Path, rules: str, rows: dict[str, Row]) -> bool:
    """Write down rows; a page whose name is no text is left out, and made every time. Say whether
    none was.
    """
    text = {path: row for path, row in rows.items() if path.isascii() or _is_text(path)}
    file.write_bytes(msgspec.msgpack.encode(_Written(_mark(rules), text)))
    return len(text) == len(rows)


def _is_text(path: str) -> bool:
    try:
        return bool(path.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _mark(rules: str) -> str:
    return hashlib.sha256(rules.encode()).hexdigest()


def other_names(matter: Mapping[str, Any]) -> list[str]:
    """Give the other names that an entity's page shows."""
    if matter.get("kind") != "entity":
        return []
    return [str(one["label"]) for one in matter.get("aliases") or ()]


def mark_of(names: list[str]) -> str:
    """Give a mark of other names; "" where there are none."""
    return hashlib.sha256(repr(names).encode()).hexdigest()[:16] if names else ""


class Answers:
    """What pages may ask of other pages: the other names of an entity, by its address."""

    def __init__(self, found: Generated, slowly: Callable[[str], Mapping[str, Any]]) -> None:
        """`slowly` reads the front matter of a page that is not of our make."""
        self._found, self._slowly = found, slowly
        self._sources: dict[str, str] | None = None
        self._known: dict[str, list[str]] = {}
        self._asked: set[str] = set()

    def get(self, key: str) -> list[str]:
        """Answer, and remember that it was asked."""
        self._asked.add(key)
        return self._names(key)

    def mark(self, key: str) -> str:
        """Give a mark of an answer; "" where there are no names."""
        return mark_of(self._names(key))

    def taken(self) -> str:
        """Give what was asked since the last time."""
        asked, self._asked = self._asked, set()
        return " ".join(sorted(asked))

    def _names(self, key: str) -> list[str]:
        if key not in self._known:
            source = self._source(key)
            self._known[key] = self._read(source) if source else []
        return self._known[key]

    def _source(self, key: str) -> str | None:
        if self._sources is None:
            leaves = self._found.leaves.items()
            named = [one for one in leaves if one[0].startswith("entities/")]
            self._sources = {leaf.url: source for source, leaf in named}
        return self._sources.get(key)

    def _read(self, source: str) -> list[str]:
        found = matter_and_body(self._found.text(source).decode("utf-8-sig"))
        return other_names(found[0] if found else self._slowly(source))


@dataclass(slots=True)
class Kept:
    """The pages of one build: which are kept, and what is written down of all."""

    pages: list[Leaf]
    checked: list[Leaf]
    before: dict[str, Row]
    after: dict[str, Row]


def choose(
    found: Generated, before: dict[str, Row], answers: Answers, always: Iterable[str], old: Path
) -> Kept:
    """Choose what is kept of the site `old`: never the pages that are `always` made."""
    if not before:
        return Kept([], [], {}, {})
    after = {source: _row(found, leaf, before.get(source)) for source, leaf in found.leaves.items()}
    asked = _changed_names(before, after, answers)
    named = frozenset(always)
    same = [
        leaf
        for source, leaf in found.leaves.items()
        if source in before
        and source not in named
        and before[source].digest == after[source].digest
        and asked.isdisjoint(before[source].asked.split(" ") if asked else ())
    ]
    leads_nowhere = _to_the_gone(found, set(before) - set(after))
    same = [
        leaf
        for leaf in same
        if not leads_nowhere(leaf) and isfile(f"{old}/{leaf.dest}")  # noqa: PTH113  # 25,000 times
    ]
    step = max(CHECKED, len(same) // AT_MOST)
    checked = same[step - 1 :: step]
    made_too = {leaf.source for leaf in checked}
    kept = [leaf for leaf in same if leaf.source not in made_too]
    for leaf in kept:
        was = before[leaf.source]
        if was.look != leaf.look:
            was = replace(was, look=leaf.look)
        after[leaf.source] = was
    return Kept(kept, checked, before, after)


def _row(found: Generated, leaf: Leaf, before: Row | None) -> Row:
    if before is not None and before.look == leaf.look:
        return before
    return Row(leaf.look, hashlib.sha256(found.text(leaf.source)).hexdigest(), names="?")


def _changed_names(before: dict[str, Row], after: dict[str, Row], answers: Answers) -> set[str]:
    """Give the addresses of entities whose other names are not what they were."""
    changed = set()
    for source in {*before, *after}:
        if not source.startswith("entities/"):
            continue
        was, now = before.get(source), after.get(source)
        if now is not None and now.names == "?":
            url = Leaf(source, "").url
            now = after[source] = replace(now, names=answers.mark(url))
        if (was.names if was else "") != (now.names if now else ""):
            changed.add(Leaf(source, "").url)
    return changed


def _to_the_gone(found: Generated, gone: set[str]) -> Callable[[Leaf], bool]:
    """What may lead to a page that is gone is made, so that MkDocs complains of it."""
    marks = [os.path.basename(path).encode() for path in sorted(gone)]  # noqa: PTH119  # a link's end

    def leads_there(leaf: Leaf) -> bool:
        text = found.text(leaf.source) if marks else b""
        return any(mark in text for mark in marks)

    return leads_there


def lost_anchor(kept: Kept) -> str | None:
    """Give a kept page that leads to an anchor which the page it names has no more."""
    lost = set()
    for source, was in kept.before.items():
        now = kept.after.get(source)
        if now is not None and now is not was and now.anchors != was.anchors:
            name = source.rpartition("/")[2]
            gone = set(was.anchors.split("\n")) - set(now.anchors.split("\n"))
            lost |= {f"{name}#{anchor}" for anchor in gone}
    for leaf in kept.pages if lost else ():
        links = kept.after[leaf.source].links
        if links and not lost.isdisjoint(links.split(" ")):
            return leaf.source
    return None
