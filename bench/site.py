"""The whole way, from invented sources to a searchable site, beside other site generators.

    python -m bench.site --records 1000 [--json FILE] [--peers] [--stages] [--quick]

Builds an archive of so many records in a copy of this checkout, from nothing, with nothing
changed, and with one article added; times MkDocs and Pagefind alone; with `--stages` times
every step in one process; with `--peers` gives the same Markdown to MkDocs with Material (its
own theme, a small navigation), to Hugo and to Zensical, where they are installed. Prints
figures and ratios; judges nothing. `--quick` is 200 records, without peers.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from bench.made_archive import Writer, names, write_archive, write_article
from bench.measure import Cost, measured

PROJECT = Path(__file__).resolve().parents[1]
PARTS = ("build_corpus.py", "mkdocs.yml", "hooks", "theme", "tearsheet", "docs")
GENERATED = shutil.ignore_patterns(
    "index.md", "records", "entities", "dates", "publications", "register", "originals", "data", "archive"
)  # fmt: skip
CACHED = shutil.ignore_patterns("__pycache__")

T = TypeVar("T")


def main() -> None:
    """Measure, print, and write the figures where that is asked for."""
    asked = _arguments()
    figures: dict[str, object] = {"records": asked.records, "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="bench-site-") as folder:
        for name, cost in _all(Path(folder), asked):
            figures[name] = asdict(cost) if isinstance(cost, Cost) else cost
            print(_line(name, cost), flush=True)
    for name, ratio in _ratios(figures):
        figures[f"ratio: {name}"] = round(ratio, 3)
        print(f"{name:<58} {ratio:8.2f} x", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--zensical", default="zensical", help="its command, where not on PATH")
    asked = parser.parse_args()
    if asked.quick:
        asked.records, asked.peers, asked.stages = 200, False, True
    return asked


def _line(name: str, cost: object) -> str:
    if not isinstance(cost, Cost):
        return f"{name:<58} {cost}"
    if cost.failed:
        return f"{name:<58} failed: {cost.failed.strip().splitlines()[-1]}"
    return f"{name:<58} {cost.cpu:8.2f} CPU s {cost.wall:8.2f} s {cost.memory:8.0f} MB"


def _all(folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, object]]:
    archive, checkout = folder / "archive", folder / "checkout"
    write_archive(archive, asked.records)
    for part in PARTS:
        here, there = PROJECT / part, checkout / part
        there.parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, there, ignore=GENERATED if part == "docs" else CACHED)
        else:
            shutil.copy(here, there)
    build = [sys.executable, "build_corpus.py", "build", str(archive)]
    if asked.stages:
        yield from stages(archive)
    yield "the whole way", measured(build, checkout)
    yield "nothing changed", measured(build, checkout)
    write_article(archive, Writer(names(asked.records)), asked.records + 1)
    yield "one article added", measured(build, checkout)
    site = checkout / "site"
    yield "bytes of HTML", sum(file.stat().st_size for file in site.rglob("*.html"))
    index = (file for file in (site / "pagefind").rglob("*") if file.is_file())
    yield "bytes of the index", sum(file.stat().st_size for file in index if "offline" not in file.parts)  # fmt: skip
    yield "MkDocs through our hooks, without", _mkdocs(checkout, folder / "bare", TEARSHEET_INDEX="no")  # fmt: skip
    if asked.peers:
        yield from peers(checkout / "docs", folder / "peers", asked)


def _mkdocs(checkout: Path, site: Path, **env: str) -> Cost:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]  # fmt: skip
    return measured(command, checkout, {"NO_MKDOCS_2_WARNING": "1", **env})


# ---------------------------------------------------------------- every step


def stages(archive_folder: Path) -> Iterator[tuple[str, object]]:
    """Time every step in this process, on one processor."""
    from tearsheet import build, prepare
    from tearsheet.archive import open_archive
    from tearsheet.clean import clean
    from tearsheet.describe import describe
    from tearsheet.documents import Documents
    from tearsheet.names import recognise, resolve
    from tearsheet.pages import markdown
    from tearsheet.pages.compose import compose

    found: dict[str, float] = {}
    archive = _timed(found, "open", lambda: open_archive(archive_folder))
    opened = _timed(found, "read", lambda: list(map(prepare.open_source, archive.sources)))
    todo = list(prepare.tasks(archive, opened))
    sources = [(one.opened.source, one.repeated) for one in todo if one.opened.source]
    cleaned = _timed(found, "clean", lambda: [clean(s, (), r) for s, r in sources])
    _timed(found, "describe", lambda: [describe(one) for one in cleaned])
    ready = tuple(map(prepare.prepare, todo))
    documents = Documents({one.received.path: one.document for one in ready if one.document})
    observed = {one.received.path: one.observed for one in ready if one.observed}
    mentions = _timed(
        found, "recognise", lambda: recognise(documents, archive.authority, observed=observed)
    )
    _timed(found, "resolve", lambda: resolve(documents, mentions, archive.authority, ()))
    corpus = build.assemble(archive, (), ready)
    pages = _timed(found, "pages", lambda: list(compose(corpus)))
    _timed(found, "write", lambda: [markdown.page(one.front_matter, one.body) for one in pages])
    for name, seconds in found.items():
        yield f"step: {name}", round(seconds, 2)


def _timed(found: dict[str, float], name: str, step: Callable[[], T]) -> T:
    before = time.process_time()
    result = step()
    found[name] = time.process_time() - before
    return result


# ---------------------------------------------------------------- peers


def peers(docs: Path, folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, object]]:
    """Give our Markdown to other generators, without the front matter that is for our theme."""
    for name in ("mkdocs", "hugo", "zensical"):
        pages = folder / name / ("content" if name == "hugo" else "docs")
        for file in sorted(docs.rglob("*.md")):
            _plain(
                file, pages / file.relative_to(docs), index="_index" if name == "hugo" else "index"
            )
    material = "site_name: Bench\ntheme: {name: material, font: false}\nplugins: []\n"
    material += "nav: [{Home: index.md}, {Dates: dates/index.md}, {Register: register/index.md}]\n"
    material += "markdown_extensions: [attr_list, tables, {toc: {permalink: false}}]\n"
    for name in ("mkdocs", "zensical"):
        (folder / name / "mkdocs.yml").write_text(material, encoding="utf-8")
    yield (
        "peer: MkDocs + Material, small nav",
        measured([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder / "mkdocs", {"NO_MKDOCS_2_WARNING": "1"}),
    )  # fmt: skip
    if shutil.which("hugo"):
        _hugo(folder / "hugo")
        yield "peer: Hugo", measured(["hugo", "--quiet"], folder / "hugo")
    if shutil.which(asked.zensical):
        yield "peer: Zensical", measured([asked.zensical, "build"], folder / "zensical")


def _plain(file: Path, there: Path, *, index: str) -> None:
    from tearsheet.pages import front_matter

    head, _, body = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    matter = front_matter.load(head) or {}
    if there.name == "index.md":
        there = there.with_name(f"{index}.md")
    there.parent.mkdir(parents=True, exist_ok=True)
    title = json.dumps(matter.get("title") or file.stem)
    there.write_text(f"---\ntitle: {title}\n---\n{body}", encoding="utf-8")


def _hugo(folder: Path) -> None:
    """Give Hugo a theme of one template, of about the weight of ours, that resolves links."""
    settings = 'baseURL = "https://example.org/"\ntitle = "Bench"\n[markup.goldmark.renderer]\nunsafe = true\n'  # fmt: skip
    settings += "[markup.goldmark.parser.attribute]\nblock = true\n"
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    layouts = folder / "layouts"
    (layouts / "_default" / "_markup").mkdir(parents=True)
    frame = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>%s</body></html>"
    links = "".join(
        f'<li><a href="/{one}/">{one}</a></li>' for one in ("dates", "register", "entities")
    )
    page = (
        frame
        % f"<nav><ul>{links}</ul></nav><main><h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}</main>"
    )
    for name in ("single.html", "list.html"):
        (layouts / "_default" / name).write_text(page, encoding="utf-8")
    (layouts / "index.html").write_text(page, encoding="utf-8")
    (layouts / "_default" / "_markup" / "render-link.html").write_text(
        '<a href="{{ with $.Page.GetPage .Destination }}{{ .RelPermalink }}{{ else }}'
        '{{ .Destination }}{{ end }}">{{ .Text | safeHTML }}</a>',
        encoding="utf-8",
    )


def _ratios(figures: dict[str, object]) -> Iterator[tuple[str, float]]:
    def cpu(name: str) -> float:
        found = figures.get(name)
        return float(found["cpu"]) if isinstance(found, dict) and not found["failed"] else 0.0

    ours = cpu("MkDocs through our hooks, without")
    for name in sorted(figures):
        if name.startswith("peer: ") and cpu(name) and ours:
            yield f"our Markdown to HTML, of {name.removeprefix('peer: ')}", ours / cpu(name)
    for name in ("one article added", "nothing changed"):
        if cpu(name) and cpu("the whole way"):
            yield f"{name}, of the whole way", cpu(name) / cpu("the whole way")


if __name__ == "__main__":
    main()
