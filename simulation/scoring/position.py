"""Where residents are at some moment, from the ways in the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulation.maps.streetmap import Floats, Ints
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


def positions(facts: Facts, residents: Ints, times_s: Floats) -> Floats:
    """Give where some residents are, each at a moment of his own.

    Parameters
    ----------
    facts
        The evening.
    residents
        (K,) indices of the residents.
    times_s
        (K,) seconds from the start of play.

    Returns
    -------
    (K, 2) metres: along the last way that one started on by then, at its end if that is over, at home if there is none.
    """
    result: Floats = facts.homes[residents]
    for row, (resident, time_s) in enumerate(zip(residents.tolist(), times_s.tolist(), strict=True)):
        ways = [record for record in facts.ways.get(resident, ()) if record.time_s <= time_s]
        if ways:
            result[row] = place_on(ways[-1], time_s)
    return result


def place_on(way: Record, time_s: float) -> tuple[float, float]:
    """Give the position on the way of a `route` at some time, metres; its end when it is over."""
    t_s, x_m, y_m = (np.asarray(way.data[name], dtype=np.float64) for name in ("t_s", "x_m", "y_m"))
    after = int(np.searchsorted(t_s, time_s, side="right"))
    if after == len(t_s):
        return float(x_m[-1]), float(y_m[-1])
    before = max(after - 1, 0)
    part = (time_s - t_s[before]) / (t_s[after] - t_s[before]) if after > before else 0.0
    x, y = (float(line[before] + part * (line[after] - line[before])) for line in (x_m, y_m))
    return x, y
