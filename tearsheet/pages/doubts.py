"""The page of names in doubt: what waits for an editor, what was merged and on what evidence.

Takes the Catalogue; gives Pages. Guarantees that every pair shows both sides in a sentence
of their own, with how often they are named, and that no merge goes without its evidence.
"""

from collections.abc import Iterator

from tearsheet.documents import Documents
from tearsheet.model import Mention, Resolution
from tearsheet.names.rulings import RULED
from tearsheet.names.verdicts import Quote, ReviewRow, merged_rows, rows
from tearsheet.pages.card import short
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.indexes import list_pages
from tearsheet.pages.markdown import escape, link
from tearsheet.pages.planned import Planned
from tearsheet.pages.words import count

LONGEST = 240
"""Characters of a quoted sentence; of a longer one the part around the name."""
PENDING = (
    "These pairs of names may be one and the same. An editor rules on them with "
    "`python build_corpus.py review FOLDER`, or in `decisions.yml`."
)
MERGED = (
    "These names were made one by rules, without an editor’s word. `review FOLDER --merged` "
    "confirms or splits them, and so does a line under `names:` in `decisions.yml` with "
    "`left`, `right` and `verdict: different`."
)


def doubt_pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Plan the names in doubt, then what was merged by rules, then what editors ruled."""
    corpus = catalogue.corpus
    documents = Documents(catalogue.records.held)
    mentions = _mentions(catalogue)
    found = Resolution(corpus.entities, mentions, corpus.review, corpus.merges)
    pending = [_pair(row, catalogue, f" ({row.score:.0%})") for row in rows(found, documents)]
    merged = [_pair(row, catalogue, "") for row in merged_rows(found, documents)]
    ruled = [
        f"- {link(entity.label, f'{{up}}entities/{entity.id}.md')}: {escape(evidence)}"
        for entity in corpus.entities
        for evidence in entity.evidence
        if RULED in evidence
    ]
    lines = _section("", PENDING, pending) or ["No pair of names is in doubt."]
    lines += _section("## Merged by rules", MERGED, merged)
    lines += _section("## Merged by an editor", "", ruled)
    summary = (
        f"{count(len(pending), 'pair')} pending, {len(merged):,} merged by rules, "
        f"{len(ruled):,} by an editor"
    )
    yield from list_pages("archive/review", "Names in doubt", lines, str, {"summary": summary})


def _mentions(catalogue: Catalogue) -> dict[str, tuple[Mention, ...]]:
    """Give the mentions in the records that name one of the entities in question."""
    corpus = catalogue.corpus
    asked = {name for pair in corpus.review for name in (pair.left, pair.right)}
    asked |= {merge.entity for merge in corpus.merges}
    held = {card.path for name in asked for card, _ in catalogue.appearances(name)}
    return {path: catalogue.records.at(path).mentions for path in sorted(held)}


def _section(heading: str, text: str, lines: list[str]) -> list[str]:
    """Give a heading, a sentence and a list as lines; nothing where the list is empty."""
    if not lines:
        return []
    opening = "".join(f"\n{part}\n" for part in (heading, text) if part)
    return [f"{opening}\n{lines[0]}", *lines[1:]]


def _pair(row: ReviewRow, catalogue: Catalogue, score: str) -> str:
    sides = "".join(f"\n    - {_side(quote, catalogue)}" for quote in (row.left, row.right))
    return f"- {escape(row.reason)}{score}{sides}"


def _side(quote: Quote, catalogue: Catalogue) -> str:
    entity = quote.entity
    name = entity.label if quote.name == entity.id else quote.name
    page = link(name, f"{{up}}entities/{entity.id}.md")
    shown = f"{page}, named {count(quote.mentions, 'time')}"
    if quote.path is None or quote.sentence is None:
        return shown
    card = catalogue.cards[quote.path]
    home = link(short(card.title), f"{{up}}records/{card.slug}.md")
    return f"{shown}: “{escape(_cut(quote))}” ({home})"


def _cut(quote: Quote) -> str:
    """Give the sentence, or the part of a long one around the name."""
    text = quote.sentence or ""
    if len(text) <= LONGEST or quote.mention is None:
        return text
    place = max(0, text.find(quote.mention.surface))
    start = max(0, min(place - LONGEST // 2, len(text) - LONGEST))
    end = start + LONGEST
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
