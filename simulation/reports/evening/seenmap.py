"""The map of where suspects were noticed and where nobody noticed them. Loads matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D

from simulation.language.catalogue import text
from simulation.language.forms import duration, number, percentage
from simulation.reports.charts import LOOKS, Chart, new_figure
from simulation.reports.document import clean, credit
from simulation.reports.evening.seen import seen
from simulation.reports.mapground import SMALL, WORDS_IN, draw_ground, draw_scale, ground_legend, map_axes
from simulation.reports.tabledchart import TabledChart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.reports.evening.seen import Seen
    from simulation.trace.log import Trace

NOTICED, UNNOTICED = LOOKS[0][0], LOOKS[5][0]
LINES: dict[bool, dict[str, Any]] = {
    True: {"color": NOTICED, "linewidth": 3.2, "linestyle": "-", "solid_capstyle": "round"},
    False: {"color": UNNOTICED, "linewidth": 2.4, "linestyle": (0, (3, 1.6))},
}
"""Look of the way where somebody noticed a suspect, and where nobody did."""

POINTS: dict[str, dict[str, Any]] = {
    "start": {
        "marker": "o",
        "markersize": 9,
        "markerfacecolor": "white",
        "markeredgecolor": "#1b1f24",
        "markeredgewidth": 1.6,
    },
    "sighting": {"marker": "o", "markersize": 6, "markerfacecolor": "#0f2f57", "markeredgecolor": "white"},
    "found": {"marker": "*", "markersize": 17, "markerfacecolor": "#0b5d1e", "markeredgecolor": "white"},
}
"""Look of where a suspect began, was noticed, was found; in the order in which they are drawn."""

LARGEST = 11
"""Largest mark in the legend, points."""

AROUND_M = 40.0
STREET_LIMIT = 100
"""Most streets in the table."""


def seen_chart(trace: Trace, street_map: StreetMap, language: str) -> TabledChart | None:
    """Draw where suspects were noticed; nothing where no way of theirs is known."""
    found = seen(trace, street_map)
    if not found.lines:
        return None
    figure = _figure(found, street_map, language)
    words = {
        "length": number(language, sum(street.length_m for street in found.streets) / 1000, 1),
        "share": percentage(language, found.unnoticed_share),
        "count": number(language, len(found.sightings)),
    }
    chart = Chart("seen", text(language, "chart.seen.title"), text(language, "chart.seen.alt", **words), figure)
    rows = tuple(
        (
            str(clean(street.name)) or text(language, "who.nowhere"),
            number(language, street.sightings),
            duration(language, street.time_s),
            number(language, street.length_m),
            number(language, street.unnoticed_m),
        )
        for street in found.streets[:STREET_LIMIT]
    )
    head = tuple(text(language, f"chart.seen.{column}") for column in ("street", "sightings", "time", "length", "unnoticed"))
    return TabledChart(chart, text(language, "chart.seen.meaning"), head, rows)


def _figure(found: Seen, street_map: StreetMap, language: str) -> Figure:
    """Draw the figure."""
    figure = new_figure()
    points = np.concatenate([*(line.xy for line in found.lines), found.sightings, found.found])
    axes = map_axes(figure, points.min(axis=0) - AROUND_M, points.max(axis=0) + AROUND_M)
    draw_ground(axes, street_map)
    for line in sorted(found.lines, key=lambda line: line.noticed):
        axes.plot(*line.xy.T, scalex=False, scaley=False, **LINES[line.noticed])
    _marks(axes, {"start": found.starts, "sighting": found.sightings, "found": found.found})
    draw_scale(axes)
    _words(figure, street_map, language)
    return figure


def _marks(axes: Axes, places: Mapping[str, Floats]) -> None:
    """Draw the marks, each kind in its own form."""
    for kind, xy in places.items():
        axes.plot(xy[:, 0], xy[:, 1], linestyle="", scalex=False, scaley=False, **POINTS[kind])


def _words(figure: Figure, street_map: StreetMap, language: str) -> None:
    """Write the legend and whom the map is owed to."""
    ways, areas = ground_legend()
    lines = [Line2D([], [], **look) for look in LINES.values()]
    marks = [
        Line2D([], [], linestyle="", **{**look, "markersize": min(look["markersize"], LARGEST)}) for look in POINTS.values()
    ]
    own = [text(language, f"chart.seen.{name}") for name in ("noticed", "nobody", "start", "sighting", "found")]
    ground = [text(language, f"legend.{name}") for name in ("street", "path", "building", "water")]
    handles = [*lines, *marks, *ways, *areas]
    place = (0.01, WORDS_IN / figure.get_figheight())
    figure.legend(handles, [*own, *ground], loc="upper left", ncols=3, frameon=False, fontsize=SMALL, bbox_to_anchor=place)
    owed = text(language, "page.attribution", attribution=str(clean(credit(street_map, language))))
    figure.text(0.98, 0.012, f"{owed}. {text(language, 'page.north')}.", ha="right", fontsize=7)
