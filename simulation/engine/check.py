"""What only scenario and map together can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.messages import Spot
from simulation.errors import ScenarioError
from simulation.light import daylight
from simulation.maps.streetmap import FAR_M
from simulation.people.network import Network
from simulation.people.places import locate, position
from simulation.people.playareas import play_area
from simulation.people.population import able_to_play, adults_on, residents_on
from simulation.people.shops import nobody_present
from simulation.scenario.agreement import disagreements
from simulation.scenario.model import Place, Route, Visit
from simulation.scenario.suggest import did_you_mean
from simulation.units import format_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.errors import Problem
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.ground import Centre
    from simulation.scenario.loader import LoadedScenario
    from simulation.scenario.model import Game, Scenario, Suspect

    Path = tuple[str | int, ...]
    Misfit = tuple[Path, str]


def check(loaded: LoadedScenario, street_map: StreetMap) -> None:
    """Find everything in a scenario that does not fit a map.

    Raises
    ------
    ScenarioError
        With every problem found, at its line and column.
    """
    problems = loaded.problems(misfits(loaded.scenario, street_map))
    if problems:
        raise ScenarioError(*problems)


def remarks(loaded: LoadedScenario, street_map: StreetMap) -> list[Problem]:
    """List what an organiser may want to think about, though nothing is wrong, such as children who play after dark."""
    scenario = loaded.scenario
    light = daylight(scenario.date, scenario.start_s, scenario.duration_s, street_map.middle())
    found = []
    for index, game in enumerate(scenario.games):
        minutes = np.arange(game.start_s, game.end_s, 60.0)
        dark = minutes[light.at(minutes) == 0.0]
        if game.audience == "children" and len(dark):
            since = format_clock(scenario.start_s + dark.item(0))
            message = f"children play in the dark from {since} on; start earlier, or choose a lighter time of the year"
            found.append(loaded.problem(message, "games", index, "audience"))
    members = round(scenario.parameters["patrol_members"])
    if scenario.structure.parts.patrol:
        adults = adults_on(scenario, Network(street_map), scenario.seed)
        if adults < members:
            message = f"{members} members of the patrol team, but only {adults} adults live here; write at most {adults}"
            found.append(loaded.problem(message, "parameters", "patrol_members"))
    message = nobody_present(scenario, street_map)
    if message:
        found.append(loaded.problem(message, "structure", "shopkeepers_until"))
    return found


def misfits(scenario: Scenario, street_map: StreetMap) -> Iterator[Misfit]:
    """Find everything in which a scenario does not fit a map, or its parts each other; paths lead from the scenario."""
    if street_map.sight is None:
        yield (), "the map has no sight lines; make it anew with `boef map import`, or with `with_sight` in Python"
        return
    if not len(street_map.homes.key):
        yield (), "the map has no homes; nobody lives there"
        return
    network = Network(street_map)
    yield from _crowded(scenario, network)
    yield from _based(scenario, network)
    yield from disagreements(scenario)
    for number, place in enumerate(scenario.signs.places if scenario.signs else ()):
        message = _unknown_place(place, network)
        if message:
            yield ("signs", "places", number), message
    for index, game in enumerate(scenario.games):
        lost = list(_lost_in_game(game, network)) or list(_outside(game, network))
        yield from ((("games", index, *tail), message) for tail, message in lost)


def _based(scenario: Scenario, network: Network) -> Iterator[Misfit]:
    """Find the places from which units and players set out that the map does not have."""
    bases: list[tuple[Path, Centre | Place | None]] = [(("players", "briefing"), scenario.players.briefing)]
    bases += [(("units", index, "base"), unit.base) for index, unit in enumerate(scenario.units)]
    for path, base in bases:
        message = _unknown_place(base, network) if isinstance(base, Place) else ""
        if message:
            yield path, message


def _crowded(scenario: Scenario, network: Network) -> Iterator[Misfit]:
    """Compare numbers of people and groups with the homes of the map."""
    homes, count = len(network.map.homes.key), scenario.residents.count
    if count is not None:
        living = residents_on(scenario, network, scenario.seed)
        if living < count:
            yield (
                ("residents", "count"),
                f"{count} residents, but only {living} people live on the map; write at most {living}",
            )
    if scenario.players.count is not None and "players" in scenario.model_fields_set:
        able = able_to_play(scenario, network, scenario.seed)
        if able < scenario.players.count:
            yield (
                ("players", "count"),
                f"{scenario.players.count} players, but only {able} residents are of the age of a game; write at most {able}",
            )
    if scenario.structure.plan.areas == "many" and scenario.structure.groups > homes:
        yield ("structure", "groups"), f"{scenario.structure.groups} groups on a map with {homes} homes; write at most {homes}"


def _lost_in_game(game: Game, network: Network) -> Iterator[Misfit]:
    """Find the places of a game that the map does not have."""
    if game.area is not None and game.area.around is not None:
        message = _unknown_place(game.area.around, network)
        if message:
            yield ("area", "around"), message
    for index, suspect in enumerate(game.suspects):
        for tail, message in _lost(suspect, network):
            yield ("suspects", index, *tail), message


def _outside(game: Game, network: Network) -> Iterator[Misfit]:
    """Find the places of the suspects of a game that lie outside its area."""
    if game.area is None:
        return
    walkable, places = play_area(network, game.area).network.walkable, network.map.places
    for index, suspect in enumerate(game.suspects):
        for tail, place in _places(suspect):
            if not walkable[locate(network, place)[0]]:
                message = "this place lies outside the area of the game; choose another one, or make the area larger"
                yield ("suspects", index, *tail), message
        if isinstance(suspect.behaviour, Visit):
            kinds = {network.map.texts[kind] for kind in places.kind[walkable[places.edge]]}
            if suspect.behaviour.kind not in kinds:
                message = f"the area of the game has no {suspect.behaviour.kind!r} to visit; make it larger"
                yield ("suspects", index, "behaviour"), message


def _lost(suspect: Suspect, network: Network) -> Iterator[Misfit]:
    """Find the places of a suspect that the map does not have."""
    kinds = sorted({network.map.texts[kind] for kind in network.map.places.kind})
    if isinstance(suspect.behaviour, Visit) and suspect.behaviour.kind not in kinds:
        yield ("behaviour",), f"the map has no {suspect.behaviour.kind!r} to visit; it has: {', '.join(kinds) or 'no places'}"
    for path, place in _places(suspect):
        message = _unknown_place(place, network)
        if message:
            yield path, message


def _places(suspect: Suspect) -> list[tuple[Path, Place]]:
    """List the places that a scenario names of a suspect."""
    places: list[tuple[Path, Place]] = [(("start",), suspect.start)] if suspect.start else []
    if isinstance(suspect.behaviour, Route):
        places += [(("behaviour", "route", number), point) for number, point in enumerate(suspect.behaviour.points)]
    return places


def _unknown_place(place: Place, network: Network) -> str:
    """Say what is wrong with a place on a map, or nothing."""
    if place.street is None:
        return _off_the_map(place, network)
    homes, texts = network.map.homes, network.map.texts
    numbers = [
        texts[number] for street, number in zip(homes.street, homes.number, strict=True) if texts[street] == place.street
    ]
    streets = sorted({texts[name] for name in network.map.streets.edge_name} - {""})
    if place.street not in streets and not numbers:
        return f"the map has no street called {place.street!r}{did_you_mean(place.street, streets)}"
    if place.number is not None and place.number not in numbers:
        return f"{place.street!r} has no number {place.number!r} on the map"
    return ""


def _off_the_map(place: Place, network: Network) -> str:
    """Say so where a position lies far from every street."""
    x, y = position(network, place)
    metres = Spot(x, y, "").metres_to(Spot(*network.position(*network.nearest(x, y)), ""))
    if metres <= FAR_M:
        return ""
    return (
        f"{place.lat:g}, {place.lon:g} lies {metres:.0f} m from the nearest street of the map; at most {FAR_M:.0f} m will do"
    )
