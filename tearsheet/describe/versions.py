"""Which records tell the same text: exact copies, versions, shared wire copy.

Takes all documents; gives, for each, the others that share its text and how much of it. The
share is counted over exact shingles of five words, so it is a fact and not an estimate; an
index from shingle to documents finds the pairs, with shingles that half the archive has left
out, because they are furniture. No library: MinHash estimates what is counted here, and pays
off beyond some hundred thousand texts. Nothing is merged.
"""

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from tearsheet.digests import number_of_word
from tearsheet.model import TEXT_FATES, Document, SharedText

WORDS_OF_A_SHINGLE = 5
FEWEST_SHINGLES = 20
"""A text of fewer says too little to be told from another."""
LEAST_SHARE = 0.2
"""Of the shorter text: quotations that two reports share come to less, wire copy to more."""
MOST_DOCUMENTS = 60
"""A shingle in more documents than this is furniture of a site and finds no pairs."""
NEAR = 0.9
PARTS = 16
"""The shingles are compared in so many portions: all those of 10,000 articles at once would
take more than a gigabyte."""

PRIME = 2**64 - 59
BASE = 0x9E3779B97F4A7C15
"""Any large number will do: this is 2^64 over the golden ratio."""
GONE = pow(BASE, WORDS_OF_A_SHINGLE, PRIME)
"""What the first word of a run weighs once the next has come."""

Numbers: TypeAlias = "array[int]"
Found: TypeAlias = Mapping[str, tuple[SharedText, ...]]

_WORD = re.compile(r"\w+")


def shared_texts(documents: Mapping[str, Document]) -> Found:
    """Give, by path, the other sources with the same text, the most alike first.

    The order of the documents does not matter; a source that shares nothing is not named.
    """
    return shared_of({path: array("Q", shingles(documents[path])) for path in documents})


def shared_of(found: Mapping[str, Numbers]) -> Found:
    """Give what `shared_texts` does, of the shingles of each document."""
    paths = sorted(found)
    rows = [found[path] for path in paths]
    return in_order(
        row
        for (left, right), common in _common(rows).items()
        for row in of_pair((paths[left], paths[right]), common, rows[left], rows[right])
    )


def in_order(rows: Iterable[tuple[str, SharedText]]) -> Found:
    """Give rows by the path that each is of, the most alike first."""
    found: defaultdict[str, list[SharedText]] = defaultdict(list)
    for path, row in rows:
        found[path].append(row)
    return {
        path: tuple(sorted(found[path], key=lambda one: (-one.share, one.path)))
        for path in sorted(found)
    }


def of_pair(
    paths: tuple[str, str], common: int, left: Numbers, right: Numbers
) -> Iterator[tuple[str, SharedText]]:
    """Give what each of two documents shares with the other, where it is enough to be told."""
    yield from ((paths[0], row) for row in _shared(paths[1], common, left, right))
    yield from ((paths[1], row) for row in _shared(paths[0], common, right, left))


def _common(found: Sequence[Numbers]) -> Counter[tuple[int, int]]:
    """Count the shingles that each two documents, by their place in `found`, have in common."""
    pairs: Counter[tuple[int, int]] = Counter()
    at = [0] * len(found)
    for part in range(1, PARTS + 1):
        limit = part * (2**64 // PARTS)
        holders: dict[int, int] = {}
        several: defaultdict[int, list[int]] = defaultdict(list)
        for index, numbers in enumerate(found):
            end = bisect_left(numbers, limit, at[index]) if part < PARTS else len(numbers)
            for one in numbers[at[index] : end]:
                if holders.setdefault(one, index) != index:
                    several[one].append(index)
            at[index] = end
        for one, others in several.items():
            if len(others) < MOST_DOCUMENTS:
                pairs.update(combinations((holders[one], *others), 2))
    return pairs


def tells(common: int, left: int, right: int) -> bool:
    """Say whether it is enough to be told if two texts of so many shingles have so many in common."""
    shorter = min(left, right)
    return shorter >= FEWEST_SHINGLES and common / shorter >= LEAST_SHARE


def _shared(other: str, common: int, own: Numbers, others: Numbers) -> Iterator[SharedText]:
    if not tells(common, len(own), len(others)):
        return
    share, back = common / len(own), common / len(others)
    if own == others:
        yield SharedText(other, round(share, 3), "copy")
    else:
        near = min(share, back) >= NEAR
        yield SharedText(other, round(share, 3), "version" if near else "shared")


def shingles(document: Document) -> bytes:
    """Give the shingles of the article's text as sorted numbers of eight bytes, once each."""
    parts = [document.text[block.start : block.end] for block in document.blocks if block.fate in TEXT_FATES]  # fmt: skip
    words = [word for part in parts for word in _WORD.findall(part.casefold())]
    return array("Q", sorted(set(_rolled([number_of_word(word) for word in words])))).tobytes()


def _rolled(numbers: Sequence[int]) -> Iterator[int]:
    """Give the number of each run of words: a polynomial of theirs over the last prime below 2^64
    (Karp and Rabin 1987), each made of the one before by the word that comes and the one that
    goes, in a tenth of the time that a digest of the words takes.
    """
    found = 0
    for number in numbers[:WORDS_OF_A_SHINGLE]:
        found = (found * BASE + number) % PRIME
    if len(numbers) >= WORDS_OF_A_SHINGLE:
        yield found
    for goes, comes in zip(numbers, numbers[WORDS_OF_A_SHINGLE:], strict=False):
        found = (found * BASE + comes - goes * GONE) % PRIME
        yield found
