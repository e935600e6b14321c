"""What the commands that play an evening share: its measures, and its goals rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.scenario.goals import Goal
    from simulation.trace.log import Trace


def scored(trace: Trace, goals: Sequence[Goal]) -> dict[str, Any]:
    """Give the measures of an evening, and its goals rated; null where it has none."""
    from simulation.scoring import score

    measures = score(trace)
    if not goals:
        return {**measures, "goals": None}
    from simulation.scoring.goals import rate

    return {**measures, "goals": rate(trace, measures, goals)}
