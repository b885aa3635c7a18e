"""Parse bylines into people: one name each, without what stands around them.

Takes the words of a byline; gives its people, and apart from them the agencies and papers
it names. `Text by`, `Follow`, doubled names, offices, places, dates and addresses go.
"""

import re

import msgspec

from tearsheet.dates import find_dates
from tearsheet.describe.press import PAPER_WORD, agency

LONGEST_BYLINE = 300
MOST_WORDS = 6
"""Words of one name: `Juan Manuel de la Cruz Gómez` has six; more is a sentence."""
MOST_PEOPLE = 12

LEAD = re.compile(
    r"^\W*(?:(?:(?:text|story|words?|report(?:ed|ing)?|written|posted|published|authored|"
    r"article|analysis|opinion|interview|propos recueillis|texte|dossier|artículo|texto|testo|"
    r"last updated|updated|created|submitted|contributed|compiled|produced)\s)?"
    r"(?:by|par|von|por|di|da|de|door|av|af|przez|от|بقلم|كتب|كتبت|yazan|od)\b\s?:?"
    r"|(?:authors?|writers?|auteurs?|autor(?:en|es|in|a)?|autore|автор|الكاتب|yazar|byline|reporters?|journalist|"
    r"redacción|text|texte|texto|testo|words|contributors?|written by|текст|كاتب)\s?:)\s*",
    re.IGNORECASE,
)
CUT = re.compile(
    r"\s*(?:\bfollow(?:ing)?\b|\bcontact\b|\bview (?:all|profile|bio|more)\b|\bsee (?:all|more)\b|\bread (?:more|full)\b|"
    r"\bmore (?:by|from|articles|stories)\b|\babout the author\b|\bemail\b|\be-mail\b|\bsubscribe\b|\bshare\b|\btwitter\b|\bfacebook\b|"
    r"\bsuivre\b|\bfolgen\b|\bseguir\b|\bsegui\b|\bvolgen\b|\bпубликации\b|\bbiography\b|\bbio\b|\bis an?\b|\bis the\b|\bcovers\b|"
    r"\bhas been\b|\bupdated\b|\bpublished\b|\bposted\b|\bpublié\b|\bmis à jour\b|\blast (?:updated|modified)\b|\d+\s*(?:min|comments?|shares?|reads?)\b|"
    r"\bphoto(?:s|graph(?:s|y|er)?)?\b|\billustration|\bvideo\b|\bcourtesy\b|\bimage\b|\bspecial to\b|\bavec\b(?=\s+(?:afp|reuters|ap)\b)|\bwith\b(?=\s+(?:afp|reuters|ap)\b)).*$",
    re.IGNORECASE,
)
WIDE_GAP = re.compile(r"[ \u00a0]{3,}")
FOR_PAPER = re.compile(r"\s+(?:for|of|at|à|für|para)\s+(?:the\s)?[A-Z].*$", re.IGNORECASE)
DEGREES = re.compile(
    r",?\s+(?:Ph\.?\s?D|M\.?D|M\.?A|B\.?A|M\.?S|MBA|RD|Esq|J\.?D|DVM|R\.?N)\.?(?=$|[\s,;])"
)
BRACKETS = re.compile(r"\s*[(\[{][^)\]}]{0,120}[)\]}]?")
HANDLE = re.compile(r"(?:\S+@\S+|@\w+|https?://\S+|www\.\S+)")
BETWEEN = re.compile(
    r"\s*(?:[;|•·/\n\t]|\s[–—-]\s|,(?!\s*(?:jr|sr|ii|iii|phd|ph\.d|md|m\.d|esq)\b)|\band\b|\bet\b|\bund\b|\by\b|\be\b(?=\s[A-ZÀ-Þ])|\ben\b(?=\s[A-ZÀ-Þ])|\bи\b|\bve\b|\boch\b|\bog\b|&|\+|\bwith\b|\bavec\b|\bmit\b|\bcon\b)\s*",
    re.IGNORECASE,
)
AND_ARABIC = re.compile(r"\s+و(?!ليد|ائل|سام|فاء|داد|حيد|رد|جدي|جيه|سيم|هيب|لاء|ديع)(?=\S{3})")
OFFICE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|journalist|producer|director|manager|contributor|"
    r"fellow|professor|analyst|chief|head|senior|staff|political|foreign|national|business|science|health|"
    r"envoyée?|spéciale?|correspondante?|redakteur(?:in)?|corresponsal|inviato|inviata|chefredakteur|"
    r"author|team|newsroom|office|editors|reporters|correspondents|writers|contributors|redaktion|rédaction|redacción|redazione|redação|redactie|founder|president|freelance|special|deputy|associate|assistant|managing|international|"
    r"intern|expert|specialist|consultant|desk|moderator|administrator|admin)\b",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\b(?:cent(?:er|re)|institute?|university|college|foundation|council|commons|society|association|"
    r"company|corporation|group|ministry|department|committee|commission|cybersecurity|technology)\b",
    re.IGNORECASE,
)
GLUED_BY = re.compile(r"^By(?=[A-ZÀ-Þ][a-zà-ÿ])")
GLUED_NAMES = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ][a-zà-ÿ]{2,}\b)")
"""`Anna BergTom Reed`, as two elements without a space between them come; not `McKay`, `DeLuca`."""
PORTRAIT = re.compile(
    r"\b(?:headshot|avatar|profile (?:image|picture|photo)|portrait)\b", re.IGNORECASE
)
NAME_WORD = re.compile(r"[^\W\d_]")
LOWER_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "delle",
        "dei",
        "du",
        "des",
        "la",
        "le",
        "les",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "zur",
        "zum",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
        "te",
        "af",
        "av",
        "y",
        "e",
        "i",
        "o'",
        "d'",
        "l'",
        "und",
        "st",
    ]
)
NO_NAME = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "our",
        "your",
        "it",
        "here",
        "there",
        "more",
        "read",
        "view",
        "all",
        "home",
        "news",
        "world",
        "local",
        "opinion",
        "sports",
        "politics",
        "business",
        "updated",
        "published",
        "by",
        "photo",
        "video",
        "share",
        "comments",
        "comment",
        "print",
        "save",
        "email",
        "follow",
        "subscribe",
        "search",
        "menu",
        "today",
        "login",
        "admin",
        "administrator",
        "anonymous",
        "guest",
        "unknown",
        "editor",
        "editorial",
        "staff",
        "newsroom",
        "webmaster",
        "none",
        "null",
        "undefined",
    ]
)


class Byline(msgspec.Struct, frozen=True):
    """Whom a byline names: people, and apart from them agencies and papers."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def parse_byline(text: str) -> Byline:
    """Give the people, agencies and papers of a byline, each once, in their order."""
    people: dict[str, str] = {}
    agencies: dict[str, None] = {}
    papers: dict[str, None] = {}
    for part in _parts(text):
        if known := agency(part):
            agencies[known] = None
        elif PAPER_WORD.search(part):
            if _is_named(part) and not OFFICE.search(part):
                papers[part] = None
        elif is_person(part):
            people.setdefault(_plain(part), _cased(part))
    return Byline(tuple(people.values())[:MOST_PEOPLE], tuple(agencies), tuple(papers))


def introduces(text: str) -> bool:
    """Tell whether a line begins as a byline does (`By`, `Text by:`, `Von`)."""
    return bool(LEAD.match(text[:60]))


def is_person(text: str) -> bool:
    """Tell whether the words can be one person's name: two to six words, capitals, no office."""
    words = text.split()
    if not 2 <= len(words) <= MOST_WORDS or len(text) > 60:
        return False
    if (
        OFFICE.search(text)
        or INSTITUTION.search(text)
        or any(char.isdigit() for char in text)
        or re.search(r"[?!:…“”\"=<>#%$]", text)
    ):
        return False
    if any(word.lower().strip(".,'’") in NO_NAME for word in words):
        return False
    return all(_is_name_word(word) for word in words) and not words[0][0].islower()


def _is_name_word(word: str) -> bool:
    bare = word.strip(".,'’-")
    if not bare or not NAME_WORD.match(bare):
        return False
    return (
        bare.lower() in LOWER_PARTICLES or not bare[0].islower() or bare[:2].lower() in ("d'", "d’")
    )


def _is_named(part: str) -> bool:
    return len(part) <= 60 and part[:1].isupper() and len(part.split()) <= MOST_WORDS


def _parts(text: str) -> list[str]:
    """Cut a byline at what divides names, and each part free of what is no name."""
    line = " ".join(WIDE_GAP.sub(" ; ", text[:LONGEST_BYLINE].strip()).split())
    line = BRACKETS.sub("", HANDLE.sub(" ", _without_dates(line)))
    line = PORTRAIT.sub(" ; ", GLUED_NAMES.sub(" ; ", GLUED_BY.sub("", line)))
    line = LEAD.sub("", LEAD.sub("", line))
    pieces = BETWEEN.split(AND_ARABIC.sub(" ; ", line))
    parts = [
        _without_agency(FOR_PAPER.sub("", CUT.sub("", LEAD.sub("", DEGREES.sub("", piece))))).strip(
            " ,.;:|*-–—_•·‐\u200b\u200e\u200f"
        )
        for piece in pieces
    ]
    return [once for part in parts if part and (once := _undoubled(part))]


def _without_agency(part: str) -> str:
    """`Anna Berg The Associated Press` is Anna Berg; the agency alone stays as it is."""
    words = part.split()
    for cut in range(2, len(words)):
        if agency(" ".join(words[cut:])) and len(" ".join(words[cut:])) > 3:
            return " ".join(words[:cut])
    return part


def _without_dates(line: str) -> str:
    for found in reversed(find_dates(line)):
        line = f"{line[: found.start]} ; {line[found.end :]}"
    return line


def _undoubled(part: str) -> str:
    """`Anna Berg Anna Berg` is one Anna Berg."""
    words = part.split()
    half = len(words) // 2
    if half and len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    return part


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").split())


def _cased(name: str) -> str:
    """`ANNA BERG` is shown as Anna Berg; other capitals stay as they are written."""
    if name.isupper() and len(name) > 4:
        return " ".join(
            word.title() if len(word) > 2 and "." not in word else word for word in name.split()
        )
    return name
