"""What tests share: a copy of this checkout, the site of the sample archive, a browser's place.

The real site is built once a session, by the real command line, in a copy of the checkout,
so that no test writes into the project and every build can be repeated elsewhere.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: the first example loads the weights and the words, the others do not.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ("tests.browser",)
"""Fixtures of a browser and of a site made by hand; defined there, shared by all."""

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
PARTS = ("build_corpus.py", "mkdocs.yml", "hooks", "theme", "tearsheet", "corpus", "docs")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the project's files in a folder of its own, to run the command line in."""

    folder: Path

    @property
    def site(self) -> Path:
        """Where a build puts the site."""
        return self.folder / "site"

    def run(
        self, *words: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `build_corpus.py` with these words and give what it said."""
        return subprocess.run(
            [sys.executable, "build_corpus.py", *words],
            cwd=self.folder,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def build(self, archive: str = "corpus", **env: str) -> "Checkout":
        """Build an archive's site, and fail the test with what was said where that fails."""
        done = self.run("build", archive, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        return self


def checkout_at(folder: Path) -> Checkout:
    """Copy the project's own files, and none that a build made, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    generated = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--directory"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    made = {(PROJECT / name).resolve() for name in generated if name}

    def skip(where: str, names: list[str]) -> set[str]:
        return {name for name in names if (Path(where) / name).resolve() in made}

    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=skip)
        else:
            shutil.copy2(source, folder / part)
    return Checkout(folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A fresh copy of the project for one test."""
    return checkout_at(tmp_path / "checkout")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The sample archive, built once: look, do not write."""
    return checkout_at(tmp_path_factory.mktemp("sample") / "checkout").build()


@pytest.fixture(scope="session")
def real_sources() -> Path:
    """The five real sources beside the project; tests that need them skip where they are absent."""
    folder = SHARED / "sources"
    if not folder.is_dir():
        pytest.skip("the five real sources are not beside this checkout")
    return folder
