"""Walking along edges, and where that puts somebody at each tick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tests.reference.ground import Ground

Array = np.ndarray[Any, np.dtype[Any]]
Way = tuple[Array, Array]
"""Points passed, and the metres walked at each."""
Stride = Callable[[Array], Array]
"""How many metres one has walked after so many seconds."""


class Walking:
    """Walks on the streets of one map."""

    def __init__(self, ground: Ground, rng: np.random.Generator) -> None:
        self._ground, self._rng = ground, rng
        self._where: dict[int, list[tuple[int, float]]] = {}
        counts = np.diff([*ground.first, len(ground.along)])
        for edge, (first, count) in enumerate(zip(ground.first, counts, strict=True)):
            for number in range(count):
                point = int(ground.along[first + number])
                self._where.setdefault(point, []).append((edge, number * float(ground.step[edge])))

    def ramble(self, edge: int, at: float, metres: float, inside: Array | None = None) -> Way:
        """Walk on at random without turning back, on some edges only where not on all."""
        ground = self._ground
        direction = self._choose([(edge, 0), (edge, 1)])[1]
        parts, walked, offset = [], 0.0, at if direction == 0 else float(ground.length[edge]) - at
        while True:
            points, offsets = self._points(edge, direction)
            ahead = offsets >= offset - 1e-6
            parts.append((points[ahead], walked + offsets[ahead] - offset))
            walked += float(ground.length[edge]) - offset
            if walked >= metres:
                break
            edge, direction = self._next(edge, direction, inside)
            offset = 0.0
        points, far = (np.concatenate(column) for column in zip(*parts, strict=True))
        within = far <= metres
        return points[within], far[within]

    def ramble_from(self, point: int, metres: float, inside: Array | None = None) -> Way:
        """Walk on from a point."""
        spots = [spot for spot in self._where[point] if inside is None or inside[spot[0]]]
        return self.ramble(*spots[int(self._rng.integers(len(spots)))], metres, inside)

    def _points(self, edge: int, direction: int) -> Way:
        ground = self._ground
        first = int(ground.first[edge])
        count = round(float(ground.length[edge] / ground.step[edge])) + 1
        points = ground.along[first : first + count]
        return points if direction == 0 else points[::-1], np.arange(count) * ground.step[edge]

    def _next(self, edge: int, direction: int, inside: Array | None) -> tuple[int, int]:
        node = int(self._ground.ends[edge, 1 - direction])
        back = (edge, 1 - direction)
        exits = [way for way in self._ground.exits[node] if inside is None or inside[way[0]]]
        return self._choose([way for way in exits if way != back] or [back])

    def _choose(self, options: list[tuple[int, int]]) -> tuple[int, int]:
        return options[int(self._rng.integers(len(options)))]


def steady(pace: float) -> Stride:
    """Walk at a constant pace, metres per second."""
    return lambda seconds: seconds * pace


def positions(way: Way, metres: Array) -> Array:
    """Give the point of a way at which somebody is who has walked so many metres; at its end he stands still."""
    points, far = way
    return points[np.searchsorted((far[1:] + far[:-1]) / 2.0, metres)]


def joined(*ways: Way) -> Way:
    """Walk one way after the other."""
    begins = np.cumsum([0.0, *(way[1][-1] for way in ways[:-1])])
    return np.concatenate([way[0] for way in ways]), np.concatenate(
        [way[1] + begin for way, begin in zip(ways, begins, strict=True)]
    )
