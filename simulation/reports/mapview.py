"""A picture of a map as such, for `boef map draw`: PNG, SVG or PDF by the ending of the file. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from simulation.errors import InputError
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.reports.charts import LOOKS, METADATA, new_figure, picture
from simulation.reports.document import clean, credit
from simulation.reports.mapground import SMALL, draw_ground, draw_scale, ground_legend, map_axes

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import Floats, StreetMap

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


def draw_map(street_map: StreetMap, path: Path, language: str) -> None:
    """Draw a map: streets by kind, buildings, homes, water, places, scale bar and attribution.

    Parameters
    ----------
    street_map
        The map.
    path
        File to write; ending in `.png`, `.svg` or `.pdf`.
    language
        `nl` or `en`.

    Raises
    ------
    InputError
        If the ending is another.
    """
    check_picture(path)
    path.write_bytes(picture(_figure(street_map, language), _form(path)))


def map_words(street_map: StreetMap, language: str) -> str:
    """Tell what a picture of a map shows, for who does not see it: its title, what is on it, its source and its credit.

    Parameters
    ----------
    street_map
        The map.
    language
        `nl` or `en`.
    """
    low, high = _window(street_map)
    width, height = (number(language, float(side)) for side in high - low)
    length = number(language, float(street_map.edge_lengths().sum()) / 1000, 1)
    homes = number(language, len(street_map.homes.key))
    name = _title(street_map) or text(language, "drawing.untitled")
    lines = [
        text(language, "page.map_title", map_title=name),
        text(language, "drawing.alt", width=width, height=height, length=length, homes=homes),
        *(
            text(language, f"drawing.{key}", told=_one_line(street_map.about[key]))
            for key in ("source", "source_date")
            if street_map.about.get(key)
        ),
        _owed(street_map, language),
    ]
    return "\n\n".join(lines) + "\n"


def _one_line(value: object) -> str:
    """Give a text from outside as one line that is not endless."""
    return " ".join(str(clean(str(value))).split())


def _title(street_map: StreetMap) -> str:
    """Give the title of a map, or as much of it as there is room for."""
    return _one_line(street_map.about.get("title", ""))[:TITLE_LIMIT]


def _owed(street_map: StreetMap, language: str) -> str:
    """Say whom the map is owed to."""
    return text(language, "page.attribution", attribution=_one_line(credit(street_map, language))) + "."


def _window(street_map: StreetMap) -> tuple[Floats, Floats]:
    """Give the south-west and the north-east corner of what is drawn, (2,), metres."""
    corners = street_map.area if len(street_map.area) else street_map.streets.node_xy
    return corners.min(axis=0), corners.max(axis=0)


def _figure(street_map: StreetMap, language: str) -> Figure:
    """Draw the figure."""
    figure = new_figure(SIDE_IN)
    axes = map_axes(figure, *_window(street_map), TITLE_IN)
    draw_ground(axes, street_map)
    _points(axes, street_map)
    draw_scale(axes)
    _words(figure, street_map, language)
    return figure


def _points(axes: Axes, street_map: StreetMap) -> None:
    """Draw homes as dots and places as crosses."""
    for kind, xy in {"home": street_map.homes.xy, "place": street_map.places_to_visit()}.items():
        axes.plot(xy[:, 0], xy[:, 1], linestyle="", scalex=False, scaley=False, **LOOKS_OF_POINTS[kind])


def _words(figure: Figure, street_map: StreetMap, language: str) -> None:
    """Write the title, the legend and whom the map is owed to."""
    figure.text(0.02, 0.985, _title(street_map), va="top", fontsize=14, weight="bold")
    figure.text(0.98, 0.012, f"{_owed(street_map, language)} {text(language, 'page.north')}.", ha="right", fontsize=SMALL)
    ways, areas = ground_legend()
    points = [
        Line2D([], [], color=HOME, marker="o", markersize=4, linestyle=""),
        Line2D([], [], color=PLACE, marker="P", markersize=7, linestyle=""),
    ]
    names = [text(language, f"legend.{name}") for name in ("street", "path", "home", "place", "building", "water")]
    handles = [*ways, *points, *areas]
    figure.legend(handles, names, loc="lower left", ncols=6, frameon=False, fontsize=SMALL, bbox_to_anchor=(0.01, 0.03))
