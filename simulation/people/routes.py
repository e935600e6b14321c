"""Ways as polylines with times, as they stand in `route` records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.people.legs import legs_of
from simulation.trace.lazy import LazyData

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.legs import Legs
    from simulation.people.network import Network
    from simulation.people.rounds import Stroll

    Floats = NDArray[np.float64]

_STRAIGHT_MPS = 1e-9


def walk_data(reason: str, network: Network, stroll: Stroll) -> LazyData:
    """Give the fields of the route of somebody who walks; `reason` as in the documentation of the kind."""
    return LazyData(lambda: legs_data(reason, legs_of(network, stroll.way)))


def legs_data(reason: str, legs: Legs) -> dict[str, str | Floats]:
    """Give the fields of a route: the points at which direction or speed change, to the microsecond and the millimetre."""
    if not len(legs):
        return {"reason": reason, "t_s": np.zeros(0), "x_m": np.zeros(0), "y_m": np.zeros(0)}
    bends = (np.abs(np.diff(legs.vx)) > _STRAIGHT_MPS) | (np.abs(np.diff(legs.vy)) > _STRAIGHT_MPS)
    first = np.flatnonzero(np.concatenate([[True], bends]))
    passed = float(legs.stop[-1] - legs.start[-1])
    return {
        "reason": reason,
        "t_s": np.rint(np.append(legs.start[first], legs.stop[-1]) * 1e6) / 1e6,
        "x_m": np.rint(np.append(legs.x[first], legs.x[-1] + passed * legs.vx[-1]) * 1e3) / 1e3,
        "y_m": np.rint(np.append(legs.y[first], legs.y[-1] + passed * legs.vy[-1]) * 1e3) / 1e3,
    }
