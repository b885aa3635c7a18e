"""Second pass: where in a line a name begins, and the chunks it is made of.

Takes the lines of a document and the habits of the corpus; gives `Chunk`s that never
overlap. Guarantees that titles, roles, weekdays, possessive endings and common words that
merely open a sentence are not part of a chunk.
"""

from collections.abc import Iterator

from tearsheet.names.habits import Habits, Line
from tearsheet.names.lexicon import Lexicon, plain
from tearsheet.names.runs import HYPHENS, PARTICLES, barred, extend
from tearsheet.names.spans import Chunk
from tearsheet.names.titles import FUNCTION_WORDS, portfolio, split, title_length
from tearsheet.names.tokens import Case, Token


def chunks(line: Line, habits: Habits, known: Lexicon) -> Iterator[Chunk]:
    """Give the chunks of one line, in order."""
    index, size = 0, len(line.tokens)
    while index < size:
        if not _starts(line, index, habits, known):
            index += 1
            continue
        last = extend(line, index, known)
        if not portfolio(line, index, last, known):
            yield from split(Chunk(line, index, last), known)
        index = last


def _starts(line: Line, index: int, habits: Habits, known: Lexicon) -> bool:
    token = line.tokens[index]
    if token.case is Case.LOWER:
        return _particle_start(line, index)
    if not token.named or barred(line, index, known):
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
    if follows and token.text in known.cues["landmarks"] | known.cues["org_first"]:
        return True
    if len(word) == 1 and _is_initial(line, index):
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


def _is_initial(line: Line, index: int) -> bool:
    """Say whether a letter opens a name here (`M. Moen`); `A.` or `I.` more often does not."""
    letter, *behind = line.tokens[index : index + 3]
    if len(behind) < 2 or letter.text in {"A", "I"}:
        return False
    stop, name = behind
    return stop.text == "." and not stop.spaced and name.named and name.spaced


def _person_like(after: Token | None, known: Lexicon) -> bool:
    """Say whether the word behind a given name can be a surname: no common word."""
    return after is not None and after.text.lower() not in known.words


def _opens_known(line: Line, index: int, known: Lexicon) -> bool:
    """Say whether a title, a known organisation or an organisation's own word begins here."""
    if title_length(line, index, len(line.tokens), known):
        return True
    words = [t.text for t in line.tokens[index : index + 4]]
    if any(" ".join(words[:n]) in known.organisations for n in (2, 3, 4)):
        return True
    if any(known.is_place(" ".join(words[:n])) for n in (2, 3)):
        return True
    return len(words) > 1 and words[1] in known.cues["org_heads"]
