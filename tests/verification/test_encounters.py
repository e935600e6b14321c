"""Encounters: on an open field as often as search theory says, on real maps whenever looking every tick finds them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.draws import combine, stream_key, uniforms
from simulation.engine import build_worlds
from simulation.people.network import Network
from simulation.scenario.model import Players, Residents
from tests.places import network_of
from tests.verification.watched import Scene, watch
from tests.worlds import LOOSE_ENDS, House, evening, street_map

if TYPE_CHECKING:
    from simulation.engine.world import World
    from simulation.maps.streetmap import StreetMap

Array = np.ndarray[Any, np.dtype[Any]]

AREA_M2, SEARCHERS, RADIUS_M, SPEED_MPS = 500_000.0, 35, 15.0, 1.34
FIELD_M = float(np.sqrt(AREA_M2 / np.pi))
RIM, PATHS = 60, 300
EDGE = 2.0 * RADIUS_M / FIELD_M / np.pi
"""Share of encounters that the edge of the field takes away: part of the circle around who is near it lies outside."""
UNEVEN = 0.04
"""The drawn paths lie a little closer here than there; so much may the number of encounters differ, share."""
WORLDS, PLAY_S = 800, 1800.0


@cache
def open_field() -> StreetMap:
    """Give a round field of half a square kilometre with 300 straight paths across and no buildings.

    The paths are isotropic uniform random lines, moved a little to start and end at one of 60 points of the rim. They cross
    without meeting, so that people walk straight on from rim to rim, as good as everywhere and in every direction.
    """
    rng = np.random.default_rng(1)
    angle = 2.0 * np.pi * np.arange(RIM) / RIM
    rim = FIELD_M * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    paths: dict[str, list[tuple[float, float]]] = {}
    while len(paths) < PATHS:
        half = np.arccos(rng.uniform(-1.0, 1.0))
        across = rng.uniform(0.0, np.pi)
        ends = [int(np.rint((across + side * half) / (2.0 * np.pi) * RIM)) % RIM for side in (-1, 1)]
        if ends[0] != ends[1]:
            paths[f"pad {len(paths)}"] = [(float(x), float(y)) for x, y in rim[ends]]
    lines = np.array(list(paths.values()))
    length = np.sqrt(((lines[:, 1] - lines[:, 0]) ** 2).sum(axis=1))
    chosen = rng.choice(len(lines), 300, p=length / length.sum())
    along = rng.random((300, 1))
    places = lines[chosen, 0] + along * (lines[chosen, 1] - lines[chosen, 0])
    return street_map(paths, [House((float(x), float(y)), "veld") for x, y in places], range_m=25.0)


@cache
def field_worlds(speed_mps: float) -> list[World]:
    """Draw worlds with 35 people who walk about and one suspect."""
    scenario = evening(
        LOOSE_ENDS | {"p_player_street": 1.0, "d_max_m": RADIUS_M, "d_half_m": RADIUS_M, "v_suspect_mps": speed_mps},
        suspect={"speed_mps": None},
        game={"duration_s": PLAY_S},
        residents=Residents(count=SEARCHERS),
        players=Players(share=1.0),
    )
    return build_worlds(scenario, Network(open_field()), range(WORLDS))


def meetings(world: World) -> list[tuple[float, int]]:
    """List when somebody comes within reach of the suspect, and who; not who was so from the start."""
    found = []
    table = world.chances
    for pair in range(len(table.observer)):
        part = slice(int(table.of_pair[pair]), int(table.of_pair[pair + 1]))
        until = 0.0
        for start, stop in zip(table.start[part].tolist(), table.stop[part].tolist(), strict=True):
            if start > until + 1e-3:
                found.append((start, int(table.observer[pair])))
            until = max(until, stop)
    return sorted(found)


def firsts(speed_mps: float, chance: float = 1.0) -> Array:
    """Give in each world the moment of the first encounter that leads to recognition; the end where there is none."""
    moments = []
    for world in field_worlds(speed_mps):
        met = meetings(world)
        keys = combine(stream_key(world.seed, "test-recognise"), np.arange(len(met), dtype=np.uint64) + 1)
        kept = uniforms(keys, 0) < chance if met else []
        moments.append(min((moment for (moment, _), keep in zip(met, kept, strict=True) if keep), default=PLAY_S))
    return np.array(moments)


def mean_until(moments: Array) -> float:
    """Estimate the mean of an exponential time of which we see only what comes before the end."""
    return float(moments.sum() / (moments < PLAY_S).sum())


STILL_MPS = 1e-6


def own_path() -> float:
    """Give the extra share of encounters with a still target because it lies on a path itself: A / (2 r L)."""
    return AREA_M2 / (2.0 * RADIUS_M * float(open_field().edge_lengths().sum()))


def assert_rate(speed_mps: float, rate: float) -> None:
    """Compare how soon and how often people meet the suspect with a rate per second."""
    error = 1.0 / np.sqrt(WORLDS)
    moments = firsts(speed_mps)
    assert abs(mean_until(moments) * rate - 1.0) < 3.0 * error + UNEVEN
    share = 1.0 - np.exp(-rate * PLAY_S / 4.0)
    assert abs((moments < PLAY_S / 4.0).mean() - share) < 3.0 * np.sqrt(share * (1.0 - share)) * error + UNEVEN * share
    number = np.array([len(meetings(world)) for world in field_worlds(speed_mps)])
    assert abs(number.mean() / (rate * PLAY_S) - 1.0) < 3.0 * number.std() / number.mean() * error + UNEVEN


def test_random_search_for_a_target_that_stands_still() -> None:
    # Koopman: P(found by t) = 1 - exp(-N W v t / A); 5.92 minutes on average.
    rate = SEARCHERS * 2.0 * RADIUS_M * SPEED_MPS / AREA_M2
    assert 1.0 / rate / 60.0 == pytest.approx(5.92, abs=0.005)
    assert_rate(STILL_MPS, rate * (1.0 - EDGE) * (1.0 + own_path()))


def gas_rate() -> float:
    """Give 2 r u n with u = 4 v / π, per second, with the corrections: who comes towards one on the same path comes at 2 v."""
    rate = 2.0 * RADIUS_M * (4.0 * SPEED_MPS / np.pi) * SEARCHERS / AREA_M2
    assert rate == pytest.approx(0.00358, abs=5e-6)
    assert pytest.approx(4.65, abs=0.005) == 1.0 / rate / 60.0
    return float(rate * (1.0 - EDGE) * (1.0 + own_path() * np.pi / 4.0))


def test_ideal_gas_of_people_who_all_walk() -> None:
    # 0.00358 per second, 4.65 minutes on average, before the corrections.
    assert_rate(SPEED_MPS, gas_rate())


@pytest.mark.parametrize(("chance", "minutes", "share"), [(0.1, 46.5, 0.475), (0.2, 23.3, 0.725)])
def test_ideal_gas_with_imperfect_recognition(chance: float, minutes: float, share: float) -> None:
    rate = chance * 0.00358
    assert 1.0 / rate / 60.0 == pytest.approx(minutes, rel=0.002)
    assert 1.0 - np.exp(-rate * PLAY_S) == pytest.approx(share, abs=0.001)
    expected = 1.0 - np.exp(-chance * gas_rate() * PLAY_S)
    found = (firsts(SPEED_MPS, chance) < PLAY_S).mean()
    assert abs(found - expected) < 3.0 * np.sqrt(expected * (1.0 - expected) / WORLDS) + UNEVEN * expected


@pytest.mark.parametrize("place", ["wijk", "bloemkool-part"])
def test_views_are_what_looking_every_second_finds(place: str) -> None:
    # The long form is in tests/studies; its results are in docs/studies.md.
    streets = []
    for seed in range(3):
        at_home, walking = watch(Scene(network_of(place), seed), homes=60)
        # Sight lines from homes are exact: every difference lies within a quarter of a second of where the view changes.
        assert at_home.engine.sum() > 100
        assert not at_home.differs.any()
        streets.append(walking)
    engine, brute, differs = (
        np.concatenate([getattr(one, part) for one in streets]) for part in ("engine", "brute", "differs")
    )
    # Between walkers sight goes in cells of 5 m: a gap between buildings may be seen a cell's length too far or not at all.
    assert engine.sum() > 500
    assert differs.mean() < 0.02  # of a few walkers; of many it is half of that
    assert abs(float(engine.sum()) / float(brute.sum()) - 1.0) < 0.05
