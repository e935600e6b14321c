"""The ground of a map in a figure: streets, paths, buildings, water and a scale bar, in one style. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline

from simulation.reports.charts import LOOKS
from simulation.reports.mapsvg import PATHS, nice_length
from simulation.reports.outlines import forms, water_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import Floats, StreetMap

WAYS: dict[str, tuple[str, float, tuple[float, tuple[float, ...]]]] = {
    "street": ("#8a857b", 2.2, (0, ())),
    "path": ("#8c6d3a", 0.9, (0, (4, 2))),
}
"""Colour, width and dashes of streets and of paths."""

BUILDING, BUILDING_EDGE, WATER, WATER_EDGE = "#e9e4d9", "#b5ab98", "#cfe5f2", "#2b7bb0"
HATCH = "////"
PLACE: dict[str, Any] = {
    "linestyle": "",
    "marker": "P",
    "color": LOOKS[5][0],
    "markersize": 6,
    "markeredgecolor": "white",
    "markeredgewidth": 0.6,
}
"""Look of a shop, a school or another place."""

SMALL = 8
"""Size of the letters of legends and credits, points."""

MARGIN_M = 10.0
WORDS_IN = 0.9
"""Height below a map for its legend and its credit, inches."""


def map_axes(figure: Figure, low: Floats, high: Floats, title_in: float = 0.0, words_in: float = WORDS_IN) -> Axes:
    """Give axes for a window of a map, and set the height of the figure to it.

    Parameters
    ----------
    figure
        The figure.
    low, high
        Its south-west and its north-east corner, (2,), metres.
    title_in
        Height above the map for its title, inches.
    words_in
        Height below the map for its legend and its credit, inches.
    """
    width, height = (float(side) for side in np.maximum(high - low, 1.0))
    across = figure.get_figwidth()
    tall = across * min(max(height / width, 0.4), 1.6)
    whole = tall + words_in + title_in
    figure.set_layout_engine("none")
    figure.set_figheight(whole)
    axes = figure.add_axes((0.02, words_in / whole, 0.96, tall / whole))
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_xlim(float(low[0]) - MARGIN_M, float(high[0]) + MARGIN_M)
    axes.set_ylim(float(low[1]) - MARGIN_M, float(high[1]) + MARGIN_M)
    return axes


def draw_ground(axes: Axes, street_map: StreetMap) -> None:
    """Draw water, buildings and streets, as far as the window of the axes shows them."""
    areas, lines = water_forms(street_map)
    _areas(axes, areas, (WATER, WATER_EDGE), HATCH)
    _line(axes, lines, (WATER_EDGE, 0.8, (0, ())))
    _areas(axes, forms(street_map.buildings), (BUILDING, BUILDING_EDGE), "")
    streets = street_map.streets
    by_look: dict[str, list[Floats]] = {"path": [], "street": []}
    for edge in range(len(streets.edge_nodes)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        look = "path" if street_map.texts[int(streets.edge_kind[edge])] in PATHS else "street"
        by_look[look].append(np.concatenate([pieces[:1, :2], pieces[:, 2:]]))
    for look, members in by_look.items():
        _line(axes, members, WAYS[look])


def ground_legend() -> tuple[list[Line2D | Patch], list[Line2D | Patch]]:
    """Give what a legend shows of streets and paths, and of buildings and water."""
    ways = [Line2D([], [], color=colour, linewidth=width, linestyle=dashes) for colour, width, dashes in WAYS.values()]
    areas = [Patch(facecolor=BUILDING, edgecolor=BUILDING_EDGE), Patch(facecolor=WATER, edgecolor=WATER_EDGE, hatch=HATCH)]
    return [*ways], [*areas]


def _areas(axes: Axes, areas: Iterable[list[Floats]], colours: tuple[str, str], hatch: str) -> None:
    """Draw areas with their holes, all as one shape: a file of a thousand shapes is ten times as large."""
    face, edge = colours
    parts = [
        Outline(np.concatenate([ring, ring[:1]]), closed=True)
        for rings in areas
        if rings and _shown(axes, rings[0])
        for ring in rings
        if len(ring) > 1
    ]
    if parts:
        shape = Outline.make_compound_path(*parts)
        axes.add_artist(PathPatch(shape, facecolor=face, edgecolor=edge, linewidth=0.3, hatch=hatch or None))


def _line(axes: Axes, lines: Iterable[Floats], look: tuple[str, float, tuple[float, tuple[float, ...]]]) -> None:
    """Draw lines, all as one shape."""
    colour, width, dashes = look
    parts = [Outline(line) for line in lines if len(line) > 1 and _shown(axes, line)]
    if parts:
        shape = Outline.make_compound_path(*parts)
        axes.add_artist(PathPatch(shape, fill=False, edgecolor=colour, linewidth=width, linestyle=dashes))


def _shown(axes: Axes, points: Floats) -> bool:
    """Say whether some points come near the window."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    x, y = points.T
    return bool(x.max() > left and x.min() < right and y.max() > bottom and y.min() < top)


def draw_places(axes: Axes, street_map: StreetMap) -> None:
    """Draw shops, schools and other places."""
    axes.plot(*street_map.places_to_visit().T, scalex=False, scaley=False, **PLACE)


def draw_scale(axes: Axes) -> None:
    """Draw a scale bar of a round length in the corner."""
    (left, right), (bottom, _) = axes.get_xlim(), axes.get_ylim()
    length = nice_length((right - left) / 4)
    x, y, unit = left + 0.01 * (right - left), bottom + 0.01 * (right - left), 0.012 * (right - left)
    axes.plot([x, x + length], [y, y], color="black", linewidth=3, solid_capstyle="butt", scalex=False, scaley=False)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9}
    axes.text(x + length / 2, y + unit, f"{length} m", ha="center", va="bottom", fontsize=SMALL + 1, bbox=box)
