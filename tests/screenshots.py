"""Takes pictures of every kind of page: `make screenshots`.

Builds the sample archive in a copy of the project and writes one PNG a page, width and
scheme into the folder named (else `.tearsheet/screenshots/`); `--readme` renews the one
that the README shows. Run it from the project's folder as `python -m tests.screenshots`.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM, Visit, served, visiting
from tests.conftest import PROJECT, checkout_at

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
README_PICTURE = PROJECT / "pictures" / "record.png"
README_RECORD = "blue-register"
"""Part of the address of the record that the README shows."""


def addresses(site: Path) -> dict[str, str]:
    """Give the address of one page of every kind, by the name of its picture."""
    lines = (site / "data" / "records.jsonl").read_text(encoding="utf-8").split("\n")
    records = [json.loads(line)["permalink"] for line in lines if line]
    entities = json.loads((site / "data" / "entities.json").read_text(encoding="utf-8"))
    most = max(entities, key=lambda entity: len(entity["records"]))["permalink"]
    record = next((one for one in records if README_RECORD in one), records[0])
    year = min(path.name for path in (site / "dates").iterdir() if path.name.isdigit())
    found = {
        "home": "",
        "record": record,
        "source": f"{record}source/",
        "entity": most,
        "people": "entities/people/",
        "map": "entities/map/",
        "dates": "dates/",
        "year": f"dates/{year}/",
        "topics": "topics/",
        "publications": "publications/",
        "register": "register/",
        "about": "archive/about/",
        "in-doubt": "archive/review/",
        "report": "archive/report/",
        "search": "search/?q=dam",
    }
    return {name: path for name, path in found.items() if (site / path.partition("?")[0]).exists()}


def photograph(visit: Visit, pages: dict[str, str], folder: Path, suffix: str) -> Iterator[Path]:
    """Take one picture a page, whole, and give each file."""
    for name, address in pages.items():
        page = visit.go(address)
        page.wait_for_timeout(300)  # the search draws its results a moment after they arrive
        file = folder / f"{name}-{suffix}.png"
        page.screenshot(path=str(file), full_page=True)
        yield file


def photograph_all(browser: Browser, site: Path, folder: Path) -> None:
    """Take every picture, at every width, in both schemes."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(site) as base:
        for width, (across, down) in WIDTHS.items():
            for scheme in SCHEMES:
                size = {"width": across, "height": down}
                with visiting(browser, base, viewport=size, color_scheme=scheme) as visit:
                    for file in photograph(visit, addresses(site), folder, f"{width}-{scheme}"):
                        print(file)


def photograph_for_readme(browser: Browser, site: Path) -> None:
    """Take the picture that the README shows: the first screen of a record."""
    README_PICTURE.parent.mkdir(exist_ok=True)
    size = {"width": 1280, "height": 860}
    with served(site) as base, visiting(browser, base, viewport=size) as visit:
        visit.go(addresses(site)["record"]).screenshot(path=str(README_PICTURE))
    print(README_PICTURE)


def main() -> None:
    """Parse the words, build, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=PROJECT / ".tearsheet/screenshots")
    parser.add_argument("--archive", default="corpus", help="the archive to show")
    parser.add_argument("--readme", action="store_true", help="only the README's picture")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        site = checkout_at(Path(scratch) / "checkout").build(str(Path(words.archive))).site
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        if words.readme:
            photograph_for_readme(browser, site)
        else:
            photograph_all(browser, site, words.folder)
        browser.close()


if __name__ == "__main__":
    main()
