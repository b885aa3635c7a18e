"""Weigh evidence: the bundled weights, read once, and the two stages that use them.

The file `weights.json` is written by `bench/train_cleaning.py`; `weights.md` beside it says
what it was trained on and how well it did. For texts and for pages it holds: `first`, a
weight for each feature of a unit's own; `trees`, small decision trees over the columns of
the context, each `[column, edge, tree where the number is at most the edge, tree where it
is more]` or a weight. What the trees say of a unit is added up: log-odds of being text.
The trees stand in the order in which they were grown, each mending what those before it
leave wrong, so the later ones are asked only of units that the early ones leave in doubt.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from tearsheet.clean.context import context_of
from tearsheet.clean.evidence import Evidence
from tearsheet.clean.forest import Forest, answers, forest_of

# Of so many trees all units are asked; of the others a quarter of a text's units, those whose
# log-odds are still below DOUBT. Without DOUBT F is the same to 0.0005, held out by host.
EARLY_TREES, DOUBT = 60, 2.0


class Weights(msgspec.Struct, frozen=True):
    """All weights of one kind of source."""

    first: Mapping[str, float]
    first_bias: float
    early: Forest
    late: Forest


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
    early, late = forest_of(trees[:EARLY_TREES]), forest_of(trees[EARLY_TREES:])
    return Weights(first, float(str(stored["first_bias"])), early, late)


def first_score(unit: Evidence, weights: Weights) -> float:
    """Score a unit by its own evidence alone."""
    weight = weights.first.get
    return weights.first_bias + sum([weight(feature, 0.0) for feature in unit.features])


def scores(
    units: Sequence[Evidence],
    first: Sequence[float],
    texts: Sequence[str],
    elsewhere: Sequence[int],
    weights: Weights,
) -> list[float]:
    """Score each unit for being text of the article, in log-odds, with its surroundings."""
    if not units:
        return []
    columns = context_of(units, first, texts, elsewhere)
    found = answers(weights.early, columns, len(units))
    doubtful = [index for index, score in enumerate(found) if abs(score) < DOUBT]
    asked = {one.column: columns[one.column] for one in weights.late.asked}
    of_these = {name: [numbers[i] for i in doubtful] for name, numbers in asked.items()}
    more = answers(weights.late, of_these, len(doubtful))
    for index, further in zip(doubtful, more, strict=True):
        found[index] += further
    return found
