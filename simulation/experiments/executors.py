"""Who plays the tasks of a campaign: this process, or several on this machine. Those on more machines are in `cluster`.

Whoever does, the rows are the same: a task hangs on its seeds alone. A worker gets the map and the scenarios once, when it
starts; then tasks go to it, and rows come back.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from simulation.errors import WorldError
from simulation.experiments.playing import play_task
from simulation.maps.pinned import pack
from simulation.maps.unpack import unpack
from simulation.people.network import Network

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from simulation.experiments.design import Design, Task
    from simulation.experiments.playing import Row
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

AHEAD = 2
"""Tasks that are handed out for each worker: one in hand and one waiting, so that memory stays flat and nobody idles."""


class Executor(Protocol):
    """Plays tasks, in any order; closed when there will be no more."""

    def play(self, tasks: Iterable[Task]) -> Generator[list[Row]]:
        """Give the rows of each task, as they come in."""

    def count(self) -> int:
        """Give how many evenings are played at once."""

    def close(self) -> None:
        """Let go of what was held between one call of `play` and the next."""


@dataclass(frozen=True)
class Setup:
    """What a worker needs besides its tasks.

    Parameters
    ----------
    scenarios
        The evening of each condition.
    map
        The map, as in its file.
    """

    scenarios: tuple[Scenario, ...]
    map: bytes

    @classmethod
    def of(cls, design: Design, street_map: StreetMap) -> Setup:
        """Take what the evenings of a design need."""
        return cls(tuple(condition.scenario for condition in design.conditions), pack(street_map)[0])


@dataclass(frozen=True)
class Serial:
    """Plays in this process.

    Parameters
    ----------
    scenarios
        The evening of each condition.
    network
        The streets.
    """

    scenarios: tuple[Scenario, ...]
    network: Network

    def play(self, tasks: Iterable[Task]) -> Generator[list[Row]]:
        """Give the rows of each task, as they come in."""
        return (play_task(task, self.scenarios, self.network) for task in tasks)

    def count(self) -> int:
        """Give how many evenings are played at once."""
        return 1

    def close(self) -> None:
        """Let go of nothing."""


@dataclass(frozen=True)
class Processes:
    """Plays in several processes of this machine.

    Parameters
    ----------
    setup
        What each of them needs.
    workers
        How many.
    """

    setup: Setup
    workers: int

    def play(self, tasks: Iterable[Task]) -> Generator[list[Row]]:
        """Give the rows of each task, as they come in.

        Raises
        ------
        WorldError
            If a process is killed.
        """
        pool = ProcessPoolExecutor(self.workers, get_context("spawn"), _prepare, (self.setup,))
        try:
            left = iter(tasks)
            waiting = {pool.submit(_play_here, task) for task in islice(left, AHEAD * self.workers)}
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {pool.submit(_play_here, task) for task in islice(left, len(ready))}
                yield from (one.result() for one in ready)
        except BrokenProcessPool:
            told = "a process that played evenings was killed, perhaps for want of memory; begin again, with fewer --workers"
            raise WorldError(told) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def count(self) -> int:
        """Give how many evenings are played at once."""
        return self.workers

    def close(self) -> None:
        """Let go of nothing: the processes end with each call of `play`."""


_HERE: list[Serial] = []
"""In a worker: what it plays with."""


def _prepare(setup: Setup) -> None:
    """Make a worker ready; that the user interrupts is a matter of the process that started it, with which it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _HERE[:] = [Serial(setup.scenarios, Network(unpack(setup.map, "the map")))]


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, and end too: it may have been killed, and nobody else would know."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _play_here(task: Task) -> list[Row]:
    (player,) = _HERE
    return play_task(task, player.scenarios, player.network)
