"""Noticing as a hazard: the chance of the standard pass comes back, and news half-way changes nothing but the pace."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from simulation.draws import exponentials, stream_key
from simulation.engine import build_worlds
from simulation.people.network import Network
from simulation.saar.attention import Attention, next_look
from simulation.saar.spot import Chance, noticing_rate
from simulation.scenario.model import Parameters, Place, Route
from tests.worlds import LOOSE_ENDS, House, evening, street_map

REACH_M = 100.0


def _pass(nearest_m: float, speed: float, values: Parameters) -> Chance:
    """Give the stretch of hazard of a straight pass within reach, closest at t = 0."""
    half = float(np.sqrt(REACH_M**2 - nearest_m**2)) / speed
    h2 = values["d_half_m"] ** 2
    rate = noticing_rate(values) * h2
    scale = float(np.sqrt(h2 + nearest_m**2))
    total, _ = quad(lambda t: rate / (scale**2 + (speed * t) ** 2), -half, half)
    return Chance(-half, half, 0.0, speed, scale, rate, total=total, looking=True, in_act=False)


@pytest.mark.parametrize("p_notice", [0.33, 0.5, 0.86])
def test_the_standard_pass_gives_the_chance_back(p_notice: float) -> None:
    values = Parameters({"p_notice_walker": p_notice})
    standard = _pass(2.0, 1.34, values)
    assert 1.0 - np.exp(-standard.total) == pytest.approx(p_notice, abs=1e-9)
    assert standard.hazard(standard.start, 3.0) + standard.hazard(3.0, standard.stop) == pytest.approx(standard.total)
    thresholds = exponentials(stream_key(1, "test"), np.arange(40_000)).tolist()
    looked = [next_look([standard], Attention(-np.inf, 0.0), -np.inf, one) < np.inf for one in thresholds]
    assert abs(np.mean(looked) - p_notice) < 4.0 * np.sqrt(p_notice * (1.0 - p_notice) / len(looked))


def test_a_window_at_two_metres_notices_half_of_those_who_pass() -> None:
    # The whole engine: one home 2 m from a straight street, a suspect who passes once at 1.34 m/s.
    west, east = [(-150.0, 0.0), (-120.0, 0.0)], [(120.0, 0.0), (150.0, 0.0)]
    lines = {"West": west, "Midden": [west[1], east[0]], "Oost": east}
    there = {"start": Place(street="West"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))}
    scenario = evening(
        LOOSE_ENDS | {"p_watch": 1.0, "p_watch_player": 1.0, "p_player_street": 0.0},
        suspect=there | {"speed_mps": 1.34},
        game={"duration_s": 270.0 / 1.34},
    )
    network = Network(street_map(lines, [House((0.0, 2.0), "Hofje")]))
    looks = np.concatenate([world.looks for world in build_worlds(scenario, network, range(2000))])
    assert len(looks) == 2000
    assert abs(np.isfinite(looks).mean() - 0.5) < 4.0 * np.sqrt(0.25 / 2000)


@given(
    nearest_m=st.floats(0.5, 90.0),
    speed=st.floats(0.3, 8.0),
    share=st.floats(0.01, 0.99),
    known_at=st.floats(0.0, 0.9),
    factor=st.floats(0.05, 1.0),
    alerted=st.tuples(st.floats(0.0, 1.0), st.floats(0.01, 0.5)),
)
def test_a_look_comes_when_the_summed_hazard_reaches_the_threshold(
    nearest_m: float, speed: float, share: float, known_at: float, factor: float, alerted: tuple[float, float]
) -> None:
    # He does not look by himself, knows the description from some moment on, and is alerted for a while.
    values = Parameters()
    chance = _pass(nearest_m, speed, values)._replace(looking=False)
    length = chance.stop - chance.start
    begin, end = chance.start + alerted[0] * length, chance.start + (alerted[0] + alerted[1]) * length
    attention = Attention(chance.start + known_at * length, factor)
    attention.alert(begin, end)
    low, high = max(begin, attention.described_from), min(end, chance.stop)
    h2 = values["d_half_m"] ** 2

    def hazard(time: float) -> float:
        return factor * noticing_rate(values) * h2 / (h2 + nearest_m**2 + (speed * time) ** 2)

    total = quad(hazard, low, high)[0] if high > low else 0.0
    assert next_look([chance], attention, -np.inf, total * 1.001 + 1e-9) == np.inf
    if total > 1e-6:
        look = next_look([chance], attention, -np.inf, share * total)
        assert low <= look <= high
        assert quad(hazard, low, look)[0] == pytest.approx(share * total, rel=1e-6)
