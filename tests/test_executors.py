"""Where the steps run changes nothing: processes, threads, a real Dask scheduler with workers."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from tearsheet.errors import CorpusError
from tearsheet.executors import ENOUGH_FOR_PROCESSES, executor_for
from tests.test_cache import an_archive, files


def test_few_sources_are_prepared_in_this_process() -> None:
    with executor_for(ENOUGH_FOR_PROCESSES - 1) as executor:
        assert executor is None


def test_many_sources_are_prepared_by_processes_to_the_same_bytes(tmp_path: Path) -> None:
    folder = an_archive(tmp_path / "archive", pages=30)
    with executor_for(ENOUGH_FOR_PROCESSES) as executor:
        assert isinstance(executor, ProcessPoolExecutor)
        assert files(folder, executor) == files(folder)


@pytest.mark.filterwarnings("ignore")  # Dask's own, of ports and deprecations, are not ours
def test_a_scheduler_with_two_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed: ModuleType = pytest.importorskip("distributed", reason="Dask is not installed")
    folder = an_archive(tmp_path / "archive", pages=40)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        executor_for(1, cluster.scheduler_address) as executor,
    ):
        assert executor is not None
        assert files(folder, executor) == files(folder)


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CorpusError, match="pip install"), executor_for(1, "tcp://127.0.0.1:1"):
        pass
