"""Planning looks anew: hazard that is cut short takes only its own share of the threshold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.saar.attention import Attention, next_look
from simulation.saar.spot import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDING = Chance(0.0, 100.0, 0.0, 0.0, 40.0, 16.0, 1.0, looking=True, in_act=False)
"""A suspect stands before a window: a hazard of 0.01 per second for 100 seconds."""


def outside(stretches: Sequence[Chance], since: float, until: float) -> list[Chance]:
    before = [chance.part(chance.start, min(chance.stop, since)) for chance in stretches if chance.start < since]
    return before + [chance.part(max(chance.start, until), chance.stop) for chance in stretches if chance.stop > until]


ALWAYS = Attention(-math.inf, 0.0)


@pytest.mark.parametrize(("threshold", "moment"), [(0.3, 30.0), (0.49, 49.0), (0.6, 90.0), (0.71, math.inf)])
def test_who_is_away_for_a_while_does_not_look_then(threshold: float, moment: float) -> None:
    left = outside([STANDING], 50.0, 80.0)
    assert next_look(left, ALWAYS, -math.inf, threshold) == pytest.approx(moment)


def test_what_lies_outside_stays_as_it_is() -> None:
    assert outside([STANDING], 100.0, 200.0) == [STANDING]
    assert outside([STANDING], -50.0, 0.0) == [STANDING]
    assert outside([STANDING], -1.0, 101.0) == []


def covered(stretches: Sequence[Chance], time: float) -> bool:
    return any(stretch.start <= time < stretch.stop for stretch in stretches)


@given(st.floats(-20.0, 120.0), st.floats(0.0, 60.0), st.floats(0.1, 5.0), st.floats(-50.0, 150.0))
def test_cut_hazard_adds_up_with_what_was_cut_away(since: float, lasting: float, pace: float, closest: float) -> None:
    blank = Chance(0.0, 100.0, closest, pace, 45.0, 16.0, math.nan, looking=True, in_act=False)
    whole = blank._replace(total=blank.hazard(-0.0, 50.0) + blank.hazard(50.0, 100.0))
    left = outside([whole], since, since + lasting)
    away = max(min(since + lasting, 100.0), 0.0), max(min(since, 100.0), 0.0)
    lost = whole.hazard(away[1], away[0]) if away != (100.0, 0.0) else whole.total
    assert sum(part.total for part in left) == pytest.approx(whole.total - lost, abs=1e-9)
    for time in (0.5, 13.0, 50.5, 99.0):
        assert covered(left, time) == (not since <= time < since + lasting)
