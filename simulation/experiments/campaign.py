"""A campaign: the evenings of a design, played by somebody and kept somewhere, as far as they are not there yet."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulation.experiments.design import Design
    from simulation.experiments.executors import Executor
    from simulation.experiments.playing import Row
    from simulation.experiments.results import Store

WORLDS_AT_ONCE = 6
"""Worlds in one task: enough to draw them side by side, few enough to lose little when it is cut short."""


@dataclass(frozen=True)
class Campaign:
    """The evenings of a design.

    Parameters
    ----------
    design
        What is played.
    executor
        Who plays.
    store
        Where the evenings are kept.
    progress
        Is given the rows that come in.
    at_once
        Most worlds in one task; it changes nothing but the time that it takes.
    """

    design: Design
    executor: Executor
    store: Store
    progress: Callable[[Sequence[Row]], None] | None = None
    at_once: int = WORLDS_AT_ONCE

    def play(self, replications: int) -> pa.Table:
        """Give the rows of so many worlds, playing those that were not yet played.

        What comes in is kept, whatever stops the rest.
        """
        seeds = self.design.seeds(replications)
        tasks = self.design.tasks(seeds, self.store.done(), self.at_once)
        with closing(self.executor.play(tasks)) as played:
            for rows in played:
                self.store.add(rows)
                if self.progress is not None:
                    self.progress(rows)
        table = self.store.table()
        wanted = np.isin(table["seed"].to_numpy(), np.arange(seeds.start, seeds.stop))
        return table.filter(pa.array(wanted))

    def left(self, replications: int) -> int:
        """Count the evenings of so many worlds that are still to be played."""
        seeds = self.design.seeds(replications)
        return len(self.design.conditions) * len(seeds) - sum(cell.seed in seeds for cell in self.store.done())
