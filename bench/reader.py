"""What a reader's browser has to carry: weight, first paint and shifts of kinds of pages.

Run: `python bench/reader.py SITE [ADDRESS …]` on a built site. Serves it with gzip as a host
would, opens each page cold in headless Chromium (1440 by 900), and prints the requests, the
kilobytes transferred, the HTML uncompressed, first and largest contentful paint, layout
shift, and the time a search takes from the last letter to its first result, warm.
"""

import gzip
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
CHROMIUM = "/usr/bin/chromium"
PACKED = {".html", ".css", ".js", ".svg", ".json"}
WATCH = """
window.paints = { shift: 0 };
new PerformanceObserver((list) => { for (const one of list.getEntries()) paints.shift += one.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { paints.largest = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


class Host(SimpleHTTPRequestHandler):
    """Serves a folder and packs text, as hosts of static sites do."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the packed file where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


def measure(browser: Browser, base: str, address: str) -> str:
    """Open a page cold; give its line."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    sizes: list[int] = []
    html: list[int] = []
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    page.goto(base + address, wait_until="networkidle")
    html.append(len(page.request.get(base + address).body()))
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    found = page.evaluate("window.paints")
    context.close()
    return (
        f"{address or 'home':45} {len(sizes):4} {sum(sizes) / 1000:8.0f} {html[0] / 1000:8.1f}"
        f" {first:7.0f} {found.get('largest', 0):7.0f} {found['shift']:8.4f}"
    )


def main() -> None:
    """Print a line for each address."""
    site = Path(sys.argv[1])
    record = next((site / "records").iterdir()).name
    entity = max((site / "entities").rglob("index.html"), key=lambda one: one.stat().st_size)
    known = ["", f"records/{record}/", f"records/{record}/source/"]
    known += [f"{entity.parent.relative_to(site)}/", "entities/places/", "dates/", "register/"]
    addresses = sys.argv[2:] or [*known, "search/", "search/?q=harbour"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"{'page':45} {'req':>4} {'KB sent':>8} {'KB HTML':>8} {'FCP ms':>7} {'LCP ms':>7} {'CLS':>8}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for address in addresses:
            print(measure(browser, f"http://127.0.0.1:{server.server_port}/", address))


if __name__ == "__main__":
    main()
