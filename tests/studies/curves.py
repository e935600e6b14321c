"""Curves: which share of the evenings has come so far after how many minutes, with marks for evenings that were held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from tests.studies.cases import Case
    from tests.studies.study import Array

    Panel = tuple[str, Array, tuple[Sequence[Case], Sequence[Case]]]

INK, MARK = "#1f4e79", "#b23a00"


def draw(panels: Sequence[Panel], longest_min: float, path: Path) -> None:
    """Draw a curve in each panel, with filled marks for the first cases and open ones for the others."""
    figure = Figure(figsize=(8.0, 3.4), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (title, minutes, cases) in zip(figure.subplots(1, len(panels), sharey=True), panels, strict=True):
        _curve(axes, minutes, longest_min)
        for filled, some in zip((True, False), cases, strict=True):
            _marks(axes, some, filled=filled)
        axes.set(title=title, xlabel="minutes after the start", xlim=(0.0, longest_min), ylim=(0.0, 1.02))
    figure.axes[0].set_ylabel("share of the evenings")
    figure.savefig(path, metadata={"Software": None})


def _curve(axes: Axes, minutes: Array, longest_min: float) -> None:
    share = np.arange(1, len(minutes) + 1) / len(minutes)
    error = 1.96 * np.sqrt(share * (1.0 - share) / len(minutes))
    ranked = np.minimum(np.sort(minutes), 2.0 * longest_min)
    axes.fill_between(ranked, share - error, share + error, step="post", color=INK, alpha=0.25, linewidth=0.0)
    axes.step(ranked, share, where="post", color=INK)
    axes.grid(alpha=0.3)


def _marks(axes: Axes, cases: Sequence[Case], *, filled: bool) -> None:
    """Mark the told times on the line at one half; an arrow to the left where it took that long at most."""
    for case in cases:
        for minutes in case.minutes:
            shape = "<" if case.at_most else "o"
            axes.plot(minutes, 0.5, shape, color=MARK, markerfacecolor=MARK if filled else "white", markersize=7)
            axes.annotate(case.place, (minutes, 0.5), (3, 7), textcoords="offset points", rotation=50, fontsize=7)
