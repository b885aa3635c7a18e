"""A block of pages, indexed by Pagefind and laid down so that blocks can be joined.

Takes some pages of a site; gives a folder: in `fragments` what a reader is shown of each page,
in `lists` and `words` what `joined.py` reads. Pages are numbered in the order in which they are
given, and what Pagefind lays in the order of a hash map is sorted: the same pages give the same
bytes everywhere. What the pages are filed under lies beside it (filing.py).
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from pagefind_bin import get_executable  # type: ignore[import-untyped]  # it has no types

from tearsheet.errors import CorpusError
from tearsheet.search.bundles import Block
from tearsheet.search.coding import (
    LANGUAGE,
    VERSION,
    array,
    body_of,
    packed,
    read_value,
    unknown_format,
)
from tearsheet.search.filing import Lists, write_filing, write_lists
from tearsheet.search.offline import FOLDER, PACK, handing_over
from tearsheet.search.pages import Shown, read_page
from tearsheet.search.words import Word, read_words, renumbered, words_in, write_words

FIELDS = (
    "date",
    "dir",
    "facet",
    "image",
    "image_alt",
    "kind",
    "names",
    "publication",
    "title",
)
"""What the theme's pages say of themselves to the search (`data-pagefind-meta`), and what Pagefind
finds by itself. Words of them are stored under their place in this list, which therefore is
the same in every block; like Pagefind's it is sorted."""
_MARK = 12
"""Letters of a block's mark in the addresses of its fragments."""

_MEMORY, _ROOM = Path("/dev/shm"), 256 * 2**20  # noqa: S108  # a folder of our own is made in it
"""Where Linux keeps files in memory, and how many bytes must be free there: a block's few hundred
pages, of which every one is a file or two, take a third of the system's time so.
"""
_PAGE = '<!doctype html><html lang="en"><head><title></title></head><body>{}</body></html>'
_LAST_WORD = "tearsheetlastpage"
_LAST = "<div data-pagefind-body>{}<p>" + _LAST_WORD + "{}</p></div>"
"""A page after those of a block: it has every field, so that Pagefind numbers them as we do."""


class _Found(NamedTuple):
    """What Pagefind wrote: of each of its pages our number (the last one's too), how many of
    them are ours, and its metadata.
    """

    folder: Path
    order: list[int]
    own: int
    meta: Path
    chunks: Any
    filters: Any
    fields: list[str]


_encode = msgspec.msgpack.Encoder().encode
_FRAGMENTS_IN = msgspec.msgpack.Decoder(list[bytes])
_FRAGMENT_IN = msgspec.json.Decoder(dict[str, Any])
_as_json = msgspec.json.Encoder().encode


def make_block(site: Path, block: Block, folder: Path) -> None:
    """Index some pages of a site. Raises CorpusError when Pagefind fails or writes an index that
    is not of the pinned version's format.
    """
    with tempfile.TemporaryDirectory(prefix="tearsheet-index-", dir=_scratch()) as scratch:
        parts, found = Path(scratch, "pages"), Path(scratch, "index")
        names = _in_its_order(parts, len(block.pages) + 1)
        filed = []
        for name, page in zip(names, block.pages, strict=False):
            text, under = read_page(site, page.path)
            filed.append(under)
            (parts / name).write_text(_PAGE.format(text), encoding="utf-8")
        (parts / names[-1]).write_text(_PAGE.format(_last_page(block.pages)), encoding="utf-8")
        run_pagefind(parts, found)
        folder.mkdir(parents=True)
        write_filing(block, _lay_down(found, names, block.pages, folder), filed, folder)


def _scratch() -> Path | None:
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if has_room and os.access(_MEMORY, os.W_OK) else None


def _in_its_order(folder: Path, number: int) -> list[str]:
    """Make so many files; give their names in the order in which Pagefind comes to them, which
    is that of the disk: the bytes of its index can then stay as they are.
    """
    folder.mkdir()
    for place in range(number):
        (folder / f"{place}.html").touch()
    return os.listdir(folder)  # noqa: PTH208  # this very order is asked for


def _last_page(pages: Sequence[Shown]) -> str:
    """Give the page after these, whose one word is on none of them."""
    said = hashlib.sha256("".join(page.digest for page in pages).encode()).hexdigest()
    word = "".join(chr(ord(letter) + (49 if letter.isdigit() else 10)) for letter in said)
    fields = "".join(f'<i data-pagefind-meta="{name}">-</i>' for name in FIELDS)
    return _LAST.format(fields, word)


def run_pagefind(pages: Path, found: Path) -> None:
    """Index a folder of pages."""
    # One index for all languages, made as for English: a search finds a record in whatever
    # language it is written; words of other scripts are found as they stand.
    command = [str(get_executable()), "--site", str(pages), "--silent"]
    command += ["--force-language", LANGUAGE, "--output-path", str(found)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # a program of ours, no shell
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise CorpusError(f"{found}: Pagefind could not index the site: {said}")


def words_of(folder: Path) -> Iterator[list[Word]]:
    """Give a block's words in their order, a few read at a time."""
    return read_words(folder / "words")


def write_fragments(block: Path, mark: str, bundle: Path) -> None:
    """Write the fragments of a block into a bundle, where they are not there already, and the
    scripts that hand them over, `PACK` to one: a file for each would double their number. They
    are handed over without the name of a bundle, which theirs tells too.
    """
    folder, scripts = bundle / "fragment" / mark, bundle / FOLDER / mark
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    scripts.mkdir(parents=True)
    contents = _FRAGMENTS_IN.decode((block / "fragments").read_bytes())
    for start in range(0, len(contents), PACK):
        said = []
        for place, content in enumerate(contents[start : start + PACK], start):
            name = f"{place}.pf_fragment"
            (folder / name).write_bytes(content)
            said.append(handing_over(f"fragment/{mark}/{name}", content))
        (scripts / f"{start // PACK}.js").write_text("".join(said), encoding="ascii")


# ---------------------------------------------------------------- from Pagefind's files


def _lay_down(found: Path, names: list[str], pages: Sequence[Shown], folder: Path) -> Lists:
    meta, listed, chunks, filters, fields = _metadata(found)
    place_of = {name: place for place, name in enumerate(names)}
    fragments = [_fragment(found, str(array(page, meta, 2)[0])) for page in listed]
    places = [place_of[Path(str(fragment["url"])).name] for fragment in fragments]
    # Pages without a word are in no index: the others close up.
    shown = sorted(places)
    close = {place: new for new, place in enumerate(shown)}
    order = [close[place] for place in places]
    for place, fragment in zip(places, fragments, strict=True):
        fragment["url"] = address_of(pages[place].path) if place < len(pages) else ""
    *ordered, _ = [fragments[at] for at in sorted(range(len(order)), key=order.__getitem__)]
    known = [_known(meta, name) for name in fields]
    here = _Found(found, order, len(ordered), meta, chunks, filters, known)
    write_words(folder / "words", _words(here))
    lists = Lists(
        _keep_fragments(folder, ordered),
        hashlib.sha256((folder / "words").read_bytes()).hexdigest(),
        shown[:-1],
        [int(one["word_count"]) for one in ordered],
        dict(sorted(_filter(here, entry) for entry in filters)),
    )
    write_lists(lists, folder)
    return lists


def _metadata(found: Path) -> tuple[Path, Any, Any, Any, Any]:
    entry_file = found / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    if entry["version"] != VERSION or list(entry["languages"]) != [LANGUAGE]:
        raise unknown_format(entry_file, f"version {entry['version']}, {list(entry['languages'])}")
    meta = found / f"pagefind.{entry['languages'][LANGUAGE]['hash']}.pf_meta"
    _, pages, chunks, filters, _, fields = array(read_value(meta), meta, 6)
    return (meta, *(array(one, meta) for one in (pages, chunks, filters, fields)))  # type: ignore[return-value]  # five, as unpacked


def _known(meta: Path, name: object) -> str:
    if name in FIELDS:
        return str(name)
    raise CorpusError(f"{meta}: a page says its '{name}' to the search; add that to blocks.FIELDS")


def _fragment(found: Path, name: str) -> dict[str, Any]:
    return _FRAGMENT_IN.decode(body_of(found / "fragment" / f"{name}.pf_fragment"))


def address_of(path: str) -> str:
    """Give the address of a page within the site, as Pagefind gives it."""
    return "/" + (path.removesuffix("index.html") if path.endswith("/index.html") else path)


def _keep_fragments(folder: Path, fragments: Iterable[dict[str, Any]]) -> str:
    """Write the fragments, in their order; give the mark of them all."""
    contents = []
    for fragment in fragments:
        # The text of every paragraph again, and the filters' values: no script of ours reads them.
        fragment["anchors"] = [one | {"text": ""} for one in fragment["anchors"]]
        fragment["filters"] = {}
        contents.append(packed(_as_json(fragment)))
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    (folder / "fragments").write_bytes(_encode(contents))
    return digest.hexdigest()[:_MARK] if contents else ""


def _filter(found: _Found, entry: Any) -> tuple[str, dict[str, list[int]]]:
    path = found.folder / "filter" / f"{entry[1]}.pf_filter"
    name, values = array(read_value(path), path, 2)
    pages: Any = [array(value, path, 2) for value in array(values, path)]
    order = found.order
    return str(name), {str(value): sorted(order[one] for one in on) for value, on in sorted(pages)}


def _words(found: _Found) -> Iterator[Word]:
    """Give the words of Pagefind's index, but for that of the last page."""
    as_ours = found.fields == list(FIELDS) and found.order == sorted(found.order)
    fields = {-at - 1: -FIELDS.index(name) - 1 for at, name in enumerate(found.fields)}
    for _, _, name in found.chunks:
        path = found.folder / "index" / f"{name}.pf_index"
        body = body_of(path)
        if not as_ours:
            body = renumbered(body, found.order, fields, path)
        for word in words_in(body, path):
            if not word.places.pages or word.places.first < found.own:
                yield word
