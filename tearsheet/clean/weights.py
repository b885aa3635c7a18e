"""Weigh evidence: the bundled weights, read once, and the two stages that add them up.

The file `weights.json` is written by `bench/train_cleaning.py`, which says beside it what
it was trained on and how well it did. For texts and for pages it holds: `first`, a weight
for each feature of a unit's own; `second`, for each column of the context the edges of its
bins and a weight for each bin.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tearsheet.clean.context import OF_THE_PAGE, context_of
from tearsheet.clean.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Column:
    """The bins of one number of the context, and the weight of each bin."""

    name: str
    edges: tuple[float, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of one kind of source."""

    first: Mapping[str, float]
    first_bias: float
    second: tuple[Column, ...]
    second_bias: float


@cache
def bundled(kind: str) -> Weights:
    """Give the bundled weights for `text` or `page`."""
    stored = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return from_stored(stored[kind])


def from_stored(stored: Mapping[str, object]) -> Weights:
    """Turn the stored form into weights; keys that are not weights are for readers."""
    first, second = stored["first"], stored["second"]
    first_bias, second_bias = stored["first_bias"], stored["second_bias"]
    if not isinstance(first, dict) or not isinstance(second, dict):
        raise TypeError("weights.json: first and second must be mappings; train again")
    columns = tuple(
        Column(name, tuple(column["edges"]), tuple(column["weights"]))
        for name, column in second.items()
    )
    return Weights(first, float(str(first_bias)), columns, float(str(second_bias)))


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
    columns = context_of(units, first, texts)
    totals = [weights.second_bias] * len(units)
    for column in weights.second:
        edges, weighed = column.edges, column.weights
        if column.name in OF_THE_PAGE:
            shared = weighed[bisect_right(edges, columns[column.name][0])]
            totals = [total + shared for total in totals]
            continue
        totals = [
            total + weighed[bisect_right(edges, value)]
            for total, value in zip(totals, columns[column.name], strict=True)
        ]
    return totals
