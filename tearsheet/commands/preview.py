"""The preview: the site at a local address, built again whenever the archive changes.

Only this machine can reach it. Originals are `.txt` and served as plain text, so none runs.
"""

import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from tearsheet.errors import CorpusError

QUIET_SECONDS = 0.4
"""A change counts once nothing more has changed for so long: editors save in several steps."""

Build = Callable[[Path, Path], None]


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, never lists folders, says the encoding of text, and is not cached."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".txt": "text/plain; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".jsonl": "application/jsonl; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(404, "No such page")

    def log_message(self, format: str, *args: object) -> None:
        pass  # a line a request hides what the builds say


class _Watcher(FileSystemEventHandler):
    """Sets a flag when a file changes; reading one is no change."""

    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        name = Path(str(event.src_path)).name
        if event.event_type in {"created", "modified", "moved", "deleted"} and name not in {
            "register.csv",
            "names.csv",
        }:
            self._changed.set()


def serve(folder: Path, site: Path, port: int, build: Build) -> None:
    """Build, serve at a printed address, and build again on every change until interrupted.

    Raises CorpusError where the first build does; later ones are only reported.
    """
    build(folder, site)
    server = _server(site, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serving at http://127.0.0.1:{server.server_port}/ (Ctrl-C stops)", flush=True)
    changed = threading.Event()
    observer = Observer()
    observer.schedule(_Watcher(changed), str(folder), recursive=True)
    observer.start()
    try:
        _rebuild_on_change(changed, partial(build, folder, site))
    finally:
        observer.stop()
        server.shutdown()


def _server(site: Path, port: int) -> ThreadingHTTPServer:
    """Give a server on `port`, or on a free one where that is taken."""
    handler = partial(_Handler, directory=str(site))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def _rebuild_on_change(changed: threading.Event, build: Callable[[], None]) -> None:
    while True:
        changed.wait()
        while changed.is_set():
            changed.clear()
            changed.wait(QUIET_SECONDS)
        try:
            build()
        except CorpusError as error:
            print(f"not rebuilt: {error}", file=sys.stderr, flush=True)
