"""The drawing board: what a layout draws for one cell, before it lies on the ground and houses are built along it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.warp import DECIMETRES, Point

if TYPE_CHECKING:
    from simulation.maps.synthetic.chance import Chance


class Outhouse(NamedTuple):
    """What stands behind a house; all lengths in metres.

    Parameters
    ----------
    kind
        The OSM `building` value.
    width, depth
        Its size along and across the street.
    share
        Share of the houses that have one, where the garden is deep enough.
    yard
        Greatest space between the house and it; without a bound it stands at the end of the garden.
    """

    kind: str
    width: float
    depth: float
    share: float
    yard: float = inf


SHED: Final = Outhouse("shed", 2.7, 4.0, 0.75)


class RowStyle(NamedTuple):
    """How the houses of a row are built; all lengths in metres.

    Parameters
    ----------
    houses
        Least and greatest number of houses in a row.
    width, depth
        Range of the size of a house along and across the street.
    setback
        Range of the distance from the middle of the street to the front.
    garden
        Wanted depth of the back garden.
    gap
        Range of the space between two rows.
    drive
        Room for a garage at both ends of a row; 0 for rows without garages.
    outhouse
        What stands behind the houses.
    closed
        Whether rows stand wall to wall: what does not fit at a place gives way to what does.
    upstairs
        Most homes above the one on the ground floor, each with an address of its own.
    shop_share
        Share of the houses with a shop on the ground floor.
    """

    houses: tuple[int, int]
    width: tuple[float, float]
    depth: tuple[float, float]
    setback: tuple[float, float]
    garden: float
    gap: tuple[float, float]
    drive: float = 0.0
    outhouse: Outhouse = SHED
    closed: bool = False
    upstairs: int = 0
    shop_share: float = 0.0


@dataclass(frozen=True)
class Stroke:
    """A street or path on the drawing board.

    Parameters
    ----------
    kind
        The OSM `highway` value.
    points
        Its line.
    slot
        Streets of one cell with the same slot share a name; empty for a path without a name.
    styles
        How the houses on both its sides are built, drawn row by row; empty for a street without houses.
    quay
        Whether it is the other quay of the canal along the west side of its cell, and has the name of the quay there.
    """

    kind: str
    points: tuple[Point, ...]
    slot: str = ""
    styles: tuple[RowStyle, ...] = ()
    quay: bool = False


@dataclass(frozen=True)
class Block:
    """A single large building on the drawing board.

    Parameters
    ----------
    kind
        The OSM `building` value.
    start, end
        The middle of its two short sides.
    depth_m
        Its other size, metres.
    slot
        Slot of the street to which its addresses belong; empty without addresses.
    homes
        Number of addresses in it.
    tags
        More OSM tags.
    shops
        OSM `shop` values inside.
    """

    kind: str
    start: Point
    end: Point
    depth_m: float
    slot: str = ""
    homes: int = 0
    tags: tuple[tuple[str, str], ...] = ()
    shops: tuple[str, ...] = ()

    def having(self, *, tags: tuple[tuple[str, str], ...] = (), shops: tuple[str, ...] = ()) -> Block:
        """Give the same building with tags or shops."""
        return replace(self, tags=tags, shops=shops)

    def housing(self, slot: str, homes: int) -> Block:
        """Give the same building with homes whose addresses belong to the street of a slot."""
        return replace(self, slot=slot, homes=homes)


@dataclass(frozen=True)
class Area:
    """Water or green.

    Parameters
    ----------
    tags
        OSM tags.
    points
        Outline, first point not repeated.
    spine
        Line and half width (metres) of the ground that it takes.
    """

    tags: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]
    spine: tuple[Point, Point, float]


@dataclass(frozen=True)
class Sketch:
    """All that is drawn in one cell, relative to its south-west corner.

    Parameters
    ----------
    strokes
        Streets in the order in which they are built: each begins at an earlier one or at the side of the cell.
    paths
        Ways that link streets; only drawn when the whole cell is built.
    blocks, areas
        Large buildings, water and green.
    """

    strokes: tuple[Stroke, ...] = ()
    paths: tuple[Stroke, ...] = ()
    blocks: tuple[Block, ...] = ()
    areas: tuple[Area, ...] = ()


class Size(NamedTuple):
    """Size of a cell on the drawing board, decimetres."""

    width: int
    height: int


class Turn(NamedTuple):
    """A mirroring and shift of points within a cell.

    Parameters
    ----------
    size
        Size of the cell.
    mirror_x, mirror_y
        Whether east and west, north and south change places.
    origin
        South-west corner of the cell.
    """

    size: Size
    mirror_x: bool
    mirror_y: bool
    origin: Point

    def point(self, point: Point) -> Point:
        """Move one point."""
        x = self.size.width - point[0] if self.mirror_x else point[0]
        y = self.size.height - point[1] if self.mirror_y else point[1]
        return self.origin[0] + x, self.origin[1] + y

    def sketch(self, sketch: Sketch) -> Sketch:
        """Move a whole sketch."""
        return Sketch(
            tuple(self._stroke(stroke) for stroke in sketch.strokes),
            tuple(self._stroke(stroke) for stroke in sketch.paths),
            tuple(replace(block, start=self.point(block.start), end=self.point(block.end)) for block in sketch.blocks),
            tuple(self._area(area) for area in sketch.areas),
        )

    def _stroke(self, stroke: Stroke) -> Stroke:
        return replace(stroke, points=tuple(self.point(point) for point in stroke.points))

    def _area(self, area: Area) -> Area:
        spine = (self.point(area.spine[0]), self.point(area.spine[1]), area.spine[2])
        return replace(area, points=tuple(self.point(point) for point in area.points), spine=spine)


class Corners:
    """The named corners of a template, moved a little so that no two cells are alike.

    Parameters
    ----------
    table
        Names with positions in metres.
    size
        Size of the cell; corners on its sides move only along them.
    reach_m
        Largest move, metres.
    """

    def __init__(self, table: dict[str, tuple[float, float]], size: Size, chance: Chance, reach_m: float) -> None:
        self._points = {name: _moved(spot, size, chance, reach_m) for name, spot in table.items()}

    def line(self, names: str) -> tuple[Point, ...]:
        """Give the points of a line from its names, separated by spaces."""
        return tuple(self._points[name] for name in names.split())


_MARGIN: Final = 15 * DECIMETRES
"""A corner on a side of the cell stays this far from the cell's corners, decimetres."""


def _moved(spot: tuple[float, float], size: Size, chance: Chance, reach_m: float) -> Point:
    """Move a corner at random, but not off the side of the cell on which it lies."""
    x, y = round(spot[0] * DECIMETRES), round(spot[1] * DECIMETRES)
    reach = round(reach_m * DECIMETRES)
    dx, dy = chance.integer(-reach, reach), chance.integer(-reach, reach)
    on_x, on_y = x in {0, size.width}, y in {0, size.height}
    new_x = x if on_x else _clamped(x + dx, size.width) if on_y else x + dx
    new_y = y if on_y else _clamped(y + dy, size.height) if on_x else y + dy
    return new_x, new_y


def _clamped(value: int, span: int) -> int:
    """Keep a corner on a side away from the corners of the cell."""
    return min(max(value, _MARGIN), span - _MARGIN)
