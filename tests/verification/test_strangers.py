"""Asking strangers, and speaking to somebody without knowing of an exercise: worlds solved by hand."""

from __future__ import annotations

import pytest

from simulation.scenario.model import Act, Announced, Hint, Place, Players, Route, Structure
from tests.verification.lane import CERTAIN, UP_AND_DOWN, kinds, played
from tests.worlds import House, evening

ALONE = {**CERTAIN, "p_player_street": 1.0, "p_ask_stranger": 1.0}
DOOR = House((300.0, 12.0), "Midden")


def test_a_player_without_a_description_asks_whom_he_passes() -> None:
    # The player sets out from x = 300 at 1.34 m/s, the suspect from x = 50 at 1 m/s to the east; both turn only at the ends.
    scenario = evening(ALONE, suspect=UP_AND_DOWN, game={"duration_s": 900.0}, players=Players(share=1.0))
    met = 0
    for trace in played(scenario, DOOR, seeds=range(12)):
        way = next(record for record in trace.records if record.kind == "route" and record.data["reason"] == "player")
        questions = [record for record in trace.records if record.kind == "question"]
        west = way.data["x_m"][1] < 300.0
        if west:  # they meet where 300 - 1.34 t = 50 + t, and 10 s later he has asked
            assert [record.time_s for record in questions] == [pytest.approx(250.0 / 2.34 + 10.0, abs=1e-6)]
            assert questions[0].causes == (way.id, "draw:ask-stranger:n0001/1/suspect-1:0", "route:suspect-1:1")
            assert any(record.kind == "found" for record in trace.records)
            met += 1
    assert 2 <= met <= 10


def test_who_knows_a_description_asks_no_strangers() -> None:
    know = Players(share=1.0, know=("upper",))
    scenario = evening(ALONE | {"p_challenge_player": 0.0}, suspect=UP_AND_DOWN, game={"duration_s": 900.0}, players=know)
    for trace in played(scenario, DOOR, seeds=range(6)):
        assert not [record for record in trace.records if record.kind == "question"]


def test_strangers_are_asked_as_often_as_the_registry_says() -> None:
    # One lane with people coming and going; who asks whom is a trait of the two.
    asked = []
    for chance in (0.0, 0.3, 1.0):
        values = ALONE | {"p_ask_stranger": chance, "passersby_per_km": 20.0}
        scenario = evening(values, game={"duration_s": 900.0}, suspect=UP_AND_DOWN, players=Players(share=1.0))
        keep = scenario.games[0].model_copy(update={"stop": "time", "on_found": "keeps-walking"})
        traces = played(scenario.model_copy(update={"games": (keep,)}), DOOR, seeds=range(12))
        pairs = [
            (record.who, record.data["asked"]) for trace in traces for record in trace.records if record.kind == "question"
        ]
        asked.append(len(pairs))
    assert asked[0] == 0
    assert asked[1] / asked[2] == pytest.approx(0.3, abs=0.12)
    assert asked[2] > 100


def test_nobody_asks_himself_nor_who_lives_with_him() -> None:
    # Two couples on rounds to and fro in one lane, each at their own speed; who lives in one house sets out there together.
    out = {"p_single_pair": 1.0, "p_round_walk": 1.0, "round_walk_s": 1200.0, "p_household_member": 0.0, "p_ask_stranger": 1.0}
    scenario = evening(
        {**CERTAIN, **out, "v_walk_adult_sd_mps": 0.2},
        game={"duration_s": 900.0, "on_found": "keeps-walking", "stop": "time"},
        suspect=UP_AND_DOWN,
        players=Players(share=1.0),
    )
    strangers = 0
    for trace in played(scenario, DOOR, House((150.0, 12.0), "Midden", "2"), seeds=range(8)):
        asked = [(record.who, record.data["asked"]) for record in trace.records if record.kind == "question"]
        pairs = [(who.split("/")[0], other.split("/")[0]) for who, other in asked if other != "suspect-1"]
        assert all(who != other for who, other in pairs)
        strangers += len(pairs)
    assert strangers > 0


def test_members_of_a_small_group_do_not_ask_each_other() -> None:
    knowing = {"p_know_neighbour": 1.0, "know_half_size": 200.0}
    out = {**knowing, "p_round_walk": 1.0, "round_walk_s": 1200.0, "p_ask_stranger": 1.0}
    asked = []
    for structure in ("none", "single-group"):
        scenario = evening(
            {**CERTAIN, **out, "v_walk_adult_sd_mps": 0.2, "p_home": 1.0},
            game={"duration_s": 900.0, "on_found": "keeps-walking", "stop": "time"},
            suspect=UP_AND_DOWN,
            players=Players(share=1.0),
            structure=Structure(id=structure),
        )
        traces = played(scenario, DOOR, House((150.0, 12.0), "Midden", "2"), seeds=range(12))
        questions = [record for trace in traces for record in trace.records if record.kind == "question"]
        asked.append(sum(record.data["asked"] != "suspect-1" for record in questions))
    assert asked[0] >= 10
    assert asked[1] < asked[0] / 3


def test_who_said_no_is_not_asked_again_by_who_was_called_elsewhere_meanwhile() -> None:
    # Hints that tell where the suspect is, and not what he looks like, send players up and down among those on a round.
    out = {"p_player_street": 0.5, "p_round_walk": 1.0, "round_walk_s": 600.0, "v_walk_adult_sd_mps": 0.2}
    values = ALONE | out | {"p_household_member": 0.0, "p_go_out_player": 1.0, "read_delay_player_median_s": 5.0}
    hints = tuple(Hint(at_s=at, where=True) for at in (100.0, 200.0, 300.0, 400.0, 500.0))
    game = {"duration_s": 900.0, "on_found": "keeps-walking", "stop": "time", "hints": hints}
    scenario = evening(values, game=game, suspect=UP_AND_DOWN, players=Players(share=1.0))
    houses = [House((x, 12.0), "Midden", str(number)) for number, x in enumerate((120.0, 200.0, 280.0, 360.0, 440.0), start=1)]
    asked, departures = 0, 0
    for trace in played(scenario, *houses, seeds=range(12)):
        questions = [record for record in trace.records if record.kind == "question" and record.data["answer"] == "no"]
        assert len({(record.who, record.data["asked"]) for record in questions}) == len(questions)
        asked += len(questions)
        departures += len(kinds(trace, "departure"))
    assert asked >= 20
    assert departures >= 100


def unaware(**parameters: float) -> dict[str, float]:
    out = {"p_round_walk": 1.0, "round_walk_s": 3600.0, "p_report_unprimed": 0.0, "p_notice_walker": 0.86, "p_home": 1.0}
    return {**CERTAIN, **out, **parameters}


def test_who_knows_of_no_exercise_speaks_to_whom_he_sees_at_it_and_then_knows() -> None:
    act = Act(name="voelt aan deuren", per_hour=60.0, duration_s=30.0, conspicuousness=50.0)
    nobody = Players(count=0, announced=Announced(members=0.0, others=0.0))
    values = unaware(p_address_unprimed=1.0, p_unsafe=1.0)
    scenario = evening(
        values,
        suspect={"start": Place(street="West"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))}
        | {"acts": (act,)},
        game={"duration_s": 900.0},
        players=nobody,
    )
    spoken = 0
    for trace in played(scenario, DOOR, seeds=range(20)):
        addresses = [record for record in trace.records if record.kind == "address"]
        assert len(addresses) <= 1  # then he knows that it is an exercise
        for record in addresses:
            assert record.data == {"addressed": "suspect-1", "unsafe": True}
            sighting = next(one for one in trace.records if one.id == record.causes[0])
            assert (sighting.data["by"], sighting.data["from"]) == ("act", "street")
            assert record.time_us > sighting.time_us
            spoken += 1
        assert not [record for record in trace.records if record.kind in {"question", "found"}]
    assert spoken >= 5


def test_a_suspect_who_does_nothing_strikes_some_as_out_of_place_once() -> None:
    nobody = Players(count=0, announced=Announced(members=0.0, others=0.0))
    scenario = evening(
        unaware(p_odd=1.0, p_address_unprimed=0.0, p_report_unprimed=1.0, p_home=1.0),
        suspect=UP_AND_DOWN,
        game={"duration_s": 900.0},
        players=nobody,
        structure=Structure(id="none"),
    )
    seen = 0
    for trace in played(scenario, House((150.0, 12.0), "Hofje"), DOOR, seeds=range(10)):
        sightings = [record for record in trace.records if record.kind == "sighting"]
        assert {record.data["by"] for record in sightings} <= {"presence"}
        assert not any(record.data["recognised"] for record in sightings)
        assert len({record.who for record in sightings}) == len(sightings)
        calls = [record.data["number"] for record in trace.records if record.kind == "call"]
        assert calls == ["emergency"] * len(sightings)
        seen += len(sightings)
    assert seen >= 5
