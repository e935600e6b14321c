"""A Dask scheduler and workers, each a real process on this machine, that talk over loopback only."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import ExitStack
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from tests.command_line import environment

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

_SCHEDULER = ("-m", "distributed.cli.dask_scheduler", "--port", "0", "--idle-timeout", "120 s")
_WORKER = ("-m", "distributed.cli.dask_worker", "--no-nanny", "--death-timeout", "5")


class Machine(NamedTuple):
    """A process that was started, and where it listens."""

    process: subprocess.Popen[str]
    address: str


class Machines:
    """A scheduler, and workers as they are asked for; all end with the block.

    Parameters
    ----------
    folder
        Where they work.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running = ExitStack()

    def __enter__(self) -> Self:
        """Start the scheduler."""
        self.scheduler = self._start([*_SCHEDULER], "Scheduler at:")
        self.address = self.scheduler.address
        return self

    def __exit__(self, *_: object) -> None:
        """End everything, the last first."""
        self._running.close()

    def worker(self, threads: int = 1, package: Path | None = None) -> Machine:
        """Start a worker that finds this package or another, and wait until the scheduler knows it."""
        extra = {} if package is None else {"PYTHONPATH": str(package)}
        command = [*_WORKER, "--nthreads", str(threads), self.address]
        return self._start(command, "Start worker at:", "Registered to:", **extra)

    def _start(self, command: list[str], of_address: str, at_last: str = "", **extra: str) -> Machine:
        """Start a process, and wait until it has logged its address, and something more."""
        process = subprocess.Popen(
            [sys.executable, *command, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=self.folder,
            env=environment(**extra),
            stderr=subprocess.PIPE,
            text=True,
        )
        self._running.enter_context(process)
        self._running.callback(process.kill)
        assert process.stderr
        log = ""
        for line in process.stderr:
            log += line
            address = re.search(rf"{of_address}\s+(tcp://127\.0\.0\.1:\d+)", log)
            if address and at_last in log:
                reader = Thread(target=process.stderr.read)  # a full pipe would stop it
                reader.start()
                self._running.callback(_end, process, reader)
                return Machine(process, address[1])
        raise AssertionError(log)


def _end(process: subprocess.Popen[str], reader: Thread) -> None:
    """End a process, and then who reads its log: `Popen` closes that."""
    process.kill()
    reader.join()
