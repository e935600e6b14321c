"""The groups of an alert structure: how they grow with their members."""

from __future__ import annotations

import pytest

from simulation.engine import build_worlds
from simulation.engine.wiring import wire
from simulation.people.network import Network
from simulation.scenario.model import Players, Residents, Structure
from tests.worlds import evening, made_neighbourhood

NETWORK = Network(made_neighbourhood())


def members_in(structure: Structure) -> tuple[list[str], list[int]]:
    """Give the keys of the groups of a world, and how many are in each of the residents' groups."""
    scenario = evening(
        {"p_household_member": 0.45}, residents=Residents(count=400), players=Players(count=0), structure=structure
    )
    wiring = wire(build_worlds(scenario, NETWORK, [1])[0])
    return [channel.key for channel in (*wiring.groups, *wiring.uppers)], [len(group.members) for group in wiring.groups]


def test_a_group_is_divided_when_one_more_is_in_it_than_fit_together() -> None:
    keys, (members,) = members_in(Structure(id="single-group"))
    assert keys == ["group-1"]
    assert members > 20
    for most, groups in ((members, 1), (members - 1, 5)):
        keys, sizes = members_in(Structure(id="zoomwijck", groups=5, split_over=most))
        assert [key for key in keys if key.startswith("group")] == [f"group-{number + 1}" for number in range(groups)]
        assert [key for key in keys if key.startswith("steering")] == [f"steering-{number + 1}" for number in range(groups)]
        assert sum(sizes) == members


@pytest.mark.parametrize("spare", [0, 1])
def test_who_comes_when_the_group_is_full_is_in_none(spare: int) -> None:
    _, (members,) = members_in(Structure(id="single-group"))
    assert members_in(Structure(id="single-group", cap=members - spare)) == (["group-1"], [members - spare])
