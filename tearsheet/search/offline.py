"""The search without a server: what a site opened by double click needs.

Takes the index of a built site, gives `pagefind/offline/` in it: each file of the index as a
script that hands over its bytes, because a browser fetches nothing from `file://`. Nothing of
it is loaded from a server.
"""

import base64
import json
from pathlib import Path

FOLDER = "offline"
"""Where the scripts lie inside the index."""
PACK = 10
"""Fragments in a script; theme/assets/offline.js counts with it."""

_PARTS = (
    "pagefind-entry.json",
    "*.pf_lists",
    "index/*",
    "filter/*",
    "dates.json",
)


def write_offline(bundle: Path, before: str = "") -> None:
    """Write the offline scripts beside an index, which hand over its files under their names
    with `before` in front of them; those of its fragments lie there already.
    """
    for part in _PARTS:
        for path in sorted(bundle.glob(part)):
            offer(bundle, path.relative_to(bundle).as_posix(), before)


def offer(bundle: Path, name: str, before: str = "") -> None:
    """Write the script that hands over one file of an index."""
    target = bundle / FOLDER / f"{name}.js"
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)  # it may stand in the last site, too
    handing = _handing_over(before + name, (bundle / name).read_bytes())
    target.write_text(handing, encoding="ascii")


def write_fragments(block: Path, mark: str) -> None:
    """Write the fragments of a block as scripts, `PACK` to one: a file for each would double
    their number. They are handed over without the name of a bundle, which theirs tells too.
    """
    found: dict[int, list[str]] = {}
    for path in sorted((block / "fragment").iterdir(), key=lambda path: int(path.stem)):
        handing = _handing_over(f"fragment/{mark}/{path.name}", path.read_bytes())
        found.setdefault(int(path.stem) // PACK, []).append(handing)
    (block / FOLDER).mkdir()
    for pack, scripts in found.items():
        (block / FOLDER / f"{pack}.js").write_text("".join(scripts), encoding="ascii")


def _handing_over(name: str, content: bytes) -> str:
    coded = base64.b64encode(content).decode("ascii")
    return f"tearsheetOffline.take({json.dumps(name)},{json.dumps(coded)});\n"
