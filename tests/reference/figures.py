"""Everybody in the street who may be taken for a suspect: these themselves, passers-by on an errand, residents on a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tests.reference.people import speed
from tests.reference.ways import positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.model import Scenario
    from tests.reference.games import Games
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
    """All whom one may look at, in many worlds; the first K numbers of each world are the suspects.

    Parameters
    ----------
    suspects
        (W, K, T) the point of each at each tick.
    innocents
        Those of each world.
    nowhere
        Stands for the point of somebody who is not in the street.
    ends
        (K,) until when each suspect is there, seconds.

    Attributes
    ----------
    at, who
        (T, W, S) at each tick S points, some of them `nowhere`, and the number of who is there.
    until, resident, riding
        (W, F) of each number, as in `Innocent`.
    """

    def __init__(self, suspects: Array, innocents: list[list[Innocent]], nowhere: int, ends: Array) -> None:
        worlds, self.suspects, ticks = suspects.shape
        everybody = (worlds, self.suspects + max(len(some) for some in innocents))
        self.nowhere = nowhere
        self.until, self.resident = np.zeros(everybody), np.full(everybody, -1)
        self.riding, self._row = np.zeros(everybody, bool), np.zeros(everybody, int)
        self.until[:, : self.suspects], self._row[:, : self.suspects] = ends, np.arange(self.suspects)
        rows = [self._share(world, some, ticks) for world, some in enumerate(innocents)]
        self.at = np.full((ticks, worlds, max(rows)), nowhere, np.int16)
        self.who = np.zeros(self.at.shape, np.int16)
        self.at[:, :, : self.suspects] = suspects.transpose(2, 0, 1)
        self.who[:, :, : self.suspects] = np.arange(self.suspects)
        for world, some in enumerate(innocents):
            for number, one in enumerate(some, start=self.suspects):
                self.at[one.ticks, world, self._row[world, number]] = one.points
                self.who[one.ticks, world, self._row[world, number]] = number

    def _share(self, world: int, innocents: list[Innocent], ticks: int) -> int:
        """Let those who are never there at the same time share a row of the tables; give how many rows that takes."""
        ends = [ticks] * self.suspects
        for number, one in enumerate(innocents, start=self.suspects):
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

    def remove(self, world: int, number: int, tick: int, time: float) -> None:
        """Take somebody away from a moment on: a suspect who goes, or a resident who is on his round no more."""
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


def looks(figures: Figures, games: Games, values: Any, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw how everybody looks: (W, F, C) beside each suspect in each element, and (W, F) who is a man."""
    everybody = figures.until.shape
    man = rng.random(everybody) < values["p_man"]
    for number, suspect in enumerate(games.suspects):
        man[:, number] = suspect.description.get("sex", "man") == "man"
    alike = np.full((*everybody, len(games.about)), OTHER)
    for column, (number, element) in enumerate(zip(games.about, games.element, strict=True)):
        suspect, name = games.suspects[number], games.names[element]
        if name == "sex":
            alike[:, :, column][man == (suspect.description["sex"] == "man")] = SAME
        else:
            share, same = rng.random(everybody), suspect.shares.get(name, values[f"p_same_{name}"])
            alike[:, :, column][share < same + values["p_similar"]] = SIMILAR
            alike[:, :, column][share < same] = SAME
        for other, one in enumerate(games.suspects):
            equal = one.description.get(name) == suspect.description[name]
            alike[:, other, column] = SAME if equal else OTHER
    return alike, man
