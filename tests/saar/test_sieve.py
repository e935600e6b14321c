"""The sieve on its own: long straight movements through its slots of time, and boxes at the very border of reach."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.people.network import Frames
from simulation.people.walks import Legs
from simulation.saar.sieve import Sieve

SLOT_S, REACH_M = 10.0, 5.0


def straight(corners: list[tuple[float, float]], lasting: list[float], begin: float) -> Legs:
    """Let a suspect go straight from corner to corner, each in its time."""
    place, took = np.array(corners), np.array(lasting)
    start = begin + np.concatenate([[0.0], np.cumsum(took)[:-1]])
    pace = (place[1:] - place[:-1]) / took[:, np.newaxis]
    none = np.zeros(len(took), np.int64)
    return Legs(none, start, start + took, place[:-1, 0], place[:-1, 1], pace[:, 0], pace[:, 1], none, none, start, took)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.floats(-500.0, 500.0), st.floats(-500.0, 500.0), st.floats(0.5, 40.0)), min_size=2, max_size=6),
    st.floats(0.0, 35.0),
    st.floats(0.0, 1.0),
    st.tuples(st.floats(0.0, 19.0), st.floats(0.0, 19.0)),
    st.floats(0.0, 6.28),
)
def test_who_stands_within_reach_of_the_way_at_the_time_passes(
    corners: list[tuple[float, float, float]], begin: float, share: float, around: tuple[float, float], angle: float
) -> None:
    legs = straight([(x, y) for x, y, _ in corners], [took for _, _, took in corners[1:]], begin)
    sieve = Sieve(legs, np.array([0, len(legs)]), SLOT_S)
    time = float(legs.start[0] + share * (legs.stop[-1] - legs.start[0]))
    leg = max(int(np.searchsorted(legs.start, time, side="right")) - 1, 0)
    x = float(legs.x[leg] + (time - legs.start[leg]) * legs.vx[leg]) + 0.99 * REACH_M * np.cos(angle)
    y = float(legs.y[leg] + (time - legs.start[leg]) * legs.vy[leg]) + 0.99 * REACH_M * np.sin(angle)
    point = Frames(*(np.array([value]) for value in (x, y, x, y)))
    span = (np.array([time - around[0]]), np.array([time + around[1] + 1e-6]))
    where = np.zeros(1, np.int64)
    assert sieve.passes(np.zeros(1, np.int64), span, point, where, REACH_M).tolist() == [0]
    assert sieve.passes(np.full(1, -1), span, point, where, REACH_M).tolist() == []


def test_who_is_far_away_does_not_pass() -> None:
    legs = straight([(0.0, 0.0), (1000.0, 0.0)], [100.0], 0.0)
    sieve = Sieve(legs, np.array([0, 1]), SLOT_S)
    point = Frames(*(np.array([value]) for value in (600.0, 0.0, 600.0, 0.0)))
    spans = [(1.0, 5.0), (15.0, 29.0), (61.0, 65.0), (81.0, 85.0), (101.0, 140.0)]
    which = np.zeros(len(spans), np.int64)
    times = tuple(np.array(column) for column in zip(*spans, strict=True))
    assert sieve.passes(which, (times[0], times[1]), point, which, REACH_M).tolist() == [2]
