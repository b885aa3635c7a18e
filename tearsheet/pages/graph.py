"""An entity's neighbourhood as a drawing: who is named with it, and who of them with each other.

Takes an entity and the Catalogue; gives places and lines for an SVG that the theme draws.
The ones named together most often are laid on a ring around it, in an order that puts
neighbours beside each other, so that few lines cross. The same facts stand on the page as
a list: the drawing adds no fact.
"""

from collections.abc import Mapping
from math import cos, pi, sin

from tearsheet.model import Entity
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.company import MOST_DRAWN

FEWEST = 3
"""Companions worth a drawing."""
MOST_LINES = 24
"""Lines between companions: the strongest."""
WIDTH, HEIGHT, RADIUS = 640, 440, 150
LONGEST_LABEL = 24


def neighbourhood(entity: Entity, catalogue: Catalogue) -> dict[str, object] | None:
    """Give the drawing of an entity's neighbourhood, or None where there is too little of one."""
    companions = catalogue.companions_of(entity.id)
    ranked = companions.nearest[:MOST_DRAWN]
    if len(ranked) < FEWEST:
        return None
    counts = dict(ranked)
    between = {(left, right): number for left, right, number in companions.pairs}
    ring = _in_order(list(counts), between)
    places = {one: _place(index, len(ring)) for index, one in enumerate(ring)}
    most = max(counts.values())
    nodes = [
        {
            "label": _short(catalogue.entities[one].label),
            "name": catalogue.entities[one].label,
            "href": f"entities/{one}/",
            "type": catalogue.entities[one].type,
            "count": counts[one],
            "x": places[one][0],
            "y": places[one][1],
            "r": round(5 + 7 * counts[one] / most, 1),
            "side": "start" if places[one][0] >= WIDTH / 2 else "end",
        }
        for one in ring
    ]
    lines = [
        {
            "x1": places[left][0],
            "y1": places[left][1],
            "x2": places[right][0],
            "y2": places[right][1],
        }
        for left, right in list(between)[:MOST_LINES]
    ]
    return {"width": WIDTH, "height": HEIGHT, "label": _short(entity.label), "nodes": nodes, "lines": lines}  # fmt: skip


def _in_order(members: list[str], between: Mapping[tuple[str, str], int]) -> list[str]:
    """Put each next to the one it stands with most often (greedy: best first, ties by name)."""
    ring = [members.pop(0)]
    while members:
        last = ring[-1]
        best = min(
            members,
            key=lambda one: (-between.get((min(last, one), max(last, one)), 0), one),
        )
        members.remove(best)
        ring.append(best)
    return ring


def _place(index: int, count: int) -> tuple[float, float]:
    """Give a place on the ring, to a tenth, the first at the top right."""
    angle = 2 * pi * (index + 0.5) / count - pi / 2
    x = WIDTH / 2 + RADIUS * 1.12 * cos(angle)
    y = HEIGHT / 2 + RADIUS * 1.12 * sin(angle)
    return round(x, 1), round(y, 1)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
