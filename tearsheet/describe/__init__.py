"""Describe a document: what is known of it, as claims with their evidence.

Takes a Document and what the editor gave for it; gives a Description. Guarantees: no value
without evidence; a stated value's wording stands in the unit or field that is named; what
the editor gave wins, and every disagreement is listed; no date comes from the file system.
"""

from collections.abc import Iterator

from tearsheet.describe.belief import Believed, believe
from tearsheet.describe.dating import date_text
from tearsheet.describe.editorial import editorial
from tearsheet.describe.head import claims_of_head
from tearsheet.describe.language import identify
from tearsheet.describe.look import Look
from tearsheet.describe.origin import origin
from tearsheet.describe.people import parse_byline
from tearsheet.describe.retrieval import retrieval_notes
from tearsheet.describe.titling import section_claims, title_claims, topic_claims
from tearsheet.describe.translation import translation
from tearsheet.describe.wholeness import completeness
from tearsheet.model import Claim, Description, Document, Fate, Note

__all__ = ["describe"]


def describe(
    document: Document,
    given: tuple[Claim, ...] = (),
    given_notes: tuple[Note, ...] = (),
    *,
    day_first: bool | None = None,
) -> Description:
    """Give what is known of a document; the editor's word comes first."""
    look = Look(document)
    editor = editorial(given, document.source, day_first=day_first)
    language = _language(look)
    tag = language.value if language else None
    dating = date_text(look, day_first=day_first, language=tag)
    translated = translation(look, tag)
    from_whom = origin(look, translated=translated.suspected)
    whole = completeness(look)
    found: list[Claim] = [
        *claims_of_head(document.source),
        *title_claims(look),
        *_authors(look),
        *dating.claims,
        *from_whom.claims,
        *topic_claims(look),
        *section_claims(look),
        *([language] if language else ()),
        *([translated.claim] if translated.claim else ()),
        *([whole.claim] if whole.claim else ()),
    ]
    believed = believe(
        editor.claims, (claim for claim in found if claim.field not in editor.struck)
    )
    notes = [
        *given_notes,
        *editor.notes,
        *_notes_on(believed, "completeness", whole.note),
        *_notes_on(believed, "translation", translated.note),
        *_all_notes_on(believed, "republished_from", from_whom.notes),
        *_all_notes_on(believed, "published", dating.notes),
        *retrieval_notes(believed.claims, believed.conflicts, document.source),
    ]
    return Description(believed.claims, believed.conflicts, tuple(dict.fromkeys(notes)))


def _notes_on(believed: Believed, field: str, note: Note | None) -> tuple[Note, ...]:
    return _all_notes_on(believed, field, (note,) if note else ())


def _all_notes_on(believed: Believed, field: str, notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Give the notes on how a field was found, unless something better was believed."""
    claim = believed.claims.get(field)
    if claim is not None and claim.how == "given":
        return ()
    return notes


def _language(look: Look) -> Claim | None:
    """Give the language of the text by its words; a short evidence stands in the claim."""
    found = identify(look.text)
    if found is None:
        return None
    first = next(look.of(Fate.PARAGRAPH), None)
    if first is None:
        return None
    where = f"the text’s commonest words ({found.evidence})"
    return Claim("language", found.tag, found.evidence, where, "inferred", found.sure)


def _authors(look: Look) -> Iterator[Claim]:
    """Give the people of the bylines beside the title; else of one that closes the text."""
    people: dict[str, None] = {}
    first = None
    for unit in look.of(Fate.BYLINE):
        if unit.number > look.tail:
            break
        if first is not None and unit.number > look.last_text > first.number:
            break
        named = parse_byline(unit.text).people
        if named and first is None:
            first = unit
        people.update(dict.fromkeys(named))
    if first is not None:
        sure = min(0.9, look.confidence(first) + 0.15)
        yield look.claim("author", "; ".join(people), first, first.text.strip(), sure=sure)
