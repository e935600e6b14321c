"""Everybody in some worlds before anything happens: who is there anyway, who comes from outside, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.people.officials import official_key, with_officials
from simulation.people.population import settle
from simulation.people.shops import shopkeeper_key, with_shopkeepers
from simulation.people.units import enlist, unit_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.maps.streetmap import StreetMap
    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario


def gather(scenario: Scenario, network: Network, seeds: Sequence[int]) -> People:
    """Draw the residents of the world of each seed, and behind them its shopkeepers."""
    return with_shopkeepers(settle(scenario, network, seeds), scenario, network, seeds)


def from_outside(people: People, scenario: Scenario) -> People:
    """Add to the people of one world who comes from elsewhere: the officials of its alert structure, and the units."""
    return enlist(with_officials(people, scenario), scenario)


def key_of(people: People, person: int, scenario: Scenario, street_map: StreetMap) -> str:
    """Give the key of a person as it stands in a trace."""
    if people.unit.item(person):
        return unit_key(people.number.item(person))
    if people.shop.item(person) >= 0:
        return shopkeeper_key(street_map, people.shop.item(person))
    if people.official.item(person) >= 0:
        return official_key(scenario, people.official.item(person))
    return f"{street_map.texts[street_map.homes.key.item(people.home.item(person))]}/{people.number.item(person) + 1}"
