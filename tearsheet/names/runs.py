"""How far a run of capitalised words reaches: over particles, initials, hyphens, `of the`.

Takes a line and where a name begins; gives where it ends. Guarantees that weekdays and
words that never belong to a name end a run.
"""

from tearsheet.names.habits import Line
from tearsheet.names.lexicon import Lexicon, plain, word_set, written
from tearsheet.names.titles import title_length
from tearsheet.names.tokens import Case, Token

PARTICLES = word_set(
    "de da do dos das di del della du des la le van von der den ten ter bin ibn bint al el ul ud "
    "abu y e af av zu zur"
)
"""Small words that join two capitalised ones into one name."""
AMBIGUOUS_DAYS = word_set("Sun Mon Sat Mar Jan Dec May April June August")
"""Months and days that are also given names: inside a run of names they belong to it."""
LONGEST_ORGANISATION = 10
"""Words of the longest name looked up whole."""
UNITS = word_set("force brigade brigades corps battalion regiment")
"""Bodies of soldiers: behind a name that is no nation's, the name alone would be something else's."""
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S"})
HYPHENS = frozenset("-‐‑")


def barred(line: Line, index: int, known: Lexicon) -> bool:
    """Say whether a word is no part of a name here: a weekday, a month, `I`."""
    token = line.tokens[index]
    after = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    if token.text in known.cues["calendar"]:
        before = line.tokens[index - 1] if index else None
        inside = before is not None and before.named and after is not None and after.named
        return not (inside and token.text in AMBIGUOUS_DAYS)
    if token.text in {"A", "I"} and _initial_of(line, index, known):
        return False
    if token.text in known.cues["never"]:
        return True
    initial = after is not None and after.text == "." and not after.spaced
    article = line.tokens[index - 1].text in {"a", "an", "the", "letter"} if index else False
    if len(token.text) == 1 and article:  # `the letter is an M.`
        return True
    return token.text in {"A", "I"} and not initial


def _initial_of(line: Line, index: int, known: Lexicon) -> bool:
    """Say whether a letter that is a word too begins a name (`met I. Moen`, not `and I. Later`)."""
    behind = line.tokens[index + 1 : index + 3]
    if len(behind) < 2 or line.tokens[index].initial:
        return False
    stop, name = behind
    return (
        stop.text == "." and not stop.spaced and name.named and name.text.lower() not in known.words
    )


def extend(line: Line, first: int, known: Lexicon) -> int:
    """Give the index behind the run of name words that begins at `first`."""
    whole = _known_length(line, first, known)
    if whole:
        return first + whole
    index = first + max(1, title_length(line, first, len(line.tokens), known))
    while index < len(line.tokens):
        step = _step(line, first, index, known)
        if step == 1:
            step = max(1, title_length(line, index, len(line.tokens), known))
        if not step:
            break
        index += step
    return index + 1 if _is_unit(line, first, index, known) else index


def _known_length(line: Line, first: int, known: Lexicon) -> int:
    """Give the tokens of a known organisation whose name holds small words (`… for Security and …`)."""
    if plain(line.tokens[first].text) not in known.long_organisations:
        return 0
    for size in range(LONGEST_ORGANISATION, 3, -1):
        words = line.tokens[first : first + size]
        if written((t.text, t.spaced) for t in words) in known.organisations:
            return len(words)
    return 0


def _is_unit(line: Line, first: int, last: int, known: Lexicon) -> bool:
    """Say whether a small word behind the name is part of it: `the Al Quds force`."""
    tokens = line.tokens
    if not first or last >= len(tokens) or tokens[first - 1].text.lower() != "the":
        return False
    name = " ".join(plain(t.text) for t in tokens[first:last])
    known_already = name in known.demonyms or name in known.countries or name in known.organisations
    spelt_out = tokens[last - 1].case is Case.CAPITAL and name not in known.cues["groups"]
    return tokens[last].text in UNITS and spelt_out and not known_already


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
    if token.text == "," and index + 1 < len(tokens):
        return 2 if (before.text, tokens[index + 1].text) == ("Washington", "D.C.") else 0
    if token.text in POSSESSIVES:
        return _possessive_step(line, index, known)
    if not token.spaced and before.text not in HYPHENS | {"."}:
        return 0
    if token.named:
        return 0 if barred(line, index, known) or token.initial else 1
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
    if after is None or not after.named or barred(line, index + 1, known):
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
    third = tokens[index + 2] if index + 2 < len(tokens) else None
    if word in PARTICLES and after.text in PARTICLES and third is not None and third.named:
        return 0 if barred(line, index + 2, known) else 3  # `van der Merwe`
    if word in PARTICLES and (after.text in HYPHENS or after.named):
        hyphen = after.text in HYPHENS
        place = min(index + (2 if hyphen else 1), len(tokens) - 1)
        ends = not tokens[place].named or barred(line, place, known)
        return 0 if ends else place - index + 1
    if word in {"of", "for"} and _portfolio_step(line, index):
        return _of_step(line, index, known)
    if word == "on" and tokens[index - 1].text == "Conference":
        return _of_step(line, index, known)
    if word in {"of", "for"} and _takes_of(tokens[first:index], known):
        return _of_step(line, index, known)
    if word == "and" and after.named and after.spaced:
        run = tokens[first:index]
        return (
            2
            if _is_known_pair((*run, *tokens[index : index + 2]), known)
            or (_is_portfolio(run, after, known))
            else 0
        )
    return 0


def _is_portfolio(run: tuple[Token, ...], after: Token, known: Lexicon) -> bool:
    """Say whether `and` stands in what an office is for: `Ministry of Waters and Lands`."""
    words = [t.text for t in run]
    if words[0] not in known.cues["org_of"] or not {"of", "for"} & set(words[1:3]):
        return False
    held = [plain(t.text) for t in (*run[2:], after) if t.named]
    heads = known.cues["org_heads"] | known.cues["org_of"] | known.cues["titles"]
    return all(w.lower() in known.words and not known.is_place(w) and w not in heads for w in held)


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
    if behind >= len(tokens) or not tokens[behind].named or barred(line, behind, known):
        return 0
    return behind - index + 1


def _is_known_pair(run: tuple[Token, ...], known: Lexicon) -> bool:
    for size in (3, 4, 5):
        name = " ".join(plain(t.text) for t in run[-size:])
        if name in known.countries or name in known.organisations:
            return True
    return False
