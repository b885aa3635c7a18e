"""A task in a process of its own: what it gives, what it raises, how it ends."""

import gc
import os
import signal
import sys
import weakref

import pytest

from tearsheet.errors import CorpusError
from tearsheet.memory import apart, leave, uncollected


def test_a_task_apart_gives_what_it_gives_and_leaves_nothing_here() -> None:
    left: list[int] = []

    def works() -> int:
        left.append(1)
        return os.getpid()

    assert apart(works) != os.getpid()
    assert left == []


def test_an_error_apart_is_raised_here_with_where_it_came_from() -> None:
    def fails() -> None:
        raise CorpusError("corpus.yml: no title")

    with pytest.raises(CorpusError, match=r"corpus.yml: no title") as raised:
        apart(fails)
    assert "in fails" in str(raised.value.__cause__)


def test_a_task_that_is_killed_is_told() -> None:
    with pytest.raises(CorpusError, match="ended from outside"):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL))


@pytest.mark.parametrize("before", [True, False])
def test_cycles_are_looked_for_again_afterwards(before: bool) -> None:
    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()


class Value:
    """Something that can be looked for."""


def test_what_is_left_goes_with_a_process_apart_and_is_not_held_here() -> None:
    def held() -> bool:
        value = Value()
        leave(value)
        seen = weakref.ref(value)
        del value
        return seen() is not None

    assert apart(held) is sys.platform.startswith("linux")
    assert not held()
