"""The intervals of paired differences hold the truth as often as they say, of evenings that the engine played."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.experiments.differences import difference_of_means
from simulation.scenario.layout import PUBLIC_PAGE
from tests.experiments.played import asking, campaign, changed, lane

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison

BATCHES, PAIRS = 150, 20
TALKATIVE = {"p_post_player": 0.8, "read_delay_player_median_s": 60.0}
"""Parameters by which a group has told everybody within a quarter of an hour."""


@cache
def _all() -> Comparison:
    """Play all batches as one large run: a lane with and without a group."""
    group = changed(asking(residents=12, rate=0.01, duration_s=900.0), **TALKATIVE).model_copy(update={"outlet": PUBLIC_PAGE})
    return campaign({"none": group.with_structure("none"), "group": group}, lane(), range(BATCHES * PAIRS))


@pytest.mark.parametrize("measure", ["sightings", "calls", "posts", "reads", "first_call_s"])
def test_intervals_of_few_evenings_hold_the_difference_of_many(measure: str) -> None:
    # Of 150 batches 142 or 143 should, by chance 3 more or fewer; the bounds leave room for two to three times that.
    without, group = (_all().comparable(measure, number) for number in (0, 1))
    truth, held = difference_of_means(group, without), 0
    for begin in range(0, BATCHES * PAIRS, PAIRS):
        batch = slice(begin, begin + PAIRS)
        interval = difference_of_means(group[batch], without[batch])
        held += interval.low <= truth.value <= interval.high
    assert truth.p < 1e-6
    assert 0.90 <= held / BATCHES <= 0.99, held
