"""Measures of spotting and calling: sightings, the temporary number, the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import DECIMALS, first_s, mean, percentile
from simulation.scoring.lineage import BROADCAST, NEWS, prompted
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts


def calling(facts: Facts) -> dict[str, Any]:
    """Score sightings and calls. Calls to a real police number are counted apart and in nothing else."""
    sightings = [record for record in facts.of("sighting") if facts.is_true(record)]
    every_call = facts.of("call")
    calls = [record for record in every_call if record.data["number"] == "temporary"]
    answers, reports = facts.of("answer"), facts.of("report")
    abandoned = facts.of("abandoned")
    waits = [float(record.data["waited_s"]) for record in answers]
    return {
        "first_sighting_s": first_s(sightings),
        "first_call_s": first_s(calls),
        "first_call_answered_s": first_s(answers),
        "sightings": len(sightings),
        "calls": len(calls),
        "calls_answered": len(answers),
        "calls_abandoned": len(abandoned),
        "calls_unfinished": len(calls) - len(answers) - len(abandoned),
        "calls_duplicate": sum(bool(record.data["duplicate"]) for record in reports),
        "call_wait_mean_s": mean(waits),
        "call_wait_p90_s": percentile(waits, 90),
        "calls_prompted_by_message": sum(prompted(facts, call, NEWS) for call in calls),
        "calls_prompted_by_broadcast": sum(prompted(facts, call, BROADCAST) for call in calls),
        "report_elements_mean": mean([float(sum(map(bool, record.data["elements"].values()))) for record in reports]),
        "load_by_role": {"administrator": None, "officer": None, "desk": _desk_load(facts)},
        "challenges_wrong": sum(record.data["answer"] == "no" for record in facts.of("question")),
        "bystander_emergency_calls": len(every_call) - len(calls),
    }


def _desk_load(facts: Facts) -> dict[str, Any]:
    """Count what the desk did: conversations, decisions on broadcasts and on hints for want of reports, minutes of talk."""
    picked_up = {record.data["call"]: record.time_us for record in facts.of("answer")}
    talk_us = sum(
        record.time_us - picked_up[record.data["call"]] for record in facts.of("report") if record.data["call"] in picked_up
    )
    return {
        "messages": len(picked_up),
        "decisions": sum(record.data["reason"] == "too-few" for record in facts.of("hint")) + len(facts.of("broadcast")),
        "minutes": round(talk_us / (60 * MICROSECONDS), DECIMALS),
    }
