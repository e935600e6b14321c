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
    """Draw in each panel the curve of the model, with filled marks for the first cases and open ones for the others."""
    figure = Figure(figsize=(8.0, 3.6), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (title, minutes, cases) in zip(figure.subplots(1, len(panels), sharey=True), panels, strict=True):
        _curve(axes, minutes, longest_min)
        _marks(axes, cases)
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


def _marks(axes: Axes, cases: tuple[Sequence[Case], Sequence[Case]]) -> None:
    """Mark the told times at their rank among themselves, as the curve does with the model's; an arrow for a bound."""
    told = [
        (minutes, case, filled)
        for filled, some in zip((True, False), cases, strict=True)
        for case in some
        for minutes in case.minutes
    ]
    for rank, (minutes, case, filled) in enumerate(sorted(told, key=lambda one: (one[0], one[1].place))):
        height = (rank + 0.5) / len(told)
        shape = {"at most": "<", "at least": ">"}.get(case.bound, "o")
        axes.plot(minutes, height, shape, color=MARK, markerfacecolor=MARK if filled else "white", markersize=7)
        axes.annotate(case.place, (minutes, height), (8, -3), textcoords="offset points", fontsize=8)
