"""The values that pass between the steps.

Takes nothing, reads nothing, writes nothing: frozen structs only (msgspec's: they are defined in
a fiftieth of a dataclass's time, and made in a quarter). `None` means
"the source does not say". Numbers of units count from 1; spans are half-open
offsets in characters.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol

import msgspec


class Fate(StrEnum):
    """What became of one unit of a source: exactly one fate a unit."""

    # the article's text
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTATION = "quotation"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    # shown with the article, beside its text
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    EMBED = "embed"
    # in the metadata
    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    TOPIC = "topic"
    NOTICE = "notice"
    # set aside
    NAVIGATION = "navigation"
    RELATED = "related"
    COMMENTS = "comments"
    SHARE = "share"
    SUBSCRIBE = "subscribe"
    ADVERT = "advert"
    LEGAL = "legal"
    PLACEHOLDER = "placeholder"
    FOREIGN = "foreign"
    # a unit of white space alone
    BLANK = "blank"


TEXT_FATES = frozenset(
    {Fate.PARAGRAPH, Fate.HEADING, Fate.QUOTATION, Fate.LIST, Fate.TABLE, Fate.CODE}
)
BESIDE_FATES = frozenset({Fate.STANDFIRST, Fate.CAPTION, Fate.EMBED})
METADATA_FATES = frozenset({Fate.TITLE, Fate.BYLINE, Fate.DATE, Fate.TOPIC, Fate.NOTICE})
SHOWN_FATES = TEXT_FATES | BESIDE_FATES
ASIDE_FATES = frozenset(Fate) - SHOWN_FATES - METADATA_FATES - {Fate.BLANK}


# ---------------------------------------------------------------- read


class Link(msgspec.Struct, frozen=True):
    """A link of an HTML unit: a span of the unit's text and where it points, as written."""

    start: int
    end: int
    target: str


class Markup(msgspec.Struct, frozen=True):
    """What HTML said of a unit.

    `tag` is the block's own element; `path` the elements that hold all of it, outermost
    first, its own (and inline ones around its whole text) last, each as
    `tag.class.class#id[role=…][itemprop=…][rel=…]` in lower case; `level` is 1 to 6 for a
    heading, else 0.
    """

    tag: str
    path: tuple[str, ...] = ()
    level: int = 0
    links: tuple[Link, ...] = ()


class Unit(msgspec.Struct, frozen=True):
    """One line of a text or one block of an HTML page.

    `text + ending` of all units, joined, rebuild the decoded source to the character.
    """

    number: int
    text: str
    ending: str = "\n"
    markup: Markup | None = None


class Field(msgspec.Struct, frozen=True):
    """A statement that the file makes about itself outside its visible text.

    `found_in` names the place for a reader: `meta og:title`, `JSON-LD datePublished`,
    `html lang`, `comment by SingleFile`.
    """

    name: str
    value: str
    found_in: str


class Note(msgspec.Struct, frozen=True):
    """What a reader must know before trusting or citing a record, as one sentence.

    `kind` is a short stable word (`paywall`, `encoding`, `date`, `conflict`);
    `unit` the line or block that shows it, where one does.
    """

    kind: str
    text: str
    serious: bool = False
    unit: int | None = None


class Source(msgspec.Struct, frozen=True):
    """A retrieved file, decoded and numbered. `path` is relative to the sources, with `/`."""

    path: str
    sha256: str
    size: int
    media_type: str
    encoding: str
    encoding_evidence: str
    units: tuple[Unit, ...]
    fields: tuple[Field, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The decoded source, rebuilt from its units."""
        return "".join(unit.text + unit.ending for unit in self.units)

    @property
    def unit_word(self) -> str:
        """What a unit of this source is called: `line` of a text, `block` of a page."""
        return "block" if self.media_type == "text/html" else "line"


# ---------------------------------------------------------------- clean


class Entry(msgspec.Struct, frozen=True):
    """A line of the ledger: the fate of one unit, why, how sure (0 to 1), and on whose word."""

    unit: int
    fate: Fate
    reason: str
    confidence: float
    by: Literal["rules", "editor"] = "rules"


RepairKind = Literal["encoding", "control", "quotation", "line", "hyphen"]


class Repair(msgspec.Struct, frozen=True):
    """A small change of a unit's text: `before` stood from `start` to `end` of its text and
    ending, and is shown as `after`; `kind` says what was mended (`encoding`, `control`,
    `quotation`, `line`, `hyphen`).
    """

    unit: int
    start: int
    end: int
    before: str
    after: str
    kind: RepairKind


class Block(msgspec.Struct, frozen=True):
    """A unit that the record's page shows: `start` to `end` is its span in `Document.text`.

    `further` are the units that go on in the same paragraph (lines that only the width of a
    page broke off), each with the offset in `Document.text` where it begins.
    """

    unit: int
    fate: Fate
    start: int
    end: int
    further: tuple[tuple[int, int], ...] = ()

    @property
    def anchor(self) -> str:
        """The permanent fragment of this block: `u` and its unit's number."""
        return f"u{self.unit}"


class Document(msgspec.Struct, frozen=True):
    """A source and what cleaning made of it.

    `ledger[i]` is the fate of `source.units[i]`. `text` is the cleaned text: every unit
    with a fate in `SHOWN_FATES`, repaired and stripped, in order, joined by blank lines;
    a line that only the width of a page broke off goes on in the block of the one before.
    """

    source: Source
    ledger: tuple[Entry, ...]
    text: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()


# ---------------------------------------------------------------- describe

How = Literal["given", "stated", "inferred"]

FIELDS = (
    "title",
    "author",
    "publisher",
    "published",
    "updated",
    "language",
    "original_language",
    "translation",
    "completeness",
    "republished_from",
    "source_url",
    "archive_url",
    "retrieved",
    "retrieved_by",
    "tool",
    "method",
    "http_status",
    "rights",
    "access",
    "section",
    "topics",
    "notes",
)
"""Every field a claim can be about, in the order in which a page shows them."""


class Claim(msgspec.Struct, frozen=True):
    """One value with its evidence.

    `original` is the wording of the evidence; `found_in` where it stands (`line 3`,
    `catalogue.csv row 4`, `page.html.yml`, `meta og:title`); `unit` the unit, where it
    is one. Dates are ISO 8601 prefixes (`2020`, `2020-06`, `2020-06-11T09:00Z`).
    Several authors or topics are one value, joined by `; `.
    """

    field: str
    value: str
    original: str
    found_in: str
    how: How
    confidence: float
    unit: int | None = None


class Conflict(msgspec.Struct, frozen=True):
    """Two claims on one field that disagree: the one that was believed and the other."""

    field: str
    believed: Claim
    other: Claim


class Description(msgspec.Struct, frozen=True):
    """All that is known of a source: at most one believed claim a field, by field."""

    claims: Mapping[str, Claim]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Note, ...] = ()


# ---------------------------------------------------------------- recognise, resolve

EntityType = Literal["person", "organisation", "place", "event", "other"]


class Mention(msgspec.Struct, frozen=True):
    """A name in a document: `surface == document.text[start:end]`.

    `entity` is set once resolved; an authority alias sets it at once.
    """

    start: int
    end: int
    surface: str
    type: EntityType
    entity: str | None = None


class Authority(msgspec.Struct, frozen=True):
    """An entry of the authority file, as the editor wrote it."""

    id: str
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    description: str | None = None
    never: tuple[str, ...] = ()
    """Ids this entity must never be merged with (`not` in the file)."""
    context: tuple[str, ...] = ()
    """Words one of which must stand in a document before an ambiguous alias counts."""
    blocked_aliases: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    """Where a place is: degrees of latitude and longitude, north and east positive."""


class Ruling(msgspec.Struct, frozen=True):
    """An editor's verdict on two names or entities: obeyed, never overruled."""

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    who: str | None = None
    when: str | None = None
    reason: str | None = None


class Entity(msgspec.Struct, frozen=True):
    """One person, organisation, place or event, and the one page it has.

    `aliases` are the surfaces and the authority's aliases other than the label;
    `evidence` says in sentences what was merged and on whose word.
    """

    id: str
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    description: str | None = None
    evidence: tuple[str, ...] = ()
    from_authority: bool = False
    coordinates: tuple[float, float] | None = None
    """Where the authority file says that a place is: latitude, longitude."""


class ReviewPair(msgspec.Struct, frozen=True):
    """Two entities that may be one: for a person to rule on. `score` is 0 to 1."""

    left: str
    right: str
    score: float
    reason: str


class Merge(msgspec.Struct, frozen=True):
    """Two names of one entity, as they stand, that were joined without an editor's word: why."""

    entity: str
    left: str
    right: str
    reason: str


class Resolution(msgspec.Struct, frozen=True):
    """What resolving gives: entities, each path's mentions with `entity` set, doubts, merges."""

    entities: tuple[Entity, ...]
    mentions: Mapping[str, tuple[Mention, ...]]
    review: tuple[ReviewPair, ...] = ()
    merges: tuple[Merge, ...] = ()


# ---------------------------------------------------------------- the archive, as the editor keeps it


class FateRuling(msgspec.Struct, frozen=True):
    """An editor's word on the fate of units: of one unit of one source, or of every unit
    of a publication's sources whose text matches `pattern` (a `*` stands for any text).
    """

    fate: Fate
    source: str | None = None
    unit: int | None = None
    publication: str | None = None
    pattern: str | None = None
    who: str | None = None
    when: str | None = None
    reason: str | None = None


class AsItCame(msgspec.Struct, frozen=True):
    """An editor's word that a source's text is to be shown as it came: all of it, one unit,
    or what repairs of one kind changed.
    """

    source: str
    unit: int | None = None
    kind: RepairKind | None = None
    who: str | None = None
    when: str | None = None
    reason: str | None = None


class Takedown(msgspec.Struct, frozen=True):
    """An editor's word that a source is not to be published; it stays in the register."""

    source: str
    reason: str
    who: str | None = None
    when: str | None = None


class Decisions(msgspec.Struct, frozen=True):
    """The rulings of decisions.yml. Corrections of fields arrive as given claims instead."""

    names: tuple[Ruling, ...] = ()
    fates: tuple[FateRuling, ...] = ()
    as_it_came: tuple[AsItCame, ...] = ()
    takedowns: tuple[Takedown, ...] = ()


class SourceFile(msgspec.Struct, frozen=True):
    """A file to be read: its path relative to the folder of the sources, with `/`."""

    path: str
    folder: Path

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.folder / self.path


class Archive(msgspec.Struct, frozen=True):
    """The folder that an editor owns, read and checked; no source is opened yet.

    `given` holds by source path what the editor states (decisions.yml, then catalogue.csv,
    then the sidecar: the order of trust), columns we do not know among them under their
    own names; `notes` what was odd about those statements.
    """

    folder: Path
    sources: tuple[SourceFile, ...]
    settings: "Settings"
    given: Mapping[str, tuple[Claim, ...]] = msgspec.field(default_factory=dict)
    notes: Mapping[str, tuple[Note, ...]] = msgspec.field(default_factory=dict)
    authority: tuple[Authority, ...] = ()
    decisions: Decisions = Decisions()
    left_out: tuple["Rejected", ...] = ()
    warnings: tuple[str, ...] = ()
    bare: bool = False
    """True for a folder of files with no `sources/` in it: nothing is ever written there."""
    looks: Mapping[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    """By path, where it is known: how a source looked from outside before anything was read."""


# ---------------------------------------------------------------- the corpus as a whole


class Accession(msgspec.Struct, frozen=True):
    """A row of the register: one file ever received.

    `number` is the accession number (`0001`), `slug` the last part of its permalink
    `records/<slug>/`; `sha256` the checksum it came with. `status` is `rejected` for a file
    that could not be used, `withdrawn` for one that was taken down.
    """

    number: str
    slug: str
    path: str
    sha256: str
    size: int
    media_type: str
    status: Literal["published", "rejected", "withdrawn"] = "published"


class Rejected(msgspec.Struct, frozen=True):
    """A file that is listed but has no page: why, and what to do about it."""

    path: str
    reason: str
    sha256: str | None = None


class Discrepancy(msgspec.Struct, frozen=True):
    """A difference between the register and the sources: `kind`, where, expected, found."""

    kind: Literal["missing", "unexpected", "changed"]
    path: str
    expected: str
    found: str


class SharedText(msgspec.Struct, frozen=True):
    """Another source that tells the same text: `share` of this one's words stand there too.

    `kind` is `copy` for the same words throughout, `version` for most of them, else `shared`.
    """

    path: str
    share: float
    kind: Literal["copy", "version", "shared"]


class Gist(msgspec.Struct, frozen=True):
    """What the corpus as a whole must know of a document.

    `notes` are those of reading and of cleaning; `characters` are counted without white space
    around units, `aside` those that were set aside, `largest_aside` the unit with the most of
    them; `ruled` says that an editor had a word; `lead` is the first sentence.
    """

    notes: tuple[Note, ...]
    fates: tuple[tuple[Fate, int], ...]
    characters: int
    aside: int
    largest_aside: int | None
    ruled: bool
    lead: str


class Shelved(Protocol):
    """A document that was put away: an archive has more of them than memory holds."""

    @property
    def text(self) -> str:
        """The text of the document."""

    def read(self) -> Document:
        """Give the document."""


def counted(entities: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    """Count mentions by the entities that they are of, in the order of their ids."""
    return tuple(sorted(Counter(one for one in entities if one).items()))


class PackedMentions(Protocol):
    """Mentions that lie packed: an archive has more of them than one build looks at."""

    @property
    def mark(self) -> str:
        """What tells them from any others."""

    def read(self) -> tuple[Mention, ...]:
        """Give the mentions."""

    def named(self) -> tuple[tuple[str, int], ...]:
        """Give the entities that they are of, with how often, by their ids."""


class Record(msgspec.Struct, frozen=True):
    """A source with all that was made of it: what a record's page shows.

    `held` is the document, or the way to it; `mark` tells apart all that document and
    description were made of ("": not known).
    """

    accession: Accession
    held: Document | Shelved
    description: Description
    told: "tuple[Mention, ...] | PackedMentions"
    same_text: tuple[SharedText, ...] = ()
    """The other sources that tell the same text, the most alike first."""
    gist: Gist | None = None
    mark: str = ""
    added: tuple[Note, ...] = ()
    """What the corpus as a whole adds to the notes of document and description."""

    @property
    def path(self) -> str:
        """The source's path in the archive."""
        return self.accession.path

    @property
    def document(self) -> Document:
        """The document, which may have to be read for it."""
        return self.held if isinstance(self.held, Document) else self.held.read()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of a name in it, which may have to be unpacked for it."""
        return self.told if isinstance(self.told, tuple) else self.told.read()

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """The entities that it names, with how often, by their ids."""
        if not isinstance(self.told, tuple):
            return self.told.named()
        return counted(mention.entity for mention in self.told)

    @property
    def source(self) -> Source:
        """The source that this record describes."""
        return self.document.source

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note on this record: of reading, of cleaning, of describing, serious first."""
        of_text = self.gist.notes if self.gist else (*self.source.notes, *self.document.notes)
        found = (*of_text, *self.description.notes, *self.added)
        if len(found) < 2:
            return found
        return tuple(sorted(dict.fromkeys(found), key=lambda note: not note.serious))

    def value(self, name: str) -> str | None:
        """The believed value of a field, or None where nothing is recorded."""
        claim = self.description.claims.get(name)
        return claim.value if claim else None


class Settings(msgspec.Struct, frozen=True):
    """What corpus.yml says of the archive as a whole."""

    title: str
    description: str | None = None
    keeper: str | None = None
    contact: str | None = None
    corrections: str | None = None
    """The address of a form, an issue tracker's say, that takes a title and a body."""
    rights: str | None = None
    languages: tuple[str, ...] = ()
    site_url: str | None = None
    day_first: bool | None = None
    """How an ambiguous `05-06-2020` is read: True day first, False month first."""
    spacy_model: str | None = None
    """An installed spaCy model (package or path) whose opinion on names is heard, if any."""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One thing to look at: `file` and `line` are what to write where to settle it, or None."""

    kind: str
    path: str | None
    text: str
    file: str | None = None
    part: str | None = None
    line: str | None = None


class Corpus(msgspec.Struct, frozen=True):
    """The whole archive, ready to be laid out as pages. Records are in accession order."""

    settings: Settings
    records: Sequence[Record]
    entities: tuple[Entity, ...]
    review: tuple[ReviewPair, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    register: tuple[Accession, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    takedowns: tuple[Takedown, ...] = ()
    moved: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By an entity's former id: the id of the entity that bears its name now."""
    gone: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By a former id whose name no record holds any more: what it was called."""
    merges: tuple[Merge, ...] = ()
    """The names that were joined without an editor's word."""


class Page(msgspec.Struct, frozen=True):
    """A Markdown page to be written: a path under docs/, front matter, body."""

    path: str
    front_matter: Mapping[str, object] = msgspec.field(default_factory=dict)
    body: str = ""
