"""The ribbon village (Dutch: lintdorp), grown over centuries along the dikes and ditches of a reclamation.

Long parallel roads, a ditch (wetering) along every second one; houses apart on deep plots on both sides, now and then a farm
with its barn behind it; lanes (stegen) into the fields, and a small core with the church, the school and the shops.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.layout import Cell, Layout, Side, SideStyle, block, ditch, green, metres
from simulation.maps.synthetic.sketch import Corners, Outhouse, RowStyle, Size, Sketch, Stroke, Turn
from simulation.maps.synthetic.warp import DECIMETRES, Wobble

if TYPE_CHECKING:
    from simulation.maps.synthetic.chance import Chance
    from simulation.maps.synthetic.sketch import Area

_WIDTH_M, _HEIGHT_M = 290, 210
_SIZE: Final = Size(_WIDTH_M * DECIMETRES, _HEIGHT_M * DECIMETRES)
_JITTER_M: Final = 12.0
_BEND_M: Final = 12.0

_WORKSHOP: Final = Outhouse("shed", 5.5, 9.0, 0.65)
_BARN: Final = Outhouse("barn", 12.0, 24.0, 0.9, yard=7.0)
_HOUSE: Final = RowStyle((1, 1), (9.0, 12.5), (9.5, 12.5), (12.0, 17.0), 26.0, (3.0, 10.0), outhouse=_WORKSHOP)
_PAIR: Final = RowStyle((2, 2), (6.5, 7.5), (10.0, 11.5), (11.0, 14.0), 26.0, (3.0, 10.0))
_FARM: Final = RowStyle((1, 1), (13.0, 16.0), (13.0, 18.0), (15.0, 22.0), 36.0, (12.0, 30.0), outhouse=_BARN)
_COTTAGE: Final = RowStyle((1, 1), (8.0, 10.0), (8.0, 10.0), (11.0, 18.0), 16.0, (3.0, 16.0), outhouse=_WORKSHOP)
_LONELY: Final = _COTTAGE._replace(gap=(10.0, 60.0))
_TERRACE: Final = RowStyle((2, 5), (6.0, 7.2), (9.0, 10.5), (8.0, 10.0), 10.0, (3.0, 8.0))

_CROSS_EVERY: Final = 4
"""Every so many cells a lane runs on across the roads."""

_BEYOND_M: Final = 8.0
"""Beyond the ditch houses stand so much further from the road."""

_DITCH_M: Final = (8.5, 12.5)
"""From where to where the ditch lies beside the middle of the road."""


def _beyond(style: RowStyle) -> RowStyle:
    """Give a style as it is built beyond the ditch."""
    return style._replace(setback=(style.setback[0] + _BEYOND_M, style.setback[1] + _BEYOND_M))


_RIBBON: Final = (_HOUSE, _HOUSE, _HOUSE, _HOUSE, _PAIR, _FARM)
_RIBBON_BEYOND: Final = tuple(_beyond(style) for style in _RIBBON)
_BACK: Final = (_HOUSE, _HOUSE, _HOUSE, _HOUSE, _FARM)
_LANE: Final = (_COTTAGE,)
_CROSSROAD: Final = (_LONELY,)

_Template = tuple[dict[str, tuple[float, float]], tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]
"""Corners in metres; lanes as kind, slot and corners; paths as kind and corners. The dike runs along the south."""

_FIELD: Final[_Template] = (
    {"a": (90, 0), "b": (94, 50), "c": (88, 92), "d": (204, 0), "e": (196, 104), "f": (210, 210)},
    (("residential", "a", "a b c"),),
    (("track", "d e f"),),
)
_CHURCH_PATH: Final[_Template] = (
    {"a": (76, 0), "b": (78, 88), "c": (166, 0), "d": (168, 92), "e": (244, 0), "f": (240, 80)},
    (("residential", "a", "a b"), ("residential", "b", "c d"), ("service", "c", "e f")),
    (("footway", "b d"),),
)
_FORK: Final[_Template] = (
    {"a": (140, 0), "b": (136, 80), "c": (104, 122), "d": (84, 210), "f": (226, 0), "g": (226, 78)},
    (("residential", "a", "a b c d"), ("service", "b", "f g")),
    (),
)
_TEMPLATES: Final = (_FIELD, _CHURCH_PATH, _FORK)


def _side(side: Side) -> SideStyle | None:
    """Give the roads to the east, and lanes between them, next to each other in no two rows."""
    if side.vertical:
        crosses = side.line % _CROSS_EVERY == 0
        return SideStyle("unclassified", "lane", _CROSSROAD, _BEND_M) if crosses or (side.line + side.step) % 2 == 0 else None
    if side.line % 2:
        return SideStyle("unclassified", "ribbon", _BACK, _BEND_M)
    return SideStyle("tertiary" if side.line % 4 == 0 else "unclassified", "ribbon", _RIBBON, left=_RIBBON_BEYOND)


def _draw(cell: Cell, chance: Chance) -> Sketch:
    """Draw a cell, mirrored so that its dike lies to the south and its lane to the west."""
    origin = (cell.column * _SIZE.width, cell.row * _SIZE.height)
    turn = Turn(_SIZE, (cell.column + cell.row) % 2 != 0, cell.row % 2 != 0, origin)
    sketch = _core() if cell.has_facilities else _lanes(chance)
    return turn.sketch(sketch if cell.row % 2 else replace(sketch, areas=sketch.areas + _ditches(sketch)))


def _lanes(chance: Chance) -> Sketch:
    """Draw the lanes of a cell from a template."""
    table, lanes, paths = chance.pick(_TEMPLATES)
    corners = Corners(table, _SIZE, chance, _JITTER_M)
    strokes = tuple(Stroke(kind, corners.line(names), slot, _LANE) for kind, slot, names in lanes)
    return Sketch(strokes, tuple(Stroke(kind, corners.line(names)) for kind, names in paths))


def _core() -> Sketch:
    """Draw the core: the church inside a loop of streets, the school, the shops and the care home along the dike."""
    church = block("church", (46, 34), (46, 66), 15).having(tags=(("amenity", "place_of_worship"), ("name", "Dorpskerk")))
    school = block("school", (196, 104), (236, 104), 16).having(tags=(("amenity", "school"), ("name", "De Vaart")))
    shops = block("retail", (112, 26), (146, 26), 14).having(shops=("supermarket", "bakery", "butcher"))
    care = (("amenity", "social_facility"), ("social_facility", "nursing_home"), ("name", "Zorgcentrum De Dijk"))
    nursing = block("apartments", (118, 118), (160, 118), 15).having(tags=care)
    return Sketch(
        (Stroke("residential", metres((94, 0), (95, 50), (95, 76), (96, 92), (0, 98)), "a", (_TERRACE, _PAIR)),),
        (
            Stroke("service", metres((95, 50), (170, 56), (172, 140))),
            Stroke("footway", metres((170, 56), (174, 0))),
            Stroke("cycleway", metres((172, 140), (176, _HEIGHT_M))),
            Stroke("footway", metres((0, 80), (95, 76))),
        ),
        (church, school, shops, nursing),
        (green(("landuse", "cemetery"), 20, 24, 74, 74), green(("leisure", "playground"), 190, 64, 232, 90)),
    )


def _ditches(sketch: Sketch) -> tuple[Area, ...]:
    """Lay the ditch along the dike, with dams where lanes begin."""
    dam_m = 6.0
    lanes = sorted(end[0] / DECIMETRES for way in (*sketch.strokes, *sketch.paths) for end in way.points if end[1] == 0)
    starts, ends = [0.0, *lanes], [*lanes, float(_WIDTH_M)]
    return tuple(ditch(start + dam_m, _DITCH_M[0], end - dam_m, _DITCH_M[1]) for start, end in zip(starts, ends, strict=True))


LINT: Final = Layout(
    size=_SIZE,
    wobbles=(Wobble(700.0, 75.0), Wobble(230.0, 10.0)),
    grain=25 * DECIMETRES,
    centre=(_SIZE.width // 2, _SIZE.height // 4),
    use="lane",
    years=(1880, 1990),
    lit_share=0.75,
    side=_side,
    draw=_draw,
    facility_every=45,
    sides_first=True,
    stretch=3,
)
