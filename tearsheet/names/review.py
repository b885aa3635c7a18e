"""What a person should rule on: pairs of entities that may be one.

Takes what boards came to and the editor's word; gives pairs with a score and a reason. Guarantees that
a pair which was ruled on, or which the authority keeps apart, never comes back.
"""

from collections.abc import Iterable, Mapping, Set

from tearsheet.model import Authority, Entity, Merge, ReviewPair
from tearsheet.names.findings import pairs_ruled
from tearsheet.names.joining import Editor
from tearsheet.slugs import slug


def doubts(
    unclear: Iterable[ReviewPair], entities: Iterable[Entity], word: Editor
) -> tuple[ReviewPair, ...]:
    """Give the pairs to be reviewed, the surest first, then by id."""
    found: dict[tuple[str, str], ReviewPair] = {}
    for pair in unclear:
        best = found.get((pair.left, pair.right))
        if pair.left != pair.right and (best is None or best.score < pair.score):
            found[pair.left, pair.right] = pair
    ruled = pairs_ruled(word)
    names = {e.id: e for e in entities}
    kept = [
        pair
        for pair in found.values()
        for left, right in [(names[pair.left], names[pair.right])]
        if not (ruled and _settled(left, right, ruled))
        and not _refused(left, right, word.entries)
        and not _refused(right, left, word.entries)
    ]
    return tuple(sorted(kept, key=lambda p: (-p.score, p.left, p.right)))


def merges(found: Iterable[Merge]) -> tuple[Merge, ...]:
    """Give the names that were joined without an editor's word, each pair once, in order."""
    once: dict[tuple[str, str, str], Merge] = {}
    for merge in found:
        once.setdefault((merge.entity, merge.left, merge.right), merge)
    return tuple(sorted(once.values(), key=lambda m: (m.entity, m.left, m.right)))


def _refused(left: Entity, right: Entity, entries: Mapping[str, Authority]) -> bool:
    """Say whether the authority keeps the right entity off the left one: by `not`, by its names."""
    entry = entries.get(left.id)
    if entry is None:
        return False
    blocked = {slug(name) for name in entry.blocked_aliases}
    return right.id in entry.never or blocked >= {slug(n) for n in (right.label, *right.aliases)}


def _settled(left: Entity, right: Entity, ruled: Set[frozenset[str]]) -> bool:
    one = {slug(n) for n in (left.id, left.label, *left.aliases)}
    two = {slug(n) for n in (right.id, right.label, *right.aliases)}
    return any(
        len(pair) == 2
        and ((min(pair) in one and max(pair) in two) or (min(pair) in two and max(pair) in one))
        for pair in ruled
    )
