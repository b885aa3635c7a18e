"""The editor's side of the review list: what to show of a doubt, and how to write a ruling down.

Takes a resolution, documents, an editor's verdict and the text of decisions.yml; gives rows
to show and the new text. Guarantees that a row quotes both sides as they stand, that
whatever else decisions.yml holds, comments too, stays as it was, and that the new text
reads back as the old rulings and the new one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from tearsheet.errors import CorpusError
from tearsheet.model import Document, Entity, Mention, Resolution, Ruling
from tearsheet.names.links import sentence

_NAMES = re.compile(r"^names:[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE)
_NEXT_KEY = re.compile(r"^[^\s#-]", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ ]*)-", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Quote:
    """One mention in its sentence: where it stands, and how often its entity is mentioned."""

    entity: Entity
    mentions: int
    path: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
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
    places: dict[str, list[tuple[str, Mention]]] = {}
    for path in sorted(found.mentions):
        for mention in found.mentions[path]:
            places.setdefault(str(mention.entity), []).append((path, mention))
    made = [
        ReviewRow(
            _quote(entities[pair.left], places.get(pair.left, []), documents),
            _quote(entities[pair.right], places.get(pair.right, []), documents),
            pair.score,
            pair.reason,
        )
        for pair in found.review
    ]
    return tuple(sorted(made, key=lambda r: (-r.weight, r.left.entity.id, r.right.entity.id)))


def _quote(
    entity: Entity, places: list[tuple[str, Mention]], documents: Mapping[str, Document]
) -> Quote:
    if not places:
        return Quote(entity, 0)
    path, mention = places[0]
    text = documents[path].text
    start, end = sentence(text, mention.start, mention.end)
    return Quote(entity, len(places), path, text[start:end])


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
