"""The ground of a made neighbourhood: which rectangles are taken, and paths to build along.

Only sums, products, quotients and square roots are used: they round the same way on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import floor, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Spot = tuple[float, float]
"""A position on the ground, metres east and north."""

_SQUARE_M: Final = 30.0
"""Side of the squares in which taken rectangles are filed, metres."""


class Box(NamedTuple):
    """A rectangle in any direction.

    Parameters
    ----------
    x, y
        Centre, metres.
    ux, uy
        Unit vector along its length.
    half_length, half_depth
        Half of its sides along and across that vector, metres.
    """

    x: float
    y: float
    ux: float
    uy: float
    half_length: float
    half_depth: float

    def corners(self) -> tuple[Spot, Spot, Spot, Spot]:
        """Give the corners, counterclockwise, beginning at the front left."""
        return (
            self.at(-self.half_length, -self.half_depth),
            self.at(self.half_length, -self.half_depth),
            self.at(self.half_length, self.half_depth),
            self.at(-self.half_length, self.half_depth),
        )

    def at(self, along: float, across: float) -> Spot:
        """Give a position relative to the centre, metres along and across (to the left of) the length."""
        return self.x + along * self.ux - across * self.uy, self.y + along * self.uy + across * self.ux

    def part(self, along: tuple[float, float], across: tuple[float, float]) -> Box:
        """Give the part between two distances along and two across, relative to the centre, metres."""
        x, y = self.at((along[0] + along[1]) / 2, (across[0] + across[1]) / 2)
        return Box(x, y, self.ux, self.uy, (along[1] - along[0]) / 2, (across[1] - across[0]) / 2)


def boxes_meet(one: Box, other: Box) -> bool:
    """Say whether two rectangles overlap, by the four separating axes."""
    dx, dy = other.x - one.x, other.y - one.y
    cos = abs(one.ux * other.ux + one.uy * other.uy)
    sin = abs(one.ux * other.uy - one.uy * other.ux)
    return (
        abs(dx * one.ux + dy * one.uy) < one.half_length + other.half_length * cos + other.half_depth * sin
        and abs(dy * one.ux - dx * one.uy) < one.half_depth + other.half_length * sin + other.half_depth * cos
        and abs(dx * other.ux + dy * other.uy) < other.half_length + one.half_length * cos + one.half_depth * sin
        and abs(dy * other.ux - dx * other.uy) < other.half_depth + one.half_length * sin + one.half_depth * cos
    )


class Ground:
    """All rectangles that are taken by streets, water, buildings and gardens."""

    def __init__(self) -> None:
        self._filed: dict[tuple[int, int], list[Box]] = {}

    def take(self, box: Box) -> None:
        """Mark a rectangle as taken."""
        for square in _squares(box):
            self._filed.setdefault(square, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Say whether a rectangle overlaps nothing that is taken."""
        filed = self._filed
        return not any(boxes_meet(box, other) for square in _squares(box) for other in filed.get(square, ()))


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    """Give the squares that a rectangle may touch."""
    reach_x = abs(box.ux) * box.half_length + abs(box.uy) * box.half_depth
    reach_y = abs(box.uy) * box.half_length + abs(box.ux) * box.half_depth
    columns = range(floor((box.x - reach_x) / _SQUARE_M), floor((box.x + reach_x) / _SQUARE_M) + 1)
    rows = range(floor((box.y - reach_y) / _SQUARE_M), floor((box.y + reach_y) / _SQUARE_M) + 1)
    return ((column, row) for column in columns for row in rows)


def box_between(start: Spot, end: Spot, half_depth: float) -> Box:
    """Give the rectangle around the line from one spot to another."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = sqrt(dx * dx + dy * dy)
    return Box((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, dx / length, dy / length, length / 2, half_depth)


class Path:
    """A street on the ground, as a line along which one can measure.

    Parameters
    ----------
    spots
        Its corners, in order, no two neighbours equal.
    """

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = tuple(spots)
        self._at = [0.0]
        for start, end in pairwise(self.spots):
            dx, dy = end[0] - start[0], end[1] - start[1]
            self._at.append(self._at[-1] + sqrt(dx * dx + dy * dy))
        self.length = self._at[-1]

    def at(self, along: float) -> Spot:
        """Give the position at a distance along the path, metres."""
        piece = min(max(bisect_right(self._at, along) - 1, 0), len(self.spots) - 2)
        share = (along - self._at[piece]) / (self._at[piece + 1] - self._at[piece])
        start, end = self.spots[piece], self.spots[piece + 1]
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    def bulge(self, begin: float, end: float, side: int) -> float:
        """Give how far the path between two distances bends out to a side of its chord, metres.

        Parameters
        ----------
        begin, end
            Distances along the path, metres.
        side
            1 for the left of the path, -1 for the right.
        """
        box = box_between(self.at(begin), self.at(end), 0.0)
        between = [spot for spot, at in zip(self.spots, self._at, strict=True) if begin < at < end]
        return max((side * ((y - box.y) * box.ux - (x - box.x) * box.uy) for x, y in between), default=0.0)
