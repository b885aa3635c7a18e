"""Ask small decision trees about many units at once.

Takes the trees as `weights.json` stores them and columns of numbers, one for each unit; gives
for each unit the sum of what the trees say. Method: QuickScorer (Lucchese and others, SIGIR
2015): the leaves of all trees are bits of one number. The bin that a column's number falls
in rules leaves out, whatever the other columns hold; over all columns one leaf of each tree
is left. So a unit costs two look-ups a column, however many trees and splits there are.
What is left is summed by binary digits: of all leaves whose weight has a digit, how many are
left, times what the digit stands for. Weights are whole thousandths, so every sum is exact.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import and_, or_

import msgspec

THOUSAND = 1000


class Asked(msgspec.Struct, frozen=True):
    """What the splits on one column leave: edges in order, and for each bin a mask of leaves."""

    column: str
    edges: tuple[float, ...]
    left: tuple[int, ...]


class Forest(msgspec.Struct, frozen=True):
    """All trees: the mask of all leaves, what is asked of each column, and what leaves weigh.

    Weights are counted in thousandths above `least` of them, which each tree gives in any case;
    `digits[n]` is a mask of the leaves in whose weight the binary digit for 2**n is set.
    """

    leaves: int
    asked: tuple[Asked, ...]
    trees: int
    least: int
    digits: tuple[int, ...]


class _Split(msgspec.Struct, frozen=True):
    column: str
    edge: float
    at_most: int
    more: int


def forest_of(trees: Sequence[object]) -> Forest:
    """Compile trees: each `[column, edge, tree if at most the edge, tree if more]` or a weight.

    Raises TypeError for anything else.
    """
    leaves: list[float] = []
    splits: list[_Split] = []
    for tree in trees:
        _gather(tree, leaves, splits)
    all_leaves = (1 << len(leaves)) - 1
    by_column: defaultdict[str, list[_Split]] = defaultdict(list)
    for split in splits:
        by_column[split.column].append(split)
    asked = tuple(_asked(column, own, all_leaves) for column, own in sorted(by_column.items()))
    weights = [round(leaf * THOUSAND) for leaf in leaves]
    least = min(weights, default=0)
    digits = _digits([weight - least for weight in weights])
    return Forest(all_leaves, asked, len(trees), least, digits)


def _gather(tree: object, leaves: list[float], splits: list[_Split]) -> int:
    """Number a tree's leaves and note its splits; give the mask of its leaves."""
    if isinstance(tree, (int, float)):
        leaves.append(float(tree))
        return 1 << (len(leaves) - 1)
    if not isinstance(tree, list) or len(tree) != 4:
        raise TypeError(f"weights.json: {tree!r} is no tree; train again")
    column, edge, below, above = tree
    at_most, more = _gather(below, leaves, splits), _gather(above, leaves, splits)
    splits.append(_Split(str(column), float(edge), at_most, more))
    return at_most | more


def _asked(column: str, splits: Sequence[_Split], all_leaves: int) -> Asked:
    """Say for each bin of a column which leaves a number in it leaves possible."""
    above: defaultdict[float, int] = defaultdict(int)
    below: defaultdict[float, int] = defaultdict(int)
    for split in splits:
        above[split.edge] |= split.at_most
        below[split.edge] |= split.more
    edges = sorted(above)
    ruled_out = list(accumulate((above[edge] for edge in edges), or_, initial=0))
    still = list(accumulate((below[edge] for edge in reversed(edges)), or_, initial=0))
    left = [
        all_leaves & ~(low | high) for low, high in zip(ruled_out, reversed(still), strict=True)
    ]
    return Asked(column, tuple(edges), tuple(left))


def _digits(weights: Sequence[int]) -> tuple[int, ...]:
    """Give for each binary digit the mask of the leaves in whose weight it is set."""
    count = max(weights, default=0).bit_length()
    masks = [0] * count
    for leaf, weight in enumerate(weights):
        for digit in range(count):
            masks[digit] |= (weight >> digit & 1) << leaf
    return tuple(masks)


def answers(forest: Forest, columns: Mapping[str, Sequence[float]], count: int) -> list[float]:
    """Give the sum of what the trees say of each of `count` units."""
    alive = [forest.leaves] * count
    for asked in forest.asked:
        numbers, edges, left = columns[asked.column], asked.edges, asked.left
        masks = [left[bisect_left(edges, number)] for number in numbers]
        alive = list(map(and_, alive, masks))
    digits = [(mask, 1 << place) for place, mask in enumerate(forest.digits)]
    base = forest.trees * forest.least
    return [
        (base + sum([(leaves & mask).bit_count() * worth for mask, worth in digits])) / THOUSAND
        for leaves in alive
    ]
