"""The old core of a town (Dutch: binnenstad), mostly built before 1900.

Long narrow streets with closed walls of houses right on the street, of all widths, many with homes upstairs, along the main
streets with shops below; alleys (stegen) and back streets between them, courts (hofjes) behind the houses, canals (grachten)
with a quay on both banks, and a market with the church.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.layout import HALF_WIDTH_M, Cell, Layout, Side, SideStyle, block, canal, green, metres
from simulation.maps.synthetic.sketch import Corners, Outhouse, RowStyle, Size, Sketch, Stroke, Turn
from simulation.maps.synthetic.warp import DECIMETRES, Wobble

if TYPE_CHECKING:
    from simulation.maps.synthetic.chance import Chance

_WIDTH_M, _HEIGHT_M = 110, 84
_SIZE: Final = Size(_WIDTH_M * DECIMETRES, _HEIGHT_M * DECIMETRES)
_JITTER_M: Final = 5.0
_BEND_M: Final = 3.0

_WALL: Final = (0.05, 0.05)
"""Space between two houses of a closed wall: none but what rounding needs."""

_BEHIND: Final = Outhouse("shed", 4.0, 4.2, 0.8, yard=0.6)

_HOUSE: Final = RowStyle(
    (1, 3), (4.8, 7.0), (9.0, 19.0), (4.6, 4.8), 7.0, _WALL, outhouse=_BEHIND, closed=True, upstairs=2, shop_share=0.04
)
_WIDE: Final = _HOUSE._replace(houses=(1, 1), width=(8.0, 13.0), depth=(14.0, 22.0), upstairs=6)
_SINGLE: Final = _HOUSE._replace(upstairs=0)
_YARD: Final = _HOUSE._replace(houses=(1, 2), gap=(3.0, 10.0), upstairs=0)
_SHOP: Final = _HOUSE._replace(width=(5.0, 8.5), depth=(14.0, 24.0), setback=(5.2, 5.4), shop_share=0.5)
_MANSION: Final = _WIDE._replace(setback=_SHOP.setback)
_QUAY: Final = _HOUSE._replace(width=(5.5, 8.0), depth=(12.0, 22.0))
_ALLEY: Final = _HOUSE._replace(
    width=(4.2, 5.6), depth=(6.5, 8.5), setback=(3.9, 4.2), garden=4.0, gap=(0.05, 6.0), upstairs=0
)

_STREET: Final = (_HOUSE, _HOUSE, _HOUSE, _SINGLE, _SINGLE, _WIDE, _YARD)
_MAIN: Final = (_SHOP, _SHOP, _SHOP, _SHOP, _MANSION)
_BACK: Final = (_ALLEY,)

_MAIN_EVERY: Final = 3
"""Every third street to the east is a main street, with shops."""

_CANAL_EVERY: Final = 5
"""Every fifth line of streets to the north is the quay of a canal."""

_Template = tuple[dict[str, tuple[float, float]], tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]
"""Corners in metres; back streets as kind, slot and corners; alleys as kind and corners. A street runs along the west."""

_BACK_STREET: Final[_Template] = (
    {"a": (0, 42), "b": (52, 42), "c": (54, 84), "d": (52, 0), "e": (76, 44), "f": (88, 0), "g": (90, 84)},
    (("living_street", "a", "a b c"), ("living_street", "b", "b e")),
    (("footway", "d b"), ("footway", "f g")),
)
_ALLEYS: Final[_Template] = (
    {"a": (38, 0), "b": (40, 44), "c": (36, 84), "d": (78, 0), "e": (76, 40), "f": (0, 44), "g": (78, 84)},
    (("living_street", "a", "f b"),),
    (("footway", "a b c"), ("footway", "d e g")),
)
_COURT: Final[_Template] = (
    {"a": (64, 0), "b": (64, 44), "c": (92, 46), "d": (32, 84), "e": (30, 0)},
    (("living_street", "a", "a b c"),),
    (("footway", "d e"),),
)
_CROSS: Final[_Template] = (
    {"a": (62, 0), "b": (62, 42), "c": (64, 84), "d": (28, 44), "e": (92, 44), "f": (0, 44), "g": (26, 0), "h": (28, 84)},
    (("living_street", "a", "a b c"), ("living_street", "b", "b d f")),
    (("footway", "b e"), ("footway", "g d h")),
)
_TEMPLATES: Final = (_BACK_STREET, _ALLEYS, _COURT, _CROSS)

_QUAY_M: Final = 22.0
"""The other quay lies so far to the east of the quay along the west side."""

_GRACHT: Final[_Template] = (
    {"a": (62, 0), "b": (64, 44), "d": (90, 0), "e": (92, 42), "f": (90, 84)},
    (("living_street", "a", "a b"),),
    (("footway", "d e f"),),
)


def _side(side: Side) -> SideStyle | None:
    """Give the long streets to the east; to the north quays, cross streets, and in between streets in every second row."""
    if not side.vertical:
        main = side.line % _MAIN_EVERY == 0
        kind = ("tertiary" if side.line % (2 * _MAIN_EVERY) == 0 else "unclassified") if main else "residential"
        return SideStyle(kind, "core", _MAIN if main else _STREET, _BEND_M)
    if side.line % _CANAL_EVERY == 0:
        return SideStyle("residential", "canal", (_QUAY,))
    if side.line % 2 == 0 or (side.line + side.step) % 2 == 0:
        return SideStyle("residential", "core", _STREET, _BEND_M)
    return None


def _draw(cell: Cell, chance: Chance) -> Sketch:
    """Draw a cell, mirrored so that it has a street along the west; beside a canal there is no room for a market."""
    origin = (cell.column * _SIZE.width, cell.row * _SIZE.height)
    on_canal = cell.column % _CANAL_EVERY == 0
    west = _side(Side(vertical=True, line=cell.column, step=cell.row))
    turn = Turn(_SIZE, west is None, not on_canal and chance.happens(0.5), origin)
    if on_canal:
        return turn.sketch(_with_canal(_filled(_GRACHT, chance)))
    return turn.sketch(_market() if cell.has_facilities else _filled(chance.pick(_TEMPLATES), chance))


def _filled(template: _Template, chance: Chance) -> Sketch:
    """Draw the inside of a cell from a template."""
    table, streets, alleys = template
    corners = Corners(table, _SIZE, chance, _JITTER_M)
    strokes = tuple(Stroke(kind, corners.line(names), slot, _BACK) for kind, slot, names in streets)
    return Sketch(strokes, tuple(Stroke(kind, corners.line(names)) for kind, names in alleys))


def _with_canal(sketch: Sketch) -> Sketch:
    """Add the canal along the west side and the quay on its other bank."""
    quay = Stroke("residential", metres((_QUAY_M, 0), (_QUAY_M, _HEIGHT_M)), styles=(_QUAY,), quay=True)
    water = canal(_QUAY_M / 2, 13, 6, _HEIGHT_M - 6)
    return replace(sketch, strokes=(quay, *sketch.strokes), areas=(*sketch.areas, water))


def _market() -> Sketch:
    """Draw the market with the church, the school, the care home and a hall with shops."""
    church = block("church", (34, 38), (66, 38), 15).having(tags=(("amenity", "place_of_worship"), ("name", "Grote Kerk")))
    school = block("school", (91, 52), (91, 70), 15).having(tags=(("amenity", "school"), ("name", "De Poort")))
    care = (("amenity", "social_facility"), ("social_facility", "nursing_home"), ("name", "Zorgcentrum De Wal"))
    nursing = block("apartments", (91, 12), (91, 42), 15).having(tags=care)
    hall = block("retail", (15, 22), (15, 46), 10).having(shops=("supermarket", "bakery", "chemist"))
    return Sketch(
        paths=(
            Stroke("cycleway", metres((76, 0), (76, 60), (78, _HEIGHT_M))),
            Stroke("footway", metres((0, 60), (76, 60))),
            Stroke("footway", metres((24, 0), (24, 60))),
        ),
        blocks=(church, school, nursing, hall),
        areas=(green(("place", "square"), 27, 9, 73, 57),),
    )


CENTRUM: Final = Layout(
    size=_SIZE,
    wobbles=(Wobble(420.0, 36.0), Wobble(120.0, 5.0)),
    grain=20 * DECIMETRES,
    centre=(3 * _SIZE.width // 2, _SIZE.height // 4),
    use="alley",
    years=(1650, 1910),
    lit_share=0.6,
    side=_side,
    draw=_draw,
    facility_every=20,
    sides_first=True,
    half_width_m={
        **HALF_WIDTH_M,
        "tertiary": 3.1,
        "unclassified": 3.1,
        "residential": 2.5,
        "living_street": 1.8,
        "cycleway": 1.5,
    },
)
