"""Which pages are made again: those that any other way of choosing would have to make, too."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.generated import Generated
from hooks.kept_pages import (
    AT_MOST,
    CHECKED,
    Answers,
    Kept,
    Written,
    choose,
    digest_of,
    lost_anchor,
    lost_pages,
)
from hooks.rows import Row, Rows, named_in, read_rows

NAMES = ("entities/ada.md", "entities/ida.md", "entities/people/page-2.md")
PATHS = ("index.md", "records/a.md", "records/b.md", *NAMES)


def text_of(drawn: tuple[int, list[str], list[str], list[str]]) -> str:
    """Give a page: what it says, its other names, what it asks for, what it links to."""
    said, names, asked, links = drawn
    shown = "".join(f"  - label: {name}\n" for name in sorted(names))
    matter = f"kind: entity\naliases:\n{shown}" if names else "kind: list\n"
    linked = " ".join(f"[x]({link})" for link in sorted(links))
    return f"---\n{matter}---\n{said} asked: {' '.join(sorted(asked))} {linked}\n"


PAGE = st.tuples(
    st.integers(0, 1),
    st.lists(st.sampled_from(("Ada", "Ida B")), unique=True, max_size=2),
    st.lists(st.sampled_from(("entities/ada/", "entities/ida/")), unique=True, max_size=2),
    st.lists(
        st.sampled_from(("../entities/ada.md#one", "page-2.md", "b.md#u1", "a.md")),
        unique=True,
        max_size=2,
    ),
).map(text_of)
DOCS = st.dictionaries(st.sampled_from(PATHS), PAGE, min_size=1)
EDIT = st.tuples(
    st.dictionaries(st.sampled_from(PATHS), PAGE, max_size=2),
    st.sets(st.sampled_from(PATHS), max_size=2),
)


Edit: TypeAlias = tuple[dict[str, str], set[str]]


def edited(before: dict[str, str], edit: Edit) -> dict[str, str]:
    came, gone = edit
    return {path: text for path, text in (before | came).items() if path not in gone}


def generated(docs: Path, pages: Mapping[str, str]) -> Generated:
    looks = {}
    for path, text in pages.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")
        looks[path] = text  # it looks otherwise where it is otherwise
    return Generated(docs, None, looks=True, known=looks)


def row_of(path: str, text: str) -> Row:
    asked = text.partition("asked: ")[2].partition(" [")[0].strip()
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    ends = " ".join(sorted({link.rpartition("/")[2] for link in links if "#" in link}))
    anchors = "one\nu1" if text.partition("---\n0")[1] else "u1"
    names = tuple(line[11:] for line in text.split("\n") if line.startswith("  - label: "))
    return Row(digest_of(text.encode()), anchors, ends, asked, names)


def written(folder: Path, before: Mapping[str, str]) -> Written:
    rows = Rows()
    for path, text in before.items():
        rows.put(path, row_of(path, text))
        rows.name_also(name.decode() for name in named_in(text.encode()))
    folder.mkdir()
    rows.write(folder)
    return Written(dict(before), read_rows(folder))


LINKED = re.compile(r"[^/\s()#]+\.md")
"""The end of a link to a page."""


def chosen(top: Path, before: Mapping[str, str], now: Mapping[str, str]) -> Kept:
    found, last = generated(top / "docs", now), written(top / "before", before)
    answers = Answers(found, last, lambda source: yaml.safe_load(now[source].split("---")[1]))
    return choose(found, last, answers, ["index.md"], [])


@settings(suppress_health_check=list(HealthCheck))
@given(before=DOCS, edit=EDIT)
def test_pages_are_made_that_differ_or_ask_what_differs_or_may_lead_to_the_gone(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, str], edit: Edit
) -> None:
    now = edited(before, edit)
    kept = chosen(tmp_path_factory.mktemp("kept"), before, now)
    were = {path: row_of(path, text) for path, text in before.items()}
    are = {path: row_of(path, text) for path, text in now.items()}
    names = {
        f"{name.removesuffix('.md')}/"
        for name in NAMES
        if (were[name].names if name in were else ()) != (are[name].names if name in are else ())
    }
    gone = {path.rpartition("/")[2] for path in before.keys() - now.keys()}
    expected = {
        path
        for path, text in now.items()
        if path == "index.md"
        or before.get(path) != text
        or names & set(are[path].asked.split(" "))
        or gone.intersection(LINKED.findall(text))
    }
    assert [leaf.source for leaf in kept.made] == [path for path in now if path in expected]
    for path in now:
        assert kept.after.get(path) == (None if path in expected else are[path])
        assert kept.before.get(path) == were.get(path)


@settings(suppress_health_check=list(HealthCheck))
@given(before=DOCS, edit=EDIT)
def test_a_kept_page_that_leads_to_a_lost_anchor_is_told(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, str], edit: Edit
) -> None:
    now = edited(before, edit)
    kept = chosen(tmp_path_factory.mktemp("kept"), before, now)
    made = {leaf.source for leaf in kept.made}
    for path in made:
        kept.after.put(path, row_of(path, now[path]))
    lost = {
        f"{path.rpartition('/')[2]}#one"
        for path in made & before.keys()
        if "one" in row_of(path, before[path]).anchors
        and "one" not in row_of(path, now[path]).anchors
    }
    lead = {
        path for path in now.keys() - made if lost & set(row_of(path, now[path]).links.split(" "))
    }
    found = lost_anchor(kept)
    assert found in lead if lead else found is None


def test_some_that_could_be_kept_are_made_to_be_compared(tmp_path: Path) -> None:
    pages = {f"records/{number}.md": text_of((0, [], [], [])) for number in range(CHECKED * 30)}
    kept = chosen(tmp_path, pages, pages)
    assert 1 < len(kept.made) == len(kept.checked) <= AT_MOST


@pytest.mark.parametrize("among", [None, ["records/a/index.html", "index.html", "x/gone.txt"]])
def test_a_page_that_somebody_took_out_of_the_site_is_lost(
    tmp_path: Path, among: list[str] | None
) -> None:
    found = generated(tmp_path / "docs", dict.fromkeys(PATHS, "x"))
    for leaf in found.leaves():
        (tmp_path / "site" / leaf.dest).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / leaf.dest).touch()
    assert lost_pages(found, tmp_path / "site", among) == set()
    (tmp_path / "site/records/a/index.html").unlink()
    assert lost_pages(found, tmp_path / "site", among) == {"records/a.md"}


@given(st.lists(st.sampled_from(("a", "ö", "page-2", "x.y", "a b")), max_size=4), st.data())
def test_what_a_page_links_to_is_among_what_it_names(names: list[str], data: st.DataObject) -> None:
    ways = (
        "[x]({}.md)",
        "[x](../a/{}.md#u1)",
        "[x]: {}.md\n",
        "<{}.md>",
        "[x](<b/{}.md>)",
        "{}.md",
    )
    text = " ".join(data.draw(st.sampled_from(ways)).format(name) for name in names)
    found = {name.decode() for name in named_in(text.encode())}
    assert {name.rpartition(" ")[2] for name in names} == found
