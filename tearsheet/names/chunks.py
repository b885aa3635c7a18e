"""Second pass: runs of capitalised words that may be a name, and what stands around them.

Takes the lines of a document and the habits of the corpus; gives `Chunk`s that never
overlap. Guarantees that titles, roles, weekdays, possessive endings and common words that
merely open a sentence are not part of a chunk.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tearsheet.names.habits import Habits, Line
from tearsheet.names.lexicon import Lexicon, plain, word_set
from tearsheet.names.tokens import Case, Token

PARTICLES = word_set(
    "de da do dos das di del della du des la le van von der den ten ter bin ibn bint al el ul ud "
    "abu y e af av zu zur"
)
"""Small words that join two capitalised ones into one name."""
FUNCTION_WORDS = word_set(
    "a an the this that these those in on at by for from to of with without as if when while "
    "although though but and or nor so yet because since after before until during despite "
    "under over between among against about into he she it they we you his her its their our "
    "your my who what which where why how there here not no yes all both each every some any "
    "many much most more few several other others another such only even just also then thus "
    "however meanwhile moreover now once one two three is are was were be been has have had do "
    "does did will would can could may might must shall should let"
)
AMBIGUOUS_DAYS = word_set("Sun Mon Sat Mar Jan Dec May April June August")
"""Months and days that are also given names: inside a run of names they belong to it."""
BUTTONS = word_set("Follow Share Subscribe Comments Read")
"""Words of buttons that stand behind a byline's name in scraped text."""
WEAK_TITLES = word_set(
    "Shah Sultan King Queen Prince Justice Judge Major Count Earl Duke Father Mother Brother Sister "
    "Chief General Marshal Baron Pope Bishop Cardinal Lord Lady Dame Emir Sheriff Officer Deputy "
    "Guru Imam Speaker Commander Private Sheikh Chair Director Manager Leader Coach Captain Minister"
)
"""Titles that are names too: they count only before a name, never inside a run."""
LONGEST_TITLE = 4
"""Words of the longest title: `Assistant Secretary of State`."""
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S"})
HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of tokens of one line, `first` up to but not including `last`."""

    line: Line
    first: int
    last: int
    titled: bool = False
    title_only: bool = False
    """A lone title (`Major said`): a name only where the document knows one who bears it."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens themselves."""
        return self.line.tokens[self.first : self.last]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.line.tokens[self.last - 1].end

    def words(self) -> tuple[str, ...]:
        """The words, accents folded, without marks."""
        return tuple(plain(t.text) for t in self.tokens if t.case >= Case.LOWER)


def chunks(line: Line, habits: Habits, known: Lexicon) -> Iterator[Chunk]:
    """Give the chunks of one line, in order."""
    index, size = 0, len(line.tokens)
    while index < size:
        if not _starts(line, index, habits, known):
            index += 1
            continue
        last = _extend(line, index, known)
        yield from _split(Chunk(line, index, last), known)
        index = last


def _starts(line: Line, index: int, habits: Habits, known: Lexicon) -> bool:
    token = line.tokens[index]
    if token.case is Case.LOWER:
        return _particle_start(line, index)
    if not token.named or _barred(line, index, known):
        return False
    if not (token.initial or line.titled):
        return True
    return _named_at_start(line, index, habits, known)


def _particle_start(line: Line, index: int) -> bool:
    """Say whether `al-` or `bin` opens a name here (`al-Sadr`)."""
    token = line.tokens[index]
    if token.text not in {"al", "el", "ul", "as", "ash", "ad", "an", "ar"} or index + 2 >= len(
        line.tokens
    ):
        return False
    mark, after = line.tokens[index + 1 : index + 3]
    return mark.text in HYPHENS and not mark.spaced and after.named and not after.spaced


def _barred(line: Line, index: int, known: Lexicon) -> bool:
    """Say whether a word is no part of a name here: a weekday, a month, `I`."""
    token = line.tokens[index]
    after = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    if token.text in known.cues["calendar"]:
        before = line.tokens[index - 1] if index else None
        inside = before is not None and before.named and after is not None and after.named
        return not (inside and token.text in AMBIGUOUS_DAYS)
    if token.text in known.cues["never"]:
        return True
    initial = after is not None and after.text == "." and not after.spaced
    return token.text in {"A", "I"} and not initial


def _named_at_start(line: Line, index: int, habits: Habits, known: Lexicon) -> bool:
    """Say whether a word whose capital proves nothing is a name all the same."""
    token = line.tokens[index]
    word, name = token.text.lower(), plain(token.text)
    if word in FUNCTION_WORDS and token.case is not Case.UPPER:
        return False
    after = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    follows = after is not None and after.named and after.spaced
    if after is not None and follows and habits.pairs[word, after.text.lower()]:
        return True
    if follows and (
        word in PARTICLES or (name in known.given_names and _person_like(after, known))
    ):
        return True
    lower, middle = habits.lower[word], habits.middle[word]
    if token.case is Case.UPPER and lower == 0:
        return True
    if lower > middle:
        return follows and _opens_known(line, index, known)
    if middle or name in known.demonyms or (known.is_place(name) and word not in known.words):
        return True
    if name in known.countries or name in known.cues["groups"] or name in known.organisations:
        return True
    if follows and (name in known.given_names or _opens_known(line, index, known)):
        return True
    return word not in known.words


def _person_like(after: Token | None, known: Lexicon) -> bool:
    """Say whether the word behind a given name can be a surname: no common word."""
    return after is not None and after.text.lower() not in known.words


def _opens_known(line: Line, index: int, known: Lexicon) -> bool:
    """Say whether a title, a known organisation or an organisation's own word begins here."""
    if _title_length(line, index, len(line.tokens), known):
        return True
    words = [t.text for t in line.tokens[index : index + 4]]
    if any(" ".join(words[:n]) in known.organisations for n in (2, 3, 4)):
        return True
    if any(known.is_place(" ".join(words[:n])) for n in (2, 3)):
        return True
    return len(words) > 1 and words[1] in known.cues["org_heads"]


def _extend(line: Line, first: int, known: Lexicon) -> int:
    """Give the index behind the run of name words that begins at `first`."""
    index = first + max(1, _title_length(line, first, len(line.tokens), known))
    while index < len(line.tokens):
        step = _step(line, first, index, known)
        if step == 1:
            step = max(1, _title_length(line, index, len(line.tokens), known))
        if not step:
            break
        index += step
    return index


def _step(line: Line, first: int, index: int, known: Lexicon) -> int:
    """Give how many tokens from `index` on belong to the run: 0 where it ends."""
    tokens = line.tokens
    token, before = tokens[index], tokens[index - 1]
    if token.text in HYPHENS and not token.spaced:
        return _hyphen_step(line, first, index, known)
    if token.text == "." and not token.spaced and _abbreviated(tokens, index, known):
        return 1
    if token.text == "&" and index + 1 < len(tokens) and tokens[index + 1].named:
        return 2
    if token.text in POSSESSIVES:
        return _possessive_step(line, index, known)
    if not token.spaced and before.text not in HYPHENS | {"."}:
        return 0
    if token.named:
        return 0 if _barred(line, index, known) or token.initial else 1
    if token.case is Case.NUMBER and before.case is Case.UPPER and not token.spaced:
        return 1
    return _joined(line, first, index, known)


def _possessive_step(line: Line, index: int, known: Lexicon) -> int:
    """Give the length of a possessive ending inside a name (`People's Daily`, `Lloyd's`)."""
    tokens = line.tokens
    owner = tokens[index - 1].text
    if f"{owner}'s" in known.cues["possessive_names"]:
        return 1
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or not after.named or _barred(line, index + 1, known):
        return 0
    heads = known.cues["org_heads"] | known.cues["events"]
    last = index + 1
    while last + 1 < len(tokens) and tokens[last + 1].named and tokens[last + 1].spaced:
        last += 1
    common = owner.lower() in known.words and owner not in known.given_names
    return 2 if common and tokens[last].text in heads and owner not in known.demonyms else 0


def _abbreviated(tokens: tuple[Token, ...], index: int, known: Lexicon) -> bool:
    """Say whether a full stop belongs to the word before it, inside a name (`J. Smith`)."""
    before = tokens[index - 1].text
    if f"{before}." in known.cues["state_abbreviations"]:
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or not after.named or after.initial:
        return before in {"Inc", "Corp", "Co", "Ltd", "Bros"} and after is not None
    return (len(before) == 1 and before.isupper()) or before in {"St", "Jr", "Mt", "Ft"}


def _hyphen_step(line: Line, first: int, index: int, known: Lexicon) -> int:
    tokens = line.tokens
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.spaced:
        return 0
    left, right = plain(tokens[index - 1].text), plain(after.text)
    whole = f"{left}-{right}"
    if known.is_place(whole) or whole in known.given_names:
        return 2
    if after.case is Case.NUMBER:
        return 2 if len(left) <= 2 or tokens[index - 1].case is Case.UPPER else 0
    if after.text in PARTICLES and index + 3 < len(tokens) and tokens[index + 2].text in HYPHENS:
        return 4 if tokens[index + 3].named and not tokens[index + 3].spaced else 0
    nations = (left in known.demonyms or left in known.countries) or (
        right in known.demonyms or right in known.countries
    )
    return 2 if after.named and not nations else 0


def _joined(line: Line, first: int, index: int, known: Lexicon) -> int:
    """Give the length of a joining word or phrase with the capital behind it, else 0."""
    tokens = line.tokens
    word = tokens[index].text
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None:
        return 0
    if word in PARTICLES and (after.text in HYPHENS or after.named):
        hyphen = after.text in HYPHENS
        place = min(index + (2 if hyphen else 1), len(tokens) - 1)
        ends = not tokens[place].named or _barred(line, place, known)
        return 0 if ends else place - index + 1
    if word in {"of", "for"} and _portfolio_step(line, index):
        return _of_step(line, index, known)
    if word == "on" and tokens[index - 1].text == "Conference":
        return _of_step(line, index, known)
    if word in {"of", "for"} and _takes_of(tokens[first:index], known):
        return _of_step(line, index, known)
    if word == "and" and after.named and _is_known_pair(tokens[first : index + 2], known):
        return 2
    return 0


def _portfolio_step(line: Line, index: int) -> bool:
    """Say whether `for` or `of` opens a portfolio behind a title."""
    behind = [t.text for t in line.tokens[index + 1 : index + 5]]
    return "Affairs" in behind


def _takes_of(left: tuple[Token, ...], known: Lexicon) -> bool:
    last = left[-1].text
    if last == "Conference":
        return True
    return last in known.cues["org_of"] or last in known.cues["place_before"] - {"St", "New"}


def _of_step(line: Line, index: int, known: Lexicon) -> int:
    tokens = line.tokens
    behind = index + 2 if tokens[index + 1].text == "the" else index + 1
    if behind >= len(tokens) or not tokens[behind].named or _barred(line, behind, known):
        return 0
    return behind - index + 1


def _is_known_pair(run: tuple[Token, ...], known: Lexicon) -> bool:
    for size in (3, 4, 5):
        name = " ".join(plain(t.text) for t in run[-size:])
        if name in known.countries or name in known.organisations:
            return True
    return False


# ---------------------------------------------------------------- titles and demonyms


def _title_length(line: Line, index: int, last: int, known: Lexicon) -> int:
    """Give how many tokens from `index` on are a title, the longest first: 0 for none."""
    tokens = line.tokens
    for size in range(min(LONGEST_TITLE + 2, last - index), 0, -1):
        words = tokens[index : index + size]
        phrase = "".join((" " if t.spaced and i else "") + t.text for i, t in enumerate(words))
        if phrase in known.cues["titles"] or (size == 1 and phrase + "." in known.cues["titles"]):
            stop = index + size < len(tokens) and tokens[index + size].text == "."
            return size + (1 if stop and phrase + "." in known.cues["titles"] else 0)
    return 0


def _headed(chunk: Chunk, known: Lexicon) -> bool:
    """Say whether the last word makes the whole an organisation, a place or an event."""
    last = chunk.tokens[-1].text
    cues = known.cues
    return last in cues["org_heads"] or last in cues["place_heads"] or last in cues["events"]


def _split(chunk: Chunk, known: Lexicon) -> Iterator[Chunk]:
    """Cut titles out of a run, and a nationality off the front of it."""
    line, index = chunk.line, chunk.first
    headed = chunk.last - chunk.first > 1 and _headed(chunk, known)
    begin, titled = index, False
    while index < chunk.last:
        size = _title_length(line, index, chunk.last, known)
        weak = size == 1 and (headed or _weak(line, begin, index, chunk.last, known))
        if not size or weak:
            index += 1
            continue
        if begin < index:
            yield from _national(Chunk(line, begin, index, titled), known)
        index = _behind_portfolio(line, index + size, chunk.last)
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
    return index > begin or behind in known.cues["org_heads"] or behind in known.cues["events"]


def _behind_portfolio(line: Line, index: int, last: int) -> int:
    """Give the index behind what a title is for (`… of State for Northern Affairs Jane Dow`)."""
    if index < last and line.tokens[index].text in {"for", "of"}:
        for place in range(index, last):
            if line.tokens[place].text == "Affairs":
                return place + 1
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
    line, first = chunk.line, chunk.first
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
