"""Train the weights that choose a title among the lines of a text: `describe/headline.json`.

    python bench/train_headline.py --pages PAGES --text TEXT [--hold-out 0]

Needs numpy and scipy, which the product does not. Method: a conditional logit (McFadden
1974): the score of each candidate line is a sum of weights of the features that hold of it,
and the title is the likeliest line of its page; fitted by L-BFGS with a ridge. With
`--hold-out` hosts of that half are left out of training, and the share of their pages whose
title is right is printed; without, the weights are trained on all hosts and written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np  # type: ignore[import-not-found, unused-ignore]  # only where weights are trained
from scipy.optimize import minimize  # type: ignore[import-untyped, import-not-found, unused-ignore]  # the same

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean import clean
from tearsheet.describe.headline import candidates
from tearsheet.describe.look import Look
from tearsheet.readers import read

CREDITS = (
    "Trained on titles that people marked: scrapinghub/article-extraction-benchmark, "
    "AndyTheFactory/article-extraction-dataset, Fundus, the Web Content Extraction "
    "Benchmark WCXB (CC BY 4.0). Weights of general features only; no text is in this file."
)
WEIGHTS = Path(__file__).resolve().parents[1] / "tearsheet" / "describe" / "headline.json"
RIDGE = 1.0
LEAST_PAGES = 20
"""A feature must be met on so many pages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one page by their features, and which of them are the title."""

    style: str
    half: int
    features: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a .jsonl.xz file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def plain(text: str) -> str:
    """Give a text as the scorer compares it: letters and digits in small."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def choices(pages: Path, texts: Path) -> Iterator[Choice]:
    """Give the candidates of every page that has a marked title."""
    titles = {row["id"]: row for row in rows(pages) if row["meta"].get("title")}  # type: ignore[attr-defined]  # a mapping
    for row in rows(texts):
        page = titles.get(row["id"])
        if page is None:
            continue
        found = list(candidates(Look(clean(read("page.txt", row["text"].encode())))))
        wanted = plain(page["meta"]["title"])  # type: ignore[index]  # a mapping
        right = tuple(i for i, (unit, _) in enumerate(found) if plain(unit.text) == wanted)
        half = int(hashlib.sha256(page["host"].encode()).hexdigest(), 16) % 2
        yield Choice(row["style"], half, tuple(features for _, features in found), right)


def fit(made: list[Choice]) -> dict[str, float]:
    """Fit the weights on the pages whose title is among their candidates."""
    used = [one for one in made if one.right]
    met = Counter(name for one in used for name in {f for line in one.features for f in line})
    names = sorted(name for name, pages in met.items() if pages >= LEAST_PAGES)
    number = {name: index for index, name in enumerate(names)}
    lines = [[[number[f] for f in line if f in number] for line in one.features] for one in used]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * float(weights @ weights) / 2, RIDGE * weights
        for one, features in zip(used, lines, strict=True):
            scores = np.array([weights[line].sum() for line in features])
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            right = likely[list(one.right)].sum()
            total -= float(np.log(max(right, 1e-300)))
            pull = likely.copy()
            pull[list(one.right)] -= likely[list(one.right)] / right
            for line, force in zip(features, pull, strict=True):
                slope[line] += force
        return total, slope

    best = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 120}
    )
    return {name: round(float(best.x[index]), 3) for name, index in number.items()}


def measure(made: list[Choice], weights: dict[str, float]) -> None:
    """Print the share of pages, by style, whose likeliest line is the title."""
    told: dict[str, list[int]] = defaultdict(list)
    for one in made:
        scores = [sum(weights.get(f, 0.0) for f in line) for line in one.features]
        told[one.style].append(int(bool(scores) and scores.index(max(scores)) in one.right))
    for style, right in sorted(told.items()):
        print(f"{style:<12} {len(right):>5} pages, title right {sum(right) / len(right):.3f}")


def main() -> None:
    """Train, and measure or write."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--pages", type=Path, required=True)
    arguments.add_argument("--text", type=Path, required=True)
    arguments.add_argument("--hold-out", type=int, choices=(0, 1))
    given = arguments.parse_args()
    made = list(choices(given.pages, given.text))
    if given.hold_out is not None:
        weights = fit([one for one in made if one.half != given.hold_out])
        measure([one for one in made if one.half == given.hold_out], weights)
        return
    weights = fit(made)
    measure(made, weights)
    stored = {"credits": CREDITS, "trained_by": "bench/train_headline.py", "weights": weights}
    WEIGHTS.write_text(
        json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
