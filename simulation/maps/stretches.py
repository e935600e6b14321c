"""Which stretches of the street are seen from the homes: exact intervals, not samples.

What an eye sees of a straight piece is one interval within range and before its façade, less the shadows of the walls. The
shadow of a wall is the part of the piece behind it, exactly. A part of the street inside a building, a passage, lies in the
shadow of the wall through which one would have to look; through their own building people do see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from simulation.maps.around import SECTORS, Views, look_around, sectors
from simulation.maps.spans import Spans, count_off, subtract
from simulation.maps.walls import buildings_around

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.maps.around import Around
    from simulation.maps.eyes import Eyes
    from simulation.maps.spans import Floats, Numbers
    from simulation.maps.walls import Walls

SHORTEST_M = 0.05
"""Shorter stretches are left out, metres: a walker passes them in a twentieth of a second."""
_ON_LINE_M = 1e-6
_BLOCK = 128


class Stretches(NamedTuple):
    """Parts of pieces that are seen, sorted by piece, home, eye and begin; lengths in metres from the start of the piece."""

    piece: Numbers
    home: Numbers
    eye: Numbers
    begin: Floats
    end: Floats


class _Lines(NamedTuple):
    """Pairs of an eye and the line of a piece within its range, each in axes of its own.

    Parameters
    ----------
    eye, piece
        The pair.
    along, across
        Unit vectors: the direction of the piece, and the one at right angles to it from the eye towards the line.
    foot
        Where the eye is nearest to the line, metres from the start of the piece.
    away
        Distance from the eye to the line, metres.
    begin, end
        What could be seen if there were no walls, metres from the start of the piece.
    """

    eye: Numbers
    piece: Numbers
    along: Floats
    across: Floats
    foot: Floats
    away: Floats
    begin: Floats
    end: Floats

    def take(self, rows: Numbers) -> _Lines:
        """Give some of the pairs."""
        return _Lines._make(column[rows] for column in self)


def find_stretches(eyes: Eyes, piece_xy: Floats, walls: Walls, range_m: float, progress: Callable[[float], None]) -> Stretches:
    """Find what the eyes see of the street.

    Parameters
    ----------
    eyes
        The eyes; their own building does not block, nor does one that they stand in or on the edge of.
    piece_xy
        (P, 4) straight pieces of street, metres.
    walls
        Walls of all buildings.
    range_m
        How far eyes see, metres.
    progress
        Is told before each block which share is done.

    Returns
    -------
    The stretches of at least `SHORTEST_M`.
    """
    pieces = shapely.STRtree(shapely.linestrings(piece_xy.reshape(-1, 2, 2)))
    tree = shapely.STRtree(shapely.linestrings(np.stack([walls.begin, walls.end], axis=1)))
    ignored = _ignored(eyes, walls)
    found = [Stretches._make(np.zeros(0, kind) for kind in (int, int, int, float, float))]
    for first in range(0, len(eyes.home), _BLOCK):
        progress(first / len(eyes.home))
        block = slice(first, first + _BLOCK)
        views = Views(eyes.xy[block], eyes.line_xy[block], eyes.normal[block])
        lines = _lines(views, eyes.eye[block], piece_xy, pieces, range_m)
        lifted = ignored - first * len(walls.polygons)
        around = look_around(views, walls, tree, range_m, lifted)
        seen = subtract(lines.begin, lines.end, _shadows(lines, views, around, walls), SHORTEST_M)
        eye = lines.eye[seen.owner] + first
        found.append(Stretches(lines.piece[seen.owner], eyes.home[eye], eyes.eye[eye], seen.begin, seen.end))
    columns = Stretches._make(np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((columns.begin, columns.eye, columns.home, columns.piece))
    return Stretches._make(column[order] for column in columns)


def _ignored(eyes: Eyes, walls: Walls) -> Numbers:
    """Give the sorted numbers `eye * buildings + building` of the buildings that do not block."""
    eye, building = buildings_around(eyes.xy, walls.polygons)
    housed = np.flatnonzero(eyes.building >= 0)
    return np.unique(np.concatenate([eye, housed]) * len(walls.polygons) + np.concatenate([building, eyes.building[housed]]))


def _lines(views: Views, number: Numbers, piece_xy: Floats, pieces: shapely.STRtree, range_m: float) -> _Lines:
    """Find the pieces that each eye would see, at least in part, if there were no walls; sorted by eye and piece."""
    eye, piece = pieces.query(shapely.points(views.xy), predicate="dwithin", distance=range_m)
    order = np.lexsort((piece, eye))
    eye, piece = eye[order], piece[order]
    step = piece_xy[piece, 2:] - piece_xy[piece, :2]
    length = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
    along = step / length[:, None]
    offset = piece_xy[piece, :2] - views.xy[eye]
    left = along[:, 0] * offset[:, 1] - along[:, 1] * offset[:, 0]
    foot = -(offset[:, 0] * along[:, 0] + offset[:, 1] * along[:, 1])
    reach = np.sqrt(np.maximum(range_m**2 - left**2, 0.0))
    across = np.column_stack([-along[:, 1], along[:, 0]]) * np.where(left < 0, -1.0, 1.0)[:, None]
    low, high = _before_line(piece_xy[piece, :2], along, views, eye, number)
    begin, end = np.maximum(np.maximum(foot - reach, 0.0), low), np.minimum(np.minimum(foot + reach, length), high)
    lines = _Lines(eye, piece, along, across, foot, np.abs(left), begin, end)
    return lines.take(np.flatnonzero(end - begin >= SHORTEST_M))


def _before_line(start: Floats, along: Floats, views: Views, eye: Numbers, number: Numbers) -> tuple[Floats, Floats]:
    """Clip pieces to what lies before the line of the façade; a piece on the line itself belongs to eye 0."""
    normal, offset = views.normal[eye], start - views.line_xy[eye]
    at_start = offset[:, 0] * normal[:, 0] + offset[:, 1] * normal[:, 1]
    slope = along[:, 0] * normal[:, 0] + along[:, 1] * normal[:, 1]
    level = slope == 0
    crossing = -at_start / np.where(level, 1.0, slope)
    hidden = level & ((at_start < 0) | ((at_start == 0) & (number[eye] == 1)))
    low = np.where(slope > 0, crossing, np.where(hidden, np.inf, -np.inf))
    high = np.where(slope < 0, crossing, np.inf)
    return low, high


def _shadows(lines: _Lines, views: Views, around: Around, walls: Walls) -> Spans:
    """Find the shadows that walls throw on the lines."""
    line, wall = _candidates(lines, around)
    pairs, eye_xy = lines.take(line), views.xy[lines.eye[line]]
    begin, end = walls.begin[wall] - eye_xy, walls.end[wall] - eye_xy
    # Depth is measured from the eye towards the line, offset along it; the nearer end of the wall is put first.
    depth = np.stack([_dot(begin, pairs.across), _dot(end, pairs.across)])
    offset = np.stack([_dot(begin, pairs.along), _dot(end, pairs.along)])
    swap = depth[0] > depth[1]
    near, far = np.where(swap, depth[::-1], depth)
    near_at, far_at = np.where(swap, offset[::-1], offset)
    on_line = pairs.away < _ON_LINE_M
    low, high = _behind(near, near_at, far, far_at, pairs.away)
    low_on, high_on = _behind_on_line(near, near_at, far, far_at)
    low, high = np.where(on_line, low_on, low), np.where(on_line, high_on, high)
    keep = low < high
    return Spans(line[keep], (low + pairs.foot)[keep], (high + pairs.foot)[keep])


def _candidates(lines: _Lines, around: Around) -> tuple[Numbers, Numbers]:
    """Pair lines with the walls that stand in the same directions, each pair once."""
    from_begin = lines.along * (lines.begin - lines.foot)[:, None] + lines.across * lines.away[:, None]
    from_end = lines.along * (lines.end - lines.foot)[:, None] + lines.across * lines.away[:, None]
    first, count = sectors(from_begin, from_end)
    line, rank = count_off(count)
    sector = lines.eye[line] * SECTORS + (first[line] + rank) % SECTORS
    part, entry_rank = count_off(around.start[sector + 1] - around.start[sector])
    entry = around.start[sector][part] + entry_rank
    # Both stand in consecutive sectors, so the first one they share is the first of one of them.
    once = around.opens[entry] | (rank[part] == 0)
    return line[part][once], around.wall[entry[once]]


def _behind(near: Floats, near_at: Floats, far: Floats, far_at: Floats, away: Floats) -> tuple[Floats, Floats]:
    """Give the shadow of walls on lines beside the eye.

    Parameters
    ----------
    near, far
        Depth of the nearer and the farther end of the wall: distance from the eye towards the line, metres.
    near_at, far_at
        Offset of these ends along the line, from the foot of the eye, metres.
    away
        Depth of the line, metres.

    Returns
    -------
    Begin and end of the shadow, from the foot of the eye, metres; equal where there is none.
    """
    thick = np.where(far > near, far - near, 1.0)
    slope = (far_at - near_at) / thick
    low_depth, high_depth = np.maximum(near, 0.0), np.minimum(far, away)
    low_at = np.where(near < 0, near_at - slope * near, near_at)
    high_at = np.where(far > away, far_at - slope * (far - away), far_at)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = low_at * away / low_depth, high_at * away / high_depth
    none = (far <= 0) | (near >= away) | np.isnan(one) | np.isnan(other)
    return np.where(none, 0.0, np.minimum(one, other)), np.where(none, 0.0, np.maximum(one, other))


def _behind_on_line(near: Floats, near_at: Floats, far: Floats, far_at: Floats) -> tuple[Floats, Floats]:
    """Give the shadow of walls on lines through the eye: all that lies beyond where the wall crosses the line."""
    crosses = (near <= 0) & (far > 0)
    place = near_at - (far_at - near_at) * near / np.where(crosses, far - near, 1.0)
    low = np.where(place > 0, place, -np.inf)
    high = np.where(place > 0, np.inf, place)
    return np.where(crosses, low, 0.0), np.where(crosses, high, 0.0)


def _dot(one: Floats, other: Floats) -> Floats:
    """Give the inner products of rows."""
    product: Floats = one[:, 0] * other[:, 0] + one[:, 1] * other[:, 1]
    return product
