"""The search in the browser finds, ranks, counts and places as Pagefind's own does."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tearsheet.search import bundles, index_site, pieces
from tearsheet.search.blocks import run_pagefind
from tests.browser import PROJECT, served, visiting
from tests.test_search_joined import read, write

PLACES = ("quay", "harbour", "wharf-side", "café", "cafe", "cafés", "naïve", "port", "Öl", "港口")
DEEDS = ("crate", "crates", "crating", "loaded", "loading", "loads", "refused", "refusal", "порт")
PAGES = 40
SCRIPTS = ("stem", "indexed", "finder")
PEOPLE = ("Ada Wren", "Bo Lind", "Çelik")
QUERIES = (
    *("crates", "crat", "quay", "refusing", "CAFÉ", "cafe", "naive", "öl", "ol", "港口", "порт"),
    *("wharf", "wharf-side", "wharf side", "load crate", "crate crates", "quay nowhere", "nowhere"),
    *("w", "lo", "crates!", "'quay'", "o'clock", "1948", "harbour quay port", "at3", "...", "  "),
    *(
        '"loaded crates"',
        '"crates loaded at"',
        '"the sea"',
        '"nowhere at"',
        '"sea"',
        '"wren title"',
    ),
    *("Wren", "sea wren", "title quay", "café naïve"),
)
WHOLE_WORDS = ("crates", "crate sea", "quay", "CAFÉ", "at7", "wren", '"the sea"', "sea title")
"""Words that no other begins with, so that it does not matter in which piece they are."""
BEGINNINGS = (
    *(
        "hop",
        "plann",
        "agr",
        "y",
        "ay",
        "sky",
        "past",
        "gener",
        "univers",
        "inter",
        "organ",
        "emerg",
    ),
    *(
        "commun",
        "arsen",
        "later",
        "add",
        "eg",
        "tro",
        "cr",
        "by",
        "sa",
        "oper",
        "hesit",
        "relig",
        "tt",
    ),
)
ENDINGS = (
    *("", "e", "s", "es", "ies", "ied", "ss", "us", "sses", "ed", "eed", "edly", "eedly", "ing"),
    *(
        "ingly",
        "ying",
        "y",
        "ly",
        "li",
        "tional",
        "ation",
        "ator",
        "izer",
        "alism",
        "fulness",
        "ogist",
    ),
    *(
        "ousness",
        "iveness",
        "biliti",
        "bly",
        "ogy",
        "lessly",
        "ative",
        "alize",
        "icate",
        "ical",
        "ness",
    ),
    *(
        "al",
        "ance",
        "er",
        "ible",
        "ant",
        "ement",
        "ment",
        "ent",
        "sion",
        "tion",
        "ism",
        "iti",
        "ous",
    ),
    *("ive", "ll", "le", "ye", "ting", "ated", "bling", "izing", "dded", "gging"),
)
ALONE = frozenset(
    [
        "skis",
        "skies",
        "dying",
        "lying",
        "tying",
        "idly",
        "gently",
        "ugly",
        "early",
        "only",
        "singly",
        "sky",
        "news",
        "howe",
        "atlas",
        "cosmos",
        "bias",
        "andes",
        "inning",
        "outing",
        "canning",
        "herring",
        "earring",
        "evening",
        "proceed",
        "exceed",
        "succeed",
        "proceeds",
        "egging",
        "ebbed",
        "offing",
        "a",
        "at",
        "be",
        "queue",
        "1948",
        "x2",
        "straße",
    ]
)
COMPARED = """async ([folders, theirs, base, queries, chosen]) => {
  const ours = await window.tearsheetFinder.open({ folders, baseUrl: "/sub/", fetched: fetch });
  await ours.filters();
  const found = async (api, term, options) => {
    const { results, filters, totalFilters } = await api.search(term, options);
    const rows = await Promise.all(results.map(async (one) => {
      const { url, weighted_locations: places } = await one.data();
      return [url, one.score, places.map((at) => [at.location, at.weight, at.balanced_score])];
    }));
    return { rows, filters, totalFilters };
  };
  let other = null;
  if (theirs) {
    other = (await import(theirs)).createInstance({ basePath: base, baseUrl: "/sub/", noWorker: true });
    await other.filters();
  }
  const all = [];
  for (const term of queries)
    for (const filters of chosen)
      all.push([await found(ours, term, { filters }), other && (await found(other, term, { filters }))]);
  return all;
}"""


def an_archive(folder: Path) -> Path:
    """Write pages of which words stand in many ways on many, with accents, in titles, compounds."""
    pages = [
        {
            "title": " ".join((PLACES[at % 10].title(), PEOPLE[at % 3].split()[-1], "title")),
            "text": " ".join(
                (
                    PLACES[at % 10],
                    DEEDS[at % 9],
                    "at the sea",
                    DEEDS[at * 5 % 9],
                    "crates " * (at % 4),
                )
            ),
            "loud": PLACES[at * 7 % 10] if at % 3 else "",
            "people": {PEOPLE[at % 3], PEOPLE[at % 2]},
            "place": "Quay" if at % 4 else None,
            "names": DEEDS[at % 9] if at % 5 == 0 else None,
            "number": at,
        }
        for at in range(PAGES)
    ]
    write(folder, pages)
    return folder


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages with Pagefind's index, with ours, and with ours in pieces of two bundles."""
    top = tmp_path_factory.mktemp("indexes") / "site"
    an_archive(top)
    whole, cut = top.parent / "whole", top.parent / "cut"
    shutil.copytree(top, whole)
    shutil.copytree(top, cut)
    run_pagefind(top, top / "theirs")
    index_site(whole)
    with pytest.MonkeyPatch.context() as patch:
        for name, size in (
            ("ONE_INDEX", 1),
            ("BLOCK", 3),
            ("STEP", 2),
            ("WHOLE", 12),
            ("NEWEST", 0),
        ):
            patch.setattr(bundles, name, size)
        patch.setattr(pieces, "PIECE", 60)
        index_site(cut)
    assert list(cut.glob("pagefind/main/index/*.pf_brief"))
    shutil.copy(top / "theirs/wasm.en.pagefind", whole / "pagefind")
    whole.rename(top / "whole")
    cut.rename(top / "cut")
    for name in SCRIPTS:
        shutil.copy(PROJECT / f"theme/assets/{name}.js", top)
    scripts = "".join(f'<script src="{name}.js"></script>' for name in SCRIPTS)
    (top / "index.html").write_text(
        f"<!doctype html><html lang=en><link rel=icon href=data:,>{scripts}", encoding="utf-8"
    )
    return top


@pytest.fixture
def page(browser: Browser, indexes: Path) -> Iterator[Page]:
    with served(indexes) as base, visiting(browser, base) as opened:
        opened.page.goto(base)
        yield opened.page
        assert opened.complaints == []


def asked(page: Page, index: str, queries: Any, theirs: str = "") -> list[Any]:
    """Ask an index, and Pagefind's own search of an index in the folder `theirs`."""
    folders = [f"/sub/{index}/pagefind/"]
    if index == "cut":
        folders.append("/sub/cut/pagefind/main/")
    chosen = [{}, {"people": ["Ada Wren"]}, {"people": ["Ada Wren", "Bo Lind"], "places": ["Quay"]}]
    other = "/sub/theirs/pagefind.js" if theirs else None
    asking = [folders, other, f"/sub/{theirs}/", list(queries), chosen]
    found: list[Any] = page.evaluate(COMPARED, asking)
    return found


def rounded(found: Any) -> dict[str, Any]:
    return {
        url: (
            pytest.approx(score, rel=1e-4, abs=1e-6),
            [
                (at, pytest.approx(weight, rel=1e-4), pytest.approx(value, rel=1e-4))
                for at, weight, value in on
            ],
        )
        for url, score, on in found["rows"]
    }


def test_what_is_found_is_what_pagefind_finds(page: Page) -> None:
    found = asked(page, "whole", QUERIES, "theirs")
    assert sum(len(ours["rows"]) for ours, _ in found) > 500
    for ours, theirs in found:
        assert rows(ours) == about(rows(theirs))
        if theirs["filters"]:  # none where there is no word in what was asked
            assert ours["filters"] == theirs["filters"]
            assert ours["totalFilters"] == theirs["totalFilters"]


def test_pagefind_finds_in_our_index_what_it_finds_in_its_own(page: Page) -> None:
    ours, theirs = (
        [found for _, found in asked(page, "whole", QUERIES, index)]
        for index in ("whole/pagefind", "theirs")
    )
    assert [rows(found) for found in ours] == [about(rows(found)) for found in theirs]
    assert [found["filters"] for found in ours] == [found["filters"] for found in theirs]


def test_what_is_found_is_shown_by_rank(page: Page) -> None:
    for ours, _ in asked(page, "whole", QUERIES):
        scores = [score for _, score, _ in ours["rows"]]
        assert scores == sorted(scores, reverse=True)


def test_however_an_index_is_divided_the_same_is_found(page: Page) -> None:
    whole, cut = asked(page, "whole", WHOLE_WORDS), asked(page, "cut", WHOLE_WORDS)
    assert sum(len(one["rows"]) for one, _ in whole) > 100
    for (one, _), (several, _) in zip(whole, cut, strict=True):
        assert where(several) == {
            url: [pytest.approx(score, rel=1e-4), *at] for url, (score, *at) in where(one).items()
        }
        assert several["filters"] == one["filters"]
        assert several["totalFilters"] == one["totalFilters"]


def test_a_word_that_others_begin_with_finds_the_frequent_ones_in_any_piece(page: Page) -> None:
    [ours, _], *_ = asked(page, "cut", ["crat"])
    [word, _], *_ = asked(page, "cut", ["crates"])
    assert rows(ours).keys() == rows(word).keys()


def test_a_search_without_a_word_lists_every_page_and_fetches_no_word(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))  # it marks its handlers
    [everything, _], [some, _], _ = asked(page, "cut", [None])
    assert len(everything["rows"]) == PAGES
    assert 0 < len(some["rows"]) == some["filters"]["people"]["Ada Wren"]
    assert [url for url in fetched if "/index/" in url] == []


def rows(found: Any) -> dict[str, list[float]]:
    """Give by page its score, and of each place of a word where it is, its weight, its score."""
    return {url: [score, *(value for at in on for value in at)] for url, score, on in found["rows"]}


def where(found: Any) -> dict[str, list[float]]:
    """Give by page its score and at which places it has what was asked for."""
    return {url: [score, *(at[0] for at in on)] for url, score, on in found["rows"]}


def about(found: dict[str, list[float]]) -> dict[str, Any]:
    """Give numbers to be compared but for the rounding of small ones: Pagefind has 32 bits."""
    return {url: pytest.approx(values, rel=1e-4, abs=1e-6) for url, values in found.items()}


# ---------------------------------------------------------------- stems


def test_a_word_has_the_stem_that_pagefind_gives_it(page: Page, tmp_path: Path) -> None:
    words = sorted(vocabulary())
    pages, index = tmp_path / "pages", tmp_path / "index"
    pages.mkdir()
    text = f"<html><body><p>{' '.join(words)}</p></body></html>"
    (pages / "all.html").write_text(text, encoding="utf-8")
    run_pagefind(pages, index)
    stems: dict[int, set[str]] = {}
    for file in (index / "index").iterdir():
        for form, on, _ in read(file)[0]:
            for at in locations(on):
                stems.setdefault(at, set()).add(form)
    ours = page.evaluate("(words) => words.map(window.tearsheetStem)", words)
    told = {word: {stem} for word, stem in zip(words, ours, strict=True)}
    assert told == {word: stems[at] for at, word in enumerate(words)}


def vocabulary() -> set[str]:
    """Give beginnings with every ending, and words for which there is a rule of their own."""
    made = {begin + end for begin in BEGINNINGS for end in ENDINGS}
    return (
        made
        | {begin + one + two for begin in BEGINNINGS[:8] for one in ENDINGS for two in ENDINGS}
        | ALONE
    )


def locations(on: Any) -> list[int]:
    [[_, numbers, *_]] = on
    found, at = [], 0
    for one in numbers:
        at = 0 if one < 0 else at + one
        if one >= 0:
            found.append(at)
    return found
