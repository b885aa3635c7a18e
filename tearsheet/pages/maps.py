"""The map of places: where the places of the archive are, as far as that is known.

Takes the Catalogue; gives one page with a drawing that the theme makes an SVG of, and a table
with the same facts. A place stands on it only if the authority file says where it is, or the
gazetteer knows one place of its names.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tearsheet.atlas import Frame, Position, borders_in, frames, land_in
from tearsheet.model import Entity, Page
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.words import count

ADDRESS = "entities/map"
MOST_PLACES = 150
"""Places on a map, those of most records; more could not be told apart."""
MOST_LABELS = 40
LETTER, LINE_HEIGHT = 7.2, 17
"""Pixels of a letter of a label and of its line."""


class Located(msgspec.Struct, frozen=True):
    """A place with its position and the number of its records."""

    entity: Entity
    at: Position
    records: int


def located(catalogue: Catalogue) -> list[Located]:
    """Give the places whose position is known, those of most records first."""
    found = []
    for name, face in catalogue.now.whole.faces.items():
        records = catalogue.number_of_records(name) if face.at is not None else 0
        if records and face.at is not None:
            found.append(Located(catalogue.entities[name], face.at, records))
    return sorted(found, key=lambda one: (-one.records, one.entity.label, one.entity.id))


def map_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Lay out the map, where there is a place to show."""
    places = located(catalogue)
    if not places:
        return
    shown = places[:MOST_PLACES]
    drawn = frames([(one.at.latitude, one.at.longitude, one.records) for one in shown])
    yield Page(
        f"{ADDRESS}.md",
        {
            "title": "Map of places",
            "kind": "map",
            "template": "map.html",
            "breadcrumbs": [{"label": "Places", "href": "entities/places/"}],
            "summary": _summary(places, catalogue),
            "maps": [_drawing(frame, shown) for frame in drawn],
        },
        _table(shown),
    )


def _summary(places: Sequence[Located], catalogue: Catalogue) -> str:
    named = catalogue.by_type.get("place", ())
    every = sum(bool(catalogue.number_of_records(entity.id)) for entity in named)
    return (
        f"{len(places):,} of {count(every, 'place')}: those whose position the authority file "
        "states, or whose name means one place alone."
    )


# ---------------------------------------------------------------- the drawing


def _drawing(frame: Frame, places: Sequence[Located]) -> dict[str, object]:
    inside = [one for one in places if frame.holds(one.at.latitude, one.at.longitude)]
    most = max((one.records for one in inside), default=1)
    points = []
    taken: list[tuple[float, float, float, float]] = []
    for index, one in enumerate(inside):
        x, y = frame.place(one.at.longitude, one.at.latitude)
        radius = round(4 + 8 * (one.records / most) ** 0.5, 1)
        label = (
            _label(one.entity.label, x, y, radius, taken, frame) if index < MOST_LABELS else None
        )
        points.append(
            {
                "name": one.entity.label,
                "href": f"entities/{one.entity.id}/",
                "count": one.records,
                "x": x,
                "y": y,
                "r": radius,
                "label": label,
            }
        )
    return {
        "width": frame.width,
        "height": frame.height,
        "land": land_in(frame),
        "borders": borders_in(frame),
        "points": points[::-1],  # the largest are drawn last and lie on top
    }


def _label(
    text: str,
    x: int,
    y: int,
    radius: float,
    taken: list[tuple[float, float, float, float]],
    frame: Frame,
) -> dict[str, object] | None:
    """Find room for a label beside its point: right, left, above or below; else give None."""
    long = len(text) * LETTER
    gap = radius + 5
    for anchor, left, middle in (
        ("start", x + gap, y),
        ("end", x - gap - long, y),
        ("middle", x - long / 2, y - gap - LINE_HEIGHT / 2),
        ("middle", x - long / 2, y + gap + LINE_HEIGHT / 2),
    ):
        box = (left, middle - LINE_HEIGHT / 2, left + long, middle + LINE_HEIGHT / 2)
        within = box[0] >= 0 and box[2] <= frame.width and box[1] >= 0 and box[3] <= frame.height
        if within and not any(_overlap(box, other) for other in taken):
            taken += [box, (x - radius, y - radius, x + radius, y + radius)]
            at = {"start": left, "end": left + long, "middle": x}[anchor]
            return {"x": round(at), "y": round(middle + 5), "anchor": anchor}
    return None


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# ---------------------------------------------------------------- the same as a table


def _table(places: Sequence[Located]) -> str:
    lines = ["| Place | Records | Position | Given by |", "|---|---|---|---|"]
    for one in places:
        name = link(one.entity.label, f"{one.entity.id}.md").replace("|", "&#124;")
        lines.append(
            f"| {name} | {one.records:,} | {position_words(one.at)} | {escape(one.at.evidence)} |"
        )
    return "\n".join(lines)


def position_words(at: Position) -> str:
    """Write a position for a reader."""
    return f"{_degrees(at.latitude, 'N', 'S')}, {_degrees(at.longitude, 'E', 'W')}"


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.2f}° {positive if value >= 0 else negative}"
