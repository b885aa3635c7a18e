"""The site as bytes: built twice it is the same, wherever, whenever and however it is built."""

import os
from pathlib import Path

from tests.browser import build_small_site
from tests.test_search import everything

ELSEWHERE = {
    "PYTHONHASHSEED": "12345",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "TZ": "Pacific/Kiritimati",
    "SOURCE_DATE_EPOCH": "86400",
}


def test_a_site_is_the_same_from_another_folder_clock_locale_and_hash_seed(
    small_site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a longer path with spaces" / "checkout"
    folder.mkdir(parents=True)
    again = everything(build_small_site(folder, env={**os.environ, **ELSEWHERE}))
    first = everything(small_site)
    assert sorted(again) == sorted(first)
    assert [path for path in first if first[path] != again[path]] == []
