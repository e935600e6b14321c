"""Alert structures as the conditions of a comparison: as documented, and at equal effort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulation.errors import InputError
from simulation.experiments.design import Condition
from simulation.scenario.parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.scenario.model import Scenario

DOCUMENTED: Final = "as documented"
EQUAL: Final = "equal effort"

EFFORT = ("steering_members", "admins_per_group", "coordinators_per_group")
"""Parameters that count how many people of each group pass messages on, of which a structure has one at most."""


def structure_conditions(scenarios: Sequence[Scenario]) -> tuple[Condition, ...]:
    """Give the conditions under which structures are compared.

    As documented each has as many people who pass messages on as the sources give it. At equal effort each that has such
    people has as many of them in every group: `steering_members` of the first scenario. Where that changes nothing, there is
    no second condition.

    Parameters
    ----------
    scenarios
        The evening under each structure; others are compared with the first.

    Raises
    ------
    InputError
        If a structure is there twice.
    """
    ids = [scenario.structure.id for scenario in scenarios]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)}: named twice; name each structure once")
    return tuple(condition for scenario in scenarios for condition in _efforts(scenario, scenarios[0]))


def _efforts(scenario: Scenario, first: Scenario) -> Iterator[Condition]:
    name, people = scenario.structure.id, first.parameters["steering_members"]
    yield Condition(name, scenario, {"structure": name, "effort": DOCUMENTED})
    own = {role.number for role in scenario.structure.plan.roles} & set(EFFORT)
    if any(scenario.parameters[number] != people for number in own):
        parameters = Parameters({**scenario.parameters.overridden, **dict.fromkeys(EFFORT, people)})
        equal = scenario.model_copy(update={"parameters": parameters})
        yield Condition(f"{name}, {EQUAL}", equal, {"structure": name, "effort": EQUAL})
