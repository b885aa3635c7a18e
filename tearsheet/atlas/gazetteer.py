"""Where a place of a name is, as far as the name alone can tell.

Takes names; gives a position with the words that say where it is from. Guarantees that a
name that several places bear gives none, unless one of them outweighs the others by far
(`derive.py` says by how much).
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from tearsheet.model import Entity
from tearsheet.slugs import slug


class Position(msgspec.Struct, frozen=True):
    """Degrees, north and east positive, and on whose word."""

    latitude: float
    longitude: float
    evidence: str


BY_EDITOR = "the authority file"
_OF_COUNTRY = "the middle of the country, Natural Earth"
_OF_CITY = "GeoNames, by its name alone"


def position_of_place(entity: Entity) -> Position | None:
    """Give where a place is, on the editor's word, else the gazetteer's; None of anything else."""
    if entity.type != "place":
        return None
    if entity.coordinates is not None:
        return Position(*entity.coordinates, BY_EDITOR)
    return position_of((entity.label, *entity.aliases))


def position_of(names: Iterable[str]) -> Position | None:
    """Give the position that all known names of one place agree on, or None."""
    known = _positions()
    found = {position for name in names if (position := known.get(slug(name))) is not None}
    return found.pop() if len(found) == 1 else None


@cache
def _positions() -> dict[str, Position]:
    positions: dict[str, Position] = {}
    for name, evidence in (("cities.txt", _OF_CITY), ("countries.txt", _OF_COUNTRY)):
        text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
        for line in text.splitlines():
            place, latitude, longitude = line.split(";")
            positions[slug(place)] = Position(float(latitude), float(longitude), evidence)
    return positions
