"""The groups of an alert structure on a map: who sits in which, and who can pass messages on from which to which."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.channels.groups import Candidates, Channel, Link, seated
from simulation.draws import stream_key, text_key, uniform, uniforms
from simulation.engine.areas import areas
from simulation.scenario.structures import GROUP, LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.engine.world import World
    from simulation.scenario.structures import Extent, Layout, Role

    Indices = NDArray[np.int64]


class Steward(NamedTuple):
    """Somebody who has a role in the residents' group of an area."""

    person: int
    area: int


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
    """

    groups: list[Channel]
    uppers: list[Channel]
    group_of: dict[int, Channel]
    links: Mapping[str, list[Link]]


def wire(world: World) -> Wiring:
    """Make the groups of the alert structure of a world."""
    structure = world.scenario.structure
    layout = LAYOUTS[structure.id]
    seats = _seats(world, layout)
    holders = {role.name: _stewards(world, role, seats) for role in layout.roles}
    groups = _groups(world, layout, seats, holders)
    uppers = {upper.name: _uppers(world, upper.name, upper.per, holders[upper.members]) for upper in layout.uppers}
    by_name: dict[str, list[Channel]] = {GROUP: list(groups.values()), **uppers}
    links: dict[str, list[Link]] = defaultdict(list)
    for forward in layout.forwards:
        stewards = {steward.person for steward in holders[forward.by]}
        for source in by_name[forward.source]:
            for target in by_name[forward.target]:
                if source is not target:
                    both = stewards.intersection(source.members.tolist()).intersection(target.members.tolist())
                    links[source.key] += [Link(person, target, forward.by) for person in sorted(both)]
    group_of = {person: groups[area] for area, members in seats.items() for person in members.tolist()}
    return Wiring(by_name[GROUP], [one for some in uppers.values() for one in some], group_of, links)


def _seats(world: World, layout: Layout) -> dict[int, Indices]:
    """Give the members of the residents' group of each area; where it is full, those with the lowest keyed numbers."""
    scenario, people = world.scenario, world.people
    if layout.areas == "none":
        return {}
    members = np.flatnonzero(people.member)
    cap = scenario.structure.cap or round(scenario.parameters["group_cap"])
    area = areas(world.network, scenario.structure.groups if layout.areas == "many" else 1)[people.home[members]]
    rank = uniforms(stream_key(world.seed, "group-place"), people.key[members]) if len(members) else np.zeros(0)
    seats = seated(Candidates(members, area, rank), cap)
    return seats or ({0: members} if layout.areas == "one" else {})


def _stewards(world: World, role: Role, seats: Mapping[int, Indices]) -> list[Steward]:
    """Choose who has a role: of each residents' group those with the lowest keyed numbers, the same in every role."""
    count, stream = round(world.scenario.parameters[role.number]), stream_key(world.seed, "role")
    stewards = []
    for area, members in seats.items():
        rank = uniforms(stream, world.people.key[members])
        stewards += [Steward(person, area) for person in members[np.argsort(rank, kind="stable")[:count]].tolist()]
    return stewards


def _extent(world: World, area: int, extent: Extent) -> int:
    """Give the number of the cluster, or the like, in which an area lies."""
    structure = world.scenario.structure
    return {"area": area, "cluster": area // structure.cluster, "district": area // structure.district, "map": 0}[extent]


def _groups(
    world: World, layout: Layout, seats: Mapping[int, Indices], holders: Mapping[str, Sequence[Steward]]
) -> dict[int, Channel]:
    """Make the residents' groups: who lives in the area, and stewards from around it."""
    groups = {}
    for area, members in seats.items():
        guests = [
            steward.person
            for role in layout.roles
            for steward in holders[role.name]
            if _extent(world, steward.area, role.sits_in) == _extent(world, area, role.sits_in)
        ]
        together = np.union1d(members, np.array(guests, np.int64))
        groups[area] = Channel(f"{GROUP}-{area + 1}", GROUP, together)
    return groups


def _uppers(world: World, name: str, per: Extent, stewards: Sequence[Steward]) -> list[Channel]:
    """Make the groups of one kind above the residents' groups."""
    structure, by_extent = world.scenario.structure, defaultdict[int, list[int]](list)
    for steward in stewards:
        if structure.groups_connected_share < 1.0 and not _connected(world, steward.area):
            continue
        by_extent[_extent(world, steward.area, per)].append(steward.person)
    return [
        Channel(f"{name}-{number + 1}", "upper", np.unique(np.array(people, np.int64)))
        for number, (_, people) in enumerate(sorted(by_extent.items()))
    ]


def _connected(world: World, area: int) -> bool:
    """Tell whether the residents' group of an area takes part in the groups above it."""
    draw = uniform(stream_key(world.seed, "connected"), text_key(f"{GROUP}-{area + 1}"))
    return draw < world.scenario.structure.groups_connected_share
