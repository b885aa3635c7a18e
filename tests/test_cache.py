"""The cache: what it gives was put in under the same rules, and its loss is no loss."""

import sqlite3
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.archive import open_archive
from tearsheet.batches import Batch, Lines, Pages
from tearsheet.build import assemble, generated_files
from tearsheet.cache import BUILDS_KEPT, NO_CACHE, Cache, opened, rules
from tearsheet.clean.body import REPEATED
from tearsheet.clean.repetition import MOST_COUNTED
from tearsheet.every_source import prepare_all
from tearsheet.pages.catalogue import catalogue
from tearsheet.putaway import Putaway
from tearsheet.records import Records
from tearsheet.workers import A_PORTION, WAITING, Crew, Wanted, made

KEYS = st.dictionaries(st.binary(min_size=1, max_size=4), st.binary(max_size=20), max_size=8)


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def an_archive(folder: Path, pages: int = 12) -> Path:
    (folder / "sources").mkdir(parents=True)
    for number in range(pages):
        text = (
            f"The ferry of Anna Berg ran {number} times\n\n2 March 2019\n\nBerg said so.\n\nShare"
        )
        (folder / "sources" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def everything(batches: Iterable[Batch | Pages | Lines]) -> Mapping[str, bytes]:
    """Make every file, kept or not."""
    found: dict[str, bytes] = {}
    for one in batches:
        if isinstance(one, Lines):
            found[one.path] = b"".join(map(one.line, range(len(one.marks))))
        elif isinstance(one, Pages):
            assert not one.before
            found |= everything(one.new)
        else:
            found |= dict(one.make())
    return found


def files(folder: Path, executor: Executor | None = None, cache: Cache = NO_CACHE) -> Mapping[str, bytes]:  # fmt: skip
    archive = open_archive(folder)
    prepared = prepare_all(archive, silent, executor, cache)
    return everything(generated_files(archive, catalogue(assemble(archive, (), prepared))))


@given(KEYS)
def test_what_is_put_in_comes_out_in_the_next_build(values: Mapping[bytes, bytes]) -> None:
    file = Path(":memory:")
    with opened(file, "rules") as cache:
        for key, value in values.items():
            cache.put(key, value)
        cache.keep()  # type: ignore[attr-defined]  # a FileCache
        assert {key: cache.get(key) for key in values} == values


def test_what_other_rules_made_is_not_given(tmp_path: Path) -> None:
    with opened(tmp_path / "cache", "old") as cache:
        cache.put(b"key", b"value")
    with opened(tmp_path / "cache", "old") as cache:
        assert cache.get(b"key") == b"value"
    with opened(tmp_path / "cache", "new") as cache:
        assert cache.get(b"key") is None


def test_what_nobody_asks_for_is_dropped_and_what_is_asked_for_stays(tmp_path: Path) -> None:
    with opened(tmp_path / "cache", "rules") as cache:
        cache.put(b"asked", b"1")
        cache.put(b"touched", b"2")
        for number in range(3):
            cache.put(str(number).encode(), b"3")
    for _ in range(BUILDS_KEPT + 1):
        with opened(tmp_path / "cache", "rules") as cache:
            assert cache.get(b"asked") == b"1"
            cache.touch(b"touched")
    with opened(tmp_path / "cache", "rules") as cache:
        assert all(cache.get(str(number).encode()) is None for number in range(3))
        assert cache.get(b"touched") == b"2"


def test_a_little_that_nobody_asks_for_may_stay(tmp_path: Path) -> None:
    keys = [str(number).encode() for number in range(100)]
    with opened(tmp_path / "cache", "rules") as cache:
        for key in keys:
            cache.put(key, key)
    for _ in range(BUILDS_KEPT + 1):
        with opened(tmp_path / "cache", "rules") as cache:
            assert all(cache.get(key) == key for key in keys[1:])
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache.get(keys[0]) == keys[0]


def test_what_is_put_again_does_not_crowd_others_out(tmp_path: Path) -> None:
    keys = [str(number).encode() for number in range(10)]
    with opened(tmp_path / "cache", "rules") as cache:
        for key in keys:
            cache.put(key, key)
    for _ in range(BUILDS_KEPT + 1):
        with opened(tmp_path / "cache", "rules") as cache:
            cache.touch(*keys[1:6])
            for _ in range(9):
                cache.put(keys[0], keys[0])
                cache.keep()  # type: ignore[attr-defined]  # a FileCache
    with opened(tmp_path / "cache", "rules") as cache:
        assert all(cache.get(key) == key for key in keys)


@given(KEYS, st.frozensets(st.binary(min_size=1, max_size=4), max_size=4))
def test_it_tells_what_it_holds(values: Mapping[bytes, bytes], others: frozenset[bytes]) -> None:
    with opened(Path(":memory:"), "rules") as cache:
        for number, (key, value) in enumerate(values.items()):
            cache.put(key, value)
            if number == 2:
                cache.keep()  # type: ignore[attr-defined]  # a FileCache
        assert cache.holds(*values, *values)
        assert cache.holds(*others) == (others <= values.keys())


def test_a_cache_of_another_format_is_made_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "cache")
    database.executescript("create table builds (number integer); insert into builds values (1);")
    database.close()
    with opened(tmp_path / "cache", "rules") as cache:
        cache.put(b"key", b"value")
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache.get(b"key") == b"value"


def test_a_killed_build_leaves_what_it_had_made(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), opened(tmp_path / "cache", "rules") as cache:
        cache.put(b"key", b"value")
        raise KeyboardInterrupt
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache.get(b"key") == b"value"


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"this is no database, however long one looks at it" * 99)
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache.get(b"key") is None
        cache.put(b"key", b"value")
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache.get(b"key") == b"value"


def test_a_cache_that_another_build_holds_is_done_without(tmp_path: Path) -> None:
    with opened(tmp_path / "cache", "rules") as cache:
        cache.put(b"key", b"value")
    other = sqlite3.connect(tmp_path / "cache", isolation_level=None)
    other.execute("begin exclusive")
    with opened(tmp_path / "cache", "rules") as cache:
        assert cache is NO_CACHE
    other.close()


def test_the_rules_are_the_same_until_a_file_changes() -> None:
    assert rules() == rules()


@given(st.lists(st.integers(0, 50), max_size=3 * A_PORTION * WAITING), st.booleans())
def test_results_come_in_order_whatever_is_known_and_wherever_they_are_made(
    numbers: list[int], elsewhere: bool
) -> None:
    known = {str(number).encode(): str(number).encode() for number in numbers if number % 2}

    class Known:
        keeps = True

        def get(self, key: bytes) -> bytes | None:
            return known.get(key)

        def put(self, key: bytes, value: bytes) -> None:
            assert key == value
            assert int(key) % 2 == 0

        def touch(self, *keys: bytes) -> None:
            """Nothing is dropped here."""

        def holds(self, *keys: bytes) -> bool:
            return known.keys() >= set(keys)

    wanted = [Wanted(str(n).encode(), lambda n=n: n) for n in numbers]  # type: ignore[misc]  # a default
    with ThreadPoolExecutor(2) as pool:
        results = list(made(wanted, lambda n: str(n).encode(), pool if elsewhere else None, Known()))  # fmt: skip
    assert results == [str(number).encode() for number in numbers]


def test_the_cache_and_the_executor_change_no_page(tmp_path: Path) -> None:
    folder = an_archive(tmp_path / "archive")
    clean = files(folder)
    with opened(tmp_path / "cache", "rules") as cache, ThreadPoolExecutor(2) as pool:
        assert files(folder, pool, cache) == clean
    with opened(tmp_path / "cache", "rules") as cache:
        assert files(folder, None, cache) == clean


class Watching:
    """A cache that tells what it did not know."""

    keeps = True

    def __init__(self, cache: Cache) -> None:
        self.cache, self.new = cache, 0

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept."""
        found = self.cache.get(key)
        self.new += found is None
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self.cache.put(key, value)

    def touch(self, *keys: bytes) -> None:
        """Take entries as asked for."""
        self.cache.touch(*keys)

    def holds(self, *keys: bytes) -> bool:
        """Say whether something is kept under each of these keys."""
        return self.cache.holds(*keys)


def test_an_added_source_leaves_what_was_made_of_the_others(tmp_path: Path) -> None:
    folder = an_archive(tmp_path / "archive")
    with opened(tmp_path / "cache", "rules") as cache:
        files(folder, None, cache)
    (folder / "sources" / "new.txt").write_text("A word on gulls.\n\nShare", encoding="utf-8")
    with opened(tmp_path / "cache", "rules") as cache:
        watching = Watching(cache)
        assert files(folder, None, watching) == files(folder)
    assert watching.new == 2  # a glance at the new one, and its preparation


def test_what_is_made_anew_and_comes_out_the_same_is_taken_as_it_was(tmp_path: Path) -> None:
    folder, all_anew = an_archive(tmp_path / "archive", pages=3), 3
    with opened(tmp_path / "cache", "rules") as cache:
        before = prepare_all(open_archive(folder), silent, None, cache)
    said = "Of gulls.\n\n2 March 2019\n\nShare"  # the day stands in one source more
    (folder / "sources" / "new.txt").write_text(said, encoding="utf-8")
    with opened(tmp_path / "cache", "rules") as cache:
        watching = Watching(cache)
        after = prepare_all(open_archive(folder), silent, None, watching)
    assert watching.new == 2 + all_anew
    assert {one.mark for one in before} < {one.mark for one in after}


def test_a_text_in_a_language_that_is_not_read_is_not_read_again_for_its_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "archive").mkdir()
    for number in range(3):
        said = f"Am {number}. Tag stand das Wasser im Hafen so hoch wie nie, und die Leute gingen."
        (folder / f"{number}.txt").write_text(f"{said} {said}", encoding="utf-8")
    archive = open_archive(folder)
    for last in (False, True):
        with opened(tmp_path / "cache", "rules") as cache, monkeypatch.context() as patch:
            prepared = prepare_all(archive, silent, None, cache)
            if last:
                patch.setattr(Putaway, "_away", None)
            corpus = assemble(archive, (), prepared, crew=Crew(None, cache))
        told = Records.of(corpus.records).told
        notes = [note for one in told.values() for note in one.added]
        assert [note.kind for note in notes] == ["language"] * 3


def test_counts_stop_no_earlier_than_a_step_looks() -> None:
    assert REPEATED <= MOST_COUNTED
