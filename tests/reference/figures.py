"""Everybody in the street who may be taken for the suspect: himself, passers-by on an errand, and residents on a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tests.reference.people import speed
from tests.reference.ways import positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.model import Scenario
    from tests.reference.ground import Ground

Array = np.ndarray[Any, np.dtype[Any]]

OTHER, SIMILAR, SAME = range(3)
"""How somebody's coat, or whatever it is, looks beside that of the suspect."""
VISITED, SHORTEST_M = 12, 10.0
"""At how many doors people come to visit, and what is too near to be an errand, metres."""


class Innocent(NamedTuple):
    """Somebody in the street: in which ticks, at which points, until when; which resident he is, or -1; whether he rides."""

    ticks: Array
    points: Array
    until: float
    resident: int
    riding: bool


class Figures:
    """All whom one may look at, in many worlds; number 0 of each world is the suspect.

    Parameters
    ----------
    suspect
        (W, T) his point at each tick.
    innocents
        Those of each world.
    nowhere
        Stands for the point of somebody who is not in the street.
    end_s
        When the evening ends, seconds.

    Attributes
    ----------
    at, who
        (T, W, S) at each tick S points, some of them `nowhere`, and the number of who is there.
    until, resident, riding
        (W, F) of each number, as in `Innocent`.
    """

    def __init__(self, suspect: Array, innocents: list[list[Innocent]], nowhere: int, end_s: float) -> None:
        worlds, ticks = suspect.shape
        everybody = (worlds, 1 + max(len(some) for some in innocents))
        self.nowhere = nowhere
        self.until, self.resident = np.full(everybody, end_s), np.full(everybody, -1)
        self.riding, self._row = np.zeros(everybody, bool), np.zeros(everybody, int)
        rows = [self._share(world, some, ticks) for world, some in enumerate(innocents)]
        self.at = np.full((ticks, worlds, max(rows)), nowhere, np.int16)
        self.who = np.zeros(self.at.shape, np.int16)
        self.at[:, :, 0] = suspect.T
        for world, some in enumerate(innocents):
            for number, one in enumerate(some, start=1):
                self.at[one.ticks, world, self._row[world, number]] = one.points
                self.who[one.ticks, world, self._row[world, number]] = number

    def _share(self, world: int, innocents: list[Innocent], ticks: int) -> int:
        """Let those who are never there at the same time share a row of the tables; give how many rows that takes."""
        ends = [ticks]
        for number, one in enumerate(innocents, start=1):
            self.until[world, number], self.resident[world, number] = one.until, one.resident
            self.riding[world, number] = one.riding
            row = next((row for row, end in enumerate(ends) if end < one.ticks[0]), len(ends))
            ends[row : row + 1] = [int(one.ticks[-1])]
            self._row[world, number] = row
        return len(ends)

    def track(self, world: int, number: int, ticks: tuple[int, int]) -> Array:
        """Give the points of somebody from one tick to before another, as long as he is there."""
        row = self._row[world, number]
        span = slice(ticks[0], max(ticks))
        points = self.at[span, world, row]
        there = (points < self.nowhere) & (self.who[span, world, row] == number)
        return points[: len(there) if there.all() else int(np.argmin(there))].astype(int)

    def remove(self, world: int, resident: int, tick: int, time: float) -> None:
        """Take a resident for no suspect any more from a moment on."""
        for number in np.flatnonzero(self.resident[world] == resident):
            row = self._row[world, number]
            mine = self.who[tick:, world, row] == number
            self.at[tick:, world, row][mine] = self.nowhere
            self.until[world, number] = min(time, self.until[world, number])


def errands(ground: Ground, scenario: Scenario, middles: Array, rng: np.random.Generator) -> list[Innocent]:
    """Let passers-by walk in one world: where one has come where he goes, another one sets out elsewhere."""
    amount = scenario.parameters["passersby_per_km"] * float(ground.length.sum()) / 1000.0
    goals = np.concatenate([ground.goals, ground.anywhere(rng, VISITED)])
    return [
        one
        for _ in range(int(amount) + (rng.random() < amount % 1.0))
        for one in _one_after_another(ground, scenario, (middles, goals), rng)
    ]


def _one_after_another(
    ground: Ground, scenario: Scenario, setting: tuple[Array, Array], rng: np.random.Generator
) -> Iterator[Innocent]:
    (middles, goals), values = setting, scenario.parameters
    begin = -np.inf
    while begin < scenario.duration_s:
        door, goal = int(ground.anywhere(rng, 1)[0]), int(rng.choice(goals))
        riding = bool(rng.random() < values["p_passerby_bike"])
        pace = float(speed(values, "v_bike" if riding else "v_walk_adult", (), rng))
        metres = ground.walked[door, goal]
        if not SHORTEST_M <= metres < np.inf:
            continue
        points, far = ground.way(door, goal)
        if rng.random() < 0.5:
            points, far = points[::-1], metres - far[::-1]
        begin = max(begin, -rng.random() * metres / pace)  # the first is half-way
        ticks = np.flatnonzero((middles >= begin) & (middles < begin + metres / pace))
        if len(ticks):
            yield Innocent(ticks, positions((points, far), (middles[ticks] - begin) * pace), begin + metres / pace, -1, riding)
        begin += metres / pace


def looks(figures: Figures, scenario: Scenario, names: list[str], rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw what everybody looks like beside the suspect: (W, F, E) in each element, and (W, F) who is a man."""
    values, suspect = scenario.parameters, scenario.games[0].suspects[0]
    everybody = figures.until.shape
    sex = suspect.description.get("sex", "man")
    man = rng.random(everybody) < values["p_man"]
    man[:, 0] = sex == "man"
    alike = np.full((*everybody, len(names)), OTHER)
    for element, name in enumerate(names):
        if name == "sex":
            alike[:, :, element][man == (sex == "man")] = SAME
        else:
            share, same = rng.random(everybody), suspect.shares.get(name, values[f"p_same_{name}"])
            alike[:, :, element][share < same + values["p_similar"]] = SIMILAR
            alike[:, :, element][share < same] = SAME
    alike[:, 0] = SAME
    return alike, man
