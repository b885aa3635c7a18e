"""The spare site: brought up to date it is the new site, and the one that is shown stays whole."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet.spare import catch_up, make_spare, remove, spare_of, swap_with_spare, take_in
from tests.conftest import Checkout
from tests.test_incremental import add, an_archive, clean, edit, from_nothing, tree

FILES = st.dictionaries(
    st.sampled_from(("index.html", "a/index.html", "a/b/index.html", "c/d.txt", "e.txt")),
    st.binary(max_size=3),
    min_size=1,
)
__all__ = ["clean"]  # a fixture


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(FILES, min_size=2, max_size=4))
def test_sites_built_over_the_spare_hold_what_each_was_made_of(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("sites")
    site = written(folder / "site", sites[0])
    make_spare(site)
    changed: list[str] = []
    for before, now in pairwise(sites):
        new = written(folder / "new", now)
        gone = sorted(set(before) - set(now))
        catch_up(spare_of(site), site, changed)
        for path in gone:
            remove(spare_of(site), path)
        changed = [*gone, *take_in(new, spare_of(site))]
        assert tree(site) == before
        swap_with_spare(site)
        assert tree(site) == now
        shutil.rmtree(new)


def test_a_folder_that_is_empty_is_removed_with_its_last_file(tmp_path: Path) -> None:
    written(tmp_path, {"a/b/c.html": b"", "a/d.html": b""})
    remove(tmp_path, "a/b/c.html")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["a", "d.html"]


def lose(spare: Path) -> None:
    shutil.rmtree(spare)


def exchange(spare: Path) -> None:
    shutil.rmtree(spare)
    (spare / "records").mkdir(parents=True)


def leave_half_done(spare: Path) -> None:
    """Do what a build does that is killed while it changes the spare."""
    (spare / "index.html").write_bytes(b"half")
    (spare.parent / ".tearsheet" / "site" / "before" / "spare.json").unlink()


@pytest.mark.parametrize("harm", [lose, exchange, leave_half_done])
def test_a_spare_that_is_not_what_it_was_is_not_used(
    checkout: Checkout, clean: Checkout, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    archive = an_archive(tmp_path / "one" / "archive")
    checkout.build(str(archive))
    harm(spare_of(checkout.site))
    edit(archive)
    checkout.build(str(archive))
    add(archive)
    copy = tmp_path / "two" / "archive"
    shutil.copytree(archive, copy)
    assert tree(checkout.build(str(archive)).site) == from_nothing(clean, copy)
