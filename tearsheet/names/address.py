"""How people are addressed: `Mr`, `Mrs`, `Dr`, and whom of one surname that can mean.

Takes atoms of people; gives yes or no, and choices. Guarantees that a title or a given name
which does not tell excludes nobody.
"""

from collections.abc import Sequence

from tearsheet.names.atoms import Atom
from tearsheet.names.lexicon import lexicon, word_set

SEXES = dict.fromkeys(
    word_set(
        "Mr Sir Lord King Prince Duke Baron Count Monsieur Herr Signor Father Brother Emperor"
    ),
    "m",
) | dict.fromkeys(
    word_set("Mrs Ms Miss Lady Dame Queen Princess Duchess Countess Madame Mme Mlle Frau Sister"),
    "f",
)
COURTESY = word_set("Mr Mrs Ms Miss")
DEGREES = word_set("Dr Prof Professor")
"""A text that calls one of two namesakes `Dr` and the other `Mr` keeps to it."""


def sex(atom: Atom) -> str | None:
    """Give `f` or `m` where the titles of a person, or else the first name, tell."""
    told = {SEXES[title] for title in atom.titles if title in SEXES}
    if len(told) == 1:
        return told.pop()
    return lexicon().sexes.get(atom.key[0]) if atom.full and not told else None


def contradict(left: Atom, right: Atom) -> bool:
    """Say whether two people so addressed cannot be one (`Mrs Moen`, `Ivar Moen`)."""
    one, two = sex(left), sex(right)
    return one is not None and two is not None and one != two


def meant(lone: Atom, candidates: Sequence[int], atoms: Sequence[Atom]) -> list[int]:
    """Give those of the people of one surname whom a title before it can mean."""
    same = [i for i in candidates if lone.titles & atoms[i].titles]
    return same if len(same) == 1 else list(candidates)


def taken(lone: Atom, other: Atom) -> bool:
    """Say whether a text that calls another `Mr Moen` does not mean him by `Dr` or `Mrs Moen`."""
    if lone.key != other.key:
        return False
    return contradict(lone, other) or bool(lone.titles & DEGREES and other.titles & COURTESY)
