"""Names in headlines written in capitals, where case says nothing.

Takes a line in capitals and the names of its document; gives spans. Guarantees that only
names known from elsewhere are found: of the document, the lexicon, the corpus.
"""

from collections.abc import Iterator, Mapping

from tearsheet.names.habits import Line
from tearsheet.names.kinds import Kind
from tearsheet.names.lexicon import Lexicon, plain
from tearsheet.names.tokens import Case

LONGEST_WORDLIKE = 4
"""Letters of a name that is a common word too (`IS`, `WHO`): in capitals it is that."""
LONGEST = 5
"""Words of a name looked for."""


def shouted(
    line: Line, names: Mapping[str, Kind], elsewhere: Mapping[str, Kind], known: Lexicon
) -> Iterator[tuple[int, int, Kind]]:
    """Give start, end and kind of each known name of the line, the longest first.

    `names` are those of the document; `elsewhere` those of several words in any document.
    """
    table = _folded(names)
    index, size = 0, len(line.tokens)
    while index < size:
        for last in range(min(size, index + LONGEST), index, -1):
            kind = _known(line, index, last, table, elsewhere, known)
            if kind is not None:
                yield line.tokens[index].start, line.tokens[last - 1].end, kind
                index = last
                break
        else:
            index += 1


def phrases(line: Line) -> Iterator[str]:
    """Give the names of several words that the corpus may be asked for in a line."""
    for first in range(len(line.tokens)):
        for last in range(first + 2, min(len(line.tokens), first + LONGEST) + 1):
            name = _titled(_phrase(line, first, last))
            if " " in name:
                yield name


def _phrase(line: Line, first: int, last: int) -> str:
    run = line.tokens[first:last]
    return plain(" ".join(t.text for t in run if t.case >= Case.LOWER))


def _titled(phrase: str) -> str:
    return " ".join(w if "." in w else w.capitalize() for w in phrase.split(" "))


def _folded(names: Mapping[str, Kind]) -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for name, kind in sorted(names.items()):
        table.setdefault(name.upper(), kind)
        if kind == "person" and " " in name:
            table.setdefault(name.upper().rsplit(" ", 1)[1], kind)
    return table


def _known(
    line: Line,
    first: int,
    last: int,
    table: Mapping[str, Kind],
    elsewhere: Mapping[str, Kind],
    known: Lexicon,
) -> Kind | None:
    run = line.tokens[first:last]
    if run[0].case < Case.LOWER or run[-1].case < Case.LOWER:
        return None
    phrase = _phrase(line, first, last)
    wordlike = len(phrase) <= LONGEST_WORDLIKE and phrase.lower() in known.words
    if phrase in table and (not wordlike or phrase in known.countries):
        return table[phrase]
    title = _titled(phrase)
    if title in known.demonyms:
        return "demonym"
    if title in known.countries or title in known.regions or phrase in known.countries:
        return "place"
    if phrase in known.organisations and len(phrase) > 2:
        return "organisation"
    if " " in title and title in elsewhere:
        return elsewhere[title]
    common = phrase.lower() in known.words
    return "place" if title in known.cities and not common and len(title) > 3 else None
