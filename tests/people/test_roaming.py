"""Players in the street: when they are out, where they walk about, and that they never jump."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.people.network import Network
from simulation.people.places import base_point
from simulation.people.playareas import PlayArea, play_areas
from simulation.people.population import People, settle
from simulation.people.roaming import Span, spans_of
from simulation.people.rounds import Strollers, strollers
from simulation.scenario.ground import Centre
from simulation.scenario.model import Area, Game, Place, Players, Scenario, Suspect
from tests.worlds import evening, made_neighbourhood

NETWORK = Network(made_neighbourhood())
STREET = NETWORK.map.texts[NETWORK.map.homes.street[0]]
SEEDS = range(40)
RED = (Suspect(name="Rood", description={"upper": "rood"}),)


def games(*spans: tuple[float, float, str, Area | None]) -> tuple[Game, ...]:
    return tuple(
        Game(
            name=str(number),
            start_s=start,
            duration_s=end - start,
            suspects=RED,
            audience=audience,
            companions=False,
            area=area,
        )
        for number, (start, end, audience, area) in enumerate(spans)
    )


def test_who_plays_is_out_from_the_start_of_his_first_game_to_the_end_of_his_last() -> None:
    small, large = (play_areas(evening(game={"area": Area(share=share)}), NETWORK)[0] for share in (0.2, 0.6))
    three = games((60, 600, "all", None), (900, 1200, "all", None), (1200, 2000, "all", None))
    cases: list[tuple[list[PlayArea | None], list[bool], list[Span]]] = [
        ([None, None, None], [True, True, True], [Span(60, 2000, None)]),
        ([None, None, None], [True, False, False], [Span(60, 600, None)]),
        ([None, None, None], [True, False, True], [Span(60, 2000, None)]),
        ([None, None, None], [False, False, True], [Span(1200, 2000, None)]),
        ([small, None, large], [True, True, True], [Span(60, 600, small), Span(600, 1200, None), Span(1200, 2000, large)]),
        ([small, None, large], [True, False, True], [Span(60, 600, small), Span(600, 1200, None), Span(1200, 2000, large)]),
        ([small, small, None], [True, True, False], [Span(60, 600, small), Span(600, 900, None), Span(900, 1200, small)]),
        ([small, large, None], [False, True, True], [Span(900, 1200, large), Span(1200, 2000, None)]),
    ]
    for areas, plays, spans in cases:
        assert spans_of(three, areas, [*plays, False]) == spans


@cache
def out() -> tuple[Scenario, People, Strollers]:
    """Let older children play in a small area first, then, after a pause, adults and children, then adults in a large one."""
    plan = games(
        (300, 1500, "children", Area(share=0.15)),
        (1800, 2700, "all", None),
        (2700, 4500, "adults", Area(share=0.5)),
    )
    scenario = evening({"p_player_street": 1.0}, games=plan, players=Players(share=0.3))
    people = settle(scenario, NETWORK, SEEDS)
    return scenario, people, strollers(people, NETWORK, scenario, SEEDS)


def edges_between(row: int, begin: float, end: float) -> set[int]:
    walk = out()[2].walks.of(row)
    some = (walk.until > begin + 1e-6) & (walk.time < end - 1e-6) & (walk.end > walk.begin)
    return set((walk.dart[some] >> 1).tolist())


def rows(*, adults: bool) -> list[int]:
    _, people, walkers = out()
    return np.flatnonzero(people.on_street[walkers.person] & ((people.age[walkers.person] >= 18) == adults)).tolist()


def test_children_go_home_when_their_last_game_is_over_and_adults_come_when_their_first_begins() -> None:
    _, people, walkers = out()
    homes = NETWORK.map.homes
    assert min(len(rows(adults=True)), len(rows(adults=False))) > 30
    for row in rows(adults=True):
        assert (walkers.begin[row], walkers.until[row]) == (1800.0, np.inf)
    for row in rows(adults=False):
        person, walk = int(walkers.person[row]), walkers.walks.of(row)
        assert walkers.begin[row] == walk.time[0] == 300.0
        home = int(people.home[person])
        door = NETWORK.position(int(homes.edge[home]), float(homes.at[home]))
        left = walk.place_at(2700.0, NETWORK.edge_length)
        metres = NETWORK.way(left, (int(homes.edge[home]), float(homes.at[home])))[1]
        assert walkers.until[row] == pytest.approx(2700.0 + metres / people.walk_speed[person], abs=1e-6)
        assert NETWORK.position(*walk.place_at(float(walkers.until[row]), NETWORK.edge_length)) == pytest.approx(
            door, abs=1e-6
        )


def test_players_go_into_the_area_of_their_game_by_the_shortest_way_and_stay_until_it_ends() -> None:
    scenario, people, walkers = out()
    areas = play_areas(scenario, NETWORK)
    came, cut_short = 0, 0
    for adults, (begin, end), area in ((False, (300.0, 1500.0), areas[0]), (True, (2700.0, 4500.0), areas[2])):
        assert area is not None
        inside = set(np.flatnonzero(area.network.walkable).tolist())
        for row in rows(adults=adults):
            pace = float(people.walk_speed[walkers.person[row]])
            here = walkers.walks.of(row).place_at(begin, NETWORK.edge_length)
            way, entry = area.way_in(here)
            metres = sum(last - first for _, first, last in way)
            assert metres == pytest.approx(NETWORK.way(here, entry)[1])
            arrive = min(begin + metres / pace, end)
            assert edges_between(row, begin, arrive) <= {dart >> 1 for dart, _, _ in way}
            assert edges_between(row, arrive, end) <= inside
            came += metres > 0.0
            cut_short += arrive == end
    assert came > 30
    assert cut_short == 0
    assert any(edges_between(row, 1800.0, 2700.0) - inside for row in rows(adults=True))


def test_nobody_jumps_or_changes_pace() -> None:
    _, people, walkers = out()
    for row in [*rows(adults=True), *rows(adults=False)]:
        walk = walkers.walks.of(row)
        moments = np.arange(float(walk.time[0]), min(float(walk.until[-1]), 4500.0), 7.0)
        places = np.array([NETWORK.position(*walk.place_at(moment, NETWORK.edge_length)) for moment in moments.tolist()])
        speed = people.walk_speed[walkers.person[row]]
        assert np.hypot(*np.diff(places, axis=0).T).max() <= 7.0 * speed + 1e-6
        assert (walk.speed == speed).all()
        assert np.allclose(walk.time[1:], walk.until[:-1], rtol=0.0, atol=2e-6)


def test_a_game_in_an_area_that_is_too_far_away_ends_before_one_is_there() -> None:
    short = games((0, 60, "all", Area(share=0.05)), (60, 120, "all", None))
    scenario = evening({"p_player_street": 1.0}, games=short, players=Players(share=1.0))
    people = settle(scenario, NETWORK, [3])
    walkers, area, far = strollers(people, NETWORK, scenario, [3]), play_areas(scenario, NETWORK)[0], 0
    assert area is not None
    for row in range(len(walkers.person)):
        walk = walkers.walks.of(row)
        pace, here = float(walk.speed[0]), walk.place_at(0.0, NETWORK.edge_length)
        way, _ = area.way_in(here)
        if sum(end - begin for _, begin, end in way) > 60.0 * pace:
            reached = walk.until_time(60.0)
            assert (reached.end - reached.begin).sum() == pytest.approx(60.0 * pace)
            assert reached.dart.tolist() == [dart for dart, _, _ in way][: len(reached.dart)]
            far += 1
        assert walk.until[-1] == pytest.approx(120.0)
    assert far > 5


def test_worlds_side_by_side_are_the_worlds_one_by_one() -> None:
    scenario, people, walkers = out()
    for seed in (0, 17):
        alone = strollers(settle(scenario, NETWORK, [seed]), NETWORK, scenario, [seed])
        here = np.flatnonzero(people.world[walkers.person] == seed)
        assert np.array_equal(alone.person, walkers.person[here] - people.of_world[seed])
        assert np.array_equal(alone.until, walkers.until[here])
        for number, row in enumerate(here.tolist()):
            assert np.array_equal(alone.walks.of(number).dart, walkers.walks.of(row).dart)
            assert np.array_equal(alone.walks.of(number).time, walkers.walks.of(row).time)


def test_each_span_has_choices_of_its_own() -> None:
    plan = games((0, 2000, "all", Area(share=1.0)), (2000, 4000, "all", None))
    scenario = evening({"p_player_street": 1.0}, games=plan, players=Players(share=0.5))
    walkers, same = strollers(settle(scenario, NETWORK, [5]), NETWORK, scenario, [5]), list[bool]()
    for row in np.flatnonzero(np.isinf(walkers.until)).tolist():
        walk = walkers.walks.of(row)
        halves = []
        for half in (walk.time < 2000.0, walk.time >= 2000.0):
            darts = walk.dart[half].tolist()
            options = [NETWORK.options[dart] for dart in darts[:-1]]
            halves.append([(len(some), some.index(dart)) for some, dart in zip(options, darts[1:], strict=True)])
        both = zip(*halves, strict=False)
        same += [one[1] == other[1] for one, other in both if one[0] == other[0] > 1]
    assert len(same) > 100
    assert 0.25 < np.mean(same) < 0.65


def test_the_ways_of_one_game_do_not_hang_on_how_long_another_lasts() -> None:
    firsts = []
    for end in (1500.0, 1600.0):
        plan = games((300, end, "all", None), (1800, 2700, "all", Area(share=0.3)))
        scenario = evening({"p_player_street": 1.0}, games=plan, players=Players(share=0.3))
        walkers = strollers(settle(scenario, NETWORK, [5]), NETWORK, scenario, [5])
        firsts.append([walkers.walks.of(row).until_time(1500.0).dart.tolist() for row in range(len(walkers.person))])
    assert firsts[0] == firsts[1]


def test_players_set_out_from_the_briefing_and_go_home_when_it_is_over() -> None:
    plan = games((60, 1500, "all", None), (1800, 2700, "adults", None))
    for briefing in (Centre(), Place(street=STREET)):
        scenario = evening({"p_player_street": 1.0}, games=plan, players=Players(share=0.3, briefing=briefing))
        people = settle(scenario, NETWORK, [5])
        walkers, point = strollers(people, NETWORK, scenario, [5]), base_point(NETWORK, briefing)
        out_late = np.flatnonzero(np.isinf(walkers.until)).tolist()
        went_home = [row for row in range(len(walkers.person)) if row not in out_late and walkers.begin[row] == 60.0]
        assert min(len(out_late), len(went_home)) >= 3
        for row in [*out_late, *went_home]:
            walk = walkers.walks.of(row)
            assert walk.place_at(float(walkers.begin[row]), NETWORK.edge_length) == pytest.approx(point)
        for row in went_home:
            home = int(people.home[walkers.person[row]])
            there = walkers.walks.of(row).place_at(float(walkers.until[row]), NETWORK.edge_length)
            door = (int(NETWORK.map.homes.edge[home]), float(NETWORK.map.homes.at[home]))
            assert NETWORK.position(*there) == pytest.approx(NETWORK.position(*door), abs=1e-6)
