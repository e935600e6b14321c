"""Walking up to a suspect: the first moment that can be, found by trying every moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.people.suspects import appear
from simulation.saar.pursuit import catch_up
from simulation.scenario.model import Pauses
from tests.people.mazes import SEEDS, maze
from tests.worlds import evening

if TYPE_CHECKING:
    from simulation.people.network import Network
    from simulation.people.shadows import Shadow

BEGIN, TICK = 300.0, 0.5
WALKER = (1.5, 5.0)


def shadow_of(seed: int, speed: float) -> Shadow:
    suspect = {"speed_mps": speed, "pauses": Pauses(per_hour=30.0, duration_s=25.0)}
    return appear(evening(suspect=suspect, game={"duration_s": 1200.0}), maze(seed), [seed])[0][0]


def point(network: Network, shadow: Shadow, time: float) -> tuple[int, float]:
    """Give the point of the streets at which a suspect is."""
    legs, leg = shadow.legs, shadow.leg_at(time)
    on_piece = float(legs.at[leg] + legs.along[leg] * (min(time, float(legs.stop[leg])) - legs.start[leg]))
    return int(network.edge_of_piece[legs.piece[leg]]), float(network.map.streets.piece_at[legs.piece[leg]]) + on_piece


def spare(network: Network, shadow: Shadow, here: tuple[int, float], time: float) -> float:
    """Give how many metres a walker has to spare, were he to reach the suspect at a moment."""
    return WALKER[0] * (time - BEGIN) + WALKER[1] - network.way(here, point(network, shadow, time))[1]


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.sampled_from([0.7, 1.2, 3.5]),
    st.one_of(st.floats(-9.0, 9.0), st.tuples(st.integers(0, 50), st.floats(0.0, 1.0))),
    st.sampled_from([60.0, 250.0]),
)
def test_one_catches_up_at_the_first_moment_that_can_be(
    seed: int, speed: float, start: float | tuple[int, float], lasting: float
) -> None:
    network, shadow = maze(seed), shadow_of(seed, speed)
    if isinstance(start, float):
        edge, at = point(network, shadow, BEGIN)
        here = edge, float(np.clip(at + start, 0.0, network.edge_length[edge]))
    else:
        edge = start[0] % len(network.edge_length)
        here = edge, start[1] * float(network.edge_length[edge])
    found = catch_up(network, shadow, here, (BEGIN, BEGIN + lasting), WALKER)
    ticks = np.arange(BEGIN, BEGIN + lasting, TICK).tolist()
    first = next((tick for tick in ticks if spare(network, shadow, here, tick) >= 1e-6), None)
    if found is None:
        assert first is None
        return
    moment = found
    assert moment <= (BEGIN + lasting if first is None else first) + 1e-9
    # Who is faster can come within reach and be gone again between two ticks.
    assert first is None or speed > WALKER[0] or moment >= first - TICK - 1e-6
    assert spare(network, shadow, here, moment) >= -1e-5


def test_who_is_next_to_him_speaks_at_once() -> None:
    network, shadow = maze(0), shadow_of(0, 1.2)
    here = point(network, shadow, BEGIN)
    assert catch_up(network, shadow, here, (BEGIN, BEGIN + 60.0), WALKER) == BEGIN


def test_who_is_within_speaking_distance_speaks_even_to_who_runs_away() -> None:
    network, shadow = maze(1), shadow_of(1, 6.0)
    edge, at = point(network, shadow, BEGIN)
    away = -4.0 if shadow.legs.along[shadow.leg_at(BEGIN)] > 0.0 else 4.0
    found = catch_up(network, shadow, (edge, at + away), (BEGIN, BEGIN + 60.0), WALKER)
    assert found is not None
    assert found == BEGIN
