"""Which records tell the same text: exact copies, versions, shared wire copy.

Takes all documents; gives, for each, the others that share its text and how much of it. The
share is counted over exact shingles of five words, so it is a fact and not an estimate; an
index from shingle to documents finds the pairs, with shingles that half the archive has left
out, because they are furniture. No library: MinHash estimates what is counted here, and pays
off beyond some hundred thousand texts. Nothing is merged.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tearsheet.model import TEXT_FATES, Document, SharedText

WORDS_OF_A_SHINGLE = 5
FEWEST_SHINGLES = 20
"""A text of fewer says too little to be told from another."""
LEAST_SHARE = 0.2
"""Of the shorter text: quotations that two reports share come to less, wire copy to more."""
MOST_DOCUMENTS = 60
"""A shingle in more documents than this is furniture of a site and finds no pairs."""
NEAR = 0.9

_WORD = re.compile(r"\w+")


def shared_texts(documents: Mapping[str, Document]) -> Mapping[str, tuple[SharedText, ...]]:
    """Give, by path, the other sources with the same text, the most alike first.

    The order of the documents does not matter; a source that shares nothing is not named.
    """
    shingles = {path: _shingles(documents[path]) for path in sorted(documents)}
    pairs: Counter[tuple[str, str]] = Counter()
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for path, found in shingles.items():
        for one in found:
            holders[one].append(path)
    for several in holders.values():
        if 1 < len(several) <= MOST_DOCUMENTS:
            pairs.update((a, b) for n, a in enumerate(several) for b in several[n + 1 :])
    found_with: defaultdict[str, list[SharedText]] = defaultdict(list)
    for (left, right), common in pairs.items():
        for path, other in ((left, right), (right, left)):
            found_with[path] += _shared(other, common, shingles[path], shingles[other])
    return {
        path: tuple(sorted(found_with[path], key=lambda one: (-one.share, one.path)))
        for path in sorted(found_with)
        if found_with[path]
    }


def _shared(
    other: str, common: int, own: frozenset[int], others: frozenset[int]
) -> Iterator[SharedText]:
    if min(len(own), len(others)) < FEWEST_SHINGLES:
        return
    if common / min(len(own), len(others)) < LEAST_SHARE:
        return
    share, back = common / len(own), common / len(others)
    if own == others:
        yield SharedText(other, round(share, 3), "copy")
    else:
        near = min(share, back) >= NEAR
        yield SharedText(other, round(share, 3), "version" if near else "shared")


def _shingles(document: Document) -> frozenset[int]:
    """Give the shingles of the article's text as numbers that are the same in every build."""
    parts = [document.text[block.start : block.end] for block in document.blocks if block.fate in TEXT_FATES]  # fmt: skip
    words = [word for part in parts for word in _WORD.findall(part.casefold())]
    windows = range(max(0, len(words) - WORDS_OF_A_SHINGLE + 1))
    return frozenset(_number(" ".join(words[at : at + WORDS_OF_A_SHINGLE])) for at in windows)


def _number(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "big")
