"""A stage on which nothing has happened yet, to let single people act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.channels.messages import Message, Spot
from simulation.draws import combine_one
from simulation.engine.evening import _stage
from simulation.engine.wiring import wire
from simulation.engine.world import build_worlds
from simulation.people.network import Network
from simulation.saar.notes import Posted, Sighting
from simulation.scenario.model import Announced, Number, Players, Structure
from tests.worlds import LOOSE_ENDS, House, evening, street_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.saar.stage import Stage
    from simulation.trace.records import Record

TELLING = ("who", "what", "where", "when", "how", "whereto")
ALWAYS = {
    **LOOSE_ENDS,
    "p_household_member": 1.0,
    "p_report_player": 1.0,
    "p_report_member": 1.0,
    "p_post_player": 1.0,
    "p_post_member": 1.0,
    "p_post_called_stated": 1.0,
    "p_player_street": 0.0,
    "p_go_out_player": 0.0,
    "p_go_out_ordinary": 0.0,
    "p_watch": 0.01,
    "p_watch_player": 0.01,
    "p_home": 1.0,
    "patience_mean_s": 1e6,
    "call_hold_mean_s": 75.0,
    "place_error_m": 0.0,
    "p_ask_stranger": 0.0,
    **{f"p_tell_{element}": 1.0 for element in TELLING},
}
"""Everybody is at home and a member, and calls and posts whatever he sees; a conversation lasts 75 s."""

STREETS = {"West": [(0.0, 0.0), (600.0, 0.0)], "Oost": [(600.0, 0.0), (1200.0, 0.0)], "Zij": [(600.0, 0.0), (600.0, 400.0)]}
HOUSES = [House((20.0 + 60.0 * number, 12.0), "West", str(number)) for number in range(9)]


def stage_of(parameters: Mapping[str, float] | None = None, seed: int = 1, **changes: Any) -> Stage:
    """Set a stage with nine houses along a street, one adult player in each; nobody sees anything by himself."""
    usual = {
        "players": Players(share=1.0, announced=Announced()),
        "structure": Structure(id="single-group"),
        "number": Number(lines=9),
    }
    scenario = evening({**ALWAYS, **(parameters or {})}, **(usual | changes))
    (world,) = build_worlds(scenario, Network(street_map(STREETS, HOUSES)), [seed])
    stage = _stage(world, wire(world))
    stage.route_of["suspect-1"] = "route:suspect-1:1"
    stage.on_look = lambda *_: None
    return stage


def sees(stage: Stage, person: int, *, x: float = 300.0, recognised: bool = True) -> Sighting:
    """Let a person have seen the suspect just now."""
    pair, name = stage.pair(person, 0), stage.name(person)
    pair.sightings += 1
    key, place = combine_one(pair.key, pair.sightings), Spot(x, 0.0, "West")
    about = f"{name}/suspect-1/{pair.sightings}"
    return Sighting(f"sighting:{name}:1", about, key, person, 0, 0, stage.now, place, 0.5, recognised, ("upper",))


def has_posted(stage: Stage, *, ago_s: float, x: float, called: bool = True, channel: str = "group-1") -> Posted:
    """Let a message of another person have been sent and read some time ago."""
    message = Message("sighting", 0, Spot(x, 0.0, "West"), 0.0, stage.now - ago_s, ("upper",), called=called)
    read_at = np.full(len(stage.people.key), stage.now - ago_s)
    posted = Posted(f"post:other:{len(stage.posts) + 1}", channel, "other", stage.now - ago_s, message, read_at)
    stage.keep(posted)
    return posted


def records(stage: Stage, *kinds: str) -> list[Record]:
    """List what was written down, of some kinds."""
    return [record for record in stage.log.trace({}).records if record.kind in kinds]
