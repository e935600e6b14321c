"""A picture of a map as such, for `boef map draw`: PNG, SVG or PDF by the ending of the file. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline

from simulation.errors import InputError
from simulation.maps.streetmap import ATTRIBUTION
from simulation.reports.mapsvg import PATHS, nice_length
from simulation.reports.outlines import forms, water_forms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.axes import Axes

    from simulation.maps.streetmap import Floats, StreetMap

WAYS: dict[str, tuple[str, float, tuple[float, tuple[float, ...]]]] = {
    "street": ("#5f5a52", 1.6, (0, ())),
    "path": ("#8c5a00", 0.9, (0, (4, 2))),
}
"""Colour, width and dashes of streets and of paths."""

BUILDING, BUILDING_EDGE, WATER, WATER_EDGE = "#e2dccf", "#b5ab98", "#bfe0f2", "#2b7bb0"
HOME, PLACE = "#00456e", "#b03000"
SIDE_IN, DPI = 10.0, 150
METADATA = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None, "Producer": None}}
"""What each kind of file must not say, so that the same map gives the same bytes."""


def check_picture(path: Path) -> None:
    """Refuse a picture whose name does not end in `.png`, `.svg` or `.pdf`.

    Raises
    ------
    InputError
        If the ending is another.
    """
    if _form(path) not in METADATA:
        raise InputError(f"{path}: a picture of a map ends in .png, .svg or .pdf; choose such a name")


def _form(path: Path) -> str:
    """Give the ending of a file without its dot."""
    return path.suffix.lower().removeprefix(".")


def draw_map(street_map: StreetMap, path: Path) -> None:
    """Draw a map: streets by kind, buildings, homes, water, places, scale bar and attribution.

    Parameters
    ----------
    street_map
        The map.
    path
        File to write; ending in `.png`, `.svg` or `.pdf`.

    Raises
    ------
    InputError
        If the ending is another.
    """
    check_picture(path)
    form = _form(path)
    with mpl.rc_context({"svg.hashsalt": "boef-in-de-wijk", "svg.fonttype": "none", "text.parse_math": False}):
        figure = _figure(street_map)
        FigureCanvasAgg(figure)
        figure.savefig(path, format=form, dpi=DPI, metadata=METADATA[form])


def _figure(street_map: StreetMap) -> Figure:
    """Draw the figure."""
    corners = street_map.area if len(street_map.area) else street_map.streets.node_xy
    low, high = corners.min(axis=0), corners.max(axis=0)
    width, height = (float(side) for side in np.maximum(high - low, 1.0))
    ratio = min(max(height / width, 0.5), 1.6)
    figure = Figure(figsize=(SIDE_IN, SIDE_IN * ratio + 1.0), facecolor="white")
    axes = figure.add_axes((0.02, 0.9 / (SIDE_IN * ratio + 1.0), 0.96, 1 - 1.4 / (SIDE_IN * ratio + 1.0)))
    axes.set_aspect("equal")
    axes.set_axis_off()
    areas, lines = water_forms(street_map)
    _areas(axes, areas, (WATER, WATER_EDGE), "////")
    axes.add_collection(LineCollection(lines, colors=WATER_EDGE, linewidths=0.8), autolim=False)
    _areas(axes, forms(street_map.buildings), (BUILDING, BUILDING_EDGE), "")
    _streets(axes, street_map)
    _points(axes, street_map)
    axes.set_xlim(low[0] - 10, high[0] + 10)
    axes.set_ylim(low[1] - 10, high[1] + 10)
    _scale(axes, low, width)
    _words(figure, street_map)
    return figure


def _areas(axes: Axes, areas: Iterable[list[Floats]], colours: tuple[str, str], hatch: str) -> None:
    """Draw areas with their holes."""
    outlines = []
    for rings in areas:
        parts = [Outline(np.concatenate([ring, ring[:1]]), closed=True) for ring in rings if len(ring) > 1]
        outlines += [Outline.make_compound_path(*parts)] if parts else []
    face, edge = colours
    axes.add_collection(PathCollection(outlines, facecolor=face, edgecolor=edge, linewidth=0.3, hatch=hatch), autolim=False)


def _streets(axes: Axes, street_map: StreetMap) -> None:
    """Draw streets and paths, each in its own way."""
    streets = street_map.streets
    lines: dict[str, list[Floats]] = {"path": [], "street": []}
    for edge in range(len(streets.edge_nodes)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        look = "path" if street_map.texts[int(streets.edge_kind[edge])] in PATHS else "street"
        lines[look].append(np.concatenate([pieces[:1, :2], pieces[:, 2:]]))
    for look, members in lines.items():
        colour, width, dashes = WAYS[look]
        axes.add_collection(LineCollection(members, colors=colour, linewidths=width, linestyles=[dashes]), autolim=False)


def _points(axes: Axes, street_map: StreetMap) -> None:
    """Draw homes as dots and places as crosses."""
    homes, places = street_map.homes.xy, street_map.places.xy
    axes.plot(homes[:, 0], homes[:, 1], "o", color=HOME, markersize=1.6, markeredgewidth=0)
    axes.plot(places[:, 0], places[:, 1], "P", color=PLACE, markersize=6, markeredgecolor="white", markeredgewidth=0.6)


def _scale(axes: Axes, low: Floats, width: float) -> None:
    """Draw a scale bar of a round length."""
    length = nice_length(width / 4)
    x, y = float(low[0]) + 0.01 * width, float(low[1]) + 0.01 * width
    axes.plot([x, x + length], [y, y], color="black", linewidth=3, solid_capstyle="butt")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(x + length / 2, y + 0.012 * width, f"{length} m", ha="center", va="bottom", fontsize=9, bbox=box)


def _words(figure: Figure, street_map: StreetMap) -> None:
    """Write the title, the legend and whom the map is owed to."""
    title = "".join(letter for letter in str(street_map.about.get("title", ""))[:100] if letter.isprintable())
    figure.text(0.02, 0.985, title, va="top", fontsize=14, weight="bold")
    figure.text(0.98, 0.012, str(street_map.about.get("attribution", ATTRIBUTION)), ha="right", fontsize=8)
    handles = [Line2D([], [], color=colour, linewidth=width, linestyle=dashes) for colour, width, dashes in WAYS.values()]
    handles.append(Line2D([], [], color=HOME, marker="o", markersize=4, linestyle=""))
    handles.append(Line2D([], [], color=PLACE, marker="P", markersize=7, linestyle=""))
    areas = [Patch(facecolor=BUILDING, edgecolor=BUILDING_EDGE), Patch(facecolor=WATER, edgecolor=WATER_EDGE, hatch="////")]
    names = ["street", "path", "home", "shop, school or other place", "building", "water"]
    figure.legend(
        [*handles, *areas], names, loc="lower left", ncols=6, frameon=False, fontsize=8, bbox_to_anchor=(0.01, 0.015)
    )
