"""Channels through which messages go, and who can pass messages on between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Channel:
    """A group, or a page that everybody can read.

    Parameters
    ----------
    key
        `group-1`, `group-2`, … for residents' groups, `group-2-2` for the next one where `group-2` is full, `shopkeepers` for
        theirs, `steering-1` and the like above them, or `public-page`.
    kind
        `group`, or `shops` for the shopkeepers' group, whose members post and may mute it; `upper`, in which only those sit
        who pass messages on; or `page`, on which only the organiser posts.
    members
        Indices of the people who read it, rising.
    """

    key: str
    kind: str
    members: Indices

    @property
    def is_group(self) -> bool:
        """Whether members post in it, and may mute it."""
        return self.kind in {"group", "shops"}


class GroupNumber(NamedTuple):
    """Which residents' group, or shopkeepers' group.

    Parameters
    ----------
    area
        The area, from 0.
    nth
        The how-manyth group there, from 0.
    shops
        Whether it is the shopkeepers' group; its area is that of most of their shops.
    """

    area: int
    nth: int
    shops: bool = False

    @property
    def first(self) -> str:
        """Key of the channel of the first group there."""
        return "shopkeepers" if self.shops else f"group-{self.area + 1}"

    @property
    def key(self) -> str:
        """Key of the channel."""
        return self.first + (f"-{self.nth + 1}" if self.nth else "")


class Candidates(NamedTuple):
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


def seated(candidates: Candidates, cap: int, *, next_groups: bool = False) -> dict[GroupNumber, Indices]:
    """Give who gets a seat in the group of each area in which anybody wants one, rising, at most `cap` of them.

    Parameters
    ----------
    candidates
        Who wants one.
    cap
        Seats of a group.
    next_groups
        Whether those for whom a group has no seat make the next one of the area, and so on; otherwise they have none.
    """
    seats = {}
    for area in sorted(set(candidates.area.tolist())):
        here = np.flatnonzero(candidates.area == area)
        first = here[np.argsort(candidates.rank[here], kind="stable")]
        for nth, start in enumerate(range(0, len(first) if next_groups else 1, cap)):
            seats[GroupNumber(area, nth)] = np.sort(candidates.who[first[start : start + cap]])
    return seats


class Link(NamedTuple):
    """Somebody who can pass messages on to a channel.

    Parameters
    ----------
    steward
        Index of the person.
    target
        The channel.
    case_holder
        Whether he becomes its case holder if it has none, by passing on what the organisers tell of a suspect.
    """

    steward: int
    target: Channel
    case_holder: bool = False
