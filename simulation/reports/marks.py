"""The forms of marks and arrows on the map, and moving marks apart."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.maps.streetmap import Floats

CORNERS = {
    "sighting_called": (4, 45, 1.0),
    "sighting_mistaken": (3, 90, 1.0),
    "question_yes": (4, 0, 1.0),
    "question_no": (3, -90, 1.0),
    "found": (5, -90, 0.6),
}
"""Per mark: number of tips, angle of the first in degrees, and how far the corners between the tips are out, as a share."""

RADII = {"sighting": 9.0, "found": 17.0, "question_yes": 13.0, "question_no": 14.0, "sighting_mistaken": 14.0}
"""How far the tips of a mark are out, thousandths of the drawing, where it is not 12."""

ARROW_STEP = 60.0
"""Distance between two arrows on a way, thousandths of the drawing."""

TURNS = 12
"""Directions that are tried when a mark has to move."""


def mark_radius(kind: str) -> float:
    """Give the size of a mark, thousandths of the drawing."""
    return RADII.get(kind, 12.0)


def mark_corners(kind: str) -> Floats:
    """Give the corners of a mark around its middle, (K, 2), thousandths of the drawing to the right and down; none: a circle.

    Parameters
    ----------
    kind
        Kind of happening.
    """
    if kind not in CORNERS:
        return np.empty((0, 2))
    tips, first, inner = CORNERS[kind]
    star = inner < 1
    count = 2 * tips if star else tips
    angles = [math.radians(first + 360 * index / count) for index in range(count)]
    outs = [mark_radius(kind) * (inner if star and index % 2 else 1) for index in range(count)]
    return np.array([[out * math.cos(angle), out * math.sin(angle)] for out, angle in zip(outs, angles, strict=True)])


def mark_shape(kind: str, centre: tuple[float, float], unit: float) -> str:
    """Give the form of a mark as SVG path data: a circle, square, diamond, triangle on its base or tip, or star.

    Parameters
    ----------
    kind
        Kind of happening.
    centre
        Position in the drawing, metres.
    unit
        A thousandth of the drawing, metres.
    """
    x, y = centre
    corners = mark_corners(kind)
    if not len(corners):
        radius = mark_radius(kind) * unit
        half = f"a{radius:.1f} {radius:.1f} 0 1 0"
        return f"M{x - radius:.1f} {y:.1f}{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0Z"
    return f"M{'L'.join(f'{x + unit * right:.1f} {y + unit * down:.1f}' for right, down in corners)}Z"


def arrows(points: Floats, unit: float) -> Iterator[Floats]:
    """Give arrow heads along a line: the tip and the two other corners, (3, 2), metres.

    Parameters
    ----------
    points
        (K, 2) points of the line in the drawing, metres.
    unit
        A thousandth of the drawing, metres.
    """
    step, size = ARROW_STEP * unit, 5 * unit
    due = step / 2
    for start, end in pairwise(points):
        length = math.dist(start, end)
        while length and due <= length:
            along = (end - start) / length
            across = size * np.array([-along[1], along[0]])
            tip = start + due * along
            yield np.array([tip, tip - 1.6 * size * along + across, tip - 1.6 * size * along - across])
            due += step
        due -= length


def spread(points: Floats, apart: float) -> Floats:
    """Move marks so that no two are closer than some distance, each as little as a search on rings around it finds.

    Parameters
    ----------
    points
        (K, 2) where the marks belong, metres.
    apart
        Least distance between two marks, metres.

    Returns
    -------
    (K, 2) where they are drawn.
    """
    placed = np.empty((0, 2))
    for point in points:
        ring = (
            point
            + apart * 0.6 * turn * np.array([math.cos(2 * math.pi * index / TURNS), math.sin(2 * math.pi * index / TURNS)])
            for turn in range(len(points) + 1)
            for index in range(TURNS if turn else 1)
        )
        free = (spot for spot in ring if not len(placed) or float(((placed - spot) ** 2).sum(axis=1).min()) >= apart * apart)
        placed = np.concatenate([placed, next(free, point)[None]])
    return placed
