"""Contract C5: the engine agrees with the ticking reference within Monte Carlo error, step by step and all together.

The long form, on real streets too, is in tests/studies; its results are in docs/studies.md.
"""

from __future__ import annotations

import pytest

from tests.places import map_of, network_of
from tests.reference.agreement import STEPS, scenario_of, scores, simulated
from tests.reference.ticking import reference


@pytest.mark.parametrize("step", STEPS)
def test_engine_and_reference_agree(step: str) -> None:
    scenario, worlds = scenario_of(step), 400 if step == "everything" else 150
    mine = simulated(network_of("made"), scenario, worlds)
    his = reference(map_of("made"), scenario, worlds, 1, 1.0)
    found = scores(mine, his, rare=50.0)
    assert all(abs(score) < 3.0 for score in found.values()), found
