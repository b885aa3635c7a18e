"""A record's page: the article in Markdown, and its catalogue card as front matter.

Takes a Record and the Catalogue; gives a Page. Guarantees that every known field has a
row on the card, with its evidence or as not recorded, and that every unit that was set
aside can be reached from the page.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tearsheet.archive.register import permalink
from tearsheet.clean.repairs import by_unit, mover, repaired
from tearsheet.languages import language_name
from tearsheet.model import (
    ASIDE_FATES,
    FIELDS,
    TEXT_FATES,
    Block,
    Claim,
    Conflict,
    Entry,
    Fate,
    Mention,
    Note,
    Page,
    Record,
    Repair,
    SharedText,
    Unit,
)
from tearsheet.names import linkable
from tearsheet.pages.card import Card, title_of, year_of
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.kinship import related
from tearsheet.pages.markdown import Span, TextBlock, blocks, safe_url
from tearsheet.pages.places import Ledger, original_address
from tearsheet.pages.repairs import repair_groups
from tearsheet.pages.words import (
    FATE_LABELS,
    completeness_label,
    date_words,
    direction,
    field_label,
    value_words,
)

MAX_ASIDE_SHOWN = 8_000
"""Characters of set-aside text on a record's page; the source view has the rest. Keeps the
page under 60 KB of HTML whatever a scraper left behind."""

MAX_VERSIONS = 20
MAX_SHARED = 4

_ELEMENTS = {
    Fate.HEADING: "h2",
    Fate.QUOTATION: "blockquote",
    Fate.EMBED: "blockquote",
    Fate.LIST: "li",
    Fate.TABLE: "tr",
    Fate.CODE: "pre",
}
_LINK_FIELDS = frozenset({"source_url", "archive_url"})


class Around(msgspec.Struct, frozen=True):
    """What the rest of the corpus adds to a record's page: parts of its front matter by their
    names, and the types of the entities that it mentions, by id.
    """

    parts: Mapping[str, object]
    types: Mapping[str, str]


def around(record: Record, catalogue: Catalogue) -> Around:
    """Gather what the corpus adds to a record's page, without a look at its document."""
    mentioned = [entity for entity, _ in catalogue.named(record)]
    return Around(
        {
            "publisher": _publisher(record, catalogue),
            "facets": facets(record, catalogue),
            "entities": _entity_rows(record, catalogue),
            **_beside(record, catalogue),
        },
        {entity: catalogue.entities[entity].type for entity in mentioned},
    )


def _beside(record: Record, catalogue: Catalogue) -> dict[str, object]:
    """Give what a record's page shows of other records."""
    before, after = catalogue.neighbours(record.path)
    return {
        "versions": [_version_row(one, catalogue) for one in record.same_text[:MAX_VERSIONS]],
        "related": [_related_row(*one, catalogue) for one in related(record, catalogue)],
        "previous": _neighbour(before),
        "next": _neighbour(after),
    }


def shown_of(record: Record, catalogue: Catalogue, told: str) -> tuple[object, ...] | None:
    """Give all that a record's page depends on, or None where that is not known; `told` is the
    mark of all that it says by itself. What `around` gathers is made of this and of nothing else.
    """
    if not told:
        return None
    return (
        told,
        [catalogue.shown(entity) for entity, _ in catalogue.named(record)],
        *_beside(record, catalogue).values(),
    )


def record_pages(record: Record, catalogue: Catalogue) -> Iterator[Page]:
    """Lay out one record."""
    add = around(record, catalogue)
    path = f"records/{record.accession.slug}.md"
    yield Page(path, _front_matter(record, add), article(record, add))


# ---------------------------------------------------------------- the article


def article(record: Record, add: Around) -> str:
    """Give the article as Markdown: every shown block in order, entities linked."""
    mentions = linkable(record.document, record.mentions)
    mended = by_unit(record.document.repairs)
    return blocks(
        _text_block(record, item, mentions, add, mended.get(item.unit, ()))
        for item in record.document.blocks
    )


def _text_block(
    record: Record,
    item: Block,
    mentions: tuple[Mention, ...],
    add: Around,
    mended: tuple[Repair, ...],
) -> TextBlock:
    text = record.document.text[item.start : item.end]
    classes = () if item.fate in TEXT_FATES else (item.fate.value,)
    links = _source_links(record.source.units[item.unit - 1], mended)
    spans = (*links, *_entity_links(item, mentions, links, add))
    inner = tuple((start - item.start, f"u{unit}") for unit, start in item.further)
    return TextBlock(text, _ELEMENTS.get(item.fate, "p"), item.anchor, classes, spans, inner)


def _source_links(unit: Unit, repairs: tuple[Repair, ...]) -> tuple[Span, ...]:
    """Give the links that an HTML source made, where they are safe to follow."""
    if unit.markup is None:
        return ()
    text = repaired(unit.text, repairs)
    shift = len(text) - len(text.lstrip())
    length = len(text.strip())
    spans = []
    moved = mover(repairs)
    for found in unit.markup.links:
        href = safe_url(found.target)
        start, end = (moved(at) - shift for at in (found.start, found.end))
        if href is not None and 0 <= start < end <= length:
            spans.append(Span(start, end, href, external=True))
    return tuple(spans)


def _entity_links(
    item: Block,
    mentions: Iterable[Mention],
    links: tuple[Span, ...],
    add: Around,
) -> tuple[Span, ...]:
    spans = []
    for mention in mentions:
        if mention.entity is None or not item.start <= mention.start < mention.end <= item.end:
            continue
        start, end = mention.start - item.start, mention.end - item.start
        if any(start < link.end and link.start < end for link in links):
            continue
        kind = add.types[mention.entity]
        spans.append(Span(start, end, f"../entities/{mention.entity}.md", ("entity", kind)))
    return tuple(spans)


# ---------------------------------------------------------------- the card


def _front_matter(record: Record, add: Around) -> dict[str, object]:
    language, at = record.value("language"), Ledger(record)
    return {
        "title": title_of(record),
        "kind": "record",
        "template": "record.html",
        "lang": language,
        "dir": direction(language),
        "accession": record.accession.number,
        "slug": record.accession.slug,
        "path": record.path,
        "byline": names_of(record),
        "publisher": add.parts["publisher"],
        "published": _published(record),
        "facets": add.parts["facets"],
        "claims": [_claim_row(record, name, at) for name in _field_names(record)],
        "conflicts": [_conflict_row(conflict) for conflict in record.description.conflicts],
        "notes": [_note_row(note, at) for note in record.notes],
        "fixity": _fixity(record),
        "original": original_address(record.accession),
        "source_view": f"{permalink(record.accession.slug)}source/",
        "set_aside": _set_aside(record, at),
        "repairs": repair_groups(record, at),
        "entities": add.parts["entities"],
        "versions": add.parts["versions"],
        "related": add.parts["related"],
        "previous": add.parts["previous"],
        "next": add.parts["next"],
    }


def names_of(record: Record) -> list[str]:
    """Give the authors one by one; an empty list where none is recorded."""
    return [name for name in (record.value("author") or "").split("; ") if name]


def _publisher(record: Record, catalogue: Catalogue) -> dict[str, object] | None:
    publication = catalogue.publication_of(record.path)
    if publication is None:
        return None
    return {"label": publication.label, "href": f"publications/{publication.slug}/"}


def _published(record: Record) -> dict[str, object] | None:
    claim = record.description.claims.get("published")
    if claim is None:
        return None
    return {"value": claim.value, "words": date_words(claim.value), "how": claim.how}


def facets(record: Record, catalogue: Catalogue) -> dict[str, list[str]]:
    """Give the values by which a search can be narrowed."""
    labels: dict[str, list[str]] = {"person": [], "organisation": [], "place": []}
    for entity, _ in catalogue.named(record):
        found = catalogue.entities[entity]
        labels.setdefault(found.type, []).append(found.label)
    publication = catalogue.publication_of(record.path)
    completeness = record.value("completeness")
    language = record.value("language")
    published = record.value("published") or ""
    return {
        "publication": [publication.label] if publication else [],
        "year": [year_of(published)],
        "month": [published[:7]] if len(published) >= len("2020-06") else [],
        "topic": catalogue.topics_of(record.path),
        "person": sorted(labels["person"]),
        "organisation": sorted(labels["organisation"]),
        "place": sorted(labels["place"]),
        "completeness": [completeness_label(completeness)] if completeness else [],
        "language": [language_name(language)] if language else [],
    }


def _field_names(record: Record) -> list[str]:
    own = sorted(name for name in record.description.claims if name not in FIELDS)
    return [*FIELDS, *own]


def _claim_row(record: Record, name: str, at: Ledger) -> dict[str, object]:
    claim = record.description.claims.get(name)
    if claim is None:
        return {"field": name, "label": field_label(name), "value": None}
    return {
        "field": name,
        "label": field_label(name),
        "value": claim.value,
        "words": value_words(name, claim.value),
        "original": claim.original,
        "found_in": claim.found_in,
        "how": claim.how,
        "confidence": round(claim.confidence, 2),
        "href": _claim_address(claim, at),
    }


def _claim_address(claim: Claim, at: Ledger) -> str | None:
    """Give where the evidence can be seen, or where a link field leads."""
    if claim.field in _LINK_FIELDS:
        return safe_url(claim.value)
    return at.address(claim.unit) if claim.unit else None


def _conflict_row(conflict: Conflict) -> dict[str, object]:
    return {
        "label": field_label(conflict.field),
        "believed": conflict.believed.value,
        "believed_from": conflict.believed.found_in,
        "other": conflict.other.value,
        "other_from": conflict.other.found_in,
    }


def _note_row(note: Note, at: Ledger) -> dict[str, object]:
    address = at.address(note.unit) if note.unit else None
    return {"kind": note.kind, "text": note.text, "serious": note.serious, "href": address}


def _fixity(record: Record) -> dict[str, object]:
    source = record.source
    return {
        "sha256": source.sha256,
        "size": source.size,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "encoding_evidence": source.encoding_evidence,
    }


def _set_aside(record: Record, at: Ledger) -> dict[str, object]:
    entries = [entry for entry in record.document.ledger if entry.fate in ASIDE_FATES]
    room = MAX_ASIDE_SHOWN
    groups = []
    for fate in Fate:
        members = [entry for entry in entries if entry.fate is fate]
        if members:
            shown = _shown_units(record, members, room, at)
            room -= sum(len(str(unit["text"])) + 80 for unit in shown)
            groups.append(
                {
                    "fate": fate.value,
                    "label": FATE_LABELS[fate],
                    "count": len(members),
                    "units": shown,
                }
            )
    return {"total": len(entries), "shown": room > 0, "groups": groups}


def _shown_units(
    record: Record, entries: list[Entry], room: int, at: Ledger
) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = []
    for entry in entries:
        text = record.source.units[entry.unit - 1].text.strip()
        room -= len(text) + 80
        if room < 0:
            break
        address = at.address(entry.unit)
        shown.append({"number": entry.unit, "reason": entry.reason, "text": text, "href": address})
    return shown


def _entity_rows(record: Record, catalogue: Catalogue) -> list[dict[str, object]]:
    ordered = sorted(catalogue.named(record), key=lambda one: (-one[1], one[0]))
    return [
        {
            "type": catalogue.entities[entity].type,
            "label": catalogue.entities[entity].label,
            "href": f"entities/{entity}/",
            "count": number,
        }
        for entity, number in ordered
    ]


def _related_row(other: Card, shared: tuple[str, ...], catalogue: Catalogue) -> dict[str, object]:
    """Give a record that names the same things, with what it has in common."""
    publication = catalogue.publication_of(other.path)
    return {
        "title": other.title,
        "href": permalink(other.slug),
        "date": date_words((other.published or "")[:10]),
        "publisher": publication.label if publication else None,
        "shared": list(shared[:MAX_SHARED]),
    }


def _version_row(shared: SharedText, catalogue: Catalogue) -> dict[str, object]:
    """Give another record of the same text, with how much of this one stands in it."""
    other = catalogue.cards[shared.path]
    publication = catalogue.publication_of(other.path)
    return {
        "title": other.title,
        "href": permalink(other.slug),
        "date": date_words((other.published or "")[:10]),
        "publisher": publication.label if publication else None,
        "share": f"{shared.share:.0%}",
        "kind": shared.kind,
        "earliest": other is min((other, *_kin(other, catalogue)), key=_earliness),
    }


def _kin(record: Card, catalogue: Catalogue) -> list[Card]:
    told = catalogue.records.told[record.path]
    return [catalogue.cards[one.path] for one in told.same_text]


def _earliness(record: Card) -> tuple[bool, str, int]:
    return (record.published is None, record.published or "", int(record.number))


def _neighbour(record: Card | None) -> dict[str, object] | None:
    if record is None:
        return None
    return {
        "title": record.title,
        "href": permalink(record.slug),
        "date": date_words(record.published or ""),
    }
