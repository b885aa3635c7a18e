"""The index: the same pages give the same bytes, and no old search interface is shipped."""

import base64
import gzip
import json
import os
import shutil
from pathlib import Path
from typing import Any

import cbor2
import pytest

from tearsheet.errors import CorpusError
from tearsheet.search import LIBRARY, blocks, index_site, pieces
from tearsheet.search.blocks import run_pagefind
from tearsheet.search.pages import searched_part


def a_site(folder: Path, pages: int = 40) -> Path:
    """Write pages with enough values a filter that chance would not order them twice alike."""
    for number in range(pages):
        page = folder / f"records/r{number}/index.html"
        page.parent.mkdir(parents=True)
        filters = "".join(
            f'<li data-pagefind-filter="{name}">{name} {number % length}</li>'
            for name, length in (("people", 23), ("places", 17), ("year", 9))
        )
        page.write_text(
            f'<html lang="en"><body><main data-pagefind-body><h1>Page {number}</h1>'
            f'<ul data-pagefind-ignore>{filters}<li data-pagefind-sort="newest">{number % 7}</li>'
            f'<li data-pagefind-sort="oldest">{number}</li></ul>'
            f'<p id="u1">Word{number} and the quay</p></main></body></html>',
            encoding="utf-8",
        )
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Give every file's bytes by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def filters(site: Path) -> dict[str, list[str]]:
    """Give the values of every filter of an index, in the order in which they stand."""
    found = {}
    for path in site.glob("pagefind/filter/*.pf_filter"):
        value = cbor2.loads(gzip.decompress(path.read_bytes())[12:])
        found[value[0]] = [entry[0] for entry in value[1]]
    return found


def words(site: Path) -> tuple[list[list[str]], dict[str, object]]:
    """Give first and last word of each piece as the metadata names them, and what each word has."""
    meta = metadata(site)
    found: dict[str, object] = {}
    for _, _, name in meta[2]:
        path = site / f"pagefind/index/{name}.pf_index"
        [entries] = cbor2.loads(gzip.decompress(path.read_bytes())[12:])
        found |= {entry[0]: entry[1:] for entry in entries}
    assert len(meta[2]) == len(list(site.glob("pagefind/index/*.pf_index")))
    return [entry[:2] for entry in meta[2]], found


def metadata(site: Path) -> list[Any]:
    entry = json.loads((site / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    [language] = entry["languages"].values()
    file = site / f"pagefind/pagefind.{language['hash']}.pf_meta"
    found = cbor2.loads(gzip.decompress(file.read_bytes())[12:])
    assert isinstance(found, list)
    return found


def test_small_pieces_hold_the_words_that_large_ones_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, again = a_site(tmp_path / "site"), a_site(tmp_path / "again")
    index_site(site)
    monkeypatch.setattr(pieces, "PIECE", 60)
    index_site(again)
    (large, whole), (small, cut) = words(site), words(again)
    assert len(large) < len(small) and cut == whole
    edges = [word for piece in small for word in piece]
    assert edges == sorted(edges, key=str.encode)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xf6", b"\x82\x01", b"\x01\x01", b"\x9f\xff", b"\x81\x81\x83\x61a\x81\x01\x80"],
)
@pytest.mark.parametrize("part", ["filter", "index", "meta"])
def test_an_index_of_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, content: bytes
) -> None:
    def spoilt(pages: Path, found: Path) -> None:
        run_pagefind(pages, found)
        file = next(found.rglob(f"*.pf_{part}"))
        file.write_bytes(gzip.compress(b"pagefind_dcd" + content))

    monkeypatch.setattr(blocks, "run_pagefind", spoilt)
    site = a_site(tmp_path / "site", pages=1)
    page = site / "records/r0/index.html"
    page.write_text(page.read_text("utf-8").replace("people 0", "people &amp; 0"), "utf-8")
    with pytest.raises(CorpusError, match="install the pinned version"):
        index_site(site)


def test_an_index_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "VERSION", "1.5.3")
    with pytest.raises(CorpusError, match="install the pinned version"):
        index_site(a_site(tmp_path / "site", pages=1))


def test_what_a_page_says_of_itself_must_be_known(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", pages=1)
    page = site / "records/r0/index.html"
    said = page.read_text("utf-8").replace("<p ", '<p data-pagefind-meta="colour">Red</p><p ')
    page.write_text(said, encoding="utf-8")
    with pytest.raises(CorpusError, match="'colour'"):
        index_site(site)


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    first = a_site(tmp_path / "first")
    second = tmp_path / "elsewhere" / "second"
    shutil.copytree(first, second)
    index_site(first)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        index_site(second)
    finally:
        os.sched_setaffinity(0, cores)
    assert everything(first) == everything(second)


def test_indexing_again_leaves_nothing_of_the_old_index(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", pages=3)
    index_site(site)
    before = everything(site)
    (site / "pagefind/stale.pf_meta").write_bytes(b"old")
    index_site(site)
    assert everything(site) == before


def test_every_filter_keeps_all_its_values(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site")
    index_site(site)
    assert {name: len(values) for name, values in filters(site).items()} == {
        "people": 23,
        "places": 17,
        "year": 9,
    }


def test_the_entry_names_files_that_exist(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", pages=5)
    index_site(site)
    bundle = site / "pagefind"
    meta = metadata(site)
    named = {f"{entry[1]}.pf_filter" for entry in meta[3]}
    assert named == {path.name for path in bundle.glob("filter/*.pf_filter")}
    pages = {f"{name}.pf_fragment" for name, _ in meta[1]}
    fragments = {
        path.relative_to(bundle / "fragment").as_posix() for path in bundle.glob("fragment/*/*")
    }
    assert pages == fragments and len(pages) == 5


def test_the_old_search_interfaces_are_not_shipped(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", pages=1)
    index_site(site)
    shipped = {
        path.name for path in (site / "pagefind").iterdir() if path.suffix in (".js", ".css")
    }
    assert shipped == {name for name in LIBRARY if name.endswith((".js", ".css"))}
    assert not [name for name in shipped if "-ui" in name and "component" not in name]


def test_every_file_of_the_index_can_be_handed_over_without_a_server(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", pages=4)
    index_site(site)
    bundle = site / "pagefind"
    handed = handed_over(bundle)
    for pattern in ("*.pf_lists", "filter/*.pf_facet", "index/*", "fragment/*/*", "bundles.json"):
        found = list(bundle.glob(pattern))
        assert found
        for path in found:
            assert handed[path.relative_to(bundle).as_posix()] == path.read_bytes()


def handed_over(bundle: Path) -> dict[str, bytes]:
    """Give what the offline scripts of a bundle hand over, by its name."""
    lines = [
        line
        for script in sorted(bundle.glob("offline/**/*.js"))
        for line in script.read_text(encoding="utf-8").splitlines()
        if line.startswith("tearsheetOffline.take(")
    ]
    rows = [json.loads(f"[{line.removeprefix('tearsheetOffline.take(')[:-2]}]") for line in lines]
    return {name: base64.b64decode(coded) for name, coded in rows}


def test_a_folder_that_cannot_be_indexed_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="not-there"):
        index_site(tmp_path / "not-there")


def test_a_count_of_uses_is_no_change_to_the_search() -> None:
    page = '<header data-pagefind-body><span class="ts-alias" data-count="{}">Berg</span></header>'
    assert searched_part(page.format(7)) == searched_part(page.format(12))
    assert ">Berg</span>" in searched_part(page.format(7))
