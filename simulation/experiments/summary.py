"""A comparison as one data frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.measures import UNITS

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.comparison import Comparison, Line
    from simulation.experiments.estimates import Estimate


def summary_of(comparison: Comparison) -> pd.DataFrame:
    """Put the lines of a comparison in a data frame, see `Comparison.summary`."""
    import pandas as pd

    return pd.DataFrame(
        {"effort": effort, **_row(comparison, line)} for effort, lines in comparison.lines.items() for line in lines
    )


def _row(comparison: Comparison, line: Line) -> dict[str, Any]:
    return {
        "measure": line.measure,
        "unit": UNITS[line.measure],
        "structure": comparison.design.conditions[line.condition].factors["structure"],
        "evenings": line.estimate.count,
        **_bounds("", line.estimate),
        "came": line.came.value if line.came else math.nan,
        **_bounds("difference_", line.difference),
        "p": line.p,
        "sure": line.sure,
    }


def _bounds(prefix: str, estimate: Estimate | None) -> dict[str, float]:
    """Give a number and its interval; the number itself is called `value`, or after the prefix."""
    names = (prefix.rstrip("_") or "value", f"{prefix}low", f"{prefix}high")
    values = (estimate.value, estimate.low, estimate.high) if estimate else (math.nan,) * 3
    return dict(zip(names, values, strict=True))
