"""Every number of the registry is really used by an evening, and no evening asks for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulation.engine import build_worlds, play
from simulation.maps.pinned import read_map
from simulation.people.network import Network
from simulation.scenario.dispatch import Unit
from simulation.scenario.ground import Centre
from simulation.scenario.loader import load_scenario
from simulation.scenario.model import Number, Parameters
from simulation.scenario.registry import REGISTRY
from simulation.scenario.shipped import scenarios_folder, shipped_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.model import Scenario, Suspect


UNITS = (Unit(name="Fietsteam", base=Centre()),)


class Watched(Parameters):
    """Parameters that write down which of them were asked for."""

    __slots__ = ("asked",)

    def __init__(self, overridden: Any) -> None:
        super().__init__(overridden)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.asked.add(name)
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        pytest.fail("an evening goes through all parameters: then nobody can tell which it uses")


def asked_by(scenario: Scenario, network: Network) -> set[str]:
    """Play an evening; give the names of the parameters that it asked for."""
    watched = Watched(scenario.parameters.overridden)
    for world in build_worlds(scenario.model_copy(update={"parameters": watched}), network, [1, 2]):
        assert play(world).records
    return watched.asked


def busier(scenario: Scenario, structure: str) -> Scenario:
    """Let suspects cycle and be followed, groups talk about anything, callers have no patience, and shops be open."""

    def cycling(suspect: Suspect) -> Suspect:
        return suspect.model_copy(update={"speed_mps": None, "description": {**suspect.description, "vehicle": "fiets"}})

    games = [game.model_copy(update={"suspects": tuple(map(cycling, game.suspects))}) for game in scenario.games]
    hasty = {"patience_mean_s": 1.0, "lines": 1.0, "p_challenge_player": 0.1, "p_follow": 1.0}
    eager = {"burgernet_min_elements": 1.0, "burgernet_setup_median_s": 180.0, "p_burgernet": 0.2, "patrol_duty_share": 1.0}
    parameters = Parameters({**scenario.parameters.overridden, **hasty, **eager})
    shops = {"shopkeepers_until_s": 3600.0 if structure == "village-coordinators" else None}
    broad = scenario.structure.model_copy(update={"topics": "broad", "id": structure, **shops})
    return scenario.model_copy(
        update={"games": tuple(games), "parameters": parameters, "number": Number(), "structure": broad, "units": UNITS}
    )


def test_evenings_use_every_parameter_of_the_registry_and_no_other() -> None:
    network = Network(read_map(scenarios_folder() / "wijk.map"))
    asked: set[str] = set()
    usual = [scenario for name in shipped_names() if (scenario := load_scenario(name).scenario).map is None]
    for scenario in usual:
        asked |= asked_by(scenario, network)
        above = ("zoomwijck-municipal", "administrators-group", "village-coordinators")
        joined = (*above, "bridging-coordinators", "broadcast-shared+patrol-team")
        for structure in ("single-group", *joined):
            asked |= asked_by(busier(scenario, structure), network)
    assert asked == set(REGISTRY)
