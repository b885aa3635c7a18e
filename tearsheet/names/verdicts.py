"""The editor's side of the review list: what to show of a doubt, and how to write a ruling down.

Takes a resolution, documents, an editor's verdict and the text of decisions.yml; gives rows
to show and the new text. Guarantees that a row quotes both sides as they stand, that
whatever else decisions.yml holds, comments too, stays as it was, and that the new text
reads back as the old rulings and the new one.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

import msgspec
import yaml

from tearsheet.errors import CorpusError
from tearsheet.model import Document, Entity, Mention, Resolution, Ruling
from tearsheet.names.links import sentence

K = TypeVar("K")

_NAMES = re.compile(r"^names:[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE)
_NEXT_KEY = re.compile(r"^[^\s#-]", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ ]*)-", re.MULTILINE)


class Quote(msgspec.Struct, frozen=True):
    """One mention in its sentence: where it stands, and how often its like is mentioned.

    `name` is what a ruling calls it: the entity's id, or one name of it as it stands.
    """

    entity: Entity
    name: str
    mentions: int
    path: str | None = None
    sentence: str | None = None
    mention: Mention | None = None


class ReviewRow(msgspec.Struct, frozen=True):
    """A doubt as an editor sees it; `weight` is what a ruling changes, in mentions."""

    left: Quote
    right: Quote
    score: float
    reason: str

    @property
    def weight(self) -> float:
        """The score times the mentions on the smaller side: those a wrong page would mislead."""
        return self.score * min(self.left.mentions, self.right.mentions)


def rows(found: Resolution, documents: Mapping[str, Document]) -> tuple[ReviewRow, ...]:
    """Give the review list with a sentence of each side, the most consequential first."""
    entities = {entity.id: entity for entity in found.entities}
    wanted = {name for pair in found.review for name in (pair.left, pair.right)}
    places = _places(found, lambda mention: str(mention.entity), wanted)

    def quote(name: str) -> Quote:
        return _quote(entities[name], name, places.get(name, []), documents)

    made = (ReviewRow(quote(p.left), quote(p.right), p.score, p.reason) for p in found.review)
    return _ordered(made)


def merged_rows(found: Resolution, documents: Mapping[str, Document]) -> tuple[ReviewRow, ...]:
    """Give the names joined without an editor's word as `rows` gives those in doubt."""
    entities = {entity.id: entity for entity in found.entities}
    wanted = {(m.entity, name) for m in found.merges for name in (m.left, m.right)}
    places = _places(found, lambda mention: (str(mention.entity), mention.surface), wanted)

    def quote(entity: str, name: str) -> Quote:
        return _quote(entities[entity], name, places.get((entity, name), []), documents)

    return _ordered(
        ReviewRow(quote(m.entity, m.left), quote(m.entity, m.right), 1.0, m.reason)
        for m in found.merges
    )


def _ordered(made: Iterable[ReviewRow]) -> tuple[ReviewRow, ...]:
    return tuple(sorted(made, key=lambda r: (-r.weight, r.left.name, r.right.name)))


def _places(
    found: Resolution, key: Callable[[Mention], K], wanted: Collection[K]
) -> Mapping[K, list[tuple[str, Mention]]]:
    """Give where each of the wanted is mentioned, in order."""
    places: dict[K, list[tuple[str, Mention]]] = {}
    for path in sorted(found.mentions):
        for mention in found.mentions[path]:
            name = key(mention)
            if name in wanted:
                places.setdefault(name, []).append((path, mention))
    return places


def _quote(
    entity: Entity, name: str, places: list[tuple[str, Mention]], documents: Mapping[str, Document]
) -> Quote:
    if not places:
        return Quote(entity, name, 0)
    path, mention = places[0]
    text = documents[path].text
    start, end = sentence(text, mention.start, mention.end)
    return Quote(entity, name, len(places), path, text[start:end], mention)


def entry(ruling: Ruling) -> str:
    """Give a ruling as the YAML item that stands under `names:` in decisions.yml."""
    given = {
        name: str(getattr(ruling, name))
        for name in ("left", "right", "verdict", "who", "when", "reason")
        if getattr(ruling, name) is not None
    }
    odd = not all(value.isprintable() for value in given.values())
    text: str = yaml.safe_dump(
        [given],
        allow_unicode=not odd,
        default_style='"' if odd else None,
        sort_keys=False,
        width=10_000,
    )
    return text


def with_ruling(text: str, ruling: Ruling) -> str:
    """Give the text of decisions.yml with one ruling more, at the end of its `names:`.

    Raises CorpusError where the text cannot be added to without changing what it says.
    """
    if text and not text.endswith("\n"):
        text += "\n"
    match = _NAMES.search(text)
    if match is None:
        added = f"{text}names:\n{entry(ruling)}"
    elif match.group("rest").split("#")[0].strip() in ("", "[]", "null", "~"):
        added = _inserted(text, match, ruling)
    else:
        raise CorpusError(_refused("a list in brackets", "one ruling a line, each after a dash"))
    if _rulings(added) != [*_rulings(text), *yaml.safe_load(entry(ruling))]:
        raise CorpusError(_refused("rulings laid out in an unusual way", "a plain list of rulings"))
    return added


def _inserted(text: str, match: re.Match[str], ruling: Ruling) -> str:
    """Put the ruling behind the last item under `names:`, indented as the others are."""
    following = _NEXT_KEY.search(text, match.end())
    end = following.start() if following else len(text)
    body = text[match.end() : end]
    kept = body.rstrip()
    item = _ITEM.search(body)
    indent = item.group("indent") if item else ""
    lines = "".join(f"{indent}{line}\n" for line in entry(ruling).split("\n") if line)
    rest = body[len(kept) :].removeprefix("\n")
    return f"{text[: match.start()]}names:{kept}\n{lines}{rest}{text[end:]}"


def _rulings(text: str) -> list[object]:
    found = yaml.safe_load(text) or {}
    listed = found.get("names") if isinstance(found, dict) else None
    return list(listed or [])


def _refused(found: str, expected: str) -> str:
    return (
        f"decisions.yml [names]: found {found}, expected {expected}; "
        "write the ruling by hand, or rewrite the list so"
    )
