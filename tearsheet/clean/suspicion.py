"""Note what about a cleaning should be looked at by a person."""

from collections.abc import Sequence

from tearsheet.model import SHOWN_FATES, Entry, Fate, Note, Source

# Below this part of the characters kept, and above that one of a page with some length,
# a cleaning is not to be trusted unseen.
NEARLY_NOTHING, NEARLY_EVERYTHING = 0.08, 0.995
LONG_ENOUGH = 20
FEWEST_WORDS = 40


def suspicious(source: Source, ledger: Sequence[Entry], in_doubt: bool) -> tuple[Note, ...]:
    """Notes on a page of which almost all was set aside, or almost nothing, or all in doubt."""
    sizes = {unit.number: len(unit.text.strip()) for unit in source.units}
    total = sum(sizes.values())
    kept = sum(sizes[entry.unit] for entry in ledger if entry.fate in SHOWN_FATES)
    count = sum(1 for entry in ledger if entry.fate is not Fate.BLANK)
    if in_doubt:
        return (
            Note(
                "cleaning",
                "No text of an article was made out, so that everything was kept.",
                serious=True,
            ),
        )
    if total and kept < NEARLY_NOTHING * total:
        share = f"{100 * kept / total:.0f} %"
        return (
            Note(
                "cleaning",
                f"Only {share} of this {'page' if source.media_type == 'text/html' else 'text'} "
                "was kept as the article: look at what was set aside.",
                serious=True,
            ),
        )
    if count >= LONG_ENOUGH and kept > NEARLY_EVERYTHING * total:
        return (
            Note("cleaning", "Hardly anything was set aside: other things may stand in the text."),
        )
    return ()
