"""Describe a document: what is known of it, as claims with their evidence.

Takes a Document and what the editor gave for it; gives a Description. Guarantees: no value
without evidence; a stated value's wording stands in the unit or field that is named; what
the editor gave wins, and every disagreement is listed; no date comes from the file system.
"""

from collections.abc import Iterator
from dataclasses import replace

from tearsheet.describe.belief import Believed, agree, believe, plain
from tearsheet.describe.bylines import author_claims
from tearsheet.describe.dating import date_text
from tearsheet.describe.editorial import editorial
from tearsheet.describe.head import claims_of_head
from tearsheet.describe.headline import headline
from tearsheet.describe.language import identify
from tearsheet.describe.look import Look
from tearsheet.describe.machine_days import date_in_address, settled
from tearsheet.describe.origin import origin
from tearsheet.describe.readings import Habit, Ways
from tearsheet.describe.retrieval import retrieval_notes
from tearsheet.describe.titling import section_claims, title_claims, topic_claims
from tearsheet.describe.translation import translation
from tearsheet.describe.wholeness import completeness
from tearsheet.describe.wording import as_it_came, mended
from tearsheet.model import Claim, Description, Document, Fate, Note

__all__ = ["describe"]


def describe(
    document: Document,
    given: tuple[Claim, ...] = (),
    given_notes: tuple[Note, ...] = (),
    *,
    day_first: bool | None = None,
    habit: Habit | None = None,
) -> Description:
    """Give what is known of a document; the editor's word comes first. `habit` is how its
    publisher writes dates in numbers, where the archive shows it.
    """
    editor = editorial(given, document.source, day_first=day_first)
    head = claims_of_head(document.source)
    address = date_in_address((*editor.claims, *head))
    head = (*head, *([address] if address else ()))
    known = {claim.field for claim in (*head, *editor.claims)}
    look = _look(mended(document), head)
    language = _language(look)
    tag = language.value if language else None
    ways = Ways(day_first, tag, habit, address, (*editor.claims, *head))
    dating = date_text(look, ways, dated="published" in known)
    # The typography that a translation carried over is evidence: it is looked at as it came.
    translated = translation(Look(document), tag)
    whence = origin(look, translated=translated.suspected, published="publisher" in known)
    whole = completeness(look)
    found = (
        *(claim for claim in settled(head, dating.claims) if claim.field != "title"),
        *title_claims(look, head),
        *author_claims(look),
        *dating.claims,
        *whence.claims,
        *topic_claims(look),
        *section_claims(look),
        *_unless_declared(language, head),
        *(one for one in (translated.claim, whole.claim) if one),
    )
    found = as_it_came(found, document)
    believed = believe(editor.claims, _without_self(found, editor.claims), editor.struck)
    about = {
        "completeness": (whole.note,),
        "translation": (translated.note,),
        "republished_from": whence.notes,
        "published": dating.notes,
    }
    notes = (
        *given_notes,
        *editor.notes,
        *(
            note
            for field, several in about.items()
            for note in _still_true(believed, field, several)
        ),
        *retrieval_notes(believed.claims, believed.conflicts, document.source),
    )
    return Description(believed.claims, believed.conflicts, tuple(dict.fromkeys(notes)))


def _look(document: Document, head: tuple[Claim, ...]) -> Look:
    """Look at a document; where its page states no title, its lines are weighed for one."""
    look = Look(document)
    weighed = None if any(claim.field == "title" for claim in head) else headline(look)
    return replace(look, headline=weighed.unit, worded=weighed.title) if weighed else look


def _without_self(found: tuple[Claim, ...], given: tuple[Claim, ...]) -> Iterator[Claim]:
    """Drop the claim that a paper took a text over from itself."""
    of_field = [one for one in (*given, *found) if one.field == "publisher"]
    best = max(of_field, key=lambda one: (one.how == "given", one.confidence), default=None)
    for one in found:
        if one.field != "republished_from" or best is None or plain(one.value) != plain(best.value):
            yield one


def _still_true(believed: Believed, field: str, notes: tuple[Note | None, ...]) -> Iterator[Note]:
    """Give the notes on how a field was found, unless the editor knows better."""
    claim = believed.claims.get(field)
    if claim is not None and claim.how == "given":
        return
    for note in notes:
        if note is not None and (note.kind != "origin" or claim is not None):
            yield note


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


def _unless_declared(language: Claim | None, head: tuple[Claim, ...]) -> Iterator[Claim]:
    """Give the language that the words show, unless the page declares the same one itself."""
    if language and not any(one.field == "language" and agree(one, language) for one in head):
        yield language
