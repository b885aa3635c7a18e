"""What a person should rule on: pairs of entities that may be one.

Takes the clusters and the rulings; gives pairs with a score and a reason. Guarantees that
a pair which was ruled on never comes back.
"""

from collections.abc import Iterable, Sequence

from tearsheet.model import Entity, ReviewPair, Ruling
from tearsheet.names.atoms import Atom, Pieces
from tearsheet.names.cluster import Clusters
from tearsheet.names.identity import Naming
from tearsheet.slugs import slug


def doubts(
    atoms: Sequence[Atom],
    parts: Sequence[Pieces],
    offsets: Sequence[int],
    clusters: Clusters,
    naming: Naming,
    rulings: Sequence[Ruling],
) -> tuple[ReviewPair, ...]:
    """Give the pairs to be reviewed, by score and then by id."""
    found: dict[tuple[str, str], ReviewPair] = {}
    for pair in _lone_names(parts, offsets, naming):
        key = (pair.left, pair.right)
        if key not in found or found[key].score < pair.score:
            found[key] = pair
    ruled = _ruled(rulings)
    names = {e.id: e for e in naming.entities}
    kept = [p for p in found.values() if not _settled(names[p.left], names[p.right], ruled)]
    return tuple(sorted(kept, key=lambda p: (-p.score, p.left, p.right)))


def _lone_names(
    parts: Sequence[Pieces], offsets: Sequence[int], naming: Naming
) -> Iterable[ReviewPair]:
    """Give each lone name that fits several full ones of its document, with each of them."""
    for part, offset in zip(parts, offsets, strict=True):
        for doubt in part.doubts:
            lone = naming.of_atom[offset + doubt.atom]
            for candidate in doubt.candidates:
                full = naming.of_atom[offset + candidate]
                if lone != full:
                    left, right = sorted((lone, full))
                    name = part.atoms[doubt.atom].name
                    reason = f"“{name}” stands alone beside several full names that it fits"
                    yield ReviewPair(left, right, round(1 / len(doubt.candidates), 2), reason)


def _ruled(rulings: Sequence[Ruling]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((slug(r.left), slug(r.right))) for r in rulings)


def _settled(left: Entity, right: Entity, ruled: frozenset[frozenset[str]]) -> bool:
    one = {slug(n) for n in (left.id, left.label, *left.aliases)}
    two = {slug(n) for n in (right.id, right.label, *right.aliases)}
    return any(
        len(pair) == 2
        and ((min(pair) in one and max(pair) in two) or (min(pair) in two and max(pair) in one))
        for pair in ruled
    )
