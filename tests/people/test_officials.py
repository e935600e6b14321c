"""Officials: who they are, where they sit, and what they change for others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.channels.relays import Reader, Relay
from simulation.engine import build_worlds, play
from simulation.engine.wiring import wire
from simulation.people.network import Network
from simulation.people.officials import ON_DUTY, officials_of
from simulation.scenario.model import Announced, Hint, Players, Structure
from simulation.scenario.structures import GROUP, LAYOUTS, Forward, Layout, Role, Upper
from simulation.scoring import score
from simulation.trace.files import trace_digest
from tests.worlds import BUSY_GROUPS, evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

NETWORK = Network(made_neighbourhood("naoorlogs", 300))
SEEDS = range(8)
BY_HAND = Layout(
    roles=(Role(name="administrator", number="admins_per_group"),),
    uppers=(Upper(name="administrators", per="district", members=("administrator",)),),
    forwards=(
        Forward(source=GROUP, target="administrators", by="administrator"),
        Forward(source="administrators", target=GROUP, by="administrator"),
    ),
)
"""The administrators' group without officials."""


def scenario_of(structure: Structure, **values: float) -> Scenario:
    return evening(
        BUSY_GROUPS | values,
        game={"hints": (Hint(at_s=60.0, tell=("upper",)),)},
        players=Players(share=0.05, announced=Announced(members=0.8, others=0.1)),
        structure=structure,
    )


@cache
def played(district: int | None, duty: float = 1.0, *, officials: bool = True) -> tuple[Trace, ...]:
    own = {"id": "administrators-group"} if officials else {"id": "custom", "layout": BY_HAND}
    values = {"p_official_on_duty": duty, "p_official_replaced": 0.0}
    scenario = scenario_of(Structure(groups=4, district=district, **own), **values)
    return tuple(play(world) for world in build_worlds(scenario, NETWORK, SEEDS))


def told(trace: Trace) -> Record:
    (record,) = (record for record in trace.records if record.kind == "officials")
    return record


def test_each_district_has_its_officer_and_its_area_manager_and_officers_sit_next_door_too() -> None:
    scenario = scenario_of(Structure(id="administrators-group", groups=4, district=2), officers_per_district=2.0)
    assert [official.key for official in officials_of(scenario)] == [
        *(f"official/officer-{name}" for name in ("1", "1-2", "2", "2-2")),
        *(f"official/area-manager-{name}" for name in ("1", "2")),
    ]
    (world,) = build_worlds(scenario, NETWORK, [3])
    wiring = wire(world)
    first = int(world.people.resident.sum())
    assert {role: [person - first for person in some] for role, some in wiring.officials.items()} == {
        "officer": [0, 1, 2, 3],
        "area-manager": [4, 5],
    }
    inside = {upper.key: [person - first for person in upper.members.tolist() if person >= first] for upper in wiring.uppers}
    assert inside == {"administrators-1": [0, 1, 2, 3, 4], "administrators-2": [0, 1, 2, 3, 5]}
    assert all(group.members.max() < first for group in wiring.groups)
    assert not world.people.at_home[first:].any()
    assert not world.people.resident[first:].any()


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name != "administrators-group"])
def test_other_structures_have_none(name: str) -> None:
    scenario = scenario_of(Structure(id=name, groups=4))
    (world,) = build_worlds(scenario, NETWORK, [3])
    assert officials_of(scenario) == []
    assert (world.people.official < 0).all()


def test_in_one_district_they_read_and_change_nothing_for_anybody_else() -> None:
    for with_them, without in zip(played(None), played(None, officials=False), strict=True):
        people = len(next(record for record in with_them.records if record.kind == "residents").data["who"])
        kept = [record for record in with_them.records if record.kind != "officials"]
        assert [record.id for record in kept] == [record.id for record in without.records]
        for one, other in zip(kept, without.records, strict=True):
            if one.kind == "post":
                readers = [
                    (who, when) for who, when in zip(one.data["readers"], one.data["read_s"], strict=True) if who < people
                ]
                assert readers == list(zip(other.data["readers"], other.data["read_s"], strict=True))
            elif one.kind != "channel":
                assert one.time_us == other.time_us
        scores = score(with_them), score(without)
        for key in ("reach_share", "reach_members_share", "found_at_s", "calls", "admins_joined_share"):
            assert scores[0][key] == scores[1][key]


def test_between_districts_news_crosses_only_while_somebody_is_on_duty() -> None:
    posts = {
        duty: [record for trace in played(2, duty) for record in trace.records if record.kind == "post"] for duty in (0.0, 1.0)
    }
    crossed = {duty: [post for post in some if post.who.startswith("official/")] for duty, some in posts.items()}
    assert not crossed[0.0]
    assert len(crossed[1.0]) > 3
    assert {post.who for post in crossed[1.0]} == {"official/officer-1", "official/officer-2"}


def test_nobody_reads_for_who_is_off_duty() -> None:
    for trace in played(2, 0.5):
        record, residents = told(trace), next(record for record in trace.records if record.kind == "residents")
        reading = {who for post in trace.records if post.kind == "post" for who in post.data["readers"]}
        first = len(residents.data["who"])
        for index, duty in enumerate(record.data["duty"], first):
            assert duty == ON_DUTY or index not in reading
        load = score(trace)["load_by_role"]
        assert (load["officer"]["people"], load["area-manager"]["people"]) == (2, 2)
        assert load["area-manager"]["sent"] == load["area-manager"]["decisions"] == 0
        busy = ON_DUTY in record.data["duty"][:2]
        assert busy or not load["officer"]["read"]
    assert {duty for trace in played(2, 0.5) for duty in told(trace).data["duty"]} == {"on-duty", "off-duty"}


def test_worlds_with_officials_side_by_side_are_the_same_as_alone() -> None:
    scenario = scenario_of(Structure(id="administrators-group", groups=4, district=2))
    together = [trace_digest(play(world)) for world in build_worlds(scenario, NETWORK, [1, 2, 3])]
    alone = [trace_digest(play(build_worlds(scenario, NETWORK, [seed])[0])) for seed in (1, 2, 3)]
    assert together == alone


def test_an_official_takes_part_while_on_duty_or_replaced() -> None:
    values = {"p_steward_available": 0.8, "p_admin_forward": 0.5, "judgement_shared": 0.0}
    relay = Relay(values | {"p_official_on_duty": 0.6, "p_official_replaced": 0.5})
    official, steward = (Reader(player=False, muted=False, official=there) for there in (True, False))
    assert relay.takes_part(official) == pytest.approx(0.8)
    assert relay.passed([official]) == pytest.approx(0.4)
    assert Relay(values | {"p_official_on_duty": 0.5, "p_official_replaced": 0.0}).passed(
        [official, steward]
    ) == pytest.approx(1.0 - 0.75 * 0.6)


@pytest.mark.parametrize(("update", "seated"), [({"split_over": 5000}, 1), ({"groups_connected_share": 0.0}, 0)])
def test_officials_of_districts_that_came_to_nothing_sit_nowhere_and_have_no_load(
    update: dict[str, float], seated: int
) -> None:
    scenario = scenario_of(Structure(id="administrators-group", groups=4, district=2).model_copy(update=update))
    for world in build_worlds(scenario, NETWORK, [1, 2]):
        assert {role: len(some) for role, some in wire(world).officials.items()} == dict.fromkeys(
            ("officer", "area-manager"), seated
        )
        load = score(play(world))["load_by_role"]
        assert [load[role] and load[role]["people"] for role in ("officer", "area-manager")] == [seated or None] * 2
