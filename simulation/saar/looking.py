"""Looking out: when observers look at suspects, and what they make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.draws import combine_one
from simulation.elementary import whole_microseconds
from simulation.people.routes import legs_data
from simulation.saar.alert import after_sighting
from simulation.saar.notes import Sighting
from simulation.saar.notice import plan_look, stretch_at
from simulation.saar.recognise import Glance, taken_for
from simulation.saar.spot import distance_factor
from simulation.trace.lazy import LazyData

if TYPE_CHECKING:
    from simulation.saar.notes import Pair
    from simulation.saar.stage import Stage


def look(stage: Stage, pair: Pair, version: int) -> None:
    """Look at somebody: recognise him by what one knows, or notice what he does."""
    if version != pair.version or not stage.present(pair.whom):
        return
    now, shadow = stage.now, stage.shadows[pair.whom]
    chance = stretch_at(pair, now)
    half = stage.parameters["d_half_m"]
    distance = chance.distance(now, half)
    glance = Glance(stage, pair, distance_factor(distance, half) * shadow.light_at(now))
    suspect, prospect = taken_for(stage, pair, glance), stage.prospects[pair.whom]
    seen = _seen(stage, pair, glance, suspect)
    pair.looks += 1
    prospect.stale(pair.observer)
    pair.threshold = stage.threshold(pair.key, pair.looks)
    pair.since = now
    by = (
        "description"
        if suspect is not None
        else "act"
        if chance.in_act
        else "presence"
        if pair.observer in prospect.odd
        else ""
    )
    if by == "description":
        pair.since = whole_microseconds(now + stage.parameters["resight_s"])
    elif by == "act":
        pair.since = shadow.stop_at(now).until
    if by:
        prospect.odd.discard(pair.observer)
        after_sighting(stage, _sighting(stage, pair, (distance, by), suspect, seen))
    plan_look(stage, pair)


def _seen(stage: Stage, pair: Pair, glance: Glance, suspect: int | None) -> tuple[str, ...]:
    """List the elements of the description that were made out: of somebody mistaken for a suspect, those that one knew of."""
    if pair.whom < stage.suspects:
        return tuple(element for element in sorted(stage.shadows[pair.whom].description) if glance.perceives(element))
    return tuple(stage.knowledge.elements(pair.observer, suspect, stage.now)) if suspect is not None else ()


def _sighting(stage: Stage, pair: Pair, view: tuple[float, str], suspect: int | None, seen: tuple[str, ...]) -> Sighting:
    """Write down that somebody was noticed, and for whom he is taken; `view` is his distance, and what draws attention."""
    distance, by = view
    now, shadow = stage.now, stage.shadows[pair.whom]
    taken = pair.whom if suspect is None else suspect
    place, name = stage.spot_of(pair.whom, now), stage.name(pair.observer)
    both, look = f"{name}/{shadow.key}", pair.looks - 1
    causes = [_way_of(stage, pair.whom), f"draw:look:{both}:{look}"]
    if stage.outside(pair.observer):
        causes.append(stage.route_of[name])
    if by == "act":
        causes.append(stage.act_of[shadow.key])
    elif suspect is None:
        causes.append(f"draw:odd:{both}:0")
    else:
        causes += [f"draw:perceive:{both}:{look}", *_sources(stage, pair.observer, suspect)]
    if pair.whom >= stage.suspects:
        causes.append(f"draw:looks:{shadow.key}:0")
    description = stage.shadows[taken].description
    record = stage.log.add(
        "sighting",
        name,
        now,
        tuple(causes),
        {
            "suspect": shadow.key,
            "distance_m": round(distance, 3),
            **place.as_data(),
            "by": by,
            "recognised": suspect is not None,
            "elements": {element: description[element] for element in seen if element in description},
            "from": _where(stage, pair.observer),
        },
    )
    direction = stage.direction_of(pair.whom, now)
    pair.sightings += 1
    name, key = f"{both}/{pair.sightings}", combine_one(pair.key, pair.sightings)
    who, odd = (pair.observer, pair.whom, taken), by == "presence"
    return Sighting(record, name, key, *who, now, place, direction, suspect is not None, seen, odd=odd)


def _where(stage: Stage, observer: int) -> str:
    if stage.people.shop[observer] >= 0:
        return "shop"
    return "street" if stage.outside(observer) else "home"


def _way_of(stage: Stage, whom: int) -> str:
    """Give the record of somebody's way; that of a passer-by is written when he is first taken for a suspect."""
    shadow = stage.shadows[whom]
    if shadow.key not in stage.route_of:
        data = LazyData(lambda: legs_data("errand", shadow.legs))
        stage.route_of[shadow.key] = stage.log.add("route", shadow.key, stage.now, shadow.causes, data)
    return stage.route_of[shadow.key]


def _sources(stage: Stage, observer: int, suspect: int) -> list[str]:
    """Give where the observer has the description from: facts, messages that he read, or what the desk sent him out with."""
    sources = stage.knowledge.sources(observer, suspect, stage.now)
    return [f"{source}@{stage.name(observer)}" if source.startswith("post:") else source for source in sources]
