"""Where the steps for one source run: here, on this machine's processors, or on a Dask cluster.

Gives a `concurrent.futures.Executor`, or None for this process alone. A cluster's workers
need this package in the same version, and nothing of the archive: every source's bytes are
sent to them.
"""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from tearsheet.errors import CorpusError

ENOUGH_FOR_PROCESSES = 200
"""Sources: below this, starting worker processes costs more than it saves."""


@contextmanager
def executor_for(sources: int, scheduler: str | None = None) -> Iterator[Executor | None]:
    """Give the executor for so many sources: the cluster of `scheduler` (`tcp://host:8786`)
    where one is named. Raises CorpusError where it cannot be reached, or Dask is missing.
    """
    if scheduler is not None:
        with _cluster(scheduler) as executor:
            yield executor
    elif sources >= ENOUGH_FOR_PROCESSES:
        with ProcessPoolExecutor() as executor:
            yield executor
    else:
        yield None


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise CorpusError(
            "--scheduler needs Dask, which is not installed: pip install 'tearsheet[cluster]'"
        ) from error
    try:
        client = distributed.Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{scheduler}: found no Dask scheduler there: {error}") from error
    with client, client.get_executor(pure=False) as executor:
        yield executor
