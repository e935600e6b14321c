"""Units of the desk: they live nowhere, have no phone in any group, and wait at their base."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from tests.reference.people import Crowd

Array = np.ndarray[Any, np.dtype[Any]]


def with_units(crowd: Crowd, scenario: Scenario) -> Crowd:
    """Add the units behind the residents: they know of the exercise, and nobody knows them."""
    worlds, units = len(crowd.home), scenario.units
    pace = [unit.speed_mps or scenario.parameters["v_unit_mps"] for unit in units]
    own = {"home": -1, "aware": True, "informed": True, "unit": True, "pace": pace, "cycling": pace, "round_from": np.inf}

    def longer(name: str) -> Array:
        column = getattr(crowd, name)
        shape = (worlds, len(units), *column.shape[2:])
        rest = np.broadcast_to(np.array(own.get(name, 0), column.dtype), shape)
        return np.concatenate([column, rest], axis=1)

    return replace(crowd, **{part.name: longer(part.name) for part in fields(crowd)})
