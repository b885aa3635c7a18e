"""Measure names across documents on a file of annotated news documents.

`python bench/entities.py FILE --task gold|raw --out FILE` reads lines of `{doc_id, text,
mentions}`, writes predictions `{doc_id, text, mentions: [{start, end, surface, type,
entity_id}]}` (types PER, ORG, LOC, MISC) and prints the figures: span precision, recall
and F, B-cubed precision, recall and F over the gold mentions that have an `entity_id`.
`--task gold` takes the spans and types as given; `raw` takes the text alone.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tearsheet.model import Block, Document, EntityType, Entry, Fate, Mention, Source, Unit
from tearsheet.names.kinds import Kind
from tearsheet.names.lexicon import lexicon, plain
from tearsheet.names.normal import person_words, place_key, skeleton
from tearsheet.names.recognise import find
from tearsheet.names.resolve import resolve

Row = Mapping[str, Any]
Span = tuple[str, int, int]

LABELS: Mapping[str, str] = {"person": "PER", "organisation": "ORG", "place": "LOC"}
"""Our types to the benchmark's; everything else is MISC, nationalities among it."""
TYPES: Mapping[str, EntityType] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
SUBSETS: Sequence[tuple[str, frozenset[str]]] = (
    ("all", frozenset({"PER", "ORG", "LOC", "MISC"})),
    ("people", frozenset({"PER"})),
    ("organisations", frozenset({"ORG"})),
    ("places", frozenset({"LOC"})),
    ("people and organisations", frozenset({"PER", "ORG"})),
)
NEWS_DIGITS = 0.08
"""Share of digits in the text above which a document is a table of results, not news."""

HYPHENATED = re.compile(r"(?:-[A-Za-z][\w.]*)+")
COMPOUND_ADJECTIVE = re.compile(r"-(?:based|born|led|backed|ruled|held|made|owned|style)\Z")
PREFIX = re.compile(r"(?<![\w-])(?:pro|anti|non|post|pre|ex|mid|trans|Anglo|Franco)-\Z")


@dataclass(frozen=True, slots=True)
class Figures:
    """Span and B-cubed scores in percent, over `mentions` gold mentions."""

    span: tuple[float, float, float]
    cubed: tuple[float, float, float]
    mentions: int


def document(name: str, text: str) -> Document:
    """Give a text as a cleaned document of one block a line."""
    units, entries, blocks, start = [], [], [], 0
    for number, line in enumerate(text.split("\n"), 1):
        fate = Fate.PARAGRAPH if line.strip() else Fate.BLANK
        units.append(Unit(number, line))
        entries.append(Entry(number, fate, "benchmark", 1.0))
        if line.strip():
            blocks.append(Block(number, fate, start, start + len(line)))
        start += len(line) + 1
    source = Source(name, "", len(text), "text/plain", "utf-8", "benchmark", tuple(units))
    return Document(source, tuple(entries), text, tuple(blocks))


def predict(rows: Sequence[Row], task: str) -> list[dict[str, Any]]:
    """Give one line of predictions a document."""
    texts = {row["doc_id"]: row["text"] for row in rows}
    if task == "gold":
        given = {row["doc_id"]: tuple(_given(row)) for row in rows}
    else:
        given = {
            name: compounds(
                texts[name],
                tuple(Mention(n.start, n.end, n.surface, _type(n.kind)) for n in names),
            )
            for name, names in find(texts).items()
        }
    documents = {name: document(name, text) for name, text in texts.items()}
    resolved = resolve(documents, given, (), ()).mentions
    nations = _nations(given, resolved)
    return [_line(row, given[row["doc_id"]], resolved[row["doc_id"]], nations) for row in rows]


def compounds(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Join what hyphens join: the benchmark takes `Israel-PLO` and `U.S.-led` as one of MISC."""
    found: list[Mention] = []
    for mention in mentions:
        start, end = mention.start, mention.end
        tail = HYPHENATED.match(text, end)
        end = tail.end() if tail else end
        head = PREFIX.search(text[max(0, start - 12) : start])
        start -= len(head.group()) if head else 0
        if found and start < found[-1].end:
            continue
        kind: EntityType = "other" if tail or head else mention.type
        found.append(Mention(start, end, text[start:end], kind))
    return tuple(found)


def _given(row: Row) -> Iterable[Mention]:
    for m in row["mentions"]:
        yield Mention(m["start"], m["end"], m["surface"], TYPES.get(m["type"], "other"))


def _type(kind: Kind) -> EntityType:
    return "other" if kind == "demonym" else kind


def _nations(
    given: Mapping[str, tuple[Mention, ...]], resolved: Mapping[str, tuple[Mention, ...]]
) -> Mapping[str, str]:
    """Give the entity of each country by its key, so that an adjective can point to it."""
    counts: dict[str, Counter[str]] = {}
    for name, mentions in given.items():
        for before, after in zip(mentions, resolved[name], strict=True):
            if before.type == after.type == "place":
                counts.setdefault(place_key(before.surface), Counter())[str(after.entity)] += 1
    return {key: max(sorted(found), key=lambda e: found[e]) for key, found in counts.items()}


def _line(
    row: Row,
    given: tuple[Mention, ...],
    resolved: tuple[Mention, ...],
    nations: Mapping[str, str],
) -> dict[str, Any]:
    mentions = [
        {
            "start": after.start,
            "end": after.end,
            "surface": after.surface,
            "type": LABELS.get(before.type, "MISC"),
            "entity_id": _nation(before, nations) or after.entity,
        }
        for before, after in zip(given, resolved, strict=True)
    ]
    return {"doc_id": row["doc_id"], "text": row["text"], "mentions": mentions}


def _nation(mention: Mention, nations: Mapping[str, str]) -> str | None:
    """Give the place of an adjective: the benchmark links `Iraqi` and `Iraq-based` to Iraq."""
    surface = plain(mention.surface)
    known = lexicon().demonyms
    country = known.get(surface) or known.get(surface.title())
    if mention.type != "other":
        return None
    town = COMPOUND_ADJECTIVE.sub("", surface)
    if country is None:
        return nations.get(place_key(town)) if town != surface else None
    return nations.get(country.casefold(), f"nation {country}")


def figures(
    gold: Sequence[Row],
    predicted: Sequence[Row],
    types: frozenset[str],
    keep: Callable[[Row], bool] = lambda row: True,
) -> Figures:
    """Score predictions as the benchmark's scorer does, for some types and documents."""
    by_name = {row["doc_id"]: row for row in predicted}
    right = wanted = given = 0
    truth: dict[Span, str] = {}
    answer: dict[Span, str] = {}
    for row in filter(keep, gold):
        name = row["doc_id"]
        mine = {(m["start"], m["end"]): m for m in by_name[name]["mentions"]}
        given += sum(m["type"] in types for m in mine.values())
        for m in (m for m in row["mentions"] if m["type"] in types):
            wanted += 1
            hit = mine.get((m["start"], m["end"]))
            right += hit is not None and (len(types) == 4 or hit["type"] in types)
            if m["entity_id"]:
                truth[name, m["start"], m["end"]] = m["entity_id"]
                if hit is not None:
                    answer[name, m["start"], m["end"]] = hit["entity_id"]
    return Figures(_shares(right, given, wanted), cubed(truth, answer), wanted)


def _shares(right: float, given: float, wanted: float) -> tuple[float, float, float]:
    precision, recall = right / max(1, given), right / max(1, wanted)
    return _percent(precision, recall)


def _percent(precision: float, recall: float) -> tuple[float, float, float]:
    both = precision + recall
    mean = 2 * precision * recall / both if both else 0.0
    return round(100 * precision, 2), round(100 * recall, 2), round(100 * mean, 2)


def cubed(truth: Mapping[Span, str], answer: Mapping[Span, str]) -> tuple[float, float, float]:
    """Give B-cubed precision, recall and F; a mention without an answer has recall 0."""
    cells = Counter((truth[k], answer[k]) for k in answer)
    theirs, mine = Counter(truth.values()), Counter(answer.values())
    precision = sum(n * n / mine[b] for (_, b), n in cells.items()) / max(1, len(answer))
    recall = sum(n * n / theirs[a] for (a, _), n in cells.items()) / max(1, len(truth))
    return _percent(precision, recall)


def merges(gold: Sequence[Row], predicted: Sequence[Row]) -> str:
    """Say how often two different full names of people were joined, and how often rightly.

    Right or wrong can be told only of names that the gold gives an identity. The second figure
    is the harder one: of all pairs of different people whose surnames sound alike, those that
    share a page by their full names.
    """
    bearers: dict[str, dict[tuple[str, ...], set[str]]] = {}
    pages: dict[str, set[str]] = {}
    surnames: dict[str, set[str]] = {}
    by_name = {row["doc_id"]: row for row in predicted}
    for row in gold:
        mine = {(m["start"], m["end"]): m for m in by_name[row["doc_id"]]["mentions"]}
        for m in (m for m in row["mentions"] if m["type"] == "PER"):
            hit, name = mine.get((m["start"], m["end"])), person_words(m["surface"])
            if hit is None or len(name) < 2:
                continue
            who = bearers.setdefault(hit["entity_id"], {}).setdefault(name, set())
            if m["entity_id"]:
                who.add(m["entity_id"])
                pages.setdefault(m["entity_id"], set()).add(hit["entity_id"])
                surnames.setdefault(skeleton(name[-1]), set()).add(m["entity_id"])
    alike = {pair for people in surnames.values() for pair in combinations(sorted(people), 2)}
    shared = sorted(pair for pair in alike if pages[pair[0]] & pages[pair[1]])
    return (
        f"merges of two full names of people: spelled out {_judged(bearers, initials=False)}; "
        f"an initial and a name {_judged(bearers, initials=True)}; {len(shared)} of {len(alike)} "
        f"pairs of different people of like surnames share a page {shared or ''}"
    )


def _judged(bearers: Mapping[str, Mapping[tuple[str, ...], set[str]]], *, initials: bool) -> str:
    joined = [
        (one, two)
        for found in bearers.values()
        for (left, one), (right, two) in combinations(sorted(found.items()), 2)
        if (len(left[0]) == 1 or len(right[0]) == 1) == initials
    ]
    told = [bool(one & two) for one, two in joined if one and two]
    return f"{len(joined)}, {sum(told)} right of {len(told)} that can be told"


def is_news(row: Row) -> bool:
    """Say whether a document is running news rather than tables of results."""
    text = row["text"]
    return bool(sum(c.isdigit() for c in text) < NEWS_DIGITS * max(1, len(text)))


def report(gold: Sequence[Row], predicted: Sequence[Row]) -> Iterable[str]:
    """Give the figures as lines."""
    for name, types in SUBSETS:
        yield _shown(name, figures(gold, predicted, types))
    news = figures(gold, predicted, frozenset({"PER", "ORG"}), is_news)
    yield _shown("people and organisations, news", news)
    yield merges(gold, predicted)


def _shown(name: str, found: Figures) -> str:
    span = " ".join(f"{n:6.2f}" for n in found.span)
    cube = " ".join(f"{n:6.2f}" for n in found.cubed)
    return f"{name:32} span P R F {span}   B3 P R F {cube}   ({found.mentions} mentions)"


def main() -> None:
    """Read, predict, write, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--task", choices=("gold", "raw"), default="raw")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    rows = [json.loads(line) for line in chosen.file.read_text(encoding="utf-8").splitlines()]
    started = time.process_time()
    predicted = predict(rows, chosen.task)
    seconds = time.process_time() - started
    if chosen.out:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in predicted)
        chosen.out.write_text("".join(lines), encoding="utf-8")
    for line in report(rows, predicted):
        print(line)
    words = sum(len(row["text"].split()) for row in rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{1e6 * seconds / max(1, words):.1f} ms CPU per 1,000 words, {memory} MB at most")


if __name__ == "__main__":
    main()
