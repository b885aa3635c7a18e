"""A large archive's search: several indexes that one change touches little of, searched as one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tearsheet.search import Update, bundles, index_site
from tearsheet.search.bundles import (
    FIRST,
    MAIN,
    NEWEST,
    ONE_INDEX,
    STEP,
    WHOLE,
    Block,
    divide,
)
from tearsheet.search.pages import Shown, searched_part
from tests.browser import Visit, build_small_site, served, visiting
from tests.test_search import a_site, everything, filters, handed_over
from tests.test_site_browser import titles

RECORDS = st.sets(st.integers(1, 3 * WHOLE), max_size=60)


def pages_of(numbers: set[int], others: int = 3) -> list[Shown]:
    records = [
        Shown(f"records/{number}/index.html", number, "d", "f") for number in sorted(numbers)
    ]
    return records + [Shown(f"entities/{number}.html", 0, "e", "f") for number in range(others)]


def blocks_of(pages: list[Shown]) -> dict[str, tuple[Block, ...]]:
    return {bundle.name: bundle.blocks for bundle in divide(pages)}


def test_a_small_archive_has_one_index() -> None:
    assert list(blocks_of(pages_of(set(range(1, ONE_INDEX - 2))))) == [FIRST]


def test_a_large_archive_has_two() -> None:
    found = blocks_of(pages_of(set(range(1, ONE_INDEX + NEWEST + 2))))
    assert {name: sum(len(one.pages) for one in blocks) for name, blocks in found.items()} == {
        FIRST: 3 + NEWEST + 1,
        MAIN: ONE_INDEX,
    }
    found = blocks_of(pages_of(set(range(1, ONE_INDEX + NEWEST + 1))))
    assert sum(len(one.pages) for one in found[FIRST]) == 3 + NEWEST + WHOLE


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (
        ("ONE_INDEX", 5),
        ("BLOCK", 4),
        ("STEP", 3),
        ("FEW", 2),
        ("WHOLE", 12),
        ("NEWEST", 0),
    ):
        monkeypatch.setattr(bundles, name, size)


@given(numbers=RECORDS)
def test_every_page_is_in_one_block(numbers: set[int]) -> None:
    pages = pages_of(numbers, others=ONE_INDEX)
    divided = [page for bundle in divide(pages) for block in bundle.blocks for page in block.pages]
    assert sorted(divided, key=repr) == sorted(pages, key=repr)


@given(numbers=RECORDS)
def test_a_record_more_changes_few_of_the_newest(numbers: set[int]) -> None:
    before = blocks_of(pages_of(numbers, others=ONE_INDEX))
    last = max(numbers, default=0)
    after = blocks_of(pages_of(numbers | {last + 1}, others=ONE_INDEX))
    old = {block for blocks in before.values() for block in blocks}
    new = [block for blocks in after.values() for block in blocks if block not in old]
    grows = last > NEWEST and (last - NEWEST) % WHOLE == 0
    assert sum(len(block.pages) for block in new) <= (WHOLE + STEP if grows else STEP)
    if not grows:
        assert before.get(MAIN) == after.get(MAIN)


@given(numbers=RECORDS, edited=st.sets(st.integers(1, 3 * WHOLE), max_size=3))
def test_blocks_that_are_known_change_nothing(numbers: set[int], edited: set[int]) -> None:
    before = pages_of(numbers, others=ONE_INDEX)
    after = [
        Shown(one.path, one.number, "other", one.filed) if one.number in edited else one
        for one in (*before, *pages_of(edited - numbers, others=0))
    ]
    known = [block for bundle in divide(before) for block in bundle.blocks]
    assert divide(after, known) == divide(after)


def test_of_an_element_that_holds_others_of_its_name_all_is_searched() -> None:
    marked = '<div class="a" data-pagefind-body><div>one</div>two</div>'
    assert searched_part(f"<div><p>no</p>{marked}<div>no</div></div>") == marked


@pytest.mark.usefixtures("_tiny")
def test_an_index_that_is_taken_over_is_the_one_that_would_be_made(tmp_path: Path) -> None:
    site, again, kept = a_numbered_site(tmp_path / "site"), tmp_path / "again", tmp_path / "kept"
    before = index_site(site, kept=kept)
    assert list(before.marks) == [FIRST, MAIN]
    shutil.copytree(site, again)
    edited = again / "records/r7/index.html"
    edited.write_text(edited.read_text("utf-8").replace("quay", "weir"), encoding="utf-8")
    files, made = everything(site), blocks_in(kept)
    index_site(again, before, kept=kept)
    assert len(made - blocks_in(kept)) == len(blocks_in(kept) - made) == 1
    assert files == everything(site)
    taken = everything(again)
    index_site(again)
    assert everything(again) == taken


@pytest.mark.usefixtures("_tiny")
def test_what_is_kept_may_be_deleted_and_is_no_more_than_the_index_needs(tmp_path: Path) -> None:
    site, kept = a_numbered_site(tmp_path / "site"), tmp_path / "kept"
    index_site(site, kept=kept)
    whole, made = everything(site), blocks_in(kept)
    (kept / "aside").mkdir()  # a build was killed
    (kept / "of-another-day").mkdir()
    shutil.rmtree(kept / min(made))
    index_site(site, kept=kept)
    assert everything(site) == whole
    assert blocks_in(kept) == made


def test_of_the_pages_of_a_block_only_those_filed_under_something_else_are_read(
    tmp_path: Path,
) -> None:
    site, kept = a_numbered_site(tmp_path / "site"), tmp_path / "kept"
    before, path = index_site(site, kept=kept), "records/r7/index.html"
    clean, spare = (shutil.copytree(site, tmp_path / name) for name in ("clean", "spare"))
    page = clean / path
    page.write_text(page.read_text("utf-8").replace("people 7", "Bo Lind"), encoding="utf-8")
    for folder in spare.glob("records/*"):
        shutil.rmtree(folder)  # who reads them finds nothing
    (spare / path).parent.mkdir()
    shutil.copy(page, spare / path)
    index_site(clean)
    index_site(spare, before, kept=kept, update=Update([path], before.marks))
    assert everything(spare / "pagefind") == everything(clean / "pagefind")
    assert "Bo Lind" in filters(spare)["people"]


def blocks_in(kept: Path) -> set[str]:
    return {path.name for path in kept.iterdir() if not path.name.startswith("library")}


@pytest.mark.usefixtures("_tiny")
def test_each_bundle_hands_over_its_files_under_its_name(tmp_path: Path) -> None:
    site = a_numbered_site(tmp_path / "site")
    index_site(site)
    main = site / "pagefind/main"
    handed = handed_over(main)
    fragments = {path.relative_to(main).as_posix() for path in main.glob("fragment/*/*")}
    assert fragments <= set(handed) and len(fragments) == 36
    assert {"main/pagefind-entry.json", "main/dates.json"} <= set(handed)


def a_numbered_site(folder: Path) -> Path:
    site = a_site(folder, pages=38)
    for number in range(38):
        page = site / f"records/r{number}/index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("<p ", f'<p data-number="{number + 1}" '), encoding="utf-8")
    return site


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def divided_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made site with its few pages in as many indexes as they can be in."""
    folder = tmp_path_factory.mktemp("divided") / "checkout"
    folder.mkdir()
    site = build_small_site(
        folder, sizes={"ONE_INDEX": 1, "BLOCK": 2, "STEP": 1, "WHOLE": 2, "NEWEST": 0}
    )
    assert (site / "pagefind/main").is_dir()
    return site


@pytest.fixture
def divided(browser: Browser, divided_site: Path) -> Iterator[Visit]:
    with served(divided_site) as base, visiting(browser, base) as opened:
        yield opened
        assert opened.complaints == []


def seen(page: Page) -> tuple[list[str], list[str], str]:
    """Give what a search shows: its titles, its facets with their counts, its summary."""
    shown = titles(page)
    facets = page.locator("label.pf-filter-checkbox").all_inner_texts()
    return shown, sorted(facets), page.locator(".pf-summary").inner_text()


@pytest.mark.parametrize(
    "query",
    [
        "?q=crates",
        "?q=crates&publication=Evening+Tide",
        "?q=%22nobody+told+us%22",
        "?q=Varga",
        "?publication=Evening+Tide",
    ],
)
@pytest.mark.parametrize("sort", ["", "newest", "oldest"])
def test_several_indexes_answer_as_one(visit: Visit, divided: Visit, query: str, sort: str) -> None:
    asked = f"{query}{'&' if query else '?'}sort={sort}" if sort else query
    one, several = seen(visit.ask(asked)), seen(divided.ask(asked))
    assert sorted(several[0]) == sorted(one[0])
    assert several[1:] == one[1:]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["Port inspectors", "Ferry crew", "Undated note"]),
        ("oldest", ["Ferry crew", "Port inspectors", "Undated note"]),
    ],
)
def test_several_indexes_are_sorted_by_date_as_one(
    divided: Visit, order: str, expected: list[str]
) -> None:
    shown = titles(divided.ask(f"?q=crates&sort={order}"))
    assert [title.startswith(begin) for title, begin in zip(shown, expected, strict=True)] == [
        True
    ] * 3


def test_a_misspelt_name_is_offered_from_any_index(divided: Visit) -> None:
    page = divided.ask("?q=Vargga")
    expect(page.locator(".ts-remark button").first).to_have_text("Ilse Varga")


def test_several_indexes_work_from_a_folder(browser: Browser, divided_site: Path) -> None:
    with visiting(browser, divided_site.as_uri() + "/") as opened:
        opened.page.goto(f"{divided_site.as_uri()}/search/index.html?q=crates&sort=oldest")
        shown = titles(opened.page)
        assert [title.split()[0] for title in shown] == ["Ferry", "Port", "Undated"]
        expect(opened.page.locator(".ts-result__excerpts").first).to_contain_text("crates")
