"""Check what an editor wrote against one of our values, and name everything wrong with it.

Takes a read file and a place in it; gives the value, or None with the problems told to
`Problems`. A message names file, line and place, what was found, what was expected and what
to do. Unknown keys are refused, because a misspelt one would be silently without effect.
"""

import types
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo, fields

from tearsheet.archive.didyoumean import did_you_mean, listed
from tearsheet.archive.handwritten import Handwritten, Place, Value

T = TypeVar("T")
TRUTH = {"yes": True, "on": True, "no": False, "off": False}


class Problems(msgspec.Struct):
    """Every problem found so far: the build stops once, with all of them."""

    found: list[str] = msgspec.field(default_factory=list)

    def add(self, problem: str) -> None:
        """Keep one more problem."""
        self.found.append(problem)


def mapping_at(
    file: Handwritten, value: Value, place: Place, keys: str, problems: Problems
) -> dict[str, Value]:
    """Give the mapping that is expected here; else an empty one and a problem."""
    if isinstance(value, dict):
        return value
    if value is not None:
        problems.add(f"{file.where(place)}: found {describe_value(value)}, expected {keys}")
    return {}


def list_at(file: Handwritten, value: Value, place: Place, problems: Problems) -> list[Value]:
    """Give the list that is expected here; else an empty one and a problem."""
    if isinstance(value, list):
        return value
    if value is not None:
        found = describe_value(value)
        problems.add(f"{file.where(place)}: found {found}, expected a list (lines that begin with '- ')")  # fmt: skip
    return []


def entry_of(
    kind: type[T],
    file: Handwritten,
    value: Value,
    place: Place,
    problems: Problems,
    names: Mapping[str, str] | None = None,
) -> T | None:
    """Make a value of a kind from a mapping; `names` maps written keys to our fields."""
    written_as = {ours: written for written, ours in (names or {}).items()}
    known = {written_as.get(f.name, f.name): f for f in _fields(kind)}  # type: ignore[arg-type]  # classes can be hashed, also those of a variable
    if not isinstance(value, dict):
        expected = f"keys and values ({listed(known, 'and')})"
        problems.add(f"{file.where(place)}: found {describe_value(value)}, expected {expected}")
        return None
    before = len(problems.found)
    refuse_unknown(file, value, place, tuple(known), problems)
    hints = _hints(kind)  # type: ignore[arg-type]  # classes can be hashed, also those of a variable
    made: dict[str, object] = {}
    for key, one in known.items():
        if value.get(key) is None:
            if one.required:
                problems.add(f"{file.where(place)}: found no '{key}'; add {key}: {_expected(hints[one.name])}")  # fmt: skip
            continue
        converted = _convert(value[key], hints[one.name])
        if converted is None:
            found = describe_value(value[key])
            near = _near(value[key], hints[one.name])
            problems.add(f"{file.where((*place, key))}: found {found}, expected {_expected(hints[one.name])}{near}")  # fmt: skip
        made[one.name] = converted
    return kind(**made) if len(problems.found) == before else None


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    return fields(kind)


@cache
def _hints(kind: type[object]) -> Mapping[str, Any]:
    """Give the types of a kind's fields: to look them up takes as long as all else here."""
    return get_type_hints(kind)


def refuse_unknown(
    file: Handwritten,
    value: Mapping[str, Value],
    place: Place,
    known: tuple[str, ...],
    problems: Problems,
) -> None:
    """Tell of every key that we do not know, and which was probably meant."""
    for key in value:
        if key not in known:
            near = did_you_mean(key, known)
            use = f"use {listed(known)}"
            problems.add(f"{file.where((*place, key))}: unknown key '{key}'{near}; {use}")


def describe_value(value: Value) -> str:
    """Say in a few words what was found."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"'{value if len(value) <= 60 else value[:59] + '…'}'"
    return "a list" if isinstance(value, list) else "keys and values"


def _options(hint: object) -> tuple[str, ...]:
    hint = _inner(hint)
    if get_origin(hint) is Literal:
        return get_args(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return tuple(hint)
    return ()


def _inner(hint: object) -> object:
    """Give `X` for `X | None`."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _expected(hint: object) -> str:
    inner = _inner(hint)
    if options := _options(hint):
        return listed(options)
    if inner is bool:
        return "true or false"
    if inner is int:
        return "a whole number"
    return "a list such as [one, two]" if get_origin(inner) is tuple else "a text"


def _near(value: Value, hint: object) -> str:
    return did_you_mean(value, _options(hint)) if isinstance(value, str) else ""


def _convert(value: Value, hint: object) -> object:
    inner = _inner(hint)
    if inner is str:
        return value if isinstance(value, str) else None
    if inner is bool and isinstance(value, str) and value.lower() in TRUTH:
        return TRUTH[value.lower()]
    if isinstance(value, list) and any(not isinstance(one, str) for one in value):
        return None
    try:
        converted: object = msgspec.convert(value, inner, strict=False)
    except msgspec.ValidationError:
        return None
    return converted
