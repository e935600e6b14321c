"""A workshop in noticing acts on the rate of noticing: windows solved by hand, and the chance on a standard pass."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.draws import stream_key, uniform
from simulation.people.network import Network
from simulation.people.population import settle
from simulation.scenario.model import Hint, Residents
from tests.people.test_population import close_to
from tests.verification.lane import CERTAIN, REACH_M, UP_AND_DOWN, WINDOW, looks, played
from tests.verification.pencil import Pass, notice_rate, phone_checks, resident
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


def test_who_goes_out_takes_his_training_along() -> None:
    # He reads that the suspect was at x = 80, leaves his door at (150, 0) a minute later, and walks towards him at 1.34 m/s.
    goes = {"p_challenge_player": 0.0, "p_go_out_player": 1.0, "read_delay_player_median_s": 10.0, "training_factor": FACTOR}
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.33} | goes
    end, on_the_way = 150.0, 0
    game = {"duration_s": end, "hints": (Hint(at_s=30.0, where=True),)}
    scenario = evening(values, suspect=UP_AND_DOWN, game=game, residents=Residents(trained=1.0))
    for seed, trace in zip(SEEDS, played(scenario, WINDOW, seeds=SEEDS), strict=True):
        read = min(check for check in phone_checks(seed, resident("n0001"), 10.0, 0.8, 1200.0) if check > 30.0)
        out = read + 60.0
        there = min(out + (150.0 - 80.0) / 1.34, end)
        meeting = (100.0 + 1.34 * out) / 2.34
        passes = [Pass(12.0, 100.0, 1.0, 0.0, min(out, end))] + [Pass(0.0, meeting, 2.34, out, there)] * (out < end)
        expected = [moment for moment in looks(seed, passes, values, 1e9, factor=FACTOR) if moment < there * 1e6]
        seen = [record.time_us for record in trace.records if record.kind == "sighting"][:1]
        assert [moment for moment in seen if moment < there * 1e6] == expected
        on_the_way += any(moment > out * 1e6 for moment in expected)
    assert on_the_way >= 5
