"""Parse a page with lexbor, and walk its nodes without recursion.

Lexbor parses as browsers do, runs nothing and fetches nothing.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"


class Step(NamedTuple):
    """A step of a walk: an element is entered and left, a text is met."""

    kind: Literal["enter", "leave", "text"]
    node: LexborNode


def parse(text: str) -> LexborHTMLParser:
    """Parse a decoded page; any text at all gives a tree."""
    return LexborHTMLParser(text)


def walk(root: LexborNode, skipped: frozenset[str]) -> Iterator[Step]:
    """Yield the steps through a tree in reading order, however deep it is.

    An element named in `skipped` is passed over with all that is in it.
    """
    stack: list[Step] = [Step("enter", root)]
    while stack:
        step = stack.pop()
        yield step
        if step.kind != "enter":
            continue
        stack.append(Step("leave", step.node))
        children: list[Step] = []
        child = step.node.first_child
        while child is not None:
            tag = child.tag
            if tag == TEXT:
                children.append(Step("text", child))
            elif tag is not None and tag[0] not in "-_!" and tag not in skipped:
                children.append(Step("enter", child))
            child = child.next
        stack.extend(reversed(children))


def attribute(node: LexborNode, name: str) -> str:
    """Give an attribute's value, or "" where it is absent or empty."""
    return node.attributes.get(name) or ""
