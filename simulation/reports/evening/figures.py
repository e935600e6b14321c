"""The map and the charts of an evening as files for documents: SVG, PNG for print, and a text for who does not see them.

Loads matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.reports.charts import picture
from simulation.reports.evening.charts import evening_charts
from simulation.reports.evening.mapchart import map_chart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from simulation.maps.streetmap import StreetMap
    from simulation.reports.tabledchart import TabledChart
    from simulation.trace.log import Trace

FORMS = ("svg", "png")


def write_figures(trace: Trace, score: Mapping[str, Any], street_map: StreetMap, language: str, folder: Path) -> int:
    """Write `NAME.svg`, `NAME.png` and `NAME.txt` of the map and of every chart of an evening.

    Parameters
    ----------
    trace, score, street_map, language
        As in `simulation.reports.evening.charts.evening_charts`.
    folder
        An empty folder.

    Returns
    -------
    How many there were.
    """
    drawn = map_chart(trace, street_map, language)
    charts = [*([drawn] if drawn else []), *evening_charts(trace, score, street_map, language)]
    for item in charts:
        chart = item.chart
        for form in FORMS:
            (folder / f"{chart.name}.{form}").write_bytes(picture(chart.figure, form))
        (folder / f"{chart.name}.txt").write_text(_in_words(item), encoding="utf-8")
    return len(charts)


def _in_words(item: TabledChart) -> str:
    """Tell a chart: its title, what it shows, how that is counted, and its table with a tab between two cells."""
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in (item.head, *item.rows)]
    return "\n\n".join([item.chart.title, item.chart.alt, item.meaning, "\n".join(lines)]) + "\n"
