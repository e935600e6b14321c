"""Growing a neighbourhood cell by cell, from the centre outwards, until it has exactly the homes asked for."""

from __future__ import annotations

from dataclasses import replace
from math import isqrt
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.chance import Chance
from simulation.maps.synthetic.layout import Cell, Layout, Side
from simulation.maps.synthetic.names import Names
from simulation.maps.synthetic.network import Way, attach, join
from simulation.maps.synthetic.numbers import number_doors
from simulation.maps.synthetic.site import Site
from simulation.maps.synthetic.town import Line, Tags, Town
from simulation.maps.synthetic.warp import DECIMETRES

if TYPE_CHECKING:
    from simulation.maps.synthetic.ground import Spot
    from simulation.maps.synthetic.sketch import Sketch, Stroke
    from simulation.maps.synthetic.warp import Point

ROADS: Final = ("tertiary", "unclassified")
"""A path that ends at one of these gets a crossing."""

SIDES_PER_NAME: Final = 4
"""A street between cells changes its name after so many cells."""

LEAST_CELLS: Final = 2
"""The second cell has the school, the shops and the care home: even the smallest neighbourhood has them."""

FEWEST_HOMES_PER_CELL: Final = 12
"""Cells hold more homes than this on average; sets how many are lined up."""

_Sides = list[tuple[Side, int]]
"""The sides of a cell, each with the hand on which the cell lies: 1 left, -1 right."""


class Estate:
    """A neighbourhood that grows.

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
        self._seed = seed
        self._homes = homes
        self._site = Site(layout, homes, seed)
        self._names = Names(seed)
        self._named: dict[tuple[int | str, ...], str] = {}
        self._sides: dict[Side, Way] = {}
        self._ways: list[Way] = []

    def grow(self) -> Town:
        """Build cells until every home stands, and give the whole."""
        site = self._site
        for number, cell in enumerate(self._cells()):
            if site.left == 0 and number >= LEAST_CELLS:
                break
            self._build_cell(cell)
        self._ways += self._sides.values()
        site.town.addresses = number_doors(site.doors)
        site.town.streets = [Line(self._street_tags(way), site.spots(way.points)) for way in self._ways]
        site.town.points += self._crossings()
        return site.town

    def _cells(self) -> list[Cell]:
        """Line up enough cells around the centre, the nearest first, so that each touches an earlier one."""
        size, centre, stretch = self._layout.size, self._layout.centre, self._layout.stretch
        reach = isqrt(self._homes // FEWEST_HOMES_PER_CELL) + LEAST_CELLS
        places = [
            ((2 * column + 1) * size.width - 2 * centre[0], (2 * row + 1) * size.height - 2 * centre[1], column, row)
            for column in range(-reach, reach + 2)
            for row in range(-reach, reach + 2)
        ]
        places.sort(key=lambda place: (place[0] ** 2 + (stretch * place[1]) ** 2, place))
        every = self._layout.facility_every
        return [Cell(column, row, number % every == 1) for number, (_, _, column, row) in enumerate(places)]

    def _build_cell(self, cell: Cell) -> None:
        """Build one cell: streets, then large buildings, then houses along its own streets and its sides."""
        site = self._site
        chance = Chance(self._seed, "cell", cell.column, cell.row)
        sides = self._open_sides(cell)
        sketch = self._attached(self._layout.draw(cell, chance), sides)
        for stroke in (*sketch.strokes, *sketch.paths):
            site.take_street(stroke.kind, stroke.points)
        for block in sketch.blocks:
            if site.has_room_for(block):
                site.place(block, self._cell_name(cell, block.slot), chance)
        for area in sketch.areas:
            site.lay_area(area)
        if self._layout.sides_first:
            self._build_sides(sides, cell)
        kept = self._build_strokes(sketch, cell)
        if not self._layout.sides_first:
            self._build_sides(sides, cell)
        joined = join([*(self._sides[side] for side, _ in sides), *kept])
        self._sides.update(zip((side for side, _ in sides), joined, strict=False))
        self._ways += joined[len(sides) :]

    def _open_sides(self, cell: Cell) -> _Sides:
        """Give the sides of a cell along which something runs; new ones become streets."""
        column, row = cell.column, cell.row
        around = (
            (Side(vertical=True, line=column, step=row), -1),
            (Side(vertical=True, line=column + 1, step=row), 1),
            (Side(vertical=False, line=row, step=column), 1),
            (Side(vertical=False, line=row + 1, step=column), -1),
        )
        sides = []
        for side, inward in around:
            style = self._layout.side(side)
            if style is None:
                continue
            sides.append((side, inward))
            if side not in self._sides:
                way = Way(style.kind, self._side_name(side, style.use), self._course(side, style.bend_m))
                self._sides[side] = way
                self._site.take_street(way.kind, way.points)
        return sides

    def _course(self, side: Side, bend_m: float) -> tuple[Point, ...]:
        """Give the course of a side: straight, or with a middle that lies beside the line."""
        width, height = self._layout.size
        reach = round(bend_m * DECIMETRES)
        beside = Chance(self._seed, "bend", int(side.vertical), side.line, side.step).integer(-reach, reach)
        if side.vertical:
            x, y = side.line * width, side.step * height
            bend, end = (x + beside, y + height // 2), (x, y + height)
        else:
            x, y = side.step * width, side.line * height
            bend, end = (x + width // 2, y + beside), (x + width, y)
        return ((x, y), bend, end) if reach else ((x, y), end)

    def _attached(self, sketch: Sketch, sides: _Sides) -> Sketch:
        """Let the streets that end at a side of the cell end on the street that runs there, which may be bent."""

        def end(point: Point) -> Point:
            for side, _ in sides:
                way, across = self._sides[side], 0 if side.vertical else 1
                if point[across] == way.points[0][across]:
                    moved, points = attach(point, way.points, 1 - across)
                    self._sides[side] = way._replace(points=points)
                    return moved
            return point

        def street(stroke: Stroke) -> Stroke:
            return replace(stroke, points=(end(stroke.points[0]), *stroke.points[1:-1], end(stroke.points[-1])))

        return replace(sketch, strokes=tuple(map(street, sketch.strokes)), paths=tuple(map(street, sketch.paths)))

    def _build_sides(self, sides: _Sides, cell: Cell) -> None:
        """Build houses along the sides of a cell, on the hand of the cell."""
        for number, (side, inward) in enumerate(sides):
            way, style = self._sides[side], self._layout.side(side)
            if style is not None:
                chance = Chance(self._seed, "side", cell.column, cell.row, number)
                self._site.build_along(way.points, inward, style.styles_on(inward), way.name, side.step, chance)

    def _build_strokes(self, sketch: Sketch, cell: Cell) -> list[Way]:
        """Build houses along the streets of a cell and give the streets that were needed."""
        kept: list[Way] = []
        for number, stroke in enumerate(sketch.strokes):
            if self._site.left == 0:
                return kept
            name, part = self._cell_name(cell, stroke.slot), number
            if stroke.quay:
                name, part = self._sides[Side(vertical=True, line=cell.column, step=cell.row)].name, cell.row
            kept.append(Way(stroke.kind, name, stroke.points))
            chance = Chance(self._seed, "street", cell.column, cell.row, number)
            for side in (1, -1):
                self._site.build_along(stroke.points, side, stroke.styles, name, part, chance)
        return kept + [Way(path.kind, "", path.points) for path in sketch.paths]

    def _side_name(self, side: Side, use: str) -> str:
        """Give the name of the street along a side, new or known."""
        return self._name(use, "side", int(side.vertical), side.line, side.step // SIDES_PER_NAME) if use else ""

    def _cell_name(self, cell: Cell, slot: str) -> str:
        """Give the name of a street inside a cell, new or known."""
        return self._name(self._layout.use, "cell", cell.column, cell.row, slot) if slot else ""

    def _name(self, use: str, *key: int | str) -> str:
        """Give the name that belongs to a key, taking a new one the first time."""
        if key not in self._named:
            self._named[key] = self._names.take(use)
        return self._named[key]

    def _street_tags(self, way: Way) -> Tags:
        """Give the tags of a street; whether it is marked as lit goes by its place, as in files mapped bit by bit."""
        lit = Chance(self._seed, "lit", *way.points[0], *way.points[-1])
        named = (("name", way.name),) if way.name else ()
        marked = (("lit", "yes"),) if lit.happens(self._layout.lit_share) else ()
        return (("highway", way.kind), *named, *marked)

    def _crossings(self) -> list[tuple[Spot, Tags]]:
        """Give a crossing wherever a path ends at a through road."""
        on_road = {point for way in self._ways if way.kind in ROADS for point in way.points}
        ends = [way.points[end] for way in self._ways if way.kind in {"footway", "cycleway"} for end in (0, -1)]
        points = dict.fromkeys(point for point in ends if point in on_road)
        return [(self._site.spots([point])[0], (("highway", "crossing"),)) for point in points]
