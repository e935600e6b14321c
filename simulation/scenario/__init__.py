"""What an organiser decides about an evening, and every number of the model.

The names below are loaded when first used, so that `simulation.scenario.registry` can be read without pydantic and ruamel.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario.listing import ShippedScenario as ShippedScenario
    from simulation.scenario.listing import shipped_scenarios as shipped_scenarios
    from simulation.scenario.loader import LoadedScenario as LoadedScenario
    from simulation.scenario.loader import load_scenario as load_scenario
    from simulation.scenario.loader import parse_scenario as parse_scenario
    from simulation.scenario.model import Scenario as Scenario
    from simulation.scenario.parameters import Parameters as Parameters
    from simulation.scenario.registry import REGISTRY as REGISTRY
    from simulation.scenario.schema import scenario_schema as scenario_schema
    from simulation.scenario.shipped import DEFAULT_SCENARIO as DEFAULT_SCENARIO
    from simulation.scenario.template import new_scenario_text as new_scenario_text
    from simulation.scenario.writer import scenario_text as scenario_text

_MODULE_OF = {
    "DEFAULT_SCENARIO": "shipped",
    "LoadedScenario": "loader",
    "Parameters": "parameters",
    "REGISTRY": "registry",
    "Scenario": "model",
    "ShippedScenario": "listing",
    "load_scenario": "loader",
    "new_scenario_text": "template",
    "parse_scenario": "loader",
    "scenario_schema": "schema",
    "scenario_text": "writer",
    "shipped_scenarios": "listing",
}

__all__ = [*_MODULE_OF]  # noqa: PLE0604 - every key is a text


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a public name may be anything
    """Load a public name when it is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
