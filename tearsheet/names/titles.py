"""Titles cut out of a run of capitals, and nationalities cut off the front of it.

Takes a run; gives the chunks that are left. Guarantees that no title, portfolio, button or
table head is part of a chunk.
"""

from collections.abc import Iterator
from functools import cache

from tearsheet.names.habits import Line
from tearsheet.names.lexicon import Lexicon, plain, word_set
from tearsheet.names.spans import Chunk
from tearsheet.names.tokens import Case, Token, tokens

FUNCTION_WORDS = word_set(
    "a an the this that these those in on at by for from to of with without as if when while "
    "although though but and or nor so yet because since after before until during despite "
    "under over between among against about into he she it they we you his her its their our "
    "your my who what which where why how there here not no yes all both each every some any "
    "many much most more few several other others another such only even just also then thus "
    "however meanwhile moreover now once one two three is are was were be been has have had do "
    "does did will would can could may might must shall should let"
)
BUTTONS = word_set("Follow Share Subscribe Comments Read")
"""Words of buttons that stand behind a byline's name in scraped text."""
WEAK_TITLES = word_set(
    "Shah Sultan King Queen Prince Justice Judge Major Count Earl Duke Father Mother Brother Sister "
    "Chief General Marshal Baron Pope Bishop Cardinal Lord Lady Dame Emir Sheriff Officer Deputy "
    "Guru Imam Speaker Commander Private Sheikh Chair Director Manager Leader Coach Captain Minister"
)
"""Titles that are names too: they count only before a name, never inside a run."""
PORTFOLIO_HOLDERS = word_set("minister ministers secretary undersecretary state commissioner")
"""Last words of the titles behind which `of` or `for` says what somebody is in charge of."""
LONGEST_TITLE = 4
"""Words of the longest title: `Assistant Secretary of State`."""


@cache
def openings(titles: frozenset[str]) -> frozenset[str]:
    """Give the first words of titles: most words open none."""
    return frozenset(tokens(title)[0].text for title in titles)


def title_length(line: Line, index: int, last: int, known: Lexicon) -> int:
    """Give how many tokens from `index` on are a title, the longest first: 0 for none."""
    here = line.tokens
    if index >= last or here[index].text not in openings(known.cues["titles"]):
        return 0
    for size in range(min(LONGEST_TITLE + 2, last - index), 0, -1):
        words = here[index : index + size]
        phrase = "".join((" " if t.spaced and i else "") + t.text for i, t in enumerate(words))
        if phrase in known.cues["titles"] or (size == 1 and phrase + "." in known.cues["titles"]):
            stop = index + size < len(here) and here[index + size].text == "."
            return size + (1 if stop and phrase + "." in known.cues["titles"] else 0)
    return 0


def portfolio(line: Line, first: int, last: int, known: Lexicon) -> bool:
    """Say whether this is what a minister is minister of (`Minister of Waters`, `for the Near East`).

    Common words are behind any such title; behind a secretary of state all but a country is.
    """
    here, before = line.tokens, first - 1
    if before > 0 and here[before].text == "the":
        before -= 1
    if before < 1 or here[before].text not in {"of", "for"}:
        return False
    office = here[before - 1].text
    if office.lower() not in PORTFOLIO_HOLDERS:
        return False
    words = [plain(t.text) for t in here[first:last] if t.case >= Case.LOWER]
    if office == "State":
        return " ".join(words) not in known.countries
    return all(w.lower() in known.words and not known.is_place(w) for w in words)


def _headed(chunk: Chunk, known: Lexicon) -> bool:
    """Say whether the last word makes the whole an organisation, a place or an event."""
    last = chunk.tokens[-1].text
    cues = known.cues
    return last in cues["org_heads"] or last in cues["place_heads"] or last in cues["events"]


def split(chunk: Chunk, known: Lexicon) -> Iterator[Chunk]:
    """Cut titles out of a run, and a nationality off the front of it."""
    line, index = chunk.line, chunk.first
    headed = chunk.last - chunk.first > 1 and _headed(chunk, known)
    begin, titled = index, False
    while index < chunk.last:
        size = title_length(line, index, chunk.last, known)
        weak = size == 1 and (headed or _weak(line, begin, index, chunk.last, known))
        weak = weak or (headed and _of_office(line, index + size, chunk.last, known))
        if not size or weak:
            index += 1
            continue
        if begin < index and not _portfolio_before(line, begin, index, known):
            yield from _national(Chunk(line, begin, index, titled), known)
        index = _behind_portfolio(line, index + size, chunk.last, known)
        begin, titled = index, True
    if begin >= chunk.last and chunk.last - chunk.first == 1:
        yield Chunk(line, chunk.first, chunk.last, title_only=True)
        return
    begin = _skip_small(line, begin, chunk.last)
    if begin < chunk.last and not _portfolio(Chunk(line, begin, chunk.last), known):
        yield from _national(Chunk(line, begin, chunk.last, titled), known)


def _weak(line: Line, begin: int, index: int, last: int, known: Lexicon) -> bool:
    """Say whether a word that can be a title is part of a name here (`Major League Baseball`)."""
    if line.tokens[index].text not in WEAK_TITLES:
        return False
    behind = line.tokens[index + 1].text if index + 1 < last else ""
    if behind in known.given_names and _portfolio_before(line, begin, index, known):
        return False
    return index > begin or behind in known.cues["org_heads"] or behind in known.cues["events"]


def _portfolio_before(line: Line, first: int, last: int, known: Lexicon) -> bool:
    """Say whether common words before a title are part of it (`Foreign Affairs Minister`)."""
    words = [plain(t.text) for t in line.tokens[first:last]]
    nations = known.demonyms.keys() | known.countries.keys() | known.organisations.keys()
    common = (w.lower() in known.words and w not in known.given_names for w in words)
    headed = bool(words) and words[-1] in known.cues["org_heads"]
    return bool(words) and all(common) and not headed and not nations & {*words, " ".join(words)}


def _of_office(line: Line, first: int, last: int, known: Lexicon) -> bool:
    """Say whether only common words follow a title: `Prime Minister Media Office` is one name."""
    rest = [t.text.lower() for t in line.tokens[first:last]]
    return bool(rest) and all(word in known.words for word in rest)


def _behind_portfolio(line: Line, index: int, last: int, known: Lexicon) -> int:
    """Give the index behind what a title is for (`… of State for Northern Affairs Jane Dow`)."""
    if index < last and line.tokens[index].text in {"for", "of"}:
        for place in range(index, last):
            if line.tokens[place].text == "Affairs":
                return place + 1
        first = _skip_small(line, index, last)
        return last if first < last and portfolio(line, first, last, known) else index
    return index


def _skip_small(line: Line, first: int, last: int) -> int:
    """Give the index of the first capitalised word (`for the` behind a title is no name)."""
    small = FUNCTION_WORDS | {"of", "and"}
    while first < last and (
        line.tokens[first].case < Case.LOWER or line.tokens[first].text in small
    ):
        first += 1
    return first


def _portfolio(chunk: Chunk, known: Lexicon) -> bool:
    """Say whether this is what a minister is minister of (`… for Near Eastern Affairs`)."""
    if chunk.tokens[-1].text not in {"Affairs"}:
        return False
    return not any(t.text in known.cues["org_heads"] for t in chunk.tokens)


def _national(chunk: Chunk, known: Lexicon) -> Iterator[Chunk]:
    """Give the nationalities before a name as chunks of their own, then the name."""
    line, first = chunk.line, _behind_common(chunk, known)
    if _state_behind(chunk, known):
        yield Chunk(line, first, chunk.last - 1)
        yield Chunk(line, chunk.last - 1, chunk.last)
        return
    name = " ".join(chunk.words())
    given = chunk.words()[0] in known.given_names and chunk.words()[0] not in known.demonyms
    whole = given or known.is_place(name) or name in known.organisations or name in known.demonyms
    while not whole and chunk.last - first > 1 and not _headed(chunk, known):
        size = _nation_length(line, first, chunk.last, known)
        if not size:
            break
        yield Chunk(line, first, first + size)
        first += size
        while first < chunk.last and line.tokens[first].case < Case.LOWER:
            first += 1
    last = chunk.last
    while last - first > 1 and line.tokens[last - 1].text in BUTTONS:
        last -= 1
    chunk = Chunk(line, first, last, chunk.titled)
    rest = line.tokens[first:last]
    if rest and not _letters_alone(rest) and not _menu(rest, known):
        yield Chunk(line, first, chunk.last, chunk.titled)


def _behind_common(chunk: Chunk, known: Lexicon) -> int:
    """Give the index behind a common word before a full name (`Lands Yusef Qarawin`)."""
    words = [t.text for t in chunk.tokens]
    if len(words) < 3 or words[0].lower() not in known.words or words[0] in known.given_names:
        return chunk.first
    before = chunk.line.tokens[chunk.first - 1].text if chunk.first else ""
    named = words[1] in known.given_names or before == "and"
    rare = all(word.lower() not in known.words for word in words[1:])
    return chunk.first + 1 if named and rare and words[0] not in known.demonyms else chunk.first


def _menu(found: tuple[Token, ...], known: Lexicon) -> bool:
    """Say whether all words are those of menus and tables (`Read More`)."""
    words = [t.text for t in found if t.case >= Case.LOWER]
    if len(words) > 1 and words[-1] in known.cues["events"]:
        return False
    return all(word in known.cues["menu"] for word in words)


def _state_behind(chunk: Chunk, known: Lexicon) -> bool:
    """Say whether a state's two letters stand behind a town (`Portland OR`)."""
    last = chunk.tokens[-1]
    return len(chunk.tokens) > 1 and last.text in known.cues["state_codes"] and last.spaced


def _letters_alone(found: tuple[Token, ...]) -> bool:
    """Say whether nothing but single letters stands here (`W L T`, a table's head)."""
    return all(len(t.text) == 1 for t in found) or (
        sum(len(t.text) == 1 for t in found) > 1 and all(t.case >= Case.CAPITAL for t in found)
    )


def _nation_length(line: Line, first: int, last: int, known: Lexicon) -> int:
    """Give how many tokens of a nationality, a group or a country stand before a name."""
    words = [plain(t.text) for t in line.tokens[first : min(first + 4, last)]]
    for size in (3, 2, 1):
        name = " ".join(words[:size])
        if size < last - first and (name in known.demonyms or name in known.countries):
            following = words[size] if size < len(words) else ""
            both = following in known.demonyms or following in known.cues["groups"]
            pair = both and name in known.demonyms  # `Bosnian Serb` is one people
            return size + 1 if pair else size
    return 1 if words[0] in known.cues["groups"] and last - first > 1 else 0
