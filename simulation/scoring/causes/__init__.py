"""The likely cause of an outcome, from the records of a trace and their causes.

Nothing here guesses: where the trace does not tell why something came about, the cause is `unknown`, and that is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.scoring.causes import calling, finding, messages
from simulation.scoring.causes.cause import Case, Cause, how_seen, seldom_seen
from simulation.scoring.rubric import is_above, is_met
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulation.scenario.conditions import Condition
    from simulation.scoring.facts import Facts
    from simulation.trace.log import Trace

    Search = Callable[[Case], Cause]


def _seen(case: Case) -> Cause:
    return how_seen(case.facts)


_TOO_MUCH: Mapping[str, Search] = {
    "first_sighting_s": _seen,
    **dict.fromkeys(("found_at_s", "all_found_at_s"), finding.found_late),
    "first_call_s": calling.no_call,
    "first_call_answered_s": calling.no_answer,
    **dict.fromkeys(("call_wait_mean_s", "call_wait_p90_s", "calls_abandoned", "calls_unfinished"), calling.waited),
    "calls_duplicate": calling.doubled,
    "bystander_emergency_calls": calling.other_number,
    "first_post_s": messages.no_post,
    "first_cross_group_s": messages.not_passed_on,
    "reach_half_s": messages.not_reached,
    "reach_false_share": messages.rumours,
    **dict.fromkeys(("messages_per_member_mean", "muted_share"), messages.noise),
    "challenges_wrong": finding.asked_others,
    "unsafe_approaches": finding.unsafe,
}
"""How to look for the cause where a measure is above its bound."""

_TOO_LITTLE: Mapping[str, Search] = {
    "first_sighting_s": _seen,
    "sightings": seldom_seen,
    **dict.fromkeys(("found", "suspects_found"), finding.found_late),
    **dict.fromkeys(("found_at_s", "all_found_at_s"), finding.how_found),
    "calls": calling.no_call,
    "calls_answered": calling.no_answer,
    "calls_prompted_by_message": calling.unprompted,
    "report_elements_mean": calling.thin_reports,
    **dict.fromkeys(("posts", "groups_active"), messages.no_post),
    **dict.fromkeys(("forwards", "relays"), messages.not_passed_on),
    "saar_order_share": messages.out_of_order,
    "posts_stating_called_share": messages.call_unsaid,
    **dict.fromkeys(("reach_share", "reach_members_share", "reach_useful_share"), messages.not_reached),
    "active_share": messages.stayed_in,
    "dispatches": finding.not_sent,
}
"""How to look for the cause where a measure is below its bound."""

_MET: Mapping[str, Search] = {
    "first_sighting_s": _seen,
    **dict.fromkeys(("found", "found_at_s", "all_found_at_s"), finding.how_found),
}
"""How to look for what helped where a goal is met."""


def likely_cause(trace: Trace, facts: Facts, condition: Condition, value: float) -> Cause | None:
    """Look for the likely cause of an outcome.

    Parameters
    ----------
    trace
        The evening.
    facts
        The same, indexed: all of it, or the game that the goal is about.
    condition
        The bounds of the goal.
    value
        The measure; moments from the start of the evening or the game, infinity for one that never came.

    Returns
    -------
    The cause; `unknown` where the trace does not tell why a goal was missed, None where it does not tell why one was met.
    """
    met, above = is_met(condition, value), is_above(condition, value)
    start_s, end_s = facts.start_us / MICROSECONDS, facts.end_us / MICROSECONDS
    due_s = start_s + condition.high if condition.unit == "moment" and condition.high is not None else end_s
    case = Case(trace, facts, condition.measure, due_s)
    search = (_MET if met else _TOO_MUCH if above else _TOO_LITTLE).get(condition.measure)
    cause = search(case) if search else Cause("unknown")
    return None if met and cause.key == "unknown" else cause
