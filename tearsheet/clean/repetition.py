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
# Counts stop here: what stands in nine sources is as much furniture as what stands in 9,000,
# and one source more then leaves what was made of all others as it is.
MOST_COUNTED = 8


def repeated_texts(sources: Iterable[Source]) -> Mapping[str, int]:
    """Count for each short text the other sources it stands in, up to `MOST_COUNTED`; only
    repeated ones are given.

    The order of the sources does not matter. The mapping cannot be changed.
    """
    met = Counter(text for source in sources for text in short_texts(source))
    return MappingProxyType(
        {text: others(count) for text, count in sorted(met.items()) if count > 1}
    )


def short_texts(source: Source) -> frozenset[str]:
    """Give the texts of a source that are short enough to be furniture."""
    return frozenset(text for unit in source.units if 0 < len(text := unit.text.strip()) <= LONGEST)


def others(count: int) -> int:
    """Give in how many other sources a text stands that stands in `count`."""
    return min(count - 1, MOST_COUNTED)
