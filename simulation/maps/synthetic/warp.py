"""From the drawing board to the ground: a rotation and a smooth wobble, so that no two streets are quite alike.

The drawing board is measured in whole decimetres, so that streets that meet share exactly one point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.chance import Chance

if TYPE_CHECKING:
    from simulation.maps.synthetic.ground import Spot

Point = tuple[int, int]
"""A position on the drawing board, decimetres."""

DECIMETRES: Final = 10
"""Decimetres per metre."""


class Wobble(NamedTuple):
    """One smooth displacement.

    Parameters
    ----------
    grain_m
        Distance between the points at which the displacement is drawn, metres.
    reach_m
        Largest displacement in either direction, metres.
    """

    grain_m: float
    reach_m: float


class Warp:
    """The way one neighbourhood lies on the ground.

    Parameters
    ----------
    seed
        Seed of the neighbourhood.
    wobbles
        Displacements, added up.
    """

    def __init__(self, seed: int, wobbles: tuple[Wobble, ...]) -> None:
        self._seed = seed
        self._wobbles = wobbles
        self._drawn: dict[tuple[int, int, int], Spot] = {}
        # A direction from a rational half-angle tangent needs no sine, which differs between machines.
        tangent = Chance(seed, "direction").uniform(-0.4, 0.4)
        self._cos = (1 - tangent * tangent) / (1 + tangent * tangent)
        self._sin = 2 * tangent / (1 + tangent * tangent)

    def spot(self, point: Point) -> Spot:
        """Give where a point of the drawing board lies on the ground."""
        x, y = point[0] / DECIMETRES, point[1] / DECIMETRES
        moved_x, moved_y = x, y
        for number, wobble in enumerate(self._wobbles):
            dx, dy = self._displacement(number, wobble, x, y)
            moved_x += dx
            moved_y += dy
        return self._cos * moved_x - self._sin * moved_y, self._sin * moved_x + self._cos * moved_y

    def _displacement(self, number: int, wobble: Wobble, x: float, y: float) -> Spot:
        """Interpolate between the four drawn displacements around a place."""
        column, share_x = divmod(x, wobble.grain_m)
        row, share_y = divmod(y, wobble.grain_m)
        east, north = _smooth(share_x / wobble.grain_m), _smooth(share_y / wobble.grain_m)
        sum_x = sum_y = 0.0
        for step_x, weight_x in ((0, 1 - east), (1, east)):
            for step_y, weight_y in ((0, 1 - north), (1, north)):
                dx, dy = self._draw(number, wobble, int(column) + step_x, int(row) + step_y)
                sum_x += weight_x * weight_y * dx
                sum_y += weight_x * weight_y * dy
        return sum_x, sum_y

    def _draw(self, number: int, wobble: Wobble, column: int, row: int) -> Spot:
        """Draw the displacement at one point, once."""
        place = (number, column, row)
        if place not in self._drawn:
            chance = Chance(self._seed, "wobble", *place)
            reach = wobble.reach_m
            self._drawn[place] = (chance.uniform(-reach, reach), chance.uniform(-reach, reach))
        return self._drawn[place]


def _smooth(share: float) -> float:
    """Ease in and out, so that the displacement has no kinks."""
    return share * share * (3 - 2 * share)
