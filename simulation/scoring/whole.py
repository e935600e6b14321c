"""All measures of an evening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.measures import MEASURES
from simulation.scoring.calling import calling
from simulation.scoring.dispatching import dispatching
from simulation.scoring.facts import Facts
from simulation.scoring.finding import finding
from simulation.scoring.load import load
from simulation.scoring.messages import messages
from simulation.scoring.reach import reach

if TYPE_CHECKING:
    from simulation.trace.log import Trace


def score(trace: Trace) -> dict[str, Any]:
    """Score an evening.

    Parameters
    ----------
    trace
        The evening, simulated or real.

    Returns
    -------
    The measures of `MEASURES`, in that order. Times are seconds from the start of play; None where it never happened, and for
    shares of nobody. Derived values are rounded to six decimals.
    """
    return measures_of(Facts(trace))


def measures_of(facts: Facts) -> dict[str, Any]:
    """Score what some facts hold: a whole evening, or one game of it. Times count from the start of the evening."""
    parts = {**finding(facts), **calling(facts), **dispatching(facts), **messages(facts), **load(facts), **reach(facts)}
    return {measure.key: parts.pop(measure.key) for measure in MEASURES}
