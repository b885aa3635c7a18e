"""The checksums of sources that look as they did when they were last read.

Takes source files and a cache; gives a checksum without reading, as git does: by size, times
and inode. `build_corpus.py check` reads every byte.
"""

import msgspec

from tearsheet.archive.register import fixity
from tearsheet.cache import Cache
from tearsheet.model import SourceFile

_KEY = b"looks".ljust(32, b"\0")
_Seen = dict[str, tuple[tuple[int, ...], str]]
_IN = msgspec.msgpack.Decoder(_Seen)


class Looks:
    """How files looked from outside when they were read, and what their checksums were."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        packed = cache.get(_KEY)
        self._before: _Seen = _IN.decode(packed) if packed else {}
        self._now: _Seen = {}

    def checksum(self, file: SourceFile) -> str | None:
        """Give a file's checksum, or None where it must be read."""
        look = _look(file)
        before = self._before.get(file.path)
        if look is None or before is None or before[0] != look:
            return None
        self._now[file.path] = before
        return before[1]

    def saw(self, file: SourceFile, content: bytes) -> str:
        """Remember a file that was read; give its checksum."""
        checksum, look = fixity(content), _look(file)
        if look is not None and look[0] == len(content):
            self._now[file.path] = (look, checksum)
        return checksum

    def keep(self) -> None:
        """Write down what was seen."""
        if self._now != self._before:
            self._cache.put(_KEY, msgspec.msgpack.encode(self._now))


def _look(file: SourceFile) -> tuple[int, ...] | None:
    try:
        seen = file.file.stat()
    except OSError:
        return None
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino
