"""Pages that are read when they are built: the site that MkDocs makes by itself, to the byte."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import get_relative_url

from hooks.addresses import ORDINARY, Here, folders, relative
from hooks.quick_pages import Anchors, packed
from tests.browser import mkdocs
from tests.conftest import Checkout, checkout_at

FOLDERS = st.lists(st.sampled_from(("records", "entities", "a", "source", "page-2")), max_size=4)


def pages_of(site: Path) -> dict[str, bytes]:
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*.html")}


def test_python_markdown_and_yaml_give_the_same_site(sample: Checkout, tmp_path: Path) -> None:
    slow = checkout_at(tmp_path / "slow").folder
    shutil.copytree(sample.folder / "docs", slow / "docs", dirs_exist_ok=True)
    for name, instead in (("quick", "render"), ("front_matter", "load")):
        module = slow / "tearsheet" / "pages" / f"{name}.py"
        text = module.read_text(encoding="utf-8")
        module.write_text(f"{text}\n\ndef {instead}(*given):\n    return None\n", encoding="utf-8")
    done = mkdocs(slow)
    assert done.returncode == 0, done.stdout + done.stderr
    assert pages_of(slow / "site") == pages_of(sample.site)


@given(FOLDERS, FOLDERS, st.sampled_from(("", "x.txt", "#u12")))
def test_an_address_is_the_one_that_mkdocs_would_write(
    here: list[str], there: list[str], last: str
) -> None:
    url = "/".join([*here, ""]) if here else ""
    path = "/".join([*there, last])
    if ORDINARY.fullmatch(path):
        assert relative(path, folders(url)) == get_relative_url(path, url)
        assert Here(url).to(path) == get_relative_url(path, url)


@given(st.frozensets(st.from_regex(r"[a-z0-9-]{1,4}", fullmatch=True)), st.text("ab1-", max_size=3))
def test_the_anchors_of_a_page_are_those_it_was_given(names: frozenset[str], name: str) -> None:
    anchors = Anchors(packed(names))
    assert all(one in anchors for one in names)
    assert name in names or name not in anchors or name == ""


@pytest.mark.parametrize("link", ["../entities/nobody.md", "../records/ferry.md#u999"])
def test_a_link_that_leads_nowhere_fails_the_build(
    sample: Checkout, tmp_path: Path, link: str
) -> None:
    folder = checkout_at(tmp_path / "checkout").folder
    shutil.copytree(sample.folder / "docs", folder / "docs", dirs_exist_ok=True)
    page = next(file for file in sorted((folder / "docs" / "entities").glob("*.md")))
    target = next((folder / "docs" / "records").glob("*.md")).stem
    address = link.replace("ferry", target)
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[Lost]({address})\n", encoding="utf-8")
    done = mkdocs(folder)
    assert done.returncode != 0
    assert address in done.stdout + done.stderr
