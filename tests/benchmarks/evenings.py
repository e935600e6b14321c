"""S1: one evening against the same evening in Mesa, and in SimPy that polls; and what a full evening costs."""

from __future__ import annotations

import math
from itertools import count
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from simulation.maps.pinned import read_map
from simulation.people.network import Network
from simulation.scenario import DEFAULT_SCENARIO, load_scenario
from tests.benchmarks import fixtures, peer_mesa, peer_simpy_poll, rules
from tests.benchmarks.measure import Row, Spread, cpu_seconds, in_turn, noise, ratios, spread
from tests.benchmarks.ours import happened, mean, play_batch
from tests.benchmarks.streets import Neighbourhood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulation.maps.streetmap import StreetMap
    from tests.benchmarks.rules import Happened

    Peer = Callable[[Neighbourhood, float, int], Happened]

BATCH = 50
REPEATS = 5
_ALIKE = 0.3
_SHIPPED_RATE, _BLOEMKOOLWIJK_RATE = 0.004, 0.018
"""Rates of noticing at which as much happens as in the minimal model on its own grid: some 38 noticings in an evening."""


def rows() -> Iterator[Row]:
    """Measure."""
    yield from _against_peers("shipped map", fixtures.shipped(), _SHIPPED_RATE, 300.0)
    yield from _full_evening("shipped map", fixtures.shipped())
    source = fixtures.extract("kampen-bloemkoolwijk")
    if source is None:
        yield Row("S1", "evening on kampen-bloemkoolwijk", None, note="skipped: ../shared/maps has no such extract")
        return
    street_map = read_map(fixtures.pinned(source))
    yield from _against_peers("kampen-bloemkoolwijk", street_map, _BLOEMKOOLWIJK_RATE, 100.0)
    yield from _full_evening("kampen-bloemkoolwijk", street_map)


def _against_peers(name: str, street_map: StreetMap, rate: float, goal: float) -> Iterator[Row]:
    place, network, scenario = Neighbourhood(street_map), Network(street_map), rules.evening(rate)
    mine: list[Happened] = []

    def batch() -> float:
        seeds = range(BATCH * len(mine), BATCH * (len(mine) + 1))
        return cpu_seconds(lambda: mine.append(happened(play_batch(scenario, network, seeds)))) / BATCH

    for title, peer, repeats, limit in (
        ("Mesa", peer_mesa.play, REPEATS, goal),
        ("SimPy that polls", peer_simpy_poll.play, 3, None),
    ):
        theirs: list[Happened] = []
        slow, fast = in_turn(_one_evening(peer, place, rate, theirs), batch, repeats)
        yield Row(
            "S1",
            f"evening of 500, {name}, against {title}",
            ratios(slow, fast),
            goal=limit,
            noise=noise(slow, fast),
            note=f"{spread(slow).median:.2f} s : {1e3 * spread(fast).median:.1f} ms; {_compared(mean(mine), theirs)}",
        )


def _one_evening(peer: Peer, place: Neighbourhood, rate: float, happened_there: list[Happened]) -> Callable[[], float]:
    seeds = count()
    return lambda: cpu_seconds(lambda: happened_there.append(peer(place, rate, next(seeds))))


def _compared(mine: Happened, theirs: list[Happened]) -> str:
    """Say how much happened on both sides, and whether that is about the same as far as few evenings can tell."""
    parts, alike = [], True
    for field, own, counts in zip(mine._fields, mine, zip(*theirs, strict=True), strict=True):
        other, error = fmean(counts), stdev(counts) / math.sqrt(len(counts))
        parts.append(f"{field} {own:.0f} : {other:.0f}±{error:.0f}")
        alike = alike and abs(own - other) <= _ALIKE * max(own, other) + 2.0 * error
    return f"{', '.join(parts)}{'' if alike else ' (NOT ALIKE)'}"


def _full_evening(name: str, street_map: StreetMap) -> Iterator[Row]:
    """Time the shipped evening as it is, everybody who lives there included."""
    network, scenario = Network(street_map), load_scenario(DEFAULT_SCENARIO).scenario

    def seconds_each(first: int, evenings: int) -> float:
        return cpu_seconds(lambda: play_batch(scenario, network, range(first, first + evenings))) / evenings

    alone = [seconds_each(seed, 1) for seed in range(2 * REPEATS + 1)]
    batch = [seconds_each(BATCH * number, BATCH) for number in range(REPEATS)]
    for title, seconds in (("alone", alone[1:]), (f"in a batch of {BATCH}", batch)):
        figure = Spread(*(1e3 * value for value in spread(seconds)))
        yield Row("S1", f"full shipped evening, {name}, {title}", figure, unit="ms", noise=noise(seconds))
