"""An entity's pages: every mention in its sentence, linked to its paragraph.

Takes an Entity and the Catalogue; gives one Page or more, records in time order.
Guarantees that no mention is left out, however many pages it takes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, groupby, pairwise
from operator import itemgetter

from tearsheet.model import Entity, Page
from tearsheet.pages.card import Card, short, year_of
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.graph import neighbourhood
from tearsheet.pages.maps import ADDRESS, position_words
from tearsheet.pages.markdown import Span, TextBlock, block, escape, escape_line, link, safe_url
from tearsheet.pages.pager import Length, beginnings, pager
from tearsheet.pages.quotations import Quotation, Told, surfaces
from tearsheet.pages.words import TYPE_FOLDERS, TYPE_LABELS, TYPE_PLURALS, date_words

MENTIONS = Length(60, 48, 6)
"""Quoted sentences on one page: up to 40 KB of HTML."""
UP = "\0"
"""Stands for the way up to docs/, which differs from page to page; in no text is there any."""


def entity_pages(entity: Entity, catalogue: Catalogue) -> Iterator[Page]:
    """Lay out one entity. Its card stands on its first page: a mention more changes that, and the
    page that quotes it.
    """
    paths = [card.path for card, _ in catalogue.appearances(entity.id)]
    told = catalogue.quotations.of(entity.id, paths, partial(_lines, catalogue))
    bodies = _bodies(entity, told)
    said = chain.from_iterable(one.said for one in told)
    card = _card(entity, catalogue, Counter(chain.from_iterable(map(surfaces, said))))
    for index, body in enumerate(bodies):
        matter = _head(entity, index) | (card if index == 0 else {})
        matter["pages"] = pager(len(bodies), index, _number, lambda at: _address(entity, at))
        yield Page(_page_path(entity, index), matter, body)


def _bodies(entity: Entity, told: Sequence[Told]) -> tuple[str, ...]:
    """Give the Markdown of every page of an entity."""
    if not told:
        return (f"No record in this archive mentions {escape(entity.label)}.",)
    quoted = [(one.lines[0], line) for one in told for line in one.lines[1:]]
    starts = beginnings([line.encode() for _, line in quoted], MENTIONS)
    return tuple(
        _body(quoted[start:end]).replace(UP, "../" * _page_path(entity, index).count("/"))
        for index, (start, end) in enumerate(pairwise((*starts, len(quoted))))
    )


def _body(quoted: Sequence[tuple[str, str]]) -> str:
    parts: list[str] = []
    for heading, group in groupby(quoted, key=itemgetter(0)):
        parts += [heading, *(line for _, line in group)]
    return "\n\n".join(parts)


def shown_of(entity: Entity, catalogue: Catalogue) -> tuple[object, ...] | None:
    """Give all that an entity's pages depend on, or None where a record does not tell."""
    seats = catalogue.now.seats
    marks = [seats[card.path].brief for card, _ in catalogue.appearances(entity.id)]
    if not all(marks):
        return None
    pairs = catalogue.companions_of(entity.id).pairs
    return entity, marks, _co_mentions(entity, catalogue), pairs, _position(entity, catalogue)


def moved_page(former: str, entity: Entity) -> Page:
    """Give the page at an address that an entity once had: it leads on to where it is now."""
    matter = {
        "title": entity.label,
        "kind": "moved",
        "template": "moved.html",
        "moved_to": f"entities/{entity.id}/",
    }
    here = link(entity.label, f"{entity.id}.md")
    return Page(f"entities/{former}.md", matter, f"This name has moved to the page of {here}.")


def gone_page(former: str, label: str) -> Page:
    """Give the page at an address whose name no record holds any more."""
    matter = {"title": label, "kind": "about", "template": "index.html"}
    body = (
        f"A page about {escape(label)} stood here. No record of the archive names it any more: "
        "its sources were withdrawn, or are read differently now. The address is kept."
    )
    return Page(f"entities/{former}.md", matter, body)


def _page_path(entity: Entity, index: int) -> str:
    name = entity.id if index == 0 else f"{entity.id}/page-{index + 1}"
    return f"entities/{name}.md"


# ---------------------------------------------------------------- Markdown


def _lines(catalogue: Catalogue, path: str, said: Sequence[Quotation]) -> tuple[str, ...]:
    """Give the Markdown of what a record says of an entity: a heading, then each quotation."""
    card = catalogue.cards[path]
    return _heading(card, catalogue), *(_quoted(card, quotation) for quotation in said)


def _heading(card: Card, catalogue: Catalogue) -> str:
    details = heading_facts(card, catalogue)
    heading = f"### {link(short(card.title), f'{UP}records/{card.slug}.md')}"
    if not details:
        return heading
    return f"{heading}\n\n{escape_line(' · '.join(details))}\n{{: .source-line }}"


def heading_facts(record: Card, catalogue: Catalogue) -> list[str]:
    """Give what stands under a record's title where it is quoted: its day, its publication."""
    publication = catalogue.publication_of(record.path)
    details = [date_words(record.published)] if record.published else []
    return details + ([publication.label] if publication else [])


def _quoted(card: Card, quotation: Quotation) -> str:
    address = f"{UP}records/{card.slug}.md#{quotation.anchor}"
    spans = tuple(Span(start, end, address, ("mention",)) for start, end in quotation.spans)
    return block(TextBlock(quotation.text, "blockquote", spans=spans))


# ---------------------------------------------------------------- the card


def _head(entity: Entity, index: int) -> dict[str, object]:
    """Give what stands at the head of a page of an entity; the further ones lead to the first."""
    kind = TYPE_PLURALS[entity.type], f"entities/{TYPE_FOLDERS[entity.type]}/"
    way = [kind] if index == 0 else [kind, (entity.label, _address(entity, 0))]
    return {
        "title": entity.label,
        "kind": "entity",
        "template": "entity.html",
        "type": entity.type,
        "type_label": TYPE_LABELS[entity.type],
        "breadcrumbs": [{"label": label, "href": href} for label, href in way],
    }


def _card(entity: Entity, catalogue: Catalogue, used: Counter[str]) -> dict[str, object]:
    """Give what the first page of an entity shows of it; `used` is how often each name is."""
    appearances = catalogue.appearances(entity.id)
    return {
        "description": entity.description,
        "aliases": _aliases(entity, used),
        "same_as": [url for one in entity.same_as if (url := safe_url(one))],
        "evidence": list(entity.evidence),
        "from_authority": entity.from_authority,
        "records": len(appearances),
        "mentions": sum(number for _, number in appearances),
        "co_mentions": _co_mentions(entity, catalogue),
        "position": _position(entity, catalogue) if appearances else None,
        "years": _years(appearances),
        "graph": neighbourhood(entity, catalogue),
    }


def _position(entity: Entity, catalogue: Catalogue) -> dict[str, str] | None:
    at = catalogue.now.whole.faces[entity.id].at
    if at is None:
        return None
    return {"words": position_words(at), "evidence": at.evidence, "href": f"{ADDRESS}/"}


def _number(place: int) -> str:
    return str(place + 1)


def _address(entity: Entity, index: int) -> str:
    return f"{_page_path(entity, index).removesuffix('.md')}/"


def _years(appearances: Sequence[tuple[Card, int]]) -> list[dict[str, object]]:
    """Give the mentions of every year that has any; one year alone makes no chart."""
    counted: Counter[str] = Counter()
    for card, number in appearances:
        counted[year_of(card.published)] += number
    years = [{"year": year, "count": counted[year]} for year in sorted(counted)]
    return years if len(years) > 1 else []


def _aliases(entity: Entity, used: Counter[str]) -> list[dict[str, object]]:
    """Give the names the entity goes by, most used first, with how often each is used."""
    names = {*entity.aliases, *used} - {entity.label}
    ordered = sorted(names, key=lambda name: (-used[name], name))
    return [{"label": name, "count": used[name]} for name in ordered]


def _co_mentions(entity: Entity, catalogue: Catalogue) -> list[dict[str, object]]:
    companions = catalogue.companions_of(entity.id).nearest
    return [
        {
            "label": catalogue.entities[other].label,
            "href": f"entities/{other}/",
            "type": catalogue.entities[other].type,
            "count": number,
        }
        for other, number in companions
    ]
