"""The pictures of the structures of a comparison, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulation.channels.structure import structure_measures
from simulation.engine.structure import alert_graph
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.reports.document import svg_address
from simulation.reports.structures.svg import small_structure_svg, structure_svg
from simulation.reports.structures.words import key_lines, map_words
from simulation.scoring.summary import structure_words
from simulation.structure_ids import MOST_GROUPS

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario


class Drawing(NamedTuple):
    """A structure in pictures and words.

    Parameters
    ----------
    small, large
        SVG documents: of the structure alone, and with all words.
    alt
        What they show, for who does not see them.
    words
        Whose silence breaks it, and how many must be awake, in lines; headings are in capitals.
    """

    small: str
    large: str
    alt: str
    words: list[str]

    @property
    def small_source(self) -> str:
        """The small picture as an address inside a page."""
        return svg_address(self.small.encode())

    @property
    def large_source(self) -> str:
        """The large picture as an address inside a page."""
        return svg_address(self.large.encode())


def drawing(scenario: Scenario, street_map: StreetMap, language: str) -> Drawing | None:
    """Draw the structure of a scenario as its seed wires it; None where it has too many groups to be drawn.

    A broadcast, an outlet and a patrol team are no groups, and are not in the picture.
    """
    structure = scenario.structure
    if structure.plan.areas == "many" and structure.groups > MOST_GROUPS:
        return None
    graph = alert_graph(scenario, street_map)
    measures = structure_measures(graph)
    alt = text(
        language,
        "comparison.picture_alt",
        structure=structure_words(structure.id, language),
        map=map_words(measures, language),
        uppers=number(language, sum(channel["kind"] == "upper" for channel in measures["channels"])),
        stewards=number(language, len(measures["stewards"])),
    )
    small = small_structure_svg(graph, measures, language)
    large = structure_svg(graph, measures, street_map, language, told=False)
    return Drawing(small, large, alt, _joined(key_lines(measures, language)))


def _joined(lines: list[str]) -> list[str]:
    """Join lines that were broken to fit a picture; a heading, and what it stands above, are lines of their own."""
    told: list[str] = []
    for line in lines:
        goes_on = told and not line.isupper() and not told[-1].isupper() and not told[-1].endswith((".", ":", "…"))
        if goes_on:
            told[-1] += f" {line}"
        else:
            told.append(line)
    return told
