"""The row of links from one page of a long list to its others.

Takes the labels and addresses of all pages and which one is shown; gives those worth a link:
the ends, the neighbours, and steps of ten and a hundred between, so that the row stays short
and any page is few steps away.
"""

from collections.abc import Callable

ALL = 15
"""As many pages are all linked."""
STEPS = (1, 2, 10, 20, 100, 200, 1_000)


def pager(
    count: int, shown: int, label: Callable[[int], str], address: Callable[[int], str]
) -> list[dict[str, object]]:
    """Give the links of page `shown` of `count`, from 0, in order; none for a single page.

    `gap` says that pages before it are left out.
    """
    if count < 2:
        return []
    near = {shown + step * way for step in STEPS for way in (-1, 1)} | {0, shown, count - 1}
    places = [place for place in range(count) if count <= ALL or place in near]
    return [
        {
            "label": label(place),
            "href": address(place),
            "current": place == shown,
            "gap": place - before > 1,
        }
        for before, place in zip([0, *places], places, strict=False)
    ]
