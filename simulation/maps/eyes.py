"""From where homes look out: a point in the façade at the street and one in the opposite façade.

A façade is a part of the outline of a building with nothing built against it. The façade at the street is the one that fills
most of the view of somebody who stands on the street where the home is nearest to it; of a long façade only the few metres at
the home count, so that a flat looks out at its own front door and not at the far end of the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from simulation.maps.spans import Spans, count_off, starts_of, subtract

if TYPE_CHECKING:
    from simulation.maps.spans import Floats, Numbers
    from simulation.maps.streetmap import Homes, Streets
    from simulation.maps.walls import Walls

AGAINST_M = 0.3
"""A wall with another building within this distance is a party wall there, metres: drawn buildings do not touch exactly."""
NARROWEST_M = 0.5
"""Narrowest free part of a wall that counts as a façade, metres."""
WINDOW_M = 6.0
"""Width of a façade that belongs to one home, metres: about the width of a terraced house."""
CORNER_M = 0.5
"""Eyes keep this distance from the end of a façade where it is wide enough, metres."""
OUTSIDE_M = 0.05
"""Eyes are this far outside the wall, metres."""
OPPOSITE = -0.5
"""Largest cosine between the outward directions of opposite façades: they differ from opposite by 60 degrees at most."""


class Eyes(NamedTuple):
    """Points from which people look out, sorted by home and eye; K eyes.

    An eye sees the points q with `(q - line_xy) · normal >= 0`; a normal of (0, 0) stands for an eye that sees all round.

    Parameters
    ----------
    home, eye
        (K,) number of the home, and 0 or 1.
    xy
        (K, 2) position, metres.
    line_xy, normal
        (K, 2) a point of the line of the façade at the street, metres, and the direction in which the eye looks.
    building
        (K,) own building, which never blocks; -1 where there is none.
    """

    home: Numbers
    eye: Numbers
    xy: Floats
    line_xy: Floats
    normal: Floats
    building: Numbers


class _Facades(NamedTuple):
    """Free parts of walls, sorted by building and wall; lengths in metres, measured from the begin of the wall."""

    building: Numbers
    origin: Floats
    along: Floats
    low: Floats
    high: Floats

    @property
    def outward(self) -> Floats:
        """Unit vectors that point away from the building."""
        return np.column_stack([self.along[:, 1], -self.along[:, 0]])


class _Looks(NamedTuple):
    """Pairs of a home and a façade of its building, sorted by home: foot of the home on the façade, and width for it."""

    home: Numbers
    foot: Floats
    outward: Floats
    width: Floats


def find_eyes(homes: Homes, street_xy: Floats, walls: Walls) -> Eyes:
    """Place the eyes of every home.

    Parameters
    ----------
    homes
        The homes.
    street_xy
        (H, 2) point of the street nearest to each home, metres.
    walls
        Walls of all buildings.

    Returns
    -------
    One or two eyes per home. A home without a building, or whose building is built in on all sides, has one eye, at the
    address itself, that sees all round.
    """
    looks = _looks(homes, _facades(walls, homes.building.astype(np.int64)))
    at_street = _best_per_home(looks.home, _fills_view(looks, street_xy[looks.home]))
    front_home, front_xy, front = looks.home[at_street], _outside(looks, at_street), looks.outward[at_street]
    front_of = np.full(len(homes.at), -1)
    front_of[front_home] = np.arange(len(front_home))
    back = _best_per_home(looks.home, _opposes(looks, front_of[looks.home], front_xy, front))
    back_front = front_of[looks.home[back]]
    bare = np.flatnonzero(front_of < 0)
    home = np.concatenate([front_home, looks.home[back], bare])
    eye = np.concatenate([np.zeros(len(front_home), int), np.ones(len(back), int), np.zeros(len(bare), int)])
    order = np.lexsort((eye, home))
    return Eyes(
        home=home[order],
        eye=eye[order],
        xy=np.concatenate([front_xy, _outside(looks, back), homes.xy[bare]])[order],
        line_xy=np.concatenate([front_xy, front_xy[back_front], homes.xy[bare]])[order],
        normal=np.concatenate([front, -front[back_front], np.zeros((len(bare), 2))])[order],
        building=homes.building[home[order]].astype(np.int64),
    )


def street_points(streets: Streets, edge: Numbers, at: Floats) -> Floats:
    """Give the positions of points on edges.

    Parameters
    ----------
    streets
        The streets.
    edge, at
        (N,) edge and distance along it, metres.

    Returns
    -------
    (N, 2) positions, metres.
    """
    step = streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]
    length = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
    piece = pieces_at(streets, edge, at)
    along = np.clip(at - streets.piece_at[piece], 0.0, length[piece])
    return streets.piece_xy[piece, :2] + step[piece] * (along / length[piece])[:, None]


def pieces_at(streets: Streets, edge: Numbers, at: Floats) -> Numbers:
    """Give the pieces that hold points on edges; arguments as in `street_points`."""
    step = streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]
    chain = np.concatenate([[0.0], np.cumsum(np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2))])
    first, last = streets.edge_piece[edge], streets.edge_piece[edge + 1] - 1
    return np.clip(np.searchsorted(chain, chain[first] + at, side="right") - 1, first, last)


def _facades(walls: Walls, lived_in: Numbers) -> _Facades:
    """Find the free parts of the outlines of buildings with homes."""
    wanted = np.zeros(len(walls.polygons), np.bool_)
    wanted[lived_in[lived_in >= 0]] = True
    wall = np.flatnonzero(walls.outer & wanted[walls.building])
    wall = wall[np.argsort(walls.building[wall], kind="stable")]
    origin, step = walls.begin[wall], walls.end[wall] - walls.begin[wall]
    length = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
    along = step / length[:, None]
    whole = _Facades(walls.building[wall], origin, along, np.zeros(len(wall)), length)
    free = subtract(whole.low, whole.high, _built_against(whole, walls), NARROWEST_M)
    return _Facades(whole.building[free.owner], origin[free.owner], along[free.owner], free.begin, free.end)


def _built_against(whole: _Facades, walls: Walls) -> Spans:
    """Find the parts of walls that have another building right before them."""
    begin = whole.origin + AGAINST_M * whole.outward
    probes = shapely.linestrings(np.stack([begin, begin + whole.high[:, None] * whole.along], axis=1))
    probe, building = shapely.STRtree(walls.polygons).query(probes, predicate="intersects")
    other = building != whole.building[probe]
    probe, building = probe[other], building[other]
    covered, pair = shapely.get_parts(shapely.intersection(probes[probe], walls.polygons[building]), return_index=True)
    xy, part = shapely.get_coordinates(covered, return_index=True)
    owner = probe[pair]
    offset = xy - begin[owner[part]]
    along = offset[:, 0] * whole.along[owner[part], 0] + offset[:, 1] * whole.along[owner[part], 1]
    low, high = np.full(len(owner), np.inf), np.full(len(owner), -np.inf)
    np.minimum.at(low, part, along)
    np.maximum.at(high, part, along)
    return Spans(owner, low, high)


def _looks(homes: Homes, facades: _Facades) -> _Looks:
    """Pair every home with the façades of its building."""
    start = starts_of(facades.building, int(max(homes.building.max(initial=-1), facades.building.max(initial=-1))) + 1)
    housed = np.flatnonzero(homes.building >= 0)
    own = homes.building[housed]
    pair, rank = count_off(start[own + 1] - start[own])
    home, facade = housed[pair], start[own][pair] + rank
    low, high, along = facades.low[facade], facades.high[facade], facades.along[facade]
    offset = homes.xy[home] - facades.origin[facade]
    margin = np.minimum(CORNER_M, (high - low) / 2)
    foot = np.clip(offset[:, 0] * along[:, 0] + offset[:, 1] * along[:, 1], low + margin, high - margin)
    width = np.minimum(foot + WINDOW_M / 2, high) - np.maximum(foot - WINDOW_M / 2, low)
    return _Looks(home, facades.origin[facade] + foot[:, None] * along, facades.outward[facade], width)


def _fills_view(looks: _Looks, street_xy: Floats) -> Floats:
    """Give how much of the view from the street each façade fills; minus its distance where it faces away."""
    sight = street_xy - looks.foot
    facing = sight[:, 0] * looks.outward[:, 0] + sight[:, 1] * looks.outward[:, 1]
    squared = sight[:, 0] ** 2 + sight[:, 1] ** 2
    seen = facing > 0
    return np.where(seen, looks.width * facing / np.where(seen, squared, 1.0), -np.sqrt(squared))


def _opposes(looks: _Looks, front: Numbers, front_xy: Floats, front_outward: Floats) -> Floats:
    """Give the width of each façade across the direction of the façade at the street; minus infinity if not opposite."""
    normal, behind = front_outward[front], looks.foot - front_xy[front]
    cosine = looks.outward[:, 0] * normal[:, 0] + looks.outward[:, 1] * normal[:, 1]
    opposite = (cosine <= OPPOSITE) & (behind[:, 0] * normal[:, 0] + behind[:, 1] * normal[:, 1] < 0)
    return np.where(opposite, -cosine * looks.width, -np.inf)


def _best_per_home(home: Numbers, score: Floats) -> Numbers:
    """Give the row with the highest score of each home, the first of equals; rows of minus infinity never count."""
    rows = np.flatnonzero(score > -np.inf)
    rows = rows[np.lexsort((rows, -score[rows], home[rows]))]
    first = np.ones(len(rows), np.bool_)
    first[1:] = home[rows[1:]] != home[rows[:-1]]
    return rows[first]


def _outside(looks: _Looks, rows: Numbers) -> Floats:
    """Give the points just outside the façades."""
    return looks.foot[rows] + OUTSIDE_M * looks.outward[rows]
