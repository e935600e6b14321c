"""Which cells of the street are seen from which: the sight lines between people who are out of doors.

A cell is seen from another if the line between their middles is within range and free of buildings. A building that holds one
of the two middles, inside or on its edge, does not block: whoever stands in a passage or under an overhang looks out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from simulation.maps.around import SECTORS, Views, cross, in_sorted, look_around, sector_of
from simulation.maps.eyes import street_points
from simulation.maps.spans import count_off, starts_of
from simulation.maps.streetmap import CELL_M
from simulation.maps.walls import buildings_around

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from simulation.maps.around import Around
    from simulation.maps.spans import Floats, Numbers
    from simulation.maps.streetmap import Streets
    from simulation.maps.walls import Walls

_BLOCK = 128


class Cells(NamedTuple):
    """Cells of the edges and what is seen from them, laid out as in `Sight`."""

    edge_cell: Numbers
    cell_seen: Numbers
    seen: Numbers


class _Lines(NamedTuple):
    """Lines of sight: number of the viewpoint, cell at the other end, position of the viewpoint, and vector to the end."""

    view: Numbers
    cell: Numbers
    origin: Floats
    reach: Floats


def find_cells(streets: Streets, walls: Walls, range_m: float, progress: Callable[[float], None]) -> Cells:
    """Divide the streets in cells and find which of them see each other.

    Parameters
    ----------
    streets
        The streets.
    walls
        Walls of all buildings.
    range_m
        How far people see, metres.
    progress
        Is told before each block which share is done.

    Returns
    -------
    Symmetric sight; every cell sees itself.
    """
    edge_cell, middles = _divide(streets)
    tree = shapely.STRtree(shapely.linestrings(np.stack([walls.begin, walls.end], axis=1)))
    points = shapely.STRtree(shapely.points(middles))
    inside, building = buildings_around(middles, walls.polygons)
    ignored = np.unique(inside * len(walls.polygons) + building)
    here = [np.arange(len(middles))]
    there = [np.arange(len(middles))]
    for first in range(0, len(middles), _BLOCK):
        progress(first / len(middles))
        middle = middles[first : first + _BLOCK]
        views = Views(middle, middle, np.zeros_like(middle))
        lifted = ignored - first * len(walls.polygons)
        around = look_around(views, walls, tree, range_m, lifted)
        view, cell = points.query(shapely.points(views.xy), predicate="dwithin", distance=range_m)
        onward = cell > view + first
        view, cell = view[onward], cell[onward]
        free = ~_blocked(_Lines(view, cell, middle[view], middles[cell] - middle[view]), around, walls, ignored)
        here += [view[free] + first, cell[free]]
        there += [cell[free], view[free] + first]
    cell, seen = np.concatenate(here), np.concatenate(there)
    order = np.argsort(cell * len(middles) + seen)
    return Cells(edge_cell, starts_of(cell, len(middles)), seen[order])


def _divide(streets: Streets) -> tuple[Numbers, Floats]:
    """Divide every edge in equal cells; give the first cell of each edge, and the middles of the cells."""
    step = streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]
    last = streets.edge_piece[1:] - 1
    length = streets.piece_at[last] + np.sqrt(step[last, 0] ** 2 + step[last, 1] ** 2)
    cells = np.ceil(length / CELL_M).astype(np.int64)
    edge, rank = count_off(cells)
    return starts_of(edge, len(cells)), street_points(streets, edge, (rank + 0.5) * (length / cells)[edge])


def _blocked(lines: _Lines, around: Around, walls: Walls, ignored: Numbers) -> NDArray[np.bool_]:
    """Tell which lines of sight a building blocks; touching its corner is enough.

    Parameters
    ----------
    lines
        The lines of sight.
    around
        Walls around the viewpoints.
    walls
        Walls of all buildings.
    ignored
        Sorted numbers `cell * buildings + building` of buildings that do not block, for the ends of the lines.
    """
    sector = lines.view * SECTORS + sector_of(lines.reach)
    line, rank = count_off(around.start[sector + 1] - around.start[sector])
    wall = around.wall[around.start[sector][line] + rank]
    begin, end = walls.begin[wall] - lines.origin[line], walls.end[wall] - lines.origin[line]
    along, reach = end - begin, lines.reach[line]
    straddles = cross(reach, begin) * cross(reach, end) <= 0
    behind = cross(along, -begin) * cross(along, reach - begin) < 0
    hit = np.flatnonzero(straddles & behind)
    hit = hit[~in_sorted(lines.cell[line[hit]] * len(walls.polygons) + walls.building[wall[hit]], ignored)]
    blocked = np.zeros(len(lines.cell), np.bool_)
    blocked[line[hit]] = True
    return blocked
