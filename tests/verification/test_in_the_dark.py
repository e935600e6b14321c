"""Worlds solved by hand after dark: lamps halve the rate of noticing and what is made out; without them it is worse."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from simulation.scoring import score
from simulation.scoring.summary import summary_lines
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


@pytest.mark.parametrize(
    ("date", "start_s", "sunset_s", "dark_s"),
    [
        # Sunset and the end of civil twilight of the almanac, in steps of five minutes: 16 September 19:49 and 20:22.
        (dt.date(2026, 9, 16), 68_400.0, 3_000.0, 4_800.0),
        (dt.date(2026, 9, 16), 72_000.0, None, 1_200.0),
        (dt.date(2026, 12, 16), 70_200.0, None, 0.0),
        (dt.date(2026, 7, 16), 70_200.0, None, None),
    ],
)
def test_an_evening_tells_when_the_sun_sets_and_when_it_is_dark(
    date: dt.date, start_s: float, sunset_s: float | None, dark_s: float | None
) -> None:
    scenario = evening(CERTAIN, suspect=UP_AND_DOWN, game={"duration_s": 5400.0, "stop": "time"}, date=date, start_s=start_s)
    (trace,) = play_all(scenario, street_map(LINE, (WINDOW,)), range(1))
    for kind, moment in (("sunset", sunset_s), ("dark", dark_s)):
        told = [record for record in trace.records if record.kind == kind]
        assert [record.time_s for record in told] == ([] if moment is None else [pytest.approx(moment, abs=300.0)])
        assert all(record.causes == ("fact:date", "fact:start") for record in told)
    assert score(trace)["dark_from_s"] == next((one.time_s for one in trace.records if one.kind == "dark"), None)
    lines = " ".join(summary_lines(trace.header, score(trace), "en"))
    assert ("It was dark from about 20:2" in lines) == (dark_s not in {None, 0.0})
    assert ("It was dark all evening." in lines) == (dark_s == 0.0)
