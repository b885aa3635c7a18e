"""A model's opinion on what names are of, where the user has one: the extra `[spacy]`.

Takes the name or path of a spaCy model that is already installed; gives an `Opinion`, which
takes part in the vote as one voice among others. Guarantees that nothing is downloaded and
that without a model everything works as before.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from tearsheet.errors import CorpusError
from tearsheet.names.kinds import Kind

WEIGHT = 2.0
"""A model's voice: as much as one clear cue beside the name, less than a title or the lexicon."""
KINDS: Mapping[str, Kind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "demonym",
    "EVENT": "event",
}


class Heard(msgspec.Struct, frozen=True):
    """A span that the model takes for a name, and of what."""

    start: int
    end: int
    kind: Kind


Opinion = Callable[[str], Iterable[Heard]]


def spacy_opinion(model: str, folder: Path | None = None) -> Opinion:
    """Give the opinion of an installed spaCy model, by package name or path.

    A path may count from `folder`, the archive's. Raises CorpusError where spaCy or the model
    is not installed.
    """
    place = folder / model if folder is not None and (folder / model).is_dir() else model
    try:
        pipeline = importlib.import_module("spacy").load(place)
    except (ImportError, OSError) as problem:
        raise CorpusError(
            f"model {model!r}: {problem}; install tearsheet[spacy] and the model, or leave it out"
        ) from problem

    def heard(text: str) -> Iterable[Heard]:
        spans = pipeline(text).ents
        return [
            Heard(span.start_char, span.end_char, KINDS[span.label_])
            for span in spans
            if span.label_ in KINDS
        ]

    return heard
