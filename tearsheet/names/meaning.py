"""What a mention is compared by: its type, its words, and what tells it from its like.

Takes a mention and its text; gives a `Meaning`. Guarantees that two mentions of one document
with one meaning are one thing, as far as names can tell.
"""

import msgspec

from tearsheet.model import EntityType, Mention
from tearsheet.names.callings import title_before
from tearsheet.names.games import game, is_country, is_place, team_game
from tearsheet.names.nation import nation, office
from tearsheet.names.normal import group_key, organisation_words, person_words, place_key


class Meaning(msgspec.Struct, frozen=True):
    """What a mention is compared by: its type, its words, and what tells it from its like."""

    type: EntityType
    key: tuple[str, ...]
    qualifier: str | None = None
    title: str | None = None
    """The title before a lone name: of two Moens, the Minister and the Judge are told by it."""


def meaning(mention: Mention, text: str, path: str) -> Meaning:
    """Give what a mention is compared by.

    An office of a country is qualified by the country, or by the path where no country is to
    be known: then it is no other document's. A place that plays is the team of its game.
    """
    if mention.type == "person":
        words = person_words(mention.surface)
        title = title_before(text, mention.start) if len(words) == 1 else None
        return Meaning("person", words, title=title)
    if mention.type == "organisation":
        found = office(mention.surface)
        if found is not None:
            owner = found[0] or nation(text, mention.start, mention.end)
            words = organisation_words(found[1])
            return Meaning("organisation", (f"[{owner or path}]", *words), owner)
        team = game(text) if is_place(mention.surface) else None
    else:
        country = mention.type == "place" and is_country(mention.surface)
        team = team_game(text, mention.start, mention.end) if country else None
    if team is not None:
        return Meaning("organisation", (place_key(mention.surface), f"({team})"), team)
    if mention.type == "place":
        return Meaning("place", (place_key(mention.surface),))
    if mention.type == "other":
        return Meaning("other", group_key(mention.surface))
    return Meaning(mention.type, organisation_words(mention.surface))
