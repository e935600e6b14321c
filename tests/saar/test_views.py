"""Views: the sieve drops no meeting, and no view depends on what is computed beside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.draws import stream_key, text_keys
from simulation.people.legs import passages
from simulation.people.network import Network
from simulation.people.rows import ranges
from simulation.people.suspects import appear
from simulation.people.walks import Walks, joined, wander
from simulation.saar import views
from simulation.saar.sieve import Sieve
from simulation.saar.views import Quarry, Views, hunted, street_views
from simulation.scenario.model import Act, Game, Pauses, Suspect
from tests.people.mazes import maze
from tests.worlds import evening, made_neighbourhood

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from simulation.people.shadows import Shadow

    Indices = NDArray[np.int64]

WALKERS, WORLDS, END_S = 50, 3, 1500.0
ACTS = (Act(name="voelt", per_hour=15.0, duration_s=30.0),)
GAMES = (
    Game(
        name="Een",
        start_s=100.0,
        duration_s=600.0,
        suspects=(
            Suspect(name="A", speed_mps=1.1, acts=ACTS, pauses=Pauses(per_hour=20.0, duration_s=20.0)),
            Suspect(name="B", speed_mps=4.0),
        ),
    ),
    Game(name="Twee", start_s=800.0, duration_s=700.0, suspects=(Suspect(name="C", speed_mps=0.8),)),
)
MAPS: list[int | str] = [0, 1, 2, 3, "made"]


@cache
def network_of(which: int | str) -> Network:
    return Network(made_neighbourhood()) if which == "made" else maze(int(which))


@cache
def suspects(which: int | str) -> list[list[Shadow]]:
    return appear(evening(games=GAMES), network_of(which), range(WORLDS))


def walks_of(which: int | str, world: int) -> Walks:
    network = network_of(which)
    edge = np.arange(WALKERS) * 7 % len(network.edge_length)
    stream = np.array([stream_key(world, "turn")], np.uint64)
    keys = text_keys([f"walker-{number}" for number in range(WALKERS)])
    times = (np.arange(WALKERS) * 20.0 - 300.0, np.full(WALKERS, END_S))
    return wander(network, (stream, keys), (edge, network.edge_length[edge] / 3.0), times, 0.6 + np.arange(WALKERS) / 9.0)


def everywhere(suspects: int) -> Callable[..., tuple[Indices, Indices]]:
    """Let everybody see each of so many suspects of one world."""

    def candidates(sieve: Sieve, world: Indices, *_: object) -> tuple[Indices, Indices]:
        assert isinstance(sieve, Sieve)
        return ranges(np.zeros_like(world), np.full(len(world), suspects))

    return candidates


def seen(quarry: Quarry, walks: Walks, world: int = 0) -> Views:
    owners = len(walks.of_owner) - 1
    return street_views(quarry, walks, (np.arange(owners), np.full(owners, world)), 100.0)


def sorted_rows(some: Views) -> list[tuple[float, ...]]:
    return sorted(zip(*(getattr(some, name).tolist() for name in views._COLUMNS), strict=True))


@pytest.mark.parametrize("which", MAPS)
def test_the_sieve_drops_no_meeting(which: int | str, monkeypatch: pytest.MonkeyPatch) -> None:
    quarry = hunted(network_of(which), suspects(which)[:1])
    walks = walks_of(which, 0)
    sieved = seen(quarry, walks)
    monkeypatch.setattr(Sieve, "candidates", everywhere(len(quarry.world)))
    assert sorted_rows(sieved) == sorted_rows(seen(quarry, walks))
    assert len(sieved.leg) > 100


@pytest.mark.parametrize("which", MAPS)
def test_few_stretches_at_a_time_are_seen_as_many_at_once(which: int | str) -> None:
    quarry = hunted(network_of(which), suspects(which)[:1])
    walks = walks_of(which, 0)
    together = seen(quarry, walks)
    rows = []
    for owner in range(WALKERS):
        alone = walks.of(owner)
        for first in range(0, len(alone.dart), 4):
            part = slice(first, first + 4)
            few = Walks(
                np.array([0, len(alone.dart[part])]),
                *(getattr(alone, name)[part] for name in ("dart", "begin", "end", "time", "speed")),
            )
            rows += [(float(owner), *row[1:]) for row in sorted_rows(seen(quarry, few))]
    assert sorted(rows) == sorted_rows(together)


@pytest.mark.parametrize("which", MAPS)
def test_worlds_side_by_side_are_seen_as_one_by_one(which: int | str) -> None:
    network, worlds = network_of(which), suspects(which)
    quarry = hunted(network, worlds)
    walks = [walks_of(which, world) for world in range(WORLDS)]
    everybody = np.arange(WORLDS * WALKERS)
    together = street_views(quarry, joined(walks), (everybody, everybody // WALKERS), 100.0)
    for world in range(WORLDS):
        alone = hunted(network, [worlds[world]])
        first = int(sum(len(shadow.legs) for before in worlds[:world] for shadow in before))
        mine = together.take(together.observer // WALKERS == world)
        rows = [(row[0] - world * WALKERS, row[1] - first, *row[2:]) for row in sorted_rows(mine)]
        assert rows == sorted_rows(seen(alone, walks[world]))


@pytest.mark.parametrize("which", MAPS)
def test_a_view_tells_the_true_distance(which: int | str) -> None:
    network, shadows = network_of(which), suspects(which)[0]
    quarry, walks = hunted(network, [shadows]), walks_of(which, 0)
    some = seen(quarry, walks)
    assert (some.stop > some.start).all()
    for row in range(0, len(some.leg), max(len(some.leg) // 300, 1)):
        shadow = shadows[int(quarry.legs.owner[some.leg[row]])]
        for share in (0.01, 0.5, 0.99):
            time = float(some.start[row] + share * (some.stop[row] - some.start[row]))
            walker = network.position(*walks.of(int(some.observer[row])).place_at(time, network.edge_length))
            x, y = shadow.position(time)
            away = np.hypot(walker[0] - x, walker[1] - y)
            told = np.sqrt(some.nearest2[row] + (some.pace[row] * (time - some.closest[row])) ** 2)
            assert told == pytest.approx(away, abs=1e-4)
            assert away <= 100.0 + 1e-4


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MAPS), st.integers(0, WORLDS - 1), st.floats(10.0, 150.0))
def test_the_sieve_passes_whoever_can_see_a_suspect(which: int | str, world: int, reach_m: float) -> None:
    network = network_of(which)
    quarry, walks = hunted(network, [suspects(which)[world]]), walks_of(which, world)
    rows, ways = np.arange(len(walks.dart)), passages(network, walks, np.arange(len(walks.dart)))
    middle, cell = (ways.start + ways.stop) / 2.0, network.atoms.cell[ways.atom]
    span = (walks.time, walks.until)
    row, suspect = quarry.sieve(reach_m).candidates(np.zeros(len(rows), np.int64), walks.dart // 2, span)
    for number, shadow in enumerate(suspects(which)[world]):
        there = np.flatnonzero((middle >= shadow.begin) & (middle < shadow.end))
        his = np.array([shadow.legs.cell[shadow.leg_at(time)] for time in middle[there].tolist()], np.int64)
        seeing = there[network.nearby(reach_m).cells.hold(cell[there], his)]
        assert set(ways.stretch[seeing].tolist()) <= set(row[suspect == number].tolist())


@pytest.mark.parametrize("which", MAPS)
def test_each_suspect_is_where_he_is_sought(which: int | str) -> None:
    quarry = hunted(network_of(which), suspects(which))
    legs, moments = quarry.legs, np.arange(0.0, END_S, 7.3)
    for suspect in range(len(quarry.world)):
        first, after = quarry.legs_during(np.full(len(moments), suspect), moments, moments + 5.0)
        for row, moment in enumerate(moments.tolist()):
            wanted = np.flatnonzero((legs.owner == suspect) & (legs.stop >= moment) & (legs.start <= moment + 5.0))
            assert set(wanted.tolist()) <= set(range(int(first[row]), int(after[row])))
            assert after[row] - first[row] <= len(wanted) + 4


def test_the_sieve_is_worth_its_while() -> None:
    network = network_of("made")
    quarry, walks = hunted(network, suspects("made")[:1]), walks_of("made", 0)
    world = np.zeros(len(walks.dart), np.int64)
    passed, suspect = quarry.sieve(50.0).candidates(world, walks.dart // 2, (walks.time, walks.until))
    for number in range(len(quarry.world)):
        assert 0 < np.count_nonzero(suspect == number) < 0.3 * len(walks.dart)
    assert len(set(zip(passed.tolist(), suspect.tolist(), strict=True))) == len(passed)


@pytest.mark.parametrize("which", MAPS)
def test_who_looks_for_some_sees_of_them_what_he_sees_among_all(which: int | str) -> None:
    quarry, walks = hunted(network_of(which), suspects(which)[:1]), walks_of(which, 0)
    everybody = seen(quarry, walks)
    whose = (np.arange(WALKERS), np.zeros(WALKERS, np.int64))
    for number in range(len(quarry.world)):
        mine = everybody.take(quarry.legs.owner[everybody.leg] == number)
        some = street_views(quarry, walks, whose, 100.0, np.array([number]))
        assert sorted_rows(some) == sorted_rows(mine)
        assert len(some.leg) > 0


def test_nobody_meets_a_suspect_who_is_not_there() -> None:
    quarry = hunted(network_of(0), suspects(0)[:1])
    early = walks_of(0, 0)
    gone = Walks(early.of_owner, early.dart, early.begin, early.end, early.time + 1e5, early.speed)
    assert len(seen(quarry, gone).leg) == 0
