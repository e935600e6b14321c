"""Contract C5: the engine agrees with the ticking reference within Monte Carlo error, step by step and all together.

The long form, on real streets too, is in tests/studies; its results are in docs/studies.md.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.places import map_of, network_of
from tests.reference.agreement import scores, simulated
from tests.reference.steps import STEPS, scenario_of
from tests.reference.ticking import reference

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario


@pytest.mark.parametrize("step", STEPS)
def test_engine_and_reference_agree(step: str) -> None:
    fewer = {"mistakes": 30, "two games": 40, "units": 45}
    assert_agreement(scenario_of(step), {"everything": 90, "busy group": 90, **fewer}.get(step, 60))


@pytest.mark.parametrize("step", ["windows", "streets"])
def test_engine_and_reference_agree_while_the_sun_sets(step: str) -> None:
    # From 19:50 to 20:10 daylight falls from nearly all to four tenths; where the map does not say otherwise, there are lamps.
    dusk = {"date": dt.date(2026, 9, 16), "start_s": 71_400.0}
    assert_agreement(scenario_of(step).model_copy(update=dusk), 80)


def assert_agreement(scenario: Scenario, worlds: int) -> None:
    mine = simulated(network_of("made"), scenario, worlds)
    his = reference(map_of("made"), scenario, worlds, 1, 1.0)
    found = scores(mine, his, rare=50.0)
    assert all(abs(score) < 3.0 for score in found.values()), found
