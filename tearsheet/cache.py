"""What earlier builds made, kept in one file that may be deleted at any time.

Takes keys and bytes; gives bytes back. Guarantees that nothing made by other rules is given
(`rules` changes with every byte of this package and of what it is built on), that a build
which is killed loses little, that what two builds have not asked for is dropped, and that a
cache which cannot be read is no worse than none.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

A_BATCH = 200
"""Entries written at once: what a killed build loses at most."""
BUILDS_KEPT = 2
"""Builds after which an entry that none of them asked for is dropped."""
BUILT_ON = ("selectolax", "charset-normalizer", "ahocorasick_rs", "rapidfuzz", "nh3", "msgspec")
_OURS = Path(__file__).resolve().parent
_TABLES = """
create table if not exists entries (key blob primary key, value blob, build integer) without rowid;
create table if not exists builds (number integer, rules text);
"""


class Cache(Protocol):
    """Remembers bytes by key; `keeps` says whether it does."""

    keeps: bool

    def get(self, key: bytes) -> bytes | None:
        """Give what was kept under a key, if anything."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""


class NoCache:
    """Remembers nothing."""

    keeps = False

    def get(self, key: bytes) -> bytes | None:
        """Give nothing."""
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep nothing."""


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
        self._asked.add(key)
        return bytes(row[0])

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self._made[key] = value
        if len(self._made) >= A_BATCH:
            self.keep()

    def keep(self) -> None:
        """Write what is not written yet."""
        made = ((key, value, self._build) for key, value in self._made.items())
        asked = ((self._build, key) for key in sorted(self._asked))
        self._database.executemany("insert or replace into entries values (?, ?, ?)", made)
        self._database.executemany("update entries set build = ? where key = ?", asked)
        self._database.commit()
        self._made, self._asked = {}, set()

    def close(self) -> None:
        """Write the rest, and drop what the last builds have not asked for."""
        self.keep()
        oldest = self._build - BUILDS_KEPT
        self._database.execute("delete from entries where build <= ?", (oldest,))
        self._database.commit()
        self._database.close()


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
    database.executescript(_TABLES)
    row = database.execute("select number, rules from builds").fetchone()
    number = row[0] + 1 if row else 1
    if row and row[1] != rules:
        database.execute("delete from entries")
    database.execute("delete from builds")
    database.execute("insert into builds values (?, ?)", (number, rules))
    database.commit()
    return int(number)


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
