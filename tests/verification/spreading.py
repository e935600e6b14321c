"""Propagation only: given messages go through given groups; nobody moves, sees anything, mutes a group or goes out.

No game is played, so that none stops; forwarding knows no limits unless asked for. Made of a stage and what posts on it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.channels.messages import Message, Spot
from simulation.engine.evening import _stage
from simulation.engine.wiring import wire
from simulation.engine.world import build_worlds
from simulation.people.network import Network
from simulation.saar.app import post
from simulation.scenario.model import Players, Structure
from tests.worlds import LOOSE_ENDS, House, evening, street_map

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from simulation.engine.world import World
    from simulation.saar.stage import Stage

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STILL = LOOSE_ENDS | {
    "p_household_member": 1.0,
    "p_go_out_ordinary": 0.0,
    "mute_tolerance_median_per_hour": 1000.0,
    "chats_per_forward": 1000.0,
    "chats_per_reforward": 1000.0,
}
"""One adult in each home, a member, at home; nobody minds how many messages come; all is passed on at once."""


RELAY_S = 30.0
PASSING_ON = {
    "p_steward_available": 1.0,
    "p_admin_forward": 1.0,
    "judgement_shared": 0.0,
    "forward_half_m": 1e5,
    "forward_half_s": 1e6,
    "forward_vague_factor": 1.0,
    "admin_relay_median_s": RELAY_S,
    "admin_relay_sigma": 0.0,
    "read_delay_ordinary_median_s": 90.0,
    "read_delay_ordinary_sigma": 0.8,
}
"""Whoever sits in two groups passes on what he reads, `RELAY_S` later."""


class Given(NamedTuple):
    """A message that somebody posts in his own group: his number, and when, seconds."""

    author: int
    time: float
    message: Message


def sighting(x: float, seen_s: float = 0.0, number: int = 1) -> Message:
    """Tell of the how-many-th sighting of all that a suspect was seen there and then, and that the number was called."""
    return Message("sighting", 0, Spot(x, 0.0, "Laan"), None, seen_s, called=True, matter=f"sighting:given:{number}")


@cache
def network_of(homes: int) -> Network:
    """Give a street with a home every 20 m."""
    houses = [House((10.0 + 20.0 * number, 10.0), "Laan", str(number)) for number in range(homes)]
    return Network(street_map({"Laan": [(0.0, 0.0), (20.0 * homes + 10.0, 0.0)]}, houses))


def world_of(homes: int, duration_s: float, parameters: dict[str, float], **structure: Any) -> World:
    """Draw a world in which nobody plays."""
    scenario = evening(
        STILL | parameters,
        players=Players(count=0),
        structure=Structure(**structure),
        start_s=0.0,
        game={"duration_s": duration_s, "stop": "time"},
    )
    return build_worlds(scenario, network_of(homes), [0])[0]


def stage_of(world: World, seed: int, silent: Flags | None = None) -> Stage:
    """Set the stage of a world with the same people, whose roles, phones and judgements are those of another seed.

    `silent` tells who has groups muted, instead of those of the world.
    """
    here = world.here
    if silent is not None:
        muted = np.zeros(len(here.key), bool)
        muted[here.resident] = silent
        here = replace(here, muted=muted)
    changed = replace(world, seed=seed, here=here)
    stage = _stage(changed, wire(changed))
    stage.gone_at = dict.fromkeys(range(len(stage.shadows)), 0.0)  # so nobody looks out for anybody
    return stage


def spread(stage: Stage, *given: Given) -> Floats:
    """Let messages be posted and go their way; give for each when each resident first knows it, infinite for never."""
    for author, time, message in given:
        stage.agenda.at(time, post, stage, stage.group_of[author], author, message, ("fact:games",))
    stage.agenda.run()
    assert {record.kind for record in stage.log.trace({}).records} <= {"post", "judgement"}
    return np.array([known_at(stage, one)[stage.people.resident] for one in given])


def known_at(stage: Stage, given: Given) -> Floats:
    """Give when each person first reads a message wherever it went; its author knows it from the start."""
    moments = np.array([posted.read_at for posted in stage.posts if posted.matter == given.message.matter]).min(axis=0)
    moments[given.author] = given.time
    return moments
