"""Hostile sources: twice the size is at most twice the work, counted in steps of the interpreter."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tearsheet.clean import clean
from tearsheet.describe import describe
from tearsheet.names import recognise
from tearsheet.pages.catalogue import catalogue
from tearsheet.pages.record import around, article
from tearsheet.readers import read
from tests.made import corpus, record

WRAPPED = "The pilots of Port Elsingham met on Monday to talk about the safety of"
SHAPES: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: "The ferries of Ada Quillfeather ran on time. " * n,
    "lines of one character": lambda n: "a\n" * n,
    "wrapped lines": lambda n: f"{WRAPPED}\n" * n,
    "quotation marks apart": lambda n: '" a " “ a ” ' * n,
    "damage of every kind": lambda n: "\u200ba Ã© “ a ” x\x07y so\u00adft \x93z\x94 " * n,
    "links in damaged text": lambda n: "<p>" + "<a href=http://a.example/>\u200ba “ b</a> " * n,
    "nested elements": lambda n: "<div>x" * n,
}
SIZE = 300
# What does not grow (weights, the first lines) makes twice the size less than twice the work;
# work that grows with the square comes near to four times.
MOST = 2.15


def steps(text: str, kind: str) -> int:
    """Count the steps that Python takes from the file to the article."""
    content = (f"<!doctype html><meta charset=utf-8>{text}" if kind == "html" else text).encode()
    count = 0

    def tracer(frame: FrameType, event: str, _: object) -> object:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)  # type: ignore[arg-type]  # a tracer that is its own local tracer
    try:
        whole_way(content, kind)
    finally:
        sys.settrace(before)
    return count


def whole_way(content: bytes, kind: str) -> None:
    document = clean(read(f"a.{kind}", content))
    describe(document)
    mentions = recognise({"a": document}, ())["a"]
    made = record(document, mentions=mentions)
    article(made, around(made, catalogue(corpus(made))))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_size_is_at_most_twice_the_work(shape: str) -> None:
    kind = "html" if "<" in SHAPES[shape](1) else "txt"
    whole_way(SHAPES[shape](20).encode(), kind)
    once, twice = (steps(SHAPES[shape](size), kind) for size in (SIZE, 2 * SIZE))
    assert once > SIZE
    assert twice <= MOST * once
