"""The post-war neighbourhood (Dutch: naoorlogse wijk, about 1955-1975).

A loose grid of streets with the same few blocks again and again (stempels): strips of terraces with gardens back to back,
flats in the green with their short ends to the street, and mixtures of both around a court.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.layout import Cell, Layout, Side, SideStyle, block, canal, facilities, green, metres
from simulation.maps.synthetic.sketch import Corners, RowStyle, Size, Sketch, Stroke, Turn
from simulation.maps.synthetic.warp import DECIMETRES, Wobble

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.maps.synthetic.chance import Chance

_WIDTH_M, _HEIGHT_M = 204, 170
_SIZE: Final = Size(_WIDTH_M * DECIMETRES, _HEIGHT_M * DECIMETRES)
_JITTER_M: Final = 4.0

_TERRACE: Final = (RowStyle((4, 10), (5.8, 6.8), (8.5, 10.0), (8.5, 11.0), 12.0, (4.0, 12.0)),)
_SIDE: Final = (_TERRACE[0]._replace(gap=(8.0, 20.0)),)
_SEMI: Final = (RowStyle((2, 2), (6.2, 7.2), (8.5, 10.0), (11.0, 13.0), 12.0, (3.0, 6.0), drive=3.2),)
_ROADSIDE: Final = (RowStyle((5, 10), (5.8, 6.8), (8.5, 10.0), (20.0, 22.0), 10.0, (6.0, 14.0)),)

_ROAD_EVERY: Final = 3
"""Every third line of streets is a through road."""

_STEMPEL_SPAN: Final = 2
"""So many cells side by side repeat the same two blocks."""


def _strips(chance: Chance) -> Sketch:
    """Two streets of terraces from end to end, gardens back to back, back alleys (brandgangen) in between."""
    corners = Corners({"a": (68, 0), "b": (68, 170), "c": (136, 0), "d": (136, 170)}, _SIZE, chance, _JITTER_M)
    style = _SEMI if chance.happens(0.25) else _TERRACE
    return Sketch(
        (
            Stroke("residential", corners.line("a b"), "a", style),
            Stroke("residential", corners.line("c d"), "b", _TERRACE),
        ),
        (Stroke("footway", metres((102, 0), (102, 170))), Stroke("footway", metres((102, 85), (128, 85)))),
    )


def _flats(chance: Chance) -> Sketch:
    """Four flats in the green, reached by dead ends, and a street of terraces behind them."""
    corners = Corners({"a": (0, 122), "b": (102, 122), "c": (204, 122)}, _SIZE, chance, _JITTER_M)
    homes = 4 * chance.integer(8, 9)
    flats = tuple(block("apartments", (x, 17), (x, 76), 11).housing("a", homes) for x in (34, 74, 130, 170))
    return Sketch(
        (
            # Where no more flats are wanted, terraces take their place.
            Stroke("residential", metres((54, 0), (54, 82)), "a", _TERRACE),
            Stroke("residential", metres((150, 0), (150, 82)), "a", _TERRACE),
            Stroke("residential", corners.line("a b c"), "b", _TERRACE),
        ),
        (Stroke("footway", (*metres((102, 0)), *corners.line("b"))), Stroke("footway", metres((54, 82), (102, 82)))),
        flats,
        (green(("landuse", "grass"), 84, 8, 120, 78),),
    )


def _court(chance: Chance) -> Sketch:
    """Two flats at a corner, terraces along a bent street, a green with a playground inside."""
    table: dict[str, tuple[float, float]] = {
        "a": (0, 84),
        "b": (122, 84),
        "c": (142, 104),
        "d": (142, 170),
        "e": (62, 84),
        "f": (62, 134),
    }
    corners = Corners(table, _SIZE, chance, _JITTER_M)
    homes = 4 * chance.integer(8, 9)
    flats = (
        block("apartments", (24, 38), (90, 38), 11).housing("a", homes),
        block("apartments", (178, 30), (178, 96), 11).housing("a", homes),
    )
    return Sketch(
        (
            Stroke("residential", corners.line("a e b c d"), "a", _TERRACE),
            Stroke("residential", corners.line("e f"), "b", _SEMI),
        ),
        (Stroke("footway", (*corners.line("b"), *metres((122, 0)))), Stroke("footway", metres((122, 40), (204, 40)))),
        flats,
        (green(("leisure", "playground"), 128, 48, 150, 70),),
    )


def _horseshoe(chance: Chance) -> Sketch:
    """Terraces in a horseshoe around a green, with a short dead end at its head."""
    west: dict[str, tuple[float, float]] = {"a": (64, 0), "b": (64, 86), "c": (84, 108), "m": (104, 108)}
    east: dict[str, tuple[float, float]] = {"d": (124, 108), "e": (144, 86), "f": (144, 0), "g": (104, 138)}
    corners = Corners(west | east, _SIZE, chance, _JITTER_M)
    return Sketch(
        (
            Stroke("residential", corners.line("a b c m d e f"), "a", _TERRACE),
            Stroke("residential", corners.line("m g"), "b", _SEMI),
        ),
        (Stroke("footway", metres((104, 0), (104, 70))), Stroke("service", metres((0, 132), (36, 132)))),
        (),
        (green(("landuse", "grass"), 92, 10, 116, 60),),
    )


def _galleries(chance: Chance) -> Sketch:
    """Two long flats with galleries (galerijflats) across a park, with a road and parking along each."""
    corners = Corners({"a": (0, 66), "b": (64, 66), "c": (140, 66), "e": (44, 110), "f": (84, 114)}, _SIZE, chance, _JITTER_M)
    homes = 8 * chance.integer(7, 8)
    flats = (
        block("apartments", (36, 40), (120, 40), 12).housing("a", homes),
        block("apartments", (170, 66), (170, 146), 12).housing("a", homes),
    )
    return Sketch(
        (
            Stroke("residential", corners.line("a b c"), "a"),
            Stroke("residential", metres((148, 170), (148, 60)), "a"),
        ),
        (
            Stroke("footway", (*corners.line("b e f"), *metres((84, 170)))),
            Stroke("footway", (*corners.line("c"), *metres((148, 60)))),
        ),
        flats,
        (green(("leisure", "park"), 46, 80, 130, 130), green(("amenity", "parking"), 64, 52, 132, 60)),
    )


_STEMPELS: Final[tuple[Callable[[Chance], Sketch], ...]] = (_flats, _strips, _galleries, _horseshoe, _flats, _court)


def _side(side: Side) -> SideStyle:
    """Give the through roads, every third line, and streets of terraces in between."""
    if side.line % _ROAD_EVERY:
        return SideStyle("residential", "street", _SIDE)
    return SideStyle("unclassified" if side.vertical else "tertiary", "road", _ROADSIDE)


def _draw(cell: Cell, chance: Chance) -> Sketch:
    """Draw a cell: neighbours repeat the same block, mirrored; along through roads runs a cycle track."""
    origin = (cell.column * _SIZE.width, cell.row * _SIZE.height)
    sketch = facilities(_WIDTH_M, _HEIGHT_M) if cell.has_facilities else _stempel(cell, chance)(chance)
    drawn = Turn(_SIZE, cell.column % 2 != 0, cell.row % 2 != 0, origin).sketch(sketch)
    tracks = []
    areas = []
    if cell.column % _ROAD_EVERY == 0:
        tracks.append(Stroke("cycleway", metres((11, 0), (11, _HEIGHT_M))))
        areas.append(canal(18, 6, 8, _HEIGHT_M - 8))
    if cell.row % _ROAD_EVERY == 0:
        tracks.append(Stroke("cycleway", metres((0, 11), (_WIDTH_M, 11))))
    along = Turn(_SIZE, mirror_x=False, mirror_y=False, origin=origin).sketch(Sketch(paths=tuple(tracks), areas=tuple(areas)))
    return replace(drawn, paths=drawn.paths + along.paths, areas=drawn.areas + along.areas)


def _stempel(cell: Cell, chance: Chance) -> Callable[[Chance], Sketch]:
    """Give the block that is repeated here, now and then another one."""
    if chance.happens(0.15):
        return chance.pick(_STEMPELS)
    return _STEMPELS[(cell.column // _STEMPEL_SPAN + 2 * cell.row + cell.column % 2) % len(_STEMPELS)]


NAOORLOGS: Final = Layout(
    size=_SIZE,
    wobbles=(Wobble(600.0, 24.0), Wobble(230.0, 5.0)),
    grain=35 * DECIMETRES,
    centre=(_SIZE.width // 2, _SIZE.height // 2),
    use="street",
    years=(1955, 1974),
    lit_share=0.29,
    side=_side,
    draw=_draw,
)
