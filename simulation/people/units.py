"""Units that the desk sends: people in the street like others, who live nowhere and wait at their base."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.draws import text_keys
from simulation.people.places import base_point
from simulation.people.population import People

if TYPE_CHECKING:
    from simulation.people.network import Network
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
        "home": np.full(len(units), -1),
        "number": np.arange(len(units)),
        "key": text_keys([unit_key(number) for number in range(len(units))]),
        "age": np.full(len(units), _AGE),
        "eyes": np.ones((len(units), people.eyes.shape[1])),
        "aware": yes,
        "numbered": yes,
        "unit": yes,
        "shop": np.full(len(units), -1),
        "walk_speed": speed,
        "bike_speed": speed,
    }

    def longer(name: str) -> Any:  # noqa: ANN401 - a column of any kind
        column = getattr(people, name)
        rest = np.zeros((len(units), *column.shape[1:]), column.dtype)
        return np.concatenate([column, own.get(name, rest)])

    columns = {part.name: longer(part.name) for part in fields(People) if part.name != "of_world"}
    return People(of_world=np.array([0, len(columns["key"])]), **columns)


def unit_key(number: int) -> str:
    """Give the key of a unit, numbered from 0."""
    return f"unit-{number + 1}"


def bases(scenario: Scenario, network: Network) -> list[Point]:
    """Give where each unit waits: an edge, and the distance along it, metres."""
    return [base_point(network, unit.base) for unit in scenario.units]
