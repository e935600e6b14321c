"""A small campaign: an evening of half an hour on a small map, in which much is told and found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simulation.experiments.campaign import Campaign
from simulation.experiments.design import Design
from simulation.experiments.executors import Serial
from simulation.experiments.results import Memory
from simulation.experiments.structures import structure_conditions
from simulation.maps.pinned import digest_of
from simulation.people.network import Network
from simulation.scenario.model import Announced, Players, Scenario, Structure
from tests.saar.lively import KEEN, TWO
from tests.worlds import evening, made_neighbourhood

if TYPE_CHECKING:
    import pyarrow as pa

STRUCTURES = ("separate-groups", "administrators-group")
MAP = made_neighbourhood()
NETWORK = Network(MAP)
SEEDS = range(1, 5)


def busy() -> Scenario:
    """Give the evening."""
    return evening(
        {**KEEN, "p_challenge_player": 0.2, "p_mute": 0.0, "p_follow": 0.0, "callback_s": 1e6},
        game={"suspects": TWO, "duration_s": 1800.0, "stop": "time"},
        players=Players(share=0.25, know=("upper",), announced=Announced(others=0.5)),
        structure=Structure(groups=4),
    )


def design(*structures: str) -> Design:
    """Give the campaign under some structures."""
    scenarios = [busy().with_structure(structure) for structure in structures or STRUCTURES]
    return Design(structure_conditions(scenarios), SEEDS.start, digest_of(MAP))


def player(campaign: Design) -> Serial:
    """Give who plays a campaign in this process."""
    return Serial(tuple(condition.scenario for condition in campaign.conditions), NETWORK)


@cache
def table() -> pa.Table:
    """Give the rows of the campaign, played in this process."""
    return Campaign(design(), player(design()), Memory()).play(len(SEEDS))
