"""A value put in at a field means what it means in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import ScenarioError
from simulation.scenario import load_scenario, parse_scenario
from simulation.scenario.loader import LoadedScenario, data_with
from simulation.scenario.positions import path_of, path_text
from simulation.scenario.writer import yaml_text
from tests.scenario.written import HEAD, OWN

if TYPE_CHECKING:
    from collections.abc import Callable

SEVERAL = """\
title: Several
date: 2026-09-16
start: 19:30
games:
  - name: Only
    end: 21:00
    suspects:
      - name: Red
        description: {upper: red coat, bag: black}
    hints:
      - {at: 5 min, tell: [upper]}
      - {at: 30 min, tell: [bag]}
residents: {count: 400}
parameters: {p_mute: {value: 0.95, beyond_range: true}}
"""
MEANT: dict[str, tuple[Any, Callable[[LoadedScenario], object], object]] = {
    "players.count": (33, lambda loaded: loaded.scenario.players.count, 33),
    "players.announced.members": (0.5, lambda loaded: loaded.scenario.players.announced.members, 0.5),
    "games[0].end": ("20:30", lambda loaded: loaded.scenario.games[0].end_s, 3600.0),
    "games[0].hints[1].at": ("20 min", lambda loaded: loaded.scenario.games[0].hints[1].at_s, 1200.0),
    "games[0].suspects[0].description.bag": (
        "red",
        lambda loaded: loaded.scenario.games[0].suspects[0].description["bag"],
        "red",
    ),
    "games[0].suspects[0].speed": ("3.6 km/h", lambda loaded: loaded.scenario.games[0].suspects[0].speed_mps, 1.0),
    "parameters.call_dial_s": ("30 s", lambda loaded: loaded.scenario.parameters["call_dial_s"], 30.0),
    "parameters.p_mute": ({"value": 0.99, "beyond_range": True}, lambda loaded: loaded.scenario.parameters["p_mute"], 0.99),
    "structure.id": ("zoomwijck", lambda loaded: loaded.scenario.structure.id, "zoomwijck"),
    "residents.count": (None, lambda loaded: loaded.scenario.residents.count, None),
    "games[0].hints": (
        [{"at": "1 min", "where": True}],
        lambda loaded: [h.at_s for h in loaded.scenario.games[0].hints],
        [60.0],
    ),
}


@pytest.mark.parametrize("field", MEANT)
def test_a_value_means_what_it_means_in_a_file(field: str) -> None:
    value, read, expected = MEANT[field]
    loaded = parse_scenario(SEVERAL)
    changed = loaded.with_values(
        [(field, value)] if field != "players.announced.members" else [("players.count", 9), (field, value)]
    )
    assert read(changed) == expected
    assert read(loaded) != expected
    assert loaded == parse_scenario(SEVERAL)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "players.count": st.integers(0, 400),
            "games[0].hints[0].at": st.integers(1, 29).map(lambda minutes: f"{minutes} min"),
            "parameters.p_watch": st.floats(0.02, 0.25),
            "parameters.p_mute": st.floats(0.91, 1.0).map(lambda value: {"value": value, "beyond_range": True}),
            "structure.id": st.sampled_from(["none", "zoomwijck", "single-group+broadcast"]),
            "number.lines": st.integers(1, 9),
            "language": st.sampled_from(["nl", "en"]),
        },
    )
)
def test_putting_values_in_is_writing_them_in_the_file(values: dict[str, object]) -> None:
    changed = parse_scenario(SEVERAL).with_values(values.items())
    assert parse_scenario(yaml_text(dict(changed.data))).scenario == changed.scenario
    assert data_with(changed.data, values.items()) == changed.data


def test_a_later_value_comes_on_top_of_an_earlier_one() -> None:
    first = parse_scenario(SEVERAL).with_values([("players.count", 7)])
    assert first.with_values([("language", "en")]).scenario.players.count == 7


def test_another_structure_leaves_out_the_groups_of_the_file() -> None:
    own = parse_scenario(HEAD + OWN.replace("outlet: boven\n", ""))
    single = own.with_structure("single-group")
    assert own.with_values([("structure.id", "single-group")]) == single
    assert single.scenario.structure.layout is None
    assert single.scenario.structure.groups == 6
    assert single.with_values([("players.count", 3)]).scenario.structure == single.scenario.structure
    assert own.with_values([("structure.id", "custom+broadcast")]).scenario.structure.layout is not None


BAD = {
    "games[1].end": ("21:00", "games of the scenario holds 1, and the first is games[0]"),
    "games.end": ("21:00", "games is a list in the scenario; say which of it, for example games[0].end"),
    "title.end": ("21:00", "title is 'Several' in the scenario, with nothing below it"),
    "units[0].name": ("Fietsteam", "the scenario has no list units"),
    "players..count": (3, "'players..count' is no field; write for example players.count or games[0].end"),
    "players.count": (500, "players.count: 500 players are more than the 400 residents"),
    "players.number": (5, "unknown key 'number'"),
    "games[0].end": ("19:00", "games[0].end: the end, 19:00, does not lie after the start"),
}


@pytest.mark.parametrize("field", BAD)
def test_what_no_file_could_have_is_refused(field: str) -> None:
    value, message = BAD[field]
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(SEVERAL, "my.yaml").with_values([(field, value)])
    assert caught.value.problems[0].message.startswith(message)
    assert {problem.file for problem in caught.value.problems} == {"my.yaml"}


@given(st.lists(st.tuples(st.from_regex(r"[a-z_]+", fullmatch=True), st.lists(st.integers(0, 99), max_size=2)), min_size=1))
def test_a_path_is_read_as_it_is_written(steps: list[tuple[str, list[int]]]) -> None:
    path = tuple(part for key, places in steps for part in (key, *places))
    assert path_of(path_text(path)) == path


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a[", "a[]", "a[b]", "[0]", "a[-1]", "a b", "a[0]b", "a[9999999999]"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no field"):
        path_of(text)


def test_a_shipped_scenario_holds_what_its_file_holds() -> None:
    loaded = load_scenario("zoomwijck-fase-2")
    assert loaded.data["structure"] == {"id": "zoomwijck", "groups": 5, "cap": 100}
    assert parse_scenario(yaml_text(dict(loaded.data))).scenario == loaded.scenario
