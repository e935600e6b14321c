"""Searches solved by hand: where one looks, what newer information changes, and when one gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulation.scenario.model import Hint
from tests.verification.lane import CERTAIN, UP_AND_DOWN, WINDOW, played
from tests.verification.pencil import phone_checks, resident
from tests.verification.searcher import News, Plan, solve, then_home
from tests.worlds import evening

if TYPE_CHECKING:
    from simulation.trace.log import Trace

DOOR = (150.0, 0.0)
GIVE_UP_S, END_S, SHOES_S = 300.0, 900.0, 60.0
BLIND = {"p_notice_walker": 1e-9, "p_go_out_player": 1.0, "p_search_bike": 0.0, "give_up_s": GIVE_UP_S}
SEEDS = range(60)


def hint_at(time: float) -> News:
    """Give what a hint tells: he starts at x = 50 and walks at 1 m/s, turns at x = 570 and comes back."""
    return News(50.0 + time, east=True, seen=time) if time < 520.0 else News(1090.0 - time, east=False, seen=time)


def read_at(seed: int, sent: float) -> float:
    return min(check for check in phone_checks(seed, resident("n0001"), 60.0, 0.8, END_S + 900.0) if check > sent)


def happened(trace: Trace, kind: str) -> list[Any]:
    return [record for record in trace.records if record.kind == kind and record.who == "n0001/1"]


def check_route(record: Any, plan: Plan) -> None:
    columns = (record.data[name].tolist() for name in ("t_s", "x_m", "y_m"))
    walked, solved = apart(list(zip(*columns, strict=True))), apart(plan.points)
    assert [time for time, _, _ in walked] == pytest.approx([time for time, _, _ in solved], abs=5e-5)
    assert [at for _, *at in walked] == [pytest.approx(at, abs=2e-3) for _, *at in solved]


def apart(points: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Leave out points that are reached at the same moment as the one before, but for rounding."""
    return [point for number, point in enumerate(points) if not number or point[0] - points[number - 1][0] > 1e-5]


@pytest.mark.parametrize("side_m", [0.0, 150.0])
def test_one_searches_until_one_gives_up_and_goes_home(side_m: float) -> None:
    # He reads a hint at home, leaves a minute later, and hears nothing new.
    hints = (Hint(at_s=200.0, where=True),)
    scenario = evening(CERTAIN | BLIND, suspect=UP_AND_DOWN, game={"duration_s": END_S, "hints": hints})
    several = 0
    for seed, trace in zip(SEEDS, played(scenario, WINDOW, seeds=SEEDS, side=side_m > 0.0), strict=True):
        read = read_at(seed, 200.0)
        plan = then_home(solve(seed, resident("n0001"), hint_at(200.0), (DOOR, read + SHOES_S), GIVE_UP_S, 0, side_m), DOOR)
        (route,) = happened(trace, "route")
        check_route(route, plan)
        assert list(route.causes) == ["departure:n0001/1:1", "draw:search-bike:n0001/1:0", "draw:search-goal:n0001/1:1"]
        arrivals = [[record.time_s, record.data["x_m"], record.data["y_m"]] for record in happened(trace, "arrival")]
        assert arrivals == [pytest.approx([plan.arrive, *plan.goal], abs=5e-6)][: plan.arrive < END_S]
        gave_up = [record.time_s for record in happened(trace, "gave_up")]
        assert gave_up == [pytest.approx(plan.give_up, abs=5e-6)][: plan.give_up < END_S]
        several += plan.goals > 2
    assert several > 20


def test_newer_information_makes_another_search_from_where_one_is() -> None:
    first, second = 30.0, 330.0
    hints = (Hint(at_s=first, where=True), Hint(at_s=second, where=True))
    scenario = evening(CERTAIN | BLIND, suspect=UP_AND_DOWN, game={"duration_s": END_S, "hints": hints})
    cases = {"out": 0, "home": 0, "at once": 0}
    for seed, trace in zip(SEEDS, played(scenario, WINDOW, seeds=SEEDS), strict=True):
        reads = [read_at(seed, sent) for sent in (first, second)]
        plans: list[Plan] = []
        if reads[0] < reads[1]:
            plans = [then_home(solve(seed, resident("n0001"), hint_at(first), (DOOR, reads[0] + SHOES_S), GIVE_UP_S), DOOR)]
        if not plans or plans[0].home <= reads[1]:
            start = DOOR, reads[1] + SHOES_S
        else:
            start = plans[0].at(reads[1]), max(reads[1], plans[0].points[0][0])
        drawn = plans[0].goals if plans else 0
        plans.append(then_home(solve(seed, resident("n0001"), hint_at(second), start, GIVE_UP_S, drawn), DOOR))
        case = "at once" if len(plans) == 1 else "home" if start[0] == DOOR else "out"
        cases[case] += 1
        routes = happened(trace, "route")
        assert len(routes) == len(plans)
        for route, plan in zip(routes, plans, strict=True):
            check_route(route, plan)
        heard = [plan for plan in plans if case != "out" or plan is plans[-1] or plan.give_up < reads[1]]
        expected = [pytest.approx(plan.give_up, abs=5e-6) for plan in heard if plan.give_up < END_S]
        assert [record.time_s for record in happened(trace, "gave_up")] == expected
    assert min(cases["out"], cases["home"]) > 5
