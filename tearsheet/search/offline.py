"""The search without a server: what a site opened by double click needs.

Takes the index of a built site, gives `pagefind/offline/` in it: Pagefind's own script as a
classic one, and each file of the index as a script that hands over its bytes, because a
browser fetches nothing and imports no module from `file://`. Nothing of it is loaded from a
server. The rewriting is tied to the pinned Pagefind: every replacement must be found as
often as expected, or the build stops.
"""

import base64
import json
from pathlib import Path

from tearsheet.errors import CorpusError

FOLDER = "offline"
"""Where the scripts lie inside the index."""
PACK = 10
"""Fragments in a script; theme/assets/offline.js counts with it."""

_PARTS = (
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.en.pagefind",
    "index/*",
    "filter/*",
    "dates.json",
)

_EXPORTS = (
    "export{createInstance,debouncedSearch,destroy,filters,init,mergeIndex,options,preload,search};"
)
_REPLACED = (
    # (what stands in pagefind.js 1.5.2, how often, what takes its place)
    ("import.meta.url", 4, "tearsheetOffline.address"),
    ("await fetch(queued.input)", 1, "await tearsheetOffline.fetch(queued.input)"),
    (_EXPORTS, 1, "tearsheetOffline.createInstance=createInstance;"),
)


def write_offline(bundle: Path, before: str = "") -> None:
    """Write the offline scripts beside an index, which hand over its files under their names
    with `before` in front of them; those of its fragments lie there already. Raises CorpusError
    on an unknown Pagefind.
    """
    if (bundle / "pagefind.js").exists():
        script = (bundle / "pagefind.js").read_text(encoding="utf-8")
        (bundle / FOLDER / "pagefind.js").write_text(classic(script), encoding="utf-8")
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


def classic(script: str) -> str:
    """Give Pagefind's module as a script that needs neither modules nor fetch."""
    for found, times, instead in _REPLACED:
        if script.count(found) != times:
            raise CorpusError(
                f"pagefind.js: found '{found[:40]}' {script.count(found)} times, expected {times} "
                "(Pagefind 1.5.2); install the pinned version"
            )
        script = script.replace(found, instead)
    return f"(()=>{{{script}}})();\n"


def _handing_over(name: str, content: bytes) -> str:
    coded = base64.b64encode(content).decode("ascii")
    return f"tearsheetOffline.take({json.dumps(name)},{json.dumps(coded)});\n"
