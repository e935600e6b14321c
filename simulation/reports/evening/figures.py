"""The map and the charts of an evening as files for documents: SVG, PNG for print, and a text for who does not see them.

Loads matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.reports.charts import write_chart
from simulation.reports.evening.charts import evening_charts
from simulation.reports.evening.mapchart import map_chart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from simulation.maps.streetmap import StreetMap
    from simulation.reports.tabledchart import TabledChart
    from simulation.trace.log import Trace


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
        write_chart(item.chart, [item.meaning, _table_lines(item)], folder)
    return len(charts)


def _table_lines(item: TabledChart) -> str:
    """Give the table of a chart as lines, with a tab between two cells."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in (item.head, *item.rows))
