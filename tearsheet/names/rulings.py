"""An editor's rulings, brought to the atoms that they speak of.

Takes rulings, which name entities by id or names as they stand; keeps clusters apart and
joins them. Guarantees that a ruling reaches every mention of both sides, and that
"different" is in force before anything is joined.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tearsheet.model import Ruling
from tearsheet.names.atoms import Atom
from tearsheet.names.cluster import Clusters
from tearsheet.slugs import slug

RULED = "were ruled the same"
"""What the evidence says of an editor's ruling, and of nothing else."""


class Sides(msgspec.Struct, frozen=True):
    """The atoms on both sides of one ruling."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def both(self) -> bool:
        """Both sides stand in the corpus or in the authority."""
        return bool(self.left and self.right)


def by_name(atoms: Sequence[Atom], rulings: Sequence[Ruling]) -> list[Sides]:
    """Give the sides of each ruling: the atoms of an authority's id, or of a name as it stands."""
    wanted = {slug(name) for r in rulings for name in (r.left, r.right)}
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, atom in enumerate(atoms) if wanted else ():
        names = {slug(s) for s in (*atom.surfaces, atom.entity or atom.name)}
        for name in names & wanted:
            index[name].append(number)
    return [Sides(tuple(index[slug(r.left)]), tuple(index[slug(r.right)])) for r in rulings]


def by_id(of_atom: Sequence[str], named: Sequence[Sides], rulings: Sequence[Ruling]) -> list[Sides]:
    """Give the sides of rulings that need ids: of two namesakes one's name says too much.

    `of_atom` are the ids that the atoms have without any ruling.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(of_atom):
        index[name].append(number)
    return [
        side
        if side.both
        else Sides(tuple(index.get(r.left, side.left)), tuple(index.get(r.right, side.right)))
        for side, r in zip(named, rulings, strict=True)
    ]


def keep_apart(clusters: Clusters, rulings: Sequence[tuple[Sides, Ruling]]) -> None:
    """Keep apart for ever what an editor ruled different."""
    for side, ruling in rulings:
        if ruling.verdict == "different":
            for one in side.left:
                for two in side.right:
                    clusters.bar(one, two)


def join_ruled(clusters: Clusters, rulings: Sequence[tuple[Sides, Ruling]]) -> None:
    """Join what an editor ruled the same, unless the editor keeps it apart elsewhere."""
    for side, ruling in rulings:
        if ruling.verdict == "same" and side.both:
            clusters.join_all([*side.left, *side.right], ruled=True)
            clusters.reasons[clusters.root(side.left[0])][_word(ruling)] = None


def _word(ruling: Ruling) -> str:
    """Give a ruling as a sentence of evidence."""
    by = f" by {ruling.who}" if ruling.who else ""
    when = f" on {ruling.when}" if ruling.when else ""
    why = f": {ruling.reason}" if ruling.reason else ""
    return f"“{ruling.left}” and “{ruling.right}” {RULED}{by}{when}{why}"
