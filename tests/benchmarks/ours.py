"""Our engine as a campaign uses it: worlds of a batch drawn side by side, played one by one, the collector off."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from simulation.channels.agenda import Agenda
from simulation.engine import build_worlds, play
from tests.benchmarks.rules import Happened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.people.network import Network
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the cyclic collector from running."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def play_batch(scenario: Scenario, network: Network, seeds: range) -> list[Trace]:
    """Play the evening with each of these seeds."""
    with collector_off():
        return [play(world) for world in build_worlds(scenario, network, seeds)]


def happened(traces: list[Trace]) -> Happened:
    """Count what happened, on average per evening."""
    records = [record for trace in traces for record in trace.records]
    counts = [sum(record.kind == kind for record in records) for kind in ("sighting", "call", "post")]
    searchers = sum(len({record.who for record in trace.records if record.kind == "departure"}) for trace in traces)
    return Happened(*(number / len(traces) for number in (*counts, searchers)))


def entries(scenario: Scenario, network: Network, seed: int) -> int:
    """Count what is entered in the agenda during an evening."""
    agendas: list[Agenda] = []

    class Watched(Agenda):
        def __init__(self) -> None:
            super().__init__()
            agendas.append(self)

    with patch("simulation.engine.evening.Agenda", Watched):
        play_batch(scenario, network, range(seed, seed + 1))
    return sum(agenda.entries for agenda in agendas)


def mean(evenings: list[Happened]) -> Happened:
    """Average over evenings."""
    return Happened(*np.mean(evenings, axis=0).tolist())
