"""Train the trees that choose a title among the lines of a text: `describe/headline.json`.

    python bench/train_headline.py --pages PAGES --text TEXT [--hold-out 0]

Needs numpy and LightGBM (`pip install lightgbm`), which the product does not. Method:
LambdaMART (Burges 2010): boosted trees over the signs of `headline_signs.py`, trained to put
the marked title first among the candidates of its page. With `--hold-out` hosts of that half
are left out of training, and the share of their pages whose title is right is printed, of all
and of those with the title among the candidates; without, the trees are trained on all hosts
and written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm  # type: ignore[import-not-found, unused-ignore]  # only where trees are trained
import numpy as np  # type: ignore[import-not-found, unused-ignore]  # the same

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean import clean
from tearsheet.clean.forest import forest_of
from tearsheet.describe.headline import ranked
from tearsheet.describe.headline_signs import SIGNS, Candidate, candidates
from tearsheet.describe.look import Look
from tearsheet.describe.wording import mended
from tearsheet.readers import read

CREDITS = (
    "Trained on titles that people marked: scrapinghub/article-extraction-benchmark, "
    "AndyTheFactory/article-extraction-dataset, Fundus, the Web Content Extraction "
    "Benchmark WCXB (CC BY 4.0). Trees over general signs only; no text is in this file."
)
TREES = Path(__file__).resolve().parents[1] / "tearsheet" / "describe" / "headline.json"
SHAPE = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 5,
    "metric": "none",
    "learning_rate": 0.08,
    "num_leaves": 6,
    "min_data_in_leaf": 40,
    "lambda_l2": 5,
    "max_bin": 63,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
ROUNDS = 300
"""Bigger trees (12 leaves) and other losses (binary, XE-NDCG) were 0.01 to 0.05 worse on hosts held out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one page, and which of them are its title."""

    style: str
    half: int
    found: tuple[Candidate, ...]
    right: tuple[bool, ...]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a .jsonl.xz file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def plain(text: str) -> str:
    """Give a text as the scorer compares it: letters and digits in small."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def choices(pages: Path, texts: Path) -> Iterator[Choice]:
    """Give the candidates of every page that has a marked title."""
    titles = {row["id"]: row for row in rows(pages) if row["meta"].get("title")}
    for row in rows(texts):
        page = titles.get(row["id"])
        if page is None:
            continue
        found = candidates(Look(mended(clean(read("page.txt", row["text"].encode())))))
        wanted = plain(page["meta"]["title"])
        half = hashlib.sha256(page["host"].encode()).digest()[0] % 2  # as in bench/describe.py
        yield Choice(row["style"], half, found, tuple(plain(one.title) == wanted for one in found))


def fit(made: Sequence[Choice]) -> list[object]:
    """Fit the trees on the pages whose title is among their candidates."""
    used = [one for one in made if any(one.right)]
    numbers = np.array([line.signs for one in used for line in one.found], dtype=np.float32)
    marks = np.array([right for one in used for right in one.right], dtype=int)
    pages = lightgbm.Dataset(numbers, marks, group=[len(one.right) for one in used])
    model = lightgbm.train(SHAPE, pages, ROUNDS)
    return [_stored(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def _stored(node: dict[str, Any]) -> object:
    """Turn a tree as LightGBM gives it into `[sign, edge, at most, more]` or a weight."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 3)
    below, above = (_stored(node[side]) for side in ("left_child", "right_child"))
    return [SIGNS[node["split_feature"]], round(float(node["threshold"]), 4), below, above]


def measure(made: Sequence[Choice], trees: Sequence[object]) -> None:
    """Print the share of pages, by style, whose first line in rank is the title."""
    forest = forest_of(trees)
    told: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in made:
        scores = ranked(one.found, forest) if one.found else []
        hit = bool(scores) and one.right[scores.index(max(scores))]
        told[one.style].append((hit, any(one.right)))
    for style, hits in sorted(told.items()):
        among = [hit for hit, possible in hits if possible]
        share = sum(hit for hit, _ in hits) / len(hits)
        print(
            f"{style:<12} {len(hits):>5} pages, title right {share:.3f}; "
            f"of {len(among)} that state it {sum(among) / len(among):.3f}"
        )


def main() -> None:
    """Train, and measure or write."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--pages", type=Path, required=True)
    arguments.add_argument("--text", type=Path, required=True)
    arguments.add_argument("--hold-out", type=int, choices=(0, 1))
    given = arguments.parse_args()
    made = list(choices(given.pages, given.text))
    if given.hold_out is not None:
        trees = fit([one for one in made if one.half != given.hold_out])
        measure([one for one in made if one.half == given.hold_out], trees)
        return
    trees = fit(made)
    measure(made, trees)
    stored = {"credits": CREDITS, "trained_by": "bench/train_headline.py", "trees": trees}
    lines = ",\n".join(json.dumps(tree) for tree in stored.pop("trees"))
    text = json.dumps(stored, ensure_ascii=False, indent=0).removesuffix("\n}")
    TREES.write_text(f'{text},\n"trees": [\n{lines}\n]\n}}\n', "utf-8")


if __name__ == "__main__":
    main()
