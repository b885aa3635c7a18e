r"""Cut a text into lines, as a text editor numbers them.

A line ends at `\n`, `\r\n` or a lone `\r`, and nowhere else: a form feed, a vertical tab
or U+2028 stays inside its line, so that our numbers are those an editor sees. A last line
without an ending has the ending ``""``; an ending at the end of the file begins no new line.
"""

import re

from tearsheet.model import Unit

LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")


def read_lines(text: str) -> tuple[Unit, ...]:
    """Number the lines from 1; `text + ending` of all, joined, is the text again."""
    found = (match for match in LINE.finditer(text) if match.group())
    return tuple(
        Unit(number, match.group(1), match.group(2)) for number, match in enumerate(found, 1)
    )
