"""A step over many items: on an executor where there is one, out of a cache where it is known.

Takes items in any number; gives what the step makes of each, as bytes, in their order. Any
`concurrent.futures.Executor` will do. Guarantees that no more items are in memory than a
few portions, and the same results whatever the executor and whatever the cache holds.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from tearsheet.cache import NO_CACHE, Cache

A_PORTION = 8
"""Items handed to a worker at once: fewer and the handing over costs more than it saves."""
FEW = 2 * A_PORTION
"""Items that are done here before any is handed over: to start workers for one article more
costs a fifth of a second each.
"""
WAITING = 16
"""Portions handed over and not yet taken back: enough for a dozen workers."""

R = TypeVar("R")


class Wanted(msgspec.Struct, Generic[R], frozen=True):
    """An item for a step: the key under which its result may be known (None: not to be kept),
    and the way to it, which is taken only where the result is not known.
    """

    key: bytes | None
    item: Callable[[], R]


class _Looked(NamedTuple):
    wanted: Wanted[Any]  # of the kind that the step takes
    known: bytes | None


def made(
    wanted: Iterable[Wanted[R]],
    step: Callable[[R], bytes],
    executor: Executor | None = None,
    cache: Cache = NO_CACHE,
) -> Iterator[bytes]:
    """Give what `step` makes of each item, in order. With an executor, the step and the items
    must be picklable.
    """
    for looked, result in _in_order(_looked_up(wanted, cache), step, executor):
        if looked.wanted.key is not None and looked.known is None:
            cache.put(looked.wanted.key, result)
        yield result


def _looked_up(wanted: Iterable[Wanted[R]], cache: Cache) -> Iterator[_Looked]:
    for one in wanted:
        yield _Looked(one, cache.get(one.key) if one.key is not None else None)


def _in_order(
    looked: Iterator[_Looked], step: Callable[[R], bytes], executor: Executor | None
) -> Iterator[tuple[_Looked, bytes]]:
    waiting: deque[tuple[Sequence[_Looked], Future[list[bytes]] | None]] = deque()
    done = 0
    while portion := list(islice(looked, A_PORTION)):
        todo = [one.wanted.item() for one in portion if one.known is None]
        done += len(todo)
        if executor is None or done <= FEW:
            yield from _joined(portion, _each(step, todo))
            continue
        waiting.append((portion, executor.submit(_each, step, todo) if todo else None))
        if len(waiting) > WAITING:
            first, future = waiting.popleft()
            yield from _joined(first, future.result() if future else [])
    for first, future in waiting:
        yield from _joined(first, future.result() if future else [])


def _each(step: Callable[[R], bytes], items: Sequence[object]) -> list[bytes]:
    return [step(item) for item in items]  # type: ignore[arg-type]  # the items are of the step's kind: see made


def _joined(
    portion: Sequence[_Looked], results: Sequence[bytes]
) -> Iterator[tuple[_Looked, bytes]]:
    fresh = iter(results)
    for one in portion:
        yield one, one.known if one.known is not None else next(fresh)


class Crew(msgspec.Struct, frozen=True):
    """Who does the steps over many items, and what they remember of earlier builds."""

    executor: Executor | None = None
    cache: Cache = NO_CACHE

    def made(self, wanted: Iterable[Wanted[R]], step: Callable[[R], bytes]) -> Iterator[bytes]:
        """Give what `step` makes of each item, in order; see `made`."""
        return made(wanted, step, self.executor, self.cache)


ALONE = Crew()
"""This process, which remembers nothing."""
