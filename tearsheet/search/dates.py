"""By what a browser sorts what a search has found: the date that a page gives."""

import html
import re

_SORTED_BY = re.compile(r' data-pagefind-sort="newest">([^<]*)<')


def date_of(text: str) -> str:
    """Give the date by which a page is sorted, or nothing."""
    found = _SORTED_BY.search(text)
    return html.unescape(found[1]) if found else ""
