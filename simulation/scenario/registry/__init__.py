"""The registry: every number of the model with its meaning, unit, range, source and grade, and nowhere else.

It imports the standard library only, so that the engine can read it at no cost.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from simulation.scenario.registry import (
    broadcast,
    calling,
    desk,
    forwarding,
    households,
    likeness,
    messages,
    moving,
    officials,
    patrols,
    people,
    seeing,
    shops,
)
from simulation.scenario.registry.parameter import GRADES, Parameter
from simulation.scenario.registry.platform import on_date

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GRADES", "REGISTRY", "Parameter", "on_date"]

_ALL = (
    *seeing.PARAMETERS,
    *likeness.PARAMETERS,
    *calling.PARAMETERS,
    *desk.PARAMETERS,
    *messages.PARAMETERS,
    *forwarding.PARAMETERS,
    *officials.PARAMETERS,
    *broadcast.PARAMETERS,
    *patrols.PARAMETERS,
    *shops.PARAMETERS,
    *moving.PARAMETERS,
    *people.PARAMETERS,
    *households.PARAMETERS,
)

REGISTRY: Mapping[str, Parameter] = MappingProxyType({parameter.name: parameter for parameter in _ALL})
"""Every number of the model by name, in the order of the documentation."""
