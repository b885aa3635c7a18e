"""Which records are related: those that name the same rare things.

Takes the Catalogue; gives for a record the nearest others. A name counts the more, the fewer
records hold it (inverse document frequency); one that stands everywhere counts nothing, and
is not looked at, so that the work is bounded for each record.
"""

from collections import Counter
from math import log

from tearsheet.model import Record
from tearsheet.pages.card import Card
from tearsheet.pages.catalogue import Catalogue

MOST_NAMES = 40
"""Names of one record that are looked at: the rarest."""
MOST_RELATED = 4
LEAST = 1.2
"""The weight below which two records have nothing worth saying in common."""


def related(record: Record, catalogue: Catalogue) -> list[tuple[Card, tuple[str, ...]]]:
    """Give the records nearest to one, nearest first, with the labels that they share."""
    present = (one for one, _ in catalogue.named(record) if one in catalogue.rare)
    rare = sorted((catalogue.number_of_records(one), one) for one in present)[:MOST_NAMES]
    same_text = {one.path for one in record.same_text}
    weights: Counter[str] = Counter()
    shared: dict[str, list[str]] = {}
    for number, entity in rare:
        for other, _ in catalogue.appearances(entity):
            path = other.path
            if path != record.path and path not in same_text:
                weights[path] += log(catalogue.scale / number) or 0.0  # type: ignore[assignment]  # a Counter of weights
                shared.setdefault(path, []).append(catalogue.entities[entity].label)
    nearest = sorted(weights, key=lambda path: (-weights[path], path))[:MOST_RELATED]
    return [
        (catalogue.cards[path], tuple(shared[path])) for path in nearest if weights[path] >= LEAST
    ]
