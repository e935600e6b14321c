"""Playing the evenings of a task: worlds drawn once, played under each condition, and scored."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from simulation.engine.evening import play
from simulation.engine.world import build_worlds
from simulation.experiments.design import Cell
from simulation.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.engine.world import World
    from simulation.experiments.design import Task
    from simulation.people.network import Network
    from simulation.scenario.model import Scenario

Row = dict[str, Any]
"""What an evening came to: `condition` and `seed`, `failure` (empty where it was played), and the measures of `score.json`."""

_LONGEST = 500
"""Characters that are kept of what went wrong."""


def play_task(task: Task, scenarios: Sequence[Scenario], network: Network) -> list[Row]:
    """Play the evenings of a task; one that fails is a row that says so, and the others go on.

    Parameters
    ----------
    task
        Which evenings.
    scenarios
        The evening of each condition of the design.
    network
        The streets.

    Returns
    -------
    A row for each evening: by seed, then by condition.
    """
    rows: list[Row] = []
    with _collector_off():
        for seed, world in zip(task.seeds, _worlds(scenarios[task.conditions[0]], network, task.seeds), strict=True):
            rows += [_row(Cell(condition, seed), world, scenarios[condition]) for condition in task.conditions]
            gc.collect()
    return rows


def _row(cell: Cell, world: World | str, scenario: Scenario) -> Row:
    """Play one evening; where its world could not even be drawn, that is what went wrong."""
    failure, measures = world if isinstance(world, str) else "", {}
    if not isinstance(world, str):
        try:
            measures = score(play(world.under(scenario.with_seed(cell.seed))))
        except Exception as error:  # noqa: BLE001 - a failed evening is a result, whatever made it fail
            failure = _told(error)
    return {**cell._asdict(), "failure": failure, **measures}


def _worlds(scenario: Scenario, network: Network, seeds: Sequence[int]) -> list[World | str]:
    """Draw worlds side by side, or one by one where one of them fails: then what went wrong is in its place."""
    try:
        return [*build_worlds(scenario, network, seeds)]
    except Exception as error:  # noqa: BLE001 - as above
        if len(seeds) == 1:
            return [_told(error)]
    return [world for seed in seeds for world in _worlds(scenario, network, [seed])]


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST]


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the cyclic collector from running in the middle of an evening: it takes a tenth of the time and more.

    When it is called between worlds it need not look at what was there before any of them: that took as long again.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
