"""What a person should rule on: pairs of entities that may be one.

Takes the clusters and the rulings; gives pairs with a score and a reason. Guarantees that
a pair which was ruled on, or which the authority keeps apart, never comes back.
"""

from collections.abc import Iterable, Mapping, Sequence

from tearsheet.model import Authority, Entity, Merge, ReviewPair, Ruling
from tearsheet.names.atoms import Atom
from tearsheet.names.identity import Naming
from tearsheet.names.people import Maybe
from tearsheet.slugs import slug


def doubts(
    unclear: Iterable[Maybe],
    naming: Naming,
    rulings: Sequence[Ruling],
    authority: Iterable[Authority] = (),
) -> tuple[ReviewPair, ...]:
    """Give the pairs to be reviewed, the surest first, then by id."""
    found: dict[tuple[str, str], ReviewPair] = {}
    for maybe in unclear:
        left, right = sorted((naming.of_atom[maybe.left], naming.of_atom[maybe.right]))
        best = found.get((left, right))
        if left and left != right and (best is None or best.score < maybe.score):
            found[left, right] = ReviewPair(left, right, maybe.score, maybe.reason)
    ruled = _ruled(rulings)
    names = {e.id: e for e in naming.entities}
    entries = {entry.id: entry for entry in authority}
    kept = [
        pair
        for pair in found.values()
        for left, right in [(names[pair.left], names[pair.right])]
        if not _settled(left, right, ruled)
        and not _refused(left, right, entries)
        and not _refused(right, left, entries)
    ]
    return tuple(sorted(kept, key=lambda p: (-p.score, p.left, p.right)))


def merges(
    atoms: Sequence[Atom],
    told: Iterable[tuple[int, int, str]],
    naming: Naming,
    rulings: Sequence[Ruling],
) -> tuple[Merge, ...]:
    """Give the names that were joined without an editor's word, each pair once, in order.

    A pair that an editor confirmed is settled, and so is a name of the authority that no text holds.
    """
    ruled = _ruled(rulings)
    found: dict[tuple[str, frozenset[str]], Merge] = {}
    for left, right, reason in told:
        one, two = atoms[left], atoms[right]
        names = frozenset((one.name, two.name))
        pair = frozenset((slug(one.name), slug(two.name)))
        if len(pair) > 1 and pair not in ruled:
            merge = Merge(naming.of_atom[left], min(names), max(names), reason)
            found.setdefault((merge.entity, names), merge)
    return tuple(sorted(found.values(), key=lambda m: (m.entity, m.left, m.right)))


def _refused(left: Entity, right: Entity, entries: Mapping[str, Authority]) -> bool:
    """Say whether the authority keeps the right entity off the left one: by `not`, by its names."""
    entry = entries.get(left.id)
    if entry is None:
        return False
    blocked = {slug(name) for name in entry.blocked_aliases}
    return right.id in entry.never or blocked >= {slug(n) for n in (right.label, *right.aliases)}


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
