"""A chart and the table that it is drawn from: who cannot see the one reads the other. Loads matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.language.forms import DAY_S, clock
from simulation.units import parse_clock

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulation.reports.charts import Chart

MOST_TICKS = 8
TICKS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
"""Minutes between two moments that an axis names."""


@dataclass(frozen=True, slots=True)
class TabledChart:
    """A chart with its table.

    Parameters
    ----------
    chart
        The picture with its words.
    meaning
        What it shows, and how that is counted.
    head
        Names of the columns.
    rows
        The numbers that are drawn, for readers.
    timed
        Whether each row begins with a clock time.
    """

    chart: Chart
    meaning: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    timed: bool = False


def clock_axis(axes: Axes, start: str, end_s: float) -> None:
    """Let an axis run over an evening, and name round clock times on it.

    Parameters
    ----------
    axes
        The axes.
    start
        Clock time at the start of play.
    end_s
        End of the axis, seconds from the start of play.
    """
    step_s = 60.0 * next((ticks for ticks in TICKS_MIN if end_s / 60 / ticks <= MOST_TICKS), end_s / 60 / MOST_TICKS)
    first_s = -parse_clock(start) % DAY_S % step_s
    moments = [first_s + index * step_s for index in range(int((end_s - first_s) // step_s) + 1)] if end_s >= first_s else []
    axes.set_xlim(0.0, end_s)
    axes.set_xticks(moments, [clock(start, moment)[:-3] for moment in moments])
