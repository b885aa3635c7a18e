"""Read YAML and JSON that people write by hand, as the words they wrote.

Takes the file's bytes; gives text, lists and mappings only: `2021`, `no` and `2019-03-01`
come out as written, an empty value as None. Duplicate keys, aliases (a file of a few lines
can stand for gigabytes) and anything that does not parse are problems, each with its line.
"""

import json
from collections.abc import Mapping

import msgspec
import yaml

Value = str | None | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

LONGEST = 20_000_000
DEEPEST = 40
"""Levels: what an editor writes has four. Deeper nesting is an attack or an accident."""
NOTHING_WORDS = frozenset(("", "~", "null", "Null", "NULL"))


class Handwritten(msgspec.Struct, frozen=True):
    """What a file says, and the line on which each of its values stands."""

    name: str
    value: Value = None
    lines: Mapping[Place, int] = msgspec.field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def where(self, place: Place) -> str:
        """Name a place for a message: `decisions.yml line 12, names [2] verdict`."""
        line = next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), None)  # fmt: skip
        at = f" line {line}" if line else ""
        words = " ".join(f"[{one + 1}]" if isinstance(one, int) else one for one in place)
        return f"{self.name}{at}, {words}" if words else f"{self.name}{at}"


def read_yaml(name: str, content: bytes) -> Handwritten:
    """Read YAML strictly; what is wrong with it stands in `problems`, with its line."""
    try:
        text = _text(content)
        trouble = _refuse_tricks(text)
        if trouble:
            return Handwritten(name, problems=(f"{name} {trouble}",))
        node = yaml.compose(text, Loader=_LOADER)
    except (UnicodeDecodeError, _TooLong) as error:
        return Handwritten(name, problems=(f"{name}: {_undecoded(error)}",))
    except yaml.YAMLError as error:
        return Handwritten(name, problems=(f"{name}{_explained(error)}",))
    lines: dict[Place, int] = {}
    problems: list[str] = []
    value = _value(node, (), lines, problems) if node is not None else None
    return Handwritten(name, value, lines, tuple(f"{name} {problem}" for problem in problems))


def read_json(name: str, content: bytes) -> Handwritten:
    """Read JSON strictly, its numbers and truth values as the words that stand there."""
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        seen: dict[str, Value] = {}
        for key, value in pairs:
            if key in seen:
                doubled.append(key)
            seen.setdefault(key, value)
        return seen

    try:
        parsed = json.loads(_text(content), object_pairs_hook=once, parse_int=str, parse_float=str)
    except (UnicodeDecodeError, _TooLong) as error:
        return Handwritten(name, problems=(f"{name}: {_undecoded(error)}",))
    except json.JSONDecodeError as error:
        why = f"{name} line {error.lineno}: found no JSON: {error.msg}; expected an object of keys and values"  # fmt: skip
        return Handwritten(name, problems=(why,))
    except RecursionError:
        return Handwritten(name, problems=(f"{name}: found values nested too deeply to be read",))
    problems = tuple(f"{name}: the key '{key}' stands twice; keep one of them" for key in doubled)
    return Handwritten(name, _words(parsed), problems=problems)


class _TooLong(ValueError):
    """A file of settings that is far larger than anybody writes."""


_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _text(content: bytes) -> str:
    if len(content) > LONGEST:
        raise _TooLong
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding)


def _undecoded(error: Exception) -> str:
    if isinstance(error, _TooLong):
        return f"found more than {LONGEST // 1_000_000} MB; expected a file written by hand"
    return "found bytes that are no UTF-8; save the file as UTF-8"


def _explained(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f" line {mark.line + 1}" if mark else ""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    return f"{line}: found no YAML: {problem}; quote texts that hold ': ' or '#', and indent with spaces"


def _refuse_tricks(text: str) -> str | None:
    """Look at the events before anything is built of them; say what is refused, and where."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            return f"line {line}: found the alias '*{event.anchor}'; write the value out instead"
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return f"line {line}: found values nested more than {DEEPEST} deep; write them flat"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[str]) -> Value:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*place, n), lines, problems) for n, one in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, lines, problems)
    plain = not getattr(node, "style", None)  # None or "" by the loader
    return None if plain and node.value in NOTHING_WORDS else str(node.value)


def _mapping(
    node: yaml.MappingNode, place: Place, lines: dict[Place, int], problems: list[str]
) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(f"line {line}: found a list or mapping as a key; expected a word")
        elif key.value in made:
            problems.append(f"line {line}: the key '{key.value}' stands twice; keep one of them")
        else:
            made[key.value] = _value(value, (*place, key.value), lines, problems)
            lines[(*place, key.value)] = line
    return made


def _words(parsed: object) -> Value:
    if isinstance(parsed, dict):
        return {str(key): _words(value) for key, value in parsed.items()}
    if isinstance(parsed, list):
        return [_words(one) for one in parsed]
    if isinstance(parsed, bool):
        return "true" if parsed else "false"
    return None if parsed is None else str(parsed)
