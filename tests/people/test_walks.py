"""Walks: nobody jumps, turns back without need or changes pace, and straight legs say the same as the walk."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulation.draws import stream_key, text_keys
from simulation.people.legs import LEG_COLUMNS, legs_of, passages
from simulation.people.walks import Walks, after_each_other, along, joined, there_and_back, wander
from tests.people.mazes import SEEDS, maze

if TYPE_CHECKING:
    from simulation.people.legs import Legs
    from simulation.people.network import Network

WALKERS = 60
STREAM = np.array([stream_key(1, "turn")], np.uint64)
KEYS = text_keys([f"walker-{number}" for number in range(WALKERS)])


def outset(network: Network) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give each walker a place to set out from: anywhere along an edge, the two ends included."""
    edge = np.arange(WALKERS) % len(network.edge_length)
    return edge, network.edge_length[edge] * (np.arange(WALKERS) % 7) / 6.0


def moments() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give when each sets out and stops; some have no time at all."""
    begin = np.arange(WALKERS) * 7.5
    return begin, begin + np.array([0.0, -10.0, 3.0, 250.0, 900.0, 1800.0])[np.arange(WALKERS) % 6]


SPEED = 0.7 + np.arange(WALKERS) / 30.0
ALWAYS = (-np.inf, np.inf)


@cache
def wandering(seed: int) -> Walks:
    network = maze(seed)
    return wander(network, (STREAM, KEYS), outset(network), moments(), SPEED)


def spot(network: Network, walk: Walks, row: int, *, end: bool) -> tuple[float, float]:
    """Give the position at the begin or end of a stretch."""
    dart, at = int(walk.dart[row]), float((walk.end if end else walk.begin)[row])
    edge = dart // 2
    return network.position(edge, at if dart % 2 == 0 else float(network.edge_length[edge]) - at)


def walkers(walks: Walks) -> list[Walks]:
    """Give the walks of everybody who walks at all."""
    return [walks.of(owner) for owner in range(len(walks.of_owner) - 1) if walks.of_owner[owner] < walks.of_owner[owner + 1]]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wanderer_is_out_just_when_he_has_time(seed: int) -> None:
    walks, (begin, until) = wandering(seed), moments()
    assert np.array_equal(np.diff(walks.of_owner) > 0, begin < until)
    for owner in np.flatnonzero(begin < until):
        walk = walks.of(int(owner))
        assert walk.time[0] == begin[owner]
        assert walk.until[-1] == pytest.approx(until[owner], abs=1e-9)
        assert (walk.speed == SPEED[owner]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wanderer_is_in_one_place_at_a_time(seed: int) -> None:
    network = maze(seed)
    for walk in walkers(wandering(seed)):
        assert np.allclose(walk.time[1:], walk.until[:-1], rtol=0.0, atol=1e-9)
        assert np.array_equal(network.dart_tail[walk.dart[1:]], network.dart_head[walk.dart[:-1]])
        assert (walk.begin[1:] == 0.0).all()
        assert np.array_equal(walk.end[:-1], network.dart_length[walk.dart[:-1]])
        assert (walk.end >= walk.begin).all()
        assert (walk.end <= network.dart_length[walk.dart] + 1e-9).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wanderer_sets_out_from_his_place(seed: int) -> None:
    network, walks = maze(seed), wandering(seed)
    edge, at = outset(network)
    for owner in np.flatnonzero(np.diff(walks.of_owner)):
        assert spot(network, walks.of(int(owner)), 0, end=False) == pytest.approx(
            network.position(int(edge[owner]), float(at[owner])), abs=1e-9
        )


def test_a_wanderer_turns_back_at_dead_ends_only() -> None:
    turned = 0
    for seed in SEEDS:
        network = maze(seed)
        for walk in walkers(wandering(seed)):
            back = np.flatnonzero(walk.dart[1:] == walk.dart[:-1] ^ 1)
            assert all((network.dart_tail == network.dart_head[dart]).sum() == 1 for dart in walk.dart[back])
            turned += len(back)
    assert turned > 20


def test_every_way_on_is_taken_as_often() -> None:
    network = maze(1)
    counts: dict[tuple[int, int], int] = {}
    for number in range(20):
        keys = text_keys([f"{number}/{walker}" for walker in range(WALKERS)])
        times = (np.zeros(WALKERS), np.full(WALKERS, 3000.0))
        for walk in walkers(wander(network, (STREAM, keys), outset(network), times, np.full(WALKERS, 1.5))):
            for pair in pairwise(walk.dart.tolist()):
                counts[pair] = counts.get(pair, 0) + 1
    for dart in range(len(network.onward)):
        onward = network.onward[dart, : network.onward_count[dart]].tolist()
        taken = [counts.get((dart, other), 0) for other in onward]
        assert sum(taken) > 50
        assert len(taken) == 1 or stats.chisquare(taken).pvalue > 1e-6


def test_a_wanderer_does_not_care_who_else_wanders() -> None:
    network, walks = maze(2), wandering(2)
    (edge, at), (begin, until) = outset(network), moments()
    some = np.array([3, 4, 5, 22, 41])
    few = wander(network, (STREAM, KEYS[some]), (edge[some], at[some]), (begin[some], until[some]), SPEED[some])
    for number, owner in enumerate(some.tolist()):
        for name in ("dart", "begin", "end", "time", "speed"):
            assert np.array_equal(getattr(few.of(number), name), getattr(walks.of(owner), name))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_returns_walks_the_same_way_back_to_the_door(seed: int) -> None:
    network, out, (begin, turned) = maze(seed), wandering(seed), moments()
    walks = there_and_back(out, turned, network.edge_length, ALWAYS)
    for owner in np.flatnonzero(begin < turned):
        walk = walks.of(int(owner))
        rows = len(walk.dart)
        assert rows == 2 * len(out.of(int(owner)).dart)
        assert walk.until[-1] == pytest.approx(2.0 * turned[owner] - begin[owner], abs=1e-9)
        assert spot(network, walk, rows - 1, end=True) == pytest.approx(spot(network, walk, 0, end=False), abs=1e-6)
        np.testing.assert_allclose(walk.time[1:], walk.until[:-1], rtol=0.0, atol=1e-9)
        for ago in (0.1, 0.35, 0.8):
            passed = ago * (turned[owner] - begin[owner])
            places = [walk.place_at(float(turned[owner] + sign * passed), network.edge_length) for sign in (-1.0, 1.0)]
            assert network.position(*places[0]) == pytest.approx(network.position(*places[1]), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, WALKERS - 1), st.floats(0.0, 1.0))
def test_the_place_at_a_moment_lies_where_the_pace_brings_one(seed: int, owner: int, share: float) -> None:
    network, (begin, until) = maze(seed), moments()
    if begin[owner] >= until[owner]:
        return
    walk = wandering(seed).of(owner)
    time = float(begin[owner] + share * (until[owner] - begin[owner]))
    edge, at = walk.place_at(time, network.edge_length)
    gone = SPEED[owner] * (time - begin[owner])
    lengths = np.concatenate([[0.0], np.cumsum(walk.end - walk.begin)])
    row = min(int(np.searchsorted(lengths, gone, side="right")) - 1, len(walk.dart) - 1)
    on_dart = float(walk.begin[row] + gone - lengths[row])
    dart = int(walk.dart[row])
    expected = on_dart if dart % 2 == 0 else float(network.edge_length[dart // 2]) - on_dart
    assert network.position(edge, at) == pytest.approx(network.position(dart // 2, expected), abs=1e-6)


def test_before_and_after_a_walk_one_is_at_its_ends() -> None:
    network = maze(0)
    walk = along([(0, 10.0, 40.0)], 100.0, 1.5)
    assert walk.place_at(0.0, network.edge_length) == (0, 10.0)
    assert walk.place_at(1e5, network.edge_length) == (0, 40.0)
    back = along([(1, 10.0, 40.0)], 100.0, 1.5)
    assert back.place_at(110.0, network.edge_length) == (0, pytest.approx(float(network.edge_length[0]) - 25.0))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SEEDS), st.sampled_from([3, 4, 5, 22]), st.floats(-0.2, 1.2))
def test_a_walk_broken_off_is_the_same_up_to_there(seed: int, owner: int, share: float) -> None:
    network, (begin, until) = maze(seed), moments()
    walk = wandering(seed).of(owner)
    moment = float(begin[owner] + share * (until[owner] - begin[owner]))
    part = walk.until_time(moment)
    if moment <= begin[owner]:
        assert len(part.dart) == 0
        return
    assert part.until[-1] == pytest.approx(min(moment, until[owner]), abs=1e-9)
    assert (part.until[:-1] == walk.until[: len(part.dart) - 1]).all()
    ends = [one.place_at(moment, network.edge_length) for one in (part, walk)]
    assert network.position(*ends[0]) == pytest.approx(network.position(*ends[1]), abs=1e-6)


def test_of_a_round_only_what_is_walked_in_the_time_given_is_kept() -> None:
    out, length = wandering(3), maze(3).edge_length
    turned = np.maximum(moments()[1], moments()[0])
    walks, kept = (there_and_back(out, turned, length, span) for span in (ALWAYS, (300.0, 420.0)))
    assert 0 < len(kept.dart) < len(walks.dart)
    for owner in range(WALKERS):
        walk = walks.of(owner)
        inside = (walk.until > 300.0 + 1e-9) & (walk.time < 420.0 - 1e-9)
        for name in ("dart", "begin", "end", "time", "speed"):
            assert np.array_equal(getattr(kept.of(owner), name), getattr(walk, name)[inside])


def test_steps_along_given_streets_take_their_time() -> None:
    walk = along([(0, 5.0, 25.0), (3, 0.0, 30.0), (4, 0.0, 10.0)], 60.0, 2.0)
    assert walk.time.tolist() == [60.0, 70.0, 85.0]
    assert walk.until.tolist() == [70.0, 85.0, 90.0]
    assert walk.of_owner.tolist() == [0, 3]
    assert len(along([], 60.0, 2.0).dart) == 0


def test_walks_after_each_other_are_one_walk() -> None:
    first, second = along([(0, 5.0, 25.0)], 0.0, 1.0), along([(2, 0.0, 8.0), (5, 0.0, 4.0)], 20.0, 2.0)
    walk = after_each_other([first, along([], 20.0, 1.0), second])
    assert walk.of_owner.tolist() == [0, 3]
    assert walk.dart.tolist() == [0, 2, 5]
    assert walk.time.tolist() == [0.0, 20.0, 24.0]
    assert walk.speed.tolist() == [1.0, 2.0, 2.0]


def test_groups_of_walkers_are_put_behind_each_other() -> None:
    one, other = wandering(0), wandering(0)
    both = joined([one, other])
    assert len(both.of_owner) == 2 * WALKERS + 1
    assert np.array_equal(both.owner, np.concatenate([one.owner, other.owner + WALKERS]))
    assert np.array_equal(both.of(WALKERS + 4).dart, other.of(4).dart)


def whole(network: Network, walks: Walks) -> Legs:
    return legs_of(network, walks)


@pytest.mark.parametrize("seed", SEEDS)
def test_legs_tile_the_walk(seed: int) -> None:
    network, walks = maze(seed), wandering(seed)
    legs = whole(network, walks)
    stop_x, stop_y = (at + (legs.stop - legs.start) * pace for at, pace in ((legs.x, legs.vx), (legs.y, legs.vy)))
    assert (legs.stop >= legs.start).all()
    same = legs.owner[1:] == legs.owner[:-1]
    for end, begin in ((legs.stop, legs.start), (stop_x, legs.x), (stop_y, legs.y)):
        np.testing.assert_allclose(end[:-1][same], begin[1:][same], rtol=0.0, atol=3e-6)
    for owner, walk in enumerate(walks.of(number) for number in range(WALKERS)):
        mine = legs.owner == owner
        assert mine.any() == (len(walk.dart) > 0)
        if mine.any():
            assert legs.start[mine][0] == pytest.approx(walk.time[0], abs=2e-6)
            assert legs.stop[mine][-1] == pytest.approx(walk.until[-1], abs=2e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_legs_are_where_the_walk_is(seed: int) -> None:
    network, walks = maze(seed), wandering(seed)
    legs = whole(network, walks)
    for row in range(0, len(legs), 7):
        time = float(legs.start[row] + legs.stop[row]) / 2.0
        edge, at = walks.of(int(legs.owner[row])).place_at(time, network.edge_length)
        passed = time - float(legs.start[row])
        place = (float(legs.x[row] + passed * legs.vx[row]), float(legs.y[row] + passed * legs.vy[row]))
        assert place == pytest.approx(network.position(edge, at), abs=1e-6)
        assert network.edge_of_piece[legs.piece[row]] == edge
        on_edge = network.map.streets.piece_at[legs.piece[row]] + legs.at[row] + passed * legs.along[row]
        assert on_edge == pytest.approx(at, abs=1e-6)
        cell_length = network.edge_length[edge] / np.diff(network.sight.edge_cell)[edge]
        assert legs.cell[row] == network.sight.edge_cell[edge] + int(at / cell_length)


@pytest.mark.parametrize("seed", SEEDS)
def test_legs_go_at_the_pace_of_the_walker(seed: int) -> None:
    legs = whole(maze(seed), wandering(seed))
    np.testing.assert_allclose(np.hypot(legs.vx, legs.vy), SPEED[legs.owner], rtol=1e-12)
    assert np.array_equal(np.abs(legs.along), SPEED[legs.owner])


@pytest.mark.parametrize("seed", SEEDS)
def test_legs_of_some_stretches_are_those_of_the_whole(seed: int) -> None:
    network, walks = maze(seed), wandering(seed)
    ways = passages(network, walks, np.arange(0, len(walks.dart), 3))
    everywhere = passages(network, walks, np.arange(len(walks.dart)))
    wanted = np.flatnonzero(everywhere.stretch % 3 == 0)
    legs, whole_walk = ways.legs(network, walks, ways.stretch, slice(None)), whole(network, walks)
    for name in LEG_COLUMNS[1:]:
        assert np.array_equal(getattr(legs, name), getattr(whole_walk, name)[wanted])
