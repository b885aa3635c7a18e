"""Names and addresses of entities: which label, which id, and the same for ever.

Takes groups of atoms, the authority and the ids given out before; gives entities.
Guarantees that ids are unique ASCII slugs, that the authority's own ids are kept, and that
an id once published stays with its entity.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from tearsheet.model import Authority, Entity, EntityType
from tearsheet.names.atoms import Atom
from tearsheet.names.lexicon import lexicon
from tearsheet.names.nation import office
from tearsheet.slugs import RESERVED, slug, unused

Published = Mapping[str, tuple[str, ...]]
"""Ids given out before, each with the label and aliases that its page showed."""


class Group(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A cluster on its way to an id; `home` says where its first atom stands, to sort by.

    `names` are the slugs of its label, first, and surfaces; `evidence` what was merged on whose word.
    """

    home: tuple[int, str, int]
    owner: str | None
    type: EntityType
    label: str
    surfaces: tuple[str, ...]
    count: int
    names: tuple[str, ...]
    evidence: tuple[str, ...]


class Naming(msgspec.Struct, frozen=True):
    """The entities in order, and the id of every group."""

    entities: tuple[Entity, ...]
    ids: tuple[str, ...]


def entities(
    groups: Sequence[Group],
    absorbed: Set[str],
    entries: Mapping[str, Authority],
    published: Published | None = None,
) -> Naming:
    """Name every group; entities of the authority are listed even where nothing mentions them.

    `absorbed` are those that a ruling made one with another.
    """
    ids = _ids(groups, entries, published or {})
    found = [_entity(group, name, entries) for group, name in zip(groups, ids, strict=True)]
    silent = set(entries) - {g.owner for g in groups} - absorbed
    found += [_unmentioned(entries[name]) for name in sorted(silent)]
    return Naming(tuple(sorted(found, key=lambda e: e.id)), tuple(ids))


def group(
    atoms: Sequence[Atom],
    home: tuple[int, str, int],
    entry: Authority | None,
    owner: str | None,
    evidence: Iterable[str],
) -> Group:
    """Count how the atoms of one cluster are written, and choose its label."""
    counts: Counter[str] = Counter()
    types: Counter[EntityType] = Counter()
    for atom in atoms:
        types[atom.type] += len(atom.mentions)
        share = len(atom.mentions) - len(atom.surfaces) + 1
        for place, surface in enumerate(atom.surfaces if atom.mentions else ()):
            counts[surface] += share if place == 0 else 1
    kind = max(sorted(types), key=lambda t: types[t])
    label = best_label(counts, kind) if counts else ""
    qualifiers = {atom.qualifier for atom in atoms}
    if len(qualifiers) == 1 and (qualifier := qualifiers.pop()) and not _holds(label):
        label = f"{label} ({qualifier})"
    if entry is not None:
        kind, label = entry.type, entry.label
    names = dict.fromkeys(slug(name) for name in (label, *sorted(counts)))
    return Group(
        home, owner, kind, label, tuple(sorted(counts)), sum(counts.values()),
        tuple(names), tuple(sorted(evidence)),
    )  # fmt: skip


def _holds(label: str) -> bool:
    """Say whether a label names its country already (`Iraqi Parliament`)."""
    found = office(label)
    return found is not None and found[0] is not None


def best_label(counts: Counter[str], kind: EntityType) -> str:
    """Give the fullest frequent form: a person's full name, else the usual name, not its acronym."""
    shown = {s: n for s, n in counts.items() if not _short(s)} or dict(counts)
    full = {s: n for s, n in shown.items() if _size(s) > 1 and "." not in s.split()[0]}
    if kind == "person" and full:
        shown = full
    elif kind == "organisation":
        shown = {s: n for s, n in shown.items() if not any(_ends(s, long) for long in full)}
    lasts: Counter[str] = Counter()
    for surface, count in counts.items():
        lasts[_last(surface)] += count
    best = min(shown, key=lambda s: (-shown[s], -lasts[_last(s)], -_size(s), len(s), s))
    return _unshouted(best)


def _ends(short: str, long: str) -> bool:
    """Say whether the long form is the short one with more before it (`Marlow Post`, `Post`)."""
    return long.endswith(f" {short}") and long.lower() != f"the {short}".lower()


def _unshouted(label: str) -> str:
    """Give a label that is always shouted as the lexicon writes it (`REUTERS`)."""
    known, usual = lexicon(), label.title()
    written = usual in known.organisations or known.is_place(usual)
    return usual if label.isupper() and label not in known.organisations and written else label


def _last(surface: str) -> str:
    """Give the last word of a form, so that of two equal forms the usual surname decides."""
    return re.split(r"[ -]", surface)[-1].casefold()


def _short(surface: str) -> bool:
    """Say whether a form is an acronym or shouted."""
    return surface.replace(".", "").replace(" ", "").isupper()


def _size(surface: str) -> int:
    return len(surface.split())


def _ids(
    groups: Sequence[Group], entries: Mapping[str, Authority], published: Published
) -> list[str]:
    """Give each group its id: the authority's, the one published before, else a new slug."""
    given: dict[int, str] = {
        i: g.owner for i, g in enumerate(groups) if g.owner in entries and g.owner
    }
    taken = {*RESERVED, *entries}
    _keep(groups, published, given, taken)
    taken |= set(published)
    order = sorted(
        (i for i in range(len(groups)) if i not in given),
        key=lambda i: (-groups[i].count, groups[i].label, groups[i].type, groups[i].home),
    )
    for index in order:
        base = groups[index].names[0]
        typed = base if base not in taken else f"{base}-{groups[index].type}"
        given[index] = unused(typed, taken)
        taken.add(given[index])
    return [given[i] for i in range(len(groups))]


def _keep(
    groups: Sequence[Group], published: Published, given: dict[int, str], taken: set[str]
) -> None:
    """Leave a published id with the largest group that still bears one of its names."""
    by_name: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        for name in group.names:
            by_name.setdefault(name, []).append(index)
    labels = {group.names[0] for group in groups}
    for old in sorted(published.keys() - taken, key=lambda name: (name not in labels, name)):
        names = map(slug, published[old])
        fits = by_name.get(next(names, ""), ()) or [i for n in names for i in by_name.get(n, ())]
        free = [i for i in fits if i not in given]
        if free:
            best = min(free, key=lambda i: (-groups[i].count, groups[i].home))
            given[best] = old
            taken.add(old)


def _entity(group: Group, name: str, entries: Mapping[str, Authority]) -> Entity:
    entry = entries.get(group.owner) if group.owner else None
    others = [*(entry.aliases if entry else ()), *group.surfaces]
    return Entity(
        id=name,
        label=group.label,
        type=group.type,
        aliases=tuple(a for a in dict.fromkeys(others) if a != group.label),
        same_as=entry.same_as if entry else (),
        description=entry.description if entry else None,
        evidence=group.evidence,
        from_authority=entry is not None,
        coordinates=entry.coordinates if entry else None,
    )


def _unmentioned(entry: Authority) -> Entity:
    return Entity(
        entry.id, entry.label, entry.type, entry.aliases, entry.same_as, entry.description,
        from_authority=True, coordinates=entry.coordinates,
    )  # fmt: skip


def gone(published: Published, current: Iterable[Entity]) -> Mapping[str, str]:
    """Give the published ids whose names nothing bears any more, each with its last label."""
    standing = tuple(current)
    left = set(published) - {entity.id for entity in standing} - set(redirects(published, standing))
    return {old: published[old][0] if published[old] else old for old in sorted(left)}


def redirects(published: Published, current: Iterable[Entity]) -> Mapping[str, str]:
    """Give the new id for each published one that no entity bears any more, where one has its name."""
    standing = tuple(current)
    lost = sorted(set(published) - {entity.id for entity in standing})
    by_name: dict[str, str] = {}
    for entity in standing if lost else ():
        for name in (entity.label, *entity.aliases):
            by_name.setdefault(slug(name), entity.id)
    moved: dict[str, str] = {}
    for old in lost:
        hits = [by_name[slug(n)] for n in published[old] if slug(n) in by_name]
        if hits:
            moved[old] = hits[0]
    return moved
