"""Where places are, and the land around them: what a map is drawn from."""

from tearsheet.atlas.frame import Frame, borders_in, frames, land_in
from tearsheet.atlas.gazetteer import Position, position_of, position_of_place

__all__ = [
    "Frame",
    "Position",
    "borders_in",
    "frames",
    "land_in",
    "position_of",
    "position_of_place",
]
