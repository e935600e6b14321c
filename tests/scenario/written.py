"""A scenario with a structure of its own, and what is wrong with one."""

from __future__ import annotations

import pytest

from simulation.errors import ScenarioError
from simulation.scenario.loader import parse_scenario

HEAD = """\
title: Proef
date: 2027-06-16
start: 19:30
games: [{name: Spel, end: 21:00, suspects: [{name: Rood, description: {upper: rood}}]}]
"""
OWN = """\
structure:
  id: custom
  groups: 6
  layout:
    roles:
      - {name: coordinator, number: admins_per_group, sits_in: neighbours}
    uppers:
      - {name: boven, members: [coordinator], per: district}
    forwards:
      - {from: group, to: boven, by: coordinator}
      - {from: boven, to: group, by: coordinator}
outlet: boven
"""


def problems(text: str) -> list[tuple[int, int, str]]:
    """Give line, column and message of all that is wrong with a scenario that goes on like this."""
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(HEAD + text)
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]
