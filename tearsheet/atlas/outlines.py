"""The outlines of the land and the borders of countries, from `data/`.

Natural Earth's, simplified to a twelfth of a degree (`derive.py`). Coordinates are degrees,
east and north positive; a line of the land is closed, a border is open.
"""

from functools import cache
from importlib.resources import files
from typing import TypeAlias

STEPS = 20
"""Steps of the files' grid in a degree."""

Line: TypeAlias = tuple[tuple[float, float], ...]


@cache
def land() -> tuple[Line, ...]:
    """Give the rings of all land."""
    return _lines("land.txt")


@cache
def borders() -> tuple[Line, ...]:
    """Give the lines between countries."""
    return _lines("borders.txt")


def _lines(name: str) -> tuple[Line, ...]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(_line(written) for written in text.splitlines())


def _line(written: str) -> Line:
    x = y = 0
    points = []
    for step in written.split():
        right, _, up = step.partition(",")
        x, y = x + int(right), y + int(up)
        points.append((x / STEPS, y / STEPS))
    return tuple(points)
