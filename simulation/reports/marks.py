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

ARROW_STEP = 60.0
"""Distance between two arrows on a way, thousandths of the drawing."""

TURNS = 12
"""Directions that are tried when a mark has to move."""


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
    radius = {"sighting": 9, "found": 17, "question_yes": 13, "question_no": 14, "sighting_mistaken": 14}.get(kind, 12) * unit
    if kind not in CORNERS:
        half = f"a{radius:.1f} {radius:.1f} 0 1 0"
        return f"M{x - radius:.1f} {y:.1f}{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0Z"
    tips, first, inner = CORNERS[kind]
    star = inner < 1
    count = 2 * tips if star else tips
    corners = []
    for index in range(count):
        angle = math.radians(first + 360 * index / count)
        out = radius * (inner if star and index % 2 else 1)
        corners.append(f"{x + out * math.cos(angle):.1f} {y + out * math.sin(angle):.1f}")
    return f"M{'L'.join(corners)}Z"


def arrows(points: Floats, unit: float) -> Iterator[str]:
    """Give arrow heads along a line as SVG path data.

    Parameters
    ----------
    points
        (K, 2) points of the line in the drawing, metres.
    unit
        A thousandth of the drawing, metres.
    """
    step, size = ARROW_STEP * unit, 5 * unit
    due = step / 2
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        while length and due <= length:
            along, across = ((x1 - x0) / length, (y1 - y0) / length), ((y0 - y1) / length, (x1 - x0) / length)
            tip = (x0 + along[0] * due, y0 + along[1] * due)
            left, right = (
                (
                    tip[0] - 1.6 * size * along[0] + side * size * across[0],
                    tip[1] - 1.6 * size * along[1] + side * size * across[1],
                )
                for side in (1, -1)
            )
            yield f"M{tip[0]:.1f} {tip[1]:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}Z"
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
