"""A workshop in noticing acts on the rate of noticing: windows solved by hand, and the chance on a standard pass."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.draws import stream_key, uniform
from simulation.people.network import Network
from simulation.people.population import settle
from simulation.scenario.model import Residents
from tests.people.test_population import close_to
from tests.verification.lane import CERTAIN, REACH_M, UP_AND_DOWN, WINDOW, looks, played
from tests.verification.pencil import Pass, notice_rate, resident
from tests.worlds import evening, made_neighbourhood

FACTOR, SEEDS = 1.8, range(200)


def test_a_standard_pass_is_noticed_with_the_chance_of_that_many_passes() -> None:
    # 2 m away, at 1.34 m/s: 1 - (1 - p)^f.
    chance, half = 0.4, 40.0
    one = Pass(2.0, 0.0, 1.34, -1e3, 1e3)
    hazard = one.hazard(one.within(REACH_M), FACTOR * notice_rate(chance, half, REACH_M), half)
    assert 1.0 - math.exp(-hazard) == pytest.approx(1.0 - (1.0 - chance) ** FACTOR)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_who_took_a_workshop_notices_at_a_higher_rate(share: float) -> None:
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.4, "p_go_out_player": 0.0, "resight_s": 1e5}
    scenario = evening(
        values | {"training_factor": FACTOR},
        suspect=UP_AND_DOWN,
        game={"duration_s": 500.0},
        residents=Residents(trained=share),
    )
    passing, sooner = [Pass(12.0, 100.0, 1.0, 0.0, 500.0)], 0
    for seed, trace in zip(SEEDS, played(scenario, WINDOW, seeds=SEEDS), strict=True):
        trained = uniform(stream_key(seed, "trained"), resident("n0001")) < share
        solved = looks(seed, passing, values, 1e5, factor=FACTOR if trained else 1.0)
        assert [record.time_us for record in trace.records if record.kind == "sighting"] == solved
        sooner += trained and bool(solved)
    assert (sooner > 20) == (share > 0.0)


def test_residents_are_trained_at_their_share_and_more_of_them_at_a_larger_one() -> None:
    network = Network(made_neighbourhood())
    few, many = (
        settle(evening({"training_factor": 2.0}, residents=Residents(trained=share)), network, range(40))
        for share in (0.2, 0.6)
    )
    trained = [people.eyes[:, 0] == 2.0 for people in (few, many)]
    for share, flags, people in zip((0.2, 0.6), trained, (few, many), strict=True):
        assert close_to(flags, share)
        assert np.array_equal(people.eyes, np.where(flags[:, np.newaxis], 2.0, 1.0) * np.ones(2))
    assert (trained[1] | ~trained[0]).all()
