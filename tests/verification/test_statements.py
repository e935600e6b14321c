"""Statements of practice that emerge, as docs/comparison.md says.

The evenings with and without groups have the numbers of the registry. In the one where "called" prevents calls all are members
and nobody asks, so that there are many calls.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simulation.engine import build_worlds, play
from simulation.scenario.loader import load_scenario
from simulation.scenario.model import Announced, Players
from simulation.scenario.shipped import DEFAULT_SCENARIO
from simulation.scoring import score
from tests.places import network_of
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from simulation.scenario.model import Scenario

SHIPPED = load_scenario(DEFAULT_SCENARIO).scenario


@cache
def quiet(structure: str) -> Mapping[str, float]:
    """Add up measures of the shipped evening without hints and players, where members know of the exercise."""
    game = SHIPPED.games[0].model_copy(update={"hints": (), "too_few": None})
    nobody = Players(count=0, announced=Announced(members=1.0, others=0.0))
    scores = scores_of(SHIPPED.model_copy(update={"games": (game,), "players": nobody}), structure, 40)
    first = sum(SHIPPED.duration_s if one["first_call_s"] is None else one["first_call_s"] for one in scores)
    return {name: sum(one[name] for one in scores) for name in ("calls", "sightings", "reads")} | {"first_call_s": first}


def scores_of(scenario: Scenario, structure: str, worlds: int) -> list[dict[str, Any]]:
    built = build_worlds(scenario.with_structure(structure), network_of("wijk"), range(1, worlds + 1))
    return [score(play(world)) for world in built]


def test_a_group_brings_more_and_earlier_calls_where_nobody_else_tells() -> None:
    without, one = quiet("none"), quiet("single-group")
    assert one["calls"] > 1.5 * without["calls"] > 0.0
    assert one["sightings"] > without["sightings"]
    assert one["first_call_s"] < without["first_call_s"]


def test_split_groups_bring_fewer_calls_than_one_and_more_than_none() -> None:
    one, split = quiet("single-group"), quiet("separate-groups")
    assert split["reads"] < one["reads"]
    assert quiet("none")["calls"] < split["calls"] < one["calls"]


def test_a_broadcast_and_groups_together_beat_either_and_more_so_if_it_is_shared() -> None:
    groups, broadcast = quiet("separate-groups"), quiet("broadcast")
    together, shared = quiet("separate-groups+broadcast"), quiet("broadcast-shared")
    for measure in ("calls", "sightings", "reads"):
        assert quiet("none")[measure] < min(groups[measure], broadcast[measure])
        assert max(groups[measure], broadcast[measure]) < together[measure] < shared[measure]


def test_where_hints_and_players_tell_everybody_anyway_the_first_call_comes_no_sooner() -> None:
    without, one = ([each["first_call_s"] for each in scores_of(SHIPPED, known, 8)] for known in ("none", "single-group"))
    assert None not in without
    assert one == without


def test_how_many_calls_called_prevents_follows_from_who_reads_it_in_time() -> None:
    calls, skips = [], []
    for states in (0.0, 1.0):
        watchful = {"p_post_called_stated": states, "p_household_member": 1.0, "p_challenge_player": 0.0}
        traces = play_all(evening(watchful), made_neighbourhood(), range(3))
        calls.append(sum(score(trace)["calls"] for trace in traces))
        skips.append(sum(record.kind == "skip" for trace in traces for record in trace.records))
    assert skips[0] == 0 < skips[1]
    assert 0 < calls[1] < calls[0]
