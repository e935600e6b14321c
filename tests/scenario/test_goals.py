"""Goals of a scenario: what is read, what comes along, and everything that can be wrong with one."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.errors import Problem, ScenarioError
from simulation.measures import CAPABILITIES, CAPABILITY_OF, MEASURES, NO_NUMBERS, UNITS
from simulation.scenario import load_scenario, parse_scenario, scenario_text
from simulation.scenario.conditions import LARGEST, Condition, misfit, parse_condition
from simulation.scenario.goals import Goal, goals_of_set, read_goal_rows
from simulation.scenario.goalsets import GOAL_SETS, GoalSetId
from simulation.scenario.template import new_scenario_text

Problems = Callable[[str], tuple[Problem, ...]]

CONDITIONS = {
    "first_call_s <= 10 min": Condition("first_call_s", high=600.0),
    "first_call_s<=1 h 30 min": Condition("first_call_s", high=5400.0),
    "found_at_s between 20 min and 45 min": Condition("found_at_s", 1200.0, 2700.0),
    "found_at_s > 90 s": Condition("found_at_s", low=90.0, strict=True),
    "call_wait_p90_s < 30 seconden": Condition("call_wait_p90_s", high=30.0, strict=True),
    "reach_share >= 0.8": Condition("reach_share", low=0.8),
    "reach_share >= 80 %": Condition("reach_share", low=0.8),
    "challenges_wrong <= 2": Condition("challenges_wrong", high=2.0),
    "posts between 2 and 2": Condition("posts", 2.0, 2.0),
    "report_elements_mean >= 3.5": Condition("report_elements_mean", low=3.5),
    "found = yes": Condition("found", low=1.0),
    "found = ja": Condition("found", low=1.0),
}

BAD = {
    "a misspelt measure": ("first_cal_s <= 10 min", "'first_cal_s' is none - did you mean 'first_call_s'?"),
    "no measure": ("<= 3", "and '' is none (docs/goals.md lists them)"),
    "a measure alone": ("calls", "'calls' is no condition; write for example challenges_wrong <= 2"),
    "a table": ("suspects >= 2", "suspects is a table, not a number"),
    "a word": ("found_by = unit", "found_by is a word, not a number"),
    "a number for a time": ("first_call_s <= 10", "'10' is not a duration; write a number and a unit"),
    "a time for a number": ("calls <= 10 min", "'10 min' is not a count; write a whole number"),
    "half a count": ("calls <= 1.5", "'1.5' is not a count; write a whole number"),
    "a count below nothing": ("calls >= -1", "'-1' is not a count; write a whole number"),
    "an endless count": ("calls >= 9999999999", "is not a count; write a whole number"),
    "a mean in words": ("report_elements_mean >= three", "'three' is not a number; write for example 4 or 3.5"),
    "more than six W's": ("report_elements_mean >= 7", "'7' is more than report_elements_mean can be; write at most 6"),
    "more than all": ("reach_share >= 1.5", "'1.5' is more than a share can be; write 0 to 1"),
    "more than 100 %": ("reach_share >= 150 %", "'150 %' is more than a share can be; write 0 to 1"),
    "longer than a day": ("first_call_s <= 999999999999 h", "is longer than a day; write at most 24 h"),
    "no share": ("reach_share >= much", "'much' is not a share; write a number from 0 to 1 or a percentage"),
    "both bounds wrong": ("found_at_s between x and y", "for example 90 min, 45 s or 1 h 30 min; 'y' is not a duration"),
    "bounds the wrong way round": ("found_at_s between 45 min and 20 min", "nothing lies between these; write the smaller"),
    "bounds that are equal": ("found_at_s between 45 min and 45 min", "nothing lies between these"),
    "less than nothing": ("calls < 0", "nothing is less than 0; write <= 0"),
    "more than everybody": ("reach_share > 1", "reach_share is never more than 1; write >= 1"),
    "exactly": ("calls = 3", "asks for exactly one value; write <=, >= or between ... and ..."),
    "not found": ("found = no", "'found = no' is no condition; write found = yes"),
    "found as a number": ("found >= 1", "'found >= 1' is no condition; write found = yes"),
    "too late for the evening": ("first_call_s >= 2 h", "first_call_s can never be as late as 120 min: it ends after 90 min"),
    "spaces without end": (f"found_at_s between{' ' * 50_000}x", "is no condition; write for example first_call_s"),
    "more suspects than there are": ("suspects_found > 1", "suspects_found can never be that many: 1 can be found"),
}  # fmt: skip


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_is_read_in_the_unit_of_its_measure(text: str) -> None:
    assert parse_condition(text) == CONDITIONS[text]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    measure = draw(st.sampled_from([key for key, unit in UNITS.items() if unit not in {*NO_NUMBERS, "yes-no"}]))
    unit = UNITS[measure]
    most = 1.0 if unit == "share" else LARGEST.get(measure, 80_000.0)
    whole = st.integers(0, int(most)).map(float)
    bounds = whole if unit == "count" else st.floats(0, most).map(lambda value: round(value, 6))
    low, high = sorted(draw(st.tuples(bounds, bounds)))
    match draw(st.sampled_from(("low", "high", "both"))):
        case "low":
            return Condition(measure, low=low, strict=draw(st.booleans()) and low < most)
        case "high":
            return Condition(measure, high=high, strict=draw(st.booleans()) and high > 0)
    return Condition(measure, low, high) if low < high or unit == "count" else Condition(measure, low=low)


@given(conditions())
def test_any_condition_reads_back_from_its_text(condition: Condition) -> None:
    assert parse_condition(str(condition)) == condition


@pytest.mark.parametrize("case", BAD)
def test_every_mistake_in_a_condition_is_told_where_it_stands(case: str, small: str, problems: Problems) -> None:
    condition, message = BAD[case]
    lines = small.count("\n")
    for goals, place in (
        (f'goals:\n  - "{condition}"\n', (2, 5)),
        (f'goals:\n  - {{weight: 2, goal: "{condition}"}}\n', (2, 23)),
    ):
        (found,) = problems(small + goals)
        assert message in found.message
        assert found.message.startswith("goals[0].goal: ")
        assert (found.line - lines, found.column) == place


BAD_GOALS = {
    "an unknown game": (
        "- {goal: calls >= 3, game: Onli}",
        "goals[0].game: there is no game 'Onli' - did you mean 'Only'?",
        30,
    ),
    "another game": ("- {goal: calls >= 3, game: Fun}", "goals[0].game: there is no game 'Fun'; the games are 'Only'", 30),
    "an evening's measure in a game": (
        "- {goal: dark_from_s >= 3 min, game: Only}",
        "goals[0].game: dark_from_s is measured over the whole evening; leave the game out",
        40,
    ),
    "no weight": ("- {goal: calls >= 3, weight: 0}", "goals[0].weight: 0 should be more than 0", 32),
    "a heavy weight": ("- {goal: calls >= 3, weight: 1000}", "goals[0].weight: 1000 should be at most 100", 32),
    "a capability": (
        "- {goal: calls >= 3, capability: alrt}",
        "'alrt' is not one of spot, alert, app, respond, organise - did",
        36,
    ),
    "a number": ("- 12", "goals[0]: 12 is no goal; write for example first_call_s <= 10 min", 5),
    "a list": ("- [calls >= 3]", "is no goal; write for example first_call_s <= 10 min", 5),
    "nothing": ("-", "goals[0]: nothing is filled in", 4),
    "no condition": ("- {weight: 2}", "goals[0].goal is missing: A measure and its bound", 5),
    "a number for a condition": ("- {goal: 12}", "goals[0].goal: a goal is a text such as first_call_s <= 10 min", 12),
    "an unknown key": ("- {gaol: calls >= 3}", "unknown key 'gaol' - did you mean 'goal'?", 6),
}


@pytest.mark.parametrize("case", BAD_GOALS)
def test_every_mistake_around_a_condition_is_told_where_it_stands(case: str, small: str, problems: Problems) -> None:
    text, message, column = BAD_GOALS[case]
    found = [problem for problem in problems(f"{small}goals:\n  {text}\n") if message in problem.message]
    assert [(problem.line - small.count("\n"), problem.column) for problem in found] == [(2, column)]


def test_all_mistakes_are_told_at_once(small: str, problems: Problems) -> None:
    goals = (
        "goal_set: tst-adults\ngoals:\n- frst_call_s <= 1 h\n- {goal: calls <= 2 min, game: Other, weight: -1}\n- calls = 2\n"
    )
    found = problems(small.replace("title: Small", "titel: Small") + goals)
    start = small.count("\n")
    assert [problem.line - start for problem in found if problem.line > start] == [1, 3, 4, 4, 4, 5]
    assert "did you mean 'test-adults'?" in next(problem.message for problem in found if problem.line == start + 1)
    assert any("unknown key 'titel'" in problem.message for problem in found)


def test_a_list_is_needed(small: str, problems: Problems) -> None:
    (found,) = problems(f"{small}goals: calls >= 3\n")
    assert "should be a list; start each item with a dash" in found.message


def test_a_set_that_cannot_be_met_in_its_game_is_refused(small: str, problems: Problems) -> None:
    short = small.replace("end: 21:00", "end: 19:45")
    (found,) = problems(f"{short}goal_set: develop-adults\n")
    assert "develop-adults has the goal found_at_s between 20 min and 75 min, but found_at_s can never be" in found.message
    (found,) = problems(short.replace("    suspects:", "    goal_set: develop-adults\n    suspects:"))
    assert found.message.startswith("games[0].goal_set: develop-adults has the goal")
    assert found.line == 7


def test_goals_made_in_python_are_checked_too(small: str) -> None:
    scenario = parse_scenario(small).scenario
    for condition, game in (("calls >= 1", "Other"), ("first_call_s >= 3 h", None)):
        goal = Goal(condition=parse_condition(condition), game=game)
        with pytest.raises(ValidationError, match=r"no game 'Other'|can never be as late"):
            type(scenario).model_validate({**dict(scenario), "goals": (goal,)})


def test_goals_of_sets_and_own_ones_come_together(small: str) -> None:
    text = small.replace("    suspects:", "    goal_set: orient-children\n    suspects:")
    own = "goals:\n- calls >= 4\n- {goal: challenges_wrong <= 1, game: Only}\n"
    own += "- {goal: calls <= 9, weight: 3, capability: organise}\n"
    scenario = parse_scenario(f"{text}goal_set: orient-adults\n{own}").scenario
    told = [(str(goal.condition), goal.game, goal.weight, goal.counts_for) for goal in scenario.all_goals]
    evening = [(text, weight) for text, weight in GOAL_SETS["orient-adults"] if not text.startswith("calls ")]
    game = [(text, weight) for text, weight in GOAL_SETS["orient-children"] if not text.startswith("challenges_wrong ")]
    assert [row[:3] for row in told] == [
        *((str(parse_condition(text)), None, weight) for text, weight in evening),
        *((str(parse_condition(text)), "Only", weight) for text, weight in game),
        ("calls >= 4", None, 1.0),
        ("challenges_wrong <= 1", "Only", 1.0),
        ("calls <= 9", None, 3.0),
    ]
    assert [row[3] for row in told[-3:]] == ["alert", "respond", "organise"]


def test_goals_are_written_and_read_back(small: str) -> None:
    own = "goals:\n- found_at_s between 20 min and 45 min\n- {goal: found = yes, game: Only, weight: 0.5, title: Eindelijk}\n"
    scenario = parse_scenario(f"{small}goal_set: test-adults\n{own}").scenario
    assert parse_scenario(scenario_text(scenario)).scenario == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    rows = [goal.model_dump(mode="json", by_alias=True) for goal in scenario.all_goals]
    assert read_goal_rows(rows) == scenario.all_goals


def test_rows_from_a_stranger_are_refused_with_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"goals\[1\]: .*'cals' is none"):
        read_goal_rows([{"goal": "calls >= 3"}, {"goal": "cals >= 3"}])


def test_every_purpose_and_audience_has_a_set_that_can_be_met() -> None:
    assert set(GOAL_SETS) == {
        f"{purpose}-{who}" for purpose in ("test", "develop", "orient") for who in ("adults", "children")
    }
    assert set(GOAL_SETS) == set(get_args(GoalSetId))
    for name in GOAL_SETS:
        goals = goals_of_set(name, "Spel")
        assert len({goal.condition.measure for goal in goals}) == len(goals) >= 4
        assert not any(misfit(goal.condition, 5400.0, 1) for goal in goals)


def test_every_measure_counts_for_a_capability() -> None:
    assert set(CAPABILITY_OF) == {measure.key for measure in MEASURES}
    assert set(CAPABILITY_OF.values()) == set(CAPABILITIES)


def test_a_new_file_shows_where_goals_go() -> None:
    text = new_scenario_text("geen-groep", "en")
    used = text.replace("# goals: [", "goals: [").replace("# goal_set: orient-adults", "goal_set: orient-adults")
    assert used.count("\ngoals: [") == used.count("\ngoal_set: orient-adults") == 1
    assert parse_scenario(text).scenario.all_goals == ()
    assert len(parse_scenario(used).scenario.all_goals) > len(GOAL_SETS["orient-adults"])


def test_the_shipped_evening_has_goals() -> None:
    goals = load_scenario("avond-in-de-wijk").scenario.all_goals
    assert {goal.counts_for for goal in goals} == set(CAPABILITIES)


def test_an_unknown_game_in_a_broken_file_is_no_crash() -> None:
    with pytest.raises(ScenarioError, match="there is no game 'x'"):
        parse_scenario("games: 3\ngoals: [{goal: calls >= 3, game: x}]\n")
