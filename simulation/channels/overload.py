"""Overload: who has muted a group, and from when; members mute one that gets too busy at a check, and stay with it.

Somebody mutes a group at the first check at which more messages of others reached him within the last hour than he bears.
Between two messages only the first check can be that one, because a later one finds no more messages within its hour; and
messages that come before that check can only add to it. So it is settled when a message is sent: no check is an event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key, uniforms
from simulation.elementary import exp, normal_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.channels.groups import Channel

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

_HOUR_S = 3600.0


class Sent(NamedTuple):
    """A message as load: when it was sent, seconds, by whom (-1 for no resident), and the id of its record."""

    time: float
    author: int
    record: str


class Muted(NamedTuple):
    """People who mute a group because of a message.

    Parameters
    ----------
    people
        (K,) their numbers, rising.
    from_s
        (K,) seconds at which they do.
    messages
        (K,) messages of others within an hour that are one too many for each; more may come before he looks.
    records
        Records of all messages that count for any of them, the last one first.
    """

    people: Indices
    from_s: Floats
    messages: Indices
    records: tuple[str, ...]


@dataclass(eq=False, slots=True)
class _Traffic:
    """What passes in one group: from when each person has it muted, its messages of the last hour, least tolerance left."""

    since: Floats
    least: float
    recent: list[Sent] = field(default_factory=list)


class Muting:
    """Who has muted which group, and from when.

    Parameters
    ----------
    seed
        Seed of the world.
    who
        (N,) keys of the people.
    before
        (N,) who had groups muted before the evening.
    parameters
        Values of the registry.
    """

    def __init__(self, seed: int, who: Keys, before: Flags, parameters: Mapping[str, float]) -> None:
        self._seed, self._who, self._before, self._parameters = seed, who, before, parameters
        self._groups: dict[str, _Traffic] = {}

    @cached_property
    def tolerance(self) -> Floats:
        """(N,) messages of a group within an hour that each person bears: a keyed trait, the same in every group."""
        score = normal_quantile(uniforms(stream_key(self._seed, "tolerance"), self._who))
        median, sigma = self._parameters["mute_tolerance_median_per_hour"], self._parameters["mute_tolerance_sigma"]
        return np.asarray(median * exp(sigma * score))

    def since(self, group: Channel) -> Floats:
        """Give the seconds from which each person has a group muted; minus infinity for before the evening."""
        return self._traffic(group).since

    def weigh(self, group: Channel, sent: Sent, next_check: Floats) -> Muted | None:
        """Take in a message of a group, and tell who mutes the group because of it.

        Parameters
        ----------
        group
            Where it was sent.
        sent
            The message.
        next_check
            (N,) seconds at which each person reads it; infinite for who does not.
        """
        traffic = self._traffic(group)
        traffic.recent = [*(one for one in traffic.recent if one.time > sent.time - _HOUR_S), sent]
        if len(traffic.recent) <= traffic.least:  # as almost always, which spares all that follows
            return None
        bears_fewer = self.tolerance < len(traffic.recent)
        people = group.members[(bears_fewer & (traffic.since == np.inf) & (next_check < np.inf))[group.members]]
        reached = _reached(traffic.recent, people, next_check[people])
        messages = np.asarray(reached.sum(axis=0))
        over = messages > self.tolerance[people]
        if not over.any():
            return None
        people, counts = people[over], np.flatnonzero(reached[:, over].any(axis=1))
        traffic.since[people] = next_check[people]
        traffic.least = self._least(group, traffic.since)
        records = tuple(traffic.recent[number].record for number in counts[::-1].tolist())
        return Muted(people, next_check[people], messages[over], records)

    def _traffic(self, group: Channel) -> _Traffic:
        if group.key not in self._groups:
            since = np.where(self._before, -np.inf, np.inf)
            self._groups[group.key] = _Traffic(since, self._least(group, since))
        return self._groups[group.key]

    def _least(self, group: Channel, since: Floats) -> float:
        """Give the least tolerance among the members who have not muted a group."""
        return float(self.tolerance[group.members[since[group.members] == np.inf]].min(initial=np.inf))


def _reached(recent: list[Sent], people: Indices, check: Floats) -> Flags:
    """Tell which messages are by others and no older than an hour at a check of each person, (messages, people)."""
    times, authors = (np.array([getattr(one, name) for one in recent])[:, np.newaxis] for name in ("time", "author"))
    return np.asarray((times > check - _HOUR_S) & (authors != people))
