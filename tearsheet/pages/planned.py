"""Pages that are to be made, if they are not there yet."""

from collections.abc import Callable, Iterable

import msgspec

from tearsheet.digests import digest
from tearsheet.model import Page


class Planned(msgspec.Struct, frozen=True):
    """Pages that are made together; `mark` tells apart all that they depend on ("": not known)."""

    name: str
    mark: str
    make: Callable[[], Iterable[Page]]


def mark_of(shown: tuple[object, ...] | None) -> str:
    """Give the mark of all that pages depend on; of what is not known there is none."""
    return "" if shown is None else digest(shown)
