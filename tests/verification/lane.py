"""One straight street with a window on it, for worlds solved by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.scenario.model import Place, Route
from tests.verification.pencil import Pass, micros, misses, notice_rate, pair, resident, threshold
from tests.worlds import LOOSE_ENDS, House, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

REACH_M = 100.0
CERTAIN = {
    **LOOSE_ENDS,
    "p_watch": 1.0,
    "p_watch_player": 1.0,
    "p_player_street": 0.0,
    "p_household_member": 1.0,
    "p_report_player": 1.0,
    "p_post_player": 1.0,
    "p_post_called_stated": 1.0,
    "p_challenge_player": 1.0,
    "p_search_bike": 0.0,
    "p_follow": 0.0,
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


def looks(
    seed: int,
    passes: list[Pass],
    values: dict[str, float],
    resight_s: float,
    since: float = -math.inf,
    light: float = 1.0,
    whom: str = "suspect-1",
    factor: float = 1.0,
    who: str | int = "n0001",
) -> list[int]:
    """Solve when a resident, who looks out since a moment, recognises somebody, in microseconds.

    `factor` is his own on noticing, `who` his home, the first house unless told, or the key of his draws.
    """
    half, rate = values["d_half_m"], factor * light * notice_rate(values["p_notice_walker"], values["d_half_m"], REACH_M)
    key, looked, found = pair(resident(who) if isinstance(who, str) else who, whom), 0, list[int]()
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
        clear = light * half**2 / (half**2 + one.distance(now) ** 2)
        since = now
        if misses(seed, key, "upper", looked) < clear:
            found.append(round(now * 1e6))
            since = micros(now + resight_s)
        looked += 1
