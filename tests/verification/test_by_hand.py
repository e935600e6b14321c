"""Worlds solved by hand: one street, one window, one suspect; every record to the microsecond."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from simulation.draws import stream_key, uniform
from simulation.scenario.model import Act, Number, Place, Route
from simulation.trace.canonical import canonical
from tests.verification.pencil import Pass, micros, misses, notice_rate, pair, phone_checks, resident, threshold
from tests.worlds import LOOSE_ENDS, House, evening, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

REACH_M = 100.0
CERTAIN = {
    **LOOSE_ENDS,
    "p_watch": 1.0,
    "p_player_street": 0.0,
    "p_household_member": 1.0,
    "p_report_player": 1.0,
    "p_post_player": 1.0,
    "p_post_called_stated": 1.0,
    "p_challenge_player": 1.0,
    "call_hold_mean_s": 75.0,
    "place_error_m": 0.0,
    **{f"p_tell_{element}": 1.0 for element in ("who", "what", "where", "when", "how", "whereto")},
}
"""Everybody looks out, calls and tells everything; a conversation lasts 75 s."""

LINE = {"West": [(0.0, 0.0), (100.0, 0.0)], "Midden": [(100.0, 0.0), (520.0, 0.0)], "Oost": [(520.0, 0.0), (620.0, 0.0)]}
"""One straight street with three names; the suspect starts at x = 50, turns at x = 570, and walks at 1 m/s."""

WINDOW = House((150.0, 12.0), "Hofje", "1")
UP_AND_DOWN = {"start": Place(street="West"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))}
DURATION_S = 900.0


def played(scenario: Scenario, *houses: House, seeds: range, side: bool = False) -> list[Trace]:
    streets = LINE | ({"Zij": [(520.0, 0.0), (520.0, 150.0)]} if side else {})
    return play_all(scenario, street_map(streets, houses), seeds)


def kinds(trace: Trace, kind: str) -> list[int]:
    return [record.time_us for record in trace.records if record.kind == kind]


def looks(seed: int, passes: list[Pass], values: dict[str, float], resight_s: float) -> list[int]:
    """Solve when the resident of the first house recognises the suspect, in microseconds."""
    half, rate = values["d_half_m"], notice_rate(values["p_notice_walker"], values["d_half_m"], REACH_M)
    key, since, looked, found = pair(resident("n0001")), -math.inf, 0, []
    while True:
        left = threshold(seed, key, looked)
        for one in passes:
            low, high = one.within(REACH_M)
            low = max(low, since)
            if low >= high:
                continue
            total = one.hazard((low, high), rate, half)
            if total > left:
                break
            left -= total
        else:
            return found
        now = micros(one.moment(low, left, rate, half))
        clear = half**2 / (half**2 + one.distance(now) ** 2)
        since = now
        if misses(seed, key, "upper", looked) < clear:
            found.append(round(now * 1e6))
            since = micros(now + resight_s)
        looked += 1


def test_when_one_window_recognises_one_suspect() -> None:
    # He passes at 12 m at t = 100, turns at t = 520, and passes again at t = 940, after the end.
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.5}
    duration = 1200.0
    passes = [Pass(12.0, 100.0, 1.0, 0.0, 520.0), Pass(12.0, 940.0, 1.0, 520.0, 1040.0)]
    passes.append(Pass(12.0, 1140.0, 1.0, 1040.0, duration))
    scenario = evening(values | {"resight_s": 50.0}, suspect=UP_AND_DOWN, game={"duration_s": duration})
    seeds = range(60)
    solved = [looks(seed, passes, values, 50.0) for seed in seeds]
    assert [kinds(trace, "sighting") for trace in played(scenario, WINDOW, seeds=seeds)] == solved
    assert sum(len(moments) > 1 for moments in solved) >= 5


def test_a_suspect_who_stands_still_before_a_window() -> None:
    # He does something all the time from t = 0 on, twice as conspicuous; nobody has a description: one sighting per act.
    duration = 600.0
    act = Act(name="voelt aan deuren", per_hour=2.0, duration_s=7200.0, conspicuousness=2.0)
    scenario = evening(
        CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.5, "p_report_player": 1e-9, "p_post_player": 1e-9},
        suspect=UP_AND_DOWN | {"acts": (act,)},
        game={"duration_s": duration},
        players={"share": 1.0, "know": ()},
    )
    rate = 2.0 * notice_rate(0.5, 40.0, REACH_M)
    noticed = 0
    for seed, trace in zip(range(40), played(scenario, WINDOW, seeds=range(40)), strict=True):
        start = micros(_first_stop(seed, 2.0))
        away = math.hypot(50.0 + start - 150.0, 12.0)
        if start >= duration or away > REACH_M:
            assert kinds(trace, "sighting") == []
            continue
        factor = 1600.0 / (1600.0 + away**2)
        now = start + threshold(seed, pair(resident("n0001")), 0) / (rate * factor)
        assert kinds(trace, "act") == [round(start * 1e6)]
        assert kinds(trace, "sighting") == ([round(now * 1e6)] if now < duration else [])
        noticed += now < duration
    assert noticed >= 3


def _first_stop(seed: int, per_hour: float) -> float:
    from simulation.draws import text_key

    return -math.log(uniform(stream_key(seed, "suspect-stop-0"), text_key("suspect-1"))) * 3600.0 / per_hour
