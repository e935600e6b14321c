"""Measures of each game: what was found, seen and reported of its own suspects while it was on, and who won its prize."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import first_s, seconds, share

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


def games(facts: Facts) -> list[dict[str, Any]]:
    """Score each game alone."""
    return [_game(facts, game) for game in facts.every("game")]


def questions_to(facts: Facts, suspect: str) -> list[Record]:
    """Give the questions put to a suspect."""
    return [record for record in facts.of("question") if record.data["asked"] == suspect]


def uncovered_share(facts: Facts) -> float | None:
    """Give the share of the suspects' ways that lies in streets which no group covers; None where groups cover all."""
    covered, uncovered = (
        sum(float(record.data[name]) for record in facts.of("cover")) for name in ("covered_m", "uncovered_m")
    )
    return share(uncovered, covered + uncovered)


def _game(facts: Facts, game: Record) -> dict[str, Any]:
    """Score one game; a call belongs to the game in which was seen what it is about, whenever it is answered."""
    name, suspects = game.data["game"], game.data["suspects"]
    end = next((record for record in facts.every("game_end") if record.data["game"] == name), None)
    last_us = end.time_us if end else facts.end_us
    asked = [
        record for suspect in suspects for record in questions_to(facts, suspect) if game.time_us <= record.time_us <= last_us
    ]
    first = min(asked, key=lambda record: record.time_us, default=None)
    calls = {
        record.id
        for record in facts.of("call")
        if record.data["number"] == "temporary" and game.time_us <= facts.by_id[record.data["sighting"]].time_us < last_us
    }
    return {
        "game": name,
        "started_s": seconds(game.time_us),
        "ended_s": seconds(end.time_us) if end else None,
        "ended_by": end.data["reason"] if end else None,
        "found": bool(asked),
        "found_at_s": first_s(asked),
        "suspects_found": len({record.data["asked"] for record in asked}),
        "winner": first.who if first else None,
        "prize": game.data["prize"],
        "sightings": sum(record.data["suspect"] in suspects for record in facts.of("sighting")),
        "calls": len(calls),
        "calls_answered": sum(record.data["call"] in calls for record in facts.of("answer")),
    }
