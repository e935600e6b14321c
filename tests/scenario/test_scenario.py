from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.errors import ScenarioError
from simulation.scenario import Scenario, load_scenario, parse_scenario, scenario_text
from simulation.scenario.model import (
    ELEMENTS,
    Act,
    Announced,
    Area,
    Game,
    Hint,
    News,
    Number,
    Parameters,
    Pauses,
    Place,
    Players,
    Residents,
    Route,
    Signs,
    Structure,
    Suspect,
    TooFew,
    Visit,
    Wander,
)
from simulation.scenario.registry import REGISTRY
from simulation.scenario.shipped import scenarios_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FULL = """\
title: Full
purpose: >-
  Everything that
  can be said
source: made up
language: en
date: 2026-09-16
start: 19:00
seed: 12
map: maps/wijk.map
games:
  - name: Children
    audience: children
    companions: true
    area: {share: 0.3}
    start: 19:15
    end: 20:00
    suspects:
      - name: Red
        description: {bag: black bag, sex: woman}
        behaviour: {visit: shop}
        start: {street: Dorpsstraat, number: 12}
        speed: 3.6 km/h
        pauses: {per_hour: 6, duration: 1 min}
        acts: [{name: tries doors, per_hour: 4, duration: 45 s, conspicuousness: 5}]
    hints:
      - {at: 0 min, tell: [bag]}
      - {at: 20 min, tell: [photo], where: true}
    too_few: {calls: 3, by: 30 min, then: {tell: [photo], where: true}}
    stop: first-found
    on_found: next-game
    prize: a cake
  - name: Adults
    audience: adults
    area: {radius: 0.4 km, around: {street: A}}
    start: 20:00
    end: 21:30
    suspects:
      - name: Red
        behaviour: {route: [{street: A}, {lat: 52.1, lon: 5.1}]}
residents: {count: 500, trained: 0.2}
players: {share: 0.1, know: [sex], announced: {members: 0.5, others: 0}}
structure: {id: separate-groups, groups: 3, cap: 100, topics: broad, covered_streets_share: 0.8, groups_taking_part: 0.6}
outlet: groups
signs: {covered_streets: true, places: [{street: A}]}
number: {lines: 2, opens: 19:00, closes: 21:00}
parameters:
  p_watch: 0.1
  p_mute: {value: 0.9, beyond_range: true}
"""

EXPECTED = Scenario(
    title="Full",
    purpose="Everything that can be said",
    source="made up",
    language="en",
    date=dt.date(2026, 9, 16),
    start_s=68_400.0,
    seed=12,
    map="maps/wijk.map",
    games=(
        Game(
            name="Children",
            audience="children",
            companions=True,
            area=Area(share=0.3),
            start_s=900.0,
            duration_s=2700.0,
            suspects=(
                Suspect(
                    name="Red",
                    description={"sex": "woman", "bag": "black bag"},
                    behaviour=Visit(kind="shop"),
                    start=Place(street="Dorpsstraat", number="12"),
                    speed_mps=1.0,
                    pauses=Pauses(per_hour=6.0, duration_s=60.0),
                    acts=(Act(name="tries doors", per_hour=4.0, duration_s=45.0, conspicuousness=5.0),),
                ),
            ),
            hints=(Hint(at_s=0.0, tell=("bag",)), Hint(at_s=1200.0, tell=("photo",), where=True)),
            too_few=TooFew(calls=3, by_s=1800.0, then=News(tell=("photo",), where=True)),
            stop="first-found",
            on_found="next-game",
            prize="a cake",
        ),
        Game(
            name="Adults",
            audience="adults",
            area=Area(radius_m=400.0, around=Place(street="A")),
            start_s=3600.0,
            duration_s=5400.0,
            suspects=(Suspect(name="Red", behaviour=Route(points=(Place(street="A"), Place(lat=52.1, lon=5.1)))),),
        ),
    ),
    residents=Residents(count=500, trained=0.2),
    players=Players(share=0.1, know=("sex",), announced=Announced(members=0.5, others=0.0)),
    structure=Structure(
        id="separate-groups", groups=3, cap=100, topics="broad", covered_streets_share=0.8, groups_taking_part=0.6
    ),
    outlet="groups",
    signs=Signs(covered_streets=True, places=(Place(street="A"),)),
    number=Number(lines=2, opens_s=0.0, closes_s=7200.0),
    parameters=Parameters({"p_watch": 0.1, "p_mute": 0.9}),
)


def test_a_file_that_says_everything_is_read_as_the_engine_needs_it() -> None:
    assert parse_scenario(FULL).scenario == EXPECTED
    assert EXPECTED.duration_s == 9000.0
    assert [game.end_s for game in EXPECTED.games] == [3600.0, 9000.0]


def test_what_is_left_out_is_left_to_the_engine_or_has_a_plain_default(small: str) -> None:
    scenario = parse_scenario(small).scenario
    suspect = scenario.games[0].suspects[0]
    assert suspect.behaviour == Wander()
    assert (suspect.start, suspect.speed_mps, suspect.acts, suspect.pauses.per_hour) == (None, None, (), 0.0)
    assert (scenario.residents.count, scenario.map, scenario.structure.cap, scenario.number.lines) == (None, None, None, None)
    assert (scenario.players.count, scenario.structure.id, scenario.outlet) == (50, "single-group", "public-page")
    assert scenario.structure.topics == "narrow"
    assert len(scenario.parameters) == len(REGISTRY)
    assert not scenario.parameters.overridden


def test_elements_of_a_description_stand_in_one_order(small: str) -> None:
    turned = small.replace("{upper: red coat, bag: black}", "{bag: black, upper: red coat}")
    descriptions = [parse_scenario(text).scenario.games[0].suspects[0].description for text in (small, turned)]
    assert [list(description) for description in descriptions] == [["upper", "bag"]] * 2
    assert descriptions[0] == {"upper": "red coat", "bag": "black"}


def test_a_scenario_cannot_be_changed_and_travels_to_other_processes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        EXPECTED.seed = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        EXPECTED.games[0].suspects[0].description["sex"] = "man"  # type: ignore[index]
    again = pickle.loads(pickle.dumps(EXPECTED))
    assert again == EXPECTED
    assert hash(again) == hash(EXPECTED)
    assert again.parameters.overridden == EXPECTED.parameters.overridden


def test_other_chance_and_other_structures() -> None:
    assert EXPECTED.with_seed(99) == EXPECTED.model_copy(update={"seed": 99})
    alone = EXPECTED.with_structure("none")
    assert alone.structure == EXPECTED.structure.model_copy(update={"id": "none"})
    assert alone.structure.covered_streets_share == 0.8
    assert alone.games == EXPECTED.games
    with pytest.raises(ValidationError, match="none"):
        EXPECTED.with_structure("telephone-tree")
    with pytest.raises(ScenarioError, match="seed -1 must lie from 0"):
        EXPECTED.with_seed(-1)


MISTAKES: dict[str, Callable[[], object]] = {
    "not a number": lambda: Game(name="G", duration_s=float("nan"), suspects=(Suspect(name="S"),)),
    "endless": lambda: Game(name="G", duration_s=float("inf"), suspects=(Suspect(name="S"),)),
    "no length": lambda: Game(name="G", duration_s=0.0, suspects=(Suspect(name="S"),)),
    "nobody to find": lambda: Game(name="G", duration_s=60.0, suspects=()),
    "unknown key": lambda: Suspect(name="S", colour="red"),  # type: ignore[call-arg]
    "unknown element": lambda: Suspect(name="S", description={"colour": "red"}),
    "text for a speed": lambda: Suspect(name="S", speed_mps="5 km/h"),  # type: ignore[arg-type]
    "text for a time": lambda: Hint(at_s="5 min", where=True),  # type: ignore[arg-type]
    "true for a time": lambda: Hint(at_s=True, where=True),
    "past midnight": lambda: EXPECTED.model_validate({**dict(EXPECTED), "start_s": 80_000.0}),
    "contradiction": lambda: EXPECTED.model_validate({**dict(EXPECTED), "parameters": Parameters({"call_hold_mean_s": 50.0})}),
}


@pytest.mark.parametrize("made", MISTAKES.values(), ids=list(MISTAKES))
def test_python_is_as_strict_as_a_file(made: Callable[[], object]) -> None:
    with pytest.raises(ValidationError):
        made()


def test_positions_point_at_keys_and_values() -> None:
    loaded = parse_scenario(FULL, "full.yaml")
    assert loaded.positions.of(("games", 0, "end")) == (17, 10)
    assert loaded.positions.of(("games", 0, "end"), key=True) == (17, 5)
    assert loaded.positions.of(("games",)) == (11, 1)
    assert loaded.positions.of(("games", 1, "suspects", 0, "behaviour", "route", 1, "lat")) == (40, 48)
    assert loaded.positions.of(("games", 1, "hints", 4)) == (33, 5)
    assert loaded.positions.of(("nowhere",)) == (1, 1)
    assert (
        str(loaded.problem("no such street", "games", 0, "suspects", 0, "start", "street"))
        == "full.yaml:22:25: games[0].suspects[0].start.street: no such street"
    )


def test_a_map_is_seen_from_the_folder_of_the_file(tmp_path: Path, small: str) -> None:
    path = tmp_path / "evening.yaml"
    path.write_text(f"{small}map: own.map\n", encoding="utf-8")
    loaded = load_scenario(path)
    assert loaded.map_path == tmp_path / "own.map"
    assert loaded.name == str(path)
    assert load_scenario("geen-groep").map_path is None


def test_a_map_that_comes_along_is_found_from_any_folder(tmp_path: Path, small: str) -> None:
    path = tmp_path / "evening.yaml"
    path.write_text(f"{small}map: wijk.map\n", encoding="utf-8")
    loaded = load_scenario(path)
    assert loaded.map_path == scenarios_folder() / "wijk.map"
    (tmp_path / "wijk.map").write_text("", encoding="utf-8")
    assert loaded.map_path == tmp_path / "wijk.map"
    assert parse_scenario(f"{small}map: ./wijk.map\n", folder=tmp_path / "none").map_path == tmp_path / "none" / "wijk.map"


def test_a_file_of_a_windows_editor_reads_the_same(tmp_path: Path, small: str) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + small.replace("\n", "\r\n").encode())
    assert load_scenario(str(path)).scenario == parse_scenario(small).scenario


def test_written_text_reads_back_as_the_same_scenario() -> None:
    assert parse_scenario(scenario_text(EXPECTED)).scenario == EXPECTED


def test_plain_data_has_the_names_and_numbers_of_the_attributes() -> None:
    data = EXPECTED.model_dump(mode="json")
    game = data["games"][0]
    assert (data["start_s"], data["date"], game["duration_s"]) == (68_400.0, "2026-09-16", 2700.0)
    assert game["suspects"][0]["description"] == {"sex": "woman", "bag": "black bag"}
    assert data["parameters"] == {"p_watch": 0.1, "p_mute": {"value": 0.9, "beyond_range": True}}
    assert json.loads(json.dumps(data)) == data


characters = st.characters(exclude_categories=("Cc", "Cs"))
names = st.text(characters, min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "x")
micros = st.integers(0, 3_000_000_000).map(lambda value: value / 1e6)
places = st.one_of(
    st.builds(Place, street=names, number=st.none() | names),
    st.builds(Place, lat=st.floats(-90, 90), lon=st.floats(-180, 180)),
)
behaviours = st.one_of(
    st.just(Wander()),
    st.sampled_from([Visit(kind="shop"), Visit(kind="school"), Visit(kind="care")]),
    st.lists(places, min_size=2, max_size=3).map(lambda points: Route(points=tuple(points))),
)


def _act(name: str, often: float, long_s: float, conspicuousness: float | None) -> Act:
    return Act(name=name, per_hour=often, duration_s=long_s, conspicuousness=conspicuousness)


often = st.floats(0, 3600)
acts = st.builds(_act, names, often, micros, st.none() | st.floats(0, 100))


@st.composite
def suspects(draw: st.DrawFn) -> Suspect:
    description = draw(st.dictionaries(st.sampled_from(list(ELEMENTS)), names))
    if "sex" in description:
        description["sex"] = draw(st.sampled_from(["man", "vrouw", "woman"]))
    shared = st.sampled_from([element for element in description if element != "sex"] or ["upper"])
    return Suspect(
        name=draw(names),
        description=description,
        shares=draw(st.dictionaries(shared, st.floats(0, 1))) if description.keys() - {"sex"} else {},
        behaviour=draw(behaviours),
        start=draw(st.none() | places),
        speed_mps=draw(st.none() | st.floats(0.1, 15)),
        pauses=Pauses(per_hour=draw(often), duration_s=draw(micros)),
        acts=tuple(draw(st.lists(acts, max_size=2))),
    )


TOGETHER = (
    "p_household_family",
    "p_household_elderly",
    "p_household_student",
    "p_children_1",
    "p_children_2",
    "p_burgernet_voice",
    "p_burgernet_app",
)
"""Shares of which not every choice is possible."""
values = st.sampled_from([known for known in REGISTRY.values() if known.unit == "share" and known.name not in TOGETHER])


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    lengths = draw(st.lists(st.integers(1_000_000, 3_000_000_000), min_size=1, max_size=3))
    starts = [sum(lengths[:place]) / 1e6 for place in range(len(lengths))]
    games = [
        Game(
            name=f"{place} {draw(names)}",
            start_s=start,
            duration_s=length / 1e6,
            suspects=tuple(draw(st.lists(suspects(), min_size=1, max_size=2, unique_by=lambda suspect: suspect.name))),
            hints=(Hint(at_s=draw(st.integers(0, length - 1)) / 1e6, where=True),),
        )
        for place, (start, length) in enumerate(zip(starts, lengths, strict=True))
    ]
    overridden = draw(st.dictionaries(values.map(lambda known: known.name), st.floats(0, 1)))
    return Scenario(
        title=draw(names),
        date=draw(st.dates()),
        start_s=draw(st.integers(0, 70_000_000_000)) / 1e6,
        seed=draw(st.integers(0, 2**53 - 1)),
        games=tuple(games),
        players=Players(share=draw(st.floats(0, 1)), know=tuple(draw(st.lists(st.sampled_from([*ELEMENTS]), max_size=3)))),
        parameters=Parameters(overridden),
    )


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_any_scenario_made_in_python_reads_back_from_its_text(scenario: Scenario) -> None:
    assert parse_scenario(scenario_text(scenario)).scenario == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
