"""Walking behind a suspect: his own way, some metres later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.people.rows import distinct
from simulation.people.walks import Walks
from simulation.saar.pursuit import distances, movements

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.shadows import Shadow

    Floats = NDArray[np.float64]
    Point = tuple[int, float]
    Step = tuple[int, float, float]

_SHUFFLE_MPS = 1e-4
"""Who waits moves on by this much, metres per second, because a walk knows no rest: six millimetres a minute."""
_LEAST = 1e-9
"""Shorter parts of time and way are rounding only, seconds and metres."""


class Manner(NamedTuple):
    """How somebody walks behind a suspect.

    Parameters
    ----------
    speed
        How fast he is when he hurries, metres per second.
    behind_m
        How far behind he stays, metres along the way.
    within_s
        How soon he must be no further behind than that, seconds.
    """

    speed: float
    behind_m: float
    within_s: float


def walk_behind(network: Network, shadow: Shadow, here: Point, span: tuple[float, float], manner: Manner) -> Walks | None:
    """Walk behind a suspect: hurry, or wait, until he is so far ahead, and from then on go where and when he goes.

    One joins his way at the nearest of the points that he passes soon, so that one who comes towards him lets him pass.

    Parameters
    ----------
    network
        The streets.
    shadow
        The suspect.
    here
        Edge, and distance along it in metres, from which one sets out.
    span
        Seconds between which one walks.
    manner
        How.

    Returns
    -------
    The walk, of a single owner; None where he gets away.
    """
    start, stop, edge, (near, far) = movements(network, shadow, span)
    soon = max(int(np.count_nonzero(start <= span[0] + manner.within_s)), 1)
    away = np.min([way[0] for way in distances(network, here, edge[:soon], [near[:soon]])], axis=0)
    joins = int(np.argmin(away))
    steps, metres = network.way(here, (edge.item(joins), near.item(joins)))
    ahead = np.concatenate([[0.0], np.cumsum(np.abs(far - near))])
    behind = metres - ahead.item(joins) + ahead - manner.behind_m
    paced = _paced(np.append(start[:1], stop), behind, manner)
    if paced is None:
        return None
    dart, length = 2 * edge + (far < near), network.edge_length[edge]
    begin, end = (np.where(far < near, length - at, at) for at in (near, far))
    trail = list(zip(dart.tolist(), begin.tolist(), end.tolist(), strict=True))[joins:]
    return _laid([*steps, *(step for step in trail if step[2] > step[1])], *paced)


def _paced(times: Floats, behind: Floats, manner: Manner) -> tuple[Floats, Floats] | None:
    """Give moments, and the metres walked at each; constant speed between them.

    Parameters
    ----------
    times
        (K,) rising moments, seconds.
    behind
        (K,) the metre of one's own way that lies the right distance behind the suspect at each of them; it never falls.
    manner
        How one walks.
    """
    reachable = manner.speed * (times - times[0])
    slack = reachable - behind
    if (np.diff(slack) < -_LEAST).any():
        return None
    near, goes = _rises_above_zero(times, slack), _rises_above_zero(times, behind)
    if near > times[0] + manner.within_s:
        return None
    moments = distinct(np.concatenate([times, [near], [goes] if goes < times[-1] else []]))
    wanted = np.minimum(np.interp(moments, times, reachable), np.interp(moments, times, behind))
    return moments, np.maximum(wanted, 0.0)


def _rises_above_zero(times: Floats, values: Floats) -> float:
    """Give the first moment at which values that never fall are not below zero; infinite for never."""
    row = int(np.argmax(values >= 0.0))
    if values.item(row) < 0.0:
        return float("inf")
    if row == 0:
        return times.item(0)
    share = values.item(row - 1) / (values.item(row - 1) - values.item(row))
    return times.item(row - 1) + share * (times.item(row) - times.item(row - 1))


def _laid(steps: list[Step], times: Floats, metres: Floats) -> Walks | None:
    """Walk steps `(dart, from, to)` so that one has walked so many metres at certain moments; None where they end too soon."""
    dart, begin, end = (np.array(column) for column in zip(*steps, strict=True)) if steps else (np.zeros(0, np.int64),) * 3
    ends = np.cumsum(end - begin)
    gained = np.maximum(np.diff(metres), _SHUFFLE_MPS * np.diff(times))
    metres = np.concatenate([[0.0], np.cumsum(gained)])
    if not len(steps) or metres.item(-1) > ends.item(-1):
        return None
    corners = ends[ends < metres[-1]]
    times = np.sort(np.concatenate([times, np.interp(corners, metres, times)]))
    metres = np.sort(np.concatenate([metres, corners]))
    kept = np.flatnonzero((np.diff(metres) > _LEAST) & (np.diff(times) > _LEAST))
    step = np.searchsorted(ends, (metres[kept] + metres[kept + 1]) / 2.0)
    to_dart = end[step] - ends[step]
    return Walks(
        of_owner=np.array([0, len(kept)]),
        dart=dart[step],
        begin=metres[kept] + to_dart,
        end=metres[kept + 1] + to_dart,
        time=times[kept],
        speed=(metres[kept + 1] - metres[kept]) / (times[kept + 1] - times[kept]),
    )
