"""The groups of an alert structure on a map: who sits in which, and who can pass messages on from which to which."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from simulation.channels.groups import Candidates, Channel, GroupNumber, Link, seated
from simulation.draws import stream_key, text_key, uniform, uniforms
from simulation.engine.areas import Areas, areas
from simulation.people.officials import officials_of
from simulation.people.patrols import team_of
from simulation.people.shops import nearest_homes
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
        """Everybody: residents, and behind them shopkeepers and officials."""


class Wiring(NamedTuple):
    """The groups of an alert structure.

    Parameters
    ----------
    groups
        The residents' groups, and the shopkeepers' group behind them.
    uppers
        The groups above them.
    group_of
        The residents' group of each member: of stewards who sit in several, their own one.
    number_of
        By the key of a group, which it is.
    links
        By the key of a channel, who can pass on what is posted there, and to where.
    holders
        Which residents and shopkeepers have each role, with their group.
    officials
        Which officials who sit anywhere have each role.
    patrol
        Who is in the patrol team, rising.
    """

    groups: list[Channel]
    uppers: list[Channel]
    group_of: dict[int, Channel]
    number_of: Mapping[str, GroupNumber]
    links: Mapping[str, list[Link]]
    holders: Mapping[str, list[Holder]]
    officials: Mapping[str, list[int]]
    patrol: Indices

    @property
    def stewards(self) -> list[int]:
        """Which residents and shopkeepers have a role, rising."""
        return sorted({person for some in self.holders.values() for person, _ in some})

    def screeners(self) -> dict[str, list[int]]:
        """Give, by the key of a residents' group, which of its members have a role, rising."""
        every = sorted({holder for holders in self.holders.values() for holder in holders})
        found: dict[str, list[int]] = defaultdict(list)
        for person, group in every:
            found[group.key].append(person)
        return found


class Holder(NamedTuple):
    """Somebody who has a role.

    Parameters
    ----------
    person
        His index.
    group
        The residents' group of which he is a member.
    """

    person: int
    group: GroupNumber


class Seats(NamedTuple):
    """Who has a seat where, before the groups are made.

    Parameters
    ----------
    world
        The world.
    areas
        The areas of its residents' groups.
    members
        The members of each residents' group, and of the shopkeepers' group.
    holders
        Which residents and shopkeepers have each role.
    officials
        Which officials have each role, and of which areas each sits in the groups above.
    """

    world: Settled
    areas: Areas
    members: Mapping[GroupNumber, Indices]
    holders: Mapping[str, list[Holder]]
    officials: Mapping[str, dict[int, set[int]]]


def wire(world: Settled) -> Wiring:
    """Make the groups of the alert structure of a world."""
    layout = world.scenario.structure.plan
    ground = areas_of(world)
    members = _members(world, ground) | _shopkeepers(world, ground)
    inside, outside = ([role for role in layout.roles if role.outside is out] for out in (False, True))
    holders = {role.name: _holders(world, role, members) for role in inside}
    seats = Seats(world, ground, members, holders, {role.name: _officials(world, role, ground) for role in outside})
    own = {number: _group(seats, number) for number in members}
    kinds = {GROUP: list(own.values()), **{upper.name: _uppers(seats, upper) for upper in layout.uppers}}
    links: dict[str, list[Link]] = defaultdict(list)
    for forward in layout.forwards:
        stewards = {*seats.officials.get(forward.by, ()), *(person for person, _ in seats.holders.get(forward.by, ()))}
        for source in kinds[forward.source]:
            able = stewards.intersection(source.members.tolist())
            for target in kinds[forward.target]:
                if able and source is not target:
                    both = sorted(able.intersection(target.members.tolist()))
                    links[source.key] += [Link(person, target, forward.case_holder) for person in both]
    group_of = {person: own[number] for number, some in members.items() for person in some.tolist()}
    uppers = [channel for upper in layout.uppers for channel in kinds[upper.name]]
    number_of = {group.key: number for number, group in own.items()}
    seated = {person for upper in uppers for person in upper.members.tolist()}
    officials = {role: sorted(seated.intersection(some)) for role, some in seats.officials.items()}
    wiring = Wiring(kinds[GROUP], uppers, group_of, number_of, links, holders, officials, _patrol(world))
    if world.scenario.structure.parts.shared:
        stewards = set(wiring.stewards)
        for group in wiring.groups:
            links[BROADCAST] += [Link(person, group) for person in sorted(stewards.intersection(group.members.tolist()))]
    return wiring


def _patrol(world: Settled) -> Indices:
    """Give the members of the patrol team; nobody where there is none."""
    scenario = world.scenario
    if not scenario.structure.parts.patrol:
        return np.zeros(0, np.int64)
    return team_of(world.people, scenario.parameters, world.seed)


def told_before(world: Settled, wiring: Wiring) -> tuple[Flags, Flags]:
    """Give who knows of the exercise from the start, and who its number; of stewards as the scenario says, if it does.

    The members of a patrol team do, as players do, where it is announced to anybody.
    """
    aware, numbered = _told_of_stewards(world, wiring)
    told = world.scenario.players.announced
    if len(wiring.patrol) and max(told.members, told.others, told.stewards or 0.0) > 0.0:
        aware, numbered = aware.copy(), numbered.copy()
        aware[wiring.patrol] = numbered[wiring.patrol] = True
    return aware, numbered


def _told_of_stewards(world: Settled, wiring: Wiring) -> tuple[Flags, Flags]:
    people, share = world.people, world.scenario.players.announced.stewards
    if share is None:
        return people.aware, people.numbered
    stewards = np.array(wiring.stewards, np.int64)
    told = people.player[stewards].copy()
    if len(stewards):
        told |= uniforms(stream_key(world.seed, "informed"), people.key[stewards]) < share
    aware, numbered = people.aware.copy(), people.numbered.copy()
    aware[stewards] = numbered[stewards] = told
    return aware, numbered


def public_page(world: Settled, wiring: Wiring) -> Channel:
    """Make the page on which the organisers tell everybody who knows of the exercise."""
    aware, _ = told_before(world, wiring)
    return Channel("public-page", "page", np.flatnonzero(aware & ~world.people.unit & (world.people.official < 0)))


def outlets_of(world: Settled, wiring: Wiring) -> list[Channel]:
    """Give the channels in which the organisers post: the public page, the groups that take part, or groups above them."""
    outlet = world.scenario.outlet
    if outlet == "public-page":
        return [public_page(world, wiring)]
    if outlet != "groups":
        return [upper for upper in wiring.uppers if upper.key.rpartition("-")[0] == outlet]
    stream, share = stream_key(world.seed, "taking-part"), world.scenario.structure.groups_taking_part
    return [group for group in wiring.groups if uniform(stream, text_key(group.key)) < share]


def _members(world: Settled, ground: Areas) -> dict[GroupNumber, Indices]:
    """Give the members of each residents' group; where one is full, it has those with the lowest keyed numbers of its area."""
    people, split = world.people, world.scenario.structure.plan.areas
    if split == "none":
        return {}
    who = np.flatnonzero(people.member & people.resident)
    return _seated(world, who, ground.of_home[people.home[who]]) or ({GroupNumber(0, 0): who} if split == "one" else {})


def _shopkeepers(world: Settled, ground: Areas) -> dict[GroupNumber, Indices]:
    """Give the members of the shopkeepers' group, if there are shopkeepers: by rule whoever is present at a shop."""
    who = np.flatnonzero(world.people.shop >= 0)
    if not len(who) or world.scenario.structure.plan.areas == "none":
        return {}
    nearest, _ = nearest_homes(world.network.map, world.people.shop[who])
    area = int(np.bincount(ground.of_home[nearest]).argmax())
    seats = _seated(world, who, np.full(len(who), area))
    return {number._replace(shops=True): some for number, some in seats.items()}


def _seated(world: Settled, who: Indices, area: Indices) -> dict[GroupNumber, Indices]:
    """Seat people in the groups of their areas, as far as there is room."""
    scenario, people = world.scenario, world.people
    cap = scenario.structure.cap or round(scenario.in_force("group_cap"))
    rank = uniforms(stream_key(world.seed, "group-place"), people.key[who]) if len(who) else np.zeros(0)
    return seated(Candidates(who, area, rank), cap, next_groups=scenario.structure.when_full == "next-group")


def areas_of(world: Settled) -> Areas:
    """Give the areas of the residents' groups: one, where there is one group for all or so few members need no more."""
    structure, members = world.scenario.structure, np.count_nonzero(world.people.member & world.people.resident)
    if structure.plan.areas != "many" or (structure.split_over is not None and members <= structure.split_over):
        return Areas(np.zeros(len(world.network.map.homes.key), np.int64), [{0}])
    return areas(world.network, structure.groups, structure.steps)


def _holders(world: Settled, role: Role, members: Mapping[GroupNumber, Indices]) -> list[Holder]:
    """Choose who has a role: of each group, or the like, those with the lowest keyed numbers, the same in every role.

    A role of which there are so many for several groups together goes to residents.
    """
    count, stream = round(world.scenario.parameters[role.number]), stream_key(world.seed, "role")
    candidates: dict[tuple[int, ...], list[tuple[float, int, GroupNumber]]] = defaultdict(list)
    for group, some in members.items():
        if group.shops and role.per != "area":
            continue
        ranks = uniforms(stream, world.people.key[some]).tolist() if len(some) else []
        within = group if role.per == "area" else (_number(world, group.area, role.per), 0)
        candidates[within] += [(rank, person, group) for rank, person in zip(ranks, some.tolist(), strict=True)]
    return [Holder(person, group) for some in candidates.values() for _, person, group in sorted(some)[:count]]


def _officials(world: Settled, role: Role, ground: Areas) -> dict[int, set[int]]:
    """Give the officials with a role, and of which areas each sits in the groups above."""
    officials, number_of, found = officials_of(world.scenario), world.people.official, dict[int, set[int]]()
    for person in np.flatnonzero(number_of >= 0).tolist():
        official = officials[number_of.item(person)]
        if official.role == role.name:
            own = {area for area in range(len(ground.around)) if _number(world, area, role.per) == official.extent}
            found[person] = {area for area in range(len(ground.around)) if _serves(world, role, area, (own, ground))}
    return found


def _serves(world: Settled, role: Role, area: int, at: tuple[set[int], Areas]) -> bool:
    """Tell whether an official sits in the groups above of an area, given his own areas and how all lie."""
    own, ground = at
    if role.sits_in == "area":
        return area in own
    if role.sits_in == "neighbours":
        return bool(own & ground.around[area])
    return _number(world, area, role.sits_in) in {_number(world, one, role.sits_in) for one in own}


def _number(world: Settled, area: int, extent: Extent) -> int:
    """Give the number of the area, cluster or district in which an area lies."""
    district, cluster = world.scenario.structure.steps
    return {"area": area, "cluster": area // cluster, "district": area // district, "map": 0}[extent]


def _group(seats: Seats, number: GroupNumber) -> Channel:
    """Make a group: its members, and of a residents' group whose role lets him sit there too."""
    guests = [
        person
        for role in seats.world.scenario.structure.plan.roles
        for person, own in seats.holders.get(role.name, ())
        if _sits_in(seats, role, own, number)
    ]
    kind = "shops" if number.shops else GROUP
    return Channel(number.key, kind, np.array(sorted({*seats.members[number].tolist(), *guests}), np.int64))


def _sits_in(seats: Seats, role: Role, own: GroupNumber, other: GroupNumber) -> bool:
    """Tell whether who has a role sits in a group that is not his own: shopkeepers and residents not in each other's."""
    world, apart = seats.world, own.shops or other.shops
    if role.sits_in == "area" or apart or not (_connected(world, own) and _connected(world, other)):
        return False
    if role.sits_in == "neighbours":
        return other.area in seats.areas.around[own.area]
    return _number(world, own.area, role.sits_in) == _number(world, other.area, role.sits_in)


def _uppers(seats: Seats, upper: Upper) -> list[Channel]:
    """Make the groups of one kind above the residents' groups."""
    inside: dict[int, set[int]] = defaultdict(set)
    for role in upper.members:
        for person, group in seats.holders.get(role, ()):
            if _connected(seats.world, group):
                inside[_number(seats.world, group.area, upper.per)].add(person)
    for role in upper.members:
        for person, served in seats.officials.get(role, {}).items():
            for extent in inside.keys() & {_number(seats.world, area, upper.per) for area in served}:
                inside[extent].add(person)
    return [
        Channel(f"{upper.name}-{number}", "upper", np.array(sorted(inside[extent]), np.int64))
        for number, extent in enumerate(sorted(inside), start=1)
    ]


def _connected(world: Settled, group: GroupNumber) -> bool:
    """Tell whether the groups of an area, or of the shopkeepers, are connected with others at all."""
    share = world.scenario.structure.groups_connected_share
    return share == 1.0 or uniform(stream_key(world.seed, "connected"), text_key(group.first)) < share
