"""What a query costs a reader: bytes to the first results, and time once all is loaded.

    python -m bench.query SITE [--queries N]

Takes a built site; asks for words of its records, common and rare, pairs of them, and names,
each by the address of its search, in a browser (Chromium) that has kept nothing. Prints for
each the bytes that were fetched before its first results were shown, all but the library (the
scripts and styles of the search), of which lists, words and texts; those of the facets, which
come afterwards; then how long the same search takes again, in the page. Judges nothing.
"""

import argparse
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Response, sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM, served

PARTS = {
    ".json": "lists",
    ".pf_lists": "lists",
    ".pf_facet": "facets",
    ".pf_brief": "words",
    ".pf_index": "words",
    ".pf_fragment": "texts",
    ".js": "library",
    ".css": "library",
}
FIRST = ("lists", "words", "texts")
"""What is fetched before the first results are shown."""
SHOWN = ("to the first results", *FIRST, "facets", "library", "again, ms")
AGAIN = """async (asked) => {
  const found = window.PagefindComponents.getInstanceManager().getInstance("page").__pagefind__;
  await found.search(asked, {});
  const before = performance.now();
  await found.search(asked, {});
  return performance.now() - before;
}"""
SEARCH = ("search", "asking", "finder", "indexed", "stem")
"""The scripts of the search beside Pagefind's, under assets/."""
ANSWERED = ".ts-result, .ts-remark button, .pf-summary:has-text('No results')"
"""What shows that a search is at its end: two words may stand in no record together."""
MANY_RECORDS = 2000
"""Records from whose texts the words are drawn."""


def main() -> None:
    """Ask, print a line for each query, then the medians and the 95th of a hundred."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=24)
    asked = parser.parse_args()
    with served(asked.site) as base, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        rows = [_asked(browser, base, one) for one in queries(asked.site, asked.queries)]
        browser.close()
    for name in SHOWN:
        values = sorted(row[name] for row in rows)
        worst = values[min(len(values) - 1, round(0.95 * (len(values) - 1)))]
        print(f"{name:<20} median {statistics.median(values):10,.0f}   p95 {worst:10,.0f}")


def queries(site: Path, number: int) -> Iterator[str]:
    """Give words of all frequencies, pairs of them, and names, a third each; always the same."""
    chance = random.Random(number)  # noqa: S311  # not for secrets
    counts: Counter[str] = Counter()
    with (site / "data" / "records.jsonl").open(encoding="utf-8") as lines:
        for _, line in zip(range(MANY_RECORDS), lines, strict=False):
            counts.update(re.findall(r"[^\W\d_]{4,}", json.loads(line)["text"].casefold()))
    ranked = [word for word, _ in counts.most_common()]
    steps = [round(len(ranked) ** ((at + 0.5) / number)) - 1 for at in range(number)]
    words = [ranked[step] for step in steps]
    named = json.loads((site / "data" / "entities.json").read_text(encoding="utf-8"))
    labels = sorted(one["label"] for one in named)
    yield from words[: number // 3 + number % 3]
    yield from (" ".join(chance.sample(words, 2)) for _ in range(number // 3))
    yield from chance.sample(labels, min(number // 3, len(labels)))


def _asked(browser: Browser, base: str, query: str) -> dict[str, float]:
    """Ask once, in a reader's first visit; then again in the same page."""
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # it marks its handlers
    page.goto(f"{base}search/?q={quote(query)}")
    page.wait_for_selector(ANSWERED, timeout=120_000)
    page.wait_for_timeout(800)
    row: dict[str, float] = dict.fromkeys(SHOWN, 0)
    for answer in answers:
        path = Path(urlsplit(answer.url).path)
        part = PARTS.get(path.suffix, "")
        if "pagefind" in path.parts or (part == "library" and path.stem in SEARCH):
            row[part] += len(answer.body())
    row["to the first results"] = sum(row[part] for part in FIRST)
    row["again, ms"] = float(page.evaluate(AGAIN, query))
    context.close()
    parts = " ".join(f"{name} {row[name]:,.0f}" for name in SHOWN)
    print(f"{query:<30} {parts}", flush=True)
    return row


if __name__ == "__main__":
    main()
