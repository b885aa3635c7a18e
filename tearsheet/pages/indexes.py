"""The ways in: lists of records by publication, of entities by type; what lists are made of.

Takes the Catalogue; plans pages of plain Markdown, paged, so that no list outgrows a page, each
told by its rows, so that those of the last build that show the same stay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar

from tearsheet.digests import digest, said
from tearsheet.model import Entity, EntityType, Page
from tearsheet.pages.card import Card, short
from tearsheet.pages.catalogue import Catalogue, Group
from tearsheet.pages.maps import ADDRESS, located
from tearsheet.pages.markdown import escape, escape_line, link
from tearsheet.pages.pager import LIST, beginnings, pager
from tearsheet.pages.planned import Listing, Planned, mark_of, page_names, planned_as
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS, count, date_words

R = TypeVar("R")


def index_pages(catalogue: Catalogue) -> Iterator[Planned | Listing]:
    """Plan every list of the archive."""
    yield from _publication_pages(catalogue)
    yield from _entity_pages(catalogue)


def list_pages(
    path: str,
    title: str,
    rows: Sequence[R],
    line: Callable[[R], str],
    front_matter: Mapping[str, object] | None = None,
    head: str = "",
) -> Iterator[Planned]:
    """Plan a list as one page or more: `path.md`, then `path/page-2.md` and so on.

    `line` makes a line of a row and of nothing else; it may hold `{up}` where the way up to
    docs/ belongs. `head` stands above the lines of every page.
    """
    packed = [said(row) for row in rows]
    starts = beginnings(packed, LIST)
    names = page_names(path, len(starts))
    for index, (start, end) in enumerate(pairwise((*starts, len(rows)))):
        matter: dict[str, object] = {"title": title, "kind": "index", "template": "index.html"}
        matter |= dict(front_matter or {})
        if index:  # where the list begins; else one entry more would change every page of it
            matter.pop("summary", None)
        matter["pages"] = pager(
            len(names), index, lambda i: str(i + 1), lambda i: _address(names[i])
        )
        make = partial(_list_page, names[index], matter, head, rows[start:end], line)
        yield Planned(planned_as(names[index]), mark_of((matter, head, packed[start:end])), make)


def _list_page(
    name: str, matter: Mapping[str, object], head: str, rows: Sequence[R], line: Callable[[R], str]
) -> Iterator[Page]:
    up = "../" * name.count("/")
    body = "\n".join(line(row).replace("{up}", up) for row in rows)
    yield Page(f"{name}.md", matter, head + (body or "Nothing here yet."))


def _address(name: str) -> str:
    return f"{name.removesuffix('index').removesuffix('/')}/"


Row = tuple[str | None, str, str, str | None]
"""A record in a list: its day, title, slug, and publication."""


def record_rows(records: Sequence[Card], catalogue: Catalogue) -> list[Row]:
    """Give what a list shows of records."""
    published_in = catalogue.published_in
    labels = [found.label if (found := published_in.get(one.path)) else None for one in records]
    titles = [short(one.title) for one in records]
    days, slugs = [one.published for one in records], [one.slug for one in records]
    return list(zip(days, titles, slugs, labels, strict=True))


def record_list(
    path: str,
    title: str,
    records: Sequence[Card],
    catalogue: Catalogue,
    matter: Mapping[str, object],
) -> Listing:
    """Plan a list of records."""

    def pages() -> Iterator[Planned]:
        return list_pages(path, title, record_rows(records, catalogue), record_line, matter)

    return Listing(path, told_by((title, matter), records, catalogue), pages)


def told_by(more: object, records: Sequence[Card], catalogue: Catalogue) -> str:
    """Tell apart all that lists can show of some records, and what else such a list shows."""
    seats = catalogue.now.seats
    briefs = [seats[card.path].brief for card in records]
    return digest((more, briefs)) if all(briefs) else ""


def record_line(row: Row) -> str:
    """Give a record as a list item: date, title, publication."""
    published, title, slug, label = row
    date = f"{escape_line(date_words(published[:10]))}: " if published else ""
    return f"- {date}{link(title, f'{{up}}records/{slug}.md')}" + in_italics(label)


def in_italics(label: str | None) -> str:
    """Give a publication as it stands behind a title."""
    return f" · *{escape(label)}*" if label else ""


# ---------------------------------------------------------------- by publication


def _publication_pages(catalogue: Catalogue) -> Iterator[Planned | Listing]:
    publications = list(catalogue.publications.values())
    unknown = [one for one in catalogue.in_time if one.path not in catalogue.published_in]
    lines = [_publication_line(one) for one in publications]
    if unknown:
        lines.append(
            f"- {link('Publication not recorded', '{up}publications/not-recorded.md')}"
            f" · {count(len(unknown), 'record')}"
        )
    yield from list_pages("publications/index", "By publication", lines, str)
    above = [{"label": "By publication", "href": "publications/"}]
    for one in publications:
        matter = {"breadcrumbs": above, "summary": count(len(one.records), "record")}
        yield record_list(f"publications/{one.slug}", one.label, one.records, catalogue, matter)
    if unknown:
        matter = {"breadcrumbs": above, "summary": count(len(unknown), "record")}
        yield record_list(
            "publications/not-recorded", "Publication not recorded", unknown, catalogue, matter
        )


def _publication_line(publication: Group) -> str:
    address = f"{{up}}publications/{publication.slug}.md"
    return f"- {link(publication.label, address)} · {count(len(publication.records), 'record')}"


# ---------------------------------------------------------------- by entity


def _entity_pages(catalogue: Catalogue) -> Iterator[Planned]:
    overview = []
    for kind in TYPE_FOLDERS:
        members = catalogue.by_type.get(kind, ())
        if members:
            overview.append(
                f"- {link(TYPE_PLURALS[kind], f'{{up}}entities/{TYPE_FOLDERS[kind]}.md')}"
                f" · {len(members):,}"
            )
            yield from _type_pages(kind, members, catalogue)
    yield from list_pages("entities/index", "Names", overview, str)


def _type_pages(
    kind: EntityType, members: Sequence[Entity], catalogue: Catalogue
) -> Iterator[Planned]:
    rows = [_entity_row(entity, catalogue) for entity in members]
    matter: dict[str, object] = {
        "breadcrumbs": [{"label": "Names", "href": "entities/"}],
        "summary": f"{len(members):,} {TYPE_PLURALS[kind].lower()}",
        "see_also": [{"label": "Map of places", "href": f"{ADDRESS}/"}]
        if kind == "place" and located(catalogue)
        else [],
    }
    yield from list_pages(
        f"entities/{TYPE_FOLDERS[kind]}", TYPE_PLURALS[kind], rows, _entity_line, matter
    )


def _entity_row(entity: Entity, catalogue: Catalogue) -> tuple[str, str, str | None, int]:
    records = catalogue.number_of_records(entity.id)
    return entity.label, entity.id, entity.description, records


def _entity_line(row: tuple[str, str, str | None, int]) -> str:
    label, name, description, records = row
    about = f" · {escape(description)}" if description else ""
    return f"- {link(label, f'{{up}}entities/{name}.md')} · {count(records, 'record')}{about}"
