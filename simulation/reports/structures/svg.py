"""The picture of an alert structure as an SVG file, drawn without any library: who is connected with whom, and by whom.

Where groups lie above the residents' groups, the areas stand in a row with those groups as beams over the areas that they are
for. Where only people who sit in each other's groups connect them, the areas lie about as on the map, with lines from each
area to where its people sit. Whoever is the only link somewhere is marked by a shape and a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.channels.alertgraph import hops
from simulation.language.catalogue import text
from simulation.language.forms import sentence
from simulation.reports.document import credit
from simulation.reports.structures.beams import draw_beams
from simulation.reports.structures.marks import Picture
from simulation.reports.structures.near import draw_near
from simulation.reports.structures.words import key_lines, map_words, outlet_words
from simulation.scoring.summary import structure_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.channels.alertgraph import AlertGraph
    from simulation.maps.streetmap import StreetMap

LEFT, TOP, LEAST = 30.0, 130.0, 900.0
"""Margins, and least width, in units of the drawing: a letter is some 15 high."""

SMALL, MARGIN = 700.0, 24.0
"""Least width, and margin, of a small picture."""


def structure_svg(
    graph: AlertGraph, measures: Mapping[str, Any], street_map: StreetMap, language: str, *, told: bool = True
) -> str:
    """Draw an alert structure.

    Parameters
    ----------
    graph, measures
        From `alert_graph` and `structure_measures`.
    street_map
        The map on which it is wired.
    language
        `nl` or `en`.
    told
        Whether what a board should know stands below it, see `key_lines`.

    Returns
    -------
    An SVG document; all text in it is escaped.
    """
    picture = Picture(graph, measures, language)
    as_on_map = _as_on_map(graph)
    width, height = (draw_near if as_on_map else draw_beams)(picture, (LEFT, TOP))
    width = max(width, LEAST)
    _head(picture)
    height = _legend(picture, height + 40.0, width, as_on_map=as_on_map)
    for line in key_lines(measures, language) if told else ():
        height += 22.0
        heading = line.isupper()
        height += 8.0 if heading else 0.0
        picture.write(line, (LEFT, height), size=13 if heading else 15, bold=heading)
    if as_on_map:
        height += 26.0
        picture.write(
            f"{text(language, 'view.picture.near')} {sentence(credit(street_map, language))}.", (LEFT, height), size=12
        )
    return picture.document((width, height + 24.0), sentence(structure_words(measures["structure"], language)))


def small_structure_svg(graph: AlertGraph, measures: Mapping[str, Any], language: str) -> str:
    """Draw an alert structure without words beside it, to stand among others; arguments as of `structure_svg`."""
    picture = Picture(graph, measures, language)
    corner = (MARGIN, MARGIN)
    right, height = draw_near(picture, corner) if _as_on_map(graph) else draw_beams(picture, corner, named=False)
    width = max(right, SMALL)
    words = structure_words(measures["structure"], language)
    return picture.document((width, height + MARGIN), words, (right - width) / 2.0)


def _as_on_map(graph: AlertGraph) -> bool:
    """Tell whether only people who sit in each other's groups connect the areas."""
    return {frozenset(graph.nodes[end]["kind"] for end in pair) for pair in hops(graph)} == {frozenset(["group"])}


def _head(picture: Picture) -> None:
    """Write the title, of which map it is, and where the organisers post."""
    language, measures = picture.language, picture.measures
    picture.write(sentence(structure_words(measures["structure"], language)), (LEFT, 42.0), size=26, bold=True)
    picture.write(map_words({**measures, "map_title": measures["map_title"][:60]}, language), (LEFT, 70.0), size=15)
    picture.write(text(language, "view.posts", where=outlet_words(measures, language)), (LEFT, 92.0), size=15)


def _legend(picture: Picture, y: float, right: float, *, as_on_map: bool) -> float:
    """Explain the shapes, in rows; give where they end."""
    grouped = [area["group"] is not None for area in picture.measures["areas"]]
    words = ["area"] if any(grouped) else []
    words += [] if all(grouped) else ["no_group"]
    words += ["upper"] if picture.uppers else []
    words += ["steward_near", "line"] if as_on_map else ["steward"] if picture.passing else []
    words += ["only"] if picture.only else []
    x = LEFT
    for word in words:
        told = text(picture.language, f"view.legend.{word}")
        width = 60.0 + 7.2 * len(told)
        if x + width > right and x > LEFT:
            x, y = LEFT, y + 30.0
        picture.shape(word, (x + 14.0, y))
        picture.write(told, (x + 36.0, y + 5.0), size=14)
        x += width
    return y + 14.0
