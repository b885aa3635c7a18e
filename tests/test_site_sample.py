"""The sample archive in a real browser: every page silent, its words found, its rulings shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Visit, served, visiting
from tests.conftest import Checkout

LARGEST_PAGE = 60_000
"""Bytes of HTML that no page may outgrow."""


@pytest.fixture(scope="module")
def base(sample: Checkout) -> Iterator[str]:
    """The address of the sample archive's site."""
    with served(sample.site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    """A fresh page on the sample archive, which must not have complained by the end."""
    with visiting(browser, base) as opened:
        yield opened
        assert opened.complaints == []


def records(site: Path) -> list[dict[str, str]]:
    """Give the archive's records as its open data tells them."""
    lines = (site / "data/records.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def addresses(site: Path) -> list[str]:
    """Give the address of every page of a site, shortest first, the home page at the front."""
    found = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted(("" if name == "." else f"{name}/" for name in found), key=lambda a: (len(a), a))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_is_silent_and_no_wider_than_the_screen(
    browser: Browser, base: str, sample: Checkout, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    with visiting(browser, base, color_scheme=scheme, viewport=size) as opened:
        wide = []
        for address in addresses(sample.site):
            opened.page.goto(base + address, wait_until="load")
            if opened.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(address)
        assert opened.complaints == []
        assert wide == []


def test_no_page_outgrows_sixty_kilobytes(sample: Checkout) -> None:
    sizes = {path: path.stat().st_size for path in sample.site.rglob("*.html")}
    assert [path for path, size in sizes.items() if size > LARGEST_PAGE] == []


def test_every_record_is_found_by_the_words_of_its_first_sentence(
    visit: Visit, sample: Checkout
) -> None:
    page = visit.ask()
    found = page.evaluate(
        """async (records) => {
             const folders = [new URL("../pagefind/", location).href];
             const index = await window.tearsheetFinder.open({ folders, baseUrl: "", fetched: fetch });
             const missing = [];
             for (const [permalink, words] of records) {
               const { results } = await index.search(words);
               const pages = await Promise.all(results.slice(0, 40).map((one) => one.data()));
               if (!pages.some((one) => one.url.endsWith(permalink))) missing.push(permalink);
             }
             return missing;
           }""",
        [[one["permalink"], " ".join(one["text"].split()[:6])] for one in records(sample.site)],
    )
    assert found == []


def test_a_facet_of_the_sample_narrows_to_what_it_counts(visit: Visit) -> None:
    page = visit.ask("?q=dam")
    value = page.locator("details[data-filter-name=publication] label:visible").first
    count = int(value.locator(".pf-filter-checkbox-count").inner_text())
    value.click()
    expect(page.locator(".pf-result, .ts-result")).to_have_count(count)


def test_right_to_left_text_is_found_and_runs_right_to_left(visit: Visit, sample: Checkout) -> None:
    [record] = [one for one in records(sample.site) if "سد" in one["path"]]
    word = max(record["text"].split()[:12], key=len)
    page = visit.ask(f"?q={word}")
    result = page.locator(".ts-result", has=page.locator(f"a[href*='{record['permalink']}']"))
    expect(result.locator("mark").first).to_be_visible()
    result.locator(".ts-result__title a").click()
    page.wait_for_url(f"**/{record['permalink']}")
    assert page.locator(".ts-article").get_attribute("dir") == "rtl"
    assert (
        page.locator(".ts-body p").first.evaluate("node => getComputedStyle(node).direction")
        == "rtl"
    )


def test_what_was_set_aside_is_counted_and_each_unit_can_be_read(
    visit: Visit, sample: Checkout
) -> None:
    record = max(
        records(sample.site),
        key=lambda one: sum(u["fate"] == "related" for u in one["units"]),  # type: ignore[index] # JSON
    )
    page = visit.go(record["permalink"])
    group = page.locator(".ts-aside details", has_text="Related articles")
    group.locator("summary").click()
    unit = group.locator("li").first
    expect(unit.locator(".ts-aside__text")).not_to_be_empty()
    unit.locator("a").click()
    page.wait_for_url("**/source/#u*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_original_is_served_as_plain_text(visit: Visit, sample: Checkout) -> None:
    page = visit.go(records(sample.site)[0]["permalink"])
    original = page.locator(".ts-card__links a").first
    assert (original.get_attribute("href") or "").endswith(".txt")
