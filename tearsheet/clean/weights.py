"""Weigh evidence: the bundled weights, read once, and the two stages that use them.

The file `weights.json` is written by `bench/train_cleaning.py`; `weights.md` beside it says
what it was trained on and how well it did. For texts and for pages it holds: `first`, a
weight for each feature of a unit's own; `trees`, small decision trees over the columns of
the context, each `[column, edge, tree where the number is at most the edge, tree where it
is more]` or a weight. What the trees say of a unit is added up: log-odds of being text.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tearsheet.clean.context import context_of
from tearsheet.clean.evidence import Evidence
from tearsheet.clean.forest import Forest, answers, forest_of


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of one kind of source."""

    first: Mapping[str, float]
    first_bias: float
    forest: Forest


@cache
def bundled(kind: str) -> Weights:
    """Give the bundled weights for `text` or `page`."""
    stored = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return from_stored(stored[kind])


def from_stored(stored: Mapping[str, object]) -> Weights:
    """Turn the stored form into weights; keys that are not weights are for readers."""
    first, trees = stored["first"], stored["trees"]
    if not isinstance(first, dict) or not isinstance(trees, list):
        raise TypeError("weights.json: first must be a mapping, trees a list; train again")
    return Weights(first, float(str(stored["first_bias"])), forest_of(trees))


def first_score(unit: Evidence, weights: Weights) -> float:
    """Score a unit by its own evidence alone."""
    weight = weights.first.get
    return weights.first_bias + sum([weight(feature, 0.0) for feature in unit.features])


def scores(
    units: Sequence[Evidence], first: Sequence[float], texts: Sequence[str], weights: Weights
) -> list[float]:
    """Score each unit for being text of the article, in log-odds, with its surroundings."""
    if not units:
        return []
    return answers(weights.forest, context_of(units, first, texts), len(units))
