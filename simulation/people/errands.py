"""Passers-by: people from elsewhere in the street, each on an errand from a door to a shop, a school, a visit, or back.

Doors are points of the street, every metre alike, and not addresses: so one address more changes nobody's errand.
"""

from __future__ import annotations

from itertools import count
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key, text_keys, uniform, uniforms
from simulation.elementary import whole_microseconds
from simulation.people.network import anywhere
from simulation.people.population import speeds
from simulation.people.rounds import Stroll
from simulation.people.walks import along_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.people.network import Network

    Point = tuple[int, float]
    Step = tuple[int, float, float]

_VISITED = 12
"""Doors at which people come to visit; few, so that few shortest ways need to be known."""
_PLACES = ("shop", "school", "care")
_SHORTEST_M = 10.0
_TRIES = 100
"""Errands in vain, on a map where hardly any two doors are joined, after which there is nobody."""
_KM = 1000.0
_SOME = 32
"""Errands of one place in the street drawn at a time."""
_PURPOSES = ("door", "goal", "phase", "back", "bike", "speed")
_HALF = 0.5
"""As many go out as come home."""


class Errand(NamedTuple):
    """One passer-by.

    Parameters
    ----------
    key
        `passer-by-1/1`, `passer-by-1/2`, …: as many are in the street at a time as there are first numbers.
    stroll
        His way.
    """

    key: str
    stroll: Stroll


def errands(network: Network, parameters: Mapping[str, float], seed: int, end_s: float) -> list[Errand]:
    """Draw the passers-by of a world: when one has come where he goes, another one sets out elsewhere.

    So at every moment as many are in the street as the registry says for each km of street; a part of one is a chance.
    """
    amount = parameters["passersby_per_km"] * float(network.edge_length.sum()) / _KM
    number = int(amount) + (uniform(stream_key(seed, "errand-count"), 0) < amount - int(amount))
    goals, drawn = _goals(network, seed), _drawn(parameters, seed, range(number), 0)
    ways = [
        way
        for nth, first in enumerate(drawn)
        for way in _one_after_another(network, goals, _more(parameters, seed, nth, first), end_s)
    ]
    walks = along_each([way.steps for way in ways], [way.begin for way in ways], [way.drawn.speed for way in ways])
    until = walks.until[walks.of_owner[1:] - 1].tolist()
    return [
        Errand(way.drawn.key, Stroll(walks, owner, way.begin, end, way.drawn.riding))
        for owner, (way, end) in enumerate(zip(ways, until, strict=True))
    ]


def _goals(network: Network, seed: int) -> list[Point]:
    """Give where errands lead: shops, schools and care homes, and a few doors at which people come to visit."""
    places = network.map.places
    kinds = [network.map.texts[kind] for kind in places.kind]
    goals = [(places.edge.item(row), places.at.item(row)) for row, kind in enumerate(kinds) if kind in _PLACES]
    doors = uniforms(stream_key(seed, "errand-visited"), np.arange(_VISITED, dtype=np.uint64))
    return goals + [anywhere(network, share) for share in doors.tolist()]


class _Drawn(NamedTuple):
    """What is drawn for one errand: three numbers from (0, 1) for its way and its begin, how fast, and whether by bicycle."""

    key: str
    door: float
    goal: float
    phase: float
    homeward: bool
    riding: bool
    speed: float


class _Way(NamedTuple):
    """One errand that takes place: its steps, and when it begins, seconds."""

    drawn: _Drawn
    steps: list[Step]
    begin: float


def _one_after_another(network: Network, goals: list[Point], draws: Iterator[_Drawn], end_s: float) -> Iterator[_Way]:
    """Give the errands of one place in the street, the first of which is somewhere half-way at the start."""
    begin, vain = -inf, 0
    for drawn in draws:
        if begin >= end_s or vain > _TRIES:
            return
        steps, metres = _way(network, goals, drawn)
        if not _SHORTEST_M <= metres < inf:
            vain += 1
            continue
        lasting = metres / drawn.speed
        begin = whole_microseconds(-drawn.phase * lasting) if begin == -inf else begin
        if begin + lasting > 0.0:
            yield _Way(drawn, steps, begin)
        begin = whole_microseconds(begin + lasting)


def _more(parameters: Mapping[str, float], seed: int, nth: int, first: list[_Drawn]) -> Iterator[_Drawn]:
    """Go on drawing errands of one place in the street, without end."""
    yield from first
    for block in count(1):
        (more,) = _drawn(parameters, seed, range(nth, nth + 1), block)
        yield from more


def _drawn(parameters: Mapping[str, float], seed: int, places: range, block: int) -> list[list[_Drawn]]:
    """Draw some errands of each of several places in the street, side by side."""
    numbers = range(block * _SOME + 1, (block + 1) * _SOME + 1)
    keys = [f"passer-by-{nth + 1}/{number}" for nth in places for number in numbers]
    who = text_keys(keys)
    share = {purpose: uniforms(stream_key(seed, f"errand-{purpose}"), who) for purpose in _PURPOSES}
    riding = share["bike"] < parameters["p_passerby_bike"]
    speed = speeds(parameters, ("v_walk_adult", "v_bike"), riding.astype(np.int64), share["speed"])
    columns = (share["door"], share["goal"], share["phase"], share["back"] < _HALF, riding, speed)
    drawn = list(map(_Drawn, keys, *(column.tolist() for column in columns)))
    return [drawn[first : first + _SOME] for first in range(0, len(drawn), _SOME)]


def _way(network: Network, goals: list[Point], drawn: _Drawn) -> tuple[list[Step], float]:
    """Go from anywhere to a goal, or the other way round."""
    goal = goals[int(drawn.goal * len(goals))]
    steps, metres = network.way(anywhere(network, drawn.door), goal)
    if drawn.homeward:
        length = network.dart_length
        steps = [(dart ^ 1, length.item(dart) - end, length.item(dart) - begin) for dart, begin, end in reversed(steps)]
    return steps, metres
