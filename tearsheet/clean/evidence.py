"""The evidence that one unit gives by itself on whether it is text of the article.

Takes a unit's text and markup, gives the names of the features that hold of it, and the few
numbers that its neighbours' evidence is made of. Names are what the weights file lists:

    c3 n4        length in characters and words, in bins
    e.|4  s a    how it ends and starts
    1:by  2:…    the words at its edges, in lower case, digits as 0
    ~:share      a word anywhere in a short unit (≈: in a longer one)
    t:p  o:…  a:…  of an HTML block: its element, words in its own and its ancestors' names
"""

import re
from bisect import bisect_right
from functools import lru_cache

import msgspec

from tearsheet.model import Markup

WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
DIGITS = re.compile(r"\d+")
NAME_PARTS = re.compile(r"[a-z]{3,}")
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]")
CONTENT = re.compile(r"[^\W\d_]{5,}")
ENDS = {".": ".", "!": "!", "?": "?", "…": "…", "。": ".", "।": ".", "؟": "?", ":": ":", ",": ",", ";": ",", "|": "|", "»": "»", ">": "»", "-": "-", "–": "-"}  # fmt: skip
CLOSERS = "\"'”’»)]"
QUOTES = '"“„«‘'
FLAGS = '|@#©/»:–(•"“?!;[&$%+'
# Words that hold sentences together; their share tells prose from names, in any of the
# languages most met. (Other scripts are told by punctuation and length.)
FUNCTION = frozenset((
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "he",
    "it", "at", "by", "his", "from", "be", "are", "this", "have", "has", "not", "had", "but",
    "they", "she", "her", "which", "or", "an", "we", "who", "their", "were", "been", "will",
    "would", "said", "its", "i", "you", "if", "when", "there", "what", "about", "more", "after",
    "than", "so", "out", "up", "into", "all", "can", "also", "no", "one", "de", "la", "le", "les",
    "et", "des", "un", "une", "en", "que", "du", "dans", "est", "pour", "qui", "sur", "pas", "au",
    "par", "il", "plus", "avec", "se", "ne", "ce", "sont", "el", "los", "las", "y", "del", "una",
    "por", "con", "su", "para", "es", "al", "lo", "como", "o", "der", "die", "und", "den", "von",
    "zu", "das", "mit", "sich", "auf", "für", "ist", "im", "dem", "nicht", "ein", "eine", "als",
    "auch", "er", "hat", "aus", "bei", "di", "che", "per", "non", "si", "sono", "da", "della",
    "os", "dos", "do", "na", "uma", "com", "não", "e", "van", "het", "een", "dat", "op", "te",
    "zijn", "met", "voor", "och", "att", "som", "på", "det", "är", "og",
))  # fmt: skip
LENGTHS = (4, 8, 16, 25, 40, 65, 100, 150, 250, 500)
COUNTS = (2, 3, 4, 6, 9, 13, 20, 35, 60)
SHARES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.99)
# Short lines that open a section after the article, by what the section holds.
OPENER = re.compile(
    r"""\W{0,4}(?:
      (?P<comments> \(?\d*\)?\s*(?:comments?|repl(?:y|ies)|leave\ a\ (?:reply|comment)|discussion|responses|join\ the\ (?:conversation|discussion)
        |post\ a\ comment|(?:view|show|add\ a|read)\ comments?|kommentare|commentaires|comentarios)\b)
    | (?P<related> (?:related|more\ (?:from|on|in|stories|news|like)|recommended|most\ (?:read|popular|viewed|recent)|trending|latest|popular|you\ (?:may|might)
        |read\ (?:more|next|also)|see\ also|up\ next|editor['’]?s['’]?\ picks?|top\ stories|also\ (?:read|on)|don['’]t\ miss|recent\ (?:posts|articles)|similar
        |next\ (?:article|post|story)|around\ the\ web|what\ to\ read|sponsored|promoted)\b)
    | (?P<subscribe> (?:subscribe|sign\ up|newsletter|get\ (?:the|our)|register|log\ ?in|sign\ ?in|join|support|donate|download)\b)
    | (?P<tags> (?:tags?|topics?|filed\ under|categories|share|about\ the\ author|follow|posted\ in|editor['’]s\ note|contact|source)\b)
    | (?P<legal> .{0,50}?(?:cookie|privacy|copyright|©|all\ rights\ reserved|terms\ of|consent))
    )""",
    re.VERBOSE,
)
# Only the edges of a long unit are looked at.
START, END = 400, 160


class Evidence(msgspec.Struct, frozen=True):
    """What a unit gives to the decision: the features that hold, and numbers for its context."""

    features: tuple[str, ...]
    words: int
    ends: bool
    starts_low: bool
    content: tuple[str, ...]
    opens: str | None
    path: tuple[str, ...] = ()
    linked: float = 0.0


def evidence_of(text: str, markup: Markup | None = None) -> Evidence:
    """Look at one unit; the work is bounded by the lengths of its edges."""
    own = _of_text(text.strip())
    if markup is None:
        return own
    linked = min(1.0, sum(link.end - link.start for link in markup.links) / max(1, len(text)))
    return Evidence(
        features=(*own.features, *_of_markup(text, markup, linked)),
        words=own.words,
        ends=own.ends,
        starts_low=own.starts_low,
        content=own.content,
        opens=own.opens,
        path=markup.path,
        linked=linked,
    )


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Evidence:
    length = len(text)
    start = text if length <= START + END else text[:START]
    lowered = start.lower()
    tokens = [
        DIGITS.sub("0", word) if word[0].isdigit() else word for word in WORDS.findall(lowered)
    ]
    count = len(tokens) if start is text else len(tokens) * length // START
    last = tokens if start is text else WORDS.findall(text[-END:].lower())
    size, many = bisect_right(LENGTHS, length), bisect_right(COUNTS, count)
    ending = _ending(text)
    opening = _opening(text[0]) if text else "_"
    features = [f"c{size}", f"n{many}", f"e{ending}|{size >> 1}", f"s{opening}|{size >> 1}"]
    features += _shares(start, tokens, many)
    features += [f"p{sign}" for sign in FLAGS if sign in start]
    features += _phrases(tokens, last, count)
    content = tuple(set(CONTENT.findall(lowered))) if count >= 4 else ()
    opener = OPENER.match(lowered[:60]) if count <= 10 else None
    opens = opener.lastgroup if opener else None
    return Evidence(tuple(features), count, ending in ".!?…", opening == "a", content, opens)


def _ending(text: str) -> str:
    last = text[-1:]
    if last in CLOSERS:
        stripped = text[-4:].rstrip(CLOSERS)
        if stripped and stripped[-1] in ".!?…,":
            return stripped[-1]
        return ")" if last in ")]" else '"'
    if last in ENDS:
        return ENDS[last]
    return "0" if last.isdigit() else "a" if last.isalpha() else "_"


def _opening(first: str) -> str:
    if first.isalpha():
        return "a" if first.islower() else "A"
    if first.isdigit():
        return "0"
    return '"' if first in QUOTES else "•" if first in "•·*–—-▪" else "_"


def _shares(start: str, tokens: list[str], many: int) -> list[str]:
    total = len(tokens)
    if not total:
        return ["f_", "k_"]
    binding = sum([token in FUNCTION for token in tokens]) / total
    capitals = len(CAPITAL.findall(start)) / len(start)
    digits = tokens.count("0") / total
    commas = min(start.count(","), 3)
    rough = min(many, 7)
    return [
        f"f{bisect_right(SHARES, binding)}|{rough}",
        f"k{bisect_right(SHARES, capitals * 2)}|{rough}",
        f"d{bisect_right(SHARES, digits)}",
        f"q{commas}|{rough}",
    ]


def _phrases(tokens: list[str], last: list[str], count: int) -> list[str]:
    if not tokens:
        return []
    features = [f"1:{tokens[0]}", f"-1:{last[-1]}" if last else "-1:"]
    if count > 1:
        features.append(f"2:{tokens[0]} {tokens[1]}")
        features.append(f"-2:{' '.join(last[-2:])}")
    if count > 2:
        features.append(f"3:{' '.join(tokens[:3])}")
    if count <= 4:
        features.append(f"=:{' '.join(tokens)}")
    if count <= 14:
        features += [f"~:{token}" for token in set(tokens)]
    elif count <= 60:
        features += [f"≈:{token}" for token in set(tokens)]
    return features


def _of_markup(text: str, markup: Markup, linked: float) -> list[str]:
    size = bisect_right(COUNTS, len(text) // 6)
    features = [
        f"t:{markup.tag}",
        f"t:{markup.tag}|{min(size, 7)}",
        f"h{markup.level}",
        f"L{bisect_right(SHARES, linked)}|{min(size, 7)}",
        f"m{min(len(markup.links), 4)}",
    ]
    features += [f"o:{part}" for part in _name_parts(markup.path[-1:])]
    features += [f"a:{part}" for part in _name_parts(markup.path[:-1])]
    features += [f"g:{tag}" for tag in _tags(markup.path)]
    return features


@lru_cache(maxsize=4096)
def _name_parts(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        {
            part
            for name in path
            for part in NAME_PARTS.findall(name.partition(".")[2] or name.partition("#")[2])
        }
    )


@lru_cache(maxsize=4096)
def _tags(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({re.split(r"[.#\[]", name, maxsplit=1)[0] for name in path})
