"""MkDocs, run over docs/ as `python -m mkdocs build --strict` does.

Takes the project, the place of the site, and the environment that hooks/ours.py reads; gives
what MkDocs said where it failed. It runs in a process forked from this one where that has our
package from the same project: half of what MkDocs and our hooks load is loaded here already, a
tenth of a second of every build. Elsewhere it is started anew.
"""

import locale
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tearsheet.memory import apart

_OURS = Path(__file__).resolve().parents[2]
ALWAYS = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def run_mkdocs(project: Path, site: Path, env: Mapping[str, str]) -> str | None:
    """Make the site of a project at `site`; give what was said where that failed."""
    words = ["build", "--strict", "--clean", "--config-file", str(project / "mkdocs.yml")]
    words += ["--site-dir", str(site.resolve())]
    if _can_be_forked(project):
        return apart(partial(_forked, project, words, {**ALWAYS, **env}))
    done = subprocess.run(  # noqa: S603  # our own interpreter and arguments, no shell
        [sys.executable, "-m", "mkdocs", *words],
        cwd=project,
        env={**os.environ, **ALWAYS, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return f"{done.stdout}{done.stderr}" if done.returncode else None


def _can_be_forked(project: Path) -> bool:
    """Say whether a fork of this process would be what is started anew: of the same program, and
    with files in UTF-8.
    """
    in_utf8 = locale.getencoding().lower().replace("-", "") == "utf8"
    return sys.platform.startswith("linux") and in_utf8 and project.resolve() == _OURS


def _forked(project: Path, words: Sequence[str], env: Mapping[str, str]) -> str | None:
    """Run MkDocs in this process, which does nothing else before it ends."""
    os.environ.update(env)
    os.chdir(project)
    with tempfile.TemporaryFile() as told:
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)
        sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        failed = _failed(words)
        sys.stdout.flush()
        told.seek(0)
        return told.read().decode("utf-8", "replace") if failed else None


def _failed(words: Sequence[str]) -> bool:
    from mkdocs.__main__ import cli  # it is loaded for a site alone

    try:
        cli(list(words))
    except SystemExit as ended:
        return bool(ended.code)
    except Exception:  # told to whoever asked for the site, like a process's last words
        traceback.print_exc()
        return True
    return False
