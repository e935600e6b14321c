"""Contracts C1, C2 and C4 in an evening of several games, with parties, areas, signs and trained residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.engine import build_worlds, play
from simulation.people.network import Network
from simulation.scenario import load_scenario
from simulation.scenario.model import Announced, Area, Parameters, Players, Residents, Signs, Structure
from simulation.trace.files import trace_digest
from tests.test_contracts import BUSY, SEEDS, _check_causes, assert_no_trace_of_a_silent_home, full_evening
from tests.worlds import made_neighbourhood, play_all

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario


def several_games() -> Scenario:
    """Give an evening of games for children with companions, for everybody and for adults, two of them in an area."""
    first = full_evening(
        parameters={**BUSY, "sign_weight": 0.6},
        players=Players(count=25, announced=Announced(members=1.0, others=0.3)),
        outlet="groups",
        signs=Signs(covered_streets=True),
        residents=Residents(trained=0.4),
    )
    first = first.model_copy(update={"structure": Structure(id="single-group", covered_streets_share=0.7)})
    game = first.games[0].model_copy(update={"duration_s": 900.0, "too_few": None})
    own = [
        {"name": "Kinderen", "audience": "children", "companions": True, "area": Area(share=0.3)},
        {"name": "Allen", "companions": True, "start_s": 900.0},
        {"name": "Groten", "audience": "adults", "start_s": 2000.0, "area": Area(share=0.7), "on_found": "keeps-walking"},
    ]
    return first.model_copy(update={"games": tuple(game.model_copy(update=changes) for changes in own)})


@pytest.mark.parametrize("seed", [0, 5, 11])
def test_a_resident_out_of_sight_and_reach_changes_no_other_record_of_several_games(seed: int) -> None:
    scenario = several_games()
    assert_no_trace_of_a_silent_home(scenario, play_all(scenario, made_neighbourhood(), [seed])[0], seed)


def test_every_record_names_causes_that_came_before_in_several_games() -> None:
    for trace in play_all(several_games(), made_neighbourhood(), SEEDS[:6]):
        _check_causes(trace)


@pytest.mark.parametrize("batch", [1, 4])
def test_worlds_of_several_games_drawn_side_by_side_are_the_same_as_alone(batch: int) -> None:
    network, scenario = Network(made_neighbourhood()), several_games()
    worlds = [world for first in range(0, 4, batch) for world in build_worlds(scenario, network, SEEDS[first : first + batch])]
    together = play_all(scenario, made_neighbourhood(), SEEDS[:4])
    assert [trace_digest(play(world)) for world in worlds] == [trace_digest(trace) for trace in together]


def test_who_was_alerted_between_two_games_does_not_look_in_the_past_once_the_next_one_is_on() -> None:
    slow_to_ask = Parameters({"p_challenge_player": 0.1, "p_follow": 1.0})
    rounds = load_scenario("twitter-hints").scenario.with_structure("single-group")
    scenario = rounds.model_copy(update={"parameters": slow_to_ask})
    trace = play(build_worlds(scenario, Network(made_neighbourhood()), [36])[0])  # where somebody did
    _check_causes(trace)
    assert trace.records[-1].time_s > scenario.games[-1].start_s
