"""The shipped scenarios give what they gave; a change of the model shows here and is accepted with `make golden`."""

from __future__ import annotations

import pytest

from simulation.scenario.shipped import shipped_names
from tests.golden import FOLDER, expected, result


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scenario_gives_what_it_gave(name: str) -> None:
    assert result(name) == expected(name)


def test_every_accepted_result_still_ships() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(shipped_names())
