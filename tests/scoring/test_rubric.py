"""The rubric at its edges, and what holds for any goal: a better value never gets a worse letter."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.conditions import Condition, parse_condition
from simulation.scoring.goals_page import goals_page
from simulation.scoring.rubric import FACTORS, POINTS, is_met, letter, margin, result_letter, result_share

PAGE = Path(__file__).parents[2] / "docs" / "goals.md"

EDGES = [
    ("first_call_s <= 10 min", [(0, "P"), (600, "P"), (600.000001, "S"), (750, "S"), (750.000001, "M"), (1200, "M"),
                                (1200.00001, "U"), (math.inf, "U")]),
    ("first_call_s < 10 min", [(599.999999, "P"), (600, "S")]),
    ("reach_share >= 0.8", [(1, "P"), (0.8, "P"), (0.799999, "S"), (0.64, "S"), (0.639999, "M"), (0.4, "M"),
                            (0.399, "U"), (0, "U")]),
    ("reach_share > 0.8", [(0.800001, "P"), (0.8, "S")]),
    ("found_at_s between 20 min and 45 min", [(1200, "P"), (2700, "P"), (960, "S"), (959, "M"), (600, "M"), (599, "U"),
                                              (0, "U"), (3375, "S"), (3376, "M"), (5400, "M"), (5401, "U"), (math.inf, "U")]),
    ("found_at_s >= 20 min", [(1200, "P"), (math.inf, "P"), (1000, "S")]),
    ("challenges_wrong <= 2", [(2, "P"), (3, "M"), (4, "M"), (5, "U")]),
    ("challenges_wrong < 3", [(2, "P"), (3, "M"), (4, "M"), (5, "U")]),
    ("challenges_wrong <= 0", [(0, "P"), (1, "M"), (2, "U")]),
    ("calls >= 5", [(5, "P"), (4, "S"), (3, "M"), (2, "U"), (0, "U")]),
    ("posts > 0", [(1, "P"), (0, "U")]),
    ("reach_false_share <= 0", [(0, "P"), (0.025, "S"), (0.1, "M"), (0.11, "U")]),
    ("call_wait_mean_s <= 0 s", [(0, "P"), (15, "S"), (60, "M"), (61, "U")]),
    ("found = yes", [(1, "P"), (0, "U")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), EDGES, ids=[text for text, _ in EDGES])
def test_letters_change_where_the_thresholds_are(text: str, values: list[tuple[float, str]]) -> None:
    condition = parse_condition(text)
    assert [(value, letter(condition, value)) for value, _ in values] == values
    assert all(is_met(condition, value) == (name == "P") for value, name in values)


bounds = st.one_of(st.just(0.0), st.floats(0.001, 5000).map(lambda value: round(value, 6)))
values = st.one_of(st.just(0.0), st.just(math.inf), st.floats(0, 20_000))


@given(
    st.sampled_from(("first_call_s", "calls", "reach_share")), bounds, st.sampled_from(("<", "<=", ">", ">=")), values, values
)
def test_a_better_value_never_gets_a_worse_letter(measure: str, bound: float, sign: str, first: float, second: float) -> None:
    low, high = (bound, None) if ">" in sign else (None, bound)
    condition = Condition(measure, low, high, strict="=" not in sign)
    better, worse = sorted((first, second), reverse=low is not None)
    assert POINTS[letter(condition, better)] >= POINTS[letter(condition, worse)]


@given(bounds, bounds, values, values)
def test_nearer_to_a_window_is_never_worse(one: float, other: float, first: float, second: float) -> None:
    low, high = sorted((one, other))
    condition = Condition("found_at_s", low, high)
    for side in (
        sorted(value for value in (first, second) if value >= low),
        sorted(value for value in (first, second) if value <= high)[::-1],
    ):
        points = [POINTS[letter(condition, value)] for value in side]
        assert points == sorted(points, reverse=True)


def test_the_margin_is_in_the_unit_of_the_measure() -> None:
    window = parse_condition("found_at_s between 20 min and 45 min")
    assert [margin(window, value) for value in (1260, 2400, 2760, 600)] == [60.0, 300.0, -60.0, -600.0]
    assert margin(parse_condition("reach_share >= 0.8"), 0.75) == -0.05
    assert margin(window, math.inf) is None
    assert margin(parse_condition("found = yes"), 1.0) is None


@pytest.mark.parametrize(
    ("rated", "share", "name"),
    [
        ([], None, None),
        ([("P", 1.0), ("P", 3.0)], 1.0, "P"),
        ([("P", 99.0), ("S", 1.0)], 0.996667, "S"),
        ([("P", 1.0), ("U", 1.0)], 0.5, "S"),
        ([("P", 1.0), ("U", 1.1)], 0.47619, "M"),
        ([("M", 1.0), ("U", 1.0)], 0.166667, "M"),
        ([("M", 1.0), ("U", 1.1)], 0.15873, "U"),
        ([("P", 3.0), ("U", 1.0)], 0.75, "S"),
    ],
)
def test_the_result_is_the_letter_nearest_to_the_weighted_mean(
    rated: list[tuple[str, float]], share: float | None, name: str | None
) -> None:
    assert (result_share(rated), result_letter(rated)) == (share, name)


@given(st.lists(st.tuples(st.sampled_from("PSMU"), st.floats(0.1, 100)), min_size=1, max_size=6))
def test_a_goal_that_goes_better_never_makes_the_result_worse(rated: list[tuple[str, float]]) -> None:
    (_, weight), *others = rated
    before, after = POINTS[str(result_letter(rated))], POINTS[str(result_letter([("P", weight), *others]))]
    assert after >= before
    assert (result_letter(rated) == "P") == all(one == "P" for one, _ in rated)


def test_the_page_says_what_the_code_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == goals_page(), "run: python -m simulation.scoring.goals_page docs/goals.md"
    assert all(f"at most a factor {factor:g}" in goals_page() for factor in FACTORS.values())
