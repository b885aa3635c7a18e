"""The ways in: lists of records by publication, of entities by type; what lists are made of.

Takes the Catalogue; gives Pages of plain Markdown, paged, so that no list outgrows a page.
"""

from collections.abc import Iterator, Mapping, Sequence

from tearsheet.model import Entity, EntityType, Page, Record
from tearsheet.pages.catalogue import (
    PAGE_LENGTH,
    Catalogue,
    Publication,
    of_type,
    short_title_of,
)
from tearsheet.pages.maps import ADDRESS, located
from tearsheet.pages.markdown import escape, escape_line, link
from tearsheet.pages.pager import pager
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_PLURALS, count, date_words


def index_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Lay out every list of the archive."""
    yield from _publication_pages(catalogue)
    yield from _entity_pages(catalogue)


def list_pages(
    path: str, title: str, lines: Sequence[str], front_matter: Mapping[str, object] | None = None
) -> Iterator[Page]:
    """Give a list as one page or more: `path.md`, then `path/page-2.md` and so on.

    A line may hold `{up}` where the way up to docs/ belongs.
    """
    starts = range(0, max(len(lines), 1), PAGE_LENGTH)
    names = [path, *(f"{path.removesuffix('/index')}/page-{i + 2}" for i in range(len(starts) - 1))]
    for index, start in enumerate(starts):
        up = "../" * names[index].count("/")
        body = "\n".join(line.replace("{up}", up) for line in lines[start : start + PAGE_LENGTH])
        matter: dict[str, object] = {"title": title, "kind": "index", "template": "index.html"}
        matter |= dict(front_matter or {})
        if index:  # where the list begins; else one entry more would change every page of it
            matter.pop("summary", None)
        matter["pages"] = pager(
            len(names), index, lambda i: str(i + 1), lambda i: _address(names[i])
        )
        yield Page(f"{names[index]}.md", matter, body or "Nothing here yet.")


def _address(name: str) -> str:
    return f"{name.removesuffix('index').removesuffix('/')}/"


def record_line(record: Record, catalogue: Catalogue) -> str:
    """Give a record as a list item: date, title, publication."""
    published = record.value("published")
    publication = catalogue.publication_of(record)
    title = link(short_title_of(record), f"{{up}}records/{record.accession.slug}.md")
    date = f"{escape_line(date_words(published[:10]))}: " if published else ""
    return f"- {date}{title}" + (f" · *{escape(publication.label)}*" if publication else "")


# ---------------------------------------------------------------- by publication


def _publication_pages(catalogue: Catalogue) -> Iterator[Page]:
    publications = list(catalogue.publications.values())
    unknown = [record for record in catalogue.in_time if not record.value("publisher")]
    lines = [_publication_line(one) for one in publications]
    if unknown:
        lines.append(
            f"- {link('Publication not recorded', '{up}publications/not-recorded.md')}"
            f" · {count(len(unknown), 'record')}"
        )
    yield from list_pages("publications/index", "By publication", lines)
    above = [{"label": "By publication", "href": "publications/"}]
    for one in publications:
        matter = {"breadcrumbs": above, "summary": count(len(one.records), "record")}
        records = [record_line(record, catalogue) for record in one.records]
        yield from list_pages(f"publications/{one.slug}", one.label, records, matter)
    if unknown:
        matter = {"breadcrumbs": above, "summary": count(len(unknown), "record")}
        records = [record_line(record, catalogue) for record in unknown]
        yield from list_pages(
            "publications/not-recorded", "Publication not recorded", records, matter
        )


def _publication_line(publication: Publication) -> str:
    address = f"{{up}}publications/{publication.slug}.md"
    return f"- {link(publication.label, address)} · {count(len(publication.records), 'record')}"


# ---------------------------------------------------------------- by entity


def _entity_pages(catalogue: Catalogue) -> Iterator[Page]:
    overview = []
    for kind in TYPE_FOLDERS:
        members = of_type(iter(catalogue.corpus.entities), kind)
        if members:
            overview.append(
                f"- {link(TYPE_PLURALS[kind], f'{{up}}entities/{TYPE_FOLDERS[kind]}.md')}"
                f" · {len(members):,}"
            )
            yield from _type_pages(kind, members, catalogue)
    yield from list_pages("entities/index", "Names", overview)


def _type_pages(
    kind: EntityType, members: Sequence[Entity], catalogue: Catalogue
) -> Iterator[Page]:
    lines = [_entity_line(entity, catalogue) for entity in members]
    matter: dict[str, object] = {
        "breadcrumbs": [{"label": "Names", "href": "entities/"}],
        "summary": f"{len(members):,} {TYPE_PLURALS[kind].lower()}",
        "see_also": [{"label": "Map of places", "href": f"{ADDRESS}/"}]
        if kind == "place" and located(catalogue)
        else [],
    }
    yield from list_pages(f"entities/{TYPE_FOLDERS[kind]}", TYPE_PLURALS[kind], lines, matter)


def _entity_line(entity: Entity, catalogue: Catalogue) -> str:
    records = len(catalogue.appearances.get(entity.id, ()))
    about = f" · {escape(entity.description)}" if entity.description else ""
    address = f"{{up}}entities/{entity.id}.md"
    return f"- {link(entity.label, address)} · {count(records, 'record')}{about}"
