"""Who published this copy and who wrote it first, as far as its text shows.

The publisher's name often stands only where cleaning sets things aside: a policy on comments,
a line of copyright, a pitch for an app. Each kind of place is believed as far as it can be;
a name that only the text tells of (`told AFP`) says who reported, never who published.
"""

import re
from collections.abc import Iterator

import msgspec

from tearsheet.describe.look import MOST_LOOKED_AT, Look, quoted
from tearsheet.describe.people import parse_byline
from tearsheet.describe.press import AGENCIES, PAPER_WORD, agency
from tearsheet.model import Claim, Fate, Note, Unit

_NAME = r"(?P<name>(?:The\s|Le\s|La\s|El\s|Die\s|Der\s)?[A-ZÀ-ÞА-Я0-9][\w'’&.\-]*(?:\s(?:of|de|du|des|the|and|&|del|di|der|la|le|[A-ZÀ-ÞА-Я0-9][\w'’&.\-]*)){0,5})"

COMMENT_POLICY = re.compile(
    rf"^(?:At\s)?{_NAME}\s(?:moderates|welcomes|does not (?:tolerate|allow|endorse)|reserves the right|encourages|reviews|invites)\b.{{0,200}}?\b(?:comment|discussion|reader)"
)
COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright)(?:\s+(?:©|\(c\)))?\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d|present))?)?\s*(?:,|by|\|)?\s*{_NAME}",
    re.IGNORECASE,
)
COPYRIGHT_AFTER = re.compile(rf"{_NAME}\s*(?:©|\(c\))\s*(?:19|20)\d\d")
APP = re.compile(
    rf"\b(?:downloading|download|install|get)\s(?:the|our)\s{_NAME}\s(?:mobile\s)?app(?:lication)?\b"
)
WALL_OFFER = re.compile(rf"^\W*{_NAME}\s(?:Archives?|Premium|Plus)$")
SOURCE_LINE = re.compile(
    r"^\W*(?:(?:read more\s?[-–—]\s?)?source|quelle|fuente|fonte|bron|источник|المصدر|kaynak|via|agency|agencies)\s?[:：]\s*(?P<name>\S.{1,60}?)\s*[.)\]]?$",
    re.IGNORECASE,
)
ORIGINALLY = re.compile(
    rf"\b(?:originally|first)\s(?:published|appeared|ran|posted)\s(?:\w+\s)?(?:in|on|by|at)\s{_NAME}|"
    rf"\b(?:republished|reprinted|reproduced|syndicated|taken|translated)\s(?:\w+\s){{0,2}}(?:from|with permission (?:from|of)|courtesy of)\s{_NAME.replace('name', 'name_2')}|"
    rf"\bcet article (?:a été|est) (?:d’abord |d'abord |initialement )?(?:publié|paru) (?:dans|par|sur)\s{_NAME.replace('name', 'name_3')}"
)
NOT_FED = re.compile(
    r"\b(?:has not been edited|published from|auto-?generated|published unedited) .{0,80}?\b(?:syndicated|agency|wire|pti|ani|ians|afp|reuters)\b",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"^[^a-z\n]{2,60}?[A-ZÀ-Þ]{2}[^()\n]{0,40}\((?P<name>[^()\d]{2,40})\)\s?[-–—:.]"
)
TOLD = re.compile(
    r"\b(?:told|said to|in an interview with|confirmed to|reports?|reported)\s(?P<name>[A-ZÀ-ÞА-Я][\w.]+(?:\s[A-ZÀ-ÞА-Я][\w.]+){0,2})"
)
RIGHTS = re.compile(r"^(?:all rights|rights|by|and|the|all)$", re.IGNORECASE)
TRAILING = re.compile(
    r"[\s.,|–—-]*(?:\b(?:all rights.*|rights reserved.*|inc|llc|ltd|gmbh|limited|group|and its.*|or its.*|is not.*|the (?:content|material).*|and|of|the|(?:19|20)\d\d.*))?[\s.,|–—-]*$",
    re.IGNORECASE,
)
FEWEST_TOLD = 2
"""One interview given to an agency is news of the agency; two and more are its own report."""
NEAR_PLACEHOLDER = 3
"""Units between a leftover of a scraper and the name of the source that it left."""


class Origin(msgspec.Struct, frozen=True):
    """What the text says of publisher and origin, and what a reader must know of it."""

    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()


def origin(look: Look, *, translated: bool, published: bool = False) -> Origin:
    """Give who published this copy, and whom it was taken from, with their evidence.

    In a text that was probably translated by machine, names in the furniture are those of
    the page that was translated: its origin, not its publisher.
    """
    claims: list[Claim] = [] if published and not translated else list(_publishers(look))
    notes: list[Note] = []
    if translated:
        claims = [_as_origin(claim) for claim in claims]
    chain, note = _chain(look)
    claims += [chain] if chain else []
    notes += [note] if note else []
    return Origin(tuple(claims), tuple(notes))


def _as_origin(claim: Claim) -> Claim:
    return Claim(
        "republished_from", claim.value, claim.original, claim.found_in, "inferred", 0.5, claim.unit
    )


def _publishers(look: Look) -> Iterator[Claim]:
    """Give the names of publishers, from the most to the least telling place."""
    for unit in look.of(Fate.COMMENTS, Fate.LEGAL):
        if match := COMMENT_POLICY.search(unit.text.strip()[:MOST_LOOKED_AT]):
            yield look.claim("publisher", _tidy(match["name"]), unit, match["name"], sure=0.8)
    for unit in look.of(Fate.LEGAL, Fate.NAVIGATION, Fate.NOTICE, Fate.SHARE):
        yield from _copyright(look, unit)
    for unit in look.of(Fate.BYLINE):
        for paper in parse_byline(unit.text).papers:
            if paper in unit.text and unit.number < look.first_text:
                yield look.claim("publisher", paper, unit, paper, sure=0.6, how="inferred")
    for unit in look.of(Fate.SUBSCRIBE):
        text = unit.text.strip()[:MOST_LOOKED_AT]
        if match := APP.search(text) or WALL_OFFER.search(text):
            yield look.claim(
                "publisher", _tidy(match["name"]), unit, match["name"], sure=0.5, how="inferred"
            )


def _copyright(look: Look, unit: Unit) -> Iterator[Claim]:
    text = unit.text.strip()[:300]
    match = COPYRIGHT.search(text) or COPYRIGHT_AFTER.search(text)
    if match:
        name = _tidy(match["name"])
        if len(name) > 2 and not RIGHTS.match(name) and not agency(name) and name[0].isupper():
            yield look.claim("publisher", name, unit, match["name"], sure=0.75)


def _tidy(name: str) -> str:
    return TRAILING.sub("", name).strip(" .,'’")


# ---------------------------------------------------------------- whom it was taken from


def _chain(look: Look) -> tuple[Claim | None, Note | None]:
    """Put reporter and go-between together: `AFP via The Sentinel`."""
    stated = next(_origins(look), None)
    wire, wire_unit, wire_words = _wire(look)
    if stated is None and wire is None:
        return None, None
    if stated is None:
        if wire_unit is None or wire is None:
            return None, None
        text = f"The text was probably reported by {wire}: it says {quoted(wire_words)}. Who published this copy, and whether it changed it, has to be seen from elsewhere."
        claim = look.claim(
            "republished_from", wire, wire_unit, wire_words, sure=0.6, how="inferred"
        )
        return claim, look.note("origin", text, wire_unit)
    if wire and wire_unit and _plain(wire) != _plain(stated.value):
        unit = look.document.source.units[(stated.unit or 1) - 1]
        chained = look.claim(
            stated.field,
            f"{wire} via {stated.value}",
            unit,
            stated.original,
            sure=min(0.6, stated.confidence),
            how="inferred",
        )
        text = f"The text seems to have been reported by {wire} ({quoted(wire_words)}, {look.place(wire_unit)}), run by {stated.value} ({quoted(stated.original)}, {stated.found_in}) and taken over from there."
        return chained, look.note("origin", text, wire_unit)
    unit = look.document.source.units[(stated.unit or 1) - 1]
    text = f"The text was taken over from {stated.value}: the source says {quoted(unit.text)}."
    if stated.how == "inferred":
        text = f"The text was probably taken over from {stated.value}: {quoted(stated.original)} stands by itself in {stated.found_in}."
    return stated, look.note("origin", text, unit)


def _origins(look: Look) -> Iterator[Claim]:
    """Give whom a line names as the source of this text, best first."""
    for unit in look.of(Fate.NOTICE, Fate.LEGAL, Fate.BYLINE, Fate.PARAGRAPH, Fate.CAPTION):
        text = unit.text.strip()
        if len(text) < 400 and (match := ORIGINALLY.search(text)):
            name = next(one for one in match.groups() if one)
            yield look.claim("republished_from", _tidy(name), unit, name, sure=0.9)
    for unit, _ in look.judged:
        match = SOURCE_LINE.match(unit.text.strip()) if unit.number < look.tail else None
        if (
            match
            and unit.number > look.first_text
            and "." not in match["name"][:-1].replace(".com", "")
        ):
            yield look.claim(
                "republished_from",
                agency(match["name"]) or match["name"],
                unit,
                match["name"],
                sure=0.85,
            )
    for unit in look.of(Fate.BYLINE):
        for name in parse_byline(unit.text).agencies:
            if words := _wording(unit.text, name):
                yield look.claim("republished_from", name, unit, words, sure=0.8)
        late = unit.number > look.last_text
        for paper in parse_byline(unit.text).papers if late else ():
            yield look.claim("republished_from", paper, unit, paper, sure=0.6, how="inferred")
    yield from _left_by_scraper(look)


def _wording(text: str, name: str) -> str | None:
    """Give the words in a line by which it names an agency."""
    lowered = text.lower()
    for words, usual in AGENCIES.items():
        at = lowered.find(words)
        if usual == name and at >= 0:
            return text[at : at + len(words)]
    return None


def _left_by_scraper(look: Look) -> Iterator[Claim]:
    """A name by itself among the leftovers of a scraper, after the text, is its source."""
    leftovers = [unit.number for unit in look.of(Fate.PLACEHOLDER)]
    for unit in look.of(Fate.NAVIGATION, Fate.BYLINE, Fate.FOREIGN):
        text = unit.text.strip()
        alone = (
            len(text.split()) <= 3
            and 3 <= len(text) <= 30
            and text.replace(" ", "").replace(".", "").isalnum()
        )
        near = any(abs(unit.number - number) <= NEAR_PLACEHOLDER for number in leftovers)
        if alone and near and look.last_text < unit.number < look.tail:
            yield look.claim("republished_from", text, unit, text, sure=0.6, how="inferred")


def _wire(look: Look) -> tuple[str | None, Unit | None, str]:
    """Name the agency that reported: by the dateline, or by those who talked to it."""
    told: dict[str, list[tuple[Unit, str]]] = {}
    for unit in look.of(Fate.PARAGRAPH, Fate.QUOTATION):
        text = unit.text.strip()[:MOST_LOOKED_AT]
        dateline = DATELINE.match(text)
        if dateline and (agency(dateline["name"]) or paper_like(dateline["name"])):
            return agency(dateline["name"]) or dateline["name"], unit, dateline.group().strip()
        for match in TOLD.finditer(text):
            name = agency(match["name"]) or agency(match["name"].split()[0])
            if name and match.group().startswith(("told", "said to")):
                told.setdefault(name, []).append(
                    (
                        unit,
                        f"told {match['name'].split()[0]}"
                        if match.group().startswith("told")
                        else match.group(),
                    )
                )
    for name, places in sorted(told.items(), key=lambda item: -len(item[1])):
        if len(places) >= FEWEST_TOLD:
            return name, *places[0]
    return None, None, ""


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def paper_like(name: str) -> bool:
    """Tell whether a name is built as those of papers and broadcasters are."""
    return bool(PAPER_WORD.search(name))
