"""S4: our agenda with empty handlers against bare SimPy with timeouts and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from simulation.channels.agenda import Agenda
from tests.benchmarks.measure import Row, cpu_seconds, in_turn, noise, ratios, spread
from tests.benchmarks.ours import collector_off

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS, OPEN, REPEATS = 100_000, 500, 9
_GOAL = 1.3


def rows() -> Iterator[Row]:
    """Measure."""
    ours, bare = in_turn(lambda: cpu_seconds(_ours), lambda: cpu_seconds(_bare), REPEATS)
    note = f"{spread(ours).median / EVENTS * 1e9:.0f} ns : {spread(bare).median / EVENTS * 1e9:.0f} ns an event"
    measure = "agenda with empty handlers against a SimPy timeout with a callback"
    yield Row("S4", measure, ratios(ours, bare), "x", _GOAL, at_least=False, noise=noise(ours, bare), note=note)


def _ours() -> None:
    agenda = Agenda()
    with collector_off():
        for begin in range(0, EVENTS, OPEN):
            for number in range(OPEN):
                agenda.at(begin + 1.0 + number * 0.001, _nothing)
            agenda.run()


def _bare() -> None:
    environment = simpy.Environment()
    with collector_off():
        for _ in range(0, EVENTS, OPEN):
            for number in range(OPEN):
                environment.timeout(1.0 + number * 0.001).callbacks.append(_ignore)
            environment.run()


def _nothing() -> None:
    """Handle nothing."""


def _ignore(_event: simpy.Event) -> None:
    """Handle nothing."""
