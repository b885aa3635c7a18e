"""Templates that come to the values of front matter at once, and give text in few pieces.

Jinja looks for an attribute before it looks for a key, in vain where a thing is a dict, and
calls three functions on the way; it hands on every constant and every value by itself through
two generators. Together half of the time of a page's template.
"""

from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

_KEPT_AS = "__lean_2_%s.cache"
"""What a compiled template is kept as: by another name where what is compiled is another."""
_OF_DICT = frozenset(dir(dict))


class _Lean(CodeGenerator):
    """Writes `a.b` so that the key of a dict is found without a call, and text that is not
    interrupted by a statement as one piece.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        if self.environment.is_async or node.attr in _OF_DICT:
            super().visit_Getattr(node, frame)
            return
        name = repr(node.attr)
        self.write(f"(thing[{name}] if type(thing := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {name} in thing else environment.getattr(thing, {name}))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802  # as above
        told = frame.buffer is not None or frame.require_output_check or len(node.nodes) == 1
        way = frame.eval_ctx
        if told or way.volatile or way.autoescape or self.environment.finalize is not None:
            super().visit_Output(node, frame)
            return
        self.writeline("yield ''.join((", node)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(f"{child.data!r}, ")
            else:
                self.write("str(")
                self.visit(child, frame)
                self.write("), ")
        self.write("))")


def lean(env: jinja2.Environment) -> None:
    """Have templates compiled so, and let what is not found in a dict be known at once."""
    slowly, undefined = env.getattr, env.undefined

    def getattr_(thing: Any, name: str) -> Any:
        if type(thing) is dict and name not in _OF_DICT:
            try:
                return thing[name]
            except KeyError:
                return undefined(obj=thing, name=name)
        return slowly(thing, name)

    env.getattr = getattr_  # type: ignore[method-assign, assignment]  # the seam that compiled templates use
    env.code_generator_class = _Lean


def compiled_in(folder: Path) -> jinja2.BytecodeCache:
    """Give the compiled templates that are kept in a folder; what was compiled otherwise goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in set(folder.iterdir()) - set(folder.glob(_KEPT_AS % "*")):
        file.unlink()
    return jinja2.FileSystemBytecodeCache(str(folder), _KEPT_AS)
