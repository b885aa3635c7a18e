"""Describing reads a text as it was mended, and quotes it as it came."""

from msgspec.structs import replace

from tearsheet.clean.repairs import by_unit, repaired
from tearsheet.model import Claim, Document


def mended(document: Document) -> Document:
    """Give a document whose units read as their repairs make them."""
    repairs = by_unit(one for one in document.repairs if one.kind not in ("line", "hyphen"))
    if not repairs:
        return document
    units = tuple(
        replace(unit, text=repaired(unit.text, repairs[unit.number]))
        if unit.number in repairs
        else unit
        for unit in document.source.units
    )
    return replace(document, source=replace(document.source, units=units))


def as_it_came(claims: tuple[Claim, ...], document: Document) -> tuple[Claim, ...]:
    """Give claims whose original wording is the source's own, damage and all."""
    damaged = by_unit(document.repairs)
    return tuple(
        replace(claim, original=document.source.units[claim.unit - 1].text.strip())
        if claim.unit in damaged
        and claim.original not in document.source.units[claim.unit - 1].text
        else claim
        for claim in claims
    )
