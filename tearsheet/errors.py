"""The two ways in which a step gives up.

`CorpusError` stops the build before it writes; `SourceRejected` lists one source as
rejected and the build goes on. (An odd source is neither: it gets a Note.)
"""


class CorpusError(Exception):
    """We or the editor are wrong. The message names file and place, found, expected, what to do."""


class SourceRejected(Exception):
    """One source is unusable. The message says why, and what would make it usable."""
