"""The search index of a built site.

Takes the folder of a site, gives `pagefind/` inside it: one index, or several that a browser
searches as one (bundles.py), those whose pages are as they were taken over from the last site.
Guarantees the same bytes for the same pages (settled.py).
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tearsheet.errors import CorpusError
from tearsheet.search.bundles import FIRST, Bundle, divide
from tearsheet.search.dates import date_of, write_dates
from tearsheet.search.offline import offer, write_offline
from tearsheet.search.pages import Seen, searched_part, shown_pages
from tearsheet.search.settled import settle
from tearsheet.writer import same_file

BUNDLE = "pagefind"
"""The folder of the index inside the site."""
LIST = "bundles.json"
"""The file that names the bundles beside the first: the scripts read it."""

UNUSED = (
    "pagefind-ui.js",  # the old default UI: it runs filter values as HTML
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
)
"""What Pagefind ships and no page of ours loads."""
PARTS = ("fragment", "filter", "index", "offline")
"""The folders of one index; beside them lie only files, and the folders of other bundles."""

_PAGE = '<!doctype html><html lang="en"><head><title></title></head><body>{}</body></html>'


@dataclass(frozen=True, slots=True)
class Before:
    """The index that a build may take from: its site, its pages, the marks of its bundles."""

    site: Path
    seen: dict[str, Seen]
    marks: dict[str, str]


def index_site(site: Path, before: Before | None = None, maker: str = "") -> Before:
    """Index a built site, so that the same pages give the same index; give what it was made of.

    A bundle is taken from `before` where it was made by the same `maker` of the same pages.
    Raises CorpusError when Pagefind fails or writes an index that is not of the pinned
    version's format.
    """
    if not site.is_dir():
        raise CorpusError(f"{site}: there is no such folder to index; build the site first")
    shutil.rmtree(site / BUNDLE, ignore_errors=True)
    seen = {one.shown.path: one for one in shown_pages(site, before.seen if before else {})}
    bundles = divide(one.shown for one in seen.values())
    marks = {one.name: one.mark(f"{maker} {len(bundles) > 1}") for one in bundles}
    for bundle in bundles:
        folder, name = site / BUNDLE / bundle.name, bundle.name
        if before and before.marks.get(name) == marks[name]:
            _take_over(before.site / BUNDLE / name, folder)
        else:
            _make(site, bundle, folder, dated=len(bundles) > 1)
    _write_list(site / BUNDLE, [bundle.name for bundle in bundles if bundle.name != FIRST])
    return Before(site, seen, marks)


def _write_list(folder: Path, names: list[str]) -> None:
    (folder / LIST).write_text(json.dumps(names), encoding="utf-8")
    offer(folder, LIST)


def _make(site: Path, bundle: Bundle, folder: Path, *, dated: bool) -> None:
    dates = {}
    with tempfile.TemporaryDirectory(prefix="tearsheet-index-") as pages:
        for page in bundle.pages:
            part = searched_part((site / page.path).read_text(encoding="utf-8"))
            dates[page.path] = date_of(part)
            file = Path(pages, page.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_PAGE.format(part), encoding="utf-8")
        _run_pagefind(Path(pages), folder)
    if dated:
        write_dates(folder, dates)
    for name in UNUSED:
        (folder / name).unlink(missing_ok=True)
    if bundle.name != FIRST:  # the scripts of the first bundle search all
        for file in (*folder.glob("*.js"), *folder.glob("*.css"), *folder.glob("wasm.*")):
            file.unlink()
    settle(folder)
    write_offline(folder, f"{bundle.name}/" if bundle.name else "")


def _take_over(old: Path, folder: Path) -> None:
    """Let the files of an old bundle stand in the new site too."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (old / part).is_dir():
            shutil.copytree(old / part, folder / part, copy_function=same_file)
    for file in old.iterdir():
        if file.is_file() and file.name != LIST:
            same_file(file, folder / file.name)


def _run_pagefind(pages: Path, folder: Path) -> None:
    # One index for all languages, made as for English: a search finds a record in whatever
    # language it is written; words of other scripts are found as they stand.
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--silent"]
    command += ["--force-language", "en", "--output-path", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own command
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise CorpusError(f"{folder}: Pagefind could not index the site: {said}")
