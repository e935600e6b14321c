"""Searching: where those go who have heard of a place, on the stage of a long street with a side street."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import chisquare

from simulation.channels.messages import Message, Spot
from simulation.saar.respond import call_out, take_way
from simulation.saar.search import plan_search
from tests.saar.stages import has_posted, records, stage_of

if TYPE_CHECKING:
    from simulation.saar.search import Search
    from simulation.saar.stage import Stage

SEEDS = range(30)
DOOR = (0, 20.0)
"""The door of the first house, at x = 20 on the street West."""


def news(x: float, seen_s: float = 0.0, direction: float | None = 0.0) -> Message:
    return Message("sighting", 0, Spot(x, 0.0, "West"), direction, seen_s, ("upper",))


def searches(choices: float, message: Message, begin: float) -> list[tuple[Stage, int, Search]]:
    """Let nine people search in each of many worlds, all from the same door, at 1.34 m/s."""
    stages = [stage_of({"search_choices": choices}, seed) for seed in SEEDS]
    people = [(stage, person) for stage in stages for person in range(9)]
    return [(stage, person, plan_search(stage, person, (DOOR, begin), message, 1.34)) for stage, person in people]


def first_places(choices: float, message: Message, begin: float) -> list[float]:
    """Give x of the first places to which people go; of those in the side street 1200 and y."""
    places = [stage.network.position(*search.goal) for stage, _, search in searches(choices, message, begin)]
    return [1200.0 + y if y > 0.0 else x for x, y in places]


def test_searchers_spread_as_they_believe() -> None:
    # After 150 s he can be 240 m on: from x = 160 to 640 on the street, and 40 m up the side street at x = 600.
    places = first_places(1.0, news(400.0), 150.0)
    borders = np.array([160.0, 220.0, 280.0, 340.0, 400.0, 440.0, 480.0, 520.0, 560.0, 600.0, 640.0, 1240.0])
    metres = np.array([60.0, 60.0, 60.0, 60.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0])
    weights = metres * np.array([1.0] * 4 + [3.0] * 7)
    counts = np.histogram(places, borders)[0]
    assert counts.sum() == len(places) == 9 * len(SEEDS)
    assert chisquare(counts, weights / weights.sum() * len(places)).pvalue > 1e-3


def test_of_the_places_one_thinks_of_one_goes_to_the_nearest() -> None:
    # All start from x = 20: the nearest of three is beyond x with the cube of the chance that one of them is.
    places = np.array(first_places(3.0, news(300.0, direction=None), 100.0))
    borders = np.linspace(140.0, 460.0, 9)
    beyond = ((460.0 - borders) / 320.0) ** 3
    counts = np.histogram(places, borders)[0]
    assert counts.sum() == len(places)
    assert chisquare(counts, -np.diff(beyond) * len(places)).pvalue > 1e-3


def test_several_searchers_look_in_several_streets() -> None:
    # Of n who draw for themselves, a street that holds a share p of the belief is left out by all with chance (1 - p)^n.
    # After 200 s, 320 m: 320 m of West behind, 80 m of West ahead, 240 m of Oost and 240 m of the side street.
    shares = np.array([320.0 + 3.0 * 80.0, 3.0 * 240.0, 3.0 * 240.0])
    expected = float((1.0 - (1.0 - shares / shares.sum()) ** 3).sum())
    streets = []
    for stage in (stage_of({"search_choices": 1.0}, seed) for seed in SEEDS):
        goals = [plan_search(stage, person, (DOOR, 200.0), news(520.0), 1.34).goal for person in range(3)]
        streets.append(len({edge for edge, _ in goals}))
    error = np.std(streets) / np.sqrt(len(streets))
    assert abs(np.mean(streets) - expected) < 4.0 * error
    assert error < 0.1


def on_dart(stage: Stage, dart: int, at: float) -> tuple[float, float]:
    """Give the place at a distance along a dart."""
    return stage.network.position(dart // 2, at if dart % 2 == 0 else stage.network.dart_length.item(dart) - at)


def test_a_search_goes_on_from_place_to_place_until_one_gives_up() -> None:
    for stage, person, search in searches(3.0, news(400.0), 120.0)[:90]:
        metres = sum(end - begin for _, begin, end in search.steps)
        assert 120.0 + metres / 1.34 >= 900.0
        assert search.steps[0][:2] in {(0, 20.0), (1, 580.0)}
        for (dart, _, end), (onward, begin, _) in pairwise(search.steps):
            assert on_dart(stage, dart, end) == pytest.approx(on_dart(stage, onward, begin), abs=1e-6)
        assert (search.draw, stage.goals_of[person] > 1) == (f"draw:search-goal:{stage.name(person)}:1", True)


def test_no_place_is_further_than_he_can_be_by_then() -> None:
    for stage, _, search in searches(3.0, news(400.0), 40.0)[:300]:
        assert stage.network.way((0, 400.0), search.goal)[1] <= 64.0 + 1e-6
        assert search.arrive == pytest.approx(40.0 + stage.network.way(DOOR, search.goal)[1] / 1.34, abs=1e-6)


def test_who_sets_out_at_once_looks_near_the_place() -> None:
    goals = [stage.network.position(*search.goal)[0] for stage, _, search in searches(1.0, news(400.0, seen_s=50.0), 50.0)]
    assert 390.0 <= min(goals) < max(goals) <= 410.0


def test_later_searches_of_one_person_are_other_ones() -> None:
    stage = stage_of()
    first, second = (plan_search(stage, 0, (DOOR, 150.0), news(400.0), 1.34) for _ in range(2))
    assert first.draw != second.draw
    assert first.goal != second.goal


def routes(stage: Stage) -> list[dict[str, list[float]]]:
    return [dict(record.data) for record in records(stage, "route")]


def test_newer_information_replaces_the_belief() -> None:
    # He hears of x = 100 and is on his way when he reads of x = 500, and then of x = 90 as it was before both.
    stage = stage_of({"p_go_out_player": 1.0, "p_search_bike": 0.0})

    def tell(x: float, seen_s: float) -> None:
        posted = has_posted(stage, ago_s=stage.now - seen_s, x=x)
        posted.read_at[:] = np.inf
        posted.read_at[0] = stage.now
        call_out(stage, posted)

    stage.agenda.at(10.0, tell, 100.0, 5.0)
    stage.agenda.at(130.0, tell, 500.0, 125.0)
    stage.agenda.at(150.0, tell, 90.0, 1.0)
    stage.agenda.run()
    assert [record.time_s for record in records(stage, "departure")] == [10.0, 130.0]
    first, second = routes(stage)
    begin = second["t_s"][0]
    assert begin == 130.0
    assert second["x_m"][0] == pytest.approx(np.interp(130.0, first["t_s"], first["x_m"]), abs=2e-3)
    arrivals = records(stage, "arrival")
    assert abs(arrivals[-1].data["x_m"] - 500.0) <= 10.0
    assert [record.time_s for record in records(stage, "gave_up")] == [125.0 + 900.0]


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_some_go_by_bike(share: float) -> None:
    riders = 0
    for seed in range(12):
        stage = stage_of({"p_go_out_player": 1.0, "p_search_bike": share}, seed)
        posted = has_posted(stage, ago_s=0.0, x=300.0)
        call_out(stage, posted)
        stage.agenda.run()
        for record in records(stage, "route"):
            who = [stage.name(person) for person in range(9)].index(record.who)
            data = record.data
            passed = np.diff(data["t_s"])
            pace = (np.hypot(np.diff(data["x_m"]), np.diff(data["y_m"])) / passed)[passed > 2.0]
            rides = pace[0] > 3.0
            assert pace == pytest.approx((stage.people.bike_speed if rides else stage.people.walk_speed).item(who), rel=1e-3)
            assert f"draw:search-bike:{record.who}:0" in record.causes
            riders += rides
    assert abs(riders - 108 * share) <= 4.0 * np.sqrt(108 * share * (1.0 - share))


def test_who_came_by_bike_goes_on_by_bike_and_who_walks_goes_on_foot() -> None:
    stage = stage_of({"p_go_out_player": 1.0, "p_search_bike": 1.0})
    empty = stage.outings.get(0)
    assert empty is None
    posted = has_posted(stage, ago_s=0.0, x=300.0)
    call_out(stage, posted)
    stage.agenda.run(until=round(200e6))
    outing = stage.outings[0]
    assert outing.by_bike
    walks = outing.stroll.way
    again = take_way(stage, 0, walks.until_time(210.0), (200.0, 210.0), (200.0, "post:other:1"))
    assert again.by_bike
    assert again.stroll.way.speed.tolist()[-1] == stage.people.bike_speed.item(0)
    stage.agenda.run()
    assert stage.outings == {}
