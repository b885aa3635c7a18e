"""Blocks joined are the index that Pagefind makes of all their pages at once."""

import gzip
import json
import resource
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.search import blocks, bundles, index_site
from tearsheet.search.blocks import FIELDS, run_pagefind

WORDS = (
    *("crate", "crates", "crating", "cafe", "café", "cafés", "naïve", "naive", "wharf-side"),
    *("Öl", "ol", "港口", "порт", "dock", "docked", "1948", "o'clock", "x"),
)
"""Words of one stem, words with accents and without, compounds, other scripts."""
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(" ".join)
PAGES = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(WORDS),
            "text": SENTENCES,
            "loud": SENTENCES,
            "people": st.sets(st.sampled_from(("Ada Wren", "Bo Lind", "Çelik", "A &amp; B"))),
            "place": st.none() | st.just("Quay"),
            "names": st.none() | SENTENCES,
            "number": st.integers(0, 12),
        }
    ),
    min_size=1,
    max_size=8,
)
"""Pages with and without a number, a field, a filter."""


def write(site: Path, pages: list[dict[str, Any]]) -> None:
    for at, page in enumerate(pages):
        file = site / f"p{at}/index.html"
        file.parent.mkdir(parents=True)
        filters = [("people", one) for one in sorted(page["people"])]
        filters += [("places", page["place"])] if page["place"] else []
        said = "".join(f'<i data-pagefind-filter="{name}">{value}</i>' for name, value in filters)
        names = f'<i data-pagefind-meta="names">{page["names"]}</i>' if page["names"] else ""
        number = f' data-number="{page["number"]}"' if page["number"] else ""
        file.write_text(
            f"<html><body><main data-pagefind-body><h1>{page['title']}</h1>"
            f"<div data-pagefind-ignore{number}>{said}{names}</div>"
            f'<i data-pagefind-sort="newest">{page["number"]}</i>'
            f'<p id="u1">{page["text"]} <a class="entity" href="a/">wharf</a>s at{at}</p><p data-pagefind-weight="4">{page["loud"]}</p>'
            "</main></body></html>",
            encoding="utf-8",
        )


def read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))


def metadata(bundle: Path) -> Any:
    entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
    return read(bundle / f"pagefind.{entry['languages']['en']['hash']}.pf_meta")


def one_index(site: Path, block: int) -> dict[str, Any]:
    """Give an index as it is, but for the marks of blocks in the names of pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundles, "BLOCK", block)
        patch.setattr(bundles, "STEP", max(block - 1, 1))
        index_site(site)
    bundle = site / "pagefind"
    _, pages, chunks, filters, sorts, fields = metadata(bundle)
    names = [name for name, _ in pages]
    dates = json.loads((bundle / "dates.json").read_text(encoding="utf-8"))
    return {
        "meta": [[count for _, count in pages], chunks, filters, sorts, fields],
        "files": {
            path.name: path.read_bytes()
            for part in ("index", "filter")
            for path in bundle.glob(f"{part}/*")
        },
        "texts": [(bundle / "fragment" / f"{name}.pf_fragment").read_bytes() for name in names],
        "dates": [dates[mark][int(at)] for mark, at in (name.split("/") for name in names)],
    }


@settings(max_examples=12, deadline=None)
@given(pages=PAGES, block=st.integers(1, 4))
def test_however_pages_are_divided_the_index_is_the_same(
    pages: list[dict[str, Any]], block: int
) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), pages)
        assert one_index(Path(folder), block) == one_index(Path(folder), 1000)


@settings(max_examples=12, deadline=None)
@given(pages=PAGES, block=st.integers(1, 4))
def test_joined_blocks_say_what_pagefind_says_of_all_pages_at_once(
    pages: list[dict[str, Any]], block: int
) -> None:
    with TemporaryDirectory() as folder:
        site, theirs = Path(folder, "site"), Path(folder, "theirs")
        write(site, pages)
        run_pagefind(site, theirs)
        one_index(site, block)
        assert told(site / "pagefind") == told(theirs)
        shutil.rmtree(theirs)


def told(bundle: Path) -> dict[str, Any]:
    """Give what an index says, by the addresses of pages and the names of fields."""
    _, pages, chunks, filters, _, fields = metadata(bundle)
    texts = [
        json.loads(gzip.decompress((bundle / f"fragment/{name}.pf_fragment").read_bytes())[12:])
        for name, _ in pages
    ]
    urls = [text["url"] for text in texts]
    words = [word for *_, name in chunks for word in read(bundle / f"index/{name}.pf_index")[0]]
    assert [word[0] for word in words] == sorted(word[0] for word in words)
    values = [read(bundle / f"filter/{name}.pf_filter") for _, name in filters]
    return {
        "pages": {
            url: (count, text["content"], text["meta"], [one["id"] for one in text["anchors"]])
            for url, text, (_, count) in zip(urls, texts, pages, strict=True)
        },
        "words": {
            form: (
                places(found, urls, fields),
                {variant: places(on, urls, fields) for variant, on in variants},
            )
            for form, found, variants in words
        },
        "filters": {
            name: {value: {urls[at] for at in on} for value, on in found} for name, found in values
        },
        "fields": sorted(set(fields) | set(FIELDS)),
    }


def places(found: Any, urls: list[str], fields: list[str]) -> dict[str, Any]:
    at, told = 0, {}
    for distance, on_page, in_fields in found:
        at += distance
        told[urls[at]] = (
            on_page,
            [one if one >= 0 else fields[-one - 1] for one in in_fields],
        )
    return told


@settings(max_examples=6, deadline=None)
@given(pages=PAGES)
def test_in_whatever_order_pagefind_has_pages_and_fields_the_index_is_the_same(
    pages: list[dict[str, Any]],
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        write(Path(folder), pages)
        usual = one_index(Path(folder), 1000)
        in_its_order, last_page = blocks._in_its_order, blocks._last_page
        patch.setattr(blocks, "_in_its_order", lambda *given: in_its_order(*given)[::-1])
        assert one_index(Path(folder), 1000) == usual
        patch.setattr(
            blocks, "_last_page", lambda given: last_page(given).replace('"dir"', '"kind"')
        )
        assert one_index(Path(folder), 1000) == usual


def test_more_blocks_are_joined_than_files_may_be_open(tmp_path: Path) -> None:
    page = {"title": "dock", "text": "", "loud": "", "people": (), "place": None, "names": None}
    write(tmp_path, [{**page, "number": number} for number in range(1, 41)])
    usual = one_index(tmp_path, 1000)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len([*Path("/proc/self/fd").iterdir()]) + 30, hard))
    try:
        assert one_index(tmp_path, 1) == usual
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
