"""The evidence that a unit's surroundings give: neighbours, prose about it, its place, repetition.

Takes the units' own evidence and first scores; gives the numbers of the second stage, a
column for each name in COLUMNS with a number for each unit. Linear in the number of units.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from math import exp

from tearsheet.clean.evidence import Evidence

NEIGHBOURS = (-1, 1, -2, 2, -3, 3)
REACHES = (1, 2, 5, 14, 40)
ELSEWHERE_REACHES = (5, 20)
OPENERS = ("comments", "related", "subscribe", "tags", "legal")
OVERLAPS = (0.01, 0.15, 0.3, 0.45, 0.6, 0.8)
CLUSTER_PARTS = (0.05, 0.15, 0.4, 0.99)
# A unit that by itself is this surely text, and this long, is prose that others stand near.
STRONG_SCORE, STRONG_WORDS = 1.0, 12
# Prose with at most this many units between belongs to one cluster.
GAP = 4
FAR, NO_SCORE = 200, -8.0

Columns = dict[str, list[float]]


def context_of(
    units: Sequence[Evidence],
    scores: Sequence[float],
    texts: Sequence[str],
    elsewhere: Sequence[int],
) -> Columns:
    """Give the columns of the second stage, a number for each unit in each.

    `elsewhere` says in how many other sources of the corpus each unit's text stands.
    """
    strong = [
        score > STRONG_SCORE and unit.words >= STRONG_WORDS
        for unit, score in zip(units, scores, strict=True)
    ]
    masses = _masses(units, scores)
    return {
        **_neighbours(units, scores),
        **{f"mean {reach}": _means(scores, reach) for reach in REACHES},
        **masses,
        **_distances(strong),
        **_clusters(units, strong),
        **_openers(units, masses["share before"]),
        **_repetition(units, strong, texts),
        **_elsewhere(units, elsewhere),
        **_containers(units, scores),
    }


def _neighbours(units: Sequence[Evidence], scores: Sequence[float]) -> Columns:
    count = len(units)
    words = [float(unit.words) for unit in units]
    columns: Columns = {"score": list(scores), "words": words}
    for offset in NEIGHBOURS:
        columns[f"score {offset:+}"] = _shifted(scores, offset, NO_SCORE)
        if abs(offset) < 3:
            columns[f"words {offset:+}"] = _shifted(words, offset, 0.0)
    columns["best before"] = [
        max(scores[max(0, i - 4) : i], default=NO_SCORE) for i in range(count)
    ]
    columns["best after"] = [max(scores[i + 1 : i + 5], default=NO_SCORE) for i in range(count)]
    ends = [float(unit.ends) for unit in units]
    lows = [float(unit.starts_low) for unit in units]
    columns["joint"] = [
        low + 2 * end + 4 * ended + 8 * followed
        for low, end, ended, followed in zip(
            lows, ends, _shifted(ends, -1, 0.0), _shifted(lows, 1, 0.0), strict=True
        )
    ]
    return columns


def _shifted(values: Sequence[float], offset: int, missing: float) -> list[float]:
    pad = [missing] * min(abs(offset), len(values))
    if offset < 0:
        return pad + list(values[: len(values) - len(pad)])
    return list(values[offset:]) + pad


def _means(scores: Sequence[float], reach: int) -> list[float]:
    sums = [0.0]
    for score in scores:
        sums.append(sums[-1] + score)
    count = len(scores)
    lows = [0] * min(reach, count) + list(range(count - reach))
    highs = [*range(reach + 1, count + 1), *[count] * min(reach, count)]
    return [(sums[high] - sums[low]) / (high - low) for low, high in zip(lows, highs, strict=True)]


def _masses(units: Sequence[Evidence], scores: Sequence[float]) -> Columns:
    """Sum up the likely text before each unit and after it, in words and as a share."""
    sums = [0.0]
    for unit, score in zip(units, scores, strict=True):
        likely = 1 / (1 + exp(-score)) if -30 < score < 30 else float(score > 0)
        sums.append(sums[-1] + min(unit.words, 100) * likely)
    total = sums.pop() or 1.0
    count = len(units)
    return {
        "text before": sums,
        "text after": [total - before for before in sums],
        "share before": [before / total for before in sums],
        "text": [total] * count,
        "units": [float(count)] * count,
        "place": [index / count for index in range(count)],
    }


def _distances(strong: Sequence[bool]) -> Columns:
    """Count the units to the nearest prose before and after, and prose among the nearest ten."""
    sums = [0]
    for is_strong in strong:
        sums.append(sums[-1] + is_strong)
    count = len(strong)
    return {
        "prose before": _back(strong),
        "prose after": _back(strong[::-1])[::-1],
        "prose share": [sums[-1] / count] * count,
        "prose in ten before": [float(sums[i] - sums[max(0, i - 10)]) for i in range(count)],
        "prose in ten after": [float(sums[min(count, i + 11)] - sums[i + 1]) for i in range(count)],
    }


def _back(strong: Sequence[bool]) -> list[float]:
    found: list[float] = []
    distance = FAR
    for is_strong in strong:
        found.append(float(distance))
        distance = 1 if is_strong else min(FAR, distance + 1)
    return found


def _clusters(units: Sequence[Evidence], strong: Sequence[bool]) -> Columns:
    """Place each unit by the biggest cluster of prose, and weigh the cluster it is in."""
    count = len(units)
    spans: list[list[int]] = []
    for index, is_strong in enumerate(strong):
        if not is_strong:
            continue
        if spans and index - spans[-1][1] <= GAP + 1:
            spans[-1][1] = index
            spans[-1][2] += units[index].words
        else:
            spans.append([index, index, units[index].words])
    share = [0.0] * count
    if not spans:
        return {"from cluster": [-float(FAR)] * count, "cluster": share}
    biggest = max(spans, key=lambda span: span[2])
    for start, end, words in spans:
        part = 1.0 + bisect_right(CLUSTER_PARTS, words / biggest[2])
        share[start : end + 1] = [part] * (end - start + 1)
    return {
        "from cluster": [
            float(min(FAR, max(0, index - biggest[1])) - min(FAR, max(0, biggest[0] - index)))
            for index in range(count)
        ],
        "cluster": share,
    }


def _openers(units: Sequence[Evidence], shares: Sequence[float]) -> Columns:
    """Count the units since a section was opened, and the share of text before its opener."""
    columns: Columns = {}
    for kind in OPENERS:
        distances: list[float] = []
        parts: list[float] = []
        since, part = FAR, -1.0
        for unit, share in zip(units, shares, strict=True):
            if unit.opens == kind:
                since, part = 0, share
            distances.append(float(since))
            parts.append(part)
            since = min(FAR, since + 1)
        columns[f"since {kind}"] = distances
        columns[f"share before {kind}"] = parts
    return columns


def _repetition(
    units: Sequence[Evidence],
    strong: Sequence[bool],
    texts: Sequence[str],
) -> Columns:
    """Count a unit's repetition on the page, and bin the words it shares with the page's prose."""
    own = Counter(texts)
    used: Counter[str] = Counter()
    for unit, is_strong in zip(units, strong, strict=True):
        if is_strong:
            used.update(unit.content)
    overlap: list[float] = []
    for unit, is_strong in zip(units, strong, strict=True):
        least = 1 if is_strong else 0
        shared = sum(1 for word in unit.content if used[word] > least)
        overlap.append(
            1.0 + bisect_right(OVERLAPS, shared / len(unit.content)) if unit.content else 0.0
        )
    return {
        "repeated": [float(own[text]) for text in texts],
        "overlap": overlap,
    }


def _elsewhere(units: Sequence[Evidence], counts: Sequence[int]) -> Columns:
    """Give the other sources that a unit's text stands in, and the share of such units about it.

    Of a page there are no such columns: its containers say more, and these won nothing.
    """
    if any(unit.path for unit in units):
        return {}
    sums = [0]
    for count in counts:
        sums.append(sums[-1] + (count > 0))
    number = len(counts)
    columns: Columns = {
        "elsewhere": [float(count) for count in counts],
        "elsewhere page": [sums[-1] / max(1, number)] * number,
    }
    for reach in ELSEWHERE_REACHES:
        lows = [max(0, index - reach) for index in range(number)]
        highs = [min(number, index + reach + 1) for index in range(number)]
        columns[f"elsewhere {reach}"] = [
            (sums[high] - sums[low]) / (high - low) for low, high in zip(lows, highs, strict=True)
        ]
    return columns


def _containers(units: Sequence[Evidence], scores: Sequence[float]) -> Columns:
    """Give the share of the page's likely text in each unit's container, near and wide.

    The method is readability's: text stands where most text stands. Only pages have
    containers; of a text there are no such columns.
    """
    if not any(unit.path for unit in units):
        return {}
    masses = [
        min(unit.words, 100) * (1 - unit.linked) / (1 + exp(-max(-30.0, min(30.0, score))))
        for unit, score in zip(units, scores, strict=True)
    ]
    total = sum(masses) or 1.0
    columns: Columns = {"linked": [unit.linked for unit in units]}
    columns["linked -1"] = _shifted(columns["linked"], -1, 0.0)
    columns["linked +1"] = _shifted(columns["linked"], 1, 0.0)
    for name, depth in (("kin", 0), ("parent", 1), ("grandparent", 2), ("ancestor", 4)):
        keys = [unit.path[: max(1, len(unit.path) - depth)] for unit in units]
        held: Counter[tuple[str, ...]] = Counter()
        many: Counter[tuple[str, ...]] = Counter(keys)
        for key, mass in zip(keys, masses, strict=True):
            held[key] += mass  # type: ignore[assignment]  # a Counter of shares
        columns[f"{name} share"] = [held[key] / total for key in keys]
        columns[f"{name} mean"] = [held[key] / many[key] for key in keys]
    best = units[max(range(len(units)), key=masses.__getitem__)].path
    columns["shared path"] = [float(len(best) - _common(unit.path, best)) for unit in units]
    return columns


def _common(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for name, wanted in zip(path, other, strict=False):
        if name != wanted:
            break
        count += 1
    return count
