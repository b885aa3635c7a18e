#!/usr/bin/env python3
"""Tearsheet's command line: build, serve, pack, check, review and explain an archive."""

import argparse
import datetime
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tearsheet import commands
from tearsheet.commands import review as reviewing
from tearsheet.commands.terminal import progress_bar
from tearsheet.errors import CorpusError
from tearsheet.opendata import explanation
from tearsheet.unchanged import Outcome
from tearsheet.writer import pack_folder

PROJECT = Path(__file__).resolve().parent


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; give its exit status: 0 well, 1 found something, 2 could not."""
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.command(arguments))
    except CorpusError as error:
        print(f"build_corpus.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    words = parser.add_subparsers(required=True, metavar="COMMAND")

    build = words.add_parser("build", help="make the site of a folder of sources")
    build.add_argument("folder", type=Path)
    build.add_argument("--site", type=Path, default=PROJECT / "site", help="where it goes")
    build.add_argument("--scheduler", help="a Dask scheduler (tcp://host:8786) to share the work")
    build.set_defaults(command=_build)

    pack = words.add_parser("pack", help="build, and make one ZIP file to hand on")
    pack.add_argument("folder", type=Path)
    pack.add_argument("--site", type=Path, default=PROJECT / "site", help="where it goes")
    pack.add_argument("--out", type=Path, help="the ZIP file (site.zip beside the site)")
    pack.set_defaults(command=_pack)

    preview = words.add_parser("serve", help="build, serve with search, rebuild on changes")
    preview.add_argument("folder", type=Path)
    preview.add_argument("--site", type=Path, default=PROJECT / "site", help="where it goes")
    preview.add_argument("--port", type=int, default=8000)
    preview.set_defaults(command=_serve)

    check = words.add_parser("check", help="verify every source against the register")
    check.add_argument("folder", type=Path)
    check.add_argument("--accept", action="store_true", help="take the files as they are now")
    check.set_defaults(command=_check)

    review = words.add_parser("review", help="rule on the names that may be one and the same")
    review.add_argument("folder", type=Path)
    review.add_argument("--list", action="store_true", help="show the pairs, ask nothing")
    review.add_argument(
        "--merged", action="store_true", help="the names made one by rules, to confirm or split"
    )
    review.add_argument("--who", help="your name, to stand with your rulings")
    review.set_defaults(command=_review)

    explain = words.add_parser("explain", help="print the ledger and the claims of one source")
    explain.add_argument("source", type=Path)
    explain.add_argument("--archive", type=Path, help="the archive that the source belongs to")
    explain.add_argument("--json", action="store_true", help="as data instead of for reading")
    explain.set_defaults(command=_explain)
    return parser


def _build(arguments: argparse.Namespace) -> int:
    _build_once(arguments.folder, arguments.site, arguments.scheduler)
    return 0


def _build_once(folder: Path, site: Path, scheduler: str | None = None) -> None:
    started = time.monotonic()
    with progress_bar() as progress:
        outcome = commands.build(
            folder, project=PROJECT, site=site, progress=progress, scheduler=scheduler
        )
    _report(outcome, site, time.monotonic() - started)


def _report(outcome: Outcome, site: Path, seconds: float) -> None:
    for line in outcome.said:
        print(line, file=sys.stderr)
    found = outcome.counts
    print(
        f"{found['read']} sources read, {found['rejected']} rejected, {found['noted']} noted "
        f"({found['serious']} of them seriously); {found['warnings']} warnings, "
        f"{found['entities']} names, {found['findings']} things to look at "
        f"(archive/report/ in the site).\n"
        f"The site is in {site} ({seconds:.1f} s)."
    )


def _pack(arguments: argparse.Namespace) -> int:
    _build_once(arguments.folder, arguments.site)
    out = arguments.out or arguments.site.with_suffix(".zip")
    pack_folder(arguments.site, out)
    print(f"Packed as {out}: unpack it and open index.html.")
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from tearsheet.commands.preview import serve

    serve(arguments.folder, arguments.site, arguments.port, _build_once)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    found = commands.check(arguments.folder, project=PROJECT, accepting=arguments.accept)
    for one in found:
        print(f"{one.kind}: {one.path}: expected {one.expected}, found {one.found}")
    print(f"{len(found)} differences from the register." if found else "All as registered.")
    return 1 if found else 0


def _review(arguments: argparse.Namespace) -> int:
    former = commands.former_names(arguments.folder, PROJECT)
    if arguments.list or not sys.stdin.isatty():
        found = reviewing.pending(arguments.folder, former, merged=arguments.merged)
        for number, row in enumerate(found, 1):
            reviewing.show(row, number, len(found), print)
        what = "made one by rules" if arguments.merged else "in doubt"
        print(f"{len(found)} pairs of names {what}.")
        return 0
    editor = reviewing.Editor(arguments.who, datetime.date.today().isoformat())
    written = reviewing.review(
        arguments.folder, former, editor, ask=input, say=print, merged=arguments.merged
    )
    rulings = "ruling" if written == 1 else "rulings"
    print(f"{written} {rulings} written to decisions.yml; the next build obeys them.")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from rich.console import Console

    from tearsheet.commands.explain import find_record, show

    record = find_record(arguments.source, arguments.archive)
    if arguments.json:
        print(json.dumps(explanation(record), ensure_ascii=False, indent=1))
    else:
        show(record, Console())
    return 0


if __name__ == "__main__":
    sys.exit(main())
