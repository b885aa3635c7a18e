"""What lies under docs/: the generated pages, which are ours to make, and those by hand.

MkDocs is shown the hand-written files alone; a generated file becomes one of its own only
where it asks for it: as a link's target, or in the navigation. It would make five objects of
each of 25,000 and ask each of them forty times what it is.
"""

import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils import is_markdown_file

from tearsheet.batches import look
from tearsheet.writer import GENERATED, GENERATED_FILES, same_file

_PLAIN = re.compile(r"[\w/.-]*", re.ASCII)


class Leaf:
    """A generated page: its Markdown file under docs/.

    Stands for a file and for a page, as far as the site map asks.
    """

    __slots__ = ("_base", "source")
    is_link = False

    def __init__(self, source: str, base: str = "") -> None:
        """`base` is the address of the site, if it has one."""
        self.source, self._base = source, base

    @property
    def url(self) -> str:
        """The page's address in the site."""
        stem = self.source.rpartition(".")[0]
        folder, _, name = stem.rpartition("/")
        inside = (f"{folder}/" if folder else "") if name == "index" else f"{stem}/"
        return inside if _PLAIN.fullmatch(inside) else quote(inside)

    @property
    def canonical_url(self) -> str | None:
        """The page's address in the world, if it has one."""
        return urljoin(self._base, self.url) if self._base else None

    @property
    def page(self) -> "Leaf":
        """The page of the file: both are one."""
        return self

    @property
    def abs_url(self) -> str | None:
        """The address on its host."""
        return urlsplit(self.canonical_url).path if self.canonical_url else None

    @property
    def name(self) -> str:
        """The name of the file without its extension."""
        return posixpath.basename(self.source).rpartition(".")[0]

    @property
    def dest(self) -> str:
        """The file of the page in the site."""
        stem = self.source.rpartition(".")[0]
        plain = stem == "index" or stem.endswith("/index")
        return f"{stem}.html" if plain else f"{stem}/index.html"


class Generated:
    """The generated files under docs/, as they are when this is made: of `pages` and of `others`
    how they look from outside, by their paths.
    """

    def __init__(
        self,
        docs: Path,
        base: str | None,
        *,
        looks: bool,
        known: Mapping[str, str] | None = None,
    ) -> None:
        """Look at all files; `known` says how they look where that need not be asked."""
        self.docs = docs
        self._site = f"{base.rstrip('/')}/" if base else ""
        found = known or dict(_walk(docs, looks=looks))
        self.others = {path: now for path, now in found.items() if not is_markdown_file(path)}
        others = self.others
        self.pages = {path: now for path, now in found.items() if path not in others}

    def leaf(self, source: str) -> Leaf:
        """Give a page."""
        return Leaf(source, self._site)

    def leaves(self) -> Iterator[Leaf]:
        """Give every page."""
        return map(self.leaf, self.pages)

    def source_at(self, folder: str) -> str | None:
        """Give the file of the page that is the index of a folder of the site ("a/b/"; "": of the
        site itself); None where there is none.
        """
        ways = (f"{folder}index.md", f"{folder[:-1]}.md")
        return next((way for way in ways if way in self.pages), None)

    def text(self, source: str) -> bytes:
        """Read a generated file."""
        with open(f"{self.docs}/{source}", "rb", buffering=0) as file:  # noqa: PTH123  # 25,000 times
            return file.read()


def _walk(docs: Path, *, looks: bool) -> Iterator[tuple[str, str]]:
    for name in GENERATED_FILES:
        if (docs / name).is_file():
            yield name, look((docs / name).stat()) if looks else ""
    for name in sorted(GENERATED):
        if (docs / name).is_dir():
            yield from _inside(f"{docs}/{name}", name, looks=looks)


def _inside(folder: str, inside: str, *, looks: bool) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as found:
        entries = [entry for entry in found if not entry.name.startswith(".")]
    entries.sort(key=lambda entry: (entry.name.rpartition(".")[0] != "index", entry.name))
    below = []
    for entry in entries:
        path = f"{inside}/{entry.name}"
        if entry.is_dir():
            below.append((entry.path, path))
        else:
            yield path, look(entry.stat()) if looks else ""
    for where, path in sorted(below):
        yield from _inside(where, path, looks=looks)


def hand_written(docs: Path) -> tempfile.TemporaryDirectory[str]:
    """Give a folder that holds what lies under docs/ but for the generated files."""
    shown = tempfile.TemporaryDirectory(prefix="tearsheet-docs-")
    for entry in sorted(docs.iterdir()) if docs.is_dir() else ():
        if entry.name in GENERATED or entry.name in GENERATED_FILES:
            continue
        there = Path(shown.name, entry.name)
        try:
            there.symlink_to(entry.resolve())
        except OSError:
            shutil.copytree(entry, there) if entry.is_dir() else shutil.copy2(entry, there)
    return shown


class AllFiles(Files):
    """MkDocs' files: those by hand, and where it asks for it by name, any generated one."""

    def __init__(
        self,
        files: Iterable[File],
        found: Generated,
        config: MkDocsConfig,
        make: Callable[[File, MkDocsConfig], Page],
        named: frozenset[str],
    ) -> None:
        """`make` makes MkDocs' page of a file; `named` are the pages of the navigation."""
        super().__init__(files)
        self.named, self._config = named, config
        self._found, self._make = found, make
        self.asked_for: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Give the file at a path from docs/."""
        known = super().get_file_from_path(path)
        return known or self.asked_for.get(path) or self._generated(path)

    def __contains__(self, path: str) -> bool:
        return self.get_file_from_path(path) is not None

    def url_of(self, path: str) -> str | None:
        """Give the address of a file in the built site."""
        if path in self._found.pages:
            return Leaf(path).url
        known = self._src_uris.get(path)
        return known.url if known else (quote(path) if path in self._found.others else None)

    def _generated(self, path: str) -> File | None:
        path = posixpath.normpath(path.replace(os.sep, "/"))
        if path not in self._found.pages and path not in self._found.others:
            return None
        config = self._config
        file = File(path, str(self._found.docs), config.site_dir, config.use_directory_urls)
        file.inclusion = InclusionLevel.INCLUDED
        self.asked_for[path] = file
        if path in self._found.pages:
            self._make(file, config)
        return file


def put_in_place(found: Generated, site: Path, known: Mapping[str, str]) -> None:
    """Let the generated files that are no pages stand in the site too, but for those that look
    as is known.
    """
    made: set[str] = set()
    for path in [path for path, now in found.others.items() if not now or known.get(path) != now]:
        there = f"{site}/{path}"
        folder = os.path.dirname(there)  # noqa: PTH120  # ten thousand times
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        if not os.path.lexists(there):
            same_file(f"{found.docs}/{path}", there)


class _Templates(jinja2.FileSystemLoader):
    """Lists no templates in hidden folders: MkDocs leaves them out itself, after it has asked
    forty things of each of Material's 12,000 icons.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, below, names in os.walk(top):
                below[:] = [name for name in below if not name.startswith(".")]
                inside = os.path.relpath(folder, top).replace(os.sep, "/")
                found |= {name if inside == "." else f"{inside}/{name}" for name in names}
        return sorted(found)


def leave_icons_alone(theme: Theme) -> None:
    """Let MkDocs list a theme's files without its icons."""
    make = theme.get_env

    def get_env() -> jinja2.Environment:
        env = make()
        env.loader = _Templates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # MkDocs asks for nothing else of it
