"""A picture of a map as such, for `boef map draw`: PNG, SVG or PDF by the ending of the file. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from simulation.errors import InputError
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.reports.charts import LOOKS, METADATA, in_style, new_figure, picture
from simulation.reports.document import clean, credit
from simulation.reports.mapground import PLACE, SMALL, draw_ground, draw_places, draw_scale, ground_legend, map_axes
from simulation.reports.structures.words import listed

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from simulation.maps.streetmap import Floats, StreetMap

HOME = LOOKS[0][0]
SIDE_IN, TITLE_IN = 10.0, 0.5
TITLE_LIMIT = 100
"""Most letters of a title."""


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
    with in_style():
        figure = _figure(street_map, language)
    path.write_bytes(picture(figure, _form(path)))


def map_words(street_map: StreetMap, language: str) -> list[str]:
    """Tell what a picture of a map shows, for who does not see it: its title, what is on it, its source and its credit.

    Parameters
    ----------
    street_map
        The map.
    language
        `nl` or `en`.

    Returns
    -------
    Paragraphs.
    """
    low, high = _window(street_map)
    width, height = (number(language, float(side)) for side in high - low)
    length = number(language, float(street_map.edge_lengths().sum()) / 1000, 1)
    homes = number(language, len(street_map.homes.key))
    shapes, places = (street_map.buildings, street_map.water), street_map.places_to_visit()
    counts = dict(zip(("buildings", "water", "places"), (*(len(some.osm) for some in shapes), len(places)), strict=True))
    also = listed(language, [text(language, f"drawing.{name}") for name, count in counts.items() if count])
    told = [text(language, "drawing.alt", width=width, height=height, length=length, homes=homes)]
    told += [text(language, "drawing.also", what=also)] if also else []
    sources = {key: street_map.about[key] for key in ("source", "source_date") if street_map.about.get(key)}
    return [
        text(language, "page.map_title", map_title=_title(street_map) or text(language, "drawing.untitled")),
        " ".join([*told, text(language, "page.north") + "."]),
        *(text(language, f"drawing.{key}", told=_one_line(value)) for key, value in sources.items()),
        _owed(street_map, language),
    ]


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
    axes.plot(*street_map.homes.xy.T, "o", color=HOME, markersize=1.6, markeredgewidth=0, scalex=False, scaley=False)
    draw_places(axes, street_map)
    draw_scale(axes)
    _words(figure, street_map, language)
    return figure


def _words(figure: Figure, street_map: StreetMap, language: str) -> None:
    """Write the title, the legend and whom the map is owed to."""
    figure.text(0.02, 0.985, _title(street_map), va="top", fontsize=14, weight="bold")
    figure.text(0.98, 0.012, f"{_owed(street_map, language)} {text(language, 'page.north')}.", ha="right", fontsize=SMALL)
    ways, areas = ground_legend()
    points = [
        Line2D([], [], color=HOME, marker="o", markersize=4, linestyle=""),
        Line2D([], [], **PLACE),
    ]
    names = [text(language, f"legend.{name}") for name in ("street", "path", "home", "place", "building", "water")]
    handles = [*ways, *points, *areas]
    figure.legend(handles, names, loc="lower left", ncols=6, frameon=False, fontsize=SMALL, bbox_to_anchor=(0.01, 0.03))
