"""Pairing: a campaign plays the evenings that anybody plays alone; the same is no different, and other seeds mean the same."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pytest

from simulation.engine import run_evening
from simulation.experiments.estimates import known, spread
from simulation.experiments.precision import COMPARED
from simulation.experiments.tables import SCHEMA
from simulation.measures import UNITS
from simulation.scoring import score
from tests.experiments.played import asking, campaign, lane, slow_readers
from tests.worlds import BUSY_GROUPS, evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison

BUSY = evening(BUSY_GROUPS, outlet="public-page")
STRUCTURES = ("none", "single-group", "separate-groups", "zoomwijck")
SEVERAL = 150
MAIN = ("found", "found_at_s", "sightings", "calls", "first_call_s", "posts", "reads", "reach_share")


def test_each_row_is_the_score_of_that_evening_played_alone() -> None:
    # Worlds are drawn side by side and shared by all structures: nothing that one evening does may reach another.
    scenarios = {structure: BUSY.with_structure(structure) for structure in STRUCTURES}
    town = made_neighbourhood()
    table = campaign(scenarios, town, range(3)).table
    alone = [run_evening(scenario, town, seed) for scenario in scenarios.values() for seed in range(3)]
    for row, trace in zip(table.to_pylist(), alone, strict=True):
        measures = score(trace)
        plain = [key for key in measures if UNITS[key] != "rows"]
        assert {key: row[key] for key in plain} == {key: measures[key] for key in plain}


def test_a_structure_differs_from_itself_by_nothing() -> None:
    both = campaign({"one": BUSY, "the same": BUSY}, made_neighbourhood(), range(12))
    one, same = (both.table.filter(pc.equal(both.table["condition"], number)) for number in (0, 1))
    for name in set(SCHEMA.names) - {"condition"}:
        assert one[name].equals(same[name]), name
    assert spread(both.values("sightings", 0)) > 0.0
    for measure in COMPARED:
        line = both.line(measure, 1)
        assert line.difference is not None
        assert not line.sure
        if line.difference.count:
            assert line.difference.value == 0.0, measure
        if UNITS[measure] != "yes-no" and line.difference.count > 1:
            assert (line.difference.low, line.difference.high, line.difference.p) == (0.0, 0.0, 1.0), measure


@cache
def _series() -> tuple[Comparison, Comparison]:
    """Play two series of evenings with no seed in common."""
    quick = asking(residents=12, rate=0.01, duration_s=1800.0)
    scenarios = {"quick": quick, "slow": slow_readers(quick)}
    here, elsewhere = (campaign(scenarios, lane(), range(first, first + SEVERAL)) for first in (0, SEVERAL))
    return here, elsewhere


@pytest.mark.parametrize("measure", MAIN)
def test_seeds_of_their_own_give_the_same_means(measure: str) -> None:
    here, elsewhere = _series()
    for condition in (0, 1):
        one, other = (known(series.comparable(measure, condition)) for series in (here, elsewhere))
        error = math.sqrt(spread(one) ** 2 / one.size + spread(other) ** 2 / other.size)
        assert error > 0.0
        assert abs(one.mean() - other.mean()) < 3.0 * error
