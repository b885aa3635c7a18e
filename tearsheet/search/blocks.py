"""A block of pages, indexed by Pagefind and laid down so that blocks can be joined.

Takes some pages of a site; gives a folder: in `fragment/` what a reader is shown of each page,
in `offline/` the same as scripts, and in `lists` and `words` what `joined.py` reads. Pages are
numbered in the order in which they are given, whatever order Pagefind found them in, and what
it lays in the order of a hash map is sorted: the same pages give the same bytes everywhere.
"""

import hashlib
import json
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tearsheet.errors import CorpusError
from tearsheet.search.coding import (
    LANGUAGE,
    VERSION,
    array,
    array_of,
    body_of,
    number,
    numbers,
    packed,
    read_value,
    unknown_format,
)
from tearsheet.search.offline import write_fragments
from tearsheet.search.pages import Shown, date_of, searched_part

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
USUAL = 25
"""The weight of a word that is not told one, as Pagefind codes it."""
SHORT = 2
"""Numbers of a word's places on a page that are coded once for all pages: a weight and a place,
as most words have them. A block takes an eighth less of CPU."""
TOGETHER = 256
"""Words that are read from a block at one time, so that joining takes little memory."""
_MARK = 12
"""Letters of a block's mark in the addresses of its fragments."""

_PAGE = '<!doctype html><html lang="en"><head><title></title></head><body>{}</body></html>'
_NO_WORDS = "not able to build an index"


class Places(NamedTuple):
    """Where a word stands in a block: on how many pages, the first and the last of them, and,
    coded as Pagefind codes it, all that follows the number of the first; `brief` are so many
    numbers that tell only how weighty the word is on each page (joined.py), coded likewise.
    """

    pages: int
    first: int
    last: int
    rest: bytes
    brief: bytes
    numbers: int


class Variant(NamedTuple):
    """A form of a word with its accents, and where that stands."""

    form: str
    places: Places


class Word(NamedTuple):
    """A word of a block."""

    form: str
    places: Places
    variants: tuple[Variant, ...]


class Lists(NamedTuple):
    """A block's pages: its mark, of each page how many words and of what date; the pages by
    the values of filters.
    """

    mark: str
    counts: list[int]
    dates: list[str]
    filters: dict[str, dict[str, list[int]]]


_ENTRY, _NO_FIELDS = array_of(3), array_of(0)
_NOWHERE = Places(0, 0, 0, b"", b"", 0)
_encode = msgspec.msgpack.Encoder().encode
_WORDS_IN = msgspec.msgpack.Decoder(list[Word])
_LISTS_IN = msgspec.msgpack.Decoder(Lists)


def make_block(site: Path, pages: Sequence[Shown], folder: Path) -> None:
    """Index some pages of a site. Raises CorpusError when Pagefind fails or writes an index that
    is not of the pinned version's format.
    """
    with tempfile.TemporaryDirectory(prefix="tearsheet-index-") as scratch:
        parts, found = Path(scratch, "pages"), Path(scratch, "index")
        parts.mkdir()
        dates = []
        for place, page in enumerate(pages):
            part = searched_part((site / page.path).read_text(encoding="utf-8"))
            dates.append(date_of(part))
            # Named by their places: a folder for each, as addresses have it, takes longer.
            (parts / f"{place}.html").write_text(_PAGE.format(part), encoding="utf-8")
        folder.mkdir(parents=True)
        if run_pagefind(parts, found):
            _lay_down(found, pages, dates, folder)
        else:
            _write(folder, Lists("", [], [], {}), ())


def run_pagefind(pages: Path, found: Path) -> bool:
    """Index a folder of pages; say whether there was a word in them."""
    # One index for all languages, made as for English: a search finds a record in whatever
    # language it is written; words of other scripts are found as they stand.
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--silent"]
    command += ["--force-language", LANGUAGE, "--output-path", str(found)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own command
    said = (done.stderr or done.stdout).strip()
    if done.returncode and _NO_WORDS not in said:
        raise CorpusError(f"{found}: Pagefind could not index the site: {said}")
    return not done.returncode


def read_lists(folder: Path) -> Lists:
    """Give what a block says of its pages."""
    return _LISTS_IN.decode((folder / "lists").read_bytes())


def read_words(folder: Path) -> Iterator[Word]:
    """Give a block's words in their order, a few read at a time."""
    with (folder / "words").open("rb") as file:
        while head := file.read(4):
            yield from _WORDS_IN.decode(file.read(struct.unpack(">I", head)[0]))


# ---------------------------------------------------------------- from Pagefind's files


def _lay_down(found: Path, pages: Sequence[Shown], dates: Sequence[str], folder: Path) -> None:
    meta, listed, chunks, filters, fields = _metadata(found)
    fragments = [_fragment(found, str(array(page, meta, 2)[0])) for page in listed]
    places = [int(Path(str(fragment["url"])).stem) for fragment in fragments]
    # Pages without a word are in no index: the others close up.
    shown = sorted(places)
    close = {place: new for new, place in enumerate(shown)}
    order = [close[place] for place in places]
    for place, fragment in zip(places, fragments, strict=True):
        fragment["url"] = address_of(pages[place].path)
    ordered = [fragments[at] for at in sorted(range(len(order)), key=order.__getitem__)]
    lists = Lists(
        _write_fragments(folder, ordered),
        [int(one["word_count"]) for one in ordered],
        [dates[place] for place in shown],
        dict(sorted(_filter(found, entry, order) for entry in filters)),
    )
    in_fields = {-at - 1: -FIELDS.index(_known(meta, name)) - 1 for at, name in enumerate(fields)}
    _write(folder, lists, _words(found, chunks, order, in_fields))


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
    path = found / "fragment" / f"{name}.pf_fragment"
    fragment: dict[str, Any] = json.loads(body_of(path))
    return fragment


def address_of(path: str) -> str:
    """Give the address of a page within the site, as Pagefind gives it."""
    return "/" + (path.removesuffix("index.html") if path.endswith("/index.html") else path)


def _write_fragments(folder: Path, fragments: Iterable[dict[str, Any]]) -> str:
    """Write the fragments, named by their place; give the mark of them all."""
    contents = []
    for fragment in fragments:
        # The text of every paragraph again, and the filters' values: no script of ours reads them.
        fragment["anchors"] = [one | {"text": ""} for one in fragment["anchors"]]
        fragment["filters"] = {}
        text = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"))
        contents.append(packed(text.encode()))
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    mark = digest.hexdigest()[:_MARK]
    (folder / "fragment").mkdir()
    for place, content in enumerate(contents):
        (folder / "fragment" / f"{place}.pf_fragment").write_bytes(content)
    write_fragments(folder, mark)
    return mark


def _filter(found: Path, entry: Any, order: Sequence[int]) -> tuple[str, dict[str, list[int]]]:
    path = found / "filter" / f"{entry[1]}.pf_filter"
    name, values = array(read_value(path), path, 2)
    pages: Any = [array(value, path, 2) for value in array(values, path)]
    return str(name), {str(value): sorted(order[one] for one in on) for value, on in sorted(pages)}


def _words(
    found: Path, chunks: Any, order: Sequence[int], fields: Mapping[int, int]
) -> Iterator[Word]:
    for _, _, name in chunks:
        path = found / "index" / f"{name}.pf_index"
        words: Any = array(array(read_value(path), path, 1)[0], path)
        try:
            yield from [_word(word, order, fields) for word in words]
        except (TypeError, ValueError, IndexError, OverflowError) as error:
            raise unknown_format(path, str(error)) from error


def _word(word: Any, order: Sequence[int], fields: Mapping[int, int]) -> Word:
    form, pages, variants = word
    forms = sorted((form, _places(on, order, fields)) for form, on in variants)
    return Word(
        form,
        _places(pages, order, fields),
        tuple(Variant(form, places) for form, places in forms),
    )


def _places(pages: Sequence[Any], order: Sequence[int], fields: Mapping[int, int]) -> Places:
    """Number the pages of a word as we do: Pagefind writes each as its distance to the last."""
    at, found = 0, []
    for distance, places, in_fields in pages:
        at += distance
        if in_fields:
            in_fields = [fields.get(one, one) for one in in_fields]
        found.append((order[at], places, in_fields))
    if not found:
        return _NOWHERE
    found.sort(key=itemgetter(0))
    first = last = found[0][0]
    rest: list[bytes] = []
    brief: list[int] = []
    for page, places, in_fields in found:
        short = len(places) <= SHORT
        coded, weight = _short[tuple(places)] if short else (numbers(places), _weight(places))
        rest += (_ENTRY, number(page - last), coded)
        brief += (page - last, weight)
        if in_fields:
            rest.append(numbers(in_fields))
            brief += [one for one in in_fields if one < 0]
        else:
            rest.append(_NO_FIELDS)
        last = page
    in_brief = b"".join(map(number, brief[1:]))
    return Places(len(found), first, last, b"".join(rest[2:]), in_brief, len(brief))


class _Short(dict[tuple[int, ...], tuple[bytes, int]]):
    """A word's places on a page, coded, with their weight: where they are few, the same ones
    stand on many pages.
    """

    def __missing__(self, places: tuple[int, ...]) -> tuple[bytes, int]:
        self[places] = numbers(places), _weight(places)
        return self[places]


_short = _Short()


def _weight(places: Sequence[int]) -> int:
    """Give the sum of the weights of a word's places: a negative number changes that of those
    that follow it.
    """
    if not places or min(places) >= 0:
        return USUAL * len(places)
    weight, total = USUAL, 0
    for one in places:
        weight, total = (-1 - one, total) if one < 0 else (weight, total + weight)
    return total


def _write(folder: Path, lists: Lists, words: Iterable[Word]) -> None:
    (folder / "lists").write_bytes(_encode(lists))
    waiting: list[Word] = []
    with (folder / "words").open("wb") as file:
        for word in words:
            waiting.append(word)
            if len(waiting) == TOGETHER:
                _write_some(file, waiting)
                waiting = []
        _write_some(file, waiting)


def _write_some(file: Any, words: Sequence[Word]) -> None:
    content = _encode(words)
    file.write(struct.pack(">I", len(content)) + content)
