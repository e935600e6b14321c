"""What a kind of neighbourhood has to say: the size of its cells, the streets between them and the drawing of each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.sketch import Area, Block, Sketch, Stroke
from simulation.maps.synthetic.warp import DECIMETRES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulation.maps.synthetic.chance import Chance
    from simulation.maps.synthetic.sketch import RowStyle, Size
    from simulation.maps.synthetic.warp import Point, Wobble


HALF_WIDTH_M: Final = {
    "tertiary": 7.0,
    "unclassified": 6.0,
    "residential": 5.0,
    "living_street": 4.0,
    "service": 3.0,
    "track": 2.5,
    "cycleway": 2.0,
    "footway": 1.2,
    "path": 1.2,
}
"""Ground that a street takes to either side of its middle, pavements included, metres; by OSM `highway` value."""


class Side(NamedTuple):
    """A side of a cell, shared with its neighbour.

    Parameters
    ----------
    vertical
        Whether it runs north, else east.
    line
        Number of the line of sides on which it lies.
    step
        Its number along that line.
    """

    vertical: bool
    line: int
    step: int


class SideStyle(NamedTuple):
    """What runs along a side.

    Parameters
    ----------
    kind
        The OSM `highway` value.
    use
        Use of its name, see `names.ENDINGS`; empty for a path without a name.
    styles
        How houses are built along it, drawn row by row; empty for none.
    bend_m
        How far its middle may lie beside the straight line, metres.
    left
        How houses are built on its left where that differs, as beyond a ditch.
    """

    kind: str
    use: str = ""
    styles: tuple[RowStyle, ...] = ()
    bend_m: float = 0.0
    left: tuple[RowStyle, ...] = ()

    def styles_on(self, hand: int) -> tuple[RowStyle, ...]:
        """Give how houses are built on one hand: 1 left, -1 right."""
        return self.left if hand > 0 and self.left else self.styles


class Cell(NamedTuple):
    """One cell to draw.

    Parameters
    ----------
    column, row
        Its place among the cells.
    has_facilities
        Whether the school, the shops and the care home stand here.
    """

    column: int
    row: int
    has_facilities: bool


class Layout(NamedTuple):
    """One kind of neighbourhood.

    Parameters
    ----------
    size
        Size of a cell.
    wobbles
        How the drawing board is bent.
    grain
        Longest straight part of a street, decimetres.
    centre
        Point of the drawing board around which cells are built.
    use
        Use of the names of streets inside cells, see `names.ENDINGS`.
    years
        First and last year of building.
    lit_share
        Share of the streets that is marked as lit; on the others the map is silent, as OpenStreetMap often is.
    side
        Gives what runs along a side; None where nothing does, but every cell has a street along a side to the north or south
        and one along a side to the east or west, so that all streets hang together.
    draw
        Draws a cell, in its place on the drawing board.
    facility_every
        One cell in so many holds the school, the shops and the care home; the second cell is the first of them.
    stretch
        The neighbourhood grows so many times as far to the east and west as to the north and south.
    sides_first
        Whether houses are built along the sides of a cell before those along the streets inside, which fill what is left.
    half_width_m
        Ground that streets take, see `HALF_WIDTH_M`.
    """

    size: Size
    wobbles: tuple[Wobble, ...]
    grain: int
    centre: Point
    use: str
    years: tuple[int, int]
    lit_share: float
    side: Callable[[Side], SideStyle | None]
    draw: Callable[[Cell, Chance], Sketch]
    facility_every: int = 14
    stretch: int = 1
    sides_first: bool = False
    half_width_m: Mapping[str, float] = HALF_WIDTH_M


def metres(*spots: tuple[float, float]) -> tuple[Point, ...]:
    """Give positions in metres as points of the drawing board."""
    return tuple((round(x * DECIMETRES), round(y * DECIMETRES)) for x, y in spots)


def block(kind: str, start: tuple[float, float], end: tuple[float, float], depth_m: float) -> Block:
    """Give a large building from the middles of its short sides, in metres."""
    first, last = metres(start, end)
    return Block(kind, first, last, depth_m)


def pond(west: float, south: float, width: float, height: float) -> Area:
    """Give a pond with cut corners on which nothing is built; metres, higher than wide."""
    cut = width / 3
    east, north = west + width, south + height
    outline = metres(
        (west + cut, south),
        (east - cut, south),
        (east, south + cut),
        (east, north - cut),
        (east - cut, north),
        (west + cut, north),
        (west, north - cut),
        (west, south + cut),
    )
    start, end = metres((west + width / 2, south), (west + width / 2, north))
    return Area((("natural", "water"), ("water", "pond")), outline, (start, end, width / 2 + 2))


def canal(x: float, width: float, south: float, north: float) -> Area:
    """Give a canal from south to north, in metres."""
    half = width / 2
    middle = (south + north) / 2
    west, east = x - half, x + half
    outline = metres((west, south), (east, south), (east, middle), (east, north), (west, north), (west, middle))
    start, end = metres((x, south), (x, north))
    return Area((("natural", "water"), ("water", "canal")), outline, (start, end, half + 2))


def ditch(west: float, south: float, east: float, north: float) -> Area:
    """Give a ditch from west to east, in metres."""
    start, end = metres((west, (south + north) / 2), (east, (south + north) / 2))
    outline = metres((west, south), (east, south), (east, north), (west, north))
    return Area((("natural", "water"), ("water", "ditch")), outline, (start, end, (north - south) / 2))


def green(tag: tuple[str, str], west: float, south: float, east: float, north: float) -> Area:
    """Give a green, a playground or a parking place on which nothing is built, in metres."""
    start, end = metres((west, (south + north) / 2), (east, (south + north) / 2))
    outline = metres((west, south), (east, south), (east, north), (west, north))
    return Area((tag,), outline, (start, end, (north - south) / 2))


def facilities(width: float, height: float) -> Sketch:
    """Draw the cell with the school, the shops, the care home and a park with a pond.

    Parameters
    ----------
    width, height
        Size of the cell, metres.
    """
    east, north, middle = width, height, height / 2
    learning = (("amenity", "school"), ("name", "De Regenboog"))
    school = block("school", (28, north - 30), (78, north - 30), 24).having(tags=learning)
    wing = block("school", (40, north - 62), (40, north - 44), 16)
    shops = block("retail", (30, 28), (90, 28), 16).having(shops=("supermarket", "bakery", "chemist", "hairdresser"))
    care = (("amenity", "social_facility"), ("social_facility", "nursing_home"), ("name", "Zorgcentrum De Linde"))
    nursing = block("apartments", (east - 80, north - 28), (east - 24, north - 28), 17).having(tags=care)
    return Sketch(
        paths=(
            Stroke("service", metres((0, 52), (100, 52), (100, 0))),
            Stroke("service", metres((east - 52, north), (east - 52, north - 12))),
            Stroke("footway", metres((100, 52), (100, middle + 12), (118, north))),
            Stroke("footway", metres((100, middle + 12), (east - 50, middle + 18), (east, middle + 4))),
            Stroke("path", metres((100, 52), (130, 20), (east, 30))),
        ),
        blocks=(school, wing, shops, nursing),
        areas=(
            green(("leisure", "park"), 106, 8, east - 8, middle + 8),
            pond(east - 48, 42, 24, 38),
            green(("leisure", "playground"), 52, north - 66, 80, north - 46),
            green(("amenity", "parking"), 24, 54, 96, 68),
        ),
    )
