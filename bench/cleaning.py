"""Measure the cleaner on marked pages, peers beside ours in one run.

    python bench/cleaning.py --text text.jsonl.xz --html html.jsonl.xz --out FOLDER

`--text` rows are `{id, style, text, gold, tier, host}` (the format of the development data;
`gold` may be absent, and then predictions are written and nothing is scored), `--html` rows
`{id, html}`; files are .jsonl or .jsonl.xz. Writes `text.jsonl` (`{id, style, body}`) and
`html.jsonl` (`{id, body}`) into the folder for the scorer, and prints F over 4-gram
shingles, precision, recall, pages gone badly wrong and CPU time, by style and tier. The texts of one style are one corpus to
ours, as the sources of an archive are (`--alone`: each text by itself). Peers:
keeping everything always, trafilatura and jusText where they are installed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import lzma
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean import clean, repeated_texts
from tearsheet.errors import SourceRejected
from tearsheet.model import TEXT_FATES, Document, Fate, Source
from tearsheet.readers import read
from tearsheet.readers.lines import read_lines

# What the benchmarks mark as an article: its text, its standfirst, posts embedded in it.
BODY_FATES = TEXT_FATES | {Fate.EMBED, Fate.STANDFIRST}
BADLY_WRONG = 0.7
TOKEN = re.compile(r"\w+")
Row = dict[str, str]
System = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Score:
    """How one prediction compares: F, precision and recall over 4-gram shingles."""

    f: float
    precision: float
    recall: float


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a .jsonl or .jsonl.xz file."""
    packed = path.suffix == ".xz"
    with (
        lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; of fewer words, the whole."""
    tokens = TOKEN.findall(text.lower())
    if not tokens:
        return Counter()
    size = min(4, len(tokens))
    return Counter(zip(*(tokens[start:] for start in range(size)), strict=False))


def compare(predicted: str, gold: str) -> Score:
    """Score one prediction against the marked body."""
    ours, theirs = shingles(predicted), shingles(gold)
    shared = sum((ours & theirs).values())
    precision = shared / sum(ours.values()) if ours else float(not theirs)
    recall = shared / sum(theirs.values()) if theirs else 1.0
    total = precision + recall
    return Score(2 * precision * recall / total if total else 0.0, precision, recall)


def body_of(document: Document) -> str:
    """Join the units that a benchmark calls the article."""
    units = zip(document.source.units, document.ledger, strict=True)
    return "\n".join(unit.text.strip() for unit, entry in units if entry.fate in BODY_FATES)


def source_of(row: Row) -> Source:
    """Read a plain text as the product does, without decoding: the row is text already."""
    return Source(row["id"], "", 0, "text/plain", "utf-8", "given", read_lines(row["text"]))


def ours_on_text(corpora: Mapping[str, Mapping[str, int]]) -> System:
    """Clean a plain text as the product does, in its corpus: the texts of one style."""

    def on_text(row: Row) -> str:
        return body_of(clean(source_of(row), repeated=corpora.get(row["style"], {})))

    return on_text


def corpora_of(path: Path) -> dict[str, Mapping[str, int]]:
    """Take the texts of each style for a corpus, and count what stands in several of them."""
    by_style: dict[str, list[Source]] = defaultdict(list)
    for row in rows(path):
        by_style[row["style"]].append(source_of(row))
    return {style: repeated_texts(sources) for style, sources in by_style.items()}


def ours_on_html(row: Row) -> str:
    """Read and clean a page as the product does."""
    try:
        return body_of(clean(read("page.html", row["html"].encode("utf-8", "replace"))))
    except SourceRejected:
        return ""


def keep_all(row: Row) -> str:
    """The floor: everything."""
    return row["text"]


def peers_on_text() -> dict[str, System]:
    """Peers for plain text: keeping all, and jusText on the lines as paragraphs."""
    found: dict[str, System] = {"keep all": keep_all}
    justext = _installed("justext")
    if justext is not None:
        stoplist = justext.get_stoplist("English")

        def on_lines(row: Row) -> str:
            lines = "".join(f"<p>{_escaped(line)}</p>" for line in row["text"].split("\n"))
            paragraphs = justext.justext(lines, stoplist)
            return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)

        found["jusText on lines"] = on_lines
    return found


def peers_on_html() -> dict[str, System]:
    """Peers for pages: trafilatura, as it comes."""
    trafilatura = _installed("trafilatura")
    if trafilatura is None:
        return {}
    return {
        "trafilatura": lambda row: trafilatura.extract(row["html"], include_comments=False) or ""
    }


def _installed(name: str):  # type: ignore[no-untyped-def]  # any module, none of ours
    try:
        return importlib.import_module(name)
    except ImportError:
        print(
            f"{name} is not installed: it is left out (pip install {name} to have it beside ours)"
        )
        return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def measure(name: str, system: System, path: Path, gold: dict[str, Row], out: Path | None) -> None:
    """Run one system over a file; write its predictions, print its figures."""
    scores: dict[tuple[str, str], list[Score]] = defaultdict(list)
    spent, count = 0.0, 0
    with (out or Path("/dev/null")).open("w", encoding="utf-8") as written:
        for row in rows(path):
            began = time.process_time()
            body = system(row)
            spent, count = spent + time.process_time() - began, count + 1
            about = {key: row[key] for key in ("id", "style") if key in row}
            written.write(json.dumps({**about, "body": body}, ensure_ascii=False) + "\n")
            marked = row if "gold" in row else gold.get(row["id"], {})
            if "gold" in marked:
                style = row.get("style", "html")
                score = compare(body, marked["gold"])
                scores[style, "all"].append(score)
                scores[style, f"tier {marked.get('tier', '?')}"].append(score)
    print(f"\n{name}: {count} pages, {1000 * spent / max(1, count):.1f} ms of CPU a page")
    for (style, tier), found in sorted(scores.items()):
        _print_line(style, tier, found)


def _print_line(style: str, tier: str, found: list[Score]) -> None:
    count = len(found)
    f, precision, recall = (
        sum(getattr(score, part) for score in found) / count
        for part in ("f", "precision", "recall")
    )
    bad = sum(score.f < BADLY_WRONG for score in found) / count
    print(
        f"  {style:11} {tier:7} {count:5}  F {f:.3f}  precision {precision:.3f}"
        f"  recall {recall:.3f}  F < {BADLY_WRONG}: {bad:.1%}"
    )


def main() -> None:
    """Run ours and the peers on the files given."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--text", type=Path)
    arguments.add_argument("--html", type=Path)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--no-peers", action="store_true", help="run ours alone")
    arguments.add_argument("--alone", action="store_true", help="judge each text without a corpus")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    gold: dict[str, Row] = {}
    if given.text:
        gold = {row["id"]: row for row in rows(given.text)}
        ours = ours_on_text({} if given.alone else corpora_of(given.text))
        measure("Tearsheet, plain text", ours, given.text, gold, given.out / "text.jsonl")
        for name, peer in (peers_on_text() if not given.no_peers else {}).items():
            measure(f"{name}, plain text", peer, given.text, gold, None)
    if given.html:
        measure("Tearsheet, HTML", ours_on_html, given.html, gold, given.out / "html.jsonl")
        for name, peer in (peers_on_html() if not given.no_peers else {}).items():
            measure(f"{name}, HTML", peer, given.html, gold, None)


if __name__ == "__main__":
    main()
