"""The seam to MkDocs: reads what the archive says of itself, escapes, drops, indexes.

No rule of ours lives here. Guarantees that no string of a page's front matter, no title
and no setting of the archive reaches a template unescaped (Material prints the titles of
other pages in its navigation as they are), and that nothing of the build's time or
machine reaches the site.
"""

import gc
import gzip
import html
import json
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import yaml
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks.addresses import url_filter
from hooks.filters import (
    absent,
    also_written,
    by_type,
    filter_value,
    language_tag,
    notes,
    outward,
    unescaped,
)
from hooks.generated import hand_written, leave_icons_alone
from hooks.lean_templates import lean
from hooks.ours import SITE_FILE, Ours
from hooks.quick_pages import escaped
from tearsheet.errors import CorpusError
from tearsheet.search import Before, index_site
from tearsheet.unchanged import site_rules

log = get_plugin_logger("tearsheet")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same, in a tenth of the time, where it was built."""

OURS = "tearsheet"
"""Where a build's own things wait in MkDocs' configuration between its events."""
SITE_MAP = "sitemap.xml"

WORDS_FILE = Path(__file__).with_name("words.yml")

FACETS = (
    ("publication", "publication"),
    ("year", "year"),
    ("month", "month"),
    ("person", "people"),
    ("organisation", "organisations"),
    ("place", "places"),
    ("topic", "topics"),
    ("completeness", "completeness"),
    ("language", "language"),
)
"""A facet in the front matter and the filter it becomes in the search."""

ENTITY_KINDS = ("person", "organisation", "place", "event", "other")
HOME_LISTS = ("people", "organisations", "places", "publications", "topics", "connected")
SCRIPT_WORDS = (
    "search_",
    "facet_",
    "sort_",
    "all_results",
    "clear_filters",
    "narrow",
    "hint_",
    "one_record",
)
"""What the words begin with that the scripts need."""

SAID_OF_ARCHIVE = ("title", "description", "keeper", "rights", "contact", "corrections")
"""What templates show of corpus.yml."""
UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette.")
"""Material's own files that no page of ours loads: its scripts (what is left for them to do
is in theme/assets/tearsheet.js, and a record's first view is 115 KB lighter), its picture,
and the palette, which theme/assets/tearsheet.css replaces."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take over what the archive says of itself; show MkDocs the hand-written files alone."""
    collects = gc.isenabled()
    gc.disable()  # until the pages are made: the search for cycles takes a tenth of the time
    # Built in by MkDocs; a source could open a fence, and no page of ours needs one.
    config.markdown_extensions = [
        name for name in config.markdown_extensions if name != "fenced_code"
    ]
    docs = Path(config.docs_dir)
    site = _read_site(docs)
    config.site_name = Markup.escape(site.get("title") or config.site_name)
    config.site_description = Markup.escape(site.get("description") or "")
    config.site_url = site.get("site_url") or config.site_url
    config.extra["archive"] = escaped({key: site.get(key) for key in SAID_OF_ARCHIVE})
    config.nav = _nav(site, docs)
    config.extra[OURS] = ours = Ours(docs, hand_written(docs), collects)
    config.docs_dir = ours.shown.name
    leave_icons_alone(config.theme)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Leave out what no page of ours loads; from here on, the generated files are there too."""
    ours: Ours = config.extra[OURS]
    config.docs_dir = str(ours.docs)
    by_hand = [file for file in files if not _is_unused(file.src_uri)]
    return ours.begin(by_hand, config, _rules(config))


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Escape the titles that the navigation itself was given."""
    for item in nav.items:
        if not isinstance(item, Page) and item.title is not None:
            item.title = Markup.escape(item.title)
    config.extra[OURS].nav = nav
    return nav


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Show the site map every page."""
    if template_name == SITE_MAP and config.site_url:
        context["pages"] = config.extra[OURS].all_pages(context["pages"])
    return context


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape what hand-written pages say, give templates our words, make the generated pages."""
    words = escaped(yaml.load(WORDS_FILE.read_text(encoding="utf-8"), _Loader))  # noqa: S506  # a safe one
    for file in files.documentation_pages():
        if file.page is not None:
            _escape_page(file.page)
    lean(env)
    env.filters |= {
        "url": url_filter,
        "outward": outward,
        "unescaped": unescaped,
        "filter_value": filter_value,
        "language": language_tag,
        "notes": notes,
        "absent": absent,
        "by_type": by_type,
        "also_written": also_written(config.extra[OURS].answers),
    }
    env.globals |= {
        "w": words | {"script": _script_words(words)},
        "facet_names": FACETS,
        "entity_kinds": [(kind, words.get(kind, words["other_names"])) for kind in ENTITY_KINDS],
        "nav_labels": escaped(_nav_labels(config.nav or [])),
        "entity_facets": {kind: name for kind, name in FACETS if kind in ENTITY_KINDS},
        "home_lists": [(name, words[name]) for name in HOME_LISTS],
    }
    ours: Ours = config.extra[OURS]
    ours.make(env, config)
    if ours.collects:
        gc.enable()
    return env


def on_post_build(*, config: MkDocsConfig) -> None:
    """Remove the clock's traces, then index the site, in `serve` too.

    Not where TEARSHEET_INDEX says no: a bench times the two apart.
    """
    ours: Ours = config.extra[OURS]
    _settle_sitemap(Path(config.site_dir))
    ours.finish()
    site = ours.site
    if os.environ.get("TEARSHEET_INDEX") == "no":
        ours.write_down(Before(site, (), {}))
        return
    try:
        found = index_site(site, ours.search, ours.rules, ours.blocks, ours.to_search)
        ours.write_down(found)
    except CorpusError as error:
        raise PluginError(str(error)) from error


def _escape_page(page: Page) -> None:
    page.meta = escaped(page.meta)
    page.title = Markup.escape(page.meta.get("title") or page.title or "")


def _read_site(docs: Path) -> dict[str, Any]:
    path = docs / SITE_FILE
    if not path.is_file():
        log.warning(
            "%s is missing: the archive has not been laid out as pages yet; "
            "run 'python build_corpus.py build corpus' first",
            SITE_FILE,
        )
        return {}
    site: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return site


def _nav(site: Mapping[str, Any], docs: Path) -> list[dict[str, str]]:
    listed = [(entry["label"], entry["href"]) for entry in site.get("nav", ())]
    return [{label: href} for label, href in listed if (docs / href).is_file()]


def _nav_labels(nav: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Give the short names of the pages in the navigation; MkDocs would print their titles."""
    return {href: label for entry in nav for label, href in entry.items()}


def _script_words(words: Mapping[str, str]) -> dict[str, str]:
    """Give the scripts' words unescaped: they go out as JSON, and scripts set text alone."""
    return {
        str(name): html.unescape(word)
        for name, word in words.items()
        if name.startswith(SCRIPT_WORDS)
    }


def _is_unused(path: str) -> bool:
    return path.startswith(UNUSED) or path.endswith(".map")


def _rules(config: MkDocsConfig) -> str:
    """Give what a page depends on besides its Markdown and the other pages."""
    rules = site_rules(Path(config.config_file_path).parent)
    said = config.extra["archive"]
    return f"{rules} {config.site_name} {config.site_url} {said} {config.nav}"


def _settle_sitemap(site: Path) -> None:
    """Write the packed sitemap without the time at which it was packed."""
    sitemap = site / "sitemap.xml"
    if sitemap.is_file():
        packed = gzip.compress(sitemap.read_bytes(), mtime=0)
        sitemap.with_name("sitemap.xml.gz").write_bytes(packed)


logging.getLogger("mkdocs.structure.nav").addFilter(
    # MkDocs tells at length which pages are not in nav: in an archive nearly all of them.
    lambda record: "not included in the" not in record.getMessage()
)
