"""The ground of the player: streets, paths, buildings and water in whole decimetres, and the names of streets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.document import clean
from simulation.reports.mapsvg import PATHS
from simulation.reports.outlines import forms, water_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulation.maps.streetmap import Floats, Ints, StreetMap

DM_PER_M = 10
"""Decimetres in a metre: positions in the player are whole decimetres."""

MARGIN_M = 30.0
"""Surroundings that are shown on every side, metres."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Whole decimetres to the right and down from the upper left corner of what is shown.

    Parameters
    ----------
    left, top
        That corner, map coordinates, metres.
    width, height
        Size, decimetres.
    """

    left: float
    top: float
    width: int
    height: int

    def points(self, xy: Floats) -> Ints:
        """Give positions in the grid, (K, 2)."""
        down = np.stack([xy[:, 0] - self.left, self.top - xy[:, 1]], axis=1)
        return np.rint(down * DM_PER_M).astype(np.int64)

    def point(self, x_m: float, y_m: float) -> list[int]:
        """Give one position in the grid."""
        x, y = self.points(np.array([[x_m, y_m]], dtype=np.float64))[0]
        return [int(x), int(y)]


def grid_of(street_map: StreetMap) -> Grid:
    """Choose what is shown: every street, with a little of what lies around."""
    low, high = street_map.streets.node_xy.min(axis=0) - MARGIN_M, street_map.streets.node_xy.max(axis=0) + MARGIN_M
    width, height = (math.ceil(float(side) * DM_PER_M) for side in high - low)
    return Grid(float(low[0]), float(high[1]), width, height)


def ground(street_map: StreetMap, grid: Grid) -> dict[str, Any]:
    """Give the lines of the ground.

    Returns
    -------
    `size`; `streets`, `paths` and `ditches`, open lines; `buildings` and `water`, closed rings; `names` of streets. A line is
    `x, y, dx, dy, dx, dy ...`: its first point and its steps.
    """
    areas, ditches = water_forms(street_map)
    lines = _street_lines(street_map)
    return {
        "size": [grid.width, grid.height],
        "water": _lines((ring for area in areas for ring in area), grid),
        "ditches": _lines(ditches, grid),
        "buildings": _lines((ring for building in forms(street_map.buildings) for ring in building), grid),
        "streets": _lines(lines[False], grid),
        "paths": _lines(lines[True], grid),
        "names": _names(street_map, grid),
    }


def steps_of(values: Ints) -> list[int]:
    """Give the first of some whole numbers and the steps from each to the next: shorter to write."""
    return [int(value) for value in np.diff(values, prepend=0)]


def _lines(lines: Iterable[Floats], grid: Grid) -> list[list[int]]:
    """Give lines that come near what is shown as first points and steps."""
    kept: list[list[int]] = []
    for line in lines:
        points = grid.points(line)
        low, high = points.min(axis=0), points.max(axis=0)
        if len(points) > 1 and (high >= 0).all() and low[0] <= grid.width and low[1] <= grid.height:
            kept.append([int(value) for value in np.diff(points, axis=0, prepend=[[0, 0]]).ravel()])
    return kept


def _street_lines(street_map: StreetMap) -> dict[bool, list[Floats]]:
    """Give the streets as lines; under True those that are drawn as paths."""
    streets = street_map.streets
    lines: dict[bool, list[Floats]] = {True: [], False: []}
    for edge in range(len(streets.edge_nodes)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        is_path = street_map.texts[int(streets.edge_kind[edge])] in PATHS
        lines[is_path].append(np.concatenate([pieces[:1, :2], pieces[:, 2:]]))
    return lines


def _names(street_map: StreetMap, grid: Grid) -> list[list[Any]]:
    """Give each street name with its place, the middle of its longest straight part: name, x, y, dx, dy of that part."""
    streets = street_map.streets
    names = np.repeat(streets.edge_name, np.diff(streets.edge_piece))
    sides = streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    rows = []
    for name in np.unique(names[names > 0]):
        piece = int(np.argmax(np.where(names == name, lengths, -1.0)))
        ends = grid.points(streets.piece_xy[piece].reshape(2, 2))
        middle, side = ends.sum(axis=0) // 2, ends[1] - ends[0]
        rows.append([clean(street_map.texts[int(name)]), *(int(value) for value in (*middle, *side))])
    return rows
