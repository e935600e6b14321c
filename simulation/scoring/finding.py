"""Measures of finding: who was found, when and by whom. Found is the question put to a suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import first_s, seconds

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


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
        "games": [_game(facts, game) for game in facts.every("game")],
    }


def _questions(facts: Facts, suspect: str) -> list[Record]:
    """Give the questions put to a suspect."""
    return [record for record in facts.of("question") if record.data["asked"] == suspect]


def _suspect(facts: Facts, suspect: str) -> dict[str, Any]:
    """Score one suspect."""
    questions = _questions(facts, suspect)
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


def _game(facts: Facts, game: Record) -> dict[str, Any]:
    """Score one game."""
    name = game.data["game"]
    end = next((record for record in facts.every("game_end") if record.data["game"] == name), None)
    last_us = end.time_us if end else facts.end_us
    asked = [
        record
        for suspect in game.data["suspects"]
        for record in _questions(facts, suspect)
        if game.time_us <= record.time_us <= last_us
    ]
    return {
        "game": name,
        "started_s": seconds(game.time_us),
        "ended_s": seconds(end.time_us) if end else None,
        "ended_by": end.data["reason"] if end else None,
        "found": bool(asked),
        "found_at_s": first_s(asked),
        "suspects_found": len({record.data["asked"] for record in asked}),
    }
