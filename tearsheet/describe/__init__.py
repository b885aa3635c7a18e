"""Describe a document: what is known of it, as claims with their evidence."""

from tearsheet.model import Claim, Description, Document, Note


def describe(
    document: Document,
    given: tuple[Claim, ...] = (),
    given_notes: tuple[Note, ...] = (),
    *,
    day_first: bool | None = None,
) -> Description:
    """Give what is known of a document; the editor's word comes first."""
    claims: dict[str, Claim] = {}
    for claim in given:
        claims.setdefault(claim.field, claim)
    return Description(claims, (), given_notes)
