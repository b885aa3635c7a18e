"""By what a browser sorts what several indexes have found together.

Takes a bundle and the dates of the pages it was made of; gives `dates.json` in it: for each
date the marks of the pages of that date, as Pagefind names its fragments. Pagefind sorts
within one index, and puts the results of several in the order of relevance whatever it was
asked for.
"""

import gzip
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

DATES = "dates.json"
_SORTED_BY = re.compile(r' data-pagefind-sort="newest">([^<]*)<')
_SIGNATURE = b"pagefind_dcd"


def date_of(text: str) -> str:
    """Give the date by which a page is sorted, or nothing."""
    found = _SORTED_BY.search(text)
    return html.unescape(found[1]) if found else ""


def write_dates(bundle: Path, dates: Mapping[str, str]) -> None:
    """Write the dates of a bundle's pages, which are given by their path in the site."""
    found: dict[str, list[str]] = {}
    for fragment in sorted((bundle / "fragment").iterdir()):
        content = gzip.decompress(fragment.read_bytes()).removeprefix(_SIGNATURE)
        address = str(json.loads(content)["url"]).lstrip("/")
        path = f"{address}index.html" if address[-1:] in ("", "/") else address
        found.setdefault(dates[path], []).append(fragment.stem)
    text = json.dumps(dict(sorted(found.items())), ensure_ascii=False, separators=(",", ":"))
    (bundle / DATES).write_text(text, encoding="utf-8")
