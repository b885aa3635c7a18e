"""Values made by hand for tests: short ways to a Source, a Document, a Record, a Corpus."""

from collections.abc import Mapping, Sequence

from tearsheet.model import (
    FIELDS,
    SHOWN_FATES,
    Accession,
    Block,
    Claim,
    Corpus,
    Description,
    Document,
    Entity,
    Entry,
    Fate,
    Mention,
    Note,
    Record,
    Settings,
    Source,
    Unit,
)


def document(*lines: tuple[Fate, str], path: str = "a.txt", notes: Sequence[Note] = ()) -> Document:
    """Give a document of these lines with these fates."""
    units = tuple(Unit(number, text) for number, (_, text) in enumerate(lines, 1))
    ledger = tuple(
        Entry(number, fate, f"looks like {fate.value}", 0.9)
        for number, (fate, _) in enumerate(lines, 1)
    )
    text, blocks = "", []
    for number, (fate, line) in enumerate(lines, 1):
        if fate in SHOWN_FATES:
            text += "\n\n" if text else ""
            blocks.append(Block(number, fate, len(text), len(text) + len(line.strip())))
            text += line.strip()
    source = Source(path, "0" * 64, 10, "text/plain", "utf-8", "valid UTF-8", units)
    return Document(source, ledger, text, tuple(blocks), tuple(notes))


def claims(**values: str) -> dict[str, Claim]:
    """Give one claim a field, as the catalogue would make it."""
    return {
        name: Claim(name, value, value, "catalogue.csv row 2", "given", 1.0)
        for name, value in values.items()
        if name in FIELDS
    }


def record(
    made: Document,
    *,
    number: int = 1,
    mentions: Sequence[Mention] = (),
    notes: Sequence[Note] = (),
    values: Mapping[str, str] | None = None,
) -> Record:
    """Give a record of a document, with claims for these values."""
    slug = made.source.path.removesuffix(".txt")
    accession = Accession(f"{number:04d}", slug, made.source.path, "0" * 64, 10, "text/plain")
    return Record(
        accession, made, Description(claims(**(values or {})), (), tuple(notes)), tuple(mentions)
    )


def mentions_of(made: Document, surface: str, entity: Entity) -> tuple[Mention, ...]:
    """Give every place where a document says `surface`, as mentions of the entity."""
    found, start = [], made.text.find(surface)
    while start >= 0:
        end = start + len(surface)
        found.append(Mention(start, end, surface, entity.type, entity.id))
        start = made.text.find(surface, end)
    return tuple(found)


def corpus(*records: Record, entities: Sequence[Entity] = (), **more: object) -> Corpus:
    """Give a corpus of these records and entities."""
    register = tuple(one.accession for one in records)
    values: dict[str, object] = {"register": register, **more}
    return Corpus(Settings("Test archive"), tuple(records), tuple(entities), **values)  # type: ignore[arg-type]  # a test's own words
