"""Words joined since the last build are those that are joined from nothing."""

import hashlib
import shutil
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet.search.joining import joined_since, joined_words
from tearsheet.search.words import Places, Variant, Word, write_words

FORMS = ("cafe", "crate", "lamp", "quay", "порт")
PLACES = st.builds(
    Places, st.just(1), st.integers(0, 1), st.integers(2, 3), st.sampled_from((b"r", b"s"))
)
BLOCK = st.dictionaries(st.sampled_from(FORMS), st.tuples(PLACES, st.booleans()), max_size=4)
BLOCKS = st.lists(BLOCK, min_size=4, max_size=6)
EDITS = st.lists(st.tuples(st.integers(0, 9), BLOCK, st.sampled_from((4, 4, 4, 5))), max_size=4)


def laid(shelf: Path, block: dict[str, tuple[Places, bool]]) -> Path:
    """Lay a block down in a folder named after what it holds."""
    words = [
        Word(form, places, (Variant(f"{form}́", places),) if accented else ())
        for form, (places, accented) in sorted(block.items())
    ]
    folder = shelf / hashlib.sha256(repr(words).encode()).hexdigest()[:9]
    folder.mkdir(exist_ok=True)
    write_words(folder / "words", words)
    return folder


@settings(suppress_health_check=list(HealthCheck))
@given(BLOCKS, EDITS, st.booleans())
def test_what_is_joined_since_is_what_is_joined(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[dict[str, tuple[Places, bool]]],
    edits: Sequence[tuple[int, dict[str, tuple[Places, bool]], int]],
    cleared: bool,
) -> None:
    shelf, blocks = tmp_path_factory.mktemp("shelf"), [*first]
    sizes = [4] * len(blocks)
    for at, block, size in [(0, first[0], 4), *edits]:
        blocks[at % len(blocks)], sizes[at % len(blocks)] = block, size
        folders = [laid(shelf, one) for one in blocks]
        offsets = [0, *accumulate(sizes)]
        found = [*joined_since(folders, offsets, shelf / "kept")]
        assert found == [*joined_words(folders, offsets)]
        for folder in {*shelf.glob("*/")} - {*folders} if cleared else ():
            shutil.rmtree(folder)  # as the shelf does at the end of a build


def test_what_is_kept_and_cannot_be_read_is_none(tmp_path: Path) -> None:
    folders = [laid(tmp_path, {"lamp": (Places(1, 0, 0, b"r"), False)})]
    expected = [*joined_words(folders, [0])]
    for content in (b"", b"\x93", b"half"):
        (tmp_path / "kept").write_bytes(content)
        assert [*joined_since(folders, [0], tmp_path / "kept")] == expected


def test_a_block_that_is_gone_before_its_time_is_no_trouble(tmp_path: Path) -> None:
    blocks = [{form: (Places(1, 0, 0, b"r"), False)} for form in FORMS]
    folders = [laid(tmp_path, block) for block in blocks]
    offsets = [*range(len(folders))]
    assert [*joined_since(folders, offsets, tmp_path / "kept")]
    shutil.rmtree(folders[1])
    for at in (1, 3):
        folders[at] = laid(tmp_path, {f"weir{at}": (Places(1, 0, 0, b"r"), False)})
    found = [*joined_since(folders, offsets, tmp_path / "kept")]
    assert found == [*joined_words(folders, offsets)]
