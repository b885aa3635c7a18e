"""`serve`: the site at a printed address, built again when a source changes."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import Checkout

PATIENCE = 60
"""Seconds: these machines are slow now and then; a wait ends as soon as there is an answer."""


@contextmanager
def served(checkout: Checkout, folder: Path) -> Iterator[str]:
    """Run `serve` on a free port and give its address."""
    command = [sys.executable, "-u", "build_corpus.py", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, cwd=checkout.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: "subprocess.Popen[str]") -> str:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    raise AssertionError("".join(said))


def fetch(address: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # our own server
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", ""


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


def test_a_changed_source_is_served_soon(checkout: Checkout, tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "a.txt").write_text("The quay\n\nA crane fell on the quay on Monday.\n", "utf-8")
    (folder / "page.html").write_text(
        "<!doctype html><title>x</title><script>alert(1)</script><p>A crane fell.", "utf-8"
    )
    with served(checkout, folder) as address:
        assert "A crane fell" in fetch(f"{address}records/a/")[2]
        assert fetch(f"{address}pagefind/pagefind-component-ui.js")[0] == 200
        status, kind, text = fetch(f"{address}originals/page.txt")
        assert (status, kind) == (200, "text/plain; charset=utf-8")
        assert "<script>" in text
        assert fetch(f"{address}originals/")[0] == 404
        (folder / "b.txt").write_text("The lock\n\nA barge sank in the lock.\n", "utf-8")
        assert eventually(lambda: "A barge sank" in fetch(f"{address}records/b/")[2])
