"""An index brought up to date is the one that would be made of the same pages, to the byte."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet.search import BUNDLE, Before, Update, bundles, index_site, pieces
from tests.test_search import everything

SIZES = {"ONE_INDEX": 4, "BLOCK": 3, "STEP": 3, "FEW": 2, "WHOLE": 6, "NEWEST": 2, "OTHERS": 3}
WORDS = ("crate", "crates", "café", "cafe", "wharf-side", "Öl", "порт", "lamp", "quay", "the")
PAGE = st.fixed_dictionaries(
    {
        "title": st.sampled_from(WORDS),
        "text": st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        "people": st.sets(st.sampled_from(("Ada Wren", "Bo Lind", "Çelik"))),
        "day": st.sampled_from(("", "19480102", "2001")),
    }
)
NUMBERS = st.integers(-3, 17)
"""The accession number of a record; below 1 are pages that are none."""
SITES = st.lists(
    st.dictionaries(NUMBERS, PAGE, min_size=1, max_size=6), min_size=2, max_size=4
).flatmap(lambda edits: st.tuples(st.just(edits), st.lists(st.sets(NUMBERS, max_size=2))))


def address(number: int) -> str:
    folder = f"records/r{number:02}" if number > 0 else f"names/n{-number}"
    return f"{folder}/index.html"


def written(number: int, page: dict[str, object]) -> str:
    people = "".join(
        f'<i data-pagefind-filter="people">{one}</i>'
        for one in sorted(page["people"])  # type: ignore[call-overload]  # a set, as drawn
    )
    said = f' data-number="{number}"' if number > 0 else ""
    return (
        f"<html><body><main data-pagefind-body><h1>{page['title']}</h1>"
        f"<div data-pagefind-ignore{said}>{people}"
        f'<i data-pagefind-sort="newest">{page["day"]}</i></div>'
        f'<p id="u1">{page["text"]} at{number}</p></main></body></html>'
    )


def states(edits: list[dict[int, dict[str, object]]], gone: list[set[int]]) -> list[dict[str, str]]:
    """Give the files of one site after the other: pages come, change and go."""
    files: dict[str, str] = {
        address(number): written(number, {"title": "quay", "text": "", "people": {}, "day": ""})
        for number in range(-1, 14)
    }
    found = [dict(files)]
    for at, edit in enumerate(edits):
        files |= {address(number): written(number, page) for number, page in edit.items()}
        for number in gone[at] if at < len(gone) else ():
            files.pop(address(number), None)
        found.append(dict(files))
    return found


def hold(folder: Path, files: dict[str, str]) -> None:
    """Make a folder hold these pages, none of which is written into."""
    for path in folder.rglob("*.html"):
        path.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=SITES)
def test_an_index_brought_up_to_date_is_the_one_that_would_be_made(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[list[dict[int, dict[str, object]]], list[set[int]]],
) -> None:
    top = tmp_path_factory.mktemp("update")
    shown, spare, clean, kept = (top / name for name in ("shown", "spare", "clean", "kept"))
    sites = states(*drawn)
    with pytest.MonkeyPatch.context() as patch:
        for name, size in SIZES.items():
            patch.setattr(bundles, name, size)
        patch.setattr(pieces, "PIECE", 120)
        hold(shown, sites[0])
        before = index_site(shown, kept=kept)
        standing = before.marks
        shutil.copytree(shown, spare, copy_function=link)
        for old, new in pairwise(sites):
            changed = [one for one in {*old, *new} if old.get(one) != new.get(one)]
            as_it_was = everything(shown)
            hold(spare, new)
            after = index_site(spare, before, kept=kept, update=Update(changed, standing))
            assert everything(shown) == as_it_was
            hold(clean, new)
            index_site(clean)
            assert everything(spare / BUNDLE) == everything(clean / BUNDLE)
            before, standing = Before(shown, after.blocks, after.marks), before.marks
            swap(shown, spare)


def link(old: str, new: str) -> None:
    Path(new).hardlink_to(old)


def swap(one: Path, other: Path) -> None:
    between = one.with_name("between")
    one.rename(between)
    other.rename(one)
    between.rename(other)
