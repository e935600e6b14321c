"""Messages from one to one, in a population where anybody may tell anybody: the form of Bass, and the rounds of push gossip.

Everybody has a contact list drawn evenly, with replacement, and passes a message on to one contact at a time. A contact is a
channel with one reader, so only reading, judging, and the seconds between two acts of passing on decide how it goes.
"""

from __future__ import annotations

from functools import cache
from math import ceil, exp, floor, log, log2, sqrt
from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.checks import CheckRhythm
from simulation.channels.groups import Channel, Link
from simulation.channels.messages import Message
from simulation.saar.app import ORGANISER, post
from simulation.saar.forwarding import plan_forwards
from tests.verification.spreading import stage_of, world_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.engine.world import World
    from simulation.saar.notes import Posted
    from simulation.saar.stage import Stage

    Floats = NDArray[np.float64]

EVEN = 0.1
"""Spread of the logarithm of the time to read: the least there may be."""
SURE = {
    "p_household_member": 0.0,
    "p_steward_available": 1.0,
    "p_admin_forward": 1.0,
    "chats_per_forward": 1.0,
    "chats_per_reforward": 1.0,
    "admin_relay_sigma": 0.0,
    "read_delay_ordinary_sigma": EVEN,
}
"""Everybody passes everything on, to one contact at a time, and looks at his phone about evenly."""


def first_told(world: World, seed: int, contacts: int, told: Sequence[tuple[int, float]]) -> Floats:
    """Let the organiser tell people at moments, seconds; give when each person is first told, until all are or time is up."""
    stage, rng = stage_of(world, seed), np.random.default_rng(seed)
    people = len(stage.people.key)
    whom = (np.arange(people)[:, np.newaxis] + rng.integers(1, people, (people, contacts))) % people
    lists = [[_to(f"from-{one}-{nth}", other) for nth, other in enumerate(row)] for one, row in enumerate(whom.tolist())]
    first = [_to(f"told-{person}", person) for person in range(people)]
    passes = [[Link(one, contact) for contact in row] for one, row in enumerate(lists)]
    reader = {channel.key: channel.members.item() for row in [first, *lists] for channel in row}
    stage.links = {key: passes[person] for key, person in reader.items()}
    moments = np.full(people, np.inf)

    def note(stage: Stage, posted: Posted) -> None:
        person = reader[posted.channel]
        moments[person] = min(moments[person], posted.time)
        plan_forwards(stage, posted)
        if np.isfinite(moments).all() and not stage.over.triggered:
            stage.over.succeed()

    stage.on_posted = note
    for person, moment in told:
        stage.agenda.at(moment, post, stage, first[person], ORGANISER, Message("start", matter="game:1"), ("fact:games",))
    stage.agenda.at(stage.end_s, lambda: stage.over.triggered or stage.over.succeed())
    stage.agenda.run(until=stage.over)
    return moments


def _to(key: str, reader: int) -> Channel:
    return Channel(key, "upper", np.array([reader]))


# The form of Bass: somebody rings people up at a rate, and who was told tells others at another rate


UNIT_S, RINGS, CONTAGION = 1000.0, 0.1, 0.4
"""A unit of time, seconds; and per unit, how many of a person's calls come, and how many others each tells."""
PEOPLE, WORLDS = 200, 12
INTERVAL_S = UNIT_S / CONTAGION


def bass(time: float) -> float:
    left = exp(-(RINGS + CONTAGION) * time)
    return (1.0 - left) / (1.0 + CONTAGION / RINGS * left)


def rung_up() -> Floats:
    """Give the share told by each of five moments, in each world.

    Who looks at his phone at even intervals first does so after a time drawn evenly from one interval. With as much time
    between two acts of passing on, he tells others at a constant rate from when the message is there.
    """
    median_s = INTERVAL_S / CheckRhythm(1.0, EVEN).mean_interval_s
    values = SURE | {"read_delay_ordinary_median_s": median_s, "forward_again_s": INTERVAL_S, "admin_relay_median_s": 1.0}
    world, shares = world_of(PEOPLE, 10.0 * UNIT_S + 1.0, values, id="none"), []
    for seed in range(WORLDS):
        rings = np.random.default_rng([seed, 1]).exponential(UNIT_S / RINGS, PEOPLE).tolist()
        told = first_told(world, seed, ceil(10.0 * CONTAGION) + 1, list(enumerate(rings)))
        shares.append([(told <= time * UNIT_S).mean() for time in TIMES])
    return np.array(shares)


TIMES = (1.0, 2.0, 3.0, 5.0, 10.0)


def test_check_values_of_the_form_of_bass() -> None:
    assert round(bass(5.0), 3) == 0.691
    assert round(bass(10.0), 3) == 0.967


def test_who_is_rung_up_or_told_by_anybody_is_told_as_bass_says() -> None:
    # 12 worlds of 200 people: within 4 standard errors of their mean, by chance missed once in 480 for each, at most once in
    # 96 for all five (Student, 11 degrees of freedom). Without contagion 0.39 would be told at 5.
    for time, shares in zip(TIMES, rung_up().T, strict=True):
        error = float(shares.std(ddof=1)) / sqrt(WORLDS)
        assert error < 0.02
        assert abs(shares.mean() - bass(time)) < 4.0 * error, time


# Push gossip: in each round everybody who was told tells one other


ROUND_S, GOSSIPS, SIZE = 60.0, 10, 100


def chance_of_new(tellers: int, told: int) -> Floats:
    """Give the chance of each number of new people that so many tellers, each telling one other, find among the untold."""
    chance = np.zeros(SIZE - told + 1)
    chance[0] = 1.0
    for _ in range(tellers):
        fresh = (SIZE - told - np.arange(len(chance))) / (SIZE - 1)
        chance = chance * (1.0 - fresh) + np.concatenate([[0.0], (chance * fresh)[:-1]])
    return chance


@cache
def gossip_rounds() -> tuple[float, float]:
    """Give mean and standard deviation of the rounds until all are told, by the chain of how many are."""
    state, by_then = np.zeros(SIZE + 1), []
    state[1] = 1.0
    new = {told: chance_of_new(told, told) for told in range(1, SIZE + 1)}
    while not by_then or by_then[-1] < 1.0 - 1e-12:
        by_then.append(state[SIZE])
        state = sum(np.concatenate([np.zeros(told), state[told] * chance]) for told, chance in new.items())
    left = 1.0 - np.array(by_then)
    mean = float(left.sum())
    square = float((left * (2.0 * np.arange(len(left)) + 1.0)).sum())
    return mean, sqrt(square - mean * mean)


def test_gossip_by_the_chain_keeps_the_bounds() -> None:
    # Doerr and Künnemann 2014.
    mean, _ = gossip_rounds()
    low, high = floor(log2(SIZE)) + log(SIZE) - 1.116, ceil(log2(SIZE)) + log(SIZE) + 2.765
    assert (round(low, 2), round(high, 2)) == (9.49, 14.37)
    assert low <= mean <= high


def test_what_everybody_passes_on_to_one_contact_at_a_time_is_push_gossip() -> None:
    # 10 worlds of 100 people: mean within 4 standard errors, by chance missed once in 15,000.
    rhythm = CheckRhythm(ROUND_S / 10.0, EVEN)
    relay_s = ROUND_S - rhythm.mean_interval_s / 2.0  # with reading it takes a round, give or take a twentieth
    values = SURE | {
        "read_delay_ordinary_median_s": rhythm.median_s,
        "forward_again_s": ROUND_S,
        "admin_relay_median_s": relay_s,
    }
    world, last = world_of(SIZE, 30.0 * ROUND_S, values, id="none"), []
    for seed in range(GOSSIPS):
        rounds = first_told(world, seed, 30, [(0, 0.0)]) / ROUND_S
        assert np.abs(rounds - np.rint(rounds)).max() < 0.4
        last.append(float(np.rint(rounds).max()))
    mean, spread = gossip_rounds()
    assert abs(np.mean(last) - mean) < 4.0 * spread / sqrt(GOSSIPS)
    assert 9.49 <= np.mean(last) <= 14.37
