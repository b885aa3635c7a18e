"""What a saved page states of itself outside its text: meta tags, JSON-LD, time elements.

Takes the fields that the reader gathered; gives claims, those first that are made for
machines that cite (Highwire, JSON-LD), then those for sharing, then the rest. A place that
pages fill carelessly is believed less.
"""

import re
from collections.abc import Iterator
from html import unescape

import msgspec

from tearsheet.describe.machine_days import machine_date, named_claims, time_claims
from tearsheet.describe.people import parse_byline
from tearsheet.model import Claim, Field, Source


class Place(msgspec.Struct, frozen=True):
    """A name of fields, and how far what stands there is believed; `in_` narrows where."""

    name: str
    sure: float
    in_: str = ""


PLACES: dict[str, tuple[Place, ...]] = {
    "title": (
        Place("citation_title", 0.97),
        Place("headline", 0.96, "JSON-LD"),
        Place("headline", 0.95, "itemprop"),
        Place("og:title", 0.93),
        Place("dc.title", 0.92),
        Place("dcterms.title", 0.92),
        Place("parsely-title", 0.92),
        Place("sailthru.title", 0.92),
        Place("twitter:title", 0.9),
        Place("title", 0.85),
    ),
    "author": (
        Place("citation_author", 0.96),
        Place("author", 0.95, "JSON-LD"),
        Place("creator", 0.9, "JSON-LD"),
        Place("article:author_name", 0.92),
        Place("parsely-author", 0.92),
        Place("sailthru.author", 0.92),
        Place("dc.creator", 0.9),
        Place("dcterms.creator", 0.9),
        Place("dc.contributor", 0.7),
        Place("byl", 0.92),
        Place("author", 0.88, "itemprop"),
        Place("author", 0.88, "rel=author"),
        Place("author", 0.85, "meta"),
        Place("article:author", 0.85),
        Place("og:article:author", 0.85),
        Place("cxenseparse:author", 0.85),
        Place("twitter:creator", 0.5),
    ),
    "publisher": (
        Place("publisher", 0.95, "JSON-LD"),
        Place("og:site_name", 0.94),
        Place("sourceorganization", 0.9, "JSON-LD"),
        Place("citation_journal_title", 0.9),
        Place("dc.publisher", 0.9),
        Place("dcterms.publisher", 0.9),
        Place("copyrightholder", 0.85, "JSON-LD"),
        Place("publisher", 0.85, "meta"),
        Place("application-name", 0.8),
        Place("apple-mobile-web-app-title", 0.7),
        Place("copyright", 0.7),
    ),
    "published": (
        Place("datepublished", 0.97, "JSON-LD"),
        Place("article:published_time", 0.97),
        Place("citation_publication_date", 0.95),
        Place("citation_date", 0.94),
        Place("datepublished", 0.94, "itemprop"),
        Place("datepublished", 0.94, "meta"),
        Place("og:published_time", 0.94),
        Place("og:article:published_time", 0.94),
        Place("article:published", 0.94),
        Place("parsely-pub-date", 0.94),
        Place("sailthru.date", 0.93),
        Place("dc.date.issued", 0.93),
        Place("dcterms.issued", 0.93),
        Place("dc.date.created", 0.9),
        Place("dcterms.created", 0.9),
        Place("pubdate", 0.92),
        Place("publishdate", 0.92),
        Place("publish_date", 0.92),
        Place("publish-date", 0.92),
        Place("published_time", 0.92),
        Place("publication_date", 0.92),
        Place("originalpublicationdate", 0.92),
        Place("article.published", 0.92),
        Place("cxenseparse:recs:publishtime", 0.92),
        Place("ptime", 0.9),
        Place("dc.date", 0.88),
        Place("dcterms.date", 0.88),
        Place("article_date_original", 0.9),
        Place("datecreated", 0.85, "JSON-LD"),
        Place("datecreated", 0.8, "itemprop"),
        Place("date", 0.8, "meta"),
    ),
    "updated": (
        Place("datemodified", 0.94, "JSON-LD"),
        Place("article:modified_time", 0.94),
        Place("og:updated_time", 0.9),
        Place("datemodified", 0.9, "itemprop"),
        Place("dcterms.modified", 0.9),
        Place("dc.date.modified", 0.9),
        Place("lastmod", 0.85),
        Place("last-modified", 0.8),
        Place("revised", 0.8),
    ),
    "section": (
        Place("article:section", 0.93),
        Place("articlesection", 0.92, "JSON-LD"),
        Place("parsely-section", 0.9),
        Place("section", 0.85),
    ),
    "language": (
        Place("inlanguage", 0.9, "JSON-LD"),
        Place("citation_language", 0.9),
        Place("dc.language", 0.88),
        Place("lang", 0.85),
        Place("content-language", 0.8),
        Place("og:locale", 0.75),
    ),
    "source_url": (
        Place("url", 0.95, "comment"),
        Place("url", 0.95, "address"),
        Place("canonical", 0.9),
        Place("og:url", 0.88),
        Place("mainentityofpage", 0.8, "JSON-LD"),
    ),
    "archive_url": (Place("archive_url", 0.95),),
    "retrieved": (Place("saved", 0.95), Place("retrieved", 0.9)),
    "tool": (Place("tool", 0.95),),
    "rights": (
        Place("license", 0.9, "JSON-LD"),
        Place("dc.rights", 0.9),
        Place("dcterms.rights", 0.9),
    ),
}
TOPIC_PLACES = (
    Place("article:tag", 0.92),
    Place("keywords", 0.85, "JSON-LD"),
    Place("news_keywords", 0.85),
    Place("parsely-tags", 0.8),
    Place("keywords", 0.7, "meta"),
)
DATE_FIELDS = frozenset({"published", "updated", "retrieved"})
MOST_TOPICS = 20
ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^/|^@|@\S+\.\w+$|^\d+$")
TAG = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


def claims_of_head(source: Source) -> tuple[Claim, ...]:
    """Give every claim that the page makes of itself, best place first within a field."""
    if not source.fields:  # a text, always: a hundred places to look at for nothing
        return ()
    made: list[Claim] = []
    for field, places in PLACES.items():
        for place in places:
            made += _claims(source.fields, field, place)
    known = frozenset(place.name for places in PLACES.values() for place in places)
    days = (*named_claims(source.fields, known), *time_claims(source.fields))
    others = (*days, _topics(source.fields), _access(source.fields))
    return (*made, *(one for one in others if one))


def fields_at(fields: tuple[Field, ...], place: Place) -> Iterator[Field]:
    """Give the fields that stand at a place."""
    for one in fields:
        if one.name.lower() == place.name and one.found_in.startswith(place.in_):
            yield one


def _claims(fields: tuple[Field, ...], field: str, place: Place) -> Iterator[Claim]:
    if field == "author":
        yield from _authors(fields, place)
        return
    for one in fields_at(fields, place):
        value = _value(field, one.value)
        if value:
            yield Claim(field, value, one.value, one.found_in, "stated", place.sure)


def _value(field: str, stated: str) -> str | None:
    if field in DATE_FIELDS:
        return machine_date(stated)
    if field == "language":
        tag = stated.strip().split(",")[0].strip()
        return tag.replace("_", "-") if TAG.match(tag) else None
    if field in ("source_url", "archive_url"):
        return stated if stated.startswith(("http://", "https://")) else None
    if field == "publisher" and (ADDRESS.search(stated) or len(stated) > 80):
        return None
    return " ".join(unescape(stated).split())[:500] or None


def _authors(fields: tuple[Field, ...], place: Place) -> Iterator[Claim]:
    """Join the people of all fields at one place: a page states one author a tag."""
    people: dict[str, None] = {}
    stated = [one for one in fields_at(fields, place) if not ADDRESS.search(one.value)]
    for one in stated:
        people.update(dict.fromkeys(parse_byline(_upright(unescape(one.value))).people))
    if people:
        original = "; ".join(dict.fromkeys(one.value for one in stated))
        first = stated[0]
        yield Claim("author", "; ".join(people), original, first.found_in, "stated", place.sure)


def _upright(name: str) -> str:
    """`Halm, Gerda` is Gerda Halm: catalogues and citing tags put the family name first."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and all(len(part.split()) <= 2 for part in parts):
        inverted = len(parts[0].split()) == 1 or len(parts[1].split()) == 1
        if inverted and not (len(parts[0].split()) >= 2 and len(parts[1].split()) >= 2):
            return f"{parts[1]} {parts[0]}"
    return name


def _topics(fields: tuple[Field, ...]) -> Claim | None:
    for place in TOPIC_PLACES:
        stated = [*fields_at(fields, place)]
        words = [word.strip() for one in stated for word in re.split(r"[,;]", one.value)]
        topics = [*dict.fromkeys(word for word in words if 1 < len(word) <= 60)][:MOST_TOPICS]
        if topics:
            original = "; ".join(one.value for one in stated)
            return Claim(
                "topics", "; ".join(topics), original, stated[0].found_in, "stated", place.sure
            )
    return None


def _access(fields: tuple[Field, ...]) -> Claim | None:
    """Give the page's own statement that it is not free to read, if it makes one."""
    for one in fields_at(fields, Place("isaccessibleforfree", 0.9)):
        if one.value.lower() == "false":
            return Claim("access", "not free to read", one.value, one.found_in, "stated", 0.9)
    return None


def captured(source: Source) -> Field | None:
    """When a web archive captured the page, which is not when this copy was retrieved."""
    return next(iter(fields_at(source.fields, Place("archived", 0.95))), None)
