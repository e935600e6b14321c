"""Suspects (boeven): where they walk, where they stop, and what they do there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import exponential, stream_key, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.errors import ScenarioError
from simulation.light import daylight
from simulation.people.covering import CHOICE, covered_edges
from simulation.people.legs import LEG_COLUMNS, Legs, cut, legs_of
from simulation.people.network import anywhere
from simulation.people.places import locate
from simulation.people.playareas import play_areas
from simulation.people.shadows import NO_STOP, Shadow, Stop, in_light
from simulation.people.walks import Walks, along, joined, wander
from simulation.scenario.suspects import Route, Visit, Wander

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.scenario.model import Game, Place, Scenario, Suspect

    Floats = NDArray[np.float64]
    Point = tuple[int, float]

_HOUR = 3600.0


def appear(scenario: Scenario, network: Network, seeds: Sequence[int]) -> list[list[Shadow]]:
    """Give the suspects of all games, for each world."""
    worlds: list[list[Shadow]] = [[] for _ in seeds]
    number = 0
    for index, (game, area) in enumerate(zip(scenario.games, play_areas(scenario, network), strict=True)):
        streets = network if area is None else area.network
        for nth, suspect in enumerate(game.suspects):
            number += 1
            key, fact = f"suspect-{number}", f"fact:games/{index}/suspects/{nth}"
            walking = _legs_of_each(network, _walks(scenario, streets, seeds, game, suspect, key))
            for shadows, seed, legs in zip(worlds, seeds, walking, strict=True):
                shadows.append(_shadow(scenario, network, seed, (key, fact, index, suspect), legs))
    return worlds


def _causes(scenario: Scenario, suspect: Suspect, key: str) -> tuple[str, ...]:
    """Name what his way hangs on, besides what the scenario says of him."""
    if isinstance(suspect.behaviour, Route):
        return ()
    if isinstance(suspect.behaviour, Visit):
        return (f"draw:suspect-visit:{key}:0",)
    signs, turn = scenario.signs, f"draw:suspect-turn:{key}:0"
    if signs is None or scenario.parameters["sign_weight"] == 0.0:
        return (turn,)
    return (turn, "fact:signs", *((f"draw:{CHOICE}:everybody:0",) if signs.covered_streets else ()))


def _walks(scenario: Scenario, network: Network, seeds: Sequence[int], game: Game, suspect: Suspect, key: str) -> Walks:
    """Walk without stops, in the streets of the game; the owners are the worlds."""
    speed = suspect.speed_mps or scenario.parameters["v_suspect_mps"]
    starts = [_start(network, suspect.start, seed, key) for seed in seeds]
    if not isinstance(suspect.behaviour, Wander):
        walks = []
        for seed, start in zip(seeds, starts, strict=True):
            points = _route_points(network, suspect.behaviour, seed, key)
            walks.append(_through(network, start, points, speed, game))
        return joined(walks)
    full = np.ones(len(seeds))
    return wander(
        network,
        (np.array([stream_key(seed, "suspect-turn") for seed in seeds], np.uint64), np.array([text_key(key)], np.uint64)),
        (np.array([start[0] for start in starts]), np.array([start[1] for start in starts])),
        (game.start_s * full, (game.start_s + game.duration_s) * full),
        speed * full,
        _liking(scenario, network, seeds),
    )


def _liking(scenario: Scenario, network: Network, seeds: Sequence[int]) -> Floats | None:
    """Give how gladly a suspect turns into each street of each world, (W, E): less where a sign stands."""
    signs, weight = scenario.signs, scenario.parameters["sign_weight"]
    if signs is None or weight == 0.0:
        return None
    share = scenario.structure.covered_streets_share if signs.covered_streets else 0.0
    marked = covered_edges(network, seeds, share)
    marked[:, [locate(network, place)[0] for place in signs.places]] = True
    return np.where(marked, 1.0 - weight, 1.0)


def _legs_of_each(network: Network, walks: Walks) -> list[Legs]:
    """Cut the walk of each owner into straight legs, alone."""
    legs = legs_of(network, walks)
    bounds = np.searchsorted(legs.owner, np.arange(len(walks.of_owner))).tolist()
    legs = replace(legs, owner=np.zeros_like(legs.owner))
    return [legs.take(slice(begin, end)) for begin, end in pairwise(bounds)]


def _start(network: Network, place: Place | None, seed: int, key: str) -> Point:
    """Start where the scenario says, else anywhere, every metre of street alike."""
    if place is not None:
        return locate(network, place)
    return anywhere(network, uniform(stream_key(seed, "suspect-start"), text_key(key)))


def _route_points(network: Network, behaviour: Route | Visit, seed: int, key: str) -> list[Point]:
    """Give the points to pass; a visitor takes the places of his kind, in the streets of the game, in a drawn order."""
    if isinstance(behaviour, Route):
        return [locate(network, place) for place in behaviour.points]
    places, stream = network.map.places, stream_key(seed, "suspect-visit")
    of_kind = [index for index in range(len(places.kind)) if network.map.texts[places.kind[index]] == behaviour.kind]
    wanted = [index for index in of_kind if network.walkable[places.edge[index]]]
    wanted.sort(key=lambda index: uniform(stream, text_key(key), index))
    return [(int(places.edge[index]), float(places.at[index])) for index in wanted]


def _through(network: Network, start: Point, points: list[Point], speed: float, game: Game) -> Walks:
    """Walk from point to point by the shortest way, to the last one and back again, until the game is over."""
    steps: list[tuple[int, float, float]] = []
    far, here, number = game.duration_s * speed, start, 0
    walked, before = 0.0, -1.0
    turns = [*points, *points[-2:0:-1]] if len(points) > 1 else [*points, start]
    while walked < far:
        if number % len(turns) == 0:
            if walked == before:  # all points are the same place
                break
            before = walked
        leg, metres = network.way(here, turns[number % len(turns)])
        steps.extend(leg)
        walked, here, number = walked + metres, turns[number % len(turns)], number + 1
    if not steps:
        raise ScenarioError(f"game {game.name!r}: a suspect starts where his route ends, so that he goes nowhere; add a point")
    return along(steps, game.start_s, speed)


def _shadow(scenario: Scenario, network: Network, seed: int, whose: tuple[str, str, int, Suspect], walking: Legs) -> Shadow:
    """Let a suspect stop on his way, and see how well he is seen on it."""
    key, fact, index, suspect = whose
    game = scenario.games[index]
    planned = _planned_stops(suspect, seed, key, game, scenario.parameters["act_factor"])
    legs, stop_of_leg, stops = _halted(walking, planned, game.end_s)
    light = daylight(scenario.date, scenario.start_s, scenario.duration_s, network.map.middle())
    legs, stop_of_leg, seen = in_light(legs, stop_of_leg, network, light, scenario.parameters)
    return Shadow(
        key=key,
        game=index,
        description=dict(suspect.description),
        shares=_shares(suspect, scenario.parameters),
        causes=(fact, *_causes(scenario, suspect, key)),
        begin=game.start_s,
        end=game.end_s,
        legs=legs,
        stop_of_leg=stop_of_leg,
        stops=stops,
        light=seen,
    )


def _shares(suspect: Suspect, parameters: Mapping[str, float]) -> dict[str, float]:
    """Give the share of people of whom an element is the same; who is of which sex, is not up to the suspect."""
    return {name: suspect.shares.get(name, parameters[f"p_same_{name}"]) for name in suspect.description if name != "sex"}


def _planned_stops(
    suspect: Suspect, seed: int, key: str, game: Game, act_factor: float
) -> list[tuple[float, float, str, float]]:
    """Draw (moment in walking time, duration, act, conspicuousness): each kind of stop comes at random, at its own rate."""
    kinds = [("", suspect.pauses.per_hour, suspect.pauses.duration_s, 1.0)]
    kinds += [
        (act.name, act.per_hour, act.duration_s, act_factor if act.conspicuousness is None else act.conspicuousness)
        for act in suspect.acts
    ]
    stops = []
    for number, (act, per_hour, duration, conspicuousness) in enumerate(kinds):
        stream, moment, nth = stream_key(seed, f"suspect-stop-{number}"), 0.0, 0
        while per_hour > 0.0:
            moment += exponential(stream, text_key(key), nth) * _HOUR / per_hour
            nth += 1
            if moment >= game.duration_s:
                break
            stops.append((whole_microseconds(game.start_s + moment), duration, act, conspicuousness))
    return sorted(stops)


def _halted(
    walking: Legs, planned: list[tuple[float, float, str, float]], end: float
) -> tuple[Legs, NDArray[np.int64], tuple[Stop, ...]]:
    """Insert stops into a walk, so that everything after them comes later, and break it off at the end."""
    last = float(walking.stop[-1])
    planned = [stop for stop in planned if stop[0] < last]
    if last < end:
        planned.append((last, end, "", 1.0))  # whoever has nowhere left to go stays there
    moments, pauses = (np.array([stop[part] for stop in planned], np.float64) for part in (0, 1))
    delay = np.concatenate([[0.0], np.cumsum(pauses)])
    cuts = np.sort(np.concatenate([walking.start, moments]), kind="stable")
    moving = cut(walking, cuts, np.append(cuts[1:], last))
    moving = _delayed(moving, delay[np.searchsorted(moments, moving.start, side="right")])
    resting = cut(walking, moments, moments)
    still = np.zeros(len(moments))
    began = moments + delay[:-1]
    resting = replace(resting, start=began, stop=began + pauses, vx=still, vy=still, along=still)
    legs = Legs(*(np.concatenate([getattr(moving, name), getattr(resting, name)]) for name in LEG_COLUMNS))
    stop_of_leg = np.concatenate([np.full(len(moving), NO_STOP), np.arange(len(planned))])
    kept = np.flatnonzero((legs.stop > legs.start) & (legs.start < end))
    kept = kept[np.argsort(legs.start[kept], kind="stable")]
    legs = legs.take(kept)
    stops = [Stop(start, min(start + stop[1], end), *stop[2:]) for start, stop in zip(began.tolist(), planned, strict=True)]
    return (
        replace(legs, stop=np.minimum(legs.stop, end)),
        stop_of_leg[kept],
        tuple(stop for stop in stops if stop.start < end),
    )


def _delayed(legs: Legs, delay: Floats) -> Legs:
    return replace(legs, start=legs.start + delay, stop=legs.stop + delay)
