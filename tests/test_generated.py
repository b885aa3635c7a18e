"""Generated pages beside MkDocs: what leads nowhere is told, and a shell is what it stands for."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.addresses import Here, url_filter
from hooks.generated import Generated, hand_written
from hooks.lean_templates import compiled_in, lean
from hooks.shells import CHECKED, NotTheSameError, Shells
from tearsheet.batches import LOOKS, read_looks
from tearsheet.commands import STATE
from tests.browser import mkdocs
from tests.conftest import Checkout, checkout_at

MAIN = (
    "<head>{% block page_meta %}{% endblock %}{% block htmltitle %}{{ page.title }}{% endblock %}</head>"
    "<a href='{{ 'entities/people/' | url }}'>People</a>"
    "{% if page.toc %}<a href='{{ (page.toc | first).url | url }}'>skip</a>{% endif %}"
    "{% block container %}{% block body %}{{ page.content }}{% endblock %}{% endblock %}"
)


def page(url: str, **changes: Any) -> SimpleNamespace:
    made: dict[str, Any] = {
        "title": url,
        "content": f"<p>{url}</p>",
        "meta": {},
        "toc": (),
        "canonical_url": None,
    }
    return SimpleNamespace(url=url, here=Here(url), **(made | changes))


def shells(main: str = MAIN) -> Shells:
    templates = {"main.html": main, "own.html": "{% extends 'main.html' %}{% block body %}own{% endblock %}"}  # fmt: skip
    env = jinja2.Environment(loader=jinja2.DictLoader(templates))  # noqa: S701  # as MkDocs' is
    env.filters["url"] = url_filter
    return Shells(env, {"nav": None})


@pytest.mark.parametrize(
    "url", ["", "records/a/", "records/a/source/", "entities/x/", "entities/people/", "dates/"]
)
@pytest.mark.parametrize("template", ["main.html", "own.html"])
def test_a_filled_shell_is_what_the_template_gives(url: str, template: str) -> None:
    made = shells()
    heading = SimpleNamespace(url="#one", anchor="one")
    for toc in ((), (heading,)):
        for again in (page("records/first/"), page(url)):
            again.meta, again.toc = {"template": template}, toc
            assert made.filled(again) == made.whole(again)


def test_what_a_page_has_of_its_own_in_a_shell_is_noticed() -> None:
    made = shells(MAIN + "{{ page.meta.said }}")
    with pytest.raises(NotTheSameError):
        made.filled(page("records/a/", meta={"said": "hello"}))


def test_what_few_pages_have_of_their_own_in_a_shell_is_noticed_in_the_long_run() -> None:
    made = shells(MAIN + "{{ page.meta.said }}")
    made.filled(page("records/a/"))
    with pytest.raises(NotTheSameError):
        for _ in range(CHECKED):
            made.filled(page("records/b/", meta={"said": "hello"}))


def test_where_a_shell_is_not_the_same_every_page_is_rendered_whole(
    sample: Checkout, tmp_path: Path
) -> None:
    folder = copy_of(sample, tmp_path)
    colophon = folder / "theme" / "partials" / "colophon.html"
    with colophon.open("a", encoding="utf-8") as file:
        file.write("<i>{{ page.meta.accession if page }}</i>")
    done = mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "rendered whole" in done.stderr
    for record in (folder / "docs" / "records").glob("*.md"):
        number = record.read_text(encoding="utf-8").partition('accession: "')[2][:4]
        built = folder / "site" / "records" / record.stem / "index.html"
        assert f"<i>{number}</i>" in built.read_text(encoding="utf-8")


@pytest.mark.parametrize("link", ["../records/nothing.md", "../archive/report.md#no-such-place"])
def test_a_hand_written_page_that_leads_nowhere_fails_the_build(
    sample: Checkout, tmp_path: Path, link: str
) -> None:
    folder = copy_of(sample, tmp_path)
    with (folder / "docs" / "about" / "speed.md").open("a", encoding="utf-8") as file:
        file.write(f"\n[Lost]({link})\n")
    done = mkdocs(folder)
    assert done.returncode != 0
    assert link in done.stderr


@pytest.mark.parametrize(
    ("link", "leads"),
    [("../about/speed.md#what-a-change-costs", True), ("../about/speed.md#nowhere", False)],
)
def test_a_generated_page_may_lead_to_a_hand_written_one(
    sample: Checkout, tmp_path: Path, link: str, *, leads: bool
) -> None:
    folder = copy_of(sample, tmp_path)
    file = next(iter(sorted((folder / "docs" / "records").glob("*.md"))))
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[There]({link})\n", encoding="utf-8")
    done = mkdocs(folder)
    assert (done.returncode == 0) is leads, done.stderr
    assert leads or link in done.stderr


def copy_of(sample: Checkout, tmp_path: Path) -> Path:
    folder = checkout_at(tmp_path / "checkout").folder
    shutil.copytree(sample.folder / "docs", folder / "docs", dirs_exist_ok=True)
    return folder


def test_mkdocs_is_shown_the_hand_written_files_alone(tmp_path: Path) -> None:
    for name in ("index.md", "about/a.md", "records/b.md", "search.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    with hand_written(tmp_path) as shown:
        assert sorted(path.name for path in Path(shown).iterdir()) == ["about", "search.md"]


def test_generated_files_come_in_the_order_of_mkdocs(tmp_path: Path) -> None:
    names = ("index.md", "data/a.csv", "records/b/source.md", "records/b.md", "records/index.md")
    for name in reversed(names):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = Generated(tmp_path, "https://a.example/x", looks=True)
    order = ["index.md", "records/index.md", "records/b.md", "records/b/source.md"]
    assert list(found.pages) == [leaf.source for leaf in found.leaves()] == order
    assert list(found.others) == ["data/a.csv"]
    leaf = found.leaf("records/b/source.md")
    assert (leaf.url, leaf.dest) == ("records/b/source/", "records/b/source/index.html")
    assert leaf.canonical_url == "https://a.example/x/records/b/source/"


def test_what_the_layout_wrote_down_is_what_lies_there(sample: Checkout) -> None:
    """In whatever order: what depends on one is put in it where it is made."""
    docs, looks = sample.folder / "docs", read_looks(sample.folder / STATE / LOOKS)
    walked = Generated(docs, None, looks=True)
    known = Generated(docs, None, looks=True, known=looks)
    assert len(known.pages) > 100 and len(known.others) > 10
    assert known.pages == walked.pages
    assert known.others == walked.others


@given(st.sampled_from(("", "index", "a", "a/index", "a/b c", "ö/x/index")))
def test_a_page_is_found_by_its_place_in_the_site(stem: str) -> None:
    path = f"{stem or 'index'}.md"
    found = Generated(Path(), None, looks=True, known={path: "1 2 3", "a/other.csv": "4 5 6"})
    leaf = found.leaf(path)
    assert found.source_at(leaf.dest.removesuffix("index.html")) == path
    assert found.source_at(unquote(leaf.url)) == path
    assert found.source_at(f"no/{unquote(leaf.url)}") is None


def test_a_dict_is_asked_for_its_key_and_then_as_ever() -> None:
    env = jinja2.Environment(autoescape=False)  # noqa: S701  # as MkDocs' is
    lean(env)
    text = "{{ m.a }}|{{ m.b }}|{{ m.b is defined }}|{{ m.items() | list }}|{{ s.real }}"
    assert env.from_string(text).render(m={"a": 1}, s=2) == "1||False|[('a', 1)]|2"


LEAN = (
    "{{ m.a }}|{{ m.b }}|{{ m.b.c }}|{{ m.items() | list }}|{{ s.real }}",
    "a{{ m.a }}b{{ none }}c{{ m.c }}d{{ 1.5 }}{{ m['c'] | upper }}'\"\n",
    "{% set x = m.c %}<{{ x }}>{% set y %}in {{ m.a }} it{% endset %}{{ y }}",
    "{% for one in rows if one.n %}{{ loop.index }}:{{ one.n }} {{ one.deep.er }}{% endfor %}",
    "{% macro say(it) %}[{{ it.n }}-{{ it.n }}]{% endmacro %}{{ say(rows[0]) }}{{ say(m) }}",
    "{% autoescape true %}{{ m.c }} & {{ m.e }}{% endautoescape %}{{ m.e }} {{ m.get('a') }}",
    "{% filter upper %}x{{ m.c }}y{% endfilter %}{{ m.a if m.a > 3 }}{{ m.nothing.c is defined }}",
)


@pytest.mark.parametrize("text", LEAN)
def test_a_lean_template_gives_what_jinja_gives(text: str) -> None:
    told = {
        "m": {"a": 1, "b": {}, "c": "see", "e": "<e>"},
        "s": 2,
        "rows": [{"n": 1, "deep": {"er": "x"}}, {"n": 0}, {"n": 2}],
    }
    made = []
    for make in (lambda env: None, lean):
        env = jinja2.Environment(autoescape=False, undefined=jinja2.ChainableUndefined)  # noqa: S701  # as MkDocs' is
        make(env)
        made.append(env.from_string(text).render(told))
    assert made[0] == made[1]


def test_a_template_compiled_in_another_way_is_not_taken_for_ours(tmp_path: Path) -> None:
    loader = jinja2.DictLoader({"a": "{{ m.a }}"})
    for make in (lambda env: None, lean, lean):
        env = jinja2.Environment(loader=loader, autoescape=False)  # noqa: S701  # as MkDocs' is
        make(env)
        env.bytecode_cache = (
            compiled_in(tmp_path) if make is lean else jinja2.FileSystemBytecodeCache(str(tmp_path))
        )
        assert env.get_template("a").render(m={"a": 1}) == "1"
    assert [file.name.startswith("__lean") for file in tmp_path.iterdir()] == [True]
