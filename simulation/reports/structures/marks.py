"""What the pictures of an alert structure are made of: blocks, beams, people, lines and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from simulation.channels.alertgraph import hops, of_kind
from simulation.language.catalogue import text
from simulation.language.forms import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.channels.alertgraph import AlertGraph

    Point = tuple[float, float]
    Box = tuple[float, float, float, float]

INK, PAPER, ALARM = "#1b1b1b", "#ffffff", "#b00020"
AREA, UPPER, HIGHER = ("#dff0dc", "#2e6b2e"), ("#fff3c4", "#8c6d00"), ("#e4e4e8", "#55555f")
"""Surface and edge of residents' groups, of groups above, and of those further up: green, yellow, grey, as in Zoomwijck."""

WIDE = 104.0
"""From this width on the words of a block stand beside the numbers."""


class Picture:
    """A drawing of one structure.

    Parameters
    ----------
    graph, measures
        The structure, and its measures.
    language
        `nl` or `en`.

    Attributes
    ----------
    passing
        By pairs of channels, who passes on from the one to the other.
    uppers
        The groups above the residents' groups.
    only
        Whose silence alone breaks the structure.
    """

    def __init__(self, graph: AlertGraph, measures: Mapping[str, Any], language: str) -> None:
        self.graph, self.measures, self.language = graph, measures, language
        self.passing = hops(graph)
        self.uppers = of_kind(graph, "upper")
        self.only = {cut["who"] for cut in measures["cuts"]["persons"]}
        self._layers = {name: ET.Element("g") for name in ("lines", "boxes", "marks")}

    def document(self, size: Point, title: str, left: float = 0.0) -> str:
        """Give the whole as an SVG document of some width and height, from some place on to the right."""
        width, height = (f"{side:.0f}" for side in size)
        view = f"{left:.0f} 0 {width} {height}"
        frame = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": view, "width": width, "height": height}
        svg = ET.Element("svg", {**frame, "role": "img", "font-family": "Helvetica, Arial, sans-serif", "fill": INK})
        ET.SubElement(svg, "title").text = title
        ET.SubElement(svg, "rect", {"x": f"{left:.0f}", "width": "100%", "height": "100%", "fill": PAPER})
        svg.extend(self._layers.values())
        return ET.tostring(svg, encoding="unicode") + "\n"

    def write(self, words: str, at: Point, *, size: float, bold: bool = False, look: Mapping[str, str] | None = None) -> None:
        """Write words, from a place on to the right unless `look` says otherwise."""
        place = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "font-size": f"{size:g}", **(look or {})}
        ET.SubElement(self._layers["marks"], "text", place | ({"font-weight": "bold"} if bold else {})).text = words

    def box(self, box: Box, colours: tuple[str, str], *, dashed: bool = False) -> None:
        """Draw a box, given by left, top, width and height."""
        left, top, width, height = (f"{side:.1f}" for side in box)
        look = {"rx": "6", "fill": colours[0], "stroke": colours[1], "stroke-width": "2"}
        look |= {"stroke-dasharray": "6 4"} if dashed else {}
        ET.SubElement(self._layers["boxes"], "rect", {"x": left, "y": top, "width": width, "height": height, **look})

    def line(self, path: str, *, width: float = 2.5, over: bool = False) -> None:
        """Draw a line below the boxes, or over them with a white rim."""
        layer = self._layers["marks" if over else "lines"]
        if over:
            ET.SubElement(layer, "path", {"d": path, "fill": "none", "stroke": PAPER, "stroke-width": f"{width + 5:g}"})
        ET.SubElement(layer, "path", {"d": path, "fill": "none", "stroke": INK, "stroke-width": f"{width:g}"})

    def arrow(self, tip: Point, along: Point, *, over: bool = True) -> None:
        """Draw an arrow head that points along a vector of length 1."""
        (x, y), (dx, dy) = tip, along
        back = (x - 11.0 * dx, y - 11.0 * dy)
        corners = (
            f"M{x:.1f} {y:.1f}L{back[0] - 5 * dy:.1f} {back[1] + 5 * dx:.1f}L{back[0] + 5 * dy:.1f} {back[1] - 5 * dx:.1f}Z"
        )
        ET.SubElement(self._layers["marks" if over else "lines"], "path", {"d": corners, "fill": INK})

    def people(self, count: int, at: Point) -> None:
        """Draw somebody, with how many they are."""
        x, y = at
        body = f"M{x - 9:.1f} {y + 13:.1f}a9 11 0 0 1 18 0Z"
        for rim in ({"stroke": PAPER, "stroke-width": "6"}, {}):
            ET.SubElement(
                self._layers["marks"], "circle", {"cx": f"{x:.1f}", "cy": f"{y - 5:.1f}", "r": "6", "fill": INK, **rim}
            )
            ET.SubElement(self._layers["marks"], "path", {"d": body, "fill": INK, **rim})
        if count:
            halo = {"stroke": PAPER, "stroke-width": "4", "paint-order": "stroke"}
            self.write(str(count), (x + 13.0, y + 8.0), size=16, bold=True, look=halo)

    def alarm(self, at: Point, *, upright: bool) -> None:
        """Mark the only link by a shape and a word, beside it, or along a narrow column."""
        x, y = at
        self._diamond(at)
        halo = {"stroke": PAPER, "stroke-width": "4", "paint-order": "stroke", "fill": ALARM}
        words = text(self.language, "view.picture.only")
        if upright:
            self.write(
                words,
                (x + 5.0, y - 16.0),
                size=13,
                bold=True,
                look=halo | {"transform": f"rotate(-90 {x + 5:.1f} {y - 16:.1f})"},
            )
        else:
            self.write(words, (x + 15.0, y + 5.0), size=13, bold=True, look=halo)

    def _diamond(self, at: Point) -> None:
        x, y = at
        shape = f"M{x:.1f} {y - 13:.1f}l13 13l-13 13l-13 -13Z"
        ET.SubElement(self._layers["marks"], "path", {"d": shape, "fill": ALARM, "stroke": PAPER, "stroke-width": "2"})
        self.write("!", (x, y + 6.0), size=17, bold=True, look={"fill": PAPER, "text-anchor": "middle"})

    def block(self, area: Mapping[str, Any], box: Box) -> None:
        """Draw an area: its number, its homes, and the members of its group."""
        left, top, width, _ = box
        self.box(box, AREA if area["group"] else (PAPER, AREA[1]), dashed=not area["group"])
        middle = {"text-anchor": "middle"}
        x, wide = left + width / 2.0, width >= WIDE
        self.write(str(area["area"]), (x, top + 26.0), size=22, bold=True, look=middle)
        y = top + 46.0
        for name in ("shops" if area["shops"] else "homes", "members"):
            count = number(self.language, area[name])
            word = text(self.language, f"view.picture.{name}")
            if name == "members" and not area["group"]:
                count, word = "", text(self.language, "view.picture.no_group")
            for line in [f"{count} {word}".strip()] if wide else [count, word]:
                if line:
                    self.write(line, (x, y), size=15 if wide or line == count else 12.5, look=middle)
                    y += 20.0 if wide else 16.0

    def shape(self, word: str, at: Point) -> None:
        """Draw what the legend explains."""
        x, y = at
        boxes = {"area": AREA, "upper": UPPER, "no_group": (PAPER, AREA[1])}
        if word in boxes:
            self.box((x - 12.0, y - 10.0, 26.0, 20.0), boxes[word], dashed=word == "no_group")
        elif word == "line":
            self.line(f"M{x - 12:.1f} {y:.1f}h26")
        elif word.startswith("steward"):
            self.people(0, (x, y - 3.0))
        else:
            self._diamond(at)
