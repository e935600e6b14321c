"""The forms of buildings and water as lists of rings; water is an area or, such as a ditch, an open line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.maps.streetmap import Floats, Shapes, StreetMap

WATER_AREA = "water"
"""Kind of the water that is an area; all other kinds are lines, see `simulation.maps.shapes`."""


def forms(shapes: Shapes) -> Iterator[list[Floats]]:
    """Give the rings of each shape; the first is the outline, the others are holes."""
    for first, last in zip(shapes.rings, shapes.rings[1:], strict=False):
        yield [shapes.xy[shapes.corners[ring] : shapes.corners[ring + 1]] for ring in range(first, last)]


def water_forms(street_map: StreetMap) -> tuple[list[list[Floats]], list[Floats]]:
    """Give the areas of water, and the lines."""
    kinds = [street_map.texts[int(kind)] for kind in street_map.water.kind]
    areas: list[list[Floats]] = []
    lines: list[Floats] = []
    for kind, rings in zip(kinds, forms(street_map.water), strict=True):
        if kind == WATER_AREA:
            areas.append(rings)
        else:
            lines.extend(rings)
    return areas, lines
