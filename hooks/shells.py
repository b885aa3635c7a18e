"""What is the same on every page of a shape is rendered once and filled.

The blocks in FILLED are what a page has of its own; the rest of a template (head, masthead,
navigation, the scripts' words, colophon) depends on its shape: the template, how deep the page
lies, what folders it shares with the addresses in the shell, and whether it has headings. The
first page of every shape and every hundredth are rendered whole as well; where one differs by a
byte, NotTheSameError is raised, and the caller renders every page whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2.runtime import Context

from hooks.addresses import Here

FILLED = ("page_meta", "htmltitle", "extrahead", "container")
CHECKED = 100
"""One page in so many is rendered whole all the same."""
_MARK = re.compile("\x00([a-z_]+)\x00")

Block = Callable[[Context], Iterator[str]]


class NotTheSameError(Exception):
    """A filled shell is not the page that its template gives."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The text between the blocks, `names` in their order, and all blocks of the template."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    blocks: dict[str, list[Block]]


class _Recorder(Here):
    """A place that remembers what folders it was asked the way to."""

    __slots__ = ("asked",)

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.asked: set[tuple[str, ...]] = set()
        self.ways = {}  # it is told of every way

    def within(self, path: str) -> str | None:
        return None  # as above

    def to(self, path: str) -> str:
        parts = path.split("/")
        self.asked |= {tuple(parts[:end]) for end in range(1, len(parts) + 1)}
        return super().to(path)


class Shells:
    """Renders pages: `page` needs `meta`, `title`, `toc`, `here` and what their template asks."""

    def __init__(self, env: jinja2.Environment, context: Mapping[str, Any]) -> None:
        self._env, self._context = env, dict(context)
        self._shells: dict[tuple[object, ...], Shell] = {}
        self._shared: dict[str, set[tuple[str, ...]]] = {}
        self._known: dict[str, dict[str, Any]] = {}
        self._count = 0

    def whole(self, page: Any) -> str:
        """Render a page through its template."""
        return self._template(page).render(self._of(page))

    def filled(self, page: Any) -> str:
        """Render a page's own blocks and put them into its shape's shell."""
        template = self._template(page)
        key = self._key(template, page)
        shell, first = self._shells.get(key), key not in self._shells
        if shell is None:
            shell = self._shells[key] = self._shell(template, page)
        text = _fill(shell, self._context_of(template, page), page)
        self._count += 1
        if (first or not self._count % CHECKED) and text != self.whole(page):
            raise NotTheSameError(page.url)
        return text

    def _template(self, page: Any) -> jinja2.Template:
        return self._env.get_template(str(page.meta.get("template", "main.html")))

    def _context_of(self, template: jinja2.Template, page: Any) -> Context:
        """Give what `new_context` gives, which copies 40 things one by one each time."""
        name = str(template.name)
        if name not in self._known:
            self._known[name] = {**template.globals, **self._context}
        known = {**self._known[name], "page": page, "base_url": page.here.base}
        return Context(self._env, known, name, {}, globals=template.globals)

    def _of(self, page: Any) -> dict[str, Any]:
        return {**self._context, "page": page, "base_url": page.here.base}

    def _key(self, template: jinja2.Template, page: Any) -> tuple[object, ...]:
        name = str(template.name)
        if name not in self._shared:
            recorder = _Recorder(page.url)
            self._render_shell(template, page, recorder)
            self._shared[name] = recorder.asked
        place = tuple(page.here.folders)
        shared = place
        while shared and shared not in self._shared[name]:
            shared = shared[:-1]
        return name, len(place), shared, bool(page.toc)

    def _shell(self, template: jinja2.Template, page: Any) -> Shell:
        text, blocks = self._render_shell(template, page, page.here)
        parts = _MARK.split(text)
        names = tuple(parts[1::2])
        if len(set(names)) != len(names):
            raise NotTheSameError(page.url)
        return Shell(tuple(parts[::2]), names, blocks)

    def _render_shell(
        self, template: jinja2.Template, page: Any, here: Here
    ) -> tuple[str, dict[str, list[Block]]]:
        stand_in = StandIn(page.url, here, page.canonical_url, has_headings=bool(page.toc))
        context = template.new_context(self._of(stand_in))
        own = {name: context.blocks.get(name, []) for name in FILLED}
        context.blocks.update({name: [_marker(name)] for name in FILLED})
        text = "".join(template.root_render_func(context))
        for name, block in own.items():
            context.blocks[name] = [*block, *context.blocks[name][1:]]
        return text, context.blocks


def _marker(name: str) -> Block:
    def block(context: Context) -> Iterator[str]:
        yield f"\x00{name}\x00"

    return block


def _fill(shell: Shell, context: Context, page: Any) -> str:
    context.blocks = shell.blocks
    parts = [shell.texts[0]]
    for name, text in zip(shell.names, shell.texts[1:], strict=True):
        if name == "skip":
            parts.append(page.toc[0].anchor)
        else:
            parts += shell.blocks[name][0](context)
        parts.append(text)
    return "".join(parts)


class _Heading:
    url = "#\x00skip\x00"


class StandIn:
    """A page that has nothing of its own."""

    def __init__(self, url: str, here: Here, canonical: str | None, *, has_headings: bool) -> None:
        self.url, self.here, self.canonical_url = url, here, canonical
        self.toc = [_Heading()] if has_headings else []
        self.meta: dict[str, Any] = {}
        self.title = self.content = ""
        self.is_homepage = False
