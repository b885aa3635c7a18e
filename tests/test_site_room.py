"""The sample's reading room: accessible on every kind of page, printed clean, at home in narrow windows."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visit, served, visiting
from tests.conftest import Checkout

KINDS = {
    "home": "",
    "record": "records/saved-2018-blue-register/",
    "record with versions": "records/wire-kestrel-20190213-1841/",
    "source": "records/saved-2018-blue-register/source/",
    "entity with drawing": "entities/narvesh-valley-authority/",
    "place": "entities/bassarin/",
    "people": "entities/people/",
    "map": "entities/map/",
    "timeline": "dates/2019/",
    "topics": "topics/",
    "register": "register/",
    "report": "archive/report/",
    "names in doubt": "archive/review/",
    "how it is made": "about/method/",
    "search": "search/?q=dam",
}


@pytest.fixture(scope="module")
def base(sample: Checkout) -> Iterator[str]:
    """The address of the sample archive's site."""
    with served(sample.site) as address:
        yield address


@pytest.fixture(scope="module", params=[("light", 1440), ("dark", 390)], ids=str)
def eye(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Visit]:
    """One page for all kinds, in a scheme and a width; the policy is lifted for axe alone."""
    scheme, width = request.param
    size = {"width": width, "height": 900}
    with visiting(browser, base, color_scheme=scheme, viewport=size, bypass_csp=True) as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_the_sample(eye: Visit, kind: str) -> None:
    eye.go(KINDS[kind])
    found = Axe().run(eye.page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    """A fresh page on the sample archive, which must not have complained by the end."""
    with visiting(browser, base) as opened:
        yield opened
        assert opened.complaints == []


def seen(page: Page) -> str:
    """Give the text that is not hidden, as it stands on the page."""
    return " ".join(page.locator("body").inner_text().split())


def test_a_record_prints_as_the_article_its_card_and_its_citation_with_the_address(
    visit: Visit, sample: Checkout
) -> None:
    lines = (sample.site / "data/records.jsonl").read_text(encoding="utf-8").splitlines()
    [record] = [one for one in map(json.loads, lines) if "blue-register" in one["permalink"]]
    page = visit.go(record["permalink"])
    on_screen = seen(page)
    page.emulate_media(media="print")
    printed = seen(page)
    address = page.locator("link[rel=canonical]").get_attribute("href") or "?"
    assert printed.endswith(address)
    assert record["claims"]["title"]["value"] in printed
    assert record["sha256"][:16] in printed
    for gone in ("Search", "Set aside from the source", "Source view"):
        assert gone in on_screen
        assert gone not in printed
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 640], ids=["400 % of 1280", "200 % of 1280"])
@pytest.mark.parametrize(
    "address", ["", *list(KINDS.values())[1:6], "entities/map/", "search/?q=dam"]
)
def test_a_zoomed_page_needs_no_scrolling_sideways(
    browser: Browser, base: str, address: str, width: int
) -> None:
    # A zoom divides the pixels of the window: WCAG 2.2 asks for 200 % (1.4.4) and 400 % (1.4.10).
    with visiting(browser, base, viewport={"width": width, "height": 640}) as opened:
        page = opened.go(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.complaints == []


MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
  return transitionDuration.split(", ").some((time) => parseFloat(time) > 0.001) || animationName !== "none" || scrollBehavior === "smooth";
}).map((one) => `${one.tagName}.${one.className}`)"""


@pytest.mark.parametrize("kind", ["home", "record", "source", "entity with drawing", "search"])
def test_nothing_moves_where_less_motion_is_asked_for(
    browser: Browser, base: str, kind: str
) -> None:
    with visiting(browser, base, reduced_motion="reduce") as opened:
        page = opened.go(KINDS[kind])
        if kind == "search":
            page.wait_for_selector(".ts-result")
        assert page.evaluate(MOVING) == []


def test_an_entity_prints_its_mentions_without_the_site_around_them(visit: Visit) -> None:
    page = visit.go(KINDS["entity with drawing"])
    quotations = page.locator(".ts-quotes blockquote")
    number = quotations.count()
    page.emulate_media(media="print")
    assert number > 5 and quotations.locator("visible=true").count() == number
    expect(page.locator(".ts-masthead")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def tab_to(page: Page, what: str) -> None:
    """Press Tab until what is focused fits a selector."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no Tab leads to {what}")


def test_the_keyboard_alone_leads_from_home_to_a_line_of_a_source_and_back(visit: Visit) -> None:
    page = visit.go("")
    page.keyboard.press("/")
    expect(page.locator("dialog[open] input[type=search]")).to_be_focused()
    page.keyboard.type("register")
    page.wait_for_selector("dialog[open] .ts-result mark")
    tab_to(page, ".ts-dialog-foot a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=register")
    page.wait_for_selector(".ts-result mark")
    tab_to(page, ".pf-filter-checkbox input")
    page.keyboard.press("Space")
    page.wait_for_url("**/search/?q=register&kind=*")
    page.wait_for_selector(".ts-result mark")
    tab_to(page, ".ts-result li a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/**#u*")
    tab_to(page, "a[href$='source/'], a[href$='source/index.html']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/")
    tab_to(page, ".ts-fates button")
    page.keyboard.press("Enter")
    expect(page.locator(".ts-fates button[aria-pressed=true]")).to_have_count(1)
    tab_to(page, "#content a[href='../']")
    page.keyboard.press("Enter")
    expect(page.locator(".ts-record h1")).to_be_visible()


def test_a_place_on_the_map_leads_by_keyboard_to_its_page(visit: Visit) -> None:
    page = visit.go("entities/map/")
    page.locator(".ts-map a[aria-label^='Bassarin']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/bassarin/")
    expect(page.locator("#position ~ ul")).to_contain_text("the authority file")


def test_nothing_moves_while_a_record_loads_and_a_card_opens(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
        " window.moved += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    visit.go(KINDS["record"])
    page.locator(".ts-body a.entity").first.hover()
    page.wait_for_timeout(300)
    page.keyboard.press("/")
    expect(page.locator("dialog[open] input[type=search]")).to_be_focused()
    assert page.evaluate("window.moved") < 0.01


def test_the_first_view_of_a_record_is_light_and_has_one_script_of_ours(visit: Visit) -> None:
    sizes: dict[str, int] = {}
    visit.page.on("response", lambda one: sizes.update({one.url: len(one.body())}))
    visit.go(KINDS["record"])
    assert sum(sizes.values()) < 400_000  # uncompressed: the bar is 200 KB as it is transferred
    assert len([url for url in sizes if url.endswith(".js")]) == 1
