"""Who walks about from the start: players on the street, and residents on a round on foot or by bike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key, uniforms
from simulation.elementary import whole_microseconds
from simulation.people.places import base_point
from simulation.people.playareas import play_areas
from simulation.people.roaming import roam, spans_of
from simulation.people.walks import Walks, joined, there_and_back, wander

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Point = tuple[int, float]
    Indices = NDArray[np.int64]
    Keys = NDArray[np.uint64]


class Stroll(NamedTuple):
    """One person's walk, cut out of everybody's when first asked for.

    Parameters
    ----------
    walks, owner
        Everybody's walks, and whose this is.
    begin, until
        Seconds between which he is out.
    riding
        Whether he rides a bicycle.
    """

    walks: Walks
    owner: int
    begin: float
    until: float
    riding: bool = False

    @property
    def way(self) -> Walks:
        """The walk of this person alone."""
        return self.walks.of(self.owner) if len(self.walks.of_owner) > 2 else self.walks  # noqa: PLR2004 - bounds of one owner


@dataclass(frozen=True, eq=False)
class Strollers:
    """People who walk about without having been called out; M of them.

    Parameters
    ----------
    person
        (M,) their indices.
    walks
        Their ways; the owners are the rows of `person`.
    begin, until
        (M,) seconds between which they are out; infinite end for players who stay out to the end of the evening.
    riding
        (M,) who rides a bicycle.
    """

    person: Indices
    walks: Walks
    begin: Floats
    until: Floats
    riding: Flags

    def one(self, owner: int) -> Stroll:
        """Give the walk of one of them."""
        return Stroll(self.walks, owner, self.begin.item(owner), self.until.item(owner), self.riding.item(owner))


def strollers(people: People, network: Network, scenario: Scenario, seeds: Sequence[int]) -> Strollers:
    """Draw who is out and where he walks.

    Rounds set out at any moment, so that at every moment of the evening the expected share of the people at home
    who are on one is the registry's. A round goes anywhere without turning back for half its time, and returns the same way.
    """
    parameters, end_s = scenario.parameters, scenario.duration_s
    groups = _players(people, network, scenario, seeds)
    for (kind, who), speeds in zip(on_rounds(people, scenario, seeds), (people.walk_speed, people.bike_speed), strict=True):
        times = (parameters[f"round_{kind}_s"], end_s)
        groups.append(_rounds(people, network, seeds, (who, speeds[who]), times, riding=kind == "bike"))
    return Strollers(
        np.concatenate([group.person for group in groups]),
        joined([group.walks for group in groups]),
        np.concatenate([group.begin for group in groups]),
        np.concatenate([group.until for group in groups]),
        np.concatenate([group.riding for group in groups]),
    )


def on_rounds(people: People, scenario: Scenario, seeds: Sequence[int]) -> list[tuple[str, Indices]]:
    """Draw who goes on a round this evening: on foot (`walk`), and by bike (`bike`)."""
    parameters, found = scenario.parameters, []
    share = uniforms(_streams(people, seeds, "round"), people.key)
    taken = np.zeros(len(share))
    for kind in ("walk", "bike"):
        length = parameters[f"round_{kind}_s"]
        chance = parameters[f"p_round_{kind}"] * (scenario.duration_s + length) / length
        found.append((kind, np.flatnonzero(people.at_home & (share >= taken) & (share < taken + chance))))
        taken = taken + chance
    return found


def _players(people: People, network: Network, scenario: Scenario, seeds: Sequence[int]) -> list[Strollers]:
    """Let players roam, those together who play the same games."""
    groups, areas = [], play_areas(scenario, network)
    for plays in sorted(set(map(tuple, people.plays[people.on_street].tolist()))):
        who = np.flatnonzero(people.on_street & (people.plays == plays).all(axis=1))
        spans = spans_of(scenario.games, areas, plays)
        keys, speed = (seeds, people.key[who], people.world[who]), people.walk_speed[who]
        doors = doors_of(people, network, who)
        briefing = scenario.players.briefing
        start = doors if briefing is None else _all_at(base_point(network, briefing), len(who))
        walks, until = roam(network, spans, keys, (start, doors), speed, scenario.duration_s)
        groups.append(Strollers(who, walks, np.full(len(who), spans[0].begin), until, np.zeros(len(who), bool)))
    return groups


def _rounds(
    people: People,
    network: Network,
    seeds: Sequence[int],
    walkers: tuple[Indices, Floats],
    times: tuple[float, float],
    *,
    riding: bool,
) -> Strollers:
    (who, speed), (length, end_s) = walkers, times
    moment = uniforms(_streams(people, seeds, "round-start")[who], people.key[who])
    begin = whole_microseconds(moment * (end_s + length) - length)
    turned = begin + length / 2.0
    stream = _streams(people, seeds, "round-turn")[who]
    out = wander(network, (stream, people.key[who]), doors_of(people, network, who), (begin, turned), speed)
    walks = there_and_back(out, turned, network.edge_length, (0.0, end_s))
    return Strollers(who, walks, begin, begin + length, np.full(len(who), riding))


def _all_at(point: Point, count: int) -> tuple[Indices, Floats]:
    return np.full(count, point[0]), np.full(count, point[1])


def doors_of(people: People, network: Network, who: Indices) -> tuple[Indices, Floats]:
    """Give the points of the streets at people's doors: edges, and the distance along each, metres."""
    homes = network.map.homes
    return homes.edge[people.home[who]].astype(np.int64), homes.at[people.home[who]]


def _streams(people: People, seeds: Sequence[int], purpose: str) -> Keys:
    return np.array([stream_key(seed, purpose) for seed in seeds], np.uint64)[people.world]
