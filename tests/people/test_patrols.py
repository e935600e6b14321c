"""Patrol teams: who is in them, who is on duty, when, and where they go."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.engine.evening import _stage
from simulation.engine.wiring import told_before, wire
from simulation.people.legs import legs_of
from simulation.people.network import Network
from simulation.people.patrols import on_duty, patrols, team_of
from simulation.people.playareas import play_areas
from simulation.people.rounds import on_rounds
from simulation.scenario.dispatch import Unit
from simulation.scenario.ground import Area, Centre
from simulation.scenario.model import Announced, Game, Players, Scenario, Structure, Suspect, Wander
from tests.worlds import evening, made_neighbourhood

NETWORK = Network(made_neighbourhood())
SEEDS = range(30)


def patrolled(parameters: dict[str, float] | None = None, **changes: object) -> Scenario:
    usual = {"players": Players(share=0.1), "structure": Structure(id="patrol-team")}
    return evening(parameters or {}, **(usual | changes))


def test_the_team_are_the_adults_with_the_lowest_numbers_whoever_else_lives_there() -> None:
    scenario = patrolled({"patrol_members": 6.0}, units=(Unit(name="Fietsteam", base=Centre()),))
    for world in build_worlds(scenario, NETWORK, list(SEEDS)[:10]):
        team = team_of(world.people, scenario.parameters, world.seed)
        assert len(team) == 6
        assert (np.diff(team) > 0).all()
        assert (world.people.age[team] >= 18).all()
        assert not world.people.unit[team].any()
        more = team_of(world.people, patrolled({"patrol_members": 9.0}).parameters, world.seed)
        assert set(team.tolist()) < set(more.tolist())


def test_on_duty_are_those_of_the_team_who_are_free_and_no_more_than_the_roster_asks() -> None:
    scenario = patrolled({"patrol_members": 15.0, "patrol_duty_share": 0.4, "p_round_walk": 0.06})
    full = 0
    for world in build_worlds(scenario, NETWORK, SEEDS):
        people, team = world.people, team_of(world.people, scenario.parameters, world.seed)
        duty = on_duty(people, scenario, world.seed, team)
        strolling = {person for _, who in on_rounds(people, scenario, [world.seed]) for person in who.tolist()}
        free = [person for person in team.tolist() if people.at_home[person] and person not in strolling]
        assert set(duty.who.tolist()) <= set(free)
        assert len(duty.who) == min(6, len(free))
        assert not set(duty.who.tolist()) & set(world.strolls)
        full += len(duty.who) == 6
    assert full >= 20


def test_at_every_moment_as_many_are_expected_to_be_out() -> None:
    scenario = patrolled({"patrol_members": 15.0, "patrol_duty_share": 1.0, "p_home": 0.9}, game={"duration_s": 3600.0})
    begins, rides = list[float](), list[bool]()
    for world in build_worlds(scenario, NETWORK, range(60)):
        duty = on_duty(world.people, scenario, world.seed, team_of(world.people, scenario.parameters, world.seed))
        assert np.allclose(duty.until - duty.begin, 7200.0)
        begins += duty.begin.tolist()
        rides += duty.riding.tolist()
    assert len(begins) > 500
    ranks = np.sort((np.array(begins) + 7200.0) / (3600.0 + 7200.0))
    assert 0.0 < ranks[0] < ranks[-1] < 1.0
    assert np.abs(ranks - (np.arange(len(ranks)) + 0.5) / len(ranks)).max() < 1.95 / np.sqrt(len(ranks))  # Kolmogorov, 0.1 %
    assert abs(np.mean(rides) - 0.3) < 4.0 * np.sqrt(0.3 * 0.7 / len(rides))


def test_rounds_hang_together_from_door_to_door_at_the_own_speed() -> None:
    scenario = patrolled({"patrol_members": 15.0, "patrol_duty_share": 1.0, "p_patrol_bike": 0.5})
    paces = set()
    for world in build_worlds(scenario, NETWORK, list(SEEDS)[:6]):
        people = world.people
        duty = on_duty(people, scenario, world.seed, team_of(people, scenario.parameters, world.seed))
        rounds = patrols(people, NETWORK, scenario, world.seed, duty)
        assert list(rounds) == duty.who.tolist()
        for (person, stroll), riding in zip(rounds.items(), duty.riding.tolist(), strict=True):
            legs = legs_of(NETWORK, stroll.way)
            assert np.allclose(legs.start[1:], legs.stop[:-1], atol=1e-6)
            ends = [column + (legs.stop - legs.start) * pace for column, pace in ((legs.x, legs.vx), (legs.y, legs.vy))]
            assert all(
                np.allclose(end[:-1], column[1:], atol=1e-3) for end, column in zip(ends, (legs.x, legs.y), strict=True)
            )
            speed = (people.bike_speed if riding else people.walk_speed)[person]
            assert np.allclose(np.abs(legs.along), speed)
            assert np.allclose((ends[0][-1], ends[1][-1]), NETWORK.door_xy[people.home[person]], atol=1e-3)
            assert legs.stop[-1] == pytest.approx(stroll.until, abs=1e-5)
            assert legs.start[0] >= stroll.begin - 1e-6
            assert stroll.way.until[0] > 0.0
            paces.add(riding)
    assert paces == {False, True}


def test_in_games_with_an_area_they_go_round_there() -> None:
    def game(name: str, start: float, share: float) -> Game:
        suspect = Suspect(name="Boef", description={"upper": "rood"}, behaviour=Wander())
        area = Area(share=share)
        return Game(name=name, start_s=start, duration_s=1200.0, suspects=(suspect,), area=area)

    scenario = patrolled({"patrol_members": 15.0, "patrol_duty_share": 1.0}).model_copy(
        update={"games": (game("klein", 0.0, 0.2), game("groot", 1800.0, 0.5))}
    )
    small, large = play_areas(scenario, NETWORK)
    assert small is not None
    assert large is not None
    inside = 0
    for world in build_worlds(scenario, NETWORK, list(SEEDS)[:4]):
        duty = on_duty(world.people, scenario, world.seed, team_of(world.people, scenario.parameters, world.seed))
        for begin, stroll in zip(
            duty.begin.tolist(), patrols(world.people, NETWORK, scenario, world.seed, duty).values(), strict=True
        ):
            walks = stroll.way
            for area, since, until in ((small, max(begin + 900.0, 0.0), 1800.0), (large, max(begin + 900.0, 2700.0), 3000.0)):
                during = (walks.time >= since) & (walks.until <= min(until, begin + 7200.0))
                assert area.network.walkable[walks.dart[during] // 2].all()
                inside += int(during.sum())
    assert inside > 200


@pytest.mark.parametrize(
    ("announced", "knows"),
    [
        (Announced(members=0.0, others=0.0), False),
        (Announced(members=0.0, others=0.0, stewards=1.0), True),
        (Announced(members=0.2, others=0.0), True),
    ],
)
def test_the_team_knows_of_the_exercise_where_anybody_is_told(announced: Announced, knows: bool) -> None:  # noqa: FBT001
    scenario = patrolled(players=Players(count=0, announced=announced))
    for world in build_worlds(scenario, NETWORK, list(SEEDS)[:5]):
        wiring = wire(world)
        aware, numbered = told_before(world, wiring)
        assert len(wiring.patrol) == 10
        assert aware[wiring.patrol].all() == numbered[wiring.patrol].all() == knows
        if not knows:
            assert not aware.any()
        others = np.delete(np.arange(len(aware)), wiring.patrol)
        assert np.array_equal(aware[others], world.people.aware[others])


def test_nobody_takes_a_vest_for_a_suspect_and_who_wears_it_notices_more() -> None:
    scenario = patrolled({"patrol_notice_factor": 3.0, "patrol_duty_share": 1.0})
    for world in build_worlds(scenario, NETWORK, list(SEEDS)[:5]):
        stage = _stage(world, wire(world))
        assert stage.patrol is not None
        duty = list(stage.patrol.strolls)
        assert duty
        assert not set(stage.crowd.person.tolist()) & set(duty)
        factor = stage.people.eyes / world.people.eyes
        assert (factor[duty] == 3.0).all()
        assert (np.delete(factor, duty, axis=0) == 1.0).all()


def test_without_a_team_there_is_none() -> None:
    (world,) = build_worlds(patrolled(structure=Structure(id="none")), NETWORK, [1])
    stage = _stage(world, wire(world))
    assert stage.patrol is None
    assert stage.people is world.people
    assert not len(wire(world).patrol)


def test_a_roster_may_be_empty() -> None:
    scenario = patrolled({"patrol_members": 4.0, "patrol_duty_share": 0.1})
    (world,) = build_worlds(scenario, NETWORK, [1])
    (roster,) = (record.data for record in play(world).records if record.kind == "roster")
    assert len(roster["members"]) == 4
    assert list(roster["on_duty"]) == []
