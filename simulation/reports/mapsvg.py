"""The map of an evening as inline SVG, drawn without any library.

One unit of the drawing is a metre, the north is up. Shapes differ in form as well as in colour, and every mark has a number
that the table beside the map explains. All looks stand in the style sheet of the page, because its content security policy
allows no styles elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.reports.drawn import labelled
from simulation.reports.lettering import Room, label_beside, street_names
from simulation.reports.marks import arrows, mark_shape, spread
from simulation.reports.outlines import forms, water_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.reports.drawn import Drawn
    from simulation.reports.lettering import Writing

PATHS = ("footway", "path", "cycleway", "steps", "pedestrian", "track", "bridleway", "corridor")
"""Streets that are drawn as paths, by OSM `highway` value."""

MARGIN_M = 60.0
"""Least surroundings that are drawn on every side, metres."""

DASHES: tuple[tuple[int, ...], ...] = ((), (14, 5), (4, 5), (14, 5, 4, 5))
"""Dashes of the ways of suspects, thousandths of the drawing; ways differ in colour too."""

MARK_APART, WAY_ROOM = 21.0, 3.0
"""Least distance between two marks, and how far from the middle of a way words stay away, thousandths of the drawing."""

START = 8.0
"""Radius of where a way starts, thousandths of the drawing."""

HALO = 0.3
"""Width of the white around letters, as a share of their size; half of it is behind them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The window of the drawing.

    Parameters
    ----------
    left, top
        The upper left corner, map coordinates, metres.
    width, height
        Size, metres.
    larger
        How many times larger than on a page marks, lines and words are: on paper the drawing is smaller.
    """

    left: float
    top: float
    width: float
    height: float
    larger: float = 1.0

    @property
    def unit(self) -> float:
        """A thousandth of the longer side on a page, metres: what sizes of marks and lines are measured in."""
        return self.larger * max(self.width, self.height) / 1000

    def points(self, xy: Floats) -> Floats:
        """Give positions in the drawing, (K, 2), metres to the right and down."""
        return np.stack([xy[:, 0] - self.left, self.top - xy[:, 1]], axis=1)

    def shows(self, xy: Floats) -> bool:
        """Say whether a line or a ring comes near the window."""
        x, y = self.points(xy).T
        return bool(x.max() > 0 and y.max() > 0 and x.min() < self.width and y.min() < self.height)


def map_svg(street_map: StreetMap, evening: Drawn, words: tuple[str, str], language: str) -> str:
    """Draw an evening on its map.

    Parameters
    ----------
    street_map
        The map.
    evening
        What to draw on it.
    words
        Title and description for who cannot see it.
    language
        `nl` or `en`.

    Returns
    -------
    An `svg` element; all text in it is escaped.
    """
    frame = frame_of(street_map, evening)
    box = f"0 0 {_short(frame.width)} {_short(frame.height)}"
    svg = ET.Element("svg", {"viewBox": box, "role": "img", "aria-labelledby": "map-name map-words", "class": "map"})
    for tag, name, content in (("title", "map-name", words[0]), ("desc", "map-words", words[1])):
        ET.SubElement(svg, tag, {"id": name}).text = content
    _hatch(svg, frame)
    ET.SubElement(svg, "rect", {"class": "ground", "width": "100%", "height": "100%"})
    areas, lines = water_forms(street_map)
    _areas(svg, areas, frame, "water")
    ditches = {"class": "ditch", "d": path_data(lines, frame, closed=False), "stroke-width": f"{2 * frame.unit:.2f}"}
    ET.SubElement(svg, "path", ditches)
    _areas(svg, forms(street_map.buildings), frame, "building")
    _streets(svg, street_map, frame)
    _places(svg, street_map, frame)
    _ways(svg, evening, frame)
    marks = mark_places(evening, frame)
    labels, names = lettering(street_map, evening, frame, marks, language)
    _names(svg, names)
    for (index, _), label in zip(labelled(evening), labels, strict=True):
        _leader(svg, marks[index], label.nearest(marks[index]), frame)
    _marks(svg, evening, frame, marks)
    for label in labels:
        ET.SubElement(svg, "text", {"class": "label", **_letters(label, label.xy)}).text = label.words
    _scale(svg, frame, language)
    return ET.tostring(svg, encoding="unicode")


def frame_of(street_map: StreetMap, evening: Drawn) -> Frame:
    """Choose the window: what was walked and marked, with its surroundings; the whole map where nothing was."""
    parts = [*(way.xy for way in evening.ways), *(np.array([happening.xy]) for happening in evening.happenings)]
    points = np.concatenate(parts) if parts else street_map.streets.node_xy
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN_M + 0.1 * float((high - low).max())
    return Frame(float(low[0] - margin), float(high[1] + margin), *(float(side) + 2 * margin for side in high - low))


def path_data(lines: Iterable[Floats], frame: Frame, *, closed: bool) -> str:
    """Give the lines that come near the window as the data of one SVG path, to the decimetre."""
    end = "Z" if closed else ""
    kept = (frame.points(line) for line in lines if len(line) > 1 and frame.shows(line))
    return "".join("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in line) + end for line in kept)


def _short(value: float) -> str:
    """Write a length to the decimetre in as few characters as possible."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0")


def _hatch(svg: ET.Element, frame: Frame) -> None:
    """Define the hatching of water, so that it differs from buildings in more than colour."""
    size = _short(8 * frame.unit)
    defs = ET.SubElement(svg, "defs")
    pattern = {"id": "waves", "patternUnits": "userSpaceOnUse", "width": size, "height": size}
    waves = ET.SubElement(defs, "pattern", pattern)
    ET.SubElement(waves, "rect", {"class": "water-ground", "width": size, "height": size})
    ET.SubElement(waves, "path", {"class": "wave", "d": f"M0 {size}L{size} 0", "stroke-width": f"{frame.unit:.3f}"})


def _areas(svg: ET.Element, areas: Iterable[list[Floats]], frame: Frame, look: str) -> None:
    """Draw areas with their holes."""
    rings = [ring for area in areas for ring in area]
    attributes = {"class": look, "fill-rule": "evenodd", "stroke-width": f"{frame.unit / 2:.3f}"}
    ET.SubElement(svg, "path", {**attributes, "d": path_data(rings, frame, closed=True)})


def _streets(svg: ET.Element, street_map: StreetMap, frame: Frame) -> None:
    """Draw the streets: edge first, then surface, so that crossings are open; paths as dashes."""
    streets = street_map.streets
    lines: dict[bool, list[Floats]] = {True: [], False: []}
    for edge in range(len(streets.edge_nodes)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        kind = street_map.texts[int(streets.edge_kind[edge])]
        lines[kind in PATHS].append(np.concatenate([pieces[:1, :2], pieces[:, 2:]]))
    roads, paths = path_data(lines[False], frame, closed=False), path_data(lines[True], frame, closed=False)
    unit = frame.unit
    dashes = f"{4 * unit:.2f} {3 * unit:.2f}"
    ET.SubElement(
        svg, "path", {"class": "footpath", "d": paths, "stroke-width": f"{1.6 * unit:.2f}", "stroke-dasharray": dashes}
    )
    ET.SubElement(svg, "path", {"class": "street-edge", "d": roads, "stroke-width": f"{7 * unit:.2f}"})
    ET.SubElement(svg, "path", {"class": "street", "d": roads, "stroke-width": f"{5 * unit:.2f}"})


def _places(svg: ET.Element, street_map: StreetMap, frame: Frame) -> None:
    """Draw shops, schools and other places as small crosses."""
    size = 4 * frame.unit
    for x, y in frame.points(street_map.places_to_visit()):
        shape = f"M{x - size:.1f} {y:.1f}h{2 * size:.1f}M{x:.1f} {y - size:.1f}v{2 * size:.1f}"
        ET.SubElement(svg, "path", {"class": "place", "d": shape, "stroke-width": f"{2 * frame.unit:.2f}"})


def _ways(svg: ET.Element, evening: Drawn, frame: Frame) -> None:
    """Draw the ways of the suspects with arrows, and where they start."""
    for index, way in enumerate(evening.ways):
        look, dashes = way_look(index, frame.unit)
        points = frame.points(way.xy)
        group = ET.SubElement(svg, "g", {"class": look, "stroke-width": f"{3 * frame.unit:.2f}"})
        line = path_data([way.xy], frame, closed=False)
        ET.SubElement(group, "path", {"class": "line", "d": line, "stroke-dasharray": dashes})
        for corners in arrows(points, frame.unit):
            shape = "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)
            ET.SubElement(group, "path", {"class": "arrow", "d": f"M{shape}Z"})
        x, y = points[0]
        circle = {"cx": _short(x), "cy": _short(y), "r": f"{START * frame.unit:.2f}", "class": "start"}
        ET.SubElement(group, "circle", circle)


def way_look(index: int, unit: float) -> tuple[str, str]:
    """Give the class and the dashes of the way of a suspect.

    Parameters
    ----------
    index
        Which suspect, from 0.
    unit
        A thousandth of the drawing, metres.
    """
    style = index % len(DASHES)
    return f"way way-{style}", " ".join(f"{dash * unit:.1f}" for dash in DASHES[style]) or "none"


def _true_places(evening: Drawn, frame: Frame) -> Floats:
    """Give where the marks belong, (K, 2)."""
    return frame.points(np.array([happening.xy for happening in evening.happenings]).reshape(-1, 2))


def mark_places(evening: Drawn, frame: Frame) -> Floats:
    """Give where the marks are drawn, (K, 2): where they belong, or moved apart where several fall together."""
    return spread(_true_places(evening, frame), MARK_APART * frame.unit)


def lettering(
    street_map: StreetMap, evening: Drawn, frame: Frame, marks: Floats, language: str
) -> tuple[list[Writing], list[Writing]]:
    """Choose where words stand: the labels of marks, and the names of streets.

    Parameters
    ----------
    street_map
        The map.
    evening
        What is drawn on it.
    frame
        The window of the drawing.
    marks
        (K, 2) where the marks are drawn.
    language
        `nl` or `en`.
    """
    room = Room(frame.width, frame.height)
    left, top, width, height = _scale_box(frame)
    middle = top + height / 2
    room.take_line(np.array([[left, middle], [left + width, middle]]), height / 2)
    room.take(marks, 0.6 * MARK_APART * frame.unit)
    for way in evening.ways:
        room.take_line(frame.points(way.xy), WAY_ROOM * frame.unit)
        room.take(frame.points(way.xy[:1]), START * frame.unit)
    labels = [
        label_beside(text(language, f"label.{key}", number=evening.happenings[index].number), marks[index], room, frame.unit)
        for index, key in labelled(evening)
    ]
    return labels, street_names(street_map, frame, room)


def _names(svg: ET.Element, names: list[Writing]) -> None:
    """Write the names of streets; a screen reader passes over them, for the tables name the streets that matter."""
    group = ET.SubElement(svg, "g", {"class": "names", "aria-hidden": "true"})
    for name in names:
        x, y = name.xy
        turned = f"translate({_short(x)} {_short(y)})rotate({_short(math.degrees(name.turn))})"
        ET.SubElement(group, "text", {"transform": turned, **_letters(name, (0.0, 0.0))}).text = name.words


def _letters(writing: Writing, middle: tuple[float, float]) -> dict[str, str]:
    """Give the place and the size of words; letters stand on a line below their middle."""
    x, y = middle
    size = {"font-size": f"{writing.size:.2f}", "stroke-width": f"{HALO * writing.size:.2f}", "text-anchor": "middle"}
    return {"x": _short(x), "y": _short(y + 0.35 * writing.size), **size}


def _marks(svg: ET.Element, evening: Drawn, frame: Frame, marks: Floats) -> None:
    """Draw the numbered marks; those that were moved apart have a line to their place."""
    for place, true in zip(marks, _true_places(evening, frame), strict=True):
        _leader(svg, true, place, frame)
    for happening, (x, y) in zip(evening.happenings, marks, strict=True):
        group = ET.SubElement(svg, "g", {"class": f"mark {happening.kind}", "stroke-width": f"{1.5 * frame.unit:.2f}"})
        ET.SubElement(group, "path", {"d": mark_shape(happening.kind, (x, y), frame.unit)})
        size = 11 * frame.unit
        label = {"x": _short(x), "y": _short(y + 0.36 * size), "font-size": f"{size:.2f}", "text-anchor": "middle"}
        ET.SubElement(group, "text", label).text = str(happening.number)


def _leader(svg: ET.Element, start: Floats, end: Floats, frame: Frame) -> None:
    """Draw a line from a place to what belongs to it."""
    line = f"M{_short(start[0])} {_short(start[1])}L{_short(end[0])} {_short(end[1])}"
    ET.SubElement(svg, "path", {"class": "leader", "d": line, "stroke-width": f"{1.5 * frame.unit:.2f}"})


def _scale_box(frame: Frame) -> tuple[float, float, float, float]:
    """Give the room of the scale bar: left, top, width and height."""
    unit = frame.unit
    return 8 * unit, frame.height - 42 * unit, nice_length(frame.width / 4) + 16 * unit, 36 * unit


def _scale(svg: ET.Element, frame: Frame, language: str) -> None:
    """Draw a scale bar of a round length, about a fifth of the width."""
    length = nice_length(frame.width / 4)
    unit = frame.unit
    x, y = 16 * unit, frame.height - 16 * unit
    group = ET.SubElement(svg, "g", {"class": "scale", "stroke-width": f"{2.5 * unit:.2f}"})
    box = zip(("x", "y", "width", "height"), _scale_box(frame), strict=True)
    ET.SubElement(group, "rect", {**{name: f"{value:.1f}" for name, value in box}, "class": "back"})
    bar = f"M{x:.1f} {y - 5 * unit:.1f}V{y:.1f}H{x + length:.1f}V{y - 5 * unit:.1f}"
    ET.SubElement(group, "path", {"d": bar})
    words = f"{number(language, length)} m"
    place = {
        "x": f"{x + length / 2:.1f}",
        "y": f"{y - 8 * unit:.1f}",
        "font-size": f"{14 * unit:.2f}",
        "text-anchor": "middle",
    }
    ET.SubElement(group, "text", place).text = words


def nice_length(longest: float) -> int:
    """Give the greatest of 1, 2, 5, 10, 20, 50 ... that is not longer than some length, metres."""
    steps = [factor * 10**power for power in range(6) for factor in (1, 2, 5)]
    return max((step for step in steps if step <= longest), default=1)
