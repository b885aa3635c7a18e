"""What a command costs: CPU seconds of it and all its children, memory of all at once, wall time.

Memory is the proportional set size (what processes share is counted once), summed over the
process and its descendants and sampled; a peak between two samples is not seen.
"""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLED_EVERY = 0.5
"""Seconds."""
UNUSUAL = "PYTHONDONTWRITEBYTECODE"
"""Set on some build machines, never by itself: our modules would be compiled anew in every process."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` and `wall` in seconds, `memory` in megabytes; `failed` is what was said at the end."""

    cpu: float
    wall: float
    memory: float
    failed: str = ""


def measured(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and give what it cost."""
    before, started = os.times(), time.monotonic()
    usual = {name: value for name, value in os.environ.items() if name != UNUSUAL}
    running = subprocess.Popen(
        command,
        cwd=folder,
        env={**usual, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(running, peak), daemon=True)
    watcher.start()
    said, _ = running.communicate()
    wall = time.monotonic() - started
    after = os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    watcher.join()
    return Cost(cpu, wall, peak[0], said[-2000:] if running.returncode else "")


def _watch(running: "subprocess.Popen[str]", peak: list[float]) -> None:
    while running.poll() is None:
        peak[0] = max(peak[0], sum(map(_memory, _family(running.pid))))
        time.sleep(SAMPLED_EVERY)


def _family(root: int) -> list[int]:
    """Give a process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found = [root]
    for one in found:
        found += parents.get(one, ())
    return found


def _memory(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
