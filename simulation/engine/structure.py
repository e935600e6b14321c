"""Looking at an alert structure without playing it: the wiring of one world as a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.channels.alertgraph import ORGANISER, make_graph
from simulation.engine.wiring import areas_of, outlets_of, wire
from simulation.errors import ScenarioError
from simulation.people.everybody import gather, key_of
from simulation.people.network import Network
from simulation.people.officials import with_officials
from simulation.people.patrols import on_duty
from simulation.people.shops import base_xy
from simulation.scenario.positions import path_text
from simulation.scenario.structures import BROADCAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from simulation.channels.alertgraph import AlertGraph
    from simulation.channels.groups import Channel
    from simulation.engine.wiring import Wiring
    from simulation.maps.streetmap import StreetMap
    from simulation.people.population import People
    from simulation.scenario.fields import Finding
    from simulation.scenario.model import Scenario, Structure

    Indices = NDArray[np.int64]
    Node = tuple[str, dict[str, Any]]
    Edge = tuple[str, str, str, dict[str, Any]]

USED = (
    "p_steward_available",
    "p_admin_forward",
    "judgement_shared",
    "admin_relay_median_s",
    "admin_relay_sigma",
    "read_delay_ordinary_median_s",
    "read_delay_ordinary_sigma",
    "read_delay_player_median_s",
    "read_delay_player_sigma",
    "muted_delay_factor",
)
"""The parameters that the measures of a structure use."""

OF_OFFICIALS = ("p_official_on_duty", "p_official_replaced")
"""Those that they use where officials sit in it."""


class Neighbourhood(NamedTuple):
    """Who lives where, before anything happens; all that the wiring needs of a world."""

    scenario: Scenario
    network: Network
    seed: int
    people: People


@dataclass(frozen=True, eq=False)
class Look:
    """What a graph is made of.

    Parameters
    ----------
    world
        Who lives where.
    wiring
        The groups, and who passes on between them.
    area
        (N,) the area in which each resident lives, from 0. Who is in a next group of one counts for an area of his own group,
        and so do shopkeepers. -1 of officials.
    of_home
        (homes,) the area of each home.
    area_of
        The area of each residents' group, by its key.
    parts
        For each area the one that it is a part of, from 0: itself, or that of which its group is a next one; -1 for one that
        stands for shopkeepers.
    """

    world: Neighbourhood
    wiring: Wiring
    area: Indices
    of_home: Indices
    area_of: Mapping[str, int]
    parts: list[int]

    def name(self, person: int) -> str:
        """Give the key of a person, as it stands in a trace."""
        return key_of(self.world.people, person, self.world.scenario, self.world.network.map)


def alert_graph(scenario: Scenario, street_map: StreetMap, seed: int | None = None, *, residents: bool = False) -> AlertGraph:
    """Give the alert structure of a scenario on a map as a graph, wired as an evening would be; nothing is played.

    A broadcast is no group, and is not in the graph.

    Parameters
    ----------
    scenario
        The evening. Where its games are played and what the suspects do makes no difference.
    street_map
        A map with sight lines.
    seed
        Seed of all draws, such as who is a member and who an administrator; by default the scenario's.
    residents
        Whether everybody who reads any channel is a node; otherwise only those who have a role are.

    Returns
    -------
    A NetworkX `MultiDiGraph`; `simulation.channels.alertgraph` tells its nodes, edges and attributes.

    Raises
    ------
    ScenarioError
        If the map has fewer homes than the structure has groups, or none. If no scenario has such a seed.
    """
    found = misfits(scenario, street_map)
    if found:
        raise ScenarioError(*(f"{path_text(path)}: {message}" for path, message in found))
    if seed is not None:
        scenario = scenario.with_seed(seed)
    look = _look(scenario, Network(street_map), scenario.seed)
    chosen = _people(look, everybody=residents)
    about = {
        "structure": scenario.structure.id,
        "seed": look.world.seed,
        "map": street_map.digest,
        "map_title": str(street_map.about.get("title", "")),
        "outlet": scenario.outlet,
        "parameters": {name: scenario.parameters[name] for name in (*USED, *(OF_OFFICIALS if look.wiring.officials else ()))},
        "patrol": _patrol(look),
    }
    outlets = outlets_of(look.world, look.wiring)
    page = [channel for channel in outlets if channel.kind == "page"]
    channels = [*look.wiring.groups, *look.wiring.uppers, *page]
    nodes = [(ORGANISER, {"kind": "organiser"}), *_areas(look), *_channels(look, channels), *_persons(look, chosen)]
    posts = [(ORGANISER, channel.key, "may post", {"kind": "may post", "number": 1}) for channel in outlets]
    return make_graph(about, nodes, [*posts, *_readers(look, channels, chosen), *_posters(look), *_passing(look)])


def misfits(scenario: Scenario, street_map: StreetMap) -> list[Finding]:
    """Find why a map does not have what the structure of a scenario needs; paths lead from the scenario."""
    problem = _too_few_homes(scenario.structure, street_map)
    return [(("structure", "groups"), problem)] if problem else []


def _too_few_homes(structure: Structure, street_map: StreetMap) -> str:
    """Say so where a map has fewer homes than a structure has groups, or none at all."""
    homes = len(street_map.homes.key)
    if not homes:
        return "the map has no homes; nobody lives there"
    if structure.plan.areas == "many" and structure.groups > homes:
        return f"{structure.groups} groups on a map with {homes} homes; write at most {homes}"
    return ""


def _look(scenario: Scenario, network: Network, seed: int) -> Look:
    people = with_officials(gather(scenario, network, [seed]).in_world(0), scenario)
    world = Neighbourhood(scenario, network, seed, people)
    of_home, around = areas_of(world)
    wiring, area, parts = wire(world), of_home[people.home], list(range(len(around)))
    area_of: dict[str, int] = {}
    for group in wiring.groups:
        number = wiring.number_of[group.key]
        area_of[group.key] = number.area
        if number.shops and not number.nth:
            area[people.shop >= 0] = len(parts)
        if number.shops or number.nth:
            area_of[group.key] = len(parts)
            area[[person for person, own in wiring.group_of.items() if own is group]] = len(parts)
            parts.append(-1 if number.shops else number.area)
    area[people.official >= 0] = -1
    return Look(world, wiring, area, of_home, area_of, parts)


def _patrol(look: Look) -> dict[str, Any] | None:
    """Count the patrol team, if there is one: no channel, so no part of the graph."""
    world, team = look.world, look.wiring.patrol
    if not world.scenario.structure.parts.patrol:
        return None
    duty = on_duty(world.people, world.scenario, world.seed, team)
    counts = {"members": len(team), "on_duty": len(duty.who), "by_bike": int(duty.riding.sum())}
    return {**counts, "round_s": world.scenario.parameters["patrol_round_s"]}


def _areas(look: Look) -> Iterator[Node]:
    people, street_map = look.world.people, look.world.network.map
    own = np.array([look.area.item(person) for person in look.wiring.group_of], np.int64)
    for area, whole in enumerate(look.parts):
        here = look.of_home == area
        inside = np.flatnonzero(look.area == area)
        around = street_map.homes.xy[here] if area == whole else base_xy(people, street_map, inside)
        facts = {
            "kind": "area",
            "number": area + 1,
            "homes": int(here.sum()),
            "residents": int(people.resident[inside].sum()),
            "shops": len(inside) if whole < 0 else 0,
            "members": int((own == area).sum()),
            "xy": tuple(around.mean(axis=0).tolist()) if len(around) else (0.0, 0.0),
        }
        yield f"area-{area + 1}", facts if whole in {area, -1} else facts | {"part_of": whole + 1}


def _channels(look: Look, channels: list[Channel]) -> Iterator[Node]:
    for channel in channels:
        name, _, number = channel.key.rpartition("-")
        facts: dict[str, Any] = {"kind": channel.kind, "readers": len(channel.members)}
        if channel.is_group:
            facts |= {"kind": "group", "area": f"area-{look.area_of[channel.key] + 1}"}
        elif channel.kind == "upper":
            within = sorted({look.area.item(person) for person in channel.members.tolist()} - {-1})
            (roles,) = (upper.members for upper in look.world.scenario.structure.plan.uppers if upper.name == name)
            extent = [f"area-{area + 1}" for area in within]
            facts |= {"name": name, "number": int(number), "roles": list(roles), "extent": extent}
        yield channel.key, facts


def _people(look: Look, *, everybody: bool) -> list[int]:
    """Choose who is a node: who has a role, or who is in any channel at all."""
    if not everybody:
        return sorted({*look.wiring.stewards, *(person for some in look.wiring.officials.values() for person in some)})
    channels = [*look.wiring.groups, *look.wiring.uppers, *outlets_of(look.world, look.wiring)]
    return sorted({person for channel in channels for person in channel.members.tolist()})


def _persons(look: Look, chosen: list[int]) -> Iterator[Node]:
    people = look.world.people
    for person in chosen:
        own = [role for role, some in look.wiring.holders.items() if any(holder == person for holder, _ in some)]
        roles = own + [role for role, some in look.wiring.officials.items() if person in some]
        area = look.area.item(person)
        yield (
            look.name(person),
            {
                "kind": "person",
                "area": f"area-{area + 1}" if area >= 0 else None,
                "roles": roles,
                "player": bool(people.player.item(person)),
                "muted": bool(people.muted.item(person)),
            },
        )


def _readers(look: Look, channels: list[Channel], chosen: list[int]) -> Iterator[Edge]:
    """Tell how many of each area read each channel, and in which the people sit who are nodes."""
    for channel in channels:
        areas = look.area[channel.members]
        numbers = np.bincount(areas[areas >= 0], minlength=len(look.parts)).tolist()
        for area, number in enumerate(numbers):
            if number:
                yield f"area-{area + 1}", channel.key, "reads", {"kind": "reads", "number": number}
        inside = set(channel.members.tolist())
        for person in chosen:
            if person in inside:
                yield look.name(person), channel.key, "reads", {"kind": "reads", "number": 1}


def _posters(look: Look) -> Iterator[Edge]:
    """Tell how many of each area may post in a residents' group: its members, each in that of his own area."""
    numbers: dict[tuple[int, str], int] = {}
    for person, group in look.wiring.group_of.items():
        place = look.area.item(person), group.key
        numbers[place] = numbers.get(place, 0) + 1
    for (area, key), number in sorted(numbers.items()):
        yield f"area-{area + 1}", key, "may post", {"kind": "may post", "number": number}


def _passing(look: Look) -> Iterator[Edge]:
    """Tell who passes on from which group to which; that a broadcast is shared in groups is no passing on between them."""
    for source, links in look.wiring.links.items():
        if source == BROADCAST:
            continue
        for steward, target in dict.fromkeys((link.steward, link.target.key) for link in links):
            yield source, target, look.name(steward), {"kind": "passes on", "by": look.name(steward)}
