"""A real browser for tests, and a site to look at: what the browser tests share.

Takes a built site's folder, serves it below a path (`/sub/`, as on a host with other sites),
and gives pages that remember every complaint: console errors, uncaught exceptions, requests
to another host, answers of 400 and above. (A violation of the policy is a console error.)
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.hand_made import write_docs

expect.set_options(timeout=20_000)  # a busy machine is no failure
PROJECT = Path(__file__).resolve().parents[1]
BELOW = "/sub/"
NO_SIZES: Mapping[str, int] = {}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(slots=True)
class Visit:
    """A browser's page on a served site, and what it complained of since it was opened."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str = "") -> Page:
        """Open a path of the site and wait until nothing more is loaded."""
        self.page.goto(self.base + path, wait_until="networkidle")
        return self.page

    def ask(self, query: str = "") -> Page:
        """Open the search page and wait for its results."""
        page = self.go(f"search/{query}")
        page.wait_for_selector(".ts-result, .pf-summary:has-text('No results')")
        return page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test's output is its own."""

    def translate_path(self, path: str) -> str:
        """Serve the site below a path, and nothing at the root."""
        inside = path.removeprefix(BELOW) if path.startswith(BELOW) else "nothing-here"
        return super().translate_path("/" + inside)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder; give the address of the site in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def visiting(browser: Browser, base: str, **context: Any) -> Iterator[Visit]:
    """Open a page in a context of its own (viewport, color_scheme and so on)."""
    opened = browser.new_context(**context)
    visit = Visit(opened.new_page(), base)
    _listen(visit)
    try:
        yield visit
    finally:
        opened.close()


def _listen(visit: Visit) -> None:
    complaints, host = visit.complaints, visit.base.partition(BELOW)[0]

    def asked(request: Request) -> None:
        if not request.url.startswith((host, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status}: {response.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = visit.page
    page.on("request", asked)
    page.on("response", answered)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    page.on("console", said)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if CHROMIUM is None:
        say = "no Chromium here: install it (Debian: apt-get install chromium)"
        # In CI a browser test runs for real or fails; it is never passed over.
        pytest.fail(say) if os.environ.get("CI") else pytest.skip(say)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


def build_small_site(
    folder: Path, env: dict[str, str] | None = None, sizes: Mapping[str, int] = NO_SIZES
) -> Path:
    """Build the hand-made pages with the real theme and hooks, strictly; give the site.

    `sizes` are put in the place of those by which the search index is divided.
    """
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("hooks", "theme", "tearsheet"):
        shutil.copytree(PROJECT / name, folder / name, ignore=skip)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / "docs").mkdir()
    shutil.copy(PROJECT / "docs/search.md", folder / "docs")
    write_docs(folder / "docs")
    divided = folder / "tearsheet/search/bundles.py"
    text = divided.read_text(encoding="utf-8")
    for name, size in sizes.items():
        text, found = re.subn(rf"(?m)^{name} = \d+$", f"{name} = {size}", text)
        assert found == 1
    divided.write_text(text, encoding="utf-8")
    done = mkdocs(folder, env)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def mkdocs(folder: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run MkDocs strictly in a folder, as our command line does; give what it said."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made site, built once: hostile strings in every place a source can fill."""
    folder = tmp_path_factory.mktemp("small") / "checkout"
    folder.mkdir()
    return build_small_site(folder)


@pytest.fixture(scope="session")
def small_base(small_site: Path) -> Iterator[str]:
    """The address of the hand-made site."""
    with served(small_site) as base:
        yield base


@pytest.fixture
def visit(browser: Browser, small_base: str) -> Iterator[Visit]:
    """A fresh page on the hand-made site, which must not have complained by the end."""
    with visiting(browser, small_base) as opened:
        yield opened
        assert opened.complaints == []
