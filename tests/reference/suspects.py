"""How a suspect spends the evening: walking without a goal, and standing still now and then to do something suspicious."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tests.reference.ways import positions

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario, Suspect
    from tests.reference.ground import Ground
    from tests.reference.ways import Walking

Array = np.ndarray[Any, np.dtype[Any]]


class Track(NamedTuple):
    """A suspect at each tick: his point, how conspicuous he is, and until when he does something, or no time at all."""

    points: Array
    factor: Array
    until: Array


def tracks(ground: Ground, scenario: Scenario, walking: Walking, middles: Array, rng: np.random.Generator) -> Track:
    """Let the suspect of one world walk and do what he does."""
    suspect = scenario.games[0].suspects[0]
    pace = suspect.speed_mps or scenario.parameters["v_suspect_mps"]
    at = rng.random() * ground.length.sum()
    edge = int(np.searchsorted(np.cumsum(ground.length), at))
    begins, lasts, factors = _stops(suspect, scenario, rng)
    walked, factor, until = middles.copy(), np.ones(len(middles)), np.full(len(middles), -np.inf)
    for begin, lasting, strength in zip(begins, lasts, factors, strict=True):
        walked -= np.clip(middles - begin, 0.0, lasting)
        now = (middles >= begin) & (middles < begin + lasting)
        if not np.isnan(strength):
            factor[now], until[now] = strength, begin + lasting
    way = walking.ramble(edge, float(np.cumsum(ground.length)[edge] - at), scenario.duration_s * pace + 5.0)
    return Track(positions(way, walked * pace), factor, until)


def _stops(suspect: Suspect, scenario: Scenario, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Give when he stops, for how long, and how conspicuous he is meanwhile, or nan where he merely stands."""
    usual, found = scenario.parameters["act_factor"], []
    stops = [(act, usual if act.conspicuousness is None else act.conspicuousness) for act in suspect.acts]
    for stop, strength in [*stops, *([(suspect.pauses, np.nan)] if suspect.pauses else [])]:
        amount = rng.poisson(stop.per_hour * scenario.duration_s / 3600.0)
        found += [(time, stop.duration_s, strength) for time in rng.random(amount) * scenario.duration_s]
    after_walking, lasts, strengths = np.array(sorted(found)).reshape(-1, 3).T
    return after_walking + np.cumsum(lasts) - lasts, lasts, strengths
