"""The groups of an alert structure on a map: who sits in which, and who can pass messages on from which to which."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from simulation.channels.groups import Candidates, Channel, Link, seated
from simulation.draws import stream_key, text_key, uniform, uniforms
from simulation.engine.areas import Areas, areas
from simulation.scenario.structures import BROADCAST, GROUP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario
    from simulation.scenario.structures import Extent, Role, Upper

    Flags = NDArray[np.bool_]
    Indices = NDArray[np.int64]


class Settled(Protocol):
    """What of a world decides who sits in which group: enough of it to look at a structure without playing anything."""

    @property
    def scenario(self) -> Scenario:
        """The evening."""

    @property
    def network(self) -> Network:
        """The streets."""

    @property
    def seed(self) -> int:
        """The seed of the world."""

    @property
    def people(self) -> People:
        """The residents."""


class Wiring(NamedTuple):
    """The groups of an alert structure.

    Parameters
    ----------
    groups
        The residents' groups.
    uppers
        The groups above them.
    group_of
        The residents' group of each member: of stewards who sit in several, that of their own area.
    links
        By the key of a channel, who can pass on what is posted there, and to where.
    holders
        Who has each role, with the area in which he lives, from 0.
    sharers
        Who shares broadcasts in his groups, rising.
    """

    groups: list[Channel]
    uppers: list[Channel]
    group_of: dict[int, Channel]
    links: Mapping[str, list[Link]]
    holders: Mapping[str, list[tuple[int, int]]]
    sharers: list[int]


class Seats(NamedTuple):
    """Who has a seat where, before the groups are made.

    Parameters
    ----------
    world
        The world.
    areas
        The areas of its residents' groups.
    of_area
        The members of the residents' group of each area.
    holders
        Who has each role, with the area in which he lives.
    """

    world: Settled
    areas: Areas
    of_area: Mapping[int, Indices]
    holders: Mapping[str, list[tuple[int, int]]]


def wire(world: Settled) -> Wiring:
    """Make the groups of the alert structure of a world."""
    layout = world.scenario.structure.plan
    ground = areas_of(world)
    of_area = _members(world, ground)
    seats = Seats(world, ground, of_area, {role.name: _holders(world, role, of_area) for role in layout.roles})
    own = {area: _group(seats, area) for area in of_area}
    kinds = {GROUP: list(own.values()), **{upper.name: _uppers(seats, upper) for upper in layout.uppers}}
    links: dict[str, list[Link]] = defaultdict(list)
    for forward in layout.forwards:
        stewards = {person for person, _ in seats.holders[forward.by]}
        for source in kinds[forward.source]:
            able = stewards.intersection(source.members.tolist())
            for target in kinds[forward.target]:
                if able and source is not target:
                    both = sorted(able.intersection(target.members.tolist()))
                    links[source.key] += [Link(person, target) for person in both]
    group_of = {person: own[area] for area, members in of_area.items() for person in members.tolist()}
    uppers = [channel for upper in layout.uppers for channel in kinds[upper.name]]
    sharers = _sharers(seats)
    for group in kinds[GROUP] if sharers else ():
        links[BROADCAST] += [Link(person, group) for person in sorted(set(sharers).intersection(group.members.tolist()))]
    return Wiring(kinds[GROUP], uppers, group_of, links, seats.holders, sharers)


def _sharers(seats: Seats) -> list[int]:
    """List who shares broadcasts in his groups: whoever has a role in them."""
    if not seats.world.scenario.structure.parts.shared:
        return []
    return sorted({person for holders in seats.holders.values() for person, _ in holders})


def told_before(world: Settled, wiring: Wiring) -> tuple[Flags, Flags]:
    """Give who knows of the exercise from the start, and who its number; of stewards as the scenario says, if it does."""
    people, share = world.people, world.scenario.players.announced.stewards
    if share is None:
        return people.aware, people.numbered
    stewards = np.array(sorted({person for some in wiring.holders.values() for person, _ in some}), np.int64)
    told = people.player[stewards].copy()
    if len(stewards):
        told |= uniforms(stream_key(world.seed, "informed"), people.key[stewards]) < share
    aware, numbered = people.aware.copy(), people.numbered.copy()
    aware[stewards] = numbered[stewards] = told
    return aware, numbered


def public_page(world: Settled, wiring: Wiring) -> Channel:
    """Make the page on which the organisers tell everybody who knows of the exercise."""
    aware, _ = told_before(world, wiring)
    return Channel("public-page", "page", np.flatnonzero(aware & ~world.people.unit))


def outlets_of(world: Settled, wiring: Wiring) -> list[Channel]:
    """Give the channels in which the organisers post: the public page, the groups that take part, or groups above them."""
    outlet = world.scenario.outlet
    if outlet == "public-page":
        return [public_page(world, wiring)]
    if outlet != "groups":
        return [upper for upper in wiring.uppers if upper.key.rpartition("-")[0] == outlet]
    stream, share = stream_key(world.seed, "taking-part"), world.scenario.structure.groups_taking_part
    return [group for group in wiring.groups if uniform(stream, text_key(group.key)) < share]


def _members(world: Settled, ground: Areas) -> dict[int, Indices]:
    """Give the members of the residents' group of each area; where it is full, those with the lowest keyed numbers."""
    scenario, people, split = world.scenario, world.people, world.scenario.structure.plan.areas
    if split == "none":
        return {}
    who = np.flatnonzero(people.member)
    cap = scenario.structure.cap or round(scenario.in_force("group_cap"))
    area = ground.of_home[people.home[who]]
    rank = uniforms(stream_key(world.seed, "group-place"), people.key[who]) if len(who) else np.zeros(0)
    return seated(Candidates(who, area, rank), cap) or ({0: who} if split == "one" else {})


def areas_of(world: Settled) -> Areas:
    """Give the areas of the residents' groups: one, where there is one group for all or so few members need no more."""
    structure, members = world.scenario.structure, np.count_nonzero(world.people.member)
    if structure.plan.areas != "many" or (structure.split_over is not None and members <= structure.split_over):
        return Areas(np.zeros(len(world.network.map.homes.key), np.int64), [{0}])
    return areas(world.network, structure.groups, structure.steps)


def _holders(world: Settled, role: Role, of_area: Mapping[int, Indices]) -> list[tuple[int, int]]:
    """Choose who has a role: of each area, or the like, those with the lowest keyed numbers, the same in every role."""
    count, stream = round(world.scenario.parameters[role.number]), stream_key(world.seed, "role")
    candidates: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for area, members in of_area.items():
        ranks = uniforms(stream, world.people.key[members]).tolist() if len(members) else []
        candidates[_number(world, area, role.per)] += [
            (rank, person, area) for rank, person in zip(ranks, members.tolist(), strict=True)
        ]
    return [(person, area) for some in candidates.values() for _, person, area in sorted(some)[:count]]


def _number(world: Settled, area: int, extent: Extent) -> int:
    """Give the number of the area, cluster or district in which an area lies."""
    district, cluster = world.scenario.structure.steps
    return {"area": area, "cluster": area // cluster, "district": area // district, "map": 0}[extent]


def _group(seats: Seats, area: int) -> Channel:
    """Make the residents' group of an area: who lives there, and whose role lets him sit there too."""
    guests = [
        person
        for role in seats.world.scenario.structure.plan.roles
        for person, home in seats.holders[role.name]
        if _sits_in(seats, role, home, area)
    ]
    return Channel(f"{GROUP}-{area + 1}", GROUP, np.array(sorted({*seats.of_area[area].tolist(), *guests}), np.int64))


def _sits_in(seats: Seats, role: Role, home: int, area: int) -> bool:
    world = seats.world
    if not (_connected(world, home) and _connected(world, area)):
        return home == area
    if role.sits_in == "neighbours":
        return area in seats.areas.around[home]
    return _number(world, home, role.sits_in) == _number(world, area, role.sits_in)


def _uppers(seats: Seats, upper: Upper) -> list[Channel]:
    """Make the groups of one kind above the residents' groups."""
    inside: dict[int, set[int]] = defaultdict(set)
    for role in upper.members:
        for person, area in seats.holders[role]:
            if _connected(seats.world, area):
                inside[_number(seats.world, area, upper.per)].add(person)
    return [
        Channel(f"{upper.name}-{number}", "upper", np.array(sorted(inside[extent]), np.int64))
        for number, extent in enumerate(sorted(inside), start=1)
    ]


def _connected(world: Settled, area: int) -> bool:
    """Tell whether the residents' group of an area is connected with others at all."""
    share = world.scenario.structure.groups_connected_share
    return share == 1.0 or uniform(stream_key(world.seed, "connected"), text_key(f"{GROUP}-{area + 1}")) < share
