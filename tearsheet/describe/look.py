"""Look at a document as a describer does: its units by fate, in order, with where they stand.

Every claim and note made from a unit is made here, so that its evidence is never forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tearsheet.model import TEXT_FATES, Claim, Document, Entry, Fate, How, Note, Unit

RUN, FEWEST_IN_RUN = 8, 3
"""Of so many units after a paragraph so many are paragraphs too where an article begins."""
WINDOW = 3
"""Lines at the top of a page among which the title of the browser's window stands."""
MENUS = 25
"""Lines between that and the text where menus stand there."""
MOST_LOOKED_AT = 2_000
"""Characters of one unit: what is stated of an article stands in short ones, or at the start."""


@dataclass(frozen=True)
class Look:
    """A document with what the finders ask of it again and again."""

    document: Document
    headline: Unit | None = None
    """The line that was weighed to be the title, where one was."""
    worded: str = ""
    """The words of that line that are the title."""

    @cached_property
    def title(self) -> Unit | None:
        """Where the article begins: the title that was weighed, else what cleaning made out.

        The title of the browser's window stands above the page's menus: then it is the
        heading further down.
        """
        made_out = next(self.of(Fate.TITLE), None)
        if self.headline is None:
            return made_out
        place, start = self.order[self.headline.number], self.order.get(self.first_text, 0)
        if place >= WINDOW or start - place < MENUS:
            return self.headline
        below = (unit for unit in self.of(Fate.TITLE) if self.order[unit.number] >= WINDOW)
        return next(below, self.headline)

    @cached_property
    def judged(self) -> tuple[tuple[Unit, Entry], ...]:
        """Every unit that is not blank, with its fate."""
        pairs = zip(self.document.source.units, self.document.ledger, strict=True)
        return tuple((unit, entry) for unit, entry in pairs if entry.fate is not Fate.BLANK)

    @cached_property
    def first_text(self) -> int:
        """The number of the article's first unit of text; beyond the last unit without one.

        A lone sentence kept among the menus above is not where the article begins: prose
        is where more of it follows.
        """
        fates = [entry.fate for _, entry in self.judged]
        places = [place for place, fate in enumerate(fates) if fate is Fate.PARAGRAPH]
        for place in places:
            if fates[place + 1 : place + 1 + RUN].count(Fate.PARAGRAPH) >= FEWEST_IN_RUN:
                return self.judged[place][0].number
        if places:
            return self.judged[places[0]][0].number
        return len(self.document.source.units) + 1

    @cached_property
    def last_text(self) -> int:
        """The number of the article's last unit of text; 0 without one."""
        numbers = [unit.number for unit, entry in self.judged if entry.fate in TEXT_FATES]
        return numbers[-1] if numbers else 0

    @cached_property
    def tail(self) -> int:
        """The number of the first unit after the text that leads to other articles or comments.

        Names and dates that stand there are those of other articles.
        """
        for unit, entry in self.judged:
            if unit.number > self.last_text and entry.fate in (Fate.RELATED, Fate.COMMENTS):
                return unit.number
        return len(self.document.source.units) + 1

    @cached_property
    def text(self) -> str:
        """The article's own text, without captions and embedded posts."""
        return "\n".join(unit.text.strip() for unit in self.of(*TEXT_FATES, Fate.STANDFIRST))

    def of(self, *fates: Fate) -> Iterator[Unit]:
        """Give the units with one of these fates, in order."""
        return (unit for unit, entry in self.judged if entry.fate in fates)

    @cached_property
    def order(self) -> dict[int, int]:
        """The place of each unit among those that are not blank, by its number."""
        return {unit.number: place for place, (unit, _) in enumerate(self.judged)}

    def steps(self, left: Unit, right: Unit) -> int:
        """How many lines lie from one unit to another, blank ones not counted."""
        return abs(self.order[right.number] - self.order[left.number])

    def before(self, unit: Unit) -> str:
        """The line before a unit, blank ones not counted; nothing before the first."""
        place = self.order[unit.number]
        return self.judged[place - 1][0].text.strip()[:MOST_LOOKED_AT] if place else ""

    def neighbours(self, unit: Unit) -> tuple[Unit, ...]:
        """The lines just before and after a unit, blank ones not counted."""
        place = self.order[unit.number]
        around = (*self.judged[max(0, place - 1) : place], *self.judged[place + 1 : place + 2])
        return tuple(one for one, _ in around)

    def confidence(self, unit: Unit) -> float:
        """How sure cleaning was of this unit's fate."""
        return self.document.ledger[unit.number - 1].confidence

    def place(self, unit: Unit) -> str:
        """Name a unit for a reader: `line 12`, `block 12`."""
        return f"{self.document.source.unit_word} {unit.number}"

    def claim(
        self, field: str, value: str, unit: Unit, original: str, *, sure: float, how: How = "stated"
    ) -> Claim:
        """Make a claim from a unit: `original` is the wording in it that says so."""
        return Claim(field, value, original, self.place(unit), how, round(sure, 2), unit.number)

    def note(self, kind: str, text: str, unit: Unit, *, serious: bool = False) -> Note:
        """Make a note that a unit shows."""
        return Note(kind, text, serious, unit.number)


def quoted(text: str, longest: int = 160) -> str:
    """Quote a source in a sentence of ours, shortened at a word where it is long."""
    plain = " ".join(text.split())
    if len(plain) > longest:
        plain = plain[:longest].rpartition(" ")[0].rstrip(",;:") + " …"
    return f"“{plain.removesuffix('.') if not plain.endswith('..') else plain}”"
