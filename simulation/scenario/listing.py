"""The scenarios that come along, with what each is for."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.loader import load_scenario
from simulation.scenario.shipped import shipped_names


@dataclass(frozen=True)
class ShippedScenario:
    """One scenario that comes along.

    Parameters
    ----------
    name
        The name to load it by.
    title, purpose
        As the scenario states them.
    """

    name: str
    title: str
    purpose: str


def shipped_scenarios() -> tuple[ShippedScenario, ...]:
    """Give the shipped scenarios, the default first."""
    loaded = [(name, load_scenario(name).scenario) for name in shipped_names()]
    return tuple(ShippedScenario(name, scenario.title, scenario.purpose) for name, scenario in loaded)
