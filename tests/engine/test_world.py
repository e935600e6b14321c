"""Worlds drawn side by side are the worlds drawn alone, in every number."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play, run_evening
from simulation.engine.wiring import wire
from simulation.engine.world import without_structure
from simulation.people.legs import LEG_COLUMNS
from simulation.people.network import Network
from simulation.people.population import People
from simulation.saar.spot import Chances
from simulation.scenario.model import Act, Game, Parameters, Pauses, Players, Structure, Suspect, Unit, Visit
from simulation.trace.files import trace_digest
from tests.saar.lively import lively
from tests.worlds import evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.engine.world import World
    from simulation.people.shadows import Shadow
    from simulation.scenario.model import Scenario

NETWORK = Network(made_neighbourhood())
SEEDS = [5, 6, 2**60, 8, 5]
GAMES = (
    Game(
        name="Een",
        duration_s=900.0,
        suspects=(Suspect(name="A", description={"upper": "rood"}, behaviour=Visit(visit="shop")),),
    ),
    Game(
        name="Twee",
        start_s=1000.0,
        duration_s=800.0,
        suspects=(
            Suspect(
                name="B",
                description={"sex": "man"},
                pauses=Pauses(per_hour=20.0, duration_s=30.0),
                acts=(Act(name="voelt", per_hour=20.0, duration_s=30.0),),
            ),
            Suspect(name="C", description={"upper": "blauw"}),
        ),
    ),
)


@cache
def scenario(watch: float = 0.08) -> Scenario:
    return evening(
        {"p_watch": watch, "p_watch_player": watch, "p_round_walk": 0.2},
        games=GAMES,
        players=Players(share=0.3, know=("upper",)),
    )


@cache
def worlds(watch: float = 0.08) -> list[World]:
    return build_worlds(scenario(watch), NETWORK, SEEDS)


def assert_same(one: World, other: World) -> None:
    """Compare two worlds bit by bit."""
    assert one.seed == other.seed
    for name in (part.name for part in fields(People)):
        assert np.array_equal(getattr(one.people, name), getattr(other.people, name)), name
    for name in (part.name for part in fields(Chances)):
        assert getattr(one.chances, name).tobytes() == getattr(other.chances, name).tobytes(), name
    assert one.thresholds.tobytes() == other.thresholds.tobytes()
    assert one.looks.tobytes() == other.looks.tobytes()
    assert_same_shadows(one.shadows, other.shadows)
    assert one.strolls.keys() == other.strolls.keys()
    for person, stroll in one.strolls.items():
        twin = other.strolls[person]
        assert (stroll.begin, stroll.until) == (twin.begin, twin.until)
        assert np.array_equal(stroll.way.dart, twin.way.dart)
        assert np.array_equal(stroll.way.time, twin.way.time)


def assert_same_shadows(one: tuple[Shadow, ...], other: tuple[Shadow, ...]) -> None:
    for first, second in zip(one, other, strict=True):
        assert (first.key, first.stops, first.begin, first.end) == (second.key, second.stops, second.begin, second.end)
        assert np.array_equal(first.stop_of_leg, second.stop_of_leg)
        for name in LEG_COLUMNS:
            assert np.array_equal(getattr(first.legs, name), getattr(second.legs, name)), name


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("watch", [0.08, 1.0])
def test_a_world_is_the_same_alone(number: int, watch: float) -> None:
    assert_same(worlds(watch)[number], build_worlds(scenario(watch), NETWORK, [SEEDS[number]])[0])


def test_more_worlds_than_a_block_are_the_same() -> None:
    many = build_worlds(scenario(), NETWORK, list(range(10, 24)))
    for number in (0, 11, 12, 13):
        assert_same(many[number], build_worlds(scenario(), NETWORK, [10 + number])[0])
    assert [world.seed for world in many] == list(range(10, 24))


def test_no_seeds_make_no_worlds() -> None:
    assert build_worlds(scenario(), NETWORK, []) == []


def test_who_always_looks_out_looks_in_every_stretch() -> None:
    assert all(world.chances.looking.all() for world in worlds(1.0))
    assert not all(world.chances.looking.all() for world in worlds())


def test_without_news_only_those_look_who_know_something_or_see_an_act() -> None:
    for world in worlds():
        table, known = world.chances, np.array(["upper" in shadow.description for shadow in world.shadows])
        ready = world.people.player[table.observer] & known[table.suspect]
        acts = np.array([table.in_act[first:last].any() for first, last in pairwise(table.of_pair.tolist())])
        assert np.isinf(world.looks[~ready & ~acts]).all()
        assert np.isfinite(world.looks[ready]).any()


def test_nobody_sees_from_home_while_out_on_a_round() -> None:
    tried = 0
    for world in worlds():
        for person, stroll in world.strolls.items():
            if world.people.on_street[person]:
                continue
            walk = stroll.way
            for pair in np.flatnonzero(world.chances.observer == person).tolist():
                for chance in world.chances.of(pair):
                    out = stroll.begin <= (chance.start + chance.stop) / 2.0 < stroll.until
                    assert chance.looking or not out
                    tried += out
            assert len(walk.of_owner) == 2
    assert tried > 20


@pytest.mark.parametrize(("groups", "cap"), [(3, 4), (7, 100)])
def test_groups_hold_the_members_of_their_area(groups: int, cap: int) -> None:
    split = evening(structure=Structure(id="separate-groups", groups=groups, cap=cap))
    world = build_worlds(split, NETWORK, [3])[0]
    channels = wire(world).groups
    everybody = np.concatenate([channel.members for channel in channels])
    assert len(channels) <= groups
    assert all(len(channel.members) <= cap for channel in channels)
    assert len(set(everybody.tolist())) == len(everybody)
    assert world.people.member[everybody].all()
    assert len(everybody) == world.people.member.sum() or cap == 4


def test_nobody_is_in_a_group_where_nobody_is_a_member() -> None:
    world = build_worlds(evening({"p_household_member": 0.0}), NETWORK, [3])[0]
    assert [len(channel.members) for channel in wire(world).groups] == [0]


def test_an_evening_is_played_with_the_seed_of_the_scenario_or_another() -> None:
    seeded = scenario().model_copy(update={"seed": 6})
    usual, same, other = (run_evening(seeded, NETWORK.map, seed) for seed in (None, 6, 7))
    assert [trace.header["seed"] for trace in (usual, same, other)] == [6, 6, 7]
    ids = [[(record.id, record.time_us) for record in trace.records] for trace in (usual, same, other)]
    assert ids[0] == ids[1] != ids[2]


def test_a_world_serves_every_structure_and_is_none_the_worse_for_it() -> None:
    busy = lively().model_copy(update={"units": (Unit(name="Fiets", base="centre"),)})
    ids = ["none", "single-group", "zoomwijck+broadcast-shared", "administrators-group", "patrol-team"]
    under = [busy.with_structure(structure) for structure in ids]
    assert len({without_structure(one).model_dump_json() for one in under}) == 1
    (world,) = build_worlds(under[0], NETWORK, [3])
    shared = [trace_digest(play(world.under(one.with_seed(3)))) for one in [*under, *reversed(under)]]
    alone = [trace_digest(play(build_worlds(one, NETWORK, [3])[0])) for one in under]
    assert len(set(alone)) == len(ids)
    assert shared == [*alone, *reversed(alone)]


@pytest.mark.parametrize(
    "change",
    [
        {"structure": Structure(id="single-group", covered_streets_share=0.5)},
        {"players": Players(share=0.5)},
        {"parameters": Parameters({"p_watch": 0.2})},
    ],
)
def test_what_changes_a_world_is_no_matter_of_structure(change: dict[str, Any]) -> None:
    busy = lively()
    assert without_structure(busy.model_copy(update=change)) != without_structure(busy)
