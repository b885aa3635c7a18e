"""What earlier builds made, kept in one file that may be deleted at any time.

Takes keys and bytes; gives bytes back. Guarantees that nothing made by other rules is given
(`rules` changes with every byte of this package and of what it is built on), that a build
which is killed loses little, that what the last builds have not asked for is dropped before it
outgrows the rest, and that a cache which cannot be read is no worse than none.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

A_BATCH = 200
"""Entries written at once: what a killed build loses at most."""
BUILDS_KEPT = 3
"""Builds of which it is remembered what they asked for."""
MOST_LEFT_OVER = 0.5
"""Of the entries may be such that none of those builds asked for: then they are dropped. Marking
every entry that a build reads cost more than half a second for 10,000 sources."""
MARK = 8
"""Bytes of a key by which it is remembered that it was asked for."""
FORMAT = 3
"""Of the tables: those of any other are thrown away."""
PAGE = 16_384
"""Bytes of a page of the file. With it, and values in the order in which they came rather than
in that of their keys (`without rowid`), one of 40 KB is written in a fifth of the time and read
in a quarter.
"""
BUILT_ON = ("selectolax", "charset-normalizer", "ahocorasick_rs", "rapidfuzz", "nh3", "msgspec")
_OURS = Path(__file__).resolve().parent
_NO_TABLES = f"""
drop table if exists entries;
drop table if exists builds;
drop table if exists asked;
pragma user_version = {FORMAT};
"""
_TABLES = """
create table if not exists entries (key blob primary key, value blob);
create table if not exists builds (number integer, rules text, held integer);
create table if not exists asked (build integer primary key, marks blob);
"""


class Cache(Protocol):
    """Remembers bytes by key; `keeps` says whether it does."""

    keeps: bool

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept under a key, if anything."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""

    def touch(self, *keys: bytes) -> None:
        """Take entries as asked for without reading them."""

    def holds(self, *keys: bytes) -> bool:
        """Say whether something is kept under each of these keys."""


class NoCache:
    """Remembers nothing."""

    keeps = False

    def get(self, key: bytes) -> bytes | None:
        """Give nothing."""
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep nothing."""

    def touch(self, *keys: bytes) -> None:
        """Do nothing."""

    def holds(self, *keys: bytes) -> bool:
        """Say that nothing is kept."""
        return not keys


NO_CACHE = NoCache()


class FileCache:
    """A cache in an SQLite database; see `opened`."""

    keeps = True

    def __init__(self, database: sqlite3.Connection, build: int) -> None:
        self._database, self._build = database, build
        self._asked: set[bytes] = set()
        self._made: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept under a key, if anything."""
        if key in self._made:
            return self._made[key]
        row = self._database.execute("select value from entries where key = ?", (key,)).fetchone()
        if row is None:
            return None
        self.touch(key)
        return bytes(row[0])

    def touch(self, *keys: bytes) -> None:
        """Take entries as asked for without reading them."""
        self._asked.update(map(_mark, keys))

    def holds(self, *keys: bytes) -> bool:
        """Say whether something is kept under each of these keys."""
        asked = [key for key in dict.fromkeys(keys) if key not in self._made]
        places = ",".join("?" * len(asked))
        count = f"select count(*) from entries where key in ({places})"  # noqa: S608  # question marks
        return bool(self._database.execute(count, asked).fetchone() == (len(asked),))

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self.touch(key)
        self._made[key] = value
        if len(self._made) >= A_BATCH:
            self.keep()

    def keep(self) -> None:
        """Write what is not written yet."""
        self._database.executemany("insert or replace into entries values (?, ?)", self._made.items())  # fmt: skip
        self._database.execute("update builds set held = held + ?", (len(self._made),))
        self._database.commit()
        self._made = {}

    def close(self) -> None:
        """Write the rest, and drop what is of no use where that has become much."""
        self.keep()
        last = self._build - BUILDS_KEPT
        self._database.execute("delete from asked where build <= ?", (last,))
        marks = b"".join(sorted(self._asked))
        self._database.execute("insert into asked values (?, ?)", (self._build, marks))
        self._drop_left_over()
        self._database.commit()
        self._database.close()

    def _drop_left_over(self) -> None:
        (held,) = self._database.execute("select held from builds").fetchone()
        if held - len(self._asked) <= MOST_LEFT_OVER * held:
            return
        # What was put again was counted again.
        (held,) = self._database.execute("select count(*) from entries").fetchone()
        self._database.execute("update builds set held = ?", (held,))
        most = MOST_LEFT_OVER * held
        useful: set[bytes] = set()
        for (marks,) in self._database.execute("select marks from asked"):
            useful.update(marks[at : at + MARK] for at in range(0, len(marks), MARK))
        if held - len(useful) <= most:
            return
        keys = [key for (key,) in self._database.execute("select key from entries")]
        left_over = [(key,) for key in keys if _mark(key) not in useful]
        self._database.executemany("delete from entries where key = ?", left_over)
        self._database.execute("update builds set held = ?", (len(keys) - len(left_over),))


def _mark(key: bytes) -> bytes:
    return key[:MARK].ljust(MARK, b"\0")


@contextmanager
def opened(file: Path, rules: str) -> Iterator[Cache]:
    """Open the cache in `file`, which holds what was made by these rules and nothing else.

    One that is damaged, or in use by another build, is done without.
    """
    cache = _open(file, rules)
    if cache is None:
        yield NO_CACHE
        return
    try:
        yield cache
    finally:
        with suppress(sqlite3.Error):
            cache.close()


def _open(file: Path, rules: str) -> FileCache | None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        try:
            return FileCache(database := sqlite3.connect(file, timeout=1), _begun(database, rules))
        except sqlite3.OperationalError:
            return None  # in use, or a disk that is full or can only be read
        except sqlite3.DatabaseError:
            file.unlink(missing_ok=True)  # no database of ours any more: begin anew
    return None


def _begun(database: sqlite3.Connection, rules: str) -> int:
    """Count one build more; where the last one went by other rules, forget what it left."""
    database.execute(f"pragma page_size = {PAGE}")
    if database.execute("pragma user_version").fetchone() != (FORMAT,):
        database.executescript(_NO_TABLES)
    database.executescript(_TABLES)
    row = database.execute("select number, rules, held from builds").fetchone()
    number, former, held = row or (0, rules, 0)
    if former != rules:
        database.execute("delete from entries")
        held = 0
    database.execute("delete from builds")
    database.execute("insert into builds values (?, ?, ?)", (number + 1, rules, held))
    database.commit()
    return int(number) + 1


@cache
def rules() -> str:
    """Give what the results of all steps depend on besides their arguments: our own files, the
    interpreter, the libraries that read and compare.
    """
    found = hashlib.sha256(repr((sys.version, [(one, version(one)) for one in BUILT_ON])).encode())
    for file in sorted(_OURS.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            found.update(file.relative_to(_OURS).as_posix().encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
