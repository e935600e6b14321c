"""Evenings that the engine and the ticking reference both play, and what is counted in them (contract C5)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.engine import build_worlds, play
from simulation.scenario.dispatch import Unit
from simulation.scenario.ground import Centre
from simulation.scenario.model import Act, Announced, Hint, Number, Pauses, Players, Residents, Structure
from tests.reference.evenings import STATISTICS
from tests.worlds import NO_LOOKALIKES, evening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.people.network import Network
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

    Array = np.ndarray[Any, np.dtype[Any]]
    Counts = Mapping[str, Array]

WATCHED = ("found", "first_sighting_s", "sightings", "posts")
"""What must agree in every case; the other statistics are compared where they do occur."""

NOBODY_ACTS = {
    "p_go_out_ordinary": 0.0,
    "p_go_out_player": 0.0,
    "p_challenge_player": 0.0,
    "p_follow": 0.0,
    "alerted_watch_factor": 1.0,
}
NO_DESK = {"callback_s": 1e6}
NOTHING_ODD = {"p_odd": 0.0, "p_address_unprimed": 0.0, "p_number_known": 1.0}
ACTS = (
    Act(name="voelt aan autodeuren", per_hour=20.0, duration_s=45.0),
    Act(name="kijkt naar binnen", per_hour=10.0, duration_s=20.0, conspicuousness=8.0),
)
NO_ROUNDS = {"p_round_walk": 0.0, "p_round_bike": 0.0}
STEPS = {
    # Only windows: homes, eyes on the street, noticing, recognising; then calling and posting.
    "windows": {"p_player_street": 0.0, "p_watch": 0.2, "p_watch_player": 0.2, **NOBODY_ACTS, **NO_ROUNDS},
    # Only moving observers, on foot and by bike.
    "streets": {
        "p_player_street": 0.8,
        "p_watch": 1e-4,
        "p_watch_player": 1e-4,
        "p_round_walk": 0.1,
        "p_round_bike": 0.1,
        **NOBODY_ACTS,
    },
    # One line and impatient callers; readers look out more and skip calls.
    "telephone and group": {
        "p_player_street": 0.1,
        "p_watch": 0.2,
        "p_watch_player": 0.2,
        "p_report_member": 0.8,
        "patience_mean_s": 30.0,
        **NOBODY_ACTS,
        "alerted_watch_factor": 5.0,
    },
    # A group that also talks about other things, so much that members mute it.
    "busy group": {
        "p_player_street": 0.1,
        "p_watch": 0.2,
        "p_watch_player": 0.2,
        "p_report_member": 0.8,
        **NOBODY_ACTS,
        "alerted_watch_factor": 5.0,
        "chatter_broad_per_hour": 120.0,
        "mute_tolerance_median_per_hour": 6.0,
        "muted_delay_factor": 3.0,
    },
    # Readers search, on foot or by bike, and most who see him in the street follow him and tell where he goes; nobody asks.
    "searching and following": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_search_bike": 0.4,
        "p_follow": 0.7,
        "follow_update_s": 60.0,
        "resight_s": 120.0,
    },
    # Passers-by and many residents on a round look like the suspect, who is a woman; some know each other. Players are told
    # nothing at first, and ask strangers.
    "mistakes": {
        "passersby_per_km": 2.0,
        "p_round_walk": 0.2,
        "p_round_bike": 0.1,
        "p_same_upper": 0.4,
        "p_same_lower": 0.4,
        "p_similar": 0.3,
        "p_misperceive": 0.5,
        "p_know_neighbour": 0.9,
        "know_half_size": 200.0,
        "p_ask_stranger": 0.3,
        "p_challenge_player": 0.4,
        "p_player_street": 0.5,
        "p_watch": 0.2,
    },
    # The suspect does something now and then, strikes some as odd, and stands still; many know of no exercise or no number.
    "acts": {
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_round_walk": 0.2,
        "p_round_bike": 0.05,
        "p_odd": 0.15,
        "act_factor": 4.0,
        "p_number_known": 0.5,
        "p_report_unprimed": 0.11,
        "p_address_unprimed": 0.5,
        "p_unsafe": 0.4,
        "p_challenge_player": 0.1,
        "resight_s": 120.0,
    },
    # The desk sends two units to where callers, some of a real number, saw the suspect or whom they took for him.
    "units": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_report_member": 0.8,
        "p_number_known": 0.7,
        "passersby_per_km": 1.0,
        "p_same_upper": 0.2,
        "p_same_lower": 0.2,
        "emergency_transfer_s": 60.0,
    },
    # The desk calls back who told it and his group; others follow the suspect, or tell only the one or the other.
    "callbacks": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_report_member": 0.8,
        "p_post_player": 0.4,
        "p_post_member": 0.4,
        "callback_s": 60.0,
        "skip_within_s": 60.0,
        "read_delay_ordinary_median_s": 180.0,
        "p_number_known": 0.7,
        "emergency_transfer_s": 60.0,
        "follow_update_s": 60.0,
        "resight_s": 120.0,
    },
    # Everything: readers go out, walkers walk up to the suspect and ask.
    "everything": {"p_challenge_player": 0.25, "p_player_street": 0.3, "p_watch": 0.2, "p_report_member": 0.8},
}


def scenario_of(step: str) -> Scenario:
    """Give an evening of twenty minutes with 100 residents, a quarter of whom play and have half of the description."""
    rounds = {"p_round_walk": 0.05, "p_round_bike": 0.03}
    mistakes, acts = step == "mistakes", step == "acts"
    suspect = {"description": {"upper": "rood", "lower": "blauw"} | ({"sex": "vrouw"} if mistakes else {})}
    suspect |= {"acts": ACTS, "pauses": Pauses(per_hour=10.0, duration_s=60.0)} if acts else {}
    return evening(
        {
            "p_household_member": 0.5 if acts else 0.9,
            "p_go_out_ordinary": 0.2,
            **NO_LOOKALIKES,
            **NOTHING_ODD,
            **NO_DESK,
            **rounds,
            **STEPS[step],
        },
        residents=Residents(count=100),
        players=Players(
            share=0.25, know=() if mistakes else ("upper",), announced=Announced(members=0.5 if acts else 1.0, others=0.3)
        ),
        number=Number(lines=1),
        units=tuple(Unit(name=name, base=Centre()) for name in ("Auto", "Fiets")) if step in {"units", "callbacks"} else (),
        structure=Structure(id="single-group", topics="broad" if step == "busy group" else "narrow"),
        suspect=suspect,
        game={"duration_s": 1200.0, "hints": (Hint(at_s=60.0, tell=("lower",)),)},
    )


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
        "departures": kinds["departure"],
        "chatter": sum(post.data["content"] == "chatter" for post in in_group),
        "mutings": sum(moment <= closed_us for moment in muted_us),
        "follows": kinds["follow"],
        "mistaken": sum(one != "suspect-1" for one in taken),
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
