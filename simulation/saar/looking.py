"""Looking out: when observers look at suspects, and what they make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.draws import combine_one, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.saar.alert import after_sighting
from simulation.saar.notice import plan_look, stretch_at
from simulation.saar.spot import distance_factor
from simulation.saar.stage import Sighting

if TYPE_CHECKING:
    from simulation.saar.stage import Pair, Stage


def look(stage: Stage, pair: Pair, version: int) -> None:
    """Look at a suspect: recognise him by what one knows, or notice what he does."""
    if version != pair.version or not stage.present(pair.suspect):
        return
    now, shadow = stage.now, stage.shadows[pair.suspect]
    chance = stretch_at(stage, pair, now)
    half = stage.parameters["d_half_m"]
    distance = chance.distance(now, half)
    clear = distance_factor(distance, half) * shadow.light_at(now)
    seen = [element for element in sorted(shadow.description) if _perceives(stage, pair, element) < clear]
    known = stage.knowledge.elements(pair.observer, pair.suspect, now)
    recognised = bool(known) and set(known) <= set(seen)
    pair.looks += 1
    stage.fresh[pair.table_row] = False
    pair.threshold = stage.threshold(pair.key, pair.looks)
    pair.since = now
    if recognised:
        pair.since = whole_microseconds(now + stage.parameters["resight_s"])
    elif chance.in_act:
        pair.since = shadow.stop_at(now).until
    if recognised or chance.in_act:
        sighting = _record(stage, pair, distance, recognised, tuple(seen))
        after_sighting(stage, sighting)
    plan_look(stage, pair)


def _perceives(stage: Stage, pair: Pair, element: str) -> float:
    return uniform(stage.stream("perceive"), combine_one(pair.key, text_key(element)), pair.looks)


def _record(stage: Stage, pair: Pair, distance: float, recognised: bool, seen: tuple[str, ...]) -> Sighting:  # noqa: FBT001
    now, shadow = stage.now, stage.shadows[pair.suspect]
    place, name = stage.spot_of(pair.suspect, now), stage.name(pair.observer)
    both, look = f"{name}/{shadow.key}", pair.looks - 1
    causes = [stage.route_of[shadow.key], f"draw:look:{both}:{look}"]
    if stage.outside(pair.observer):
        causes.append(stage.route_of[name])
    causes += [f"draw:perceive:{both}:{look}", *_sources(stage, pair)] if recognised else [stage.act_of[shadow.key]]
    record = stage.log.add(
        "sighting",
        name,
        now,
        tuple(causes),
        {
            "suspect": shadow.key,
            "distance_m": round(distance, 3),
            **place.as_data(),
            "by": "description" if recognised else "act",
            "recognised": recognised,
            "elements": {element: shadow.description[element] for element in seen},
            "from": "street" if stage.outside(pair.observer) else "home",
        },
    )
    direction = stage.direction_of(pair.suspect, now)
    pair.sightings += 1
    name, key = f"{both}/{pair.sightings}", combine_one(pair.key, pair.sightings)
    return Sighting(record, name, key, pair.observer, pair.suspect, now, place, direction, recognised, seen)


def _sources(stage: Stage, pair: Pair) -> list[str]:
    """Give where the observer has the description from: facts, or messages that he read."""
    sources = stage.knowledge.sources(pair.observer, pair.suspect, stage.now)
    return [source if source.startswith("fact:") else f"{source}@{stage.name(pair.observer)}" for source in sources]
