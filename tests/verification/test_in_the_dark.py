"""Worlds solved by hand after dark: lamps halve the rate of noticing and what is made out; without them it is worse."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.verification.lane import CERTAIN, LINE, UP_AND_DOWN, WINDOW, kinds, looks
from tests.verification.pencil import Pass
from tests.worlds import evening, play_all, street_map

SEEDS = range(120)
VALUES = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.86, "f_dark": 0.5, "f_unlit": 0.2}


def sightings(date: dt.date, lit: int, start_s: float = 70_200.0) -> list[list[int]]:
    """Let the suspect pass the window on an evening; give when he is recognised, in microseconds."""
    scenario = evening(
        VALUES | {"resight_s": 50.0, "p_go_out_player": 0.0},
        suspect=UP_AND_DOWN,
        game={"duration_s": 500.0},
        date=date,
        start_s=start_s,
    )
    lane = street_map(LINE, (WINDOW,))
    lamps = np.full(len(lane.streets.edge_nodes), lit, np.uint8)
    lane = replace(lane, streets=replace(lane.streets, edge_lit=lamps))
    return [kinds(trace, "sighting") for trace in play_all(scenario, lane, SEEDS)]


@pytest.mark.parametrize(("month", "lit", "light"), [(7, 1, 1.0), (7, 0, 1.0), (12, 1, 0.5), (12, 0, 0.2), (12, 255, 0.5)])
def test_the_same_evening_in_july_and_in_december(month: int, lit: int, light: float) -> None:
    solved = [looks(seed, [Pass(12.0, 100.0, 1.0, 0.0, 500.0)], VALUES, 50.0, light=light) for seed in SEEDS]
    assert sightings(dt.date(2026, month, 16), lit) == solved
    assert sum(len(moments) > 0 for moments in solved) >= 5


def test_darker_never_helps() -> None:
    # On the 16th of September the sun sets at ten to eight; at half past eight it is night.
    starts = (66_000.0, 72_000.0, 72_900.0, 75_000.0)
    noticed = [sum(len(moments) > 0 for moments in sightings(dt.date(2026, 9, 16), 0, start)) for start in starts]
    assert noticed == sorted(noticed, reverse=True)
    assert len(set(noticed)) == len(noticed)
