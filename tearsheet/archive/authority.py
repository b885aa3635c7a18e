"""Read authority.yml: the people, organisations, places and events that the editor vouches for."""

from collections.abc import Container, Iterator

from tearsheet.archive.didyoumean import did_you_mean
from tearsheet.archive.handwritten import Handwritten
from tearsheet.archive.settings import is_web_address
from tearsheet.archive.strict import Problems, entry_of, list_at
from tearsheet.model import Authority
from tearsheet.slugs import RESERVED, slug

WRITTEN_NAMES = {"not": "never"}


def authority_of(file: Handwritten | None, problems: Problems) -> tuple[Authority, ...]:
    """Give every entry in the order of the file; what is wrong goes to `problems`."""
    if file is None or file.problems:
        return ()
    made: dict[str, Authority] = {}
    for number, value in enumerate(list_at(file, file.value, (), problems)):
        entry = entry_of(Authority, file, value, (number,), problems, WRITTEN_NAMES)
        if entry is not None:
            for problem in _wrong_with(entry, made):
                problems.add(f"{file.where((number,))}: {problem}")
            made.setdefault(entry.id, entry)
    return tuple(made.values())


def _wrong_with(entry: Authority, before: Container[str]) -> Iterator[str]:
    if entry.id != slug(entry.id):
        yield (
            f"found the id '{entry.id}', expected small letters, digits and hyphens, "
            f"such as '{slug(entry.id)}': it becomes an address"
        )
    elif entry.id in RESERVED:
        yield f"the id '{entry.id}' is the address of an index page; choose another"
    if entry.id in before:
        yield f"the id '{entry.id}' stands twice; give each entry its own"
    if not entry.label.strip():
        yield "found an empty label, expected the name as it is to be shown"
    if entry.id in entry.never:
        yield f"'not' names '{entry.id}' itself; name the entries it must not be merged with"
    if entry.coordinates and not _on_earth(*entry.coordinates):
        yield (
            f"coordinates: found {list(entry.coordinates)}, expected degrees of latitude (-90 to "
            "90) and longitude (-180 to 180), such as [33.34, 44.4]"
        )
    for address in entry.same_as:
        if not is_web_address(address):
            yield f"same_as: found '{address}', expected an address that begins with https://"


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180


def unknown_ids(entries: tuple[Authority, ...]) -> tuple[str, ...]:
    """Warn of every id under `not` that no entry has."""
    known = {entry.id for entry in entries}
    return tuple(
        f"authority.yml: '{entry.id}' must not be merged with '{other}', but no entry has that "
        f"id{did_you_mean(other, known)}; correct it or add the entry"
        for entry in entries
        for other in entry.never
        if other not in known
    )
