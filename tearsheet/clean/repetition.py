"""Evidence from the corpus: what stands in many sources is furniture, or wire copy.

Evidence, not a rule: a news agency's paragraph stands in many papers too, so that it only
counts against a unit that the page itself leaves in doubt.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tearsheet.model import Source

# Longer texts than this are paragraphs; if they repeat, they are the same report.
LONGEST = 400


def repeated_texts(sources: Iterable[Source]) -> Mapping[str, int]:
    """Count for each short text the other sources it stands in; only repeated ones are given.

    The order of the sources does not matter. The mapping cannot be changed.
    """
    met: Counter[str] = Counter()
    for source in sources:
        met.update({text for unit in source.units if 0 < len(text := unit.text.strip()) <= LONGEST})
    return MappingProxyType({text: count - 1 for text, count in sorted(met.items()) if count > 1})
