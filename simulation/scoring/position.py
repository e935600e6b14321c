"""Where a resident is at some moment, from the ways in the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulation.maps.streetmap import Floats
    from simulation.scoring.facts import Facts


def position(facts: Facts, resident: int, time_s: float) -> Floats:
    """Give where a resident is.

    Parameters
    ----------
    facts
        The evening.
    resident
        Index of the resident.
    time_s
        Seconds from the start of play.

    Returns
    -------
    (2,) metres: along the last way that he started on by then, at its end if that is over, at home if there is none.
    """
    ways = [data for data in facts.ways.get(resident, ()) if data["t_s"][0] <= time_s]
    if not ways:
        home: Floats = facts.homes[resident]
        return home
    t_s, x_m, y_m = (np.asarray(ways[-1][name], dtype=np.float64) for name in ("t_s", "x_m", "y_m"))
    after = int(np.searchsorted(t_s, time_s, side="right"))
    if after == len(t_s):
        return np.array([x_m[-1], y_m[-1]])
    part = (time_s - t_s[after - 1]) / (t_s[after] - t_s[after - 1])
    return np.array([line[after - 1] + part * (line[after] - line[after - 1]) for line in (x_m, y_m)])
