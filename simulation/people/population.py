"""Who lives here: households at addresses, and the independent flags of each person."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.draws import combine, stream_key, truncated_normals, uniforms
from simulation.people.covering import CHOICE
from simulation.people.households import (
    ADULT,
    ages,
    draw_households,
    home_chances,
    home_draws,
    member_chances,
)
from simulation.people.players import of_any_game, turn_out, with_parties
from simulation.people.rows import expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.players import Turnout
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class People:
    """Residents of one or more worlds; N of them, by world, then home, then number in the household; others behind them.

    Parameters
    ----------
    of_world
        (W + 1,) the people of world w are `of_world[w]:of_world[w + 1]`.
    world, home, number
        (N,) world, index of the home on the map, number in the household from 0.
    key
        (N,) keys for draws, the same in every world.
    type
        (N,) type of the household, an index into `simulation.people.households.TYPES`.
    age
        (N,) years.
    member
        (N,) in a neighbourhood group: the first adult of a member household in a street that a group covers; or a
        shopkeeper, in theirs.
    muted
        (N,) has groups muted.
    enrolled
        (N,) is enrolled for broadcasts of the control room.
    player
        (N,) came to play, alone or in a party.
    party
        (N,) how many children who are too young to play alone come with him.
    plays
        (N, games + 1) plays which game, alone or as the adult of a party: a player plays every one for which he is of age. In
        the last column nobody does.
    eyes
        (N, games + 1) factor on what he notices during each game.
    aware, numbered
        (N,) knows that an exercise is on; and knows the temporary number besides.
    unit
        (N,) is a unit that the desk can send, and no resident; its home is -1.
    shop
        (N,) the shop of a shopkeeper, who is no resident, among the places of the map; -1 of everybody else. His home is the
        address whose view he has from there, or -1.
    official
        (N,) the number of an official, who is no resident, among those of the evening; -1 of everybody else. His home is -1.
    on_street
        (N,) walks about from the start of play: players who do not stay in.
    at_home
        (N,) is at home when not on a round, and old enough to look out; what resident is neither there nor on the street takes
        no part.
        A child in a party is in neither: it looks, reads and asks with its adult.
    walk_speed, bike_speed
        (N,) metres per second; a party goes at the pace of its slowest.
    """

    of_world: Indices
    world: Indices
    home: Indices
    number: Indices
    key: Keys
    type: Indices
    age: Indices
    member: Flags
    muted: Flags
    enrolled: Flags
    player: Flags
    party: Indices
    plays: Flags
    eyes: Floats
    aware: Flags
    numbered: Flags
    unit: Flags
    shop: Indices
    official: Indices
    on_street: Flags
    at_home: Flags
    walk_speed: Floats
    bike_speed: Floats

    @property
    def resident(self) -> Flags:
        """(N,) lives on the map: no unit, shopkeeper or official."""
        return np.asarray(~self.unit & (self.shop < 0) & (self.official < 0))

    def in_world(self, world: int) -> People:
        """Give the people of one world alone."""
        part = slice(int(self.of_world[world]), int(self.of_world[world + 1]))
        columns = {name: getattr(self, name)[part] for name in _COLUMNS}
        return People(np.array([0, part.stop - part.start]), np.zeros(part.stop - part.start, np.int64), **columns)


_COLUMNS = tuple(part.name for part in fields(People))[2:]
_NOWHERE = {"home", "shop", "official"}
"""Columns that are -1 of who has none."""


def behind(people: People, others: Mapping[str, Any]) -> People:
    """Add people who live nowhere on the map behind those of each world.

    Parameters
    ----------
    people
        Who is there already.
    others
        Columns of those who are added, among them `world` and `key`. Each that is left out says of them no, 0 or none; but
        they notice what others notice.
    """
    count, worlds = len(others["world"]), len(people.of_world) - 1
    given = {"eyes": np.ones((count, people.eyes.shape[1])), **others}
    order = np.argsort(np.concatenate([people.world, others["world"]]), kind="stable")
    columns = {}
    for name in ("world", *_COLUMNS):
        column = getattr(people, name)
        rest = np.full((count, *column.shape[1:]), -1 if name in _NOWHERE else 0, column.dtype)
        columns[name] = np.concatenate([column, given.get(name, rest)])[order]
    return People(of_world=np.searchsorted(columns["world"], np.arange(worlds + 1)), **columns)


def settle(scenario: Scenario, network: Network, seeds: Sequence[int]) -> People:
    """Draw the residents of each world.

    A person depends on the seed, the address and the number in the household alone, never on who else lives on the map, except
    where the scenario asks for a count: then the lowest keyed numbers are taken.
    """
    parameters, announced = scenario.parameters, scenario.players.announced
    households = draw_households(parameters, network.home_key, seeds)
    world, home, number = _living(scenario, network, seeds, households.size)
    kind, child = households.type[world, home], number >= households.adults[world, home]
    key = combine(network.home_key[home], number.astype(np.uint64))
    draw = partial(_draws, seeds, world, key)
    age = ages(draw("age"), kind, child, parameters)
    member = (number == 0) & _member_homes(scenario, network, seeds, households.type)[world, home]
    turnout = turn_out(scenario, draw("player"), (world, kind, number, age), len(seeds))
    active, young, party = turnout.active, turnout.young, turnout.party
    stays = draw("at-home") < home_chances(parameters)[kind]
    aware = ~young & (active | (draw("informed") < np.where(member, announced.members, announced.others)))
    on_street = active & ((party > 0) | (draw("on-street") < parameters["p_player_street"]))
    return People(
        of_world=np.searchsorted(world, np.arange(len(seeds) + 1)),
        world=world,
        home=home,
        number=number,
        key=key,
        type=kind,
        age=age,
        member=member,
        muted=member & (draw("mute") < parameters["p_mute"]),
        enrolled=(age >= parameters["burgernet_age"]) & (draw("enrolled") < parameters["p_burgernet"]),
        player=active | young,
        party=party,
        plays=turnout.plays,
        eyes=_eyes(scenario, party, draw("trained") < scenario.residents.trained),
        aware=aware,
        numbered=active | (aware & (draw("number") < parameters["p_number_known"])),
        unit=np.zeros(len(world), bool),
        shop=np.full(len(world), -1),
        official=np.full(len(world), -1),
        on_street=on_street,
        at_home=~on_street & ~young & (active | stays) & (age >= parameters["watch_min_age"]),
        walk_speed=_together(_walk_speeds(parameters, draw("walk-speed"), age), turnout),
        bike_speed=speeds(parameters, ("v_bike",), np.zeros_like(number), draw("bike-speed")),
    )


def residents_on(scenario: Scenario, network: Network, seed: int) -> int:
    """Count everybody who lives on a map in the world of a seed, taking part or not."""
    return int(draw_households(scenario.parameters, network.home_key, [seed]).size.sum())


def adults_on(scenario: Scenario, network: Network, seed: int) -> int:
    """Count the residents of a world who are adults."""
    return int((settle(scenario, network, [seed]).age >= ADULT).sum())


def able_to_play(scenario: Scenario, network: Network, seed: int) -> int:
    """Count the residents of a world who are of the age of any of the games."""
    return int(of_any_game(scenario, settle(scenario, network, [seed]).age).sum())


def _draws(seeds: Sequence[int], world: Indices, key: Keys, purpose: str) -> Floats:
    """Draw a number for each key, in the world of each."""
    return uniforms(np.array([stream_key(seed, purpose) for seed in seeds], np.uint64)[world], key)


def _living(scenario: Scenario, network: Network, seeds: Sequence[int], size: Indices) -> tuple[Indices, Indices, Indices]:
    """Choose who takes part, of households of some sizes; give world, home and number in the household of each person."""
    if scenario.residents.count is not None:
        order = np.argsort(home_draws(seeds, network.home_key, "lives-here"), axis=1, kind="stable")
        ordered = np.take_along_axis(size, order, axis=1)
        before = np.cumsum(ordered, axis=1) - ordered
        kept = np.clip(scenario.residents.count - before, 0, ordered)
        taken = np.zeros_like(size)
        np.put_along_axis(taken, order, kept, axis=1)
    else:
        taken = size
    rows, number = expand(taken.ravel())
    world, home = np.divmod(rows, size.shape[1])
    return world, home, number


def _member_homes(scenario: Scenario, network: Network, seeds: Sequence[int], kind: Indices) -> Flags:
    """Choose the homes of each world of which somebody is in a group, of those in streets that a group covers."""
    joins = home_draws(seeds, network.home_key, "member") < member_chances(scenario.parameters)[kind]
    covered = home_draws(seeds, network.street_key, CHOICE) < scenario.structure.covered_streets_share
    return np.asarray(joins & covered)


def _eyes(scenario: Scenario, party: Indices, trained: Flags) -> Floats:
    """Give the factor on what each person notices during each game: with training, and with the eyes of one's party."""
    own = np.where(trained, scenario.parameters["training_factor"], 1.0)
    more = scenario.parameters["party_child_eyes"] * party
    return np.asarray(own[:, np.newaxis] * (1.0 + more[:, np.newaxis] * with_parties(scenario)))


def _together(speed: Floats, turnout: Turnout) -> Floats:
    """Let the adult of a party go at the pace of its slowest."""
    np.minimum.at(speed, turnout.leader, speed[turnout.young])
    return speed


def _walk_speeds(parameters: Mapping[str, float], share: Floats, age: Indices) -> Floats:
    which = np.where(age >= parameters["old_age"], 1, np.where(age < ADULT, 2, 0))
    return speeds(parameters, ("v_walk_adult", "v_walk_old", "v_child"), which, share)


def speeds(parameters: Mapping[str, float], names: Sequence[str], which: Indices, share: Floats) -> Floats:
    """Turn even numbers into speeds, metres per second, each of the kind `which` of those whose numbers begin with `names`."""
    mean, sd, low, high = (
        np.array([parameters[f"{name}_{part}"] for name in names])[which] for part in ("mps", "sd_mps", "min_mps", "max_mps")
    )
    return truncated_normals(share, mean, sd, low, high)
