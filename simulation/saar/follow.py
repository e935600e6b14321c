"""Following: keeping a suspect in sight from a distance, and telling one's group where he goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simulation.channels.messages import Message, Spot
from simulation.elementary import normal_quantile, whole_microseconds
from simulation.people.walks import along
from simulation.saar.app import post
from simulation.saar.respond import pace, take_way, whereabouts
from simulation.saar.trail import Manner, walk_behind

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from simulation.saar.notes import Outing, Sighting
    from simulation.saar.stage import Stage

_PLACE = ("place-east", "place-north")
"""Purposes of the draws of the error of a place that is told."""


@dataclass(frozen=True, eq=False, slots=True)
class Following:
    """Somebody who follows a suspect.

    Parameters
    ----------
    whom
        Number of the shadow.
    until
        When he stops by himself, seconds.
    outing
        His way; who is on another one does not follow any more.
    """

    whom: int
    until: float
    outing: Outing


def follow(stage: Stage, sighting: Sighting) -> None:
    """Follow a suspect whom one has recognised in the street, unless one is after another or cannot keep up with him.

    Whoever follows knows where he is, without noticing him again, and no message calls him away.
    """
    person, parameters = sighting.person, stage.parameters
    free = stage.outside(person) and stage.outings[person].news_s <= stage.now
    if not (sighting.recognised and free and stage.decide("follow", sighting) < parameters["p_follow"]):
        return
    shadow = stage.shadows[sighting.whom]
    until = whole_microseconds(min(stage.now + parameters["follow_s"], shadow.end, stage.end_s))
    hurried = max(stage.people.walk_speed.item(person) * parameters["hurry_factor"], pace(stage, person))
    manner = Manner(hurried, parameters["follow_m"], parameters["approach_s"])
    way = walk_behind(stage.network, shadow, whereabouts(stage, person), (stage.now, until), manner)
    if way is None:
        return
    data = {"suspect": shadow.key, "until_s": until}
    record = stage.log.add("follow", stage.name(person), stage.now, (sighting.record, sighting.cause("follow")), data)
    stage.pair(person, sighting.whom).since = whole_microseconds(until + parameters["resight_s"])
    outing = take_way(stage, person, way, (stage.now, until), (until, record), "follow")
    following = stage.following[person] = Following(sighting.whom, until, outing)
    stage.agenda.start(_keep_posting(stage, sighting, following, record))


def let_go(stage: Stage, suspect: int, cause: str) -> None:
    """Let those who follow a suspect go home, or walk on, now that he has been found or is gone."""
    for person, following in list(stage.following.items()):
        if following.whom == suspect and _still(stage, person, following):
            stage.pair(person, suspect).since = whole_microseconds(stage.now + stage.parameters["resight_s"])
            take_way(stage, person, along([], stage.now, 1.0), (stage.now, stage.now), (stage.now, cause), "follow")


def _still(stage: Stage, person: int, following: Following) -> bool:
    """Tell whether somebody still follows."""
    return stage.now < following.until and stage.outings.get(person) is following.outing


def _keep_posting(stage: Stage, sighting: Sighting, following: Following, record: str) -> Generator[simpy.Event, Any, None]:
    """Post now and then where he is, if one is in a group and posts about this sighting at all."""
    person, parameters = sighting.person, stage.parameters
    group, nth = stage.group_of.get(person), 0
    posts = stage.decide("post", sighting) < parameters["p_post_player" if stage.plays_now(person) else "p_post_member"]
    while group is not None and posts:
        yield stage.agenda.wait(parameters["follow_update_s"])
        with stage.hands(person).request() as free:
            yield free
            if not _still(stage, person, following):
                return
            nth += 1
            message = replace(_update(stage, sighting, nth), matter=f"{record}/{nth}")
            yield stage.agenda.wait(parameters["post_typing_s"])
            draws = (sighting.cause("post"), *(sighting.cause(purpose, nth) for purpose in _PLACE))
            post(stage, group, person, message, (record, *draws))


def _update(stage: Stage, sighting: Sighting, nth: int) -> Message:
    """Tell where he is now, with the error with which people tell places, and where he goes."""
    whom, error = sighting.whom, stage.parameters["place_error_m"]
    spot = stage.spot_of(whom, stage.now)
    east, north = (error * normal_quantile(stage.decide(purpose, sighting, nth)) for purpose in _PLACE)
    told = Spot(round(spot.x + east, 3), round(spot.y + north, 3), spot.street)
    seen = (told, stage.direction_of(whom, stage.now), stage.now, sighting.elements)
    return Message("sighting", sighting.suspect, *seen, true=whom == sighting.suspect)
