"""Where places are, what a map shows of the land, and what is left out because nobody knows."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from tearsheet.atlas import Frame, borders_in, frames, land_in, position_of
from tearsheet.atlas.outlines import borders, land
from tearsheet.model import Entity, Fate
from tearsheet.pages.compose import compose
from tests.made import corpus, document, mentions_of, record

WEIGHED = some.lists(
    some.tuples(
        some.floats(-89, 89, allow_nan=False),
        some.floats(-180, 180, allow_nan=False),
        some.integers(1, 50),
    ),
    min_size=1,
    max_size=12,
)


def test_a_name_that_means_one_place_alone_has_its_position() -> None:
    found = position_of(["Reykjavik"])
    assert found is not None
    assert (round(found.latitude), round(found.longitude)) == (64, -22)
    assert "GeoNames" in found.evidence


def test_a_name_that_several_towns_bear_has_none() -> None:
    assert position_of(["Springfield"]) is None
    assert position_of(["Georgia"]) is None  # a country and a state


def test_names_of_one_place_that_disagree_give_none() -> None:
    assert position_of(["Reykjavik", "Oslo"]) is None
    assert position_of(["USA", "United States", "no such name"]) is not None


def test_the_outlines_stay_on_the_map_and_rings_are_closed() -> None:
    for line in (*land(), *borders()):
        assert all(-90 <= y <= 90 and -400 < x < 400 for x, y in line)
        assert all(abs(a[0] - b[0]) < 90 for a, b in pairwise(line))
    assert all(ring[0] == ring[-1] for ring in land())


@given(WEIGHED)
def test_every_place_lies_in_the_whole_frame_and_nothing_is_drawn_far_outside(
    places: list[tuple[float, float, int]],
) -> None:
    *_, whole = frames(places)
    for north, east, _ in places:
        assert whole.holds(north, east)
        x, y = whole.place(east, north)
        assert 0 <= x <= whole.width and 0 <= y <= whole.height
    for x, y in ends_of(land_in(whole)):
        assert -25 <= x <= whole.width + 25
        assert -25 <= y <= whole.height + 25


def ends_of(path: str) -> list[tuple[int, int]]:
    """Follow a path and give every point of it."""
    points = []
    for piece in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)", path):
        x, y = int(piece[0]), int(piece[1])
        steps = [int(one) for one in piece[2].split()]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + right, y + down
            points.append((x, y))
    return points


def test_a_frame_of_one_country_shows_its_borders() -> None:
    paraguay = Frame(-63, -28, -54, -19, 600)
    assert len(ends_of(borders_in(paraguay))) > 20
    assert ends_of(land_in(paraguay))


def test_the_map_shows_places_with_their_source_and_leaves_out_the_unknown() -> None:
    text = "Reykjavik, Port Ellis and Springfield were named by Oslo and again by Oslo."
    made = document((Fate.PARAGRAPH, text))
    places = [
        Entity("reykjavik", "Reykjavik", "place"),
        Entity("port-ellis", "Port Ellis", "place", coordinates=(51.2, -3.1)),
        Entity("springfield", "Springfield", "place"),
        Entity("oslo", "Oslo", "organisation"),  # a body called so is no place
    ]
    mentions = sorted(
        (one for place in places for one in mentions_of(made, place.label, place)),
        key=lambda one: one.start,
    )
    pages = {
        one.path: one for one in compose(corpus(record(made, mentions=mentions), entities=places))
    }
    page = pages["entities/map.md"]
    assert "[Port Ellis](port-ellis.md) | 1 | 51.20° N, 3.10° W | the authority file |" in page.body
    assert "[Reykjavik](reykjavik.md)" in page.body
    assert "Springfield" not in page.body and "oslo.md" not in page.body
    assert pages["entities/port-ellis.md"].front_matter["position"]
    assert pages["entities/springfield.md"].front_matter["position"] is None


def test_an_archive_without_known_places_has_no_map() -> None:
    made = document((Fate.PARAGRAPH, "Nobody came to Springfield."))
    town = Entity("springfield", "Springfield", "place")
    found = mentions_of(made, "Springfield", town)
    paths = [one.path for one in compose(corpus(record(made, mentions=found), entities=[town]))]
    assert "entities/map.md" not in paths
