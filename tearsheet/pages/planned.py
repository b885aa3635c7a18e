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


class Listing(msgspec.Struct, frozen=True):
    """A list of records on one page or more, planned where `told`, which tells apart all that its
    rows show ("": not known), is not what it was.
    """

    name: str
    told: str
    plan: Callable[[], Iterable[Planned]]


class Listed(msgspec.Struct, array_like=True, frozen=True):
    """A list as it was planned: what it told, and on how many pages."""

    told: str
    pages: int


def page_names(name: str, pages: int) -> list[str]:
    """Give the paths of a list's pages without their ending: `path`, then `path/page-2` and so on."""
    folder = name.removesuffix("/index")
    return [name, *(f"{folder}/page-{number}" for number in range(2, pages + 1))]


def planned_as(path: str) -> str:
    """Give the name under which a list's page is planned."""
    return f"list {path}"


def mark_of(shown: tuple[object, ...] | None) -> str:
    """Give the mark of all that pages depend on; of what is not known there is none."""
    return "" if shown is None else digest(shown)
