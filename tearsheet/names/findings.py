"""What a board comes to: groups on their way to an id, merges, and what stays in doubt.

Takes a Board and what was joined on it; gives Findings, which say nothing of ids: those are
given out over the whole corpus (identity.py).
"""

from collections.abc import Sequence, Set

import msgspec

from tearsheet.names.board import Board, Places
from tearsheet.names.cluster import Clusters
from tearsheet.names.identity import Group, group
from tearsheet.names.joining import Editor, Joined, Ruled, joined, sides
from tearsheet.names.people import Maybe
from tearsheet.slugs import slug

NOBODY = -1
"""In the place of a group: the names of an entity that no text mentions."""


class Told(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Two names of a group that were joined without an editor's word, and why."""

    group: int
    left: str
    right: str
    reason: str


class Unclear(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Two groups that may be one thing, and why."""

    left: int
    right: int
    score: float
    reason: str


class Findings(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a board comes to; numbers index `groups`."""

    groups: tuple[Group, ...] = ()
    told: tuple[Told, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    absorbed: tuple[str, ...] = ()


class Read(msgspec.Struct, frozen=True):
    """Findings, and the group of every atom of the board."""

    findings: Findings
    of_atom: tuple[int, ...]


def read(board: Board, places: Places, word: Editor, ruled: Ruled | None = None) -> Read:
    """Join what is one on a board; `ruled` are the rulings' sides where they are known."""
    mine = sides(board.atoms, word) if ruled is None else ruled
    return _read(board, joined(board, places, word, mine), word)


def _read(board: Board, found: Joined, word: Editor) -> Read:
    clusters = found.clusters
    homes = _homes(board)
    groups: list[Group] = []
    of_atom = [NOBODY] * len(board.atoms)
    for members in clusters.groups():
        owner = clusters.owner(members[0])
        one = group(
            [board.atoms[index] for index in members],
            homes[members[0]],
            word.entries.get(owner) if owner else None,
            owner,
            clusters.reasons.get(clusters.root(members[0]), ()),
        )
        if one.count or owner is None:
            for index in members:
                of_atom[index] = len(groups)
            groups.append(one)
    return Read(
        Findings(
            tuple(groups),
            _told(board, clusters, of_atom, word),
            _unclear(found.unclear, of_atom),
            tuple(sorted(clusters.absorbed)),
        ),
        tuple(of_atom),
    )


def _homes(board: Board) -> list[tuple[int, str, int]]:
    """Give where each atom stands among those of all boards, to sort by."""
    return [
        (portion.place, portion.path, atom.mentions[0] if atom.mentions else 0)
        for portion in board.portions
        for atom in portion.pieces.atoms
    ]


def _told(
    board: Board, clusters: Clusters, of_atom: Sequence[int], word: Editor
) -> tuple[Told, ...]:
    """Give the names that were joined without an editor's word, each pair of a group once.

    A pair that an editor confirmed is settled, and so is a name of the authority that no text holds.
    """
    ruled = pairs_ruled(word)
    found: dict[tuple[int, frozenset[str]], Told] = {}
    for left, right, reason in clusters.told:
        one, two = board.atoms[left].name, board.atoms[right].name
        pair = frozenset((slug(one), slug(two)))
        if len(pair) > 1 and pair not in ruled:
            names = frozenset((one, two))
            told = Told(of_atom[left], min(names), max(names), reason)
            found.setdefault((told.group, names), told)
    return tuple(found.values())


def pairs_ruled(word: Editor) -> Set[frozenset[str]]:
    """Give the pairs of names that an editor ruled on, as slugs."""
    return frozenset(frozenset((slug(r.left), slug(r.right))) for r in word.rulings)


def _unclear(found: Sequence[Maybe], of_atom: Sequence[int]) -> tuple[Unclear, ...]:
    """Give the pairs of groups in doubt, each with its surest reason."""
    best: dict[frozenset[int], Unclear] = {}
    for maybe in found:
        left, right = of_atom[maybe.left], of_atom[maybe.right]
        if left == right or NOBODY in (left, right):
            continue
        known = best.get(frozenset((left, right)))
        if known is None or known.score < maybe.score:
            best[frozenset((left, right))] = Unclear(left, right, maybe.score, maybe.reason)
    return tuple(best.values())
