"""Signs: at a corner a suspect who wanders turns less often into a street with one, and walks more where no group is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.draws import stream_key, text_key, uniform
from simulation.engine import build_worlds, play
from simulation.people.covering import covered_edges, walked_metres
from simulation.people.legs import legs_of
from simulation.people.network import Network
from simulation.people.suspects import appear
from simulation.people.walks import wander
from simulation.scenario.model import Place, Players, Signs, Structure, Visit
from simulation.scoring import score
from tests.people.mazes import SEEDS, maze
from tests.worlds import evening, made_neighbourhood, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

NETWORK = Network(made_neighbourhood())
CROSS = Network(
    street_map(
        {
            "Zuid": [(0.0, -100.0), (0.0, 0.0)],
            "Noord": [(0.0, 0.0), (0.0, 100.0)],
            "Oost": [(0.0, 0.0), (100.0, 0.0)],
            "West": [(0.0, 0.0), (-100.0, 0.0)],
        }
    )
)
OWNERS = 400


def turns(liking: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Count how often walkers on the cross-roads turn from each street into each other one."""
    keys = (np.full(OWNERS, stream_key(3, "test"), np.uint64), np.arange(OWNERS, dtype=np.uint64))
    place, full = (np.zeros(OWNERS, np.int64), np.zeros(OWNERS)), np.ones(OWNERS)
    walks = wander(CROSS, keys, place, (0.0 * full, 10_000.0 * full), full, np.tile(liking, (OWNERS, 1)))
    counts = np.zeros((4, 4), np.int64)
    same = (walks.owner[1:] == walks.owner[:-1]) & (CROSS.dart_head[walks.dart[:-1]] == CROSS.dart_tail[2])
    np.add.at(counts, (walks.dart[:-1][same] >> 1, walks.dart[1:][same] >> 1), 1)
    return counts


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.75, 1.0])
def test_the_share_of_choices_at_a_cross_roads_is_that_of_the_streets_without_a_sign(weight: float) -> None:
    # From Zuid there are three ways on: Noord with a sign is chosen (1 - w) / (3 - w) of the time.
    counts = turns([1.0, 1.0 - weight, 1.0, 1.0])
    assert np.trace(counts) == 0
    for street in (0, 2, 3):
        total, share = counts[street].sum(), (1.0 - weight) / (3.0 - weight)
        assert abs(counts[street, 1] / total - share) <= 4.5 * np.sqrt(share * (1.0 - share) / total)
    if weight < 1.0:
        assert np.abs(counts[1, [0, 2, 3]] / counts[1].sum() - 1.0 / 3.0).max() < 0.03


def test_where_all_streets_have_a_sign_all_are_alike() -> None:
    assert np.array_equal(turns([0.25] * 4), turns([1.0] * 4))
    assert np.array_equal(turns([0.0] * 4), turns([1.0] * 4))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_likes_all_streets_alike_walks_as_without_any_liking(seed: int) -> None:
    network, full = maze(seed), np.ones(20)
    keys = (np.full(20, stream_key(seed, "test"), np.uint64), np.arange(20, dtype=np.uint64))
    span = (0.0 * full, 3000.0 * full)
    place = (np.arange(20) % len(network.edge_length), 0.0 * full)
    usual, alike = (
        wander(network, keys, place, span, full, liking) for liking in (None, np.ones((20, len(network.edge_length))))
    )
    assert np.array_equal(usual.dart, alike.dart)


def signed(weight: float, *, covered: bool = True, share: float = 0.5, **suspect: object) -> Scenario:
    return evening(
        {"sign_weight": weight},
        suspect={"speed_mps": 1.5, **suspect},
        game={"duration_s": 3600.0, "stop": "time", "on_found": "keeps-walking"},
        structure=Structure(id="single-group", covered_streets_share=share),
        players=Players(share=0.05),
        signs=Signs(covered_streets=True) if covered else Signs(places=(Place(street=NETWORK.street(0)),)),
    )


def test_signs_change_nothing_unless_a_scenario_gives_them_weight() -> None:
    plain = signed(0.0).model_copy(update={"signs": None})
    for scenario in (signed(0.0), signed(0.5, behaviour=Visit(visit="shop"))):
        without = scenario.model_copy(update={"signs": None})
        for mine, his in zip(appear(scenario, NETWORK, range(4)), appear(without, NETWORK, range(4)), strict=True):
            assert np.array_equal(mine[0].legs.x, his[0].legs.x)
            assert mine[0].causes == his[0].causes
    heavy, none = (appear(scenario, NETWORK, range(4)) for scenario in (signed(0.5), plain))
    assert any(len(mine[0].legs) != len(his[0].legs) for mine, his in zip(heavy, none, strict=True))
    assert heavy[0][0].causes == (*none[0][0].causes, "fact:signs", "draw:covered-street:everybody:0")
    assert appear(signed(0.5, covered=False), NETWORK, [1])[0][0].causes == (*none[0][0].causes, "fact:signs")


def test_a_street_is_covered_for_who_lives_there_and_for_who_walks_there() -> None:
    homes, texts = NETWORK.map.homes, NETWORK.map.texts
    covered = covered_edges(NETWORK, range(30), 0.5)
    names = [texts[name] for name in NETWORK.map.streets.edge_name]
    for edge, name in enumerate(names):
        chosen = [bool(name) and uniform(stream_key(seed, "covered-street"), text_key(name)) < 0.5 for seed in range(30)]
        assert covered[:, edge].tolist() == chosen
    always = evening({"p_household_member": 1.0}, structure=Structure(id="single-group", covered_streets_share=0.5))
    tried = 0
    for world, edges in zip(build_worlds(always, NETWORK, range(5)), covered[:5], strict=True):
        for person in np.flatnonzero(world.people.number == 0).tolist():
            street = texts[homes.street[world.people.home[person]]]
            if street in names:
                assert world.people.member[person] == edges[names.index(street)]
                tried += 1
    assert tried > 100


def test_a_way_is_measured_by_streets_with_a_name() -> None:
    streets = {"A": [(0.0, 0.0), (100.0, 0.0)], "B": [(100.0, 0.0), (200.0, 0.0)], "": [(200.0, 0.0), (300.0, 0.0)]}
    network = Network(street_map(streets))
    keys = (np.full(1, stream_key(1, "test"), np.uint64), np.full(1, 7, np.uint64))
    place, speed = (np.array([0]), np.array([0.0])), np.array([2.0])
    legs = legs_of(network, wander(network, keys, place, (np.zeros(1), np.array([170.0])), speed))
    # At 2 m/s: A, B and the nameless way take 50 s each, and 20 s of the way back lie on the latter.
    covered = np.array([False, True, False])
    expected = {0.0: (0.0, 0.0), 40.0: (0.0, 80.0), 60.0: (20.0, 100.0), 160.0: (100.0, 100.0), 170.0: (100.0, 100.0)}
    for until, metres in expected.items():
        assert walked_metres(network, legs, until, covered) == pytest.approx(metres)


@cache
def shares(weight: float) -> list[float]:
    traces = play_all(signed(weight), made_neighbourhood(), range(24))
    for trace in traces:
        (cover,) = (record for record in trace.records if record.kind == "cover")
        assert cover.time_us == max(record.time_us for record in trace.records if record.kind == "game_end")
        total = cover.data["covered_m"] + cover.data["uncovered_m"]
        assert 0.0 < total <= 3600.0 * 1.5 + 1e-3
        assert score(trace)["uncovered_way_share"] == pytest.approx(cover.data["uncovered_m"] / total, abs=1e-6)
    return [score(trace)["uncovered_way_share"] for trace in traces]


def test_signs_in_streets_with_a_group_move_the_suspect_to_streets_without_one() -> None:
    without, light, heavy = (float(np.mean(shares(weight))) for weight in (0.0, 0.5, 0.9))
    assert without + 0.03 < light < heavy - 0.03


def test_where_groups_cover_all_streets_nothing_is_measured() -> None:
    trace = play(build_worlds(signed(0.5, share=1.0), NETWORK, [1])[0])
    assert not [record for record in trace.records if record.kind == "cover"]
    assert score(trace)["uncovered_way_share"] is None


def test_the_way_of_a_suspect_does_not_hang_on_the_structure() -> None:
    one, other = (signed(0.7).with_structure(structure) for structure in ("none", "separate-groups"))
    for mine, his in zip(appear(one, NETWORK, range(3)), appear(other, NETWORK, range(3)), strict=True):
        assert np.array_equal(mine[0].legs.x, his[0].legs.x)
