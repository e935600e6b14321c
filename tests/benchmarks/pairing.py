"""S6: what it gains to play two structures, or two of anything, in the same worlds with the same keyed draws.

A count of what varies and no time: the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.maps.pinned import read_map
from simulation.scenario import load_scenario
from tests.benchmarks import fixtures
from tests.benchmarks.measure import Row, Spread
from tests.experiments.played import asking, campaign, gain, slow_readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.experiments.estimates import Values
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

PAIRS, FULL_PAIRS = 1_200, 60
RESAMPLES = 1_000
FULL, FULL_MAP = "burgernet-en-whatsapp", "naoorlogs.map"
"""A shipped evening in which he is found about every other time."""
_GOAL = 8.0


def rows() -> Iterator[Row]:
    """Measure."""
    yield from _gains("minimal evening of 500", asking(), fixtures.shipped(), PAIRS, _GOAL)
    street_map = read_map(fixtures.SHIPPED.with_name(FULL_MAP))
    yield from _gains(f"full evening {FULL}", load_scenario(FULL).scenario, street_map, FULL_PAIRS, None)


def _gains(name: str, quick: Scenario, street_map: StreetMap, pairs: int, goal: float | None) -> Iterator[Row]:
    both = campaign({"quick": quick, "slow": slow_readers(quick)}, street_map, range(pairs))
    for measure in ("found", "sightings", "calls", "posts"):
        left, right = both.values(measure, 0), both.values(measure, 1)
        figure = _with_interval(left, right)
        note = (
            f"{left.mean():.3g} : {right.mean():.3g} an evening, {np.count_nonzero(left != right)} of {pairs:,} pairs differ; "
            f"own seeds tell as much with {pairs * figure.median:,.0f} evenings each"
        )
        title = (
            f"variance of the difference in {measure}, seeds of their own against the same, reading twice as slowly, {name}"
        )
        yield Row("S6", title, figure, goal=goal if measure == "found" else None, note=note)


def _with_interval(left: Values, right: Values) -> Spread:
    """Give the gain, and between what it lies in 95 of 100 series drawn from these pairs with replacement."""
    rng = np.random.default_rng(0)
    drawn = (rng.integers(0, len(left), len(left)) for _ in range(RESAMPLES))
    low, high = np.quantile([gain(left[rows], right[rows]) for rows in drawn], [0.025, 0.975], method="inverted_cdf")
    return Spread(gain(left, right), float(low), float(high))
