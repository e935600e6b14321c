"""How a suspect spends his game: walking without a goal, and standing still now and then to do something suspicious."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tests.reference.ways import positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.scenario.model import Suspect
    from tests.reference.games import Games
    from tests.reference.ground import Ground
    from tests.reference.ways import Walking

Array = np.ndarray[Any, np.dtype[Any]]


class Track(NamedTuple):
    """Suspects at each tick, all (K, T): point, or `nowhere`; conspicuousness; until when he does something, or no time."""

    points: Array
    factor: Array
    until: Array


def tracks(
    ground: Ground, games: Games, values: Any, walking: Walking, middles: Array, rng: np.random.Generator
) -> Sequence[Array]:
    """Let the suspects of one world walk and do what they do, each in his game."""
    nowhere = len(ground.xy)
    shape = (len(games.suspects), len(middles))
    found = Track(np.full(shape, nowhere), np.ones(shape), np.full(shape, -np.inf))
    for number, (suspect, game) in enumerate(zip(games.suspects, games.of_suspect, strict=True)):
        begin, end, inside = games.begin[game], games.end[game], games.inside[game]
        there = (middles >= begin) & (middles < end)
        time = middles[there] - begin
        walked, factor, until = time.copy(), np.ones(len(time)), np.full(len(time), -np.inf)
        for stop, lasts, strength in zip(*_stops(suspect, values["act_factor"], end - begin, rng), strict=True):
            walked -= np.clip(time - stop, 0.0, lasts)
            now = (time >= stop) & (time < stop + lasts) & ~np.isnan(strength)
            factor[now], until[now] = strength, begin + stop + lasts
        pace = suspect.speed_mps or values["v_suspect_mps"]
        length = ground.length if inside is None else ground.length * inside
        at, ends = rng.random() * length.sum(), np.cumsum(length)
        edge = int(np.searchsorted(ends, at))
        way = walking.ramble(edge, float(ends[edge] - at), (end - begin) * pace + 5.0, inside)
        found.points[number, there] = positions(way, walked * pace)
        found.factor[number, there], found.until[number, there] = factor, until
    return found


def _stops(suspect: Suspect, usual: float, lasting: float, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Give when he stops, for how long, and how conspicuous he is meanwhile, or nan where he merely stands."""
    stops = [(act, usual if act.conspicuousness is None else act.conspicuousness) for act in suspect.acts]
    found = []
    for stop, strength in [*stops, (suspect.pauses, np.nan)]:
        amount = rng.poisson(stop.per_hour * lasting / 3600.0)
        found += [(time, stop.duration_s, strength) for time in rng.random(amount) * lasting]
    after_walking, lasts, strengths = np.array(sorted(found)).reshape(-1, 3).T
    return after_walking + np.cumsum(lasts) - lasts, lasts, strengths
