"""Measures of spotting and calling: sightings, the temporary number, the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import first_s, mean, percentile
from simulation.scoring.lineage import BROADCAST, NEWS, prompted

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
        "challenges_wrong": sum(record.data["answer"] == "no" for record in facts.of("question")),
        "bystander_emergency_calls": len(every_call) - len(calls),
    }
