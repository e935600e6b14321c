"""The cauliflower estate (Dutch: bloemkoolwijk, about 1972-1985).

Collector roads wind around the estate and between its parts. From them, each cell has a loop or a stem with courts (hofjes)
that are dead ends for cars; footpaths and cycle tracks run through the greens behind the houses and link the courts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.layout import Cell, Layout, Side, SideStyle, canal, facilities, green
from simulation.maps.synthetic.sketch import Corners, RowStyle, Size, Sketch, Stroke, Turn
from simulation.maps.synthetic.warp import DECIMETRES, Wobble

if TYPE_CHECKING:
    from simulation.maps.synthetic.chance import Chance

_WIDTH_M, _HEIGHT_M = 200, 180
_SIZE: Final = Size(_WIDTH_M * DECIMETRES, _HEIGHT_M * DECIMETRES)
_JITTER_M: Final = 7.0
_BEND_M: Final = 14.0

_TERRACE: Final = (RowStyle((3, 8), (5.7, 6.8), (9.0, 11.0), (8.5, 12.0), 9.0, (2.0, 5.0)),)
_COURT: Final = (RowStyle((2, 6), (5.6, 6.5), (9.0, 10.5), (7.0, 10.0), 8.0, (2.0, 4.0)),)
_SEMI: Final = (RowStyle((2, 2), (6.4, 7.4), (9.0, 10.5), (10.0, 13.0), 9.0, (1.0, 3.0), drive=3.2),)
_ROADSIDE: Final = (RowStyle((3, 8), (5.8, 6.8), (9.0, 11.0), (15.0, 19.0), 8.0, (3.0, 8.0)),)
_PATHSIDE: Final = (RowStyle((3, 7), (5.6, 6.5), (9.0, 10.5), (6.0, 8.0), 8.0, (3.0, 8.0)),)

_Template = tuple[dict[str, tuple[float, float]], tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]
"""Corners in metres; streets as kind, slot and corners; paths as kind and corners. The collector road runs along the west."""

_LOOP: Final[_Template] = (
    {
        "a": (0, 42),
        "b": (46, 42),
        "c": (72, 34),
        "m": (100, 34),
        "d": (132, 36),
        "e": (156, 58),
        "f": (156, 116),
        "g": (132, 142),
        "p": (102, 144),
        "h": (72, 142),
        "k": (46, 134),
        "l": (0, 134),
        "q": (102, 92),
        "r": (72, 92),
        "s": (182, 136),
        "t": (110, 180),
        "u": (200, 70),
        "v": (182, 58),
    },
    (("residential", "a", "a b c m d e f g p h k l"), ("living_street", "b", "p q r"), ("living_street", "a", "f s")),
    (("footway", "q m"), ("footway", "p t"), ("path", "e v u")),
)

_STEM: Final[_Template] = (
    {
        "a": (0, 88),
        "b": (44, 90),
        "c": (80, 80),
        "d": (118, 80),
        "e": (152, 94),
        "f": (178, 92),
        "g": (44, 134),
        "h": (22, 146),
        "k": (80, 40),
        "l": (52, 32),
        "m": (118, 126),
        "n": (90, 142),
        "o": (152, 46),
        "p": (130, 34),
        "q": (156, 142),
        "r": (200, 96),
        "s": (56, 0),
        "t": (88, 180),
        "u": (200, 150),
    },
    (
        ("residential", "a", "a b c d e f"),
        ("living_street", "a", "b g h"),
        ("living_street", "a", "c k l"),
        ("living_street", "b", "d m n"),
        ("living_street", "b", "e o p"),
        ("living_street", "b", "e q"),
    ),
    (("footway", "f r"), ("footway", "l s"), ("footway", "n t"), ("path", "q u")),
)

_RING: Final[_Template] = (
    {
        "a": (0, 90),
        "b": (40, 90),
        "c": (42, 56),
        "d": (62, 36),
        "e": (100, 32),
        "f": (138, 36),
        "g": (158, 56),
        "h": (160, 90),
        "k": (158, 124),
        "l": (138, 146),
        "m": (100, 150),
        "n": (62, 146),
        "o": (42, 124),
        "p": (104, 92),
        "q": (100, 180),
        "r": (200, 86),
        "s": (182, 148),
        "t": (182, 30),
    },
    (
        ("residential", "a", "a b c d e f g h k l m n o b"),
        ("living_street", "b", "h p"),
        ("living_street", "a", "k s"),
        ("living_street", "a", "g t"),
    ),
    (("footway", "m q"), ("footway", "p e"), ("cycleway", "h r")),
)

_HOOK: Final[_Template] = (
    {
        "a": (0, 36),
        "b": (62, 34),
        "c": (88, 50),
        "d": (88, 104),
        "e": (112, 130),
        "f": (164, 128),
        "g": (182, 150),
        "h": (0, 136),
        "k": (48, 138),
        "l": (52, 96),
        "m": (140, 44),
        "n": (168, 58),
        "o": (166, 90),
        "p": (200, 62),
        "q": (112, 180),
        "r": (130, 92),
    },
    (
        ("residential", "a", "a b c d e f g"),
        ("living_street", "b", "c m n o"),
        ("living_street", "a", "h k l"),
        ("living_street", "b", "o r"),
    ),
    (("footway", "l d"), ("footway", "n p"), ("footway", "e q")),
)

_TEMPLATES: Final = (_LOOP, _STEM, _RING, _HOOK)


def _side(side: Side) -> SideStyle:
    """Give the collector roads, every second line north and every third east; greens with paths in between."""
    if side.vertical and side.line % 2:
        return SideStyle("cycleway" if side.line % 4 == 1 else "path", bend_m=_BEND_M)
    if side.vertical:
        return SideStyle("unclassified", "road", _ROADSIDE, _BEND_M)
    if side.line % 3 == 0:
        return SideStyle("tertiary" if side.line % 6 == 0 else "unclassified", "road", _ROADSIDE, _BEND_M)
    return SideStyle("footway", "court", _PATHSIDE, _BEND_M)


def _draw(cell: Cell, chance: Chance) -> Sketch:
    """Draw a cell from a template, mirrored so that it opens to its collector road."""
    origin = (cell.column * _SIZE.width, cell.row * _SIZE.height)
    turn = Turn(_SIZE, cell.column % 2 != 0, chance.happens(0.5), origin)
    if cell.has_facilities:
        return turn.sketch(facilities(_WIDTH_M, _HEIGHT_M))
    table, streets, paths = chance.pick(_TEMPLATES)
    corners = Corners(table, _SIZE, chance, _JITTER_M)
    strokes = tuple(Stroke(kind, corners.line(names), slot, _styles(kind, chance)) for kind, slot, names in streets)
    sketch = Sketch(strokes, tuple(Stroke(kind, corners.line(names)) for kind, names in paths))
    areas = [green(("landuse", "grass"), 166, 4, 196, 40)]
    if chance.happens(0.4):
        areas.append(canal(193, 7, 6, _HEIGHT_M - 8))
    return turn.sketch(replace(sketch, areas=tuple(areas)))


def _styles(kind: str, chance: Chance) -> tuple[RowStyle, ...]:
    """Give what is built along a street."""
    if kind == "living_street":
        return _COURT
    return _SEMI if chance.happens(0.2) else _TERRACE


BLOEMKOOL: Final = Layout(
    size=_SIZE,
    wobbles=(Wobble(260.0, 24.0), Wobble(85.0, 4.0)),
    grain=20 * DECIMETRES,
    centre=(_SIZE.width, 3 * _SIZE.height // 2),
    use="court",
    years=(1972, 1985),
    lit_share=0.18,
    side=_side,
    draw=_draw,
)
