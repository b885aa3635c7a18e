"""Accessibility: axe finds nothing on any kind of page, in either scheme, wide and narrow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser

from tests.browser import Visit, visiting

KINDS = {
    "home": "",
    "record": "records/ferry/",
    "hostile record": "records/hostile-1/",
    "source": "records/ferry/source/",
    "entity": "entities/ilse-varga/",
    "index": "publications/orlo-packet/",
    "register": "register/",
    "search": "search/?q=crates",
}


@pytest.fixture(params=[("light", 1440), ("dark", 390), ("light", 320)], ids=str)
def visit(request: pytest.FixtureRequest, browser: Browser, small_base: str) -> Iterator[Visit]:
    """A page in one scheme and width. The policy is lifted for axe, which is not ours."""
    scheme, width = request.param
    size = {"width": width, "height": 900}
    with visiting(
        browser, small_base, color_scheme=scheme, viewport=size, bypass_csp=True
    ) as opened:
        yield opened


def complaints(visit: Visit) -> list[str]:
    """Give what axe finds on the page as it stands."""
    found = Axe().run(visit.page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit: Visit, kind: str) -> None:
    visit.go(KINDS[kind])
    assert complaints(visit) == []


def test_axe_finds_nothing_in_the_search_dialog(visit: Visit) -> None:
    page = visit.go("records/ferry/")
    page.keyboard.press("/")
    page.locator("dialog[open] input[type=search]").fill("crates")
    page.wait_for_selector(".ts-result")
    assert complaints(visit) == []
