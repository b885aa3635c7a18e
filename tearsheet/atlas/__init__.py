"""Where places are, and the land around them: what a map is drawn from."""

from tearsheet.atlas.frame import Frame, borders_in, frames, land_in
from tearsheet.atlas.gazetteer import BY_EDITOR, Position, position_of

__all__ = ["BY_EDITOR", "Frame", "Position", "borders_in", "frames", "land_in", "position_of"]
