"""What part of the earth a map shows, and the land and borders in it as SVG paths.

Takes positions (latitude and longitude in degrees, with a weight each); gives frames and the
paths in them, in whole pixels. Projection: plate carrée, degrees of longitude shortened as
in the middle of the frame. Clipping of rings: Sutherland and Hodgman, 1974.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from typing import TypeAlias

import msgspec

from tearsheet.atlas.outlines import Line, borders, land

WIDTH, MOST_HEIGHT, LEAST_HEIGHT = 960, 620, 360
LEAST_SPAN = 4.0
"""Degrees that a frame spans at the least: a town alone is shown in its country."""
MARGIN = 0.22
COARSE = 1.5
"""Pixels between points of an outline that can be told apart."""
CLOSER = 0.35
"""A closer frame is worth it where it fills no more of the whole one's width and height."""
MOST_OF_THEM = 0.75

Weighed: TypeAlias = tuple[float, float, int]
"""Latitude, longitude, weight."""


class Frame(msgspec.Struct, frozen=True):
    """What a map shows, in degrees, and how large it is drawn."""

    west: float
    south: float
    east: float
    north: float
    height: int
    width: int = WIDTH

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies inside."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Give the pixel of a position."""
        x = (longitude - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return round(x), round(y)


def frames(places: Sequence[Weighed]) -> list[Frame]:
    """Give the frame of all places, and before it one of most of them where that is much closer."""
    whole, near = _frame(places), _frame(_most_of(places))
    return [near, whole] if _share(near, whole) <= CLOSER else [whole]


def land_in(frame: Frame) -> str:
    """Give the land inside a frame as one closed path."""
    return "".join(f"{path}Z" for piece in _rings(frame) if (path := _path(piece, frame)))


def borders_in(frame: Frame) -> str:
    """Give the borders inside a frame as one path."""
    return "".join(_path(piece, frame) for piece in _lines(frame))


def _frame(places: Sequence[Weighed]) -> Frame:
    """Give a frame that holds all these places with a margin, in the shape of a picture."""
    norths = [north for north, _, _ in places]
    easts = [east for _, east, _ in places]
    middle, across = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
    shorter = max(0.2, cos(radians(middle)))
    tall = max((max(norths) - min(norths)) * (1 + 2 * MARGIN), LEAST_SPAN)
    wide = max((max(easts) - min(easts)) * (1 + 2 * MARGIN), LEAST_SPAN / shorter)
    tall = max(tall, wide * shorter * LEAST_HEIGHT / WIDTH)
    wide = min(360.0, max(wide, tall / shorter * WIDTH / MOST_HEIGHT))
    height = round(WIDTH * tall / (wide * shorter))
    west = max(-180.0, min(180.0 - wide, across - wide / 2))
    south = max(-90.0, min(90.0 - min(tall, 180.0), middle - tall / 2))
    return Frame(west, south, west + wide, south + tall, min(height, MOST_HEIGHT))


def _most_of(places: Sequence[Weighed]) -> list[Weighed]:
    """Give the places nearest to the middle one that hold most of the weight."""
    whole = sum(weight for _, _, weight in places)
    middle = _median([(north, weight) for north, _, weight in places], whole / 2)
    across = _median([(east, weight) for _, east, weight in places], whole / 2)
    nearest = sorted(places, key=lambda one: (max(abs(one[0] - middle), abs(one[1] - across)), one))
    held = 0
    for index, (_, _, weight) in enumerate(nearest, 1):
        held += weight
        if held >= whole * MOST_OF_THEM:
            return nearest[:index]
    return nearest


def _median(weighed: Sequence[tuple[float, int]], half: float) -> float:
    held = 0
    for value, weight in sorted(weighed):
        held += weight
        if held >= half:
            return value
    return 0.0


def _share(inner: Frame, outer: Frame) -> float:
    return max(
        (inner.east - inner.west) / (outer.east - outer.west),
        (inner.north - inner.south) / (outer.north - outer.south),
    )


def _path(points: Sequence[tuple[float, float]], frame: Frame) -> str:
    """Write a line as an SVG path of whole pixels, without what cannot be told apart."""
    pixels = [frame.place(*points[0])]
    for point in points[1:]:
        x, y = frame.place(*point)
        if abs(x - pixels[-1][0]) + abs(y - pixels[-1][1]) >= COARSE:
            pixels.append((x, y))
    if len(pixels) < 2:
        return ""
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(pixels))
    return f"M{pixels[0][0]} {pixels[0][1]}l{' '.join(steps)}"


def _rings(frame: Frame) -> Iterator[Sequence[tuple[float, float]]]:
    """Give the rings of the land inside a frame and three pixels beyond its edges."""
    for ring in land():
        if _touches(ring, frame):
            piece: Sequence[tuple[float, float]] = ring
            for axis, edge, way in _edges(frame):
                piece = _cut(piece, axis, edge, way)
            if len(piece) > 2:
                yield piece


def _edges(frame: Frame) -> tuple[tuple[int, float, int], ...]:
    over = (frame.east - frame.west) / WIDTH * 3
    return (
        (0, frame.west - over, 1),
        (0, frame.east + over, -1),
        (1, frame.south - over, 1),
        (1, frame.north + over, -1),
    )


def _cut(
    ring: Sequence[tuple[float, float]], axis: int, edge: float, way: int
) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for before, here in zip([ring[-1:][0], *ring] if ring else [], ring, strict=False):
        was_in, is_in = (before[axis] - edge) * way >= 0, (here[axis] - edge) * way >= 0
        if was_in != is_in:
            part = (edge - before[axis]) / (here[axis] - before[axis])
            x = before[0] + part * (here[0] - before[0])
            kept.append((x, before[1] + part * (here[1] - before[1])))
        if is_in:
            kept.append(here)
    return kept


def _lines(frame: Frame) -> Iterator[Sequence[tuple[float, float]]]:
    """Give the runs of the borders whose points lie in a frame or next to one that does."""
    for line in borders():
        if not _touches(line, frame):
            continue
        inside = [
            frame.west <= x <= frame.east and frame.south <= y <= frame.north for x, y in line
        ]
        shown = [any(inside[max(0, index - 1) : index + 2]) for index in range(len(line))]
        run: list[tuple[float, float]] = []
        for point, here in zip((*line, line[-1]), (*shown, False), strict=True):
            if here:
                run.append(point)
            elif run:
                yield run
                run = []


def _touches(line: Line, frame: Frame) -> bool:
    easts, norths = [x for x, _ in line], [y for _, y in line]
    return (
        min(easts) <= frame.east
        and max(easts) >= frame.west
        and min(norths) <= frame.north
        and max(norths) >= frame.south
    )
