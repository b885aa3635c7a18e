"""By what a browser sorts what several indexes have found together.

Takes a bundle and the pages it was made of; gives `dates.json` in it: for each date the marks
of the pages of that date, as Pagefind names its fragments. Pagefind sorts within one index,
and puts the results of several in the order of relevance whatever it was asked for.
"""

import gzip
import html
import json
import re
from pathlib import Path

DATES = "dates.json"
SORTED_BY = re.compile(r' data-pagefind-sort="newest">([^<]*)<')
_SIGNATURE = b"pagefind_dcd"


def write_dates(bundle: Path, pages: Path) -> None:
    """Write the dates of a bundle's pages, which lie under `pages` as Pagefind has read them."""
    found: dict[str, list[str]] = {}
    for fragment in sorted((bundle / "fragment").iterdir()):
        content = gzip.decompress(fragment.read_bytes()).removeprefix(_SIGNATURE)
        address = str(json.loads(content)["url"]).lstrip("/")
        file = pages / (f"{address}index.html" if address[-1:] in ("", "/") else address)
        date = SORTED_BY.search(file.read_text(encoding="utf-8"))
        found.setdefault(html.unescape(date[1]) if date else "", []).append(fragment.stem)
    text = json.dumps(dict(sorted(found.items())), ensure_ascii=False, separators=(",", ":"))
    (bundle / DATES).write_text(text, encoding="utf-8")
