"""Which share of the residents had been reached by when: the average of some evenings under each structure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simulation.engine.evening import play
from simulation.engine.world import build_worlds
from simulation.experiments.estimates import mean_of
from simulation.experiments.times import Curve
from simulation.scoring.curves import MINUTE_S
from simulation.scoring.facts import Facts
from simulation.scoring.reach import told

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison
    from simulation.experiments.estimates import Values
    from simulation.people.network import Network
    from simulation.trace.log import Trace

WORLDS = 20
"""Worlds that are played again: results hold how many were reached, and not by when."""


def reached(comparison: Comparison, network: Network) -> dict[int, Curve]:
    """Average the share of residents reached through the evening, under each structure as documented.

    Reached is who read a right message, of the residents from twelve who noticed no suspect themselves, as in `reach_share`;
    reads still due at the end count.
    The first `WORLDS` worlds are played again, without those in which an evening failed; the same under each structure.

    Parameters
    ----------
    comparison
        The evenings.
    network
        The streets they were played on.

    Returns
    -------
    By condition: at each minute the mean share, and the t interval of it; none where no evening can be told of.
    """
    scenarios = {number: comparison.design.conditions[number].scenario for number in comparison.documented}
    seeds = _whole(comparison)[:WORLDS]
    times = np.arange(0.0, comparison.horizon_s("found_at_s") + MINUTE_S, MINUTE_S)
    shares: dict[int, list[Values]] = {number: [] for number in scenarios}
    for seed in seeds:
        (world,) = build_worlds(scenarios[comparison.documented[0]], network, [seed])
        for number, scenario in scenarios.items():
            shares[number].append(_by(play(world.under(scenario.with_seed(seed))), times))
    return {number: _mean(times, np.array(rows)) for number, rows in shares.items() if rows}


def _whole(comparison: Comparison) -> list[int]:
    """Give the seeds under which no evening failed."""
    rows = zip(*(comparison.table[name].to_pylist() for name in ("seed", "failure")), strict=True)
    failed = {seed for seed, failure in rows if failure}
    return [seed for seed in comparison.seeds if seed not in failed]


def _by(trace: Trace, times: Values) -> Values:
    """Give the share that had been reached at each time; nan where nobody counts."""
    news = told(Facts(trace))
    read_s = np.sort(news.read_s[news.people])
    if not len(read_s):
        return np.full(len(times), math.nan)
    found: Values = np.searchsorted(read_s, times, side="right") / len(read_s)
    return found


def _mean(times: Values, shares: Values) -> Curve:
    estimates = [mean_of(column) for column in shares.T]
    low, high = (np.clip([getattr(one, name) for one in estimates], 0.0, 1.0) for name in ("low", "high"))
    return Curve(times, np.array([one.value for one in estimates]), low, high)
