"""The links between the pages of a long list: short, in order, and any page few steps away."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from tearsheet.pages.pager import ALL, LIST, beginnings, pager


def links(count: int, shown: int) -> list[dict[str, object]]:
    return pager(count, shown, lambda place: str(place + 1), lambda place: f"page-{place + 1}/")


def places(count: int, shown: int) -> list[int]:
    return [int(str(link["label"])) - 1 for link in links(count, shown)]


def test_one_page_has_no_row_of_links() -> None:
    assert links(1, 0) == []


def test_a_few_pages_are_all_linked_without_gaps() -> None:
    assert places(ALL, 3) == list(range(ALL))
    assert not any(link["gap"] for link in links(ALL, 3))


def test_of_many_pages_ends_neighbours_and_steps_are_linked() -> None:
    assert places(120, 50) == [0, 30, 40, 48, 49, 50, 51, 52, 60, 70, 119]
    gaps = {str(link["label"]) for link in links(120, 50) if link["gap"]}
    assert gaps == {"31", "41", "49", "61", "71", "120"}


@given(some.integers(2, 3000).flatmap(lambda n: some.tuples(some.just(n), some.integers(0, n - 1))))
def test_the_shown_page_its_neighbours_and_the_ends_are_always_there(
    asked: tuple[int, int],
) -> None:
    count, shown = asked
    found = places(count, shown)
    assert found == sorted(set(found))
    assert {0, shown, count - 1, max(shown - 1, 0), min(shown + 1, count - 1)} <= set(found)
    assert len(found) <= ALL + 4
    assert [link["label"] for link in links(count, shown) if link["current"]] == [str(shown + 1)]


def pages(rows: list[bytes]) -> list[tuple[bytes, ...]]:
    return [tuple(rows[a:b]) for a, b in pairwise((*beginnings(rows, LIST), len(rows)))]


@given(some.lists(some.binary(max_size=2), max_size=400))
def test_every_row_stands_on_one_page_and_no_page_is_too_long(rows: list[bytes]) -> None:
    found = pages(rows)
    assert [row for page in found for row in page] == rows
    assert all(len(page) >= LIST.fewest for page in found[:-1])
    assert all(len(page) <= LIST.most for page in found)


def test_a_row_more_leaves_most_pages_as_they_are() -> None:
    rows = [f"row {number}".encode() for number in range(3_000)]
    before = set(pages(rows))
    changed = []
    for place in range(0, 3_000, 50):
        now = pages([*rows[:place], b"one more", *rows[place:]])
        changed.append(sum(page not in before for page in now))
    assert sum(changed) / len(changed) < 2
    assert max(changed) < len(before) / 4
