"""Responding: going out after a message, walking up to somebody, and the question that ends the hunt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.messages import NOWHERE, Message, Spot
from simulation.elementary import whole_microseconds
from simulation.people.roaming import Span, spans_of, way_in
from simulation.people.rounds import Stroll
from simulation.people.routes import walk_data
from simulation.people.walks import after_each_other, along
from simulation.saar.notes import Outing
from simulation.saar.notice import new_ways
from simulation.saar.pursuit import catch_up
from simulation.saar.question import address, put_question
from simulation.saar.search import plan_search
from simulation.saar.strangers import meet_strangers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.walks import Walks
    from simulation.saar.notes import Posted, Sighting
    from simulation.saar.stage import Stage

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Point = tuple[int, float]
    Step = tuple[int, float, float]


CALLS_OUT = ("sighting", "hint")
"""Messages that let people go out, if they name a place; a broadcast never asks that."""


def call_out(stage: Stage, posted: Posted) -> None:
    """Let those who read a message go to the place it names, if they are willing, near enough and in time."""
    if posted.message.place is None:
        return
    people = np.flatnonzero(_in_time(stage, posted, posted.read_at) & stage.ever_willing)
    near = _metres_from_door(stage, people, posted.message.place) < stage.parameters["go_out_within_m"]
    for person, close in zip(people.tolist(), near.tolist(), strict=True):
        if close or person in stage.outings or person in stage.strolls:
            _plan_to_go(stage, person, posted, close=close)


def _in_time(stage: Stage, posted: Posted, read_at: Floats) -> Flags:
    """Tell who reads a message while its news is fresh."""
    fresh = read_at - (posted.message.seen_s or 0.0) < stage.parameters["go_out_within_s"]
    return np.asarray(fresh & (read_at < stage.end_s))


def _metres_from_door(stage: Stage, people: Indices, place: Spot) -> Floats:
    doors = stage.network.door_xy[stage.people.home[people]]
    across, up = doors[:, 0] - place.x, doors[:, 1] - place.y
    return np.asarray(np.sqrt(across * across + up * up))


def _plan_to_go(stage: Stage, person: int, posted: Posted, *, close: bool) -> None:
    """Enter in the agenda that somebody reads a message, if he can then be near enough to go where it says.

    That follows from what he plans now: at home if his door is `close`, on the way if he will be out and can be called
    elsewhere. When his plans change, `_reconsider` looks again.
    """
    read_at, outing = posted.read_at.item(person), stage.outings.get(person)
    stroll = stage.strolls.get(person) if outing is None else outing.stroll
    if stroll is not None and stroll.begin <= read_at < stroll.until:
        here = stroll.way.place_at(read_at, stage.network.edge_length)
        close = stage.at_large(person) and _near_enough(stage, here, posted.message.place or NOWHERE)
    if close:
        stage.agenda.at(read_at, _set_out, stage, person, posted)


def _near_enough(stage: Stage, here: Point, place: Spot) -> bool:
    return Spot(*stage.network.position(*here), "").metres_to(place) < float(stage.parameters["go_out_within_m"])


def _reconsider(stage: Stage, person: int) -> None:
    """Plan anew, for somebody who changed his plans, to go where messages say that he has not read yet."""
    index = np.array([person])
    for posted in stage.posts:
        place, read_at = posted.message.place, posted.read_at[index]
        if posted.message.content not in CALLS_OUT:
            continue
        if place is not None and read_at.item() > stage.now and _in_time(stage, posted, read_at).item():
            close = _metres_from_door(stage, index, place).item() < stage.parameters["go_out_within_m"]
            _plan_to_go(stage, person, posted, close=close)


def _set_out(stage: Stage, person: int, posted: Posted) -> None:
    """Go to the place of a message, if willing in the game that is on now; of those read at one look the freshest counts."""
    if not (stage.willing[person] and _is_news(stage, person, posted.message)):
        return
    read_at, seen = posted.read_at.item(person), posted.message.seen_s or 0.0
    others = [other.message for other in stage.posts if other.read_at.item(person) == read_at]
    if not any(message.content in CALLS_OUT and (message.seen_s or 0.0) > seen for message in others):
        go_to(stage, person, posted.message, (f"{posted.record}@{stage.name(person)}", posted.record))


def _is_news(stage: Stage, person: int, message: Message) -> bool:
    """Tell whether somebody can act on a message: he is at home, or at large and acts on older news."""
    outing = stage.outings.get(person)
    return outing is None or ((message.seen_s or 0.0) > outing.news_s and stage.at_large(person))


def go_to(stage: Stage, person: int, message: Message, why: tuple[str, str | None]) -> None:
    """Go to a place, or go on there, if the news of it is fresher than what one acts on, and it is near enough.

    Parameters
    ----------
    stage
        The evening.
    person
        Who goes.
    message
        What he knows: the place, the direction and when the suspect was seen.
    why
        Cause of going, and the message that it comes from, if any.
    """
    place, outing, name = message.place or NOWHERE, stage.outings.get(person), stage.name(person)
    if not _is_news(stage, person, message):
        return
    here = whereabouts(stage, person)
    if not _near_enough(stage, here, place):
        return
    if outing is None:
        begin = whole_microseconds(stage.now + stage.parameters["prepare_s"])
    else:
        begin = max(stage.now, outing.stroll.begin)
    data = {"post": why[1], "to": place.as_data(), "from": "street" if stage.outside(person) else "home"}
    departure = stage.log.add("departure", name, stage.now, (why[0], f"draw:go-out:{name}:0"), data)
    _search(stage, person, (here, begin), message, departure)


def send(stage: Stage, unit: int, message: Message, cause: str) -> None:
    """Let a unit go at once to where a message says that a suspect was seen, and search there."""
    outing = stage.outings.get(unit)
    begin = stage.now if outing is None else max(stage.now, outing.stroll.begin)
    _search(stage, unit, (whereabouts(stage, unit), begin), message, cause)


def whereabouts(stage: Stage, person: int) -> Point:
    """Give the edge on which somebody is, and how far along it, metres; at home, the point of the street at his door."""
    outing = stage.outings.get(person)
    if outing is None or not len(outing.stroll.way.dart):
        return _door(stage, person)
    return outing.stroll.way.place_at(stage.now, stage.network.edge_length)


def _door(stage: Stage, person: int) -> Point:
    if person in stage.bases:
        return stage.bases[person]
    homes, home = stage.network.map.homes, int(stage.people.home[person])
    return int(homes.edge[home]), float(homes.at[home])


def _search(stage: Stage, person: int, start: tuple[Point, float], message: Message, cause: str) -> None:
    """Go where the suspect may be, from one place to the next, until giving up."""
    begin, seen, speed = start[1], message.seen_s or 0.0, pace(stage, person)
    from_home = () if person in stage.outings else (f"draw:search-bike:{stage.name(person)}:0",)
    search = plan_search(stage, person, start, message, speed)
    give_up = max(whole_microseconds(seen + stage.parameters["give_up_s"]), search.arrive)
    way = along(search.steps, begin, speed).until_time(give_up)
    outing = take_way(stage, person, way, (begin, give_up), (seen, cause, *from_home, search.draw))
    stage.agenda.at(search.arrive, _arrive, stage, person, outing, search.goal)
    stage.agenda.at(give_up, _give_up, stage, person, outing)


def _rides(stage: Stage, person: int) -> bool:
    """Tell whether somebody is out by bike, or would be if he went out to search now: a keyed trait."""
    outing = stage.outings.get(person)
    return stage.draw("search-bike", person) < stage.parameters["p_search_bike"] if outing is None else outing.by_bike


def pace(stage: Stage, person: int) -> float:
    """Give the speed of somebody who is out, or would go out to search now, metres per second."""
    people = stage.people
    return (people.bike_speed if _rides(stage, person) else people.walk_speed).item(person)


def take_way(
    stage: Stage,
    person: int,
    way: Walks,
    span: tuple[float, float],
    news: tuple[float, *tuple[str, ...]],
    reason: str = "search",
) -> Outing:
    """Walk a way within a span of time, and then home; who came to play on the street goes on walking about instead.

    `news` says as of when he was told where the suspect was, seconds, and what the causes are; `reason` is that of the route.
    """
    network, speed, (begin, end) = stage.network, pace(stage, person), span
    last = way.place_at(end, network.edge_length) if len(way.dart) else whereabouts(stage, person)
    then = _roam if stage.people.on_street[person] else _go_home
    rest, until = then(stage, person, last, end, speed)
    walks = after_each_other([way, *rest])
    name = stage.name(person)
    outing = Outing(Stroll(walks, 0, begin, until), news[0], by_bike=_rides(stage, person))
    stage.outings[person] = outing
    stage.route_of[name] = stage.log.add("route", name, stage.now, news[1:], walk_data(reason, network, outing.stroll))
    if until < np.inf:
        stage.agenda.at(until, come_home, stage, person, outing)
    stroll = stage.strolls.get(person)
    if stroll is not None and stroll.begin < until:
        del stage.strolls[person]
        stage.leave_crowd(person)
    new_ways(stage, person, outing.stroll)
    meet_strangers(stage, person, outing)
    if stage.ever_willing[person]:
        _reconsider(stage, person)
    return outing


def _roam(stage: Stage, person: int, place: Point, begin: float, speed: float) -> tuple[list[Walks], float]:
    """Walk about for the rest of one's games, and then home: give the ways, and when one is home, infinite for never."""
    ways: list[Walks] = []
    spans = spans_of(stage.scenario.games, stage.areas, stage.people.plays[person].tolist())
    moment, end = begin, spans[-1].end
    for span in [Span(begin, spans[0].begin, None), *spans]:
        if moment < span.end:
            way, place, moment = way_in(span, moment, place, speed)
            streets = stage.network if span.area is None else span.area.network
            roaming = along(_onward(stage, person, place, (span.end - moment) * speed, streets), moment, speed)
            ways += [way, roaming]
            moment, place = span.end, roaming.place_at(span.end, streets.edge_length) if len(roaming.dart) else place
    if end >= stage.end_s:
        return ways, np.inf
    home, until = _go_home(stage, person, place, moment, speed)
    return ways + home, until


def _go_home(stage: Stage, person: int, place: Point, begin: float, speed: float) -> tuple[list[Walks], float]:
    """Walk home: give the way, and when one is there."""
    steps, metres = stage.network.way(place, _door(stage, person))
    return [along(steps, begin, speed)], whole_microseconds(begin + metres / speed)


def _onward(stage: Stage, person: int, place: Point, metres: float, network: Network) -> list[Step]:
    """Walk on from a place, at each corner into any street but the one he came by."""
    edge, at = place
    dart = _pick(stage, person, [2 * edge, 2 * edge + 1])
    begin = at if dart % 2 == 0 else network.edge_length.item(edge) - at
    steps: list[Step] = []
    while metres > network.dart_length.item(dart) - begin:
        steps.append((dart, begin, network.dart_length.item(dart)))
        metres -= network.dart_length.item(dart) - begin
        dart = _pick(stage, person, network.options[dart])
        begin = 0.0
    return [step for step in (*steps, (dart, begin, begin + metres)) if step[2] > step[1]]


def _pick(stage: Stage, person: int, options: list[int]) -> int:
    turn = stage.turns_of[person] = stage.turns_of.get(person, 0) + 1
    if len(options) == 1:
        return options[0]
    return options[int(stage.draw("search-turn", person, turn) * len(options))]


def _arrive(stage: Stage, person: int, outing: Outing, goal: Point) -> None:
    if stage.outings.get(person) is outing:
        spot = Spot(*stage.network.position(*goal), stage.network.street(goal[0]))
        name = stage.name(person)
        stage.log.add("arrival", name, stage.now, (stage.route_of[name],), spot.as_data())


def _give_up(stage: Stage, person: int, outing: Outing) -> None:
    if stage.outings.get(person) is outing:
        name = stage.name(person)
        stage.log.add("gave_up", name, stage.now, (stage.route_of[name],), {})


def come_home(stage: Stage, person: int, outing: Outing) -> None:
    """Be home again, unless another way was taken meanwhile."""
    if stage.outings.get(person) is outing:
        del stage.outings[person]


def approach(stage: Stage, sighting: Sighting) -> bool:
    """Walk up to somebody, if one is in the street, dares and can catch up; tell whether one does.

    Who plays asks him whether he is the suspect; who knows of no exercise speaks to him all the same, if he is one of the few
    who do. One walks on beside him until that is said. Meanwhile no message calls one away.
    """
    person = sighting.person
    if not stage.outside(person) or not _dares(stage, sighting):
        return False
    says = _reply_at(stage, sighting)
    if says is None:
        return False
    beside = stage.shadows[sighting.whom].place_at(stage.network, says)
    steps, metres = stage.way(person, whereabouts(stage, person), beside)
    way = along(steps, stage.now, metres / (says - stage.now) or 1.0)
    outing = take_way(stage, person, way, (stage.now, says), (says, sighting.record))
    stage.agenda.at(says, _speak, stage, sighting, outing)
    return True


def _dares(stage: Stage, sighting: Sighting) -> bool:
    """Tell whether somebody walks up to whom he saw: a player who recognised him, or one of the few who know of no game."""
    if not stage.knowledge.aware(sighting.person, stage.now):
        return stage.decide("address", sighting) < float(stage.parameters["p_address_unprimed"])
    if stage.people.unit[sighting.person]:
        return sighting.recognised
    asks = stage.decide("challenge", sighting) < stage.parameters["p_challenge_player"]
    return sighting.recognised and asks and stage.plays(sighting.person, sighting.suspect)


def _reply_at(stage: Stage, sighting: Sighting) -> float | None:
    """Give when somebody who hurries has caught up with a suspect and asked him, or None where he gets away."""
    own, shadow = stage.people.walk_speed.item(sighting.person), stage.shadows[sighting.whom]
    last = min(stage.now + stage.parameters["approach_s"], shadow.end)
    walker = (own * stage.parameters["hurry_factor"], stage.parameters["speaking_m"])
    reached = catch_up(stage.network, shadow, whereabouts(stage, sighting.person), (stage.now, last), walker)
    return None if reached is None else whole_microseconds(reached + stage.parameters["question_s"])


def _speak(stage: Stage, sighting: Sighting, outing: Outing) -> None:
    """Say what one walked up for, unless he has gone or one has taken another way."""
    if stage.outings.get(sighting.person) is not outing or not stage.present(sighting.whom):
        return
    way = stage.route_of[stage.name(sighting.person)]
    if stage.knowledge.aware(sighting.person, stage.now):
        put_question(stage, sighting.person, sighting.whom, (sighting.record, way, sighting.cause("challenge")))
    else:
        address(stage, sighting, (sighting.record, way, sighting.cause("address")))
