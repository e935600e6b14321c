"""A picture of a map as such, for `boef map draw`: PNG, SVG or PDF by the ending of the file. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from simulation.errors import InputError
from simulation.maps.streetmap import ATTRIBUTION
from simulation.reports.charts import LOOKS, METADATA, new_figure, picture
from simulation.reports.mapground import SMALL, draw_ground, draw_scale, ground_legend, map_axes

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import StreetMap

HOME, PLACE = LOOKS[0][0], LOOKS[5][0]
SIDE_IN, TITLE_IN = 10.0, 0.5
TITLE_LIMIT = 100
"""Most letters of a title."""

LOOKS_OF_POINTS: dict[str, dict[str, Any]] = {
    "home": {"marker": "o", "color": HOME, "markersize": 1.6, "markeredgewidth": 0},
    "place": {"marker": "P", "color": PLACE, "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6},
}


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
    path.write_bytes(picture(_figure(street_map), _form(path)))


def _figure(street_map: StreetMap) -> Figure:
    """Draw the figure."""
    corners = street_map.area if len(street_map.area) else street_map.streets.node_xy
    figure = new_figure(SIDE_IN)
    axes = map_axes(figure, corners.min(axis=0), corners.max(axis=0), TITLE_IN)
    draw_ground(axes, street_map)
    _points(axes, street_map)
    draw_scale(axes)
    _words(figure, street_map)
    return figure


def _points(axes: Axes, street_map: StreetMap) -> None:
    """Draw homes as dots and places as crosses."""
    for kind, xy in {"home": street_map.homes.xy, "place": street_map.places.xy}.items():
        axes.plot(xy[:, 0], xy[:, 1], linestyle="", scalex=False, scaley=False, **LOOKS_OF_POINTS[kind])


def _words(figure: Figure, street_map: StreetMap) -> None:
    """Write the title, the legend and whom the map is owed to."""
    title = "".join(letter for letter in str(street_map.about.get("title", ""))[:TITLE_LIMIT] if letter.isprintable())
    figure.text(0.02, 0.985, title, va="top", fontsize=14, weight="bold")
    figure.text(0.98, 0.012, str(street_map.about.get("attribution", ATTRIBUTION)), ha="right", fontsize=SMALL)
    ways, areas = ground_legend()
    points = [
        Line2D([], [], color=HOME, marker="o", markersize=4, linestyle=""),
        Line2D([], [], color=PLACE, marker="P", markersize=7, linestyle=""),
    ]
    names = ["street", "path", "home", "shop, school or other place", "building", "water"]
    handles = [*ways, *points, *areas]
    figure.legend(handles, names, loc="lower left", ncols=6, frameon=False, fontsize=SMALL, bbox_to_anchor=(0.01, 0.015))
