"""Sight lines of a neighbourhood: what the homes see of the street, and the street of itself.

What is computed is laid down in `streetmap.Sight`. Home to street is exact (`stretches`), street to street goes in cells
(`cells`); buildings of any kind block, sheds too, and courtyards are open. What a home looks out from is told in `eyes`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import InternalError
from simulation.maps.cells import find_cells
from simulation.maps.eyes import find_eyes, street_points
from simulation.maps.spans import starts_of
from simulation.maps.streetmap import Sight
from simulation.maps.stretches import find_stretches
from simulation.maps.walls import walls_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.maps.streetmap import StreetMap

RANGE_M = 110.0
"""How far sight lines reach, metres: beyond the distance at which anybody notices a walker, with some to spare."""


def with_sight(
    street_map: StreetMap, range_m: float = RANGE_M, progress: Callable[[float], None] = lambda _: None
) -> StreetMap:
    """Compute the sight lines of a map.

    Parameters
    ----------
    street_map
        The map; sight lines that it has already are replaced.
    range_m
        How far sight lines reach, metres.
    progress
        Is told now and then how far the work is, from 0 to 1.

    Returns
    -------
    The same map with sight lines and without digest, for its contents are new.
    """
    streets, homes = street_map.streets, street_map.homes
    walls = walls_of(street_map.buildings)
    eyes = find_eyes(homes, street_points(streets, homes.edge.astype(np.int64), homes.at), walls)
    stretches = find_stretches(eyes, streets.piece_xy, walls, range_m, lambda share: progress(share / 2))
    cells = find_cells(streets, walls, range_m, lambda share: progress(0.5 + share / 2))
    eye_xy = np.full((len(homes.at), 2, 2), np.nan)
    eye_xy[eyes.home, eyes.eye] = eyes.xy
    sight = Sight(
        range_m=range_m,
        eye_xy=eye_xy,
        piece_stretch=starts_of(stretches.piece, len(streets.piece_at)).astype(np.int32),
        stretch_home=stretches.home.astype(np.int32),
        stretch_eye=stretches.eye.astype(np.uint8),
        stretch_from=stretches.begin,
        stretch_to=stretches.end,
        edge_cell=cells.edge_cell.astype(np.int32),
        cell_seen=cells.cell_seen.astype(np.int64),
        seen=cells.seen.astype(np.int32),
    )
    return replace(street_map, sight=sight, digest="")


def homes_seeing_no_street(street_map: StreetMap) -> int:
    """Count the homes from which no stretch of street is seen."""
    sight = _sight_of(street_map)
    return len(street_map.homes.at) - len(np.unique(sight.stretch_home))


def sight_per_metre(street_map: StreetMap) -> float:
    """Give the mean number of homes that see a metre of street, over the whole length of the streets."""
    sight = _sight_of(street_map)
    step = street_map.streets.piece_xy[:, 2:] - street_map.streets.piece_xy[:, :2]
    # The two eyes of a home never see the same point, so their stretches add up.
    return float((sight.stretch_to - sight.stretch_from).sum() / np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2).sum())


def _sight_of(street_map: StreetMap) -> Sight:
    """Give the sight lines of a map that has them."""
    if street_map.sight is None:
        message = "this map has no sight lines yet: call with_sight first"
        raise InternalError(message)
    return street_map.sight
