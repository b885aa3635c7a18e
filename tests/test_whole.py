"""The whole path: a folder of sources in, a site in a real browser out."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import served, visiting
from tests.conftest import Checkout, checkout_at
from tests.hand_made import HOSTILE

ELSEWHERE = {
    "PYTHONHASHSEED": "4711",
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "SOURCE_DATE_EPOCH": "86400",
}


def tree(folder: Path) -> dict[str, bytes]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def record_rows(site: Path) -> list[dict[str, Any]]:
    """Give the lines of the site's open data on its records."""
    lines = (site / "data" / "records.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def one_of_each(site: Path) -> list[str]:
    """Give the address of a page of every kind, and of every record."""
    records = record_rows(site)
    entities = json.loads((site / "data/entities.json").read_text(encoding="utf-8"))
    most = max(entities, key=lambda entity: len(entity["records"]))
    pages = ["", "dates/", "publications/", "entities/", "register/", "archive/about/"]
    pages += ["archive/review/", "about/method/", "about/data/", "about/editing/", "search/"]
    pages += [most["permalink"], f"{records[0]['permalink']}source/"]
    return pages + [record["permalink"] for record in records]


# ---------------------------------------------------------------- the sample archive


def test_the_sample_shows_what_an_archive_must_tell(sample: Checkout) -> None:
    rows = record_rows(sample.site)
    assert len(rows) >= 14
    kinds = {note["kind"] for row in rows for note in row["notes"]}
    assert {"retrieval", "paywall", "registration", "translation", "origin"} <= kinds
    assert {"encoding", "updated", "date", "correction", "conflict"} <= kinds
    assert any(row["conflicts"] for row in rows)
    fates = {unit["fate"] for row in rows for unit in row["units"]}
    assert {"advert", "comments", "related", "subscribe", "placeholder", "embed"} <= fates
    assert {row["media_type"] for row in rows} == {"text/plain", "text/html"}


def test_the_site_is_the_same_from_another_folder_clock_locale_and_hash_seed(
    sample: Checkout, tmp_path: Path
) -> None:
    other = checkout_at(tmp_path / "another folder" / "with a longer name")
    again, first = tree(other.build(**ELSEWHERE).site), tree(sample.site)
    assert sorted(again) == sorted(first)
    assert [path for path in first if first[path] != again[path]] == []


@pytest.mark.parametrize("name", ["register.csv", "names.csv"])
def test_building_the_committed_sample_leaves_what_it_keeps_as_it_is(
    sample: Checkout, name: str
) -> None:
    committed = Path(__file__).resolve().parents[1] / "corpus" / name
    assert (sample.folder / "corpus" / name).read_bytes() == committed.read_bytes()


def test_every_internal_link_of_the_site_leads_somewhere(sample: Checkout) -> None:
    from selectolax.lexbor import LexborHTMLParser

    pages = {
        file.parent.relative_to(sample.site).as_posix(): LexborHTMLParser(file.read_text("utf-8"))
        for file in sample.site.rglob("index.html")
    }
    anchors = {
        path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in pages.items()
    }
    broken = []
    for path, tree_ in pages.items():
        for node in tree_.css("a[href]"):
            href = node.attributes["href"] or ""
            if "://" in href or href.startswith("mailto:"):
                continue
            target, _, fragment = href.partition("#")
            folder = (sample.site / path / target.partition("?")[0]).resolve()
            where = folder.relative_to(sample.site.resolve()).as_posix()
            if not folder.exists() or (fragment and fragment not in anchors.get(where, {fragment})):
                broken.append(f"{path}: {href}")
    assert broken == []


# ---------------------------------------------------------------- hostile input


def hostile_archive(folder: Path) -> Path:
    """Put hostile strings into every place that a source or an editor can fill."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for number, text in enumerate(HOSTILE):
        name = f"{number} {text.replace('/', '_')}.txt"
        (sources / name).write_text(
            f"{text}\n\nBy {text}\n\n3 March 2019\n\n"
            f"The harbour council met on Tuesday and heard that {text} was read aloud twice.\n\n"
            f"---\n\nAnna Berg, who chairs the council, said that it would meet again in May.\n\n"
            f"Tags: {text}\n\nLeave a comment\n\n{text}\n",
            encoding="utf-8",
        )
        (sources / f"page{number}.html").write_text(
            f"<!doctype html><html><head><title>{text}</title>"
            f"<meta name=\"author\" content='{text.replace(chr(39), '&#39;')}'>"
            "<script>window.pwned=10</script></head><body onload='window.pwned=11'><article>"
            f"<h1>{text}</h1><p>The lock keeper of the harbour said that the gates had been open "
            "all night, <a href='javascript:window.pwned=12'>as the log shows</a>, and nobody "
            "had been told.</p><p onclick='window.pwned=13'>Anna Berg asked for the log to be "
            "read out at the next meeting of the council, in May.</p>"
            "<iframe srcdoc='<script>parent.pwned=14</script>'></iframe>"
            "<svg onload='window.pwned=15'></svg></article></body></html>",
            encoding="utf-8",
        )
    (folder / "catalogue.csv").write_text(
        "source,publisher,topics,source_url\n"
        + "".join(
            f'page{number}.html,"{text.replace(chr(34), chr(34) * 2)}",'
            f'"{text.replace(chr(34), chr(34) * 2)}","javascript:window.pwned=16"\n'
            for number, text in enumerate(HOSTILE)
        ),
        encoding="utf-8",
    )
    authority = [
        {"id": "anna-berg", "label": "Anna Berg", "type": "person", "aliases": list(HOSTILE)},
        {
            "id": "council",
            "label": HOSTILE[0],
            "type": "organisation",
            "aliases": ["harbour council"],
            "description": HOSTILE[1],
        },
    ]
    (folder / "authority.yml").write_text(json.dumps(authority), encoding="utf-8")
    (folder / "corpus.yml").write_text(
        json.dumps({"title": HOSTILE[0], "description": HOSTILE[1], "keeper": HOSTILE[4]}),
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    folder = tmp_path_factory.mktemp("hostile")
    archive = hostile_archive(folder / "archive")
    return checkout_at(folder / "checkout").build(str(archive))


def test_nothing_of_a_hostile_archive_runs_anywhere(browser: Browser, hostile: Checkout) -> None:
    with served(hostile.site) as base, visiting(browser, base) as opened:
        for path in one_of_each(hostile.site):
            page = opened.go(path)
            assert page.evaluate("window.pwned") is None, path
            assert page.locator("[onclick], [onload], [onerror], [onfocus], iframe").count() == 0
            assert page.locator("a[href^='javascript:']").count() == 0, path
            assert "{{" not in page.title() or HOSTILE[4] in page.title()
        for query in ("harbour", "script", "council", "gates"):
            page = opened.ask(f"?q={query}")
            assert page.evaluate("window.pwned") is None, query
        assert opened.complaints == []


def test_a_hostile_text_is_shown_as_the_characters_it_is(
    browser: Browser, hostile: Checkout
) -> None:
    rows = record_rows(hostile.site)
    with served(hostile.site) as base, visiting(browser, base) as opened:
        for row in rows:
            page = opened.go(row["permalink"])
            shown = " ".join(page.locator("article").first.inner_text().split())
            number = int(row["path"].removeprefix("page")[0])
            wanted = " ".join(HOSTILE[number].split())
            assert wanted in shown, row["path"]
        assert opened.complaints == []


def test_the_originals_of_a_hostile_archive_are_plain_text(hostile: Checkout) -> None:
    kept = {file.suffix for file in (hostile.site / "originals").iterdir()}
    assert kept == {".txt"}
    sources = hostile.folder.parent / "archive" / "sources"
    originals = sorted(file.read_bytes() for file in (hostile.site / "originals").iterdir())
    assert originals == sorted(file.read_bytes() for file in sources.iterdir())


# ---------------------------------------------------------------- the five real sources


@pytest.fixture(scope="module")
def real(real_sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return checkout_at(tmp_path_factory.mktemp("real") / "checkout").build(str(real_sources))


def test_the_five_real_sources_become_five_records(real: Checkout) -> None:
    rows = record_rows(real.site)
    assert len(rows) == 5
    assert all(row["claims"].get("title") for row in rows)


def test_no_page_of_the_five_real_sources_complains(browser: Browser, real: Checkout) -> None:
    size = {"width": 390, "height": 844}
    with served(real.site) as base, visiting(browser, base, viewport=size) as opened:
        for path in one_of_each(real.site):
            page = opened.go(path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert opened.complaints == []
