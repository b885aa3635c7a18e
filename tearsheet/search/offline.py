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

_PARTS = (
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.en.pagefind",
    "index/*",
    "filter/*",
    "fragment/*",
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


def write_offline(bundle: Path) -> None:
    """Write the offline scripts beside an index. Raises CorpusError on an unknown Pagefind."""
    folder = bundle / FOLDER
    folder.mkdir()
    script = (bundle / "pagefind.js").read_text(encoding="utf-8")
    (folder / "pagefind.js").write_text(classic(script), encoding="utf-8")
    for path in sorted(path for part in _PARTS for path in bundle.glob(part)):
        name = path.relative_to(bundle).as_posix()
        target = folder / f"{name}.js"
        target.parent.mkdir(exist_ok=True)
        target.write_text(_handing_over(name, path.read_bytes()), encoding="ascii")


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
