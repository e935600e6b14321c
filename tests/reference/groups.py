"""Who sits in which group: one for all, or one for each part of the map and one above them, of the people who run them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from tests.reference.ground import Ground
    from tests.reference.people import Crowd

Array = np.ndarray[Any, np.dtype[Any]]

PAGE, ABOVE = -1, 1_000_000
"""Numbers of the channels that are no residents' group: the public page, and the group above."""


class Groups(NamedTuple):
    """The groups of many worlds.

    Parameters
    ----------
    of
        (W, N) number of the group of each member; -1 for who is in none.
    runs, passes_on
        (W, N) who runs a group, and so sits in the one above too; and who of them passes anything on this evening.
    middle
        (W, G, 2) mean of the homes of the members of each group, metres.
    """

    of: Array
    runs: Array
    passes_on: Array
    middle: Array


def seat(scenario: Scenario, ground: Ground, crowd: Crowd, rng: np.random.Generator) -> Groups:
    """Give every member his group, and let some members of each group run it, if the groups are connected."""
    connected = scenario.structure.id == "zoomwijck"
    assert connected or scenario.structure.id == "single-group"
    count, values = scenario.structure.groups if connected else 1, scenario.parameters
    area = np.zeros(len(ground.home_xy), int)
    _cut(ground, np.arange(len(area)), (0, count), area)
    of = np.where(crowd.member, area[crowd.home], -1)
    runs, middle = np.zeros(of.shape, bool), np.zeros((len(of), count, 2))
    for world, group in np.ndindex(len(of), count):
        members = np.flatnonzero(of[world] == group)
        if connected:
            runs[world, rng.permutation(members)[: int(values["steering_members"])]] = True
        if len(members):
            middle[world, group] = ground.home_xy[crowd.home[world, members]].mean(axis=0)
    return Groups(of, runs, runs & (rng.random(of.shape) < values["p_steward_available"]), middle)


def _cut(ground: Ground, homes: Array, numbers: tuple[int, int], area: Array) -> None:
    """Cut homes in two by which of two far ends is nearer along the streets, and so on; write down the number of each area."""
    first, last = numbers
    area[homes] = first
    if last - first > 1:
        points = ground.point(ground.door[0][homes], ground.door[1][homes])
        one = int(np.argmax(ground.walked[points[0], points]))
        other = int(np.argmax(ground.walked[points[one], points]))
        nearer = homes[np.argsort(ground.walked[points[one], points] - ground.walked[points[other], points])]
        middle = (first + last) // 2
        size = len(homes) * (middle - first) // (last - first)
        _cut(ground, nearer[:size], (first, middle), area)
        _cut(ground, nearer[size:], (middle, last), area)
