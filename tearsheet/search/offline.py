"""The search without a server: what a site opened by double click needs.

Takes the index of a built site, gives `pagefind/offline/` in it: each file of the index as a
script that hands over its bytes, because a browser fetches nothing from `file://`. Nothing of
it is loaded from a server.
"""

import base64
import fnmatch
import json
import os
from pathlib import Path

FOLDER = "offline"
"""Where the scripts lie inside the index."""
PACK = 10
"""Fragments in a script; theme/assets/offline.js counts with it."""

_PARTS = (
    "pagefind-entry.json",
    "*.pf_lists",
    "index/*",
    "filter/*.pf_facet",
    "dates.json",
)


def write_offline(bundle: Path, before: str = "") -> None:
    """Write the offline scripts beside an index, where they are not there already, which hand
    over its files under their names with `before` in front of them.
    """
    for part in _PARTS:
        folder, _, kind = part.rpartition("/")
        (bundle / FOLDER / folder).mkdir(exist_ok=True)
        offered = set(_names_in(bundle / FOLDER / folder))
        for name in fnmatch.filter(_names_in(bundle / folder), kind):
            if f"{name}.js" not in offered:
                offer(bundle, f"{folder}/{name}" if folder else name, before)


def _names_in(folder: Path) -> list[str]:
    """Give the names in a folder, if it is there: of thousands, not one is asked for by itself."""
    return sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208  # as said


def offer(bundle: Path, name: str, before: str = "") -> None:
    """Write the script that hands over one file of an index."""
    with open(f"{bundle}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  # hundreds of times
        handing = handing_over(before + name, file.read())
    with open(f"{bundle}/{FOLDER}/{name}.js", "wb", buffering=0) as file:  # noqa: PTH123  # as above
        file.write(handing.encode("ascii"))


def handing_over(name: str, content: bytes) -> str:
    """Give the line of a script that hands over a file."""
    coded = base64.b64encode(content).decode("ascii")
    return f'tearsheetOffline.take({json.dumps(name)},"{coded}");\n'
