"""Read a page's JSON-LD (schema.org): the properties of its article, and of nothing else."""

import json
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from tearsheet.model import Field

ARTICLES = ("article", "posting", "report", "review", "liveblog", "webpage", "creativework")
PROPERTIES = (
    "headline", "alternativeHeadline", "name", "author", "creator", "publisher", "sourceOrganization",
    "datePublished", "dateModified", "dateCreated", "inLanguage", "isAccessibleForFree",
    "articleSection", "keywords", "description", "url", "mainEntityOfPage", "translationOfWork",
    "isBasedOn", "copyrightHolder", "license",
)  # fmt: skip
# Properties of a plain web page that would be mistaken for the article's.
NOT_OF_WEBPAGE = frozenset(("publisher", "author", "creator"))
LONGEST_SCRIPT = 2_000_000
MOST_VALUES = 20


def read_json_ld(page: LexborHTMLParser) -> Iterator[Field]:
    """Yield a field for each property of each article that the page's scripts describe."""
    for script in page.css('script[type="application/ld+json"]'):
        text = script.text(deep=True)
        if len(text) <= LONGEST_SCRIPT:
            for thing in _things(_parsed(text)):
                yield from _fields(thing)


def _parsed(text: str) -> object:
    """Parse leniently; what is no JSON says nothing (common: trailing commas, comments)."""
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (json.JSONDecodeError, RecursionError):
        return None


def _things(parsed: object) -> Iterator[dict[str, object]]:
    tops = parsed if isinstance(parsed, list) else [parsed]
    for top in tops:
        if not isinstance(top, dict):
            continue
        graph = top.get("@graph")
        nested = graph if isinstance(graph, list) else []
        for thing in (top, *nested):
            if isinstance(thing, dict) and _kind(thing):
                yield thing


def _kind(thing: dict[str, object]) -> str:
    """Name the article's type; "" for a thing that is no article."""
    stated = thing.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    for kind in kinds:
        if isinstance(kind, str) and kind.lower().endswith(ARTICLES):
            return kind
    return ""


def _fields(thing: dict[str, object]) -> Iterator[Field]:
    kind = _kind(thing)
    yield Field("type", kind, "JSON-LD @type")
    for name in PROPERTIES:
        if name in NOT_OF_WEBPAGE and kind.lower() == "webpage":
            continue
        for value in _values(thing.get(name)):
            yield Field(name, value, f"JSON-LD {name}")


def _values(stated: object) -> list[str]:
    """Give a property's values as words: a thing by its name, else by its address."""
    several = stated[:MOST_VALUES] if isinstance(stated, list) else [stated]
    return [word for one in several if (word := _word(one))]


def _word(one: object) -> str:
    """Give a value as text; half a surrogate pair, which JSON can spell, becomes a question mark."""
    if isinstance(one, dict):
        one = one.get("name") or one.get("@id") or one.get("url")
        if isinstance(one, list):
            one = one[0] if one else None
    if isinstance(one, bool):
        return "true" if one else "false"
    if not isinstance(one, (str, int, float)):
        return ""
    return str(one).encode("utf-8", "replace").decode("utf-8")
