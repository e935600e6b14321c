"""What the platform allowed when: each rule from its day on, unless a scenario says otherwise."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from simulation.runs import about_run
from simulation.scenario.loader import parse_scenario
from simulation.scenario.registry import REGISTRY, on_date
from simulation.scenario.registry.platform import RULES, Rule
from tests.worlds import evening, made_neighbourhood

DAY = dt.timedelta(days=1)
LIMITS = ("group_cap", "chats_per_forward", "chats_per_reforward")


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.name} {rule.since}" for rule in RULES])
def test_every_rule_is_about_a_number_within_its_range_and_says_where_it_comes_from(rule: Rule) -> None:
    known = REGISTRY[rule.name]
    assert known.low <= rule.value <= known.high
    assert "://" in rule.source or "plans of" in rule.source


def test_rules_about_one_number_follow_each_other_and_end_with_its_default() -> None:
    assert {rule.name for rule in RULES} == set(LIMITS)
    for name in LIMITS:
        rules = [rule for rule in RULES if rule.name == name]
        assert all(before.since < after.since and before.value != after.value for before, after in pairwise(rules))
        assert rules[0].since == dt.date.min
        assert rules[-1].value == REGISTRY[name].default


@pytest.mark.parametrize(
    ("name", "day", "before", "after"),
    [
        ("group_cap", dt.date(2016, 2, 5), 100, 256),
        ("group_cap", dt.date(2022, 5, 5), 256, 512),
        ("group_cap", dt.date(2022, 11, 3), 512, 1024),
        ("chats_per_forward", dt.date(2019, 1, 21), 20, 5),
        ("chats_per_reforward", dt.date(2019, 1, 21), 20, 5),
        ("chats_per_reforward", dt.date(2022, 4, 14), 5, 1),
    ],
)
def test_a_rule_holds_from_its_day_on(name: str, day: dt.date, before: float, after: float) -> None:
    assert (evening(date=day - DAY).in_force(name), evening(date=day).in_force(name)) == (before, after)
    assert (on_date(day - DAY, name, 7), on_date(day, name, 7)) == (before, after)


def test_what_a_scenario_says_holds_whatever_the_date() -> None:
    for year in (2015, 2027):
        scenario = evening({name: REGISTRY[name].low for name in LIMITS} | {"p_watch": 0.1}, date=dt.date(year, 6, 1))
        assert [scenario.in_force(name) for name in LIMITS] == [REGISTRY[name].low for name in LIMITS]
        assert (scenario.in_force("p_watch"), scenario.in_force("p_mute")) == (0.1, REGISTRY["p_mute"].default)


def test_a_run_tells_the_values_of_its_date() -> None:
    about = about_run(evening(date=dt.date(2015, 6, 1)), made_neighbourhood())
    told = {row["name"]: row for row in about["parameters"]}
    assert [(told[name]["value"], told[name]["overridden"]) for name in LIMITS] == [(100, False), (20, False), (20, False)]


def test_a_file_sets_them_by_name() -> None:
    head = "title: Proef\ndate: 2015-06-16\nstart: 19:30\n"
    games = "games: [{name: Spel, end: 21:00, suspects: [{name: Rood, description: {upper: rood}}]}]\n"
    scenario = parse_scenario(f"{head}{games}parameters: {{group_cap: 256, chats_per_reforward: 20}}\n").scenario
    assert [scenario.in_force(name) for name in LIMITS] == [256, 20, 20]
