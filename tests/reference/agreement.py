"""Evenings that the engine and the ticking reference both play, and what is counted in them (contract C5)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.engine import build_worlds, play
from tests.reference.evenings import STATISTICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.people.network import Network
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

    Array = np.ndarray[Any, np.dtype[Any]]
    Counts = Mapping[str, Array]

WATCHED = ("found", "first_sighting_s", "sightings", "posts")
"""What must agree in every case; the other statistics are compared where they do occur."""


def counted(trace: Trace, end_s: float) -> dict[str, float]:
    """Count in a trace what the reference counts."""
    kinds = Counter(record.kind for record in trace.records)
    closed_us = trace.records[-1].time_us
    in_group = [record for record in trace.records if record.kind == "post" and record.who != "organiser"]
    posts = [post for post in in_group if post.data["content"] == "sighting"]
    muted_us = [moment * 1e6 for record in trace.records if record.kind == "mute" for moment in record.data["from_s"].tolist()]
    taken = [record.data["suspect"] for record in trace.records if record.kind == "sighting"]
    seen_by = Counter(record.data["by"] for record in trace.records if record.kind == "sighting")
    return {
        "found": kinds["found"],
        "first_sighting_s": min((record.time_s for record in trace.records if record.kind == "sighting"), default=end_s),
        "sightings": kinds["sighting"],
        "posts": len(posts),
        "calls": kinds["call"],
        "answers": kinds["answer"],
        "abandoned": kinds["abandoned"],
        "skips": kinds["skip"],
        "reads": sum(int((post.data["read_s"] * 1e6 <= closed_us).sum()) for post in in_group),
        "reached": len({reader for post in posts for reader in post.data["readers"][post.data["read_s"] * 1e6 <= closed_us]}),
        "busiest": max(Counter(post.data["channel"] for post in in_group if _of_residents(post)).values(), default=0),
        "judgements": kinds["judgement"],
        "forwards": sum(record.kind == "judgement" and record.data["verdict"] == "passes-on" for record in trace.records),
        "departures": kinds["departure"],
        "chatter": sum(post.data["content"] == "chatter" for post in in_group),
        "mutings": sum(moment <= closed_us for moment in muted_us),
        "follows": kinds["follow"],
        "mistaken": sum(not one.startswith("suspect-") for one in taken),
        "neighbours": sum(not one.startswith(("suspect-", "passer-by-")) for one in taken),
        "wrong_questions": sum(record.kind == "question" and record.data["answer"] == "no" for record in trace.records),
        "acts_seen": seen_by["act"],
        "odd": seen_by["presence"],
        "addresses": kinds["address"],
        "unsafe": sum(record.data["unsafe"] for record in trace.records if record.kind == "address"),
        "emergency_calls": sum(record.data["number"] == "emergency" for record in trace.records if record.kind == "call"),
        "reports": kinds["report"],
        "duplicates": sum(record.data["duplicate"] for record in trace.records if record.kind == "report"),
        "dispatches": kinds["dispatch"],
        "seen_by_unit": sum(record.kind == "sighting" and record.who.startswith("unit-") for record in trace.records),
        "found_by_unit": sum(record.kind == "found" and record.data["found_by"] == "unit" for record in trace.records),
        "callbacks": kinds["callback"],
        "news_for_desk": sum(record.data["heard"] is not None for record in trace.records if record.kind == "callback"),
        "news_for_group": sum(record.data["told"] is not None for record in trace.records if record.kind == "callback"),
        "strangers": sum(record.kind == "question" and record.causes[0].startswith("route:") for record in trace.records),
    }


def _of_residents(post: Record) -> bool:
    """Tell whether a message stands in a residents' group, and not because the evening is over."""
    return bool(post.data["channel"].startswith("group-") and post.data["content"] != "close")


def simulated(network: Network, scenario: Scenario, worlds: int) -> Counts:
    """Let the engine play an evening in many worlds; give each statistic in each world."""
    rows = []
    for first in range(0, worlds, 48):
        drawn = build_worlds(scenario, network, range(first, min(first + 48, worlds)))
        rows += [counted(play(world), scenario.duration_s) for world in drawn]
    return {name: np.array([row[name] for row in rows], float) for name in STATISTICS}


def scores(mine: Counts, his: Counts, rare: float) -> dict[str, float]:
    """Give the difference of each statistic in standard errors; not of those that happen too rarely to tell."""
    found = {}
    for name in STATISTICS:
        error = np.sqrt(sum(one[name].var(ddof=1) / len(one[name]) for one in (mine, his)))
        if name in WATCHED or min(mine[name].sum(), his[name].sum()) >= rare:
            found[name] = float(mine[name].mean() - his[name].mean()) / float(error or 1.0)
    return found
