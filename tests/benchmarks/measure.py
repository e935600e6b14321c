"""Measuring two ways to do the same beside each other on a machine that others use too.

Both sides run in turn, A B A B, so that a slow moment hits them alike; what counts is CPU time, and the median of the ratios.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Spread(NamedTuple):
    """A figure measured several times."""

    median: float
    low: float
    high: float


class Row(NamedTuple):
    """One line of the table.

    Parameters
    ----------
    name, measure
        Number of the goal, and what is compared.
    figure
        What came out; None where it was not measured.
    unit
        Of the figure: `x` for a ratio.
    goal
        Limit of the figure; None where there is no goal.
    at_least
        Whether the figure must reach the goal, or stay below it.
    noise
        Spread of the slower side over its repeats, as a share of its median.
    note
        The two sides in seconds, or why the line was skipped.
    """

    name: str
    measure: str
    figure: Spread | None
    unit: str = "x"
    goal: float | None = None
    at_least: bool = True
    noise: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where that cannot be said."""
        if self.figure is None or self.goal is None:
            return None
        return self.figure.median >= self.goal if self.at_least else self.figure.median <= self.goal


def spread(values: list[float]) -> Spread:
    """Give the median and the range of repeated figures."""
    return Spread(statistics.median(values), min(values), max(values))


def cpu_seconds(work: Callable[[], object]) -> float:
    """Time some work in this process, the collector having been run before."""
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def child_cpu_seconds(arguments: list[str], folder: Path) -> float:
    """Time a fresh Python with these arguments, user and system time together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL, env=compiled())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def compiled() -> dict[str, str]:
    """Give an environment in which Python keeps what it has compiled, as an installer does: the second run finds it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": _bytecode().name}


def in_turn(one: Callable[[], float], other: Callable[[], float], repeats: int) -> tuple[list[float], list[float]]:
    """Time two sides in turn, after one round that does not count."""
    one(), other()
    rounds = [(one(), other()) for _ in range(repeats)]
    return [first for first, _ in rounds], [second for _, second in rounds]


def ratios(top: list[float], bottom: list[float]) -> Spread:
    """Divide what was measured in the same round."""
    return spread([first / second for first, second in zip(top, bottom, strict=True)])


def noise(*sides: list[float]) -> float:
    """Give the widest spread of a side over its repeats, as a share of its median."""
    return max((max(side) - min(side)) / statistics.median(side) for side in sides)
