"""One message goes through the groups as an infection goes through a network: the same cascade in EoN, and in formulas.

In EoN (Miller & Ting 2019, doi:10.21105/joss.01731) a channel is a hub: it infects its readers after their time to read, and
each steward infects further hubs after his time to pass on. Nothing of the engine is used there but who sits where.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import EoN
import networkx as nx
import numpy as np
import pytest
from scipy import optimize, stats

from simulation.engine.wiring import wire
from tests.verification.spreading import Given, sighting, spread, stage_of, world_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.channels.groups import Channel
    from simulation.engine.wiring import Wiring
    from simulation.engine.world import World

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RUNS = 1000
END_S = 10_000.0
HOMES = 60
AUTHOR = 0
TAKES_PART, PASSES_ON, ALIKE, HALF_M, VAGUE = 0.8, 0.8, 0.5, 1000.0, 0.8
READ, SLOWER, RELAY = (200.0, 1.3), 4.0, (500.0, 0.7)
"""Median, seconds, and spread of the logarithm of the time to read; factor on it where muted; the same of passing on."""
VALUES = {
    "p_mute": 0.3,
    "muted_delay_factor": SLOWER,
    "read_delay_ordinary_median_s": READ[0],
    "read_delay_ordinary_sigma": READ[1],
    "admin_relay_median_s": RELAY[0],
    "admin_relay_sigma": RELAY[1],
    "p_steward_available": TAKES_PART,
    "p_admin_forward": PASSES_ON,
    "judgement_shared": ALIKE,
    "forward_half_m": HALF_M,
    "forward_half_s": 1e6,
    "forward_vague_factor": VAGUE,
}
LOOKS = 400
"""More than anybody looks at his phone within the time."""
SHARES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7)
STRUCTURES = {"zoomwijck": {"groups": 4}, "bridging-coordinators": {"groups": 5}}


@cache
def world(structure: str) -> World:
    return world_of(HOMES, END_S, VALUES, id=structure, **STRUCTURES[structure])


class Infection:
    """The cascade of one seed's groups, with chance of its own.

    Everybody has looks at his phone; who muted groups reads those when he has looked both in this rhythm and in a slower one.
    EoN does not tell at what time somebody is infected; it is the earliest of the times that he was promised.
    """

    def __init__(self, wiring: Wiring, muted: Flags, rng: np.random.Generator) -> None:
        self.rng, self.muted = rng, muted
        self.verdict = rng.random()
        self.looks = {slow: looks(rng, SLOWER if slow else 1.0) for slow in (False, True)}
        self.metres = {channel.key: abs(middle(wiring, channel) - 10.0) for channel in wiring.groups}
        channels = [*wiring.groups, *wiring.uppers]
        self.graph = nx.DiGraph()
        for channel in channels:
            self.graph.add_edges_from((channel.key, person) for person in channel.members.tolist() if person != AUTHOR)
        for links in wiring.links.values():
            self.graph.add_edges_from((link.steward, link.target.key) for link in links)
        self.start = wiring.group_of[AUTHOR].key
        self.promised: dict[str | int, float] = {self.start: 0.0}

    def reached(self) -> dict[str | int, float]:
        """Give when each channel has the message, and each person has read it."""
        found = EoN.fast_nonMarkov_SIR(
            self.graph,
            trans_and_rec_time_fxn=self.delays,
            initial_infecteds=[self.start],
            tmax=END_S,
            rng=self.rng,
            return_full_data=True,
        )
        return {node: time for time, _, node in found.transmissions()}

    def delays(self, node: str | int, others: list[str | int]) -> tuple[dict[str | int, float], float]:
        now = self.promised[node]
        delays = self.to_read(node, others, now) if isinstance(node, str) else self.to_pass_on(others)
        for other, delay in delays.items():
            self.promised[other] = min(now + delay, self.promised.get(other, np.inf))
        return delays, np.inf

    def to_read(self, channel: str, readers: list[int], now: float) -> dict[int, float]:
        delays = {}
        for person in readers:
            heeds = bool(self.muted[person]) and channel.startswith("group-")
            rhythms = (False, True) if heeds else (False,)
            delays[person] = max(next_look(self.looks[slow][person], now) for slow in rhythms) - now
        return delays

    def to_pass_on(self, channels: list[str]) -> dict[str, float]:
        if self.rng.random() >= TAKES_PART:
            return {}
        delay, alike = self.rng.lognormal(np.log(RELAY[0]), RELAY[1]), self.rng.random() < ALIKE
        return {
            channel: delay for channel in channels if (self.verdict if alike else self.rng.random()) < self.chance(channel)
        }

    def chance(self, channel: str) -> float:
        return PASSES_ON * VAGUE / (1.0 + (self.metres.get(channel, 0.0) / HALF_M) ** 2)


def middle(wiring: Wiring, group: Channel) -> float:
    """Give where along the street the middle of the homes of a group is, metres."""
    return float(np.mean([10.0 + 20.0 * person for person, own in wiring.group_of.items() if own is group]))


@cache
def turn() -> float:
    """Give the delay below which it is even, so that looking at one's phone can be a stationary stream."""
    median, sigma = READ
    score = optimize.brentq(lambda z: stats.norm.cdf(z) * sigma - stats.norm.pdf(z), -sigma, 8.0)
    return float(median * np.exp(sigma * score))


def looks(rng: np.random.Generator, slower: float) -> Floats:
    """Draw when everybody looks: the first delay, then gaps, of which a share is longer as the delay's density falls."""
    delay = rng.lognormal(np.log(READ[0]), READ[1], HOMES)
    first = np.where(delay > turn(), delay, rng.uniform(0.0, turn(), HOMES))
    seconds, longer = densities()
    gaps = np.interp(-rng.random((HOMES, LOOKS)), -longer, seconds)
    times = slower * np.cumsum(np.concatenate([first[:, np.newaxis], gaps], axis=1), axis=1)
    assert times[:, -1].min() > END_S
    return times


@cache
def densities() -> tuple[Floats, Floats]:
    """Give delays from where their density falls, and the density there in proportion to that at once."""
    seconds = np.geomspace(turn(), 1e6, 20_000)
    density = stats.lognorm.pdf(seconds, READ[1], scale=READ[0])
    return seconds, density / density[0]


def next_look(times: Floats, now: float) -> float:
    return float(times[np.searchsorted(times, now, side="right")])


def in_engine(structure: str) -> tuple[Floats, Floats]:
    """Give when shares of all residents have read the message, and when each group has it, in each run."""
    people, groups = [], []
    for seed in range(RUNS):
        stage = stage_of(world(structure), seed)
        (read,) = spread(stage, Given(AUTHOR, 0.0, sighting(10.0)))
        sent = {posted.channel: posted.time for posted in reversed(stage.posts)}
        people.append(quantiles(read))
        groups.append([sent.get(channel.key, END_S) for channel in stage.groups])
    return np.minimum(people, END_S), np.minimum(groups, END_S)


def in_eon(structure: str) -> tuple[Floats, Floats]:
    """Give the same of as many other runs in EoN."""
    people, groups = [], []
    for seed in range(RUNS, 2 * RUNS):
        wiring = wire(replace(world(structure), seed=seed))
        found = Infection(wiring, world(structure).people.muted, np.random.default_rng(seed)).reached()
        people.append(quantiles(np.array([found.get(person, END_S) for person in range(HOMES)])))
        groups.append([found.get(channel.key, END_S) for channel in wiring.groups])
    return np.array(people), np.array(groups)


def quantiles(read: Floats) -> Floats:
    """Give when shares of the residents other than the author have read it."""
    return np.sort(np.delete(read, AUTHOR))[[int(share * (HOMES - 1)) for share in SHARES]]


@pytest.mark.parametrize("structure", STRUCTURES)
def test_one_message_reaches_people_and_groups_when_an_infection_does(structure: str) -> None:
    # 1,000 runs each. Each of 11 or 12 tests of Kolmogorov and Smirnov gives a false alarm once in 10,000, all 23 once in 430.
    for mine, theirs in zip(in_engine(structure), in_eon(structure), strict=True):
        for one, other in zip(mine.T, theirs.T, strict=True):
            assert stats.ks_2samp(one, other).pvalue > 1e-4, (one.mean(), other.mean())
        assert (mine < END_S).mean() > 0.5
