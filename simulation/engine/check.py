"""What only scenario and map together can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.errors import ScenarioError
from simulation.people.network import Network
from simulation.people.population import residents_on
from simulation.scenario.model import Place, Route, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.loader import LoadedScenario
    from simulation.scenario.model import Scenario


def check(loaded: LoadedScenario, street_map: StreetMap) -> None:
    """Find everything in a scenario that does not fit a map.

    Raises
    ------
    ScenarioError
        With every problem found, at its line and column.
    """
    problems = [loaded.problem(message, *path) for path, message in _misfits(loaded.scenario, street_map)]
    if problems:
        raise ScenarioError(*problems)


def _misfits(scenario: Scenario, street_map: StreetMap) -> Iterator[tuple[tuple[str | int, ...], str]]:
    homes = len(street_map.homes.key)
    if homes == 0:
        yield (), "the map has no homes; nobody lives there"
        return
    count = scenario.residents.count
    if count is not None:
        living = residents_on(scenario, Network(street_map), scenario.seed)
        if living < count:
            message = f"{count} residents, but only {living} people live on the map (seed {scenario.seed}); write at most {living}"
            yield ("residents", "count"), message
    if scenario.outlet == "groups" and scenario.structure.id == "none":
        yield ("outlet",), "'groups' reaches nobody while the structure is none; write public-page"
    if scenario.structure.id == "separate-groups" and scenario.structure.groups > homes:
        yield ("structure", "groups"), f"{scenario.structure.groups} groups on a map with {homes} homes; write at most {homes}"
    kinds = {street_map.texts[kind] for kind in street_map.places.kind}
    for game_index, game in enumerate(scenario.games):
        for index, suspect in enumerate(game.suspects):
            path = ("games", game_index, "suspects", index)
            if isinstance(suspect.behaviour, Visit) and suspect.behaviour.kind not in kinds:
                known = ", ".join(sorted(kinds)) or "no places"
                yield (*path, "behaviour"), f"the map has no {suspect.behaviour.kind!r} to visit; it has: {known}"
            places: list[tuple[tuple[str | int, ...], Place]] = [(("start",), suspect.start)] if suspect.start else []
            if isinstance(suspect.behaviour, Route):
                places += [(("behaviour", "points", number), point) for number, point in enumerate(suspect.behaviour.points)]
            for tail, place in places:
                message = _unknown_place(place, street_map)
                if message:
                    yield (*path, *tail), message


def _unknown_place(place: Place, street_map: StreetMap) -> str:
    """Say what is wrong with a place on a map, or nothing."""
    if place.street is None:
        return ""
    homes, texts = street_map.homes, street_map.texts
    numbers = [
        texts[number] for street, number in zip(homes.street, homes.number, strict=True) if texts[street] == place.street
    ]
    streets = {texts[name] for name in street_map.streets.edge_name}
    if place.street not in streets and not numbers:
        return f"the map has no street called {place.street!r}"
    if place.number is not None and place.number not in numbers:
        return f"{place.street!r} has no number {place.number!r} on the map"
    return ""
