from __future__ import annotations

import math
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import Problem, ScenarioError
from simulation.scenario.loader import parse_scenario
from simulation.scenario.parameters import Parameters, contradictions
from simulation.scenario.registry import (
    GRADES,
    REGISTRY,
    Parameter,
    broadcast,
    calling,
    desk,
    forwarding,
    households,
    likeness,
    messages,
    moving,
    officials,
    patrols,
    people,
    seeing,
    shops,
)

if TYPE_CHECKING:
    from collections.abc import Callable

EACH = pytest.mark.parametrize("known", REGISTRY.values(), ids=list(REGISTRY))
OUTCOMES = (
    "p_eff_encounter",
    "false_challenge_rate",
    "p_bystander_112",
    "t_first_capture",
    "burgernet_p_anyreact",
    "p_react_burgernet",
    "burgernet_p_solved",
)


@EACH
def test_every_number_says_where_it_comes_from_and_lies_in_its_range(known: Parameter) -> None:
    assert known.low <= known.default <= known.high
    assert known.low < known.high
    assert len(known.meaning) > 10
    assert known.grade in GRADES
    assert "assumption" in known.source or "own calculation" in known.source or "://" in known.source or "rule" in known.source
    assert known.grade == "D" or "assumption" not in known.source


@EACH
def test_the_end_of_a_name_gives_its_unit(known: Parameter) -> None:
    by_ending = {"_mps": "m/s", "_m": "m", "_s": "s", "_age": "years", "_factor": "factor", "_cap": "count"}
    by_ending |= {"_per_hour": "per hour", "_tolerance_sigma": "log per hour", "_sigma": "log s"}
    units = [unit for ending, unit in by_ending.items() if known.name.endswith(ending)]
    expected = "share" if known.name.startswith("p_") else units[0] if units else known.unit
    assert known.unit == expected


def test_no_number_stands_twice() -> None:
    above = (forwarding, officials, broadcast, patrols, shops)
    modules = (seeing, likeness, calling, desk, messages, *above, moving, people, households)
    names = [known.name for module in modules for known in module.PARAMETERS]
    assert sorted(names) == sorted(REGISTRY)
    assert len(set(names)) == len(names)


def test_no_outcome_is_an_input() -> None:
    assert not set(OUTCOMES) & set(REGISTRY)


def test_the_defaults_do_not_contradict_each_other() -> None:
    assert contradictions(Parameters()) == []


def test_the_registry_costs_nothing_but_the_standard_library() -> None:
    code = "import sys, simulation.scenario.registry; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    root = Path(__file__).parents[2]
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"numpy", "pydantic", "ruamel", "pydantic_core"} & set(loaded.stdout.split())
    assert "simulation" in loaded.stdout.split()


def test_parameters_hold_everything_with_the_overrides_applied() -> None:
    parameters = Parameters({"p_watch": 0.2})
    assert set(parameters) == set(REGISTRY)
    assert parameters["p_watch"] == 0.2
    assert dict(parameters.overridden) == {"p_watch": 0.2}
    assert all(parameters[name] == known.default for name, known in REGISTRY.items() if name != "p_watch")


def test_parameters_stay_as_they_are_and_travel() -> None:
    parameters = Parameters({"lines": 2})
    again = pickle.loads(pickle.dumps(parameters))
    assert again == parameters
    assert again.overridden == parameters.overridden
    assert hash(again) == hash(parameters)
    assert repr(parameters) == "Parameters({'lines': 2.0})"
    with pytest.raises(TypeError):
        parameters["lines"] = 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("overridden", "message"),
    [
        ({"p_wach": 0.1}, "there is no parameter 'p_wach' - did you mean 'p_watch'?"),
        ({"p_watch": 1.5}, "p_watch = 1.5 cannot be; it must lie from 0 to 1 (share)"),
        ({"alerted_s": -1.0}, "alerted_s = -1 cannot be; it must lie from 0 to 1e+06 (s)"),
        ({"v_bike_mps": 0.0}, "v_bike_mps = 0 cannot be; it must lie from 1e-06 to 15 (m/s)"),
        ({"lines": 0.0}, "lines = 0 cannot be; it must lie from 1 to 100000 (count)"),
        ({"read_delay_player_sigma": 1e15}, "cannot be; it must lie from 0.1 to 4 (log s)"),
        ({"read_delay_ordinary_median_s": 1e-9}, "cannot be; it must lie from 1 to 1e+06 (s)"),
        ({"round_walk_s": 1e15}, "cannot be; it must lie from 1 to 1e+06 (s)"),
        ({"hurry_factor": 1e15}, "cannot be; it must lie from 0 to 10000 (factor)"),
        ({"towards_factor": 0.0}, "cannot be; it must lie from 0.01 to 10000 (factor)"),
        ({"search_choices": 0.0}, "cannot be; it must lie from 1 to 100000 (count)"),
        ({"belief_least_m": 0.0}, "cannot be; it must lie from 1 to 100000 (m)"),
        ({"follow_update_s": 0.0}, "cannot be; it must lie from 1 to 1e+06 (s)"),
        ({"lines": 2.5}, "lines = 2.5 must be a whole number"),
        ({"d_max_m": math.nan}, "d_max_m = nan is not a finite number"),
        ({"d_max_m": math.inf}, "d_max_m = inf is not a finite number"),
    ],
)
def test_what_no_range_could_allow_is_refused_in_python(overridden: dict[str, float], message: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(message)):
        Parameters(overridden)


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("p_watch: 0.1", "p_watch", 0.1),
        ("p_watch: 10 %", "p_watch", 0.1),
        ("call_dial_s: 20 s", "call_dial_s", 20.0),
        ("alerted_s: 5 min", "alerted_s", 300.0),
        ("d_max_m: 90 m", "d_max_m", 90.0),
        ("v_bike_mps: 18 km/h", "v_bike_mps", 5.0),
        ("lines: 4", "lines", 4.0),
        ("p_watch: {value: 0.9, beyond_range: true}", "p_watch", 0.9),
    ],
)
def test_a_scenario_overrides_by_name(small: str, written: str, name: str, value: float) -> None:
    parameters = parse_scenario(f"{small}parameters:\n  {written}\n").scenario.parameters
    assert parameters[name] == value
    assert dict(parameters.overridden) == {name: value}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "p_watch: 0.9",
            "lies outside its plausible range, 0.02 to 0.25 (share); if you mean it, write p_watch: {value: 0.9, ",
        ),
        ("p_watch: {value: 0.9}", "lies outside its plausible range"),
        ("p_watch: {value: 0.9, beyond_range: false}", "lies outside its plausible range"),
        ("p_watch: {value: 1.1, beyond_range: true}", "p_watch = 1.1 cannot be; it must lie from 0 to 1"),
        ("p_watch: {beyond_range: true}", "write p_watch: {value: ..., beyond_range: true}"),
        ("p_watch: {value: 0.1, beyond: true}", "write p_watch: {value: ..., beyond_range: true}"),
        ("p_watch: {value: 0.1, beyond_range: yes}", "write p_watch: {value: ..., beyond_range: true}"),
        ("p_watch: .nan", "is not a finite number"),
        ("p_watch:", "nothing is filled in; p_watch is a number from 0.02 to 0.25 (share)"),
        ("p_watch: [0.1]", "is not a number; p_watch is a number from 0.02 to 0.25 (share)"),
        ("p_watch: true", "is not a number"),
        ("call_dial_s: 20 m", "'20 m' has the unit 'm'"),
        ("lines: 3 s", "is not a number"),
        ("p_childern_1: 0.3", "did you mean 'p_children_1'?"),
        ("call_hold_mean_s: 60", "the mean conversation (60 s) is shorter than the median (75 s)"),
        (
            "p_household_family: {value: 0.9, beyond_range: true}",
            "p_household_family + p_household_elderly + p_household_student, add up to 1.11, more than 1",
        ),
        (
            "p_children_1: {value: 0.65, beyond_range: true}",
            "the shares of numbers of children, p_children_1 + p_children_2, add up to 1.06",
        ),
        ("d_half_m: {value: 105, beyond_range: true}", "d_half_m (105 m) is larger than d_max_m (100 m)"),
        ("oldest_age: {value: 60, beyond_range: true}", "old_age (70 years) is larger than oldest_age (60 years)"),
        ("student_oldest_age: {value: 75, beyond_range: true}", "(75 years) is larger than old_age (70 years)"),
        ("student_house_least: {value: 7, beyond_range: true}", "(7 count) is larger than student_house_most (6 count)"),
        ("play_student_factor: {value: 0, beyond_range: true}", "it must lie from 0.01 to 10000 (factor)"),
        ("student_oldest_age: {value: 17, beyond_range: true}", "it must lie from 18 to 150 (years)"),
        ("v_walk_old_mps: {value: 1.5, beyond_range: true}", "(1.5 m/s) is larger than v_walk_old_max_mps (1.3 m/s)"),
        ("v_child_mps: {value: 0.5, beyond_range: true}", "v_child_min_mps (0.7 m/s) is larger than v_child_mps (0.5 m/s)"),
        ("v_bike_min_mps: {value: 0, beyond_range: true}", "v_bike_min_mps = 0 cannot be; it must lie from 1e-06"),
    ],
)
def test_a_wrong_override_is_refused_where_it_stands(
    small: str, problems: Callable[[str], tuple[Problem, ...]], written: str, message: str
) -> None:
    (problem,) = problems(f"{small}parameters:\n  {written}\n")
    assert message in problem.message
    assert problem.line == small.count("\n") + 2


def test_all_wrong_overrides_are_reported_at_once(small: str, problems: Callable[[str], tuple[Problem, ...]]) -> None:
    found = problems(f"{small}parameters:\n  p_wach: 1\n  p_watch: 2\n  p_mute: 0.9\n  lines: x\n")
    assert [problem.line for problem in found] == [11, 12, 13, 14]


@given(st.sampled_from(list(REGISTRY.values())), st.floats(0, 1))
def test_everything_inside_a_range_can_be_set_in_python(known: Parameter, along: float) -> None:
    value = known.low + along * (known.high - known.low)
    if known.unit in {"count", "years"}:
        value = float(round(value))
    assert Parameters({known.name: value})[known.name] == value
