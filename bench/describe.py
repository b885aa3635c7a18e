"""Titles, dates and authors on real pages: our predictions, beside those of other systems.

    python bench/describe.py --pages PAGES --text TEXT --html HTML --out FOLDER [--half 0]

Takes files of one JSON a line (`.xz` or plain): pages `{id, host, meta}`, text `{id, style,
text}`, html `{id, html}`; each is optional but the pages. Writes one file of predictions
`{id, title, date, authors}` a system into the folder, and prints how right they are. The
pages are halved by host (`--half 0` or `1`): rules are made on one half and counted on the
other. trafilatura, htmldate and newspaper4k run beside ours where they are installed.
"""

import argparse
import hashlib
import importlib.util
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean import clean
from tearsheet.describe import describe
from tearsheet.errors import SourceRejected
from tearsheet.readers import read

DAY = 10
"""Characters of a date to the day: what is less exact is no prediction of a day."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system says of one page (of one style of its text)."""

    id: str
    title: str | None
    date: str | None
    authors: tuple[str, ...]


def ours(page: str, name: str, content: str, *, or_updated: bool = False) -> Prediction:
    """Describe one page with our own steps.

    The marked day of a page that prints nothing but the day of its update is that day in three
    cases of five, and it is what the other systems give: with `or_updated` we give it too. A
    record never calls it the day of publication.
    """
    try:
        claims = describe(clean(read(name, content.encode("utf-8", "replace")))).claims
    except SourceRejected:
        return Prediction(page, None, None, ())
    value = {field: claim.value for field, claim in claims.items()}
    published = value.get("published", "")
    updated = claims.get("updated")
    if or_updated and len(published) < DAY and updated is not None and updated.unit is not None:
        published = updated.value
    authors = tuple(one for one in value.get("author", "").split("; ") if one)
    day = published[:DAY] if len(published) >= DAY else None
    return Prediction(page, value.get("title"), day, authors)


def ours_from_html(task: tuple[str, str]) -> Prediction:
    """Describe a saved page: the day is that of publication, else that of a printed update."""
    return ours(task[0], "page.html", task[1], or_updated=True)


def published_from_html(task: tuple[str, str]) -> Prediction:
    """Describe a saved page: the day is that of publication or none."""
    return ours(task[0], "page.html", task[1])


def ours_from_text(task: tuple[str, str]) -> Prediction:
    """Describe a scraped text."""
    return ours(task[0], "page.txt", task[1])


def trafilatura_from_html(task: tuple[str, str]) -> Prediction:
    """Ask trafilatura, which asks htmldate for the date."""
    from trafilatura.metadata import extract_metadata  # type: ignore[import-not-found,unused-ignore]  # installed for comparison alone

    found = extract_metadata(task[1])
    authors = tuple(one.strip() for one in (found.author or "").split(";") if one.strip())
    return Prediction(task[0], found.title, found.date, authors)


def htmldate_from_html(task: tuple[str, str]) -> Prediction:
    """Ask htmldate for the original date."""
    from htmldate import find_date  # type: ignore[import-not-found,unused-ignore]  # installed for comparison alone

    try:
        found = find_date(task[1], original_date=True)
    except ValueError:  # it raises on pages that it cannot parse
        found = None
    return Prediction(task[0], None, found, ())


def newspaper_from_html(task: tuple[str, str]) -> Prediction:
    """Ask newspaper4k."""
    import newspaper  # type: ignore[import-not-found,unused-ignore]  # installed for comparison alone

    article = newspaper.Article("https://page.example/", input_html=task[1])
    try:
        article.download(input_html=task[1])
        article.parse()
    except (newspaper.ArticleException, ImportError, LookupError, ValueError):
        # It gives up on some pages, wants a package for each of some languages, and data of nltk.
        return Prediction(task[0], None, None, ())
    day = article.publish_date.strftime("%Y-%m-%d") if article.publish_date else None
    return Prediction(task[0], article.title, day, tuple(article.authors))


Predict = Callable[[tuple[str, str]], Prediction]
OTHERS: tuple[tuple[str, str, Predict], ...] = (
    ("trafilatura", "trafilatura", trafilatura_from_html),
    ("htmldate", "htmldate", htmldate_from_html),
    ("newspaper4k", "newspaper", newspaper_from_html),
)


# ---------------------------------------------------------------- counting


def counted(
    predictions: list[Prediction], pages: dict[str, Any], texts: dict[str, str]
) -> Counter[str]:
    """Count what is right; with `texts`, dates and authors only of pages that state them."""
    count: Counter[str] = Counter()
    for one in predictions:
        meta = pages[one.id]["meta"] or {}
        text = texts.get(one.id)
        if title := meta.get("title"):
            count["titles"] += 1
            count["title right"] += plain(one.title or "") == plain(title)
            count["title given"] += bool(one.title)
            stated = text is None or plain(title) in plain(text)
            count["title stated"] += stated
            count["title right, stated"] += stated and plain(one.title or "") == plain(title)
        if date := meta.get("date"):
            count["dates"] += 1
            count["date given"] += one.date is not None
            count["date right"] += one.date == date
            stated = text is None or states_day(text, date)
            count["date stated"] += stated
            count["date right, stated"] += stated and one.date == date
            count["date wrong, stated"] += stated and one.date not in (None, date)
        if authors := meta.get("authors"):
            names, found = {plain(name) for name in authors}, {plain(name) for name in one.authors}
            count["authors"] += 1
            count["author given"] += bool(found)
            count["author right"] += names == found
            count["author any"] += bool(names & found)
            count["names given"] += len(found)
            count["names right"] += len(found & names)
    return count


def plain(text: str) -> str:
    """Give a text as the bench compares it: words in lower case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def states_day(text: str, day: str) -> bool:
    """Tell whether a text has a date that can be read as this day."""
    from tearsheet.dates import find_dates

    found = [one for line in text.splitlines() if len(line) < 2000 for one in find_dates(line)]
    return any(
        (reading.value or "").startswith(day)
        for one in found
        for reading in (one, one.swapped() if one.ambiguous else one)
    )


def shown(name: str, count: Counter[str]) -> str:
    """Give one line of the table."""

    def share(part: str, whole: str) -> str:
        return f"{count[part] / count[whole]:.3f}" if count[whole] else "  -  "

    return (
        f"{name:24} title {share('title right', 'titles')} (stated {share('title right, stated', 'title stated')}) | "
        f"day right {share('date right', 'dates')} given {share('date given', 'dates')} "
        f"(stated: right {share('date right, stated', 'date stated')} wrong {share('date wrong, stated', 'date stated')}) | "
        f"authors equal {share('author right', 'authors')} given {share('author given', 'authors')} "
        f"precision {share('names right', 'names given')}"
    )


# ---------------------------------------------------------------- running


def lines(file: str) -> Iterator[dict[str, Any]]:
    """Read one JSON a line."""
    content = Path(file).read_bytes()
    text = (lzma.decompress(content) if file.endswith(".xz") else content).decode()
    return (json.loads(row) for row in text.split("\n") if row)


def half_of(host: str) -> int:
    """Put all pages of one host into the same half."""
    return hashlib.sha256(host.encode()).digest()[0] % 2


def run(
    name: str, predict: Predict, tasks: list[tuple[str, str]], out: Path, workers: int
) -> list[Prediction]:
    """Predict every page and write what was said."""
    with ProcessPoolExecutor(workers) as executor:
        found = list(executor.map(predict, tasks, chunksize=16))
    rows = (json.dumps(asdict(one), ensure_ascii=False) for one in found)
    (out / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return found


def main() -> None:
    """Parse words, run every system, print the table."""
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--pages", required=True)
    words.add_argument("--text")
    words.add_argument("--html")
    words.add_argument("--out", required=True, type=Path)
    words.add_argument("--half", type=int, choices=(0, 1))
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--only-ours", action="store_true")
    asked = words.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = asked.half
    pages = {row["id"]: row for row in lines(asked.pages) if wanted in (None, half_of(row["host"]))}
    if asked.html:
        tasks = [(row["id"], row["html"]) for row in lines(asked.html) if row["id"] in pages]
        systems: list[tuple[str, Predict]] = [
            ("ours-html", ours_from_html),
            ("ours-html-published-alone", published_from_html),
        ]
        if not asked.only_ours:
            systems += [(name, predict) for name, module, predict in OTHERS if importlib.util.find_spec(module)]  # fmt: skip
        for name, predict in systems:
            print(
                shown(name, counted(run(name, predict, tasks, asked.out, asked.workers), pages, {}))
            )
    if asked.text:
        by_style: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in lines(asked.text):
            if row["id"] in pages:
                by_style[row["style"]].append((row["id"], row["text"]))
        for style, tasks in sorted(by_style.items()):
            found = run(f"ours-text-{style}", ours_from_text, tasks, asked.out, asked.workers)
            print(shown(f"ours, {style}", counted(found, pages, dict(tasks))))


if __name__ == "__main__":
    main()
