"""Goals rated: from a trace, its measures and some goals to met or not, by how much, a letter and the likely cause."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.errors import RunError
from simulation.measures import CAPABILITIES
from simulation.scoring.causes import likely_cause
from simulation.scoring.facts import DECIMALS, Facts
from simulation.scoring.rubric import is_met, letter, margin, result_letter, result_share
from simulation.scoring.whole import measures_of
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.scenario.goals import Goal
    from simulation.trace.log import Trace

    Row = dict[str, Any]

ENDLESS_IF = {"call_wait_mean_s": "calls", "call_wait_p90_s": "calls", "dispatch_to_scene_s": "dispatches"}
"""Lengths of time that are endless, not absent, where they did begin: there were calls, and none was answered."""


def rate(trace: Trace, measures: Mapping[str, Any], goals: Sequence[Goal]) -> Row:
    """Rate goals.

    Parameters
    ----------
    trace
        The evening, simulated or real.
    measures
        Its measures, as `score` gives them.
    goals
        The goals.

    Returns
    -------
    `rating`, `share` of all points, how many goals were `met` and how many `rated`; the same by capability under
    `capabilities`; and under `goals` a row for each, in the order of SAAR: `value` in the unit of the measure, moments of a
    game counted from its start; `margin`, what there was to spare, negative for what was missing; `rating`, None where there
    was nothing to rate.

    Raises
    ------
    RunError
        If a goal is about a game that the evening does not have.
    """
    _check_games(trace, goals)
    told = {game: _Played(trace, game, None if game else measures) for game in dict.fromkeys(goal.game for goal in goals)}
    rows = sorted((_row(told[goal.game], goal) for goal in goals), key=lambda row: CAPABILITIES.index(row["capability"]))
    by_capability = {row["capability"]: [one for one in rows if one["capability"] == row["capability"]] for row in rows}
    return {
        **_result(rows),
        "capabilities": {name: _result(chosen) for name, chosen in by_capability.items()},
        "goals": rows,
    }


class _Played:
    """What goals are compared with: the evening, or one game of it."""

    def __init__(self, trace: Trace, game: str | None, measures: Mapping[str, Any] | None) -> None:
        self.trace = trace
        self.facts = Facts(trace, game)
        self.since_s = self.facts.start_us / MICROSECONDS
        self.measures = measures_of(self.facts) if measures is None else measures

    def value(self, measure: str, unit: str) -> float | None:
        """Give a measure; infinity for a moment that never came, None where there was nothing to measure."""
        value = self.measures[measure]
        if value is not None:
            return round(value - self.since_s, DECIMALS) if unit == "moment" else float(value)
        endless = unit == "moment" or self.measures.get(ENDLESS_IF.get(measure, ""), 0)
        return math.inf if endless else None


def _check_games(trace: Trace, goals: Sequence[Goal]) -> None:
    """Refuse goals about a game that the evening does not have."""
    games = [record.data["game"] for record in trace.records if record.kind == "game"]
    unknown = next((goal.game for goal in goals if goal.game is not None and goal.game not in games), None)
    if unknown is not None:
        names = ", ".join(map(repr, games)) or "none"
        raise RunError(f"a goal is about the game {unknown!r}, which this evening does not have; its games: {names}")


def _row(played: _Played, goal: Goal) -> Row:
    """Rate one goal."""
    condition = goal.condition
    value = played.value(condition.measure, condition.unit)
    met = None if value is None else is_met(condition, value)
    cause = None if value is None else likely_cause(played.trace, played.facts, condition, value)
    return {
        "goal": str(condition),
        "title": goal.title,
        "measure": condition.measure,
        "game": goal.game,
        "since_s": played.since_s,
        "capability": goal.counts_for,
        "weight": goal.weight,
        "value": None if value is None or math.isinf(value) else value,
        "met": met,
        "margin": None if value is None else margin(condition, value),
        "rating": None if value is None else letter(condition, value),
        "cause": cause.as_row() if cause else None,
    }


def _result(rows: Sequence[Row]) -> Row:
    """Put goals together."""
    rated = [(row["rating"], row["weight"]) for row in rows if row["rating"] is not None]
    return {
        "rating": result_letter(rated),
        "share": result_share(rated),
        "met": sum(row["met"] is True for row in rows),
        "rated": len(rated),
        "of": len(rows),
    }
