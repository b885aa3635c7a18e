"""An index as Pagefind wrote it, rewritten: in an order of its own, and in small pieces.

Takes a bundle; rewrites its files. Pagefind 1.5.2 lays the values of a filter, and the
filters and sorts in its metadata, in the order of a hash map that is seeded anew on every
run (measured: eight runs over 400 pages gave eight different filter files, and the same
everything else, whatever the number of threads); here they are sorted. It lays some 60 KB of
words in a file, and a reader fetches one such file of every bundle for every word; here they
are pieces of `PIECE`. Every rewritten file is named after what it holds. What is not of the
pinned version's format is refused, so that a change of it is noticed and never papered over.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import cbor2

from tearsheet.errors import CorpusError

Value: TypeAlias = int | str | bytes | Sequence["Value"]

PIECE = 16_000
"""Bytes of words in a file, before they are packed (to 6 KB). Measured over 10,000 records in
seven bundles: a word cost a reader 170 KB in files of 60 KB; of smaller pieces still the list
that every reader fetches would grow by more than a word saves."""

SMALL = 6
"""How hard files are packed: 9 saves 1 % more and takes twice as long."""

_SIGNATURE = b"pagefind_dcd"
_ARRAY = 4
"""CBOR's major type of arrays (RFC 8949)."""
_ODD = "it is not written as Pagefind 1.5.2 writes"


def settle(bundle: Path) -> None:
    """Rewrite an index. Raises CorpusError where it is not of the pinned version's format."""
    entry_file = bundle / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    renamed = {path.stem: _settle_filter(path) for path in sorted(bundle.glob("filter/*"))}
    for language in entry["languages"].values():
        meta = bundle / f"pagefind.{language['hash']}.pf_meta"
        language["hash"] = _settle_meta(meta, renamed)
    entry["languages"] = dict(sorted(entry["languages"].items()))
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    entry_file.write_text(text, encoding="utf-8")


def _settle_filter(path: Path) -> str:
    """Sort a filter's values; give the file's new stem."""
    name, values = _array(_read(path), path, 2)
    settled: Value = [name, sorted(_array(values, path), key=_first)]
    return _replace(path, settled, path.stem.partition("_")[0])


def _settle_meta(path: Path, renamed: dict[str, str]) -> str:
    """Sort filters and sorts, and name the new files; give the new hash."""
    version, pages, chunks, filters, sorts, fields = _array(_read(path), path, 6)
    named = [[_first(entry), renamed[_second(entry)]] for entry in _array(filters, path)]
    ordered = sorted(_array(sorts, path), key=_first)
    pieces = [piece for chunk in _array(chunks, path) for piece in _in_pieces(path, chunk)]
    settled: Value = [version, pages, pieces, sorted(named), ordered, fields]
    language = path.name.split(".")[1].partition("_")[0]
    return _replace(path, settled, language).split(".")[-1]


def _in_pieces(meta: Path, chunk: Value) -> Iterator[Value]:
    """Cut a file of words; give each piece as the metadata names it: first word, last, file."""
    name = str(_array(chunk, meta, 3)[2])
    path = meta.parent / "index" / f"{name}.pf_index"
    body = _body(path)
    words = _array(_array(_decoded(path, body), path, 1)[0], path)
    # Each word is encoded once: that takes longer than all else here.
    encoded = [cbor2.dumps(word) for word in words]
    if _joined(encoded) != body:
        raise _unknown_format(path, _ODD)
    language = path.stem.partition("_")[0]
    for first, end in _cut(encoded):
        stem = _write(path, _joined(encoded[first:end]), language)
        yield [_first(words[first]), _first(words[end - 1]), stem]
    path.unlink()


def _joined(words: Sequence[bytes]) -> bytes:
    """Give an array of one array of encoded words."""
    head = io.BytesIO()
    writer = cbor2.CBOREncoder(head)
    for length in (1, len(words)):
        writer.encode_length(_ARRAY, length)
    return head.getvalue() + b"".join(words)


def _cut(words: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Give where each piece begins and ends."""
    first, size = 0, 0
    for at, word in enumerate(words):
        if at > first and size + len(word) > PIECE:
            yield first, at
            first, size = at, 0
        size += len(word)
    if words:
        yield first, len(words)


def _body(path: Path) -> bytes:
    content = gzip.decompress(path.read_bytes())
    if not content.startswith(_SIGNATURE):
        raise _unknown_format(path, _ODD)
    return content.removeprefix(_SIGNATURE)


def _decoded(path: Path, body: bytes) -> Value:
    try:
        value: Value = cbor2.loads(body)
    except (cbor2.CBORDecodeError, ValueError) as error:
        raise _unknown_format(path, str(error)) from error
    return value


def _read(path: Path) -> Value:
    body = _body(path)
    value = _decoded(path, body)
    if cbor2.dumps(value) != body:
        raise _unknown_format(path, _ODD)
    return value


def _replace(path: Path, value: Value, language: str) -> str:
    """Write a file anew in the place of the old one; give its new stem."""
    path.unlink()
    return _write(path, cbor2.dumps(value), language)


def _write(path: Path, body: bytes, language: str) -> str:
    """Write a file beside `path` under a name made of its content, as Pagefind names its files."""
    content = _SIGNATURE + body
    length = len(path.name.split(".")[-2].partition("_")[2])
    stem = f"{language}_{hashlib.sha256(content).hexdigest()[:length]}"
    before, _, _ = path.name.rpartition(path.name.split(".")[-2])
    new = path.with_name(f"{before}{stem}{path.suffix}")
    new.write_bytes(gzip.compress(content, SMALL, mtime=0))
    return new.stem


def _array(value: Value, path: Path, length: int | None = None) -> Sequence[Value]:
    if isinstance(value, list) and length in (None, len(value)):
        return value
    raise _unknown_format(path, "an array is not where Pagefind 1.5.2 puts it")


def _first(entry: Value) -> str:
    return str(entry[0]) if isinstance(entry, list) else ""


def _second(entry: Value) -> str:
    return str(entry[1]) if isinstance(entry, list) else ""


def _unknown_format(path: Path, found: str) -> CorpusError:
    return CorpusError(
        f"{path}: {found}; expected an index of Pagefind 1.5.2: install the pinned version"
    )
