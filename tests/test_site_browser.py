"""The site in a real browser: search, keys, colours, and silence where something is wrong."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import Visit, visiting
from tests.hand_made import HOSTILE

PAGES = (
    "",
    "records/ferry/",
    "records/undated/",
    "records/hostile-0/",
    "records/ferry/source/",
    "entities/ilse-varga/",
    "publications/orlo-packet/",
    "register/",
    "search/",
    "404.html",
)


def titles(page: Page) -> list[str]:
    """Give the titles of the results shown, in their order."""
    page.wait_for_selector(".ts-result")
    expect(page.locator(".pf-result[aria-hidden]:visible")).to_have_count(0)
    return page.locator(".ts-result__title").all_inner_texts()


@pytest.fixture(params=["light", "dark"])
def in_scheme(request: pytest.FixtureRequest, browser: Browser, small_base: str) -> Iterator[Visit]:
    """A page that prefers a scheme, on a narrow screen in the dark; it must not complain."""
    width = 1440 if request.param == "light" else 390
    size = {"width": width, "height": 900}
    with visiting(browser, small_base, color_scheme=request.param, viewport=size) as opened:
        yield opened
        assert opened.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_silent_and_no_wider_than_the_screen(in_scheme: Visit, path: str) -> None:
    if path == "404.html":  # its addresses start at site_url, which this server is not
        in_scheme.page.route("**/orlo/**", lambda route: route.fulfill(body=""))
    page = in_scheme.go(path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("window.pwned") is None


def test_the_slash_opens_the_search_and_escape_closes_it(visit: Visit) -> None:
    page = visit.go("records/ferry/")
    page.keyboard.press("/")
    field = page.locator("dialog[open] input[type=search]")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()


def test_a_word_typed_in_the_dialog_finds_the_article_and_leads_to_its_paragraph(
    visit: Visit,
) -> None:
    page = visit.go("register/")
    page.keyboard.press("/")
    page.locator("dialog[open] input[type=search]").fill("Marrow")
    excerpt = page.locator(".ts-result", has_text="Ferry crew refuses").locator("li a")
    expect(excerpt).to_contain_text("A second vessel, the Marrow, was sent for in the evening")
    expect(excerpt.locator("mark")).to_have_text("Marrow")
    excerpt.click()
    page.wait_for_url("**/records/ferry/?mark=Marrow#u4")
    expect(page.locator("#u4 mark")).to_have_text("Marrow")


def test_the_slash_goes_to_the_field_of_the_search_page(visit: Visit) -> None:
    page = visit.ask()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("[data-search-here] input[type=search]")).to_be_focused()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_of_many_results_the_first_are_shown_and_a_button_shows_more(visit: Visit) -> None:
    def few(route: Route, kind: str) -> None:
        text = route.fetch().text()
        changed = text.replace("STEPS = [20,", "STEPS = [2,")
        changed = changed.replace('"20"] .pf-results > :nth-child(n + 21)', '"2"] .pf-results > :nth-child(n + 3)')  # fmt: skip
        assert changed != text
        route.fulfill(body=changed, content_type=kind)

    for name, kind in (("search.js", "text/javascript"), ("tearsheet.css", "text/css")):
        visit.page.route(f"**/assets/{name}*", partial(few, kind=kind))
    page = visit.ask("?q=crates")
    results = page.locator(".pf-results > li:visible")
    expect(results).to_have_count(2)
    page.get_by_role("button", name="Show more results").click()
    expect(results).to_have_count(3)
    expect(page.locator(".ts-more")).to_be_hidden()


def test_rows_that_wait_for_their_text_stand_still(visit: Visit) -> None:
    page = visit.ask("?q=crates")
    moves = """() => {
      const row = document.createElement("div");
      row.className = "pf-skeleton";
      document.querySelector("pagefind-results").append(row);
      return row.getAnimations().length;
    }"""
    assert page.evaluate(moves) == 0


def test_a_result_shows_title_date_and_publication(visit: Visit) -> None:
    page = visit.ask("?q=crates")
    facts = page.locator(".ts-result", has_text="Ferry crew refuses").locator(".ts-result__facts")
    expect(facts).to_contain_text("The Orlo Packet")
    expect(facts).to_contain_text("12 March 2019")


def test_a_facet_narrows_the_search_and_counts_what_it_would_find(visit: Visit) -> None:
    page = visit.ask("?q=crates")
    assert len(titles(page)) == 3
    value = page.locator("label.pf-filter-checkbox", has_text="Evening Tide")
    expect(value.locator(".pf-filter-checkbox-count")).to_have_text("1")
    value.click()
    expect(page.locator(".ts-result")).to_have_count(1)
    assert titles(page) == ["Port inspectors return to an empty quay"]
    assert "publication=Evening+Tide" in page.url
    page.locator(".ts-clear").click()
    expect(page.locator(".ts-result")).to_have_count(3)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["Port inspectors", "Ferry crew", "Undated note"]),
        ("oldest", ["Ferry crew", "Port inspectors", "Undated note"]),
    ],
)
def test_a_search_is_sorted_by_date_with_the_undated_last(
    visit: Visit, order: str, expected: list[str]
) -> None:
    page = visit.ask("?q=crates")
    page.locator(".ts-sort select").select_option(order)
    page.wait_for_url(f"**sort={order}**")
    expect(page.locator(".ts-result").first).to_contain_text(expected[0])
    assert [title.split(" ")[:2] for title in titles(page)] == [name.split() for name in expected]


def test_the_address_of_a_search_opens_it_cold(visit: Visit) -> None:
    page = visit.ask("?q=crates&year=2019&sort=oldest")
    assert titles(page) == [
        "Ferry crew refuses to load unmarked crates",
        "Undated note on the lighthouse",
    ]
    expect(page.locator("[data-search-here] input[type=search]")).to_have_value("crates")
    expect(page.locator(".pf-summary")).to_contain_text("2 results for crates")
    assert page.locator("input[type=checkbox]:checked").get_attribute("value") == "2019"


def test_a_record_is_found_by_another_spelling_of_a_name_in_it_and_says_so(visit: Visit) -> None:
    page = visit.ask("?q=Warga&kind=Article&publication=The+Orlo+Packet")
    result = page.locator(".ts-result", has_text="Ferry crew refuses")
    expect(result.locator(".ts-result__why mark")).to_have_text("Ilza Warga")


def test_a_misspelt_name_that_finds_nothing_offers_the_name_it_is_near(visit: Visit) -> None:
    page = visit.ask("?q=Vargha+Ilxe")
    page.locator(".ts-remark button", has_text="Ilse Varga").click()
    expect(page.locator(".ts-result", has_text="Ferry crew refuses")).to_be_visible()
    assert "q=Ilse+Varga" in page.url


def test_the_page_of_a_name_is_found_and_leads_to_the_articles_that_have_it(visit: Visit) -> None:
    page = visit.ask("?q=Warga&kind=Person")
    expect(page.locator(".ts-result").locator("mark")).to_have_text("Warga")
    page.locator(".ts-result__more").click()
    page.wait_for_url("**/search/?kind=Article&people=Ilse+Varga*")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_strings_are_inert_in_results_facets_and_pages(visit: Visit, number: int) -> None:
    bad = HOSTILE[number]
    page = visit.ask(f"?q=zanthrope&publication={quote(bad)}")
    assert titles(page) == [f"{bad} zanthrope"]
    result = page.locator(".ts-result")
    expect(result.locator(".ts-result__facts")).to_contain_text(bad)
    expect(result.locator(".ts-result__excerpts")).to_contain_text(" ".join(bad.split()))
    for group in page.locator("details.pf-filter-group").all():
        group.evaluate("group => { group.open = true }")
    chosen = page.locator("details[data-filter-name=publication] label:has(input:checked)")
    expect(chosen).to_contain_text(bad)
    assert page.locator("main img, main script, main [onclick], main [onfocus]").count() == 0
    result.locator("h3, .ts-result__title a").first.click()
    page.wait_for_url(f"**/records/hostile-{number}/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.pwned") is None
    expect(page.locator("h1")).to_have_text(f"{bad} zanthrope")


def test_the_scheme_is_changed_and_remembered_before_anything_is_painted(visit: Visit) -> None:
    page = visit.go("records/ferry/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-scheme-toggle]").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        "window.early = getComputedStyle(document.body).backgroundColor }, {capture: true})"
    )
    visit.go("register/")
    assert page.evaluate("window.early") == dark


def test_the_source_view_shows_only_the_fates_that_are_chosen(visit: Visit) -> None:
    page = visit.go("records/ferry/source/")
    button = page.locator(".ts-fates button").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ledger > li.fate-paragraph").first).to_be_visible()
    expect(page.locator("[data-none]")).to_be_empty()


def test_a_page_of_a_source_without_the_chosen_fate_says_so(visit: Visit) -> None:
    page = visit.go("records/ferry/source/")
    button = page.locator(".ts-fates button").first
    page.evaluate("document.querySelectorAll('.ledger > li').forEach((one) => one.className = 'x')")
    button.press("Enter")
    expect(page.locator("[data-none]")).to_contain_text("None of these on this page")
    button.press("Enter")
    expect(page.locator("[data-none]")).to_be_empty()


def test_the_search_is_not_fetched_by_those_who_only_read(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.go("records/ferry/")
    assert [url for url in asked if "pagefind" in url or "search.js" in url] == []
    assert len([url for url in asked if url.endswith(".js")]) == 1


def test_the_site_works_from_a_folder_without_a_server(browser: Browser, small_site: Path) -> None:
    with visiting(browser, small_site.as_uri() + "/") as opened:
        page = opened.go("index.html")
        page.keyboard.press("/")
        page.locator("dialog[open] input[type=search]").fill("Marrow")
        excerpt = page.locator(".ts-result", has_text="Ferry crew refuses").locator("li a")
        expect(excerpt.locator("mark")).to_have_text("Marrow")
        excerpt.click()
        page.wait_for_url("**/records/ferry/index.html?mark=Marrow#u4")
        expect(page.locator("#u4 mark")).to_have_text("Marrow")
        page.locator(".ts-card__links a").nth(1).click()
        page.wait_for_url("**/records/ferry/source/index.html")
        opened.go("search/index.html?q=crates&sort=newest")
        value = page.locator("label.pf-filter-checkbox", has_text="Evening Tide")
        value.click()
        expect(page.locator(".ts-result")).to_have_count(1)
        assert page.url.endswith("publication=Evening+Tide&sort=newest")
        assert opened.complaints == []


def test_a_linked_name_tells_who_it_is_on_focus_and_goes_away_on_escape(visit: Visit) -> None:
    page = visit.go("records/ferry/")
    page.locator("#u2 a.entity").focus()
    expect(page.locator("#ts-hint")).to_contain_text("Ilse Varga")
    expect(page.locator("#ts-hint")).to_contain_text("2 times in this record")
    page.keyboard.press("Escape")
    expect(page.locator("#ts-hint")).to_be_hidden()


def test_the_search_is_used_by_the_keyboard_alone(visit: Visit) -> None:
    page = visit.go("register/")
    page.keyboard.press("Control+k")
    field = page.locator("dialog[open] input[type=search]")
    expect(field).to_be_focused()
    page.keyboard.type("Marrow")
    expect(page.locator(".ts-result mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ts-result__title a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ts-result__excerpts a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_the_register_sorts_by_the_column_that_is_asked_for(visit: Visit) -> None:
    page = visit.go("register/")
    files = page.locator("tbody td:nth-child(2)")
    head = page.get_by_role("button", name="File")
    head.click()
    down = files.all_inner_texts()
    assert down == sorted(down, key=str.casefold) and len(down) > 1
    expect(page.locator("th").nth(1)).to_have_attribute("aria-sort", "ascending")
    head.press("Enter")
    assert files.all_inner_texts() == down[::-1]
