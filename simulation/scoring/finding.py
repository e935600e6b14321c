"""Measures of finding: who was found, when and by whom. Found is the question put to a suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import first_s, seconds
from simulation.scoring.games import games, questions_to, uncovered_share

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts


def finding(facts: Facts) -> dict[str, Any]:
    """Score the finding of all suspects together, and of each."""
    rows, addresses = [_suspect(facts, suspect) for suspect in facts.suspects], facts.of("address")
    times = [row["found_at_s"] for row in rows if row["found"]]
    first = min((row for row in rows if row["found"]), key=lambda row: float(row["found_at_s"]), default=None)
    return {
        "found": bool(times),
        "found_at_s": min(times, default=None),
        "all_found_at_s": max(times) if rows and len(times) == len(rows) else None,
        "suspects_found": len(times),
        "found_by": first["found_by"] if first else None,
        "addressed_at_s": first_s([record for record in addresses if record.data["addressed"] in facts.suspects]),
        "unsafe_approaches": sum(bool(record.data["unsafe"]) for record in addresses),
        "suspects": rows,
        "games": games(facts),
        "uncovered_way_share": uncovered_share(facts),
        "dark_from_s": first_s(facts.of("dark")),
    }


def _suspect(facts: Facts, suspect: str) -> dict[str, Any]:
    """Score one suspect."""
    questions = questions_to(facts, suspect)
    first = min(questions, key=lambda record: record.time_us, default=None)
    found = next((record for record in facts.of("found") if record.who == suspect), None)
    sightings = [record for record in facts.of("sighting") if record.data["suspect"] == suspect]
    return {
        "suspect": suspect,
        "found": first is not None,
        "found_at_s": seconds(first.time_us) if first else None,
        "found_by": (found.data["found_by"] if found else "resident") if first else None,
        "finder": first.who if first else None,
        "sightings": len(sightings),
        "first_sighting_s": first_s(sightings),
    }
