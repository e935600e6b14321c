"""Everybody in some worlds before anything happens, but for the units: residents, and those who only work here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.people.officials import with_officials
from simulation.people.population import settle
from simulation.people.shops import with_shopkeepers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario


def gather(scenario: Scenario, network: Network, seeds: Sequence[int]) -> People:
    """Draw the residents of the world of each seed, and behind them its shopkeepers and its officials."""
    people = with_shopkeepers(settle(scenario, network, seeds), scenario, network, seeds)
    return with_officials(people, scenario, len(seeds))
