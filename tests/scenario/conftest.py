from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.errors import Problem, ScenarioError
from simulation.scenario.loader import parse_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = """\
title: Small
date: 2026-09-16
start: 19:30
games:
  - name: Only
    end: 21:00
    suspects:
      - name: Red
        description: {upper: red coat, bag: black}
"""


@pytest.fixture
def small() -> str:
    """Give the text of the smallest scenario that says something."""
    return SMALL


@pytest.fixture
def problems() -> Callable[[str], tuple[Problem, ...]]:
    """Give the problems of a text that is refused."""

    def refused(text: str) -> tuple[Problem, ...]:
        with pytest.raises(ScenarioError) as caught:
            parse_scenario(text, "my.yaml")
        assert all(problem.file == "my.yaml" for problem in caught.value.problems)
        return caught.value.problems

    return refused
