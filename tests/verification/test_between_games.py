"""Who goes out is decided by the game that is on when he reads of a sighting, not when it was written."""

from __future__ import annotations

from simulation.engine import build_worlds, play
from tests.places import network_of
from tests.reference.steps import scenario_of

FIRST_ENDS_S, SECOND_BEGINS_S = 600.0, 660.0


def test_nobody_goes_out_as_a_player_on_what_he_reads_between_two_games() -> None:
    scenario = scenario_of("two games")
    values = {**scenario.parameters.overridden, "p_go_out_ordinary": 0.0, "p_go_out_player": 1.0}
    scenario = scenario.model_copy(update={"parameters": type(scenario.parameters)(values)})
    during, read_between = 0, 0
    for world in build_worlds(scenario, network_of("made"), range(8)):
        trace = play(world)
        for record in trace.records:
            if record.kind == "departure":
                assert not FIRST_ENDS_S < record.time_s < SECOND_BEGINS_S
                during += 1
            elif record.kind == "post" and record.data["content"] == "sighting":
                read_between += int(((record.data["read_s"] > FIRST_ENDS_S) & (record.data["read_s"] < SECOND_BEGINS_S)).sum())
    assert during >= 20
    assert read_between >= 20
