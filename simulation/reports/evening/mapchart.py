"""The map of an evening as a figure for documents: ways with arrows and numbered marks, as on its page. Loads matplotlib."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke

from simulation.language.catalogue import text
from simulation.language.forms import clock, number
from simulation.reports.charts import Chart, in_style, new_figure
from simulation.reports.document import clean, credit
from simulation.reports.drawn import LIMIT, drawn, labelled
from simulation.reports.evening.rows import happening_rows
from simulation.reports.mapground import PLACE, SMALL, draw_ground, draw_places, draw_scale, ground_legend, map_axes
from simulation.reports.mapsvg import DASHES, HALO, START, Frame, frame_of, lettering, mark_places
from simulation.reports.marks import arrows, mark_corners, mark_radius
from simulation.reports.tabledchart import TabledChart
from simulation.trace.names import Names

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.reports.drawn import Drawn, Happening
    from simulation.reports.lettering import Writing
    from simulation.trace.log import Trace

MARKS = {
    "sighting": "#1f4e79",
    "sighting_called": "#7a1f00",
    "sighting_mistaken": "#5a4a00",
    "question_yes": "#3f2a78",
    "question_no": "#4a4a4a",
    "found": "#0b5d1e",
}
WAYS = ("#8c0d5f", "#004f9e", "#7a3e00", "#00594a")
"""Colours of marks and ways, as in the style sheet of the page."""

INK, NAME_INK = "#1b1f24", "#3a3a3a"
LARGER = 1.15
"""How much larger marks and words are, measured by the map, than on a page: on paper the map is 7 inches wide."""

NUMBER = 11.0
"""Size of the numbers in marks, thousandths of the drawing."""

COLUMNS, ROW_IN, CREDIT_IN = 3, 0.17, 0.35
"""Columns of the legend, and heights of one of its rows and of the credit, inches."""

LEGEND_POINT = 0.35
"""Size of a thousandth of the drawing in the legend, points."""

POINTS_PER_INCH = 72
WAY_WIDE = 3.0
"""Width of the line of a way, thousandths of the drawing."""

UNSCALED: dict[str, Any] = {"scalex": False, "scaley": False}
"""What is drawn does not change the window."""


def map_chart(trace: Trace, street_map: StreetMap, language: str) -> TabledChart | None:
    """Draw the map of an evening; nothing where nobody walked and nothing happened.

    Parameters
    ----------
    trace
        The evening.
    street_map
        The map it was played on.
    language
        `nl` or `en`.
    """
    evening = drawn(trace, street_map)
    if not evening.ways and not evening.happenings:
        return None
    names = Names(trace, language)
    start = str(trace.header["start"])
    columns = ("number", "clock", "event", "who", "street")
    rows = happening_rows(start, evening, names, language)
    told = tuple(tuple(str(clean(str(row[column]))) for column in columns) for row in rows)
    head = tuple(text(language, f"page.{column}") for column in ("number", "time", "event", "who", "where"))
    meaning = text(language, "chart.map.meaning")
    if max(evening.sightings, evening.questions) > LIMIT:
        meaning += " " + text(language, "page.map_table_limit", limit=LIMIT)
    with in_style():
        figure = _figure(evening, street_map, [names.who(way.who) for way in evening.ways], language)
    chart = Chart("map", text(language, "chart.map.title"), _alt(evening, start, language), figure)
    return TabledChart(chart, meaning, head, told)


def _alt(evening: Drawn, start: str, language: str) -> str:
    """Tell what the map shows: how long the ways are, how many marks there are, and what happened at those with a label."""
    length_m = sum(float(np.hypot(*np.diff(way.xy, axis=0).T).sum()) for way in evening.ways)
    counts = {"length": number(language, length_m / 1000, 1), "count": number(language, len(evening.happenings))}
    told = [text(language, "chart.map.alt", **counts)]
    for index, key in labelled(evening):
        mark = evening.happenings[index]
        street = str(clean(mark.street)) or text(language, "who.nowhere")
        fields = {"number": mark.number, "clock": clock(start, mark.time_s), "street": street}
        told.append(text(language, f"chart.map.{key}", **fields))
    return " ".join(told)


def _figure(evening: Drawn, street_map: StreetMap, suspects: list[str], language: str) -> Figure:
    """Draw the figure."""
    figure = new_figure()
    window = frame_of(street_map, evening)
    low, high = np.array([[window.left, window.top - window.height], [window.left + window.width, window.top]])
    legend = _legend(evening, suspects, language)
    words_in = CREDIT_IN + ROW_IN * math.ceil(len(legend) / COLUMNS)
    axes = map_axes(figure, low, high, words_in=words_in)
    draw_ground(axes, street_map)
    draw_places(axes, street_map)
    _Sheet(axes, figure.get_figwidth(), figure.get_figheight()).draw(evening, street_map, language)
    draw_scale(axes)
    place = (0.01, words_in / figure.get_figheight())
    handles, words = [handle for handle, _ in legend], [words for _, words in legend]
    figure.legend(handles, words, loc="upper left", ncols=COLUMNS, frameon=False, fontsize=SMALL, bbox_to_anchor=place)
    owed = text(language, "page.attribution", attribution=str(clean(credit(street_map, language))))
    figure.text(0.98, 0.012, f"{owed}. {text(language, 'page.north')}.", ha="right", fontsize=7)
    return figure


class _Sheet:
    """The window of a map on paper, and what is drawn on it; places come as metres to the right and down in the window.

    Parameters
    ----------
    axes
        Where the ground is drawn.
    width_in, height_in
        Size of the figure, inches.
    """

    def __init__(self, axes: Axes, width_in: float, height_in: float) -> None:
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        box = axes.get_position()
        self._axes = axes
        self._frame = Frame(left, top, right - left, top - bottom, LARGER)
        self._scale = POINTS_PER_INCH * min(
            box.width * width_in / self._frame.width, box.height * height_in / self._frame.height
        )

    def draw(self, evening: Drawn, street_map: StreetMap, language: str) -> None:
        """Draw the ways and the marks, and write the words."""
        for index, way in enumerate(evening.ways):
            self._way(way.xy, index)
        marks = mark_places(evening, self._frame)
        labels, names = lettering(street_map, evening, self._frame, marks, language)
        for name in names:
            self._write(name, color=NAME_INK, zorder=3)
        for (index, _), label in zip(labelled(evening), labels, strict=True):
            self._leader(marks[index], label.nearest(marks[index]))
            self._write(label, color=INK, zorder=6, weight="bold")
        for happening, place in zip(evening.happenings, marks, strict=True):
            self._leader(self._frame.points(np.array([happening.xy]))[0], place)
            self._mark(happening, place)

    def _points(self, thousandths: float) -> float:
        """Give a size in points."""
        return thousandths * self._frame.unit * self._scale

    def _on_map(self, places: Floats) -> Floats:
        """Give places in the window as places on the map."""
        return np.stack([self._frame.left + places[:, 0], self._frame.top - places[:, 1]], axis=1)

    def _way(self, xy: Floats, index: int) -> None:
        """Draw the way of a suspect with its arrows, and where it starts."""
        look = _way_look(index)
        self._axes.plot(*xy.T, linewidth=self._points(WAY_WIDE), zorder=2, **UNSCALED, **look)
        heads = [self._on_map(corners) for corners in arrows(self._frame.points(xy), self._frame.unit)]
        if heads:
            shape = Outline.make_compound_path(*(Outline(np.concatenate([head, head[:1]]), closed=True) for head in heads))
            self._axes.add_artist(PathPatch(shape, facecolor=look["color"], edgecolor="none", zorder=2.5))
        ring = {"markeredgecolor": look["color"], "markeredgewidth": self._points(WAY_WIDE), "markerfacecolor": "white"}
        self._axes.plot(
            *xy[:1].T, marker="o", markersize=self._points(2 * START), linestyle="", zorder=2.5, **UNSCALED, **ring
        )

    def _leader(self, start: Floats, end: Floats) -> None:
        """Draw a line from a place to what belongs to it."""
        line = self._on_map(np.stack([start, end]))
        self._axes.plot(*line.T, color=INK, linewidth=self._points(1.5), zorder=3.5, **UNSCALED)

    def _mark(self, happening: Happening, place: Floats) -> None:
        """Draw a mark with its number."""
        x, y = self._on_map(place[None])[0]
        look = _mark_look(happening.kind, self._points(1.0))
        self._axes.plot([x], [y], zorder=4, markeredgewidth=self._points(1.5), **UNSCALED, **look)
        size = self._points(NUMBER)
        self._axes.text(
            x, y, str(happening.number), color="white", size=size, weight="bold", ha="center", va="center_baseline", zorder=5
        )

    def _write(self, writing: Writing, **look: Any) -> None:  # noqa: ANN401 the looks of text
        """Write words with a white edge."""
        x, y = self._on_map(np.array([writing.xy]))[0]
        size = writing.size * self._scale
        halo = [withStroke(linewidth=HALO * size, foreground="white")]
        turned: dict[str, Any] = {"rotation": -math.degrees(writing.turn), "rotation_mode": "anchor"}
        self._axes.text(x, y, writing.words, size=size, ha="center", va="center_baseline", path_effects=halo, **turned, **look)


def _way_look(index: int) -> dict[str, Any]:
    """Give the colour and the dashes of the way of a suspect; dashes in widths of the line."""
    dashes = tuple(dash / WAY_WIDE for dash in DASHES[index % len(DASHES)])
    return {"color": WAYS[index % len(WAYS)], "linestyle": (0, dashes)}


def _mark_look(kind: str, point: float) -> dict[str, Any]:
    """Give the form and the colour of a mark.

    Parameters
    ----------
    kind
        Kind of happening.
    point
        Size of a thousandth of the drawing, points.
    """
    corners = mark_corners(kind)
    form = Outline(np.concatenate([corners, corners[:1]]) * [1, -1], closed=True) if len(corners) else "o"
    size = 2 * (float(np.abs(corners).max()) if len(corners) else mark_radius(kind)) * point
    return {
        "linestyle": "",
        "marker": form,
        "markersize": size,
        "markerfacecolor": MARKS[kind],
        "markeredgecolor": "white",
    }


def _legend(evening: Drawn, suspects: list[str], language: str) -> list[tuple[Artist, str]]:
    """Give what the legend shows, with its words: the marks that are on the map, the ways and the ground."""
    rows: list[tuple[Artist, str]] = [
        (Line2D([], [], **_mark_look(kind, LEGEND_POINT)), text(language, f"event.{kind}"))
        for kind in MARKS
        if any(happening.kind == kind for happening in evening.happenings)
    ]
    for index, who in enumerate(suspects):
        rows.append((Line2D([], [], linewidth=2, **_way_look(index)), text(language, "legend.way", who=who)))
    if evening.ways:
        ring = Line2D([], [], marker="o", linestyle="", markeredgecolor=WAYS[0], markerfacecolor="white", markeredgewidth=1.6)
        rows.append((ring, text(language, "legend.start")))
    rows.append((Line2D([], [], **PLACE), text(language, "legend.place")))
    ways, areas = ground_legend()
    ground = [text(language, f"legend.{name}") for name in ("street", "path", "building", "water")]
    return [*rows, *zip([*ways, *areas], ground, strict=True)]
