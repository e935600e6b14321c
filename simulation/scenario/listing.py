"""The scenarios that come along, with what each is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from simulation.scenario.loader import load_scenario
from simulation.scenario.model import Category
from simulation.scenario.shipped import DEFAULT_MAP, shipped_names

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

CATEGORIES: tuple[Category, ...] = get_args(Category)
"""What kinds of evenings there are, in the order in which they are listed."""


@dataclass(frozen=True)
class ShippedScenario:
    """One scenario that comes along.

    Parameters
    ----------
    name
        The name to load it by.
    scenario
        The scenario.
    """

    name: str
    scenario: Scenario

    @property
    def title(self) -> str:
        """What the evening is called."""
        return self.scenario.title

    @property
    def purpose(self) -> str:
        """What the evening is for."""
        return self.scenario.purpose

    @property
    def category(self) -> Category:
        """What kind of evening it is."""
        return self.scenario.category

    @property
    def map(self) -> str:
        """File name of the shipped map on which it is played."""
        return self.scenario.map or DEFAULT_MAP


def shipped_scenarios() -> tuple[ShippedScenario, ...]:
    """Give the shipped scenarios by category, in each by name, and the default before all."""
    shipped = [ShippedScenario(name, load_scenario(name).scenario) for name in shipped_names()]
    return tuple(sorted(shipped, key=lambda one: CATEGORIES.index(one.category)))
