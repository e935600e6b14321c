"""The charts of an evening as files for documents: SVG, PNG for print, and a text for who does not see them.

Loads matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.reports.charts import write_chart
from simulation.reports.evening.charts import evening_charts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace


def write_figures(trace: Trace, score: Mapping[str, Any], street_map: StreetMap, language: str, folder: Path) -> int:
    """Write `NAME.svg`, `NAME.png` and `NAME.txt` of every chart of an evening.

    Parameters
    ----------
    trace, score, street_map, language
        As in `simulation.reports.evening.charts.evening_charts`.
    folder
        An empty folder.

    Returns
    -------
    How many charts there were.
    """
    charts = evening_charts(trace, score, street_map, language)
    for item in charts:
        write_chart(item.chart, [item.meaning], folder)
    return len(charts)
