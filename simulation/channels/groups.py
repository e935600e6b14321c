"""Channels through which messages go, and the alert structures that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Indices = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Channel:
    """A group (wijkgroep) or a page that everybody can read.

    Parameters
    ----------
    key
        `group-1`, `group-2`, … or `public-page`.
    kind
        `group`, whose members post and may mute it, or `page`, on which only the organiser posts.
    members
        Indices of the people who read it, rising.
    """

    key: str
    kind: str
    members: Indices


@dataclass(frozen=True, slots=True)
class Candidates:
    """People who want to be in a neighbourhood group; C of them.

    Parameters
    ----------
    who
        (C,) their indices.
    area
        (C,) the area in which each lives.
    rank
        (C,) keyed numbers: where a group is full, the lowest were first.
    """

    who: Indices
    area: Indices
    rank: Floats


def _no_groups(_candidates: Candidates, _cap: int) -> list[Channel]:
    return []


def _single_group(candidates: Candidates, cap: int) -> list[Channel]:
    first = np.argsort(candidates.rank, kind="stable")[:cap]
    return [Channel("group-1", "group", np.sort(candidates.who[first]))]


def _separate_groups(candidates: Candidates, cap: int) -> list[Channel]:
    channels = []
    for area in range(int(candidates.area.max(initial=-1)) + 1):
        here = candidates.area == area
        part = Candidates(candidates.who[here], candidates.area[here], candidates.rank[here])
        if len(part.who):
            channels += [Channel(f"group-{area + 1}", channel.kind, channel.members) for channel in _single_group(part, cap)]
    return channels


STRUCTURES: dict[str, Callable[[Candidates, int], list[Channel]]] = {
    "none": _no_groups,
    "single-group": _single_group,
    "separate-groups": _separate_groups,
}
"""Residents' channels by structure id: who wants in, and the cap on members, give the channels."""
