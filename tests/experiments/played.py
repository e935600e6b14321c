"""Campaigns that are played for tests and benchmarks, and the contrast by which the gain of paired seeds is measured."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from simulation.experiments.campaign import Campaign
from simulation.experiments.comparison import Comparison
from simulation.experiments.design import Condition, Design
from simulation.experiments.executors import Serial
from simulation.experiments.power import pilot
from simulation.experiments.results import Memory
from simulation.experiments.structures import DOCUMENTED
from simulation.people.network import Network
from simulation.scenario.model import Parameters
from simulation.scenario.registry import REGISTRY
from tests.benchmarks import rules
from tests.worlds import House, street_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.experiments.estimates import Values
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

RATE = 0.004
"""Rate of noticing of the minimal evening on the shipped map, as in S1."""

READING = tuple(name for name in REGISTRY if name.startswith("read_delay_") and name.endswith("_median_s"))


def design_of(scenarios: Mapping[str, Scenario], street_map: StreetMap, first_seed: int = 0) -> Design:
    """Make a design of evenings that are called as told."""
    conditions = [
        Condition(name, scenario, {"structure": scenario.structure.id, "effort": DOCUMENTED})
        for name, scenario in scenarios.items()
    ]
    return Design(tuple(conditions), first_seed, street_map.digest)


def campaign(scenarios: Mapping[str, Scenario], street_map: StreetMap, seeds: range) -> Comparison:
    """Play evenings in the same worlds, as a campaign does; none may fail."""
    design = design_of(scenarios, street_map, seeds.start)
    player = Serial(tuple(scenarios.values()), Network(street_map))
    found = Comparison(design, Campaign(design, player, Memory()).play(len(seeds)))
    assert not any(found.failures), set(found.table["failure"].to_pylist())
    return found


def changed(scenario: Scenario, **parameters: float) -> Scenario:
    """Give an evening with other parameters."""
    return scenario.model_copy(update={"parameters": Parameters({**scenario.parameters.overridden, **parameters})})


def slow_readers(scenario: Scenario) -> Scenario:
    """Give the same evening, but that everybody reads twice as slowly."""
    return changed(scenario, **{name: 2.0 * scenario.parameters[name] for name in READING})


def asking(residents: int = rules.RESIDENTS, rate: float = RATE, duration_s: float = rules.EVENING_S) -> Scenario:
    """Give the minimal evening, in which one in ten of those who recognise the suspect in the street asks him.

    On the shipped map he is found in half of the evenings; then they end.
    """
    scenario = changed(rules.evening(rate, residents), p_challenge_player=0.1)
    games = tuple(game.model_copy(update={"stop": "first-found", "duration_s": duration_s}) for game in scenario.games)
    return scenario.model_copy(update={"games": games})


def gain(left: Values, right: Values) -> float:
    """Give how often as many evenings with seeds of their own tell as much of a difference as paired ones."""
    seen = pilot(left, right)
    return (seen.sd_left**2 + seen.sd_right**2) / seen.sd_paired**2 if seen.sd_paired else math.inf


@cache
def lane() -> StreetMap:
    """Give a street of 250 m with a dozen homes on one side."""
    houses = [House((20.0 * number + 10.0, 8.0), "Dorpsstraat", str(number + 1)) for number in range(12)]
    return street_map({"Dorpsstraat": [(0.0, 0.0), (250.0, 0.0)]}, houses)
