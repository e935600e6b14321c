"""The groups of an alert structure: how they grow with their members."""

from __future__ import annotations

import pytest

from simulation.engine import build_worlds, play
from simulation.engine.wiring import public_page, told_before, wire
from simulation.people.network import Network
from simulation.scenario.model import Announced, Players, Residents, Structure
from tests.alert_structures import PRESETS
from tests.worlds import evening, made_neighbourhood

NETWORK = Network(made_neighbourhood())
NEXT = Structure(id="administrators-group", groups=2, cap=12, when_full="next-group")
"""Groups so full that there are next ones."""


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


@pytest.mark.parametrize("structure", [*PRESETS, "next groups"])
def test_a_resident_is_a_member_of_one_group_and_reads_others_only_in_a_role_that_sits_there(structure: str) -> None:
    chosen = NEXT if structure == "next groups" else Structure(id=structure)
    scenario = evening({"p_household_member": 0.45}, residents=Residents(count=400), structure=chosen)
    world = build_worlds(scenario, NETWORK, [1])[0]
    wiring = wire(world)
    inside = [(person, group.key) for group in wiring.groups for person in group.members.tolist()]
    assert len(set(inside)) == len(inside)
    bridging = {holder.person for holder in wiring.holders.get("coordinator", [])}
    elsewhere = {person for person, key in inside if wiring.group_of[person].key != key}
    assert elsewhere == (bridging if structure == "bridging-coordinators" else set())
    assert {person for person, _ in inside} == set(wiring.group_of)


def test_what_a_phone_keeper_does_is_done_before_the_evening() -> None:
    scenario = evening({"p_household_member": 0.45}, residents=Residents(count=400), structure=NEXT)
    world = build_worlds(scenario, NETWORK, [1])[0]
    records = play(world).records
    groups = [record for record in records if record.kind == "channel" and record.data["kind"] == "group"]
    added = [person for group in groups for person in group.data["members"]]
    assert {group.time_us for group in groups} == {0}
    assert sorted(added) == world.people.member.nonzero()[0].tolist()
    assert world.people.age[added].min() >= 18
    opened = {group.who for group in groups if group.who.endswith("-2")} - {"group-2"}
    full = {group.who for group in groups if len(group.data["members"]) == 12}
    assert opened
    assert {key.removesuffix("-2") for key in opened} <= full
    assert opened <= {group for record in records if record.kind == "role" for group in record.data["groups"]}


def test_the_trace_tells_who_has_which_role_in_which_group() -> None:
    scenario = evening({"p_household_member": 0.45}, structure=Structure(id="zoomwijck-municipal", groups=4))
    world = build_worlds(scenario, NETWORK, [1])[0]
    wiring = wire(world)
    told = {record.who: record.data for record in play(world).records if record.kind == "role"}
    assert {role: list(zip(data["members"], data["groups"], strict=True)) for role, data in told.items()} == {
        role: sorted((holder.person, wiring.group_of[holder.person].key) for holder in holders)
        for role, holders in wiring.holders.items()
    }
    assert {role: len(data["members"]) for role, data in told.items()} == {"steering-member": 12, "liaison": 4}


@pytest.mark.parametrize(("share", "told"), [(None, "nobody"), (0.0, "nobody"), (1.0, "stewards"), (0.5, "some")])
def test_members_with_a_role_are_told_of_the_exercise_as_the_scenario_says(share: float | None, told: str) -> None:
    scenario = evening(
        {"p_household_member": 0.45},
        residents=Residents(count=400),
        players=Players(count=0, announced=Announced(members=0.0, stewards=share)),
        structure=Structure(id="administrators-group", groups=5),
    )
    knew = set[bool]()
    for world in build_worlds(scenario, NETWORK, [1, 2, 3]):
        wiring = wire(world)
        stewards = {person for person, _ in wiring.holders["administrator"]}
        aware, numbered = told_before(world, wiring)
        officials = world.people.official >= 0
        assert aware[officials].all()
        knowing = set((aware & ~officials).nonzero()[0].tolist())
        assert len(stewards) == 10
        assert knowing <= stewards
        assert (aware == numbered).all()
        assert set(public_page(world, wiring).members.tolist()) == knowing
        knew |= {person in knowing for person in stewards}
    assert knew == {"nobody": {False}, "stewards": {True}, "some": {True, False}}[told]


def test_members_who_know_are_not_told_otherwise_where_no_share_is_given_for_a_role() -> None:
    everybody = Players(count=0, announced=Announced(members=1.0))
    nobody_with_a_role = Players(count=0, announced=Announced(members=1.0, stewards=0.0))
    for players, left_out in ((everybody, 0), (nobody_with_a_role, 10)):
        structure = Structure(id="administrators-group", groups=5)
        scenario = evening({"p_household_member": 0.45}, residents=Residents(count=400), players=players, structure=structure)
        world = build_worlds(scenario, NETWORK, [1])[0]
        aware, _ = told_before(world, wire(world))
        assert aware[world.people.resident].sum() == world.people.member.sum() - left_out


def test_who_plays_knows_of_it_whatever_is_said_of_his_role() -> None:
    players = Players(share=1.0, announced=Announced(stewards=0.0))
    scenario = evening(
        residents=Residents(count=400), players=players, structure=Structure(id="administrators-group", groups=5)
    )
    world = build_worlds(scenario, NETWORK, [1])[0]
    aware, numbered = told_before(world, wire(world))
    adults = world.people.player & (world.people.age >= 18)
    assert aware[adults].all()
    assert numbered[adults].all()
