"""Train the cleaner's weights: pages marked by people in, `tearsheet/clean/weights.json` out.

    python bench/train_cleaning.py --text text.jsonl.xz --html html.jsonl.xz

Needs numpy, scipy, scikit-learn and LightGBM (`pip install scikit-learn lightgbm`), which the
product does not. Method: two stages. The first, logistic regression, sees one unit at a
time; the second, boosted trees, its surroundings, with first scores made out of fold by
host, so that it learns how far the first is to be believed on hosts never seen. Figures are
measured on hosts held out of everything, then the weights are trained on all. No page's text
is kept: a phrase enters only if units of many hosts have it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm  # type: ignore[import-not-found, unused-ignore]  # only where weights are trained
import numpy as np  # type: ignore[import-not-found, unused-ignore]  # the same
import scipy.sparse as sparse  # type: ignore[import-untyped, import-not-found, unused-ignore]  # the same
from sklearn.linear_model import (  # type: ignore[import-not-found, import-untyped, unused-ignore]  # the same
    LogisticRegression,
)

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean.context import context_of
from tearsheet.clean.evidence import Evidence, evidence_of
from tearsheet.clean.repetition import LONGEST, others
from tearsheet.readers.blocks import read_blocks
from tearsheet.readers.page import parse

WEIGHTS = Path(__file__).resolve().parents[1] / "tearsheet" / "clean" / "weights.json"
FOLDS = 5
# A phrase or a name of a class must be met on this many hosts; other features on three.
PHRASE_HOSTS, FEATURE_HOSTS = 8, 3
PHRASES = ("1:", "2:", "3:", "-1:", "-2:", "=:", "~:", "≈:", "o:", "a:")
FIRST_WEIGHTS = {"text": 2000, "page": 3500}
# The trees: more of them, or bigger ones, won nothing that their cost is worth. For texts
# (four times as many as pages) 100 of 12 leaves score 0.003 less, 400 of 32 score 0.001 more.
SHAPES = {
    "text": {
        "num_iterations": 200,
        "learning_rate": 0.08,
        "num_leaves": 20,
        "bagging_fraction": 0.6,
        "bagging_freq": 1,
    },
    "page": {"num_iterations": 120, "learning_rate": 0.1, "num_leaves": 12},
}
BOOSTING = {
    "objective": "binary",
    "min_data_in_leaf": 200,
    "lambda_l2": 5,
    "max_bin": 63,
    "feature_fraction": 0.5,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
# The corpora that a training page is in, by its id: all pages of its style, a twelfth of them,
# itself alone; so the weights know an archive of any size. (Trained in the big one alone, they
# take 0.006 less from a page that stands alone.) The most other sources are counted as in the product.
CORPORA = 3
PART = 12
CREDITS = (
    "Trained on pages marked by people: scrapinghub/article-extraction-benchmark, "
    "AndyTheFactory/article-extraction-dataset, Fundus, the Web Content Extraction "
    "Benchmark WCXB (CC BY 4.0). Weights only; no page's text is in this file."
)
TOKEN = re.compile(r"\w+")


@dataclass(slots=True)
class Marked:
    """One page: its units' texts and evidence, and which of them people marked as text."""

    id: str
    style: str
    tier: int
    host: str
    fold: int
    gold: str
    texts: list[str]
    units: list[Evidence]
    labels: list[int]
    first: list[float] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a .jsonl or .jsonl.xz file."""
    packed = path.suffix == ".xz"
    with (
        lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def registrable(host: str) -> str:
    """Give the part of a host's name that somebody registered, near enough."""
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-(3 if short else 2) :])


def fold_of(host: str) -> int:
    """Put all pages of one registrable host into one fold."""
    return _number(registrable(host)) % FOLDS


def _number(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def marked_texts(path: Path) -> list[Marked]:
    """Read the plain-text pages; their lines come labelled."""
    pages: list[Marked] = []
    for row in rows(path):
        lines = zip(row["text"].split("\n"), row["labels"], strict=True)
        kept = [
            (line.strip(), int(label)) for line, label in lines if label in "01" and line.strip()
        ]
        if kept:
            texts = [text for text, _ in kept]
            units = [evidence_of(text) for text in texts]
            pages.append(_marked(row, row["style"], texts, units, [label for _, label in kept]))
    return pages


def marked_pages(path: Path, described: dict[str, dict[str, str]]) -> list[Marked]:
    """Read the HTML pages and label their blocks by the marked body."""
    pages: list[Marked] = []
    for row in rows(path):
        about = described.get(row["id"])
        if about is None:
            continue
        units = [unit for unit in read_blocks(parse(row["html"])) if unit.text.strip()]
        texts = [unit.text.strip() for unit in units]
        if units:
            evidence = [evidence_of(unit.text, unit.markup) for unit in units]
            pages.append(
                _marked(about, "html", texts, evidence, label_blocks(texts, about["gold"]))
            )
    return pages


def _marked(
    row: dict[str, str], style: str, texts: list[str], units: list[Evidence], labels: list[int]
) -> Marked:
    return Marked(
        row["id"],
        style,
        int(row["tier"]),
        row["host"],
        fold_of(row["host"]),
        row["gold"],
        texts,
        units,
        labels,
    )


def label_blocks(texts: Sequence[str], gold: str) -> list[int]:
    """Label a block 1 if most of it stands in the marked body; short ones also need company."""
    tokens = TOKEN.findall(gold.lower())
    grams = set(zip(*(tokens[i:] for i in range(4)), strict=False))
    joined = f" {' '.join(tokens)} "
    labels: list[int] = []
    short: list[int] = []
    for index, text in enumerate(texts):
        own = TOKEN.findall(text.lower())
        if len(own) >= 8:
            pieces = list(zip(*(own[i:] for i in range(4)), strict=False))
            labels.append(int(sum(piece in grams for piece in pieces) >= 0.6 * len(pieces)))
        else:
            labels.append(0)
            if own and f" {' '.join(own)} " in joined:
                short.append(index)
    for index in short:
        if any(labels[max(0, index - 4) : index + 5]):
            short_label = 1
            labels[index] = short_label
    return labels


def count_elsewhere(pages: Sequence[Marked]) -> None:
    """Write into each page in how many others of its corpus each text stands."""
    corpora = [_corpus_of(page) for page in pages]
    met: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for page in pages:
        short = {text for text in page.texts if len(text) <= LONGEST}
        for corpus in _corpora(page):
            met[corpus].update(short)
    for page, corpus in zip(pages, corpora, strict=True):
        page.elsewhere = [others(max(1, met[corpus][text])) for text in page.texts]


def _corpora(page: Marked) -> tuple[tuple[str, ...], ...]:
    """Name the three corpora that hold a page: its style's, a part of that, and itself."""
    part = _number(registrable(page.host)) % PART
    return (page.style,), (page.style, str(part)), (page.style, "alone", page.id)


def _corpus_of(page: Marked) -> tuple[str, ...]:
    return _corpora(page)[_number(f"corpus of {page.id}") % CORPORA]


def weights_of(pages: Iterable[Marked]) -> np.ndarray:
    """Weigh units by their words, and every page alike."""
    found: list[float] = []
    for page in pages:
        own = [min(unit.words, 60) + 2.0 for unit in page.units]
        found += [weight / sum(own) for weight in own]
    weights = np.array(found)
    return weights / weights.mean()


def labels_of(pages: Iterable[Marked]) -> np.ndarray:
    """Give the labels of all units, page after page."""
    return np.array([label for page in pages for label in page.labels])


def vocabulary(pages: Sequence[Marked]) -> dict[str, int]:
    """Number the features that units of enough hosts have."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for feature in {name for unit in page.units for name in unit.features}:
            hosts[feature].add(page.host)
    kept = sorted(
        name
        for name, seen in hosts.items()
        if len(seen) >= (PHRASE_HOSTS if name.startswith(PHRASES) else FEATURE_HOSTS)
    )
    return {name: number for number, name in enumerate(kept)}


def first_matrix(pages: Sequence[Marked], numbered: dict[str, int]) -> sparse.csr_matrix:
    """Write the units' own features as a sparse matrix."""
    starts, columns = [0], []
    for page in pages:
        for unit in page.units:
            columns += [numbered[name] for name in unit.features if name in numbered]
            starts.append(len(columns))
    shape = (len(starts) - 1, len(numbered))
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)


def fit_first(
    pages: Sequence[Marked], numbered: dict[str, int], strength: float
) -> tuple[dict[str, float], float]:
    """Fit the first stage; give its weights by name and its bias."""
    model = LogisticRegression(C=strength, max_iter=150)
    model.fit(first_matrix(pages, numbered), labels_of(pages), sample_weight=weights_of(pages))
    return dict(zip(numbered, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def score_first(pages: Iterable[Marked], weights: dict[str, float], bias: float) -> None:
    """Write the first scores of pages into them."""
    for page in pages:
        page.first = [
            bias + sum(weights.get(name, 0.0) for name in unit.features) for unit in page.units
        ]


def pruned(pages: Sequence[Marked], weights: dict[str, float], most: int) -> dict[str, int]:
    """Keep the features that move the most units the furthest."""
    met = Counter(
        name for page in pages for unit in page.units for name in unit.features if name in weights
    )
    best = sorted(weights, key=lambda name: -abs(weights[name]) * met[name] ** 0.5)[:most]
    return {name: number for number, name in enumerate(sorted(best))}


def second_columns(pages: Sequence[Marked]) -> dict[str, np.ndarray]:
    """Give each column of the context for all units, page after page."""
    gathered: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        found = context_of(page.units, page.first, page.texts, page.elsewhere)
        for name, values in found.items():
            gathered[name] += values
    return {name: np.array(values, np.float32) for name, values in gathered.items()}


def fit_second(pages: Sequence[Marked], kind: str) -> dict[str, object]:
    """Fit the second stage, boosted trees over the columns; give its stored form."""
    columns = second_columns(pages)
    matrix = np.stack(list(columns.values()), 1)
    # More sources with the same text never speak for it.
    never_for = [-1 if name == "elsewhere" else 0 for name in columns]
    units = lightgbm.Dataset(matrix, labels_of(pages), weight=weights_of(pages))
    settings = {**BOOSTING, **SHAPES[kind], "monotone_constraints": never_for}
    model = lightgbm.train(settings, units)
    grown = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    return {"trees": [_stored(tree, list(columns)) for tree in grown]}


def _stored(node: dict[str, Any], names: Sequence[str]) -> list[object] | float:
    """Turn a tree as LightGBM gives it into `[column, edge, at most, more]` or a weight."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 3)
    below, above = (_stored(node[side], names) for side in ("left_child", "right_child"))
    return [names[node["split_feature"]], round(float(node["threshold"]), 3), below, above]


def train(pages: list[Marked], kind: str) -> dict[str, object]:
    """Train both stages on these pages."""
    count_elsewhere(pages)
    rough, _ = fit_first(pages, vocabulary(pages), 0.1)
    numbered = pruned(pages, rough, FIRST_WEIGHTS[kind])
    for fold in sorted({page.fold for page in pages}):
        weights, bias = fit_first([page for page in pages if page.fold != fold], numbered, 0.3)
        score_first([page for page in pages if page.fold == fold], weights, bias)
    second = fit_second(pages, kind)
    weights, bias = fit_first(pages, numbered, 0.3)
    kept = {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= 0.02}
    return {"first_bias": round(bias, 4), "first": kept, **second}


def main() -> None:
    """Train both kinds, on all folds or without one, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--text", type=Path, required=True)
    arguments.add_argument("--html", type=Path, required=True)
    arguments.add_argument("--hold-out", type=int, help="leave this fold of hosts (0 to 4) out")
    arguments.add_argument("--kinds", nargs="+", default=["text", "page"])
    arguments.add_argument("--out", type=Path, default=WEIGHTS)
    given = arguments.parse_args()
    described = {row["id"]: row for row in rows(given.text)}
    stored: dict[str, object] = {"credits": CREDITS}
    for kind in given.kinds:
        pages = marked_texts(given.text) if kind == "text" else marked_pages(given.html, described)
        used = [page for page in pages if page.fold != given.hold_out]
        stored[kind] = train(used, kind)
        print(f"{kind}: {len(used)} pages, {sum(len(page.units) for page in used)} units")
    given.out.write_text(written(stored), encoding="utf-8")


def written(stored: dict[str, Any]) -> str:
    """Write the weights as JSON that people can read: a feature a line, a tree a line."""
    apart = {kind: {**own, "trees": []} for kind, own in stored.items() if kind != "credits"}
    text = json.dumps({**stored, **apart}, ensure_ascii=False, indent=0, sort_keys=True)
    for kind in sorted(apart):
        trees = ",\n".join(
            json.dumps(tree, separators=(",", ":")) for tree in stored[kind]["trees"]
        )
        text = text.replace('"trees": []', f'"trees": [\n{trees}\n]', 1)
    return text + "\n"


if __name__ == "__main__":
    main()
