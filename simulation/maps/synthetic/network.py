"""The streets of a made neighbourhood: lines on the drawing board that get a common point wherever they meet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.maps.synthetic.warp import Point


class Way(NamedTuple):
    """A street or path.

    Parameters
    ----------
    kind
        The OSM `highway` value.
    name
        Its name, or empty.
    points
        Its line on the drawing board, decimetres.
    """

    kind: str
    name: str
    points: tuple[Point, ...]


def join(ways: Sequence[Way]) -> list[Way]:
    """Give the same ways with a common point wherever two of them touch or cross.

    Parameters
    ----------
    ways
        Ways that may meet each other, all of one cell and its sides.

    Returns
    -------
    list of Way
        In the same order.
    """
    pieces = [(number, piece) for number, way in enumerate(ways) for piece in range(len(way.points) - 1)]
    meets: dict[tuple[int, int], list[Point]] = {}
    for first, one in enumerate(pieces):
        start, end = ways[one[0]].points[one[1] : one[1] + 2]
        for other in pieces[first + 1 :]:
            if one[0] == other[0] and other[1] - one[1] <= 1:
                continue
            point = meeting(start, end, *ways[other[0]].points[other[1] : other[1] + 2])
            if point is not None:
                meets.setdefault(one, []).append(point)
                meets.setdefault(other, []).append(point)
    return [way._replace(points=_with_points(way.points, number, meets)) for number, way in enumerate(ways)]


def _with_points(points: tuple[Point, ...], number: int, meets: dict[tuple[int, int], list[Point]]) -> tuple[Point, ...]:
    """Insert the meeting points of one way, in order along it."""
    result: list[Point] = []
    for piece, (start, end) in enumerate(pairwise(points)):
        result.append(start)
        between = sorted((_squared(start, point), point) for point in meets.get((number, piece), ()))
        result += [point for _, point in between if point not in {start, end}]
    result.append(points[-1])
    return tuple(point for place, point in enumerate(result) if place == 0 or point != result[place - 1])


def attach(point: Point, line: Sequence[Point], axis: int) -> tuple[Point, tuple[Point, ...]]:
    """Move a point sideways onto a line that runs along an axis, and make it a point of that line.

    Parameters
    ----------
    point
        A point beside the line, between its ends.
    line
        Points that rise along the axis.
    axis
        0 for a line to the east, 1 for a line to the north.

    Returns
    -------
    The moved point, and the line with it.
    """
    place = next(number for number in range(1, len(line)) if point[axis] <= line[number][axis])
    start, end = line[place - 1], line[place]
    other = 1 - axis
    beside = start[other] + _rounded((end[other] - start[other]) * (point[axis] - start[axis]), end[axis] - start[axis])
    moved = (point[0], beside) if axis == 0 else (beside, point[1])
    return moved, tuple(line) if moved in {start, end} else (*line[:place], moved, *line[place:])


def meeting(start: Point, end: Point, other_start: Point, other_end: Point) -> Point | None:
    """Give the point where two straight lines meet, rounded to the drawing board; None where they do not or are parallel."""
    along = (end[0] - start[0], end[1] - start[1])
    other = (other_end[0] - other_start[0], other_end[1] - other_start[1])
    between = (other_start[0] - start[0], other_start[1] - start[1])
    scale = along[0] * other[1] - along[1] * other[0]
    if scale == 0:
        return None
    first = between[0] * other[1] - between[1] * other[0]
    second = between[0] * along[1] - between[1] * along[0]
    if scale < 0:
        scale, first, second = -scale, -first, -second
    if not (0 <= first <= scale and 0 <= second <= scale):
        return None
    return start[0] + _rounded(along[0] * first, scale), start[1] + _rounded(along[1] * first, scale)


def _rounded(value: int, divisor: int) -> int:
    """Divide whole numbers, rounded to the nearest."""
    return (2 * value + divisor) // (2 * divisor)


def _squared(one: Point, other: Point) -> int:
    """Give the squared distance of two points."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def with_grain(points: Sequence[Point], grain: int) -> list[Point]:
    """Split long straight parts, so that the line can follow the ground.

    Parameters
    ----------
    points
        A line on the drawing board.
    grain
        Longest part that stays whole, decimetres, measured along either axis.

    Returns
    -------
    list of Point
        The line with its own points and those in between.
    """
    result = [points[0]]
    for start, end in pairwise(points):
        dx, dy = end[0] - start[0], end[1] - start[1]
        parts = -(-max(abs(dx), abs(dy)) // grain)
        result += [(start[0] + _rounded(dx * part, parts), start[1] + _rounded(dy * part, parts)) for part in range(1, parts)]
        result.append(end)
    return result
