"""What people know grows, from the moment they read it."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.people.knowledge import Knowledge

NEVER = np.inf


@pytest.fixture
def knowledge() -> Knowledge:
    """Give three people: one who knows of the exercise and its number, one who knows of nothing, one who has no number."""
    return Knowledge(np.array([True, False, True]), np.array([True, False, False]))


def test_who_knows_at_the_start_always_did(knowledge: Knowledge) -> None:
    assert [knowledge.aware(person, -1e9) for person in range(3)] == [True, False, True]
    assert [knowledge.has_number(person, -1e9) for person in range(3)] == [True, False, False]
    assert not knowledge.aware(1, 1e9)


def test_who_is_told_what_is_going_on_does_not_know_the_number(knowledge: Knowledge) -> None:
    knowledge.explain(1, 70.0)
    knowledge.explain(1, 90.0)
    assert [knowledge.aware(1, moment) for moment in (69.999999, 70.0)] == [False, True]
    assert not knowledge.has_number(1, 1e9)


def test_one_knows_from_the_first_message_one_reads(knowledge: Knowledge) -> None:
    knowledge.inform(np.array([50.0, 50.0, NEVER]))
    knowledge.inform(np.array([10.0, 80.0, 90.0]))
    assert knowledge.aware_from.tolist() == [-NEVER, 50.0, -NEVER]
    assert knowledge.number_from.tolist() == [-NEVER, 50.0, 90.0]
    assert [knowledge.has_number(1, moment) for moment in (49.999999, 50.0)] == [False, True]


def test_elements_are_known_from_when_they_were_read(knowledge: Knowledge) -> None:
    knowledge.describe(0, ["upper", "bag"], np.array([5.0, NEVER, 7.0]), "hint:organiser:1")
    knowledge.describe(0, ["sex"], np.array([9.0, 4.0, 7.0]), "hint:organiser:2")
    assert knowledge.elements(0, 0, 4.9) == []
    assert knowledge.elements(0, 0, 5.0) == ["bag", "upper"]
    assert knowledge.elements(0, 0, 9.0) == ["bag", "sex", "upper"]
    assert knowledge.elements(1, 0, 100.0) == ["sex"]
    assert knowledge.elements(0, 1, 100.0) == []


def test_a_message_without_elements_describes_nobody(knowledge: Knowledge) -> None:
    knowledge.describe(0, [], np.zeros(3), "hint:organiser:1")
    assert knowledge.sources(0, 0, 1.0) == []
    assert knowledge.sources(0, 0, 1.0) == []


def test_the_source_of_an_element_is_the_first_that_told_it(knowledge: Knowledge) -> None:
    knowledge.describe(0, ["upper"], np.full(3, 5.0), "fact:players/know")
    knowledge.describe(0, ["upper"], np.full(3, 6.0), "hint:organiser:1")
    knowledge.describe(0, ["upper", "sex"], np.full(3, 7.0), "hint:organiser:2")
    assert knowledge.sources(0, 0, 6.5) == ["fact:players/know"]
    assert knowledge.sources(0, 0, 7.0) == ["fact:players/know", "hint:organiser:2"]
