"""Units that the desk sends: people in the street like others, who live nowhere and wait at their base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import text_keys
from simulation.people.places import base_point
from simulation.people.population import behind

if TYPE_CHECKING:
    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario

    Point = tuple[int, float]

_AGE = 30


def enlist(people: People, scenario: Scenario) -> People:
    """Add the units of an evening behind the residents of one world.

    A unit knows of the exercise, has no phone in any group, and is nobody's neighbour.
    """
    units = scenario.units
    if not units:
        return people
    speed = np.array([unit.speed_mps or scenario.parameters["v_unit_mps"] for unit in units], np.float64)
    yes = np.ones(len(units), bool)
    own = {
        "world": np.zeros(len(units), np.int64),
        "number": np.arange(len(units)),
        "key": text_keys([unit_key(number) for number in range(len(units))]),
        "age": np.full(len(units), _AGE),
        "aware": yes,
        "numbered": yes,
        "unit": yes,
        "walk_speed": speed,
        "bike_speed": speed,
    }
    return behind(people, own)


def unit_key(number: int) -> str:
    """Give the key of a unit, numbered from 0."""
    return f"unit-{number + 1}"


def bases(scenario: Scenario, network: Network) -> list[Point]:
    """Give where each unit waits: an edge, and the distance along it, metres."""
    return [base_point(network, unit.base) for unit in scenario.units]
