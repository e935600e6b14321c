"""The building site: what stands on the ground so far, and how many homes are still to come."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.ground import Ground, Path, box_between
from simulation.maps.synthetic.network import with_grain
from simulation.maps.synthetic.numbers import Unnumbered
from simulation.maps.synthetic.rows import build_rows
from simulation.maps.synthetic.town import Line, Tags, Town
from simulation.maps.synthetic.warp import Warp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.maps.synthetic.chance import Chance
    from simulation.maps.synthetic.ground import Box, Spot
    from simulation.maps.synthetic.layout import Layout
    from simulation.maps.synthetic.sketch import Area, Block, RowStyle
    from simulation.maps.synthetic.warp import Point

FLATS_SHARE: Final = 3
"""A block of flats holds at most one in so many of the homes to come, else it is left out: its street is to be built too."""

BESIDE_BLOCK_M: Final = 2.0
"""Ground that stays free around a large building, metres."""

STOREYS: Final = 4
"""Addresses on one staircase lie in so many rows across the outline."""

SHOPS: Final = ("bakery", "butcher", "greengrocer", "clothes", "shoes", "books", "gift", "hairdresser", "jewelry", "florist")
"""OSM `shop` values of the shops on the ground floor of houses."""

FLATS_LAST: Final = 1000
"""Flats are numbered after the houses of their street, which count from 0 by part of the street."""


class Site:
    """The ground on which one neighbourhood is built.

    Parameters
    ----------
    layout
        Its kind.
    homes
        Number of addresses it shall have.
    seed
        Seed of all chance.
    """

    def __init__(self, layout: Layout, homes: int, seed: int) -> None:
        self._layout = layout
        self._warp = Warp(seed, layout.wobbles)
        self._ground = Ground()
        self.left = homes
        self.town = Town()
        self.doors: list[Unnumbered] = []

    def spots(self, points: Sequence[Point]) -> tuple[Spot, ...]:
        """Lay a line of the drawing board on the ground."""
        return tuple(self._warp.spot(point) for point in with_grain(points, self._layout.grain))

    def take_street(self, kind: str, points: Sequence[Point]) -> None:
        """Keep the ground of a street free of houses."""
        self._take_line(points, self._layout.half_width_m[kind])

    def lay_area(self, area: Area) -> None:
        """Lay water or green and keep it free of houses."""
        self.town.areas.append(Line(area.tags, self.spots((*area.points, area.points[0]))))
        start, end, half_width = area.spine
        self._take_line((start, end), half_width)

    def has_room_for(self, block: Block) -> bool:
        """Say whether a large building can be placed: its ground is free, and enough homes are to come."""
        return block.homes * FLATS_SHARE <= self.left and self._ground.is_free(self._box(block))

    def place(self, block: Block, street: str, chance: Chance) -> None:
        """Place a large building; its addresses belong to the street."""
        box = self._box(block)
        self._ground.take(
            box._replace(half_length=box.half_length + BESIDE_BLOCK_M, half_depth=box.half_depth + BESIDE_BLOCK_M)
        )
        tags = (("building", block.kind), ("start_date", self._year(chance)), *block.tags)
        self.town.buildings.append(_outline(box, tags))
        self.town.points += [
            (spot, (("shop", shop),)) for shop, spot in zip(block.shops, _shop_spots(box, block), strict=True)
        ]
        first = len(self.doors)
        self.doors += [
            Unnumbered(street, 1, (FLATS_LAST, first + number), spot)
            for number, spot in enumerate(_flat_doors(box, block.homes))
        ]
        self.left -= block.homes

    def build_along(
        self, points: Sequence[Point], side: int, styles: tuple[RowStyle, ...], street: str, part: int, chance: Chance
    ) -> None:
        """Build houses along one side of a street.

        Parameters
        ----------
        points
            The street on the drawing board.
        side
            1 for its left side, -1 for its right.
        styles
            How to build, drawn row by row; empty to build nothing.
        street
            Name of the street.
        part
            Number of this part among the parts of the street with that name: house numbers rise with it.
        chance
            Draws the sizes.
        """
        if not styles:
            return
        built = build_rows(Path(self.spots(points)), side, styles, chance, self._ground, self.left)
        year = ("start_date", self._year(chance))
        self.town.buildings += [_outline(box, (("building", "house"), year)) for box in built.houses]
        self.town.buildings += [_outline(box, (("building", kind),)) for kind, box in built.outhouses]
        self.town.buildings += [_outline(box, (("building", "garage"),)) for box in built.garages]
        self.town.points += [(spot, (("shop", chance.pick(SHOPS)),)) for spot in built.shops]
        self.doors += [Unnumbered(street, door.side, (part, door.along), door.spot) for door in built.doors]
        self.left -= len(built.doors)

    def _box(self, block: Block) -> Box:
        """Give the outline of a large building."""
        return box_between(self._warp.spot(block.start), self._warp.spot(block.end), block.depth_m / 2)

    def _year(self, chance: Chance) -> str:
        """Draw the year of building."""
        return str(chance.integer(*self._layout.years))

    def _take_line(self, points: Sequence[Point], half_width: float) -> None:
        """Keep the ground along a line free of houses, with a little more at its bends."""
        for start, end in pairwise(self.spots(points)):
            box = box_between(start, end, half_width)
            self._ground.take(box._replace(half_length=box.half_length + 1))


def _outline(box: Box, tags: Tags) -> Line:
    """Give the outline of a rectangular building."""
    corners = box.corners()
    return Line(tags, (*corners, corners[0]))


def _shop_spots(box: Box, block: Block) -> list[Spot]:
    """Spread the shops of a building along its length."""
    shops = len(block.shops)
    return [box.at(((2 * place + 1) / shops - 1) * box.half_length, 0.0) for place in range(shops)]


def _flat_doors(box: Box, homes: int) -> list[Spot]:
    """Spread the addresses of a block of flats over its outline: a column per staircase, a row per storey."""
    columns = -(-homes // STOREYS)
    spots = []
    for home in range(homes):
        column, storey = divmod(home, STOREYS)
        along = ((2 * column + 1) / columns - 1) * box.half_length
        spots.append(box.at(along, (storey - (STOREYS - 1) / 2) / STOREYS * box.half_depth))
    return spots
