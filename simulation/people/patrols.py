"""Patrol teams (buurtpreventieteams): volunteers who go round the streets in vests, by a roster, wherever chance takes them.

The vest tells everybody that they are no suspects. What a suspect makes of it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key, uniforms
from simulation.elementary import whole_microseconds
from simulation.people.households import ADULT
from simulation.people.playareas import play_areas
from simulation.people.roaming import Span, reached, way_in
from simulation.people.rounds import Stroll, doors_of, on_rounds
from simulation.people.walks import Walks, after_each_other, along, joined, wander

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.playareas import PlayArea
    from simulation.people.population import People
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.int64]
    Points = tuple[Indices, Floats]


class Duty(NamedTuple):
    """Who is on duty this evening.

    Parameters
    ----------
    who
        (M,) their indices, rising.
    riding
        (M,) who goes by bicycle.
    begin, until
        (M,) seconds between which each goes round; then he goes home.
    """

    who: Indices
    riding: Flags
    begin: Floats
    until: Floats


def team_of(people: People, parameters: Mapping[str, float], seed: int) -> Indices:
    """Choose the members of the patrol team of a world, rising: adults, those with the lowest keyed numbers."""
    adults = np.flatnonzero((people.age >= ADULT) & people.resident)
    return _lowest(people, adults, (seed, "patrol-team"), round(parameters["patrol_members"]))


def on_duty(people: People, scenario: Scenario, seed: int, team: Indices) -> Duty:
    """Draw the roster of an evening: who of the team goes round, and when.

    Nobody does who is away, plays in the street or goes on a round of his own. A round begins at any moment, so that at every
    moment of the evening as many are expected to be out.
    """
    parameters, end_s = scenario.parameters, scenario.duration_s
    free = people.at_home.copy()
    for _, who in on_rounds(people, scenario, [seed]):
        free[who] = False
    number = round(parameters["patrol_duty_share"] * round(parameters["patrol_members"]))
    who = _lowest(people, team[free[team]], (seed, "patrol-duty"), number)
    length = parameters["patrol_round_s"]
    moment = _draw(people, who, (seed, "patrol-start"))
    begin = whole_microseconds(moment * (end_s + length) - length)
    riding = _draw(people, who, (seed, "patrol-bike")) < parameters["p_patrol_bike"]
    return Duty(who, riding, begin, whole_microseconds(begin + length))


def patrols(people: People, network: Network, scenario: Scenario, seed: int, duty: Duty) -> dict[int, Stroll]:
    """Draw where those on duty go round, by their indices.

    They go about at random in the area of the game that started last, and before that in that of the first one; then home.
    """
    who, riding, begin, until = duty
    if not len(who):
        return {}
    speed = np.where(riding, people.bike_speed[who], people.walk_speed[who])
    place, parts = doors_of(people, network, who), list[Walks]()
    starts = [-np.inf, *(game.start_s for game in scenario.games[1:]), np.inf]
    for number, area in enumerate(play_areas(scenario, network)):
        low, high = (np.clip(moment, begin, until) for moment in starts[number : number + 2])
        ways, place, low = _ways_in(area, place, (low, high), speed)
        stream = np.full(len(who), stream_key(seed, f"patrol-{number + 1}-turn"), np.uint64)
        streets = network if area is None else area.network
        going = wander(streets, (stream, people.key[who]), place, (low, high), speed)
        place = reached(going, place, network.edge_length)
        parts += [ways, going]
    home = list[Walks]()
    for here, door, moment, pace in zip(
        _points(place), _points(doors_of(people, network, who)), until.tolist(), speed.tolist(), strict=True
    ):
        home.append(along(network.way(here, door)[0], moment, pace))
    walks = _from_the_start(after_each_other([*parts, joined(home)]))
    last = [way.until.max(initial=end) for way, end in zip(home, until.tolist(), strict=True)]
    back = whole_microseconds(np.array(last, np.float64))
    return {
        person: Stroll(walks, owner, begin.item(owner), back.item(owner), riding.item(owner))
        for owner, person in enumerate(who.tolist())
    }


def _ways_in(area: PlayArea | None, place: Points, span: tuple[Floats, Floats], speed: Floats) -> tuple[Walks, Points, Floats]:
    """Let each go into an area: give the ways, where they lead, and when each is there or his span of time is over."""
    if area is None:
        return joined([along([], 0.0, 1.0)] * len(speed)), place, span[0]
    low, high = (column.tolist() for column in span)
    found = [
        way_in(Span(begin, end, area), begin, point, pace)
        for point, begin, end, pace in zip(_points(place), low, high, speed.tolist(), strict=True)
    ]
    ways, points, arrivals = zip(*found, strict=True)
    edge, at = zip(*points, strict=True)
    return joined(ways), (np.array(edge, np.int64), np.array(at, np.float64)), np.array(arrivals, np.float64)


def _from_the_start(walks: Walks) -> Walks:
    """Leave out what was over before the evening began."""
    kept = walks.until > 0.0
    before = np.concatenate([[0], np.cumsum(kept)])
    begin, end, time, speed = (column[kept] for column in (walks.begin, walks.end, walks.time, walks.speed))
    return Walks(before[walks.of_owner], walks.dart[kept], begin, end, time, speed)


def _points(place: Points) -> list[tuple[int, float]]:
    return list(zip(*(column.tolist() for column in place), strict=True))


def _lowest(people: People, some: Indices, draw: tuple[int, str], count: int) -> Indices:
    """Take those of some people who draw the lowest numbers; give them rising."""
    return np.sort(some[np.argsort(_draw(people, some, draw), kind="stable")[:count]])


def _draw(people: People, some: Indices, draw: tuple[int, str]) -> Floats:
    """Draw a number for each of some people; `draw` is the seed and the purpose."""
    return uniforms(stream_key(*draw), people.key[some]) if len(some) else np.zeros(0)
